"""From the normal form back to a term that a person can read: the inverse of `normal.lower`."""

from __future__ import annotations

from fractions import Fraction

from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Constant,
    ConstantName,
    Derivative,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.normal import LOG_BASE, Ratio
from vaultcheck.formula.polynomial import ONE, Atom, Exponent, Monomial, Poly

FUNCTION_KINDS = frozenset({"sin", "cos", "arcsin", "arctan"})


def term_of(ratio: Ratio) -> Term:
    """A term that `lower` takes to this ratio."""
    top, bottom = ratio.top, ratio.bottom
    scale, monomial = top.content()
    below = tuple((atom, -power) for atom, power in monomial if power < 0)
    if below and top:
        top = top.over(Fraction(1), tuple((atom, -power) for atom, power in below))
    denominators = [*(term_of_power(atom, power) for atom, power in below)]
    if scale.denominator != 1 and top:
        top = top.over(Fraction(1, scale.denominator), ())
        denominators.insert(0, whole(Fraction(scale.denominator)))
    if bottom != ONE:
        denominators.append(term_of_poly(bottom))
    upper = term_of_poly(top)
    if not denominators:
        return upper
    lower = denominators[0] if len(denominators) == 1 else Product(tuple(denominators))
    if isinstance(upper, Negative):
        return Negative(Quotient(upper.term, lower))
    return Quotient(upper, lower)


def term_of_poly(poly: Poly) -> Term:
    """A polynomial as a sum, positive terms first."""
    rows = sorted(poly.terms.items(), key=lambda row: (row[1] < 0, str(row[0])))
    parts = [_term(monomial, value) for monomial, value in rows]
    if not parts:
        return whole(Fraction(0))
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def whole(value: Fraction) -> Term:
    """A number as a term."""
    if value < 0:
        return Negative(whole(-value))
    if value.denominator == 1:
        return Number(value)
    return Quotient(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def _term(monomial: Monomial, value: Fraction) -> Term:
    over = [term_of_power(atom, power) for atom, power in monomial if power > 0]
    under = [term_of_power(atom, -power) for atom, power in monomial if power < 0]
    size = abs(value)
    if size.numerator != 1 or not over:
        over.insert(0, Number(Fraction(size.numerator)))
    if size.denominator != 1:
        under.insert(0, Number(Fraction(size.denominator)))
    result: Term = over[0] if len(over) == 1 else Product(tuple(over))
    if under:
        result = Quotient(result, under[0] if len(under) == 1 else Product(tuple(under)))
    return Negative(result) if value < 0 else result


def term_of_power(atom: Atom, power: Exponent) -> Term:
    """An atom to a power."""
    if atom.kind == "power":
        base, share, bottom = (part for part in atom.parts if isinstance(part, Poly))
        exponent = term_of(Ratio(share.over(1 / Fraction(power), ()), bottom))
        return Power(term_of_poly(base), exponent)
    inside = term_of_atom(atom)
    if power == 1:
        return inside
    if power == Fraction(1, 2):
        return Root(inside, Number(Fraction(2)))
    return Power(inside, whole(Fraction(power)))


def term_of_atom(atom: Atom) -> Term:
    """An atom as a term."""
    parts = [part for part in atom.parts if isinstance(part, Poly)]
    pairs = [term_of(Ratio(a, b)) for a, b in zip(parts[::2], parts[1::2], strict=False)]
    words = [part for part in atom.parts if isinstance(part, str)]
    if atom == LOG_BASE:
        return Symbol(words[0])
    if atom.kind in FUNCTION_KINDS or atom.kind == "ln":
        return Apply(atom.kind, (pairs[0],))
    match atom.kind:
        case "name" | "positive":
            return Symbol(words[0])
        case "constant":
            return Constant(ConstantName(words[0]))
        case "prime":
            return Number(Fraction(int(words[0])))
        case "root":
            return pairs[0]
        case "abs":
            return Absolute(pairs[0])
        case "opaque power":
            return Power(pairs[0], pairs[1])
        case "derivative":
            return Derivative(Symbol(words[0]), Symbol(words[1]), int(words[2]))
        case "power":
            return term_of_power(atom, 1)
        case _:
            name = words[0].rstrip("'")
            return Apply(name, tuple(pairs), primes=len(words[0]) - len(name))
