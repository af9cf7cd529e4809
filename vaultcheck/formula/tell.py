"""A verdict in words: what was understood, what stands behind it, and the derivation as a person would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from vaultcheck.formula.model import Relation
from vaultcheck.formula.verdict import (
    Certificate,
    Clash,
    Comparison,
    Computation,
    Condition,
    Conflict,
    Elimination,
    Evidence,
    Induction,
    Positivity,
    Sampling,
    Solved,
    Status,
    Verdict,
    Witness,
)
from vaultcheck.formula.write import to_text

_RECIPROCAL = re.compile(r"1/[^\s/*+·()−]+")


def headline(verdict: Verdict) -> str:
    """The verdict in one line, with its conditions."""
    words = verdict.status.value
    if verdict.refutation is not None and verdict.status is Status.REFUTED:
        words += f" ({verdict.refutation.value})"
    if verdict.why is not None:
        words += f" ({verdict.why.value})"
    if verdict.provided:
        words += ", provided " + " and ".join(condition(one) for one in verdict.provided)
    return f"{words}: {verdict.detail}" if verdict.detail else words


def condition(one: Condition) -> str:
    """A side condition as a formula."""
    text = to_text(one.term)
    return f"{text} {one.need.value}"


def said_as(match: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A correspondence as it is said: the reciprocal is taken of what stands in the premise, `1/R` as `g`."""
    return [(f"1/{name}", term[2:]) if _RECIPROCAL.fullmatch(term) else (name, term) for name, term in match]


def derivation(verdict: Verdict, premises: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of the derivation; `premises` are shown as they were written, by their index."""
    lines = [
        "reading " + ", ".join(f"{name} as {target}" for name, target in said_as(match))
        for match in verdict.correspondences
    ]
    if verdict.used:
        named = [premises[index] if index < len(premises) else f"premise {index + 1}" for index in verdict.used]
        lines.append("from " + "; ".join(named))
    for part in verdict.parts:
        shown = f"{to_text(part.goal)}: " if part.goal is not None else ""
        lines.append(shown + headline(part))
        lines.extend(f"  {line}" for line in evidence_lines(part.evidence, part.goal, part.given))
    if not verdict.parts:
        lines.extend(evidence_lines(verdict.evidence, verdict.goal, verdict.given))
    if verdict.only_if:
        lines.append("true only if " + " or ".join(verdict.only_if))
    if verdict.missing not in {"", verdict.reading}:
        lines.append(f"what would close the gap: {verdict.missing}")
    return tuple(lines)


def evidence_lines(evidence: Evidence, goal: Relation | None, given: Sequence[Relation]) -> Iterator[str]:
    """What stands behind a verdict, line by line."""
    match evidence:
        case Certificate():
            yield from _certificate(evidence, goal, given)
        case Elimination(steps=steps):
            yield from _solved(steps, given)
            yield "so that the claim is an identity (checked by the kernel)"
        case Positivity(steps=steps, slacks=slacks, factors=factors):
            yield from _solved(steps, given)
            shown = " · ".join(_factor(to_text(t), n) for t, n in factors if to_text(t) != "1")
            for row, (name, other, _) in enumerate(slacks):
                shown = shown.replace(f"slack {row}", f"{name} − {to_text(other)}")
            yield f"the larger side less the smaller is {shown or 'positive'}, and each factor has its sign"
        case Induction(closed=closed):
            yield f"by induction: {to_text(closed)} is right at the start, and its step is the summand"
        case Witness():
            yield from _witness(evidence, given)
        case Computation(method=method, lines=lines, steps=steps):
            yield from _solved(steps, given)
            yield f"computer algebra: {method}"
            yield from lines
        case Comparison(left=left, right=right):
            yield f"left side {interval(left)}, right side {interval(right)} (SI units)"
        case Clash(left=left, right=right, reasons=reasons):
            yield f"{left} against {right}"
            yield from reasons
        case _:
            yield from _short(evidence)


def _short(evidence: Evidence) -> Iterator[str]:
    match evidence:
        case Conflict(premises=conflicting, equation=equation):
            yield f"premises {', '.join(str(index + 1) for index in conflicting)} together give {equation}"
        case Sampling(points=points):
            yield f"no counter-example at {points} points"


def _certificate(evidence: Certificate, goal: Relation | None, given: Sequence[Relation]) -> Iterator[str]:
    factor = " · ".join(_power(_wrapped(to_text(term)), count) for term, count in evidence.factors)
    left = "claim" if factor == "1" else f"{factor} · claim"
    if goal is not None:
        yield f"claim: {to_text(goal)}"
    rows = [f"({to_text(cofactor)}) · ({index + 1})" for index, cofactor in evidence.cofactors]
    for index, _ in evidence.cofactors:
        if index < len(given):
            yield f"({index + 1}) {to_text(given[index])}"
    yield f"{left} = {' + '.join(rows) or '0'}, each equation with all terms on one side (checked by the kernel)"


def _solved(steps: Sequence[Solved], given: Sequence[Relation]) -> Iterator[str]:
    for step in steps:
        source = f"   from {to_text(given[step.premise])}" if step.premise < len(given) else ""
        yield f"{to_text(step.name)} = {to_text(step.value)}{source}"


def _witness(evidence: Witness, given: Sequence[Relation]) -> Iterator[str]:
    if evidence.free:
        yield "for instance " + ", ".join(f"{name} = {number}" for name, number in evidence.free)
    yield from _solved(evidence.steps, given)
    yield f"there the left side is {interval(evidence.left)}, the right side {interval(evidence.right)}"
    for line in evidence.computed:
        yield f"computer algebra: {line}"


def interval(ends: tuple[Fraction, Fraction]) -> str:
    """An interval, or a number where it is narrow."""
    low, high = ends
    if low == high and low.denominator < 1000 and abs(low) < 10**9:
        return str(low)
    if high - low <= abs(high) / 10**9:
        return f"{float(high):.6g}"
    return f"{float(low):.6g} to {float(high):.6g}"


def _factor(text: str, count: int) -> str:
    return _wrapped(text) if count == 1 else _power(text, count)


def _power(text: str, count: int) -> str:
    return text if count == 1 else f"({text})^{count}"


def _wrapped(text: str) -> str:
    return f"({text})" if any(sign in text for sign in " +−") else text
