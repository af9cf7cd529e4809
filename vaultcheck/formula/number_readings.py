r"""The other ways in which people may have meant a calculation, each tried before a number is called wrong.

`2\frac{1}{3}` may be a mixed number, `1.500` one thousand five hundred, `\sin 30` an angle in degrees, `\log` a
logarithm to base e, 10 or 2; what is written with the digits 0 and 1 alone may be binary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.literals import rational, stands_alone
from vaultcheck.formula.model import Term
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.walk import changed, rebuilt, walk

_CIRCULAR = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_INVERSE = frozenset({"arcsin", "arccos", "arctan", "arccot", "atan2"})
_BASES = (Fraction(10), Fraction(2))


def readings(relation: m.Relation) -> Iterator[m.Relation]:
    """The relation, then every other way to read it that changes it."""
    seen = [relation]
    for change in (_mixed, _thousands, _degrees, _degrees_out):
        for known in list(seen):
            other = changed(known, change)
            if other not in seen:
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
    """A whole number before a proper fraction of whole numbers, as their sum."""
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


def _degrees(term: Term) -> Term | None:
    """A circular function of a bare number, taken in degrees."""
    degree = read_unit("°")
    if not isinstance(term, m.Apply) or term.function not in _CIRCULAR or degree is None:
        return None
    bare = all(stands_alone(argument) and rational(argument) is not None for argument in term.arguments)
    if not bare:
        return None
    return replace(term, arguments=tuple(m.Measured(argument, degree) for argument in term.arguments))


def _degrees_out(term: Term) -> Term | None:
    """The value of an inverse circular function, as a number of degrees."""
    degree = read_unit("°")
    if not isinstance(term, m.Apply) or term.function not in _INVERSE or degree is None:
        return None
    return m.Quotient(term, m.Number(degree.scale))


def may_be_binary(relation: m.Relation) -> bool:
    """Whether every number of more than one digit is written with 0 and 1 alone, and there is one.

    Not where units or powers of ten stand: nobody counts metres in binary.
    """
    parts = [part for side in (relation.left, relation.right) for part in walk(side)]
    if any(isinstance(part, m.Measured) or (isinstance(part, m.Power) and rational(part.base) == 10) for part in parts):
        return False
    numbers = [part for part in parts if isinstance(part, m.Number)]
    if not numbers or any(number.value.denominator != 1 for number in numbers):
        return False
    long = [str(abs(number.value.numerator)) for number in numbers if abs(number.value) > 9]
    if not long or any(set(digits) - {"0", "1"} for digits in long):
        return False
    short = {abs(number.value) for number in numbers if abs(number.value) <= 9}
    if short <= {0, 1}:
        return True
    return any(Fraction(int(digits, 2)) in short for digits in long)
