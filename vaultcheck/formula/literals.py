"""Numbers written in a formula: their exact value, and which of them may have lost a unit."""

from __future__ import annotations

from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.model import Term
from vaultcheck.formula.walk import names, walk

_SMALL = 12
_STRUCTURAL = frozenset({16, 24, 32, 48, 64})
"""Whole numbers that formulas are made of: halves, thirds, fours of circles and beams. They carry no unit."""
_MAX_BITS = 4096
_ABSOLUTE_ZERO = frozenset({Fraction(273), Fraction("273.15"), Fraction("273.16")})


def rational(term: Term) -> Fraction | None:
    """The exact value of a term of written numbers, small powers among them; `None` for anything else."""
    match term:
        case m.Number(value):
            return value
        case m.Negative(inner):
            value_in = rational(inner)
            return None if value_in is None else -value_in
        case m.Product(factors):
            return _folded(factors, product=True)
        case m.Sum(terms):
            return _folded(terms, product=False)
        case m.Quotient(numerator, denominator):
            top, bottom = rational(numerator), rational(denominator)
            return None if top is None or not bottom else top / bottom
        case m.Power(base, exponent):
            below, above = rational(base), rational(exponent)
            if below is None or above is None or above.denominator != 1 or (below == 0 and above <= 0):
                return None
            bits = max(below.numerator.bit_length(), below.denominator.bit_length())
            return below ** int(above) if abs(above) * bits <= _MAX_BITS else None
    return None


def _folded(terms: tuple[Term, ...], *, product: bool) -> Fraction | None:
    total = Fraction(1 if product else 0)
    for term in terms:
        value = rational(term)
        if value is None:
            return None
        total = total * value if product else total + value
    return total


def is_zero(term: Term) -> bool:
    """Whether a term of written numbers is zero."""
    return rational(term) == 0


def stands_alone(term: Term) -> bool:
    """Whether a term is made of numbers only, without a name or a unit: a result whose unit may have been left out."""
    return not names(term) and not any(isinstance(part, m.Measured | m.Apply) for part in walk(term))


def carries_unit(addend: Term) -> bool:
    """Whether a number among the factors of an addend may stand for a quantity (`9.81 t`, `58 log x`, `2 t`).

    A written decimal and a large number may; a small whole number only where at most one name is beside it and pi is
    not: the 2 of `2 t` may be metres per second, those of `2 pi sqrt(L/g)` and `m v^2/2` are not. 1 never is.
    """
    if stands_alone(addend):
        return rational(addend) not in (0, 1, -1)
    literals = [number for number in _factors(addend) if number.value not in (0, 1)]
    if any(_is_large(number) for number in literals):
        return True
    circle = any(isinstance(part, m.Constant) and part.name is m.ConstantName.PI for part in walk(addend))
    return bool(literals) and not circle and len(names(addend)) <= 1


def may_be_measured(side: Term) -> bool:
    """Whether a side is a number alone or holds one that is more likely measured than counted: 58, 9.81, 96485."""
    return stands_alone(side) or any(_is_large(part) for part in walk(side) if isinstance(part, m.Number))


def _is_large(number: m.Number) -> bool:
    quarters = (number.value * 4).denominator == 1  # 0.5 and 1.25 are fractions as often as measurements
    return not quarters or (abs(number.value) > _SMALL and number.value not in _STRUCTURAL)


def _factors(term: Term) -> list[m.Number]:
    match term:
        case m.Number():
            return [term]
        case m.Negative(inner):
            return _factors(inner)
        case m.Product(factors):
            return [number for factor in factors for number in _factors(factor)]
        case m.Quotient(numerator, denominator):
            return _factors(numerator) + _factors(denominator)
        case m.Power(base, exponent) | m.Root(base, exponent) if rational(exponent) is not None:
            return _factors(base)
    return []


def is_absolute_zero(term: Term) -> bool:
    """Whether a number is that of the freezing point in kelvin: what Celsius is shifted by."""
    return rational(term) in _ABSOLUTE_ZERO
