"""Powers, roots, exponentials and logarithms of ratios, by rules that hold for the signs of what goes in."""

from __future__ import annotations

from fractions import Fraction

from vaultcheck.formula.polynomial import ONE, Atom, Exponent, Poly, raised
from vaultcheck.formula.ratio import (
    EULER,
    Ratio,
    UnlowerableError,
    is_positive,
    is_positive_atom,
    number,
    of,
    part_of,
    settled,
    whole_power,
)

MAX_ROOTED = 10**12
"""Numbers above this are not factored before a root or a logarithm is taken."""


def power(base: Ratio, exponent: Ratio) -> Ratio:
    """`base ^ exponent`."""
    value = exponent.top.constant() if exponent.bottom == ONE else None
    if value is not None and value.denominator == 1:
        return whole_power(base, int(value))
    if value is not None:
        return _rooted(base, value)
    if not (is_positive(base.top) and is_positive(base.bottom)):
        return of(Atom("opaque power", base.top, base.bottom, exponent.top, exponent.bottom))
    result = number(1)
    for poly, sign in ((base.top, 1), (base.bottom, -1)):
        for monomial, scale in exponent.top.terms.items():
            bottom_scale, bottom_monomial = exponent.bottom.content()
            bare = exponent.bottom.over(bottom_scale, bottom_monomial)
            share = Poly({monomial: Fraction(1)}).over(Fraction(1), bottom_monomial)
            if share == ONE and bare == ONE:
                result = result * power(Ratio(poly), number(scale * sign / bottom_scale))
            else:
                result = result * _powers(poly, share, bare, scale * sign / bottom_scale)
    return result


def _powers(poly: Poly, share: Poly, bottom: Poly, scale: Fraction) -> Ratio:
    """`poly ^ (scale · share / bottom)` for a positive polynomial and a one-term share."""
    only = poly.single()
    if only is None:
        value, common = poly.content()
        rest = poly.over(value, common)
        head = _powers(Poly({common: value}), share, bottom, scale) if common or value != 1 else number(1)
        return head * of(Atom("power", Poly.atom(Atom("root", rest, ONE)), share, bottom), scale)
    value, monomial = only
    result = number(1)
    for prime, count in (*_primes(value.numerator), *((p, -n) for p, n in _primes(value.denominator))):
        result = result * of(Atom("power", Poly.atom(Atom("prime", str(prime))), share, bottom), scale * count)
    for atom, exponent in monomial:
        result = result * _power_of_atom(atom, share, bottom, scale * exponent)
    return result


def _power_of_atom(atom: Atom, share: Poly, bottom: Poly, scale: Fraction) -> Ratio:
    if atom.kind == "power":
        inner = Ratio(part_of(atom, 1), part_of(atom, 2)) * Ratio(share, bottom) * number(scale)
        return power(Ratio(part_of(atom, 0)), inner)
    ((_, monomial),) = [share.single() or (Fraction(1), ())]
    for factor, count in monomial:
        if atom == EULER and factor.kind == "ln" and count == 1 and not bottom.mentions(factor):
            rest = Ratio(share.over(Fraction(1), ((factor, 1),)), bottom) * number(scale)
            return power(Ratio(part_of(factor, 0), part_of(factor, 1)), rest)
    return of(Atom("power", Poly.atom(atom), share, bottom), _slim(scale))


def _slim(value: Fraction) -> Exponent:
    return value.numerator if value.denominator == 1 else value


def _rooted(base: Ratio, value: Fraction) -> Ratio:
    """A ratio to a fractional power; where the signs are unknown the quotient stays whole under the root."""
    if not base.top:
        return number(0)
    if base.bottom == ONE or is_positive(base.bottom) or is_positive(base.top):
        return _root_of(base.top, value) / _root_of(base.bottom, value)
    return settled(Poly.atom(Atom("root", base.top, base.bottom), value), ONE)


def _root_of(poly: Poly, value: Fraction) -> Ratio:
    scale, monomial = poly.content()
    outside = tuple((atom, count) for atom, count in monomial if is_positive_atom(atom))
    rest = poly.over(abs(scale), outside)
    result = root_of_number(abs(scale), value) * settled(Poly({raised(outside, value): Fraction(1)}), ONE)
    return result if rest == ONE else result * settled(Poly.atom(Atom("root", rest, ONE), value), ONE)


def root_of_number(scale: Fraction, value: Fraction) -> Ratio:
    """A positive number to a fractional power."""
    result = number(1)
    for prime, count in (*_primes(scale.numerator), *((p, -n) for p, n in _primes(scale.denominator))):
        result = result * settled(Poly.atom(Atom("prime", str(prime)), _slim(value * count)), ONE)
    return result


def _primes(value: int) -> list[tuple[int, int]]:
    """The prime factors of a natural number; what is too large stands as one factor."""
    if value > MAX_ROOTED:
        return [(value, 1)]
    found: list[tuple[int, int]] = []
    prime = 2
    while prime * prime <= value:
        count = 0
        while value % prime == 0:
            value, count = value // prime, count + 1
        if count:
            found.append((prime, count))
        prime += 1 if prime == 2 else 2
    return [*found, (value, 1)] if value > 1 else found


def exponential(exponent: Ratio) -> Ratio:
    """`e ^ exponent`."""
    return power(of(EULER), exponent)


def logarithm(ratio: Ratio) -> Ratio:
    """The natural logarithm, split over products and quotients where the signs allow it."""
    if not ratio.top:
        raise UnlowerableError("the logarithm of zero")
    if ratio.bottom == ONE:
        return _logarithm_of(ratio.top)
    if is_positive(ratio.bottom) or is_positive(ratio.top):
        return _logarithm_of(ratio.top) - _logarithm_of(ratio.bottom)
    return of(Atom("ln", ratio.top, ratio.bottom))


def _logarithm_of(poly: Poly) -> Ratio:
    scale, monomial = poly.content()
    outside = tuple((atom, count) for atom, count in monomial if is_positive_atom(atom))
    rest = poly.over(abs(scale), outside)
    result = number(0)
    value = abs(scale)
    for prime, count in (*_primes(value.numerator), *((p, -n) for p, n in _primes(value.denominator))):
        result = result + of(Atom("ln", Poly.number(prime), ONE)) * number(count)
    for atom, exponent in outside:
        result = result + _logarithm_of_atom(atom) * number(Fraction(exponent))
    return result if rest == ONE else result + of(Atom("ln", rest, ONE))


def _logarithm_of_atom(atom: Atom) -> Ratio:
    if atom == EULER:
        return number(1)
    if atom.kind == "prime":
        return of(Atom("ln", Poly.number(int(str(atom.parts[0]))), ONE))
    if atom.kind == "power":
        return Ratio(part_of(atom, 1), part_of(atom, 2)) * _logarithm_of(part_of(atom, 0))
    if atom.kind == "root":
        return of(Atom("ln", part_of(atom, 0), part_of(atom, 1)))
    return of(Atom("ln", Poly.atom(atom), ONE))
