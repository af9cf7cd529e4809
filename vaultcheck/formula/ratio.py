"""Quotients of polynomials, settled: whole powers of roots multiplied out, exact divisions done. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from vaultcheck.formula.polynomial import ONE, ZERO, Atom, Exponent, Monomial, Poly, TooLargeError, raised, times

MAX_POWER = 400
"""Powers of numbers above this are not multiplied out."""

EULER = Atom("constant", "e")


class UnlowerableError(ValueError):
    """A construct that has no normal form (an integral, a series, a limit, a ± sign)."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """`top / bottom`; the bottom is never the zero polynomial."""

    top: Poly
    bottom: Poly = ONE

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return settled(self.top + other.top, self.bottom)
        return settled(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __neg__(self) -> Ratio:
        return Ratio(-self.top, self.bottom)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        return settled(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.top:
            raise UnlowerableError("a division by zero")
        return settled(self.top * other.bottom, self.bottom * other.top)


def number(value: Fraction | int) -> Ratio:
    """A number as a ratio."""
    return Ratio(Poly.number(value))


def of(atom: Atom, exponent: Exponent = 1) -> Ratio:
    """An atom to a power as a ratio."""
    return Ratio(Poly.atom(atom, exponent))


def quotient_of(poly: Poly, other: Poly) -> Poly | None:
    """The quotient if the division is exact and easy to find, else None."""
    shared = sorted(other.atoms(), key=lambda atom: atom.key)
    rest, quotient = poly, Poly({})

    def rank(monomial: Monomial) -> tuple[Exponent, ...]:
        powers = dict(monomial)
        return tuple(powers.get(atom, 0) for atom in shared)

    leading = max(other.terms, key=rank)
    steps = 0
    while rest:
        steps += 1
        if steps > 400:
            return None
        first = max(rest.terms, key=rank)
        ratio = times(first, raised(leading, -1))
        if any(exponent < 0 for atom, exponent in ratio if atom in shared):
            return None
        part = Poly({ratio: rest.terms[first] / other.terms[leading]})
        quotient, rest = quotient + part, rest - part * other
    return quotient


def settled(top: Poly, bottom: Poly) -> Ratio:
    """A ratio with whole powers of roots expanded, one-term bottoms absorbed and exact divisions done."""
    upper, lower = _expanded(top), _expanded(bottom)
    if upper is not None or lower is not None:
        ratio_top = upper or Ratio(top)
        ratio_bottom = lower or Ratio(bottom)
        return settled(ratio_top.top * ratio_bottom.bottom, ratio_top.bottom * ratio_bottom.top)
    if not bottom:
        raise UnlowerableError("a division by zero")
    if not top:
        return Ratio(ZERO)
    scale, monomial = bottom.content()
    top, bottom = top.over(scale, monomial), bottom.over(scale, monomial)
    if bottom == ONE:
        return _without_cosine_below(top)
    whole = quotient_of(top, bottom)
    if whole is not None:
        return Ratio(whole)
    scale, monomial = top.content()
    inverse = quotient_of(bottom, top.over(scale, monomial))
    if inverse is None:
        return Ratio(top, bottom)
    below, common = inverse.content()
    return Ratio(Poly({times(monomial, raised(common, -1)): scale / below}), inverse.over(below, common))


def _without_cosine_below(top: Poly) -> Ratio:
    """`1/cos^2 - sin^2/cos^2` as 1: squares of cosines are taken out above a common power below."""
    if not any(atom.kind == "cos" and power < 0 for monomial in top.terms for atom, power in monomial):
        return Ratio(top)
    _, monomial = top.content()
    upper = _expanded(top.over(Fraction(1), monomial))
    return Ratio(top) if upper is None else upper * Ratio(Poly({monomial: Fraction(1)}))


def _expanded(poly: Poly) -> Ratio | None:
    """The polynomial with whole powers of `root(P)` and squares of cosines multiplied out; None if it has none."""
    if not any(_unsettled(atom, power) for monomial in poly.terms for atom, power in monomial):
        return None
    result = Ratio(ZERO)
    for monomial, value in poly.terms.items():
        term = number(value)
        for atom, power in monomial:
            term = term * _settled_power(atom, power)
        result = result + term
    return result


def _unsettled(atom: Atom, power: Exponent) -> bool:
    if atom.kind == "root" or atom.kind == "prime":
        return not 0 < power < 1
    return atom.kind == "cos" and isinstance(power, int) and power >= 2


def _settled_power(atom: Atom, power: Exponent) -> Ratio:
    if not _unsettled(atom, power):
        return of(atom, power)
    if atom.kind == "cos":
        square = Ratio(ONE) - of(Atom("sin", *atom.parts), 2)
        return whole_power(square, int(power) // 2) * (of(atom) if int(power) % 2 else number(1))
    whole = floor(power)
    rest = of(atom, power - whole) if power != whole else number(1)
    if atom.kind == "prime":
        return number(Fraction(int(str(atom.parts[0]))) ** whole) * rest
    return whole_power(Ratio(part_of(atom, 0), part_of(atom, 1)), whole) * rest


def part_of(atom: Atom, index: int) -> Poly:
    """A polynomial inside an atom."""
    part = atom.parts[index]
    assert isinstance(part, Poly)
    return part


def whole_power(ratio: Ratio, power: int) -> Ratio:
    """A ratio to a whole power; zero to the power of zero is refused as a division by zero is."""
    if power == 0 and not ratio.top:
        raise UnlowerableError("zero to the power of zero")
    if power < 0:
        return whole_power(number(1) / ratio, -power)
    only = ratio.top.single()
    if only is not None and ratio.bottom == ONE:
        value, monomial = only
        if abs(value) != 1 and power > MAX_POWER:
            raise TooLargeError("a power is too large to expand")
        return settled(Poly({raised(monomial, power): value**power}), ONE)
    return settled(ratio.top**power, ratio.bottom**power)


# Signs ---------------------------------------------------------------------------------------------------------


def is_positive_atom(atom: Atom) -> bool:
    """Whether the atom is surely greater than zero wherever it is defined (a root stands inside its power)."""
    if atom.kind == "ln":
        value = part_of(atom, 0).constant() if part_of(atom, 1) == ONE else None
        return value is not None and value > 1
    return atom.kind in {"positive", "constant", "prime", "power"} or (
        atom.kind == "root" and is_positive(part_of(atom, 0)) and is_positive(part_of(atom, 1))
    )


def is_positive(poly: Poly) -> bool:
    """Whether the polynomial is a sum of products of positive things, with one term that cannot vanish."""
    strict = False
    for monomial, value in poly.terms.items():
        if value < 0 or not all(_never_negative(atom, power) for atom, power in monomial):
            return False
        strict = strict or all(is_positive_atom(atom) for atom, _ in monomial)
    return strict


def is_never_negative(poly: Poly) -> bool:
    """Whether the polynomial is a sum of products of things that are never below zero where they are defined."""
    return all(
        value > 0 and all(_never_negative(atom, power) for atom, power in monomial)
        for monomial, value in poly.terms.items()
    )


def _never_negative(atom: Atom, power: Exponent) -> bool:
    return is_positive_atom(atom) or power % 2 == 0 or (atom.kind == "root" and power.denominator % 2 == 0)
