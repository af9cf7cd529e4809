"""Solving one equation for one name, where the solution is unique: linear, a power of something positive, or
inside one exponential, logarithm or root. Pure Python; the kernel replays the same steps.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.normal import (
    EULER,
    Ratio,
    UnlowerableError,
    exponential,
    is_positive,
    is_positive_atom,
    logarithm,
    number,
    power,
)
from vaultcheck.formula.polynomial import ONE, Atom, Poly


@dataclass(frozen=True, slots=True)
class Isolated:
    """`atom = value` follows from `poly = 0` wherever none of `nonzero` vanishes."""

    value: Ratio
    nonzero: tuple[Poly, ...]
    depth: int = 0


def isolate(poly: Poly, atom: Atom, depth: int = 0) -> Isolated | None:
    """The unique solution of `poly = 0` for `atom`, or None if these rules do not give one."""
    if depth > 2:
        return None
    _, common = poly.content()
    poly = poly.over(Fraction(1), tuple((outer, power) for outer, power in common if is_positive_atom(outer)))
    holders = [outer for outer in poly.atoms() if any(inner == atom for inner in outer.atoms())]
    if len(holders) != 1:
        return None
    (holder,) = holders
    parts = poly.by_power(holder)
    exponents = [exponent for exponent in parts if exponent]
    if len(exponents) != 1 or not set(parts) <= {0, *exponents}:
        return None
    (exponent,) = exponents
    leading, rest = parts[exponent], parts.get(0, Poly({}))
    if any(part.mentions(atom) for part in (leading, rest)):
        return None
    try:
        target = -Ratio(rest) / Ratio(leading)
        if exponent != 1:
            if not is_positive_atom(holder) and holder.kind != "root":
                return None
            target = power(target, number(Fraction(1) / exponent))
        if holder == atom:
            return Isolated(target, (leading,), depth + (exponent != 1))
        equation = _opened(holder, target)
    except (UnlowerableError, ArithmeticError):
        return None
    if equation is None:
        return None
    inner = isolate(equation.top, atom, depth + 1)
    if inner is None:
        return None
    raised = holder.kind == "power" and holder.parts[0] != Poly.atom(EULER)
    exponents_used = (part for part in holder.parts[1:2] if raised and isinstance(part, Poly))
    return Isolated(inner.value, (leading, *exponents_used, *inner.nonzero), inner.depth)


def _opened(holder: Atom, target: Ratio) -> Ratio | None:
    """What must vanish when `holder = target` and `holder` is injective."""
    parts = [part for part in holder.parts if isinstance(part, Poly)]
    if holder.kind == "power" and parts[0] == Poly.atom(EULER):
        return Ratio(parts[1], parts[2]) - logarithm(target)
    if holder.kind == "power":  # x^s = target, for a positive x and a power s that is not zero
        return Ratio(parts[0]) - power(target, Ratio(parts[2], parts[1]))
    if holder.kind == "ln":
        return Ratio(parts[0], parts[1]) - exponential(target)
    if holder.kind == "root":
        return Ratio(parts[0], parts[1]) - target
    return None


def surely_nonzero(poly: Poly, others: Collection[Poly] = ()) -> bool:
    """Whether the polynomial cannot vanish: all its terms have one sign, or it is made of factors in `others`."""
    if is_positive(poly) or is_positive(-poly):
        return True
    scale, monomial = poly.content()
    if not all(is_positive_atom(atom) or Poly.atom(atom) in others for atom, _ in monomial):
        return False
    bare = poly.over(scale, monomial)
    return bare == ONE or is_positive(bare) or any(bare in (other, -other) for other in others)
