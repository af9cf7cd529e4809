"""The derivation of a claim as a person would write it: `story(claim, verdict)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.dimension_names import symbols_of
from vaultcheck.formula.dimensions import Measurement, measure
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.model import Dimension, Measured, Negative, Number, Quantity, Relation, Symbol, Term, Unit
from vaultcheck.formula.precision import written
from vaultcheck.formula.tell import derivation
from vaultcheck.formula.verdict import Clash, Comparison, Status, Verdict, Witness
from vaultcheck.formula.walk import names, names_of, walk
from vaultcheck.formula.write import to_text
from vaultcheck.formula.write_names import text_name
from vaultcheck.proof.model import Claim, Premise

_CLOSE = Fraction(1, 10**9)
_HANDY = (Fraction(1, 1000), Fraction(100_000))
"""Sizes of a number that people take in; outside of them the value is said in SI units."""
_FLOATS = (Fraction(1, 10**300), Fraction(10**300))
NOTHING_LESS = "the claim itself"
"""What a verdict names as missing where no smaller equation closes the gap."""


def story(claim: Claim, verdict: Verdict) -> tuple[str, ...]:
    """The lines of a derivation: correspondences, premises used, each step, the certificate; or the counter-example
    with its numbers and units. Premises go by their numbers in the claim's list, from 1."""
    premises = [premise_text(premise) for premise in claim.premises]
    if isinstance(verdict.evidence, Witness) and verdict.goal is not None:
        lines = [*_counter_example(claim, verdict, verdict.evidence, verdict.goal)]
        lines += [f"it would hold only if {' or '.join(verdict.only_if)}"] if verdict.only_if else []
        missing = verdict.missing if verdict.missing != NOTHING_LESS else ""
        lines += [f"what would close the gap: {missing}"] if missing else []
        return tuple(lines)
    lines = [line for line in derivation(verdict, premises) if not line.endswith(NOTHING_LESS)]
    if isinstance(verdict.evidence, Comparison):
        lines = [*lines[:-1], *_compared(claim, verdict, verdict.evidence)]
    return tuple(lines)


def premise_text(premise: Premise) -> str:
    """A premise as it was understood."""
    relations = premise.reading.relations
    return "; ".join(map(to_text, relations)) if relations else " ".join(premise.reading.latex.split())


def _counter_example(claim: Claim, verdict: Verdict, witness: Witness, goal: Relation) -> Iterator[str]:
    """Values at which the premises hold and the claim does not, one a line, and the two sides there."""
    known = {quantity.name: quantity for quantity in claim.vocabulary}
    units = {quantity.name: quantity.unit for quantity in claim.vocabulary}
    measured = {**_measured((*verdict.given, goal), claim), **_declared(claim)}
    if witness.free or witness.steps:
        follows = verdict.status is Status.NOT_FOLLOWING
        yield "the premises hold here, and the claim does not:" if follows else "a counter-example:"
    at: dict[Term, Interval] = {Symbol(name): point(number) for name, number in witness.free}
    for name, number in witness.free:
        yield f"  {text_name(name)} = {_worth(point(number), units.get(name), measured.get(name))}"
    for step in reversed(witness.steps):
        try:
            at[step.name] = value(step.value, at)
        except (NoValueError, ArithmeticError, ValueError):
            yield f"  {to_text(step.name)} = {to_text(step.value)}"
            continue
        name = step.name.name if isinstance(step.name, Symbol) else ""
        worth = _worth(at[step.name], units.get(name), measured.get(name))
        source = f", by {to_text(verdict.given[step.premise])}" if step.premise < len(verdict.given) else ""
        yield f"  {to_text(step.name)} = {to_text(step.value)} = {worth}{source}"
    sides = _side_dimensions(goal, claim)
    left, right = (
        _worth(Interval(*ends), _unit_of(goal, dimension, known), dimension)
        for ends, dimension in zip((witness.left, witness.right), sides, strict=True)
    )
    there = "there " if witness.free or witness.steps else ""
    yield f"{there}{to_text(goal.left)} is {left}, and {to_text(goal.right)} is {right}"
    for line in witness.computed:
        yield f"computer algebra: {line}"


