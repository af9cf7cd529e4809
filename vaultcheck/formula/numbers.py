"""Compares the two sides of a numeric claim: recomputed, wrong, or cannot tell, and why.

A side is an interval: a number that stands alone as wide as its digits say, a calculation from the intervals of what
goes into it. `wrong` needs the two to be disjoint under every reading of the digits and functions (`number_readings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.customs import CONCENTRATION, MOLAR, as_meant, depends_on_unit
from vaultcheck.formula.dimension_names import PURE
from vaultcheck.formula.dimensions import Measurement, dimension_of_term, measure
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.model import RelationKind, Term
from vaultcheck.formula.number_readings import EQUALS, doubt, readings
from vaultcheck.formula.precision import Written, declared, operand, written
from vaultcheck.formula.walk import rebuilt, walk

Point = dict[Term, Interval]

APPROXIMATE_SHARE = Fraction(1, 50)
"""What an approximation sign allows at least."""
_ROUNDS = 20
_BELOW = frozenset({RelationKind.LESS, RelationKind.LESS_EQUAL, RelationKind.MUCH_LESS})
_ABOVE = frozenset({RelationKind.GREATER, RelationKind.GREATER_EQUAL, RelationKind.MUCH_GREATER})
_ORDER = _BELOW | _ABOVE | {RelationKind.UNEQUAL}


class Outcome(StrEnum):
    """What a comparison of numbers comes to."""

    RECOMPUTED = "recomputed"
    WRONG = "wrong"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Recomputation:
    """The outcome with the intervals of both sides in SI, where they could be computed, and the reason in words."""

    outcome: Outcome
    left: Interval | None = None
    right: Interval | None = None
    reason: str = ""


def values_of(vocabulary: m.Vocabulary, *, exact: bool = False) -> Point:
    """The declared values as intervals, or, with `exact`, as the points that were written."""
    found: Point = {}
    for quantity in vocabulary:
        interval = declared(quantity)
        if interval is not None and quantity.value is not None:
            found[m.Symbol(quantity.name)] = point(quantity.value) if exact else interval
    return found


def carried_forward(premises: Iterable[m.Relation], at: Mapping[Term, Interval], *, exact: bool = False) -> Point:
    """The values, and those of names that a premise `name = expression` gives from them, one after the other."""
    found, waiting = dict(at), [premise for premise in premises if premise.kind in EQUALS]
    for _ in range(_ROUNDS):
        rest = [premise for premise in waiting if not _take(premise, found, exact)]
        if len(rest) == len(waiting):
            return found
        waiting = rest
    return found


def _take(premise: m.Relation, found: Point, exact: bool) -> bool:
    for name, term in ((premise.left, premise.right), (premise.right, premise.left)):
        if isinstance(name, m.Symbol) and name not in found:
            try:
                found[name] = _nominal(term, found) if exact else _wide(term, found)
            except NoValueError:
                continue
            return True
    return False


def compare(
    relation: m.Relation,
    vocabulary: m.Vocabulary = (),
    premises: Sequence[m.Relation] = (),
    rtol: Fraction | None = None,
    share: Fraction = APPROXIMATE_SHARE,
) -> Recomputation:
    """Whether the declared and written values give the claimed number.

    `premises` of the form `name = expression` give values to further names. `rtol` replaces the precision of what is
    written; `share` is what an approximation sign allows at least. Never `wrong` unless every reading is.
    """
    names, agrees = _measured(relation, vocabulary, premises)
    unit_matters = any(depends_on_unit(one, names) for one in (relation, *premises))
    question = _Question(relation, tuple(premises), vocabulary, names, rtol, share)
    best, meant, values = _best(question, declared=False)
    if best.outcome is not Outcome.RECOMPUTED and unit_matters:
        again = _best(question, declared=True)[0]
        best = again if again.outcome is Outcome.RECOMPUTED else best
    if best.outcome is not Outcome.WRONG:
        return best
    why = doubt(relation, premises)
    if not agrees:
        why = why or "the dimensions do not agree, so a number may have lost its unit"
    elif unit_matters:
        why = why or "the logarithm of a quantity depends on the unit it is taken in"
    elif rtol is None and _percent_lost(meant, values):
        why = why or "a percent sign may be missing, or one too many"
    return replace(best, outcome=Outcome.CANNOT_TELL, reason=why) if why else best


@dataclass(frozen=True, slots=True)
class _Question:
    relation: m.Relation
    premises: tuple[m.Relation, ...]
    vocabulary: m.Vocabulary
    names: m.Vocabulary
    rtol: Fraction | None
    share: Fraction


def _best(question: _Question, *, declared: bool) -> tuple[Recomputation, m.Relation, _Values]:
    """The best outcome of all readings, the relation as it was meant, and the values that went in."""
    meant = as_meant(question.relation, question.names, declared=declared)
    given = [as_meant(premise, question.names, declared=declared) for premise in question.premises]
    exact = carried_forward(given, values_of(question.vocabulary, exact=True), exact=True)
    wide = exact if question.rtol is not None else carried_forward(given, values_of(question.vocabulary))
    values = _Values(exact, wide, question.names, question.rtol, question.share)
    best: Recomputation | None = None
    for reading in readings(meant):
        found = _compare(reading, values)
        if found.outcome is Outcome.RECOMPUTED:
            return found, meant, values
        if best is None or (best.outcome is Outcome.WRONG and found.outcome is Outcome.CANNOT_TELL):
            best = found
    assert best is not None  # the relation itself is always among its readings
    return best, meant, values


def _percent_lost(relation: m.Relation, values: _Values) -> bool:
    """Whether two pure numbers would agree but for a factor of a hundred."""
    units = {
        part.unit.text
        for side in (relation.left, relation.right)
        for part in walk(side)
        if isinstance(part, m.Measured)
    }
    if relation.kind not in EQUALS or units - {"%"}:
        return False
    hundred = m.Number(Fraction(100))
    others = (
        replace(relation, left=m.Product((hundred, relation.left))),
        replace(relation, right=m.Product((hundred, relation.right))),
        replace(relation, left=m.Quotient(relation.left, hundred)),
        replace(relation, right=m.Quotient(relation.right, hundred)),
    )
    return any(_compare(other, values).outcome is Outcome.RECOMPUTED for other in others)


def _measured(
    relation: m.Relation, vocabulary: m.Vocabulary, premises: Sequence[m.Relation]
) -> tuple[m.Vocabulary, bool]:
    """The vocabulary with what can be inferred, and whether all dimensions agree; a bare value is a pure number."""
    plain = tuple(replace(q, dimension=PURE) if q.value is not None and q.dimension is None else q for q in vocabulary)
    found = together = measure([*premises, relation], plain)
    if not isinstance(found, Measurement):
        found = measure(premises, plain)
    inferred = found.inferred if isinstance(found, Measurement) else {}
    known = {quantity.name for quantity in plain if quantity.dimension is not None}
    rest = tuple(quantity for quantity in plain if quantity.name in known or quantity.name not in inferred)
    more = tuple(m.Quantity(name, dimension=value) for name, value in inferred.items() if name not in known)
    return rest + more, isinstance(together, Measurement)


@dataclass(frozen=True, slots=True)
class _Values:
    exact: Point
    wide: Point
    vocabulary: m.Vocabulary
    rtol: Fraction | None
    share: Fraction


def _compare(relation: m.Relation, values: _Values) -> Recomputation:
    kind = relation.kind
    if kind is RelationKind.PROPORTIONAL:
        return Recomputation(Outcome.CANNOT_TELL, reason="a proportionality leaves the number open")
    try:
        left, right = _wide(relation.left, values.wide), _wide(relation.right, values.wide)
        near_left, near_right = _nominal(relation.left, values.exact), _nominal(relation.right, values.exact)
    except NoValueError as reason:
        return Recomputation(Outcome.CANNOT_TELL, reason=str(reason))
    shown = _Sides(relation, left, right, near_left, near_right)
    if kind in _ORDER:
        return _ordered(shown, values.vocabulary)
    scales = _scales(relation, values.vocabulary)
    if scales is None:
        return Recomputation(Outcome.CANNOT_TELL, left, right, "the two sides do not measure the same")
    if values.rtol is None and _miscounted(shown):
        apart = _apart(shown, values.share)
        why = "" if apart else "a whole number in it may be rounded"
        return Recomputation(Outcome.WRONG if apart else Outcome.CANNOT_TELL, left, right, why)
    for to_left, to_right in scales:
        found = shown.scaled(to_left, to_right)
        if _close(found, values.rtol) if values.rtol is not None else _fits(found, values.share):
            return Recomputation(Outcome.RECOMPUTED, found.left, found.right)
    if not shown.same_kind(values.vocabulary):
        zero = _is_zero_side(relation.left) or _is_zero_side(relation.right)
        if zero and not near_left.disjoint(near_right):
            return Recomputation(Outcome.RECOMPUTED, near_left, near_right)
        return Recomputation(Outcome.CANNOT_TELL, left, right, "a number stands where a unit belongs")
    if values.rtol is not None or _apart(shown, values.share):
        return Recomputation(Outcome.WRONG, left, right)
    return Recomputation(Outcome.CANNOT_TELL, left, right, "the difference is within the precision of what goes in")


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides: as intervals of all they may be (`left`) and as calculated from what is written (`near_left`)."""

    relation: m.Relation
    left: Interval
    right: Interval
    near_left: Interval
    near_right: Interval

    def same_kind(self, vocabulary: m.Vocabulary) -> bool:
        """Whether both sides measure the same, so that their numbers can be held against each other."""
        left, right = (dimension_of_term(side, vocabulary, {}) for side in (self.relation.left, self.relation.right))
        return left == right or {left, right} == {None, PURE}

    def scaled(self, to_left: Fraction, to_right: Fraction) -> _Sides:
        a, b = point(to_left), point(to_right)
        return _Sides(self.relation, self.left * a, self.right * b, self.near_left * a, self.near_right * b)

    def written(self, share: Fraction) -> tuple[Written | None, Written | None]:
        """What stands alone on each side, widened where the relation is an approximation."""
        found = [written(side) for side in (self.relation.left, self.relation.right)]
        if self.relation.kind is RelationKind.APPROXIMATE:
            found = [None if one is None else one.widened(share) for one in found]
        return found[0], found[1]


