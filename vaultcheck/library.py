"""vaultcheck for scripts: what a link reaches, what a note holds, whether a formula follows.

Importing this module is cheap; computer algebra is loaded in a worker process when the first formula needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vaultcheck.answers import Answer, answer, math, tags

if TYPE_CHECKING:
    from vaultcheck.formula.verdict import Obligation, Verdict

__all__ = ["Answer", "Definition", "answer", "judge", "math", "obligation", "tags"]

# Formulas --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name means: in words, in which unit, and what it is worth.

    `value` is a number in that unit, or text with a unit of its own (`"-70 mV"`).
    """

    meaning: str = ""
    unit: str | None = None
    value: float | int | str | None = None


def judge(
    claim: str,
    premises: Sequence[str],
    definitions: Mapping[str, Definition],
    signed: Collection[str] = (),
    rtol: float | None = None,
) -> Verdict:
    """Whether a claim follows from premises, all written in LaTeX.

    `definitions` says what the names mean; names in `signed` may be negative or zero, all others are positive.
    `rtol` replaces the precision that numbers are written with. The work is done in a kept worker process, which
    is ended with a reason when a claim takes too long. Never raises for what a formula says.
    """
    from vaultcheck.proof.prover import default_prover

    return default_prover()(obligation(claim, premises, definitions, signed, rtol))


def obligation(
    claim: str,
    premises: Sequence[str],
    definitions: Mapping[str, Definition],
    signed: Collection[str] = (),
    rtol: float | None = None,
) -> Obligation:
    """The question that `judge` puts to the prover: the formulas read with the names that are defined."""
    from vaultcheck.formula.latex import read
    from vaultcheck.formula.model import Quantity, Sign
    from vaultcheck.formula.names import normal
    from vaultcheck.formula.units import read_unit
    from vaultcheck.formula.verdict import Obligation

    free = {normal(name) for name in signed}
    vocabulary = []
    for latex, definition in definitions.items():
        name = normal(latex)
        unit = read_unit(definition.unit) if definition.unit else None
        value, step = _worth(definition)
        vocabulary.append(
            Quantity(
                name,
                definition.meaning,
                unit.dimension if unit is not None else None,
                unit,
                value=value,
                value_step=step,
                sign=Sign.SIGNED if name in free else Sign.POSITIVE,
            )
        )
    known = tuple(vocabulary)
    return Obligation(
        read(claim, known),
        tuple(read(premise, known) for premise in premises),
        known,
        None if rtol is None else Fraction(str(rtol)),
    )


def _worth(definition: Definition) -> tuple[Fraction | None, Fraction]:
    """A definition's value and the unit of its last digit, both in SI."""
    from vaultcheck.formula.units import read_quantity, read_unit

    value = definition.value
    if value is None:
        return None, Fraction(0)
    unit = read_unit(definition.unit) if definition.unit else None
    if isinstance(value, str):
        found = read_quantity(value)
        if found is None:
            return None, Fraction(0)
        worth, step, own = found
        bare = own.text in {"", "1"} and unit is not None
        return (worth * unit.scale + unit.offset, step * unit.scale) if bare and unit else (worth, step)
    number = Fraction(str(value))
    return (number * unit.scale + unit.offset if unit is not None else number), Fraction(0)
