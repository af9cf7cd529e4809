r"""The other ways in which people may have meant a calculation, each tried before a number is called wrong.

`2\frac{1}{3}` may be a mixed number, `1.500` one thousand five hundred and `3,414` three and a bit, `2^16` a power
of sixteen, `\sin 30` an angle in degrees, `\log` a logarithm to base e, 10 or 2. `doubt` names what else may be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from vaultcheck.formula import model as m
from vaultcheck.formula.literals import rational, stands_alone
from vaultcheck.formula.model import Term
from vaultcheck.formula.precision import Written, written
from vaultcheck.formula.units import is_sure, read_unit
from vaultcheck.formula.walk import changed, names, rebuilt, walk

CIRCULAR = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_INVERSE = frozenset({"arcsin", "arccos", "arctan", "arccot", "atan2"})
_MAX_READINGS = 12
_BASES = (Fraction(10), Fraction(2))


def readings(relation: m.Relation) -> Iterator[m.Relation]:
    """The relation, then every other way to read it that changes it."""
    seen = [relation]
    for change in (_mixed, _torn_power, _thousands, _decimal_comma, _degrees, _degrees_out):
        for known in list(seen):
            other = changed(known, change)
            if other not in seen and len(seen) < _MAX_READINGS:
                seen.append(other)
    yield from (based for known in seen for based in _based(known))


def _based(relation: m.Relation) -> Iterator[m.Relation]:
    """With every logarithm whose base is not written taken as natural, to base 10 and to base 2."""

    def to(base: Fraction | None) -> Callable[[Term], Term | None]:
        def change(term: Term) -> Term | None:
            if not isinstance(term, m.Apply) or term.function != "log" or term.base is not None:
                return None
            inside = tuple(rebuilt(argument, change) for argument in term.arguments)
            if base is None:
                return replace(term, function="ln", arguments=inside)
            return replace(term, base=m.Number(base), arguments=inside)

        return change

    natural = changed(relation, to(None))
    yield natural
    if natural != relation:
        yield from (changed(relation, to(base)) for base in _BASES)


def _mixed(term: Term) -> Term | None:
    """A whole number before a proper fraction of whole numbers, as their sum; read as a sum, as their product."""
    if isinstance(term, m.Sum) and len(term.terms) == 2:
        whole, part = term.terms
        touching = whole.span[1] == part.span[0] != 0
        if touching and isinstance(whole, m.Number) and isinstance(part, m.Quotient) and _proper(whole, part):
            return m.Product(term.terms, span=term.span)
    if not isinstance(term, m.Product):
        return None
    factors = list(term.factors)
    for at in range(len(factors) - 1):
        whole, part = factors[at], factors[at + 1]
        if isinstance(whole, m.Number) and isinstance(part, m.Quotient) and _proper(whole, part):
            factors[at : at + 2] = [m.Sum((whole, part), span=term.span)]
            return factors[0] if len(factors) == 1 else replace(term, factors=tuple(factors))
    return None


def _proper(whole: m.Number, part: m.Quotient) -> bool:
    top, bottom = part.numerator, part.denominator
    if not isinstance(top, m.Number) or not isinstance(bottom, m.Number):
        return False
    return all(number.value.denominator == 1 for number in (whole, top, bottom)) and 0 < top.value < bottom.value


def _thousands(term: Term) -> Term | None:
    """`8.314` as eight thousand three hundred and fourteen."""
    if isinstance(term, m.Number) and term.step == Fraction(1, 1000) and 1 <= abs(term.value) < 1000:
        return replace(term, value=term.value * 1000, step=Fraction(1), exact=False)
    return None


def _decimal_comma(term: Term) -> Term | None:
    """`3,414` that was read as more than three thousand: its place is one longer than its digits."""
    if not isinstance(term, m.Number) or term.value.denominator != 1 or not 1000 <= abs(term.value) < 1_000_000:
        return None
    if term.span[1] - term.span[0] != len(str(abs(term.value.numerator))) + 1:
        return None
    return replace(term, value=term.value / 1000, step=Fraction(1, 1000), exact=False)


def _torn_power(term: Term) -> Term | None:
    """`2^16`, which TeX takes for two to the first, times six."""
    if not isinstance(term, m.Product):
        return None
    factors = list(term.factors)
    for at in range(len(factors) - 1):
        power, rest = factors[at], factors[at + 1]
        if isinstance(power, m.Power) and isinstance(rest, m.Number) and isinstance(power.exponent, m.Number):
            digit = power.exponent
            if digit.span[1] == rest.span[0] and rest.value.denominator == 1 and 1 <= digit.value <= 9:
                joined = m.Number(Fraction(f"{digit.value}{rest.value}"), Fraction(1), span=rest.span)
                factors[at : at + 2] = [replace(power, exponent=joined)]
                return factors[0] if len(factors) == 1 else replace(term, factors=tuple(factors))
    return None


def _degrees(term: Term) -> Term | None:
    """A circular function of a bare number, taken in degrees."""
    degree = read_unit("°")
    if not isinstance(term, m.Apply) or term.function not in CIRCULAR or degree is None:
        return None
    bare = all(stands_alone(argument) and rational(argument) is not None for argument in term.arguments)
    if not bare:
        return None
    return replace(term, arguments=tuple(m.Measured(argument, degree) for argument in term.arguments))


def in_degrees(relation: m.Relation) -> bool:
    """Whether it takes a circular function of a bare number other than zero, which may be meant in degrees."""
    return changed(relation, lambda term: _degrees(term) if _angle(term) else None) != relation


def _angle(term: Term) -> bool:
    return isinstance(term, m.Apply) and any(rational(argument) for argument in term.arguments)


def _degrees_out(term: Term) -> Term | None:
    """The value of an inverse circular function, as a number of degrees."""
    degree = read_unit("°")
    if not isinstance(term, m.Apply) or term.function not in _INVERSE or degree is None:
        return None
    return m.Quotient(term, m.Number(degree.scale))


def doubt(relation: m.Relation, premises: Iterable[m.Relation] = ()) -> str:
    """Why a mismatch of this relation would prove nothing; empty where it would."""
    parts = [part for side in (relation.left, relation.right) for part in walk(side)]
    units = [part.unit for part in parts if isinstance(part, m.Measured)]
    if _may_be_binary(parts):
        return "the numbers may be binary"
    if relation.kind is m.RelationKind.IDENTICAL:
        return "the sign may mean a congruence"
    by_logarithm = any(_takes_logarithm(one) for one in (relation, *premises))
    for unit in units:
        if not is_sure(unit) and not (unit.text == "dB" and by_logarithm):
            return f"{unit.text} is worth different numbers to different people"
        if unit.offset and not _is_temperature(relation):
            return f"{unit.text} may mean a temperature or a difference of temperatures"
    if any(_bracketed_digits(part) for part in parts):
        return "digits in brackets may be a period or an error"
    if any(_listed_power(part) for part in parts):
        return "a comma may stand between two numbers"
    if any(isinstance(part, m.PlusMinus) for part in parts):
        return "a plus-minus sign between terms stands for two values"
    if any(unit.text == "%" for unit in units) and any(isinstance(part, m.Sum) for part in parts):
        return "a percentage in a sum may be meant of the rest"
    return _doubtful_sides(relation)


def _takes_logarithm(relation: m.Relation) -> bool:
    parts = [part for side in (relation.left, relation.right) for part in walk(side)]
    return any(isinstance(part, m.Apply) and part.function in ("ln", "log") for part in parts)


def _is_temperature(relation: m.Relation) -> bool:
    """Whether a written number of degrees is held against a temperature, and not a difference of two."""
    sides = (relation.left, relation.right)
    alone = [written(side) for side in sides]
    if (alone[0] is None) == (alone[1] is None):
        return alone[0] is not None
    other = sides[0] if alone[1] is not None else sides[1]
    if isinstance(other, m.Sum | m.Negative | m.PlusMinus):
        return False
    units = [part.unit for part in walk(other) if isinstance(part, m.Measured)]
    return not any(name.startswith(("Delta", "delta", "d")) for name in names(other)) and not any(
        u.offset for u in units
    )


def _doubtful_sides(relation: m.Relation) -> str:
    sides = (relation.left, relation.right)
    alone = [written(side) for side in sides]
    order = relation.kind not in EQUALS
    if any(isinstance(side, m.Constant) for side in sides):
        near = [one.value for one in alone if one is not None]
        if not near or not 2 < near[0] < 5:
            return "the letter may be a name of its own"
    if any(one is not None and _may_be_cut(one, other) for one, other in zip(alone, reversed(sides), strict=True)):
        return "a comma may stand between two numbers"
    if alone[0] is None or alone[1] is None:
        return ""
    if relation.kind is m.RelationKind.APPROXIMATE:
        return "two numbers with such a sign may be a range"
    if alone[0].unit is None and alone[1].unit is None and alone[0].whole and alone[1].whole and not order:
        return "two bare whole numbers may be equal in another arithmetic"
    return ""


EQUALS = frozenset({m.RelationKind.EQUAL, m.RelationKind.DEFINED, m.RelationKind.APPROXIMATE})
"""Signs that say that two numbers are the same."""


def _may_be_cut(one: Written, other: Term) -> bool:
    """`2^{14} = 16384,1`: right up to the comma."""
    whole = int(one.value)
    return one.step < 1 and abs(whole) >= 100 and rational(other) == whole


def _listed_power(term: Term) -> bool:
    """`1024,2^{12}` in a list of powers, read as a decimal: nobody raises 1024.2 to the twelfth."""
    if not isinstance(term, m.Power) or not isinstance(term.base, m.Number):
        return False
    return term.base.step < 1 and abs(term.base.value) >= 100 and (rational(term.exponent) or 0) > 4


def _bracketed_digits(term: Term) -> bool:
    """`0.4(22)`: a decimal and a whole number with nothing but a bracket between them."""
    if not isinstance(term, m.Product):
        return False
    return any(
        isinstance(first, m.Number)
        and isinstance(second, m.Number)
        and first.step < 1 <= second.step
        and second.span[0] - first.span[1] == 1
        for first, second in pairwise(term.factors)
    )


def _may_be_binary(parts: list[Term]) -> bool:
    """Whether every number is 0 or 1, or every longer one is written with 0 and 1 alone.

    Not where units or powers of ten stand: nobody counts metres in binary.
    """
    if any(isinstance(part, m.Measured) or (isinstance(part, m.Power) and rational(part.base) == 10) for part in parts):
        return False
    numbers = [part for part in parts if isinstance(part, m.Number)]
    if not numbers or any(number.value.denominator != 1 for number in numbers):
        return False
    long = [str(abs(number.value.numerator)) for number in numbers if abs(number.value) > 9]
    if any(set(digits) - {"0", "1"} for digits in long):
        return False
    if not long and any(isinstance(part, m.Symbol) for part in parts):
        return False  # `V > 0` compares a quantity with zero
    short = {abs(number.value) for number in numbers if abs(number.value) <= 9}
    if short <= {0, 1}:
        return not any(isinstance(part, m.Apply | m.Constant) for part in parts)
    return any(Fraction(int(digits, 2)) in short for digits in long)