def _miscounted(sides: _Sides) -> bool:
    """Whether bare whole numbers come to another whole number than is written: 7 · 8 is not 60, however round 60 is."""
    relation = sides.relation
    if relation.kind is RelationKind.APPROXIMATE:
        return False
    parts = [part for side in (relation.left, relation.right) for part in walk(side)]
    if any(isinstance(part, m.Symbol | m.Measured) for part in parts):
        return False
    if any(isinstance(part, m.Number) and (part.value.denominator != 1 or part.error is not None) for part in parts):
        return False
    ends = (sides.near_left, sides.near_right)
    return ends[0] != ends[1] and all(end.is_point and end.low.denominator == 1 for end in ends)


def _close(sides: _Sides, rtol: Fraction) -> bool:
    a, b = sides.near_left, sides.near_right
    size = max(abs(a.low), abs(a.high), abs(b.low), abs(b.high))
    return not a.widened(rtol * size).disjoint(b)


def _fits(sides: _Sides, share: Fraction) -> bool:
    """Whether the calculation from what is written gives what is written on the other side."""
    left, right = sides.written(share)
    if left is None and right is None:
        return not _stretched(sides.near_left, sides, share).disjoint(sides.near_right)
    if left is not None and _rescaled(left, sides.near_left).gives(sides.near_right):
        return True
    return right is not None and _rescaled(right, sides.near_right).gives(sides.near_left)


