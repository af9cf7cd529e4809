"""`vaultcheck formula`: read and judge one formula without a vault."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from vaultcheck.cli.terminal import emit

if TYPE_CHECKING:
    from vaultcheck.formula.verdict import Obligation, Verdict
    from vaultcheck.library import Definition

_LONE = re.compile(r"\s*([A-Za-z]{3,})\s*=(?!=)")
_WHERE = re.compile(r"^\s*(?P<name>[^=]+?)\s*(?:=\s*(?P<rest>.*))?$", re.DOTALL)
_UNIT = re.compile(r"\s*\[(?P<unit>[^\[\]]*)\]\s*$")
_VALUE = re.compile(r"^\s*(?P<value>[-+\u2212\u2013]?\d.*)$", re.DOTALL)

EXIT_REFUTED = 1


@click.command("formula")
@click.argument("claim")
@click.option("--from", "premises", multiple=True, metavar="LATEX", help="A premise; may be given more than once.")
@click.option(
    "--where",
    "wheres",
    multiple=True,
    metavar="NAME=MEANING [UNIT]",
    help="What a name means, its unit in brackets, or its value: 'V=voltage [V]', 'T=310 K'.",
)
@click.option(
    "--signed", multiple=True, metavar="NAME", help="A name that may be negative or zero; others are positive."
)
@click.option("--rtol", type=float, help="Relative precision for numbers, instead of the digits written.")
@click.option("--json", "as_json", is_flag=True, help="The verdict with its evidence, for programs.")
def formula(
    claim: str,
    premises: tuple[str, ...],
    wheres: tuple[str, ...],
    signed: tuple[str, ...],
    rtol: float | None,
    as_json: bool,
) -> None:
    """Read CLAIM, a formula in LaTeX, and say whether it follows from the premises.

    \b
    Shows how it was understood, what it measures, the verdict and the derivation.
    Exit code 1 when the claim is refuted or its premises contradict each other.

    \b
    Example:
      vaultcheck formula 'PSC = g V_{df}' --from 'V = I R' \\
        --where 'PSC=post-synaptic current [A]' --where 'g=conductance [S]' \\
        --where 'V_{df}=driving force [V]' --where 'V=voltage [V]' \\
        --where 'I=current [A]' --where 'R=resistance [Ω]'
    """
    from vaultcheck.formula.verdict import Status
    from vaultcheck.library import judge, obligation

    definitions = _lone_names(claim, *premises) | dict(_definition(where) for where in wheres)
    asked = obligation(claim, premises, definitions, signed, rtol)
    verdict = judge(claim, premises, definitions, signed, rtol)
    lines = [_json(verdict)] if as_json else _report(asked, verdict, premises)
    emit(line + "\n" for line in lines)
    if verdict.status in {Status.REFUTED, Status.CONFLICT}:
        raise click.exceptions.Exit(EXIT_REFUTED)


def _lone_names(*formulas: str) -> dict[str, Definition]:
    """The words of three letters or more that stand alone before an equals sign: each is one name in every formula."""
    from vaultcheck.library import Definition

    return {found[1]: Definition("", None) for formula in formulas if (found := _LONE.match(formula))}


def _definition(text: str) -> tuple[str, Definition]:
    """`V=voltage [V]`, `T=310 K`, `n=[mol]` or a bare name."""
    from vaultcheck.library import Definition

    found = _WHERE.match(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not NAME=MEANING [UNIT]", param_hint="--where")
    rest = found["rest"] or ""
    bracket = _UNIT.search(rest)
    unit = bracket["unit"] if bracket else None
    meaning = rest[: bracket.start()].strip() if bracket else rest.strip()
    if _VALUE.match(meaning):
        return found["name"], Definition("", unit, meaning) if unit else _valued(meaning)
    return found["name"], Definition(meaning, unit)


def _valued(text: str) -> Definition:
    """A value whose unit is its own."""
    from vaultcheck.formula.units import read_quantity
    from vaultcheck.library import Definition

    found = read_quantity(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is no value that can be read", param_hint="--where")
    return Definition("", found[2].text or "1", text)


def _json(verdict: Verdict) -> str:
    from vaultcheck.formula.codec import to_json

    return json.dumps({"outcome": verdict.outcome, "verdict": to_json(verdict)}, ensure_ascii=False, indent=2)


def _report(asked: Obligation, verdict: Verdict, premises: Sequence[str]) -> list[str]:
    from vaultcheck.formula.tell import derivation, headline

    lines = [f"understood as: {verdict.reading or asked.goal.latex}"]
    lines += [f"guess: {guess}" for guess in verdict.guesses]
    measured = _measured(asked)
    if measured:
        lines.append(f"dimensions: {measured}")
    lines.append(f"verdict: {headline(verdict)}")
    return lines + [f"  {line}" for line in derivation(verdict, premises)]


def _measured(asked: Obligation) -> str:
    """What each side of the claim measures, where that is known."""
    from vaultcheck.formula.dimension_names import describe
    from vaultcheck.formula.dimensions import Measurement, measure

    relations = [relation for reading in (*asked.premises, asked.goal) for relation in reading.relations]
    if not relations or not asked.goal.relations:
        return ""
    found = measure(relations, asked.vocabulary)
    if not isinstance(found, Measurement):
        return "they do not agree"
    sides = [describe(side) for side in found.sides[-1] if side is not None]
    return " = ".join(dict.fromkeys(sides))
