"""Claims and verdicts put into sentences for their author: what was claimed, where it fails, with which numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from vaultcheck.formula.dimension_names import PURE, symbols_of
from vaultcheck.formula.model import (
    Dimension,
    Measured,
    Negative,
    Number,
    Quantity,
    Relation,
    RelationKind,
    Symbol,
    Term,
    Unit,
)
from vaultcheck.formula.question import ORDERED
from vaultcheck.formula.tell import condition, said_as
from vaultcheck.formula.verdict import Comparison, Need, Refutation, Verdict, Witness
from vaultcheck.formula.walk import names_of, walk
from vaultcheck.formula.write import to_text
from vaultcheck.formula.write_names import text_name
from vaultcheck.graph.wording import listed, quoted
from vaultcheck.proof.model import Claim, Judged, Premise, Role
from vaultcheck.proof.status import Status

Level = Literal["error", "warning", "note"]

_HANDY = (Fraction(1, 1000), Fraction(10**5))
"""Between these a number is easily read in the unit that its author declared; else in the SI unit."""
_DIGITS = (4, 6, 9, 12, 15)
_NARROW = Fraction(1, 500)
"""An interval is shown as one number when it is narrower than this part of its size."""
_LARGEST, _SMALLEST = Fraction(10**300), Fraction(1, 10**300)
_READABLE = 80
"""Characters of conditions and values that a sentence can bear."""
_EQUAL = frozenset({RelationKind.EQUAL, RelationKind.APPROXIMATE})

Ends = tuple[Fraction, Fraction]


def said(claim: Claim) -> str:
    """What is claimed, in quotation marks: the formula as it was read, or as written where it could not be."""
    relations = claim.reading.relations
    return quoted(to_text(relations[0]) if len(relations) == 1 else " ".join(claim.reading.latex.split()))


def wanted(claim: Claim) -> bool:
    """Whether its author asked for a verdict: by a tag that it is open, by naming premises, by an explicit mark."""
    return claim.status is Status.OPEN or (claim.unasserted is None and (claim.way.named or bool(claim.explicit)))


def level(judged: Judged) -> Level:
    """How bad it is that a claim fails: an error only where its author asked and nothing rests on a guess, a note
    where nobody asked or the author says so too (docs/claims.md)."""
    claim, verdict = judged.claim, judged.verdict
    if claim.status is Status.DISPUTED:
        return "note"
    if not (claim.may_be_error or claim.role is Role.STEP):  # nobody asked, and nobody said what it rests on
        return "note"
    sure = claim.may_be_error and verdict is not None and not verdict.warning_only
    return "error" if sure else "warning"


def by_numbers(judged: Judged) -> bool:
    """Whether a claim is refuted by its numbers: it gives one, and another comes out. An inequality says no number."""
    verdict, relations = judged.verdict, judged.claim.reading.relations
    if verdict is None or any(relation.kind in ORDERED for relation in relations):
        return False
    if verdict.refutation is Refutation.DIMENSIONS:
        return False
    return verdict.refutation is Refutation.NUMBERS or not any(map(names_of, relations))


def used(claim: Claim, verdict: Verdict) -> tuple[Premise, ...]:
    """The premises that the evidence of a verdict uses."""
    return tuple(claim.premises[index] for index in verdict.used if index < len(claim.premises))


def understood(verdict: Verdict, *more: str) -> str:
    """What would help, as one line: `more`, how the formula was read where something had to be guessed, and how the
    symbols of the premises were."""
    parts = [part for part in more if part]
    parts += [
        "reading " + listed([f"{name} as {target}" for name, target in said_as(match)])
        for match in verdict.correspondences
    ]
    if verdict.guesses:
        parts.append(f"understood as {quoted(verdict.reading)}: {listed(list(dict.fromkeys(verdict.guesses)))}")
    return "; ".join(" ".join(part.split()) for part in parts)


def true_only_if(verdict: Verdict) -> str:
    """The condition under which a claim that fails would hold; empty where none is known that can be read."""
    short = [only for only in verdict.only_if if len(only) <= _READABLE]
    return f"true only if {listed(short, 'or')}" if verdict.only_if and len(short) == len(verdict.only_if) else ""


def missing(verdict: Verdict) -> str:
    """The equation that would close a gap, unless that is the claim itself."""
    if verdict.missing in {"", "the claim itself", verdict.reading}:
        return ""
    return f"what would close the gap: {verdict.missing}"


def supposed(verdict: Verdict) -> str:
    """What a proof takes for granted of the signs of quantities: `I > 0 and g > 0`; empty for nothing. That nothing
    divided by vanishes goes without saying."""
    return listed([condition(one) for one in verdict.provided if one.need is not Need.NONZERO])


class CounterExample(NamedTuple):
    """Values at which every premise holds, and the two sides of the claim there, in words and with units."""

    values: str
    sides: str

    @property
    def text(self) -> str:
        """`for R = 1 Ω and V = 12 V, P is 144 W, not 72 W`; of many values only the sides."""
        return self.sides if self.hint or not self.values else f"for {self.values}, {self.sides}"

    @property
    def hint(self) -> str:
        """The values, where there are too many for a sentence."""
        return f"for instance for {self.values}" if len(self.values) > _READABLE else ""


def counter_example(claim: Claim, verdict: Verdict) -> CounterExample | None:
    """Where a claim fails, with units; `None` where the evidence holds no such point."""
    evidence = verdict.evidence
    relation = next(iter(claim.reading.relations), verdict.goal)  # the goal may hold what a limit comes to
    if not isinstance(evidence, Witness | Comparison) or relation is None:
        return None
    units = _Units.of(relation, claim, verdict)
    free = evidence.free if isinstance(evidence, Witness) else ()
    values = listed([f"{text_name(name)} = {units.named(name, value)}" for name, value in free])
    return CounterExample(values, _sides(relation, units, evidence.left, evidence.right))


def _sides(relation: Relation, units: _Units, left: Ends, right: Ends) -> str:
    """`P is 144 W, not 72 W`, or both sides by name where neither is a name or a number."""
    for one, other, worth in ((relation.left, relation.right, left), (relation.right, relation.left, right)):
        if relation.kind in _EQUAL and _is_literal(other) and not _is_literal(one):
            shown = units.beside(other, one, worth)
            return f"{to_text(one)} is {shown}, not {to_text(other)}"
    here, there = units.pair(relation, left, right)
    if relation.kind is RelationKind.EQUAL and isinstance(relation.left, Symbol):
        return f"{to_text(relation.left)} is {here}, not {there}"
    return f"the left side is {here}, the right side {there}"


def _is_literal(term: Term) -> bool:
    """Whether a side is a number as it was written, perhaps with a unit."""
    inner = term.term if isinstance(term, Negative) else term
    return isinstance(inner, Number) or (isinstance(inner, Measured) and not isinstance(inner.number, Symbol))


def _literal_unit(term: Term) -> Unit | None:
    inner = term.term if isinstance(term, Negative) else term
    return inner.unit if isinstance(inner, Measured) else None


class _Units(NamedTuple):
    """Which units to show: of each name as it is declared, of each side as it was found."""

    quantities: dict[str, Quantity]
    sides: tuple[Dimension | None, Dimension | None]

    @classmethod
    def of(cls, relation: Relation, claim: Claim, verdict: Verdict) -> _Units:
        """From what is declared where the claim stands, and what follows from that."""
        from vaultcheck.formula.dimensions import Measurement, measure  # interval arithmetic, which few runs need

        vocabulary = {quantity.name: quantity for quantity in claim.vocabulary}
        found = measure((*verdict.given, relation), claim.vocabulary)
        if not isinstance(found, Measurement):
            return cls(vocabulary, (None, None))
        for name, dimension in found.inferred.items():
            vocabulary.setdefault(name, Quantity(name, dimension=dimension))
        return cls(vocabulary, found.sides[-1])

    def named(self, name: str, value: Fraction) -> str:
        """The value (in SI) of a name, in the unit that it is declared in where that is handy."""
        quantity = self.quantities.get(name)
        if quantity is None:
            return _number(value, _DIGITS[0])
        return _interval(_unit(quantity.unit, quantity.dimension, (value,)), (value, value), _DIGITS[0])

    def beside(self, literal: Term, side: Term, worth: Ends) -> str:
        """The worth (in SI) of a side in the unit of the number that is written beside it."""
        unit = _literal_unit(literal) or self._own(side) or Unit("", PURE)
        return _interval(unit if _handy(unit, worth) else _unit(None, unit.dimension, worth), worth, _DIGITS[0])

    def pair(self, relation: Relation, left: Ends, right: Ends) -> tuple[str, str]:
        """Both sides (in SI) in one unit, with as many digits as it takes to tell them apart."""
        own = self._own(relation.left) or self._own(relation.right)
        unit = _unit(own, self.sides[0] or self.sides[1], (*left, *right))
        shown = ("", "")
        for digits in _DIGITS:
            shown = _interval(unit, left, digits), _interval(unit, right, digits)
            if shown[0] != shown[1]:
                break
        return shown

    def _own(self, side: Term) -> Unit | None:
        """The unit of a name in a side that measures what the side does: of `V_m − E_K` that of `V_m`."""
        wanted = self.sides[0] or self.sides[1]
        for part in walk(side):
            quantity = self.quantities.get(part.name) if isinstance(part, Symbol) else None
            if quantity is not None and quantity.unit is not None and quantity.dimension == wanted:
                return quantity.unit
        return None


def _unit(unit: Unit | None, dimension: Dimension | None, values: Sequence[Fraction]) -> Unit:
    """The declared unit where all values are handy in it, else the SI unit of the dimension."""
    if unit is not None and _handy(unit, values):
        return unit
    if dimension is None or dimension == PURE:
        return Unit("", PURE)
    return Unit(symbols_of(dimension), dimension)


def _handy(unit: Unit, values: Sequence[Fraction]) -> bool:
    """Whether all the values (in SI) are easily read in a unit."""
    sizes = [abs((value - unit.offset) / unit.scale) for value in values]
    return unit.text != "1" and all(size == 0 or _HANDY[0] <= size < _HANDY[1] for size in sizes)


def _interval(unit: Unit, ends: Ends, digits: int) -> str:
    """An interval in a unit; one number where it is narrow."""
    low, high = ((end - unit.offset) / unit.scale for end in ends)
    if high - low <= _NARROW * max(abs(low), abs(high)):
        return f"{_number((low + high) / 2, digits)} {unit.text}".strip()
    return f"between {_number(low, digits)} and {_number(high, digits)} {unit.text}".strip()


def _number(value: Fraction, digits: int) -> str:
    """A number as people write it, to so many digits, with a minus sign and powers of ten; of any size."""
    exponent = 0
    if value and not _SMALLEST < abs(value) < _LARGEST:  # more than a float holds
        exponent = math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
        value = value / Fraction(10) ** exponent
    mantissa, _, power = f"{float(value):.{digits}g}".partition("e")
    exponent += int(power or 0)
    text = mantissa.replace("-", "\u2212")
    return f"{text}·10^{exponent}".replace("^-", "^\u2212") if exponent else text


def places(premises: Iterable[Premise]) -> Iterator[Premise]:
    """The premises that have a place of their own, each place once."""
    seen = set()
    for premise in premises:
        if premise.location not in seen:
            seen.add(premise.location)
            yield premise