def _apart(sides: _Sides, share: Fraction) -> bool:
    """Whether the two sides are disjoint, however precisely everything was written."""
    left, right = sides.written(share)
    if left is not None and right is not None:  # two written numbers: is neither the other, rounded?
        return not left.covers(sides.near_right) and not right.covers(sides.near_left)
    if left is None and right is None:
        return _stretched(sides.left, sides, share).disjoint(sides.right)
    if left is not None:
        return not left.covers(sides.right)
    assert right is not None
    return not right.covers(sides.left)


def _rescaled(one: Written, near: Interval) -> Written:
    """The written number in the unit in which the comparison is made."""
    if one.value == near.low or one.value == 0:
        return one
    factor = near.low / one.value
    error = None if one.error is None else one.error * abs(factor)
    return Written(near.low, one.step * abs(factor), one.whole, error, one.unit)


def _stretched(interval: Interval, sides: _Sides, share: Fraction) -> Interval:
    if sides.relation.kind is not RelationKind.APPROXIMATE:
        return interval
    return interval.widened(share * max(abs(interval.low), abs(interval.high)))


def _as_bound(term: Term, interval: Interval) -> Interval:
    """A whole number that is a bound is exact: nobody rounds the 3 of `x > 3`."""
    alone = written(term)
    return point(alone.value) if alone is not None and alone.whole and alone.error is None else interval