def brief(claim: Claim, verdict: Verdict) -> str:
    """What tells against a refuted claim, in a few words; empty where its derivation has to be read."""
    match verdict.evidence:
        case Comparison() as found if verdict.status is Status.REFUTED:
            return " and ".join(_compared(claim, verdict, found))
        case Clash(left=left, right=right) if verdict.status is Status.REFUTED:
            return f"{left} against {right}"
        case _:
            return ""


def _compared(claim: Claim, verdict: Verdict, found: Comparison) -> Iterator[str]:
    """The two sides of a numeric claim; of what is written as a number only its precision is said."""
    goal = verdict.goal or (claim.reading.relations[0] if claim.reading.relations else None)
    if goal is None:
        return
    known = {quantity.name: quantity for quantity in claim.vocabulary}
    sides = _side_dimensions(goal, claim)
    for side, ends, dimension in zip((goal.left, goal.right), (found.left, found.right), sides, strict=True):
        worth = _worth(Interval(*ends), _unit_of(goal, dimension, known), dimension)
        if names(side) or not _is_number(side):
            yield f"{to_text(side)} is {worth}"
        elif ends[0] != ends[1]:
            alone = written(side)
            between = alone is not None and alone.whole and alone.error is None  # 52 may stand for neither 51 nor 53
            low, _, high = worth.partition(" to ")
            worth = f"what lies between {low} and {high}" if between and high else worth
            yield f"{to_text(side)} is written for {worth}"


def _is_number(side: Term) -> bool:
    return isinstance(side, Number | Measured) or (isinstance(side, Negative) and _is_number(side.term))


def _measured(relations: tuple[Relation, ...], claim: Claim) -> Mapping[str, Dimension]:
    found = measure(relations, claim.vocabulary)
    return dict(found.inferred) if isinstance(found, Measurement) else {}


def _declared(claim: Claim) -> Mapping[str, Dimension]:
    return {quantity.name: quantity.dimension for quantity in claim.vocabulary if quantity.dimension is not None}


def _side_dimensions(goal: Relation, claim: Claim) -> tuple[Dimension | None, Dimension | None]:
    relations = tuple(r for premise in claim.premises for r in premise.reading.relations)
    for asked in ((*relations, goal), (goal,)):
        found = measure(asked, claim.vocabulary)
        if isinstance(found, Measurement):
            left, right = found.sides[-1]
            return left or right, right or left
    return None, None


def _unit_of(goal: Relation, dimension: Dimension | None, known: Mapping[str, Quantity]) -> Unit | None:
    """The unit in which a claim speaks of a dimension: one that it writes, else that of one of its names."""
    written = [part.unit for side in (goal.left, goal.right) for part in walk(side) if isinstance(part, Measured)]
    declared = [known[name].unit for name in sorted(names_of(goal)) if name in known]
    return next((unit for unit in (*written, *declared) if unit is not None and unit.dimension == dimension), None)


def _worth(ends: Interval, unit: Unit | None, dimension: Dimension | None) -> str:
    """A value in the unit that its note uses where that gives a handy number, else in SI units."""
    if unit is not None and unit.text:
        low, high = ((end - unit.offset) / unit.scale for end in (ends.low, ends.high))
        if low == high == 0 or _HANDY[0] <= max(abs(low), abs(high)) < _HANDY[1]:
            return _with(_number(low, high), unit.text)
    kind = unit.dimension if unit is not None else dimension
    return _with(_number(ends.low, ends.high), symbols_of(kind) if kind is not None else "")


def _with(number: str, unit: str) -> str:
    return number if unit in {"", "1"} else f"{number} {unit}"


def _number(low: Fraction, high: Fraction) -> str:
    """A number, or the interval where it is wide."""
    if low == high and low.denominator in {1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 1000} and abs(low) < 10**7:
        return _signed(str(low) if low.denominator == 1 else f"{float(low):g}")
    if high - low <= max(abs(low), abs(high)) * _CLOSE:
        return _signed(_rounded((low + high) / 2))
    return f"{_signed(_rounded(low))} to {_signed(_rounded(high))}"


def _rounded(value: Fraction) -> str:
    """Six digits of a number of any size."""
    if not value or _FLOATS[0] < abs(value) < _FLOATS[1]:
        return f"{float(value):.6g}"
    exponent = int((value.numerator.bit_length() - value.denominator.bit_length()) * 0.30103)
    return f"{float(value / Fraction(10) ** exponent):.6g} · 10^{exponent}"


def _signed(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text