def _ordered(sides: _Sides, vocabulary: m.Vocabulary) -> Recomputation:
    relation, kind = sides.relation, sides.relation.kind
    left, right = _as_bound(relation.left, sides.left), _as_bound(relation.right, sides.right)
    zero = _is_zero_side(relation.left) or _is_zero_side(relation.right)
    if not zero and not sides.same_kind(vocabulary):
        return Recomputation(Outcome.CANNOT_TELL, left, right, "the two sides do not measure the same")
    if kind is RelationKind.UNEQUAL:
        if left.disjoint(right):
            return Recomputation(Outcome.RECOMPUTED, left, right)
        same = left.is_point and left == right
        return Recomputation(Outcome.WRONG if same else Outcome.CANNOT_TELL, left, right, "" if same else "too close")
    below, above = (left, right) if kind in _BELOW else (right, left)
    may_touch = kind in (RelationKind.LESS_EQUAL, RelationKind.GREATER_EQUAL)
    if below.high < above.low or (may_touch and below.high <= above.low):
        return Recomputation(Outcome.RECOMPUTED, left, right)
    if below.low > above.high:
        return Recomputation(Outcome.WRONG, left, right)
    return Recomputation(Outcome.CANNOT_TELL, left, right, "the two sides are too close to tell")


def _scales(relation: m.Relation, vocabulary: m.Vocabulary) -> list[tuple[Fraction, Fraction]] | None:
    """Factors to try for the two sides: 1 and 1 where both measure the same, the units of the other side for a bare
    number; `None` where the sides cannot be compared."""
    sides = (relation.left, relation.right)
    left, right = (dimension_of_term(side, vocabulary, {}) for side in sides)
    one = Fraction(1)
    if left == right:
        return [(one, one)]
    if _is_zero_side(relation.left) or _is_zero_side(relation.right):
        return [(one, one)] if {left, right} == {None, PURE} else []
    if left is None or right is None:
        return None
    if left == PURE:
        return [(one, one), *((scale, one) for scale in _units_in(relation.right, right, vocabulary))]
    if right == PURE:
        return [(one, one), *((one, scale) for scale in _units_in(relation.left, left, vocabulary))]
    return None


def _is_zero_side(term: Term) -> bool:
    found = written(term)
    return found is not None and found.value == 0 and found.unit is None


def _units_in(term: Term, dimension: m.Dimension, vocabulary: m.Vocabulary) -> list[Fraction]:
    """The scales of the units in which a side is written or declared."""
    found = [part.unit for part in walk(term) if isinstance(part, m.Measured)]
    names = {part.name for part in walk(term) if isinstance(part, m.Symbol)}
    found += [quantity.unit for quantity in vocabulary if quantity.name in names and quantity.unit is not None]
    scales = [unit.scale for unit in found if unit.dimension == dimension and not unit.offset]
    return [*scales, MOLAR.scale] if dimension == CONCENTRATION else scales


def _nominal(term: Term, at: Mapping[Term, Interval]) -> Interval:
    """The value with every number taken as written."""

    def exactly(part: Term) -> Term | None:
        if isinstance(part, m.Number):
            return m.Number(part.value, span=part.span)
        return None

    return value(rebuilt(term, exactly), at)


def _wide(term: Term, at: Mapping[Term, Interval]) -> Interval:
    """The interval of a term, with every number as wide as its digits say."""
    alone = written(term)
    if alone is not None:
        return alone.range()
    numbers: Point = dict(at)

    def named(part: Term) -> Term | None:
        if not isinstance(part, m.Number):
            return None
        interval = operand(part)
        if interval.is_point:
            return m.Number(part.value, span=part.span)
        name = m.Symbol(f"#{len(numbers)}")
        numbers[name] = interval
        return name

    return value(rebuilt(term, named), numbers)
