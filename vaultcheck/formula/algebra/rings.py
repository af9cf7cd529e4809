"""Normal forms through sympy's polynomial rings: common factors, factors, ideals. Exact, over the rationals.

What comes back is only ever a suggestion: the kernel multiplies it out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from vaultcheck.formula.normal import Ratio
from vaultcheck.formula.polynomial import ONE, Atom, Exponent, Monomial, Poly

MAX_GCD_TERMS = 300


def load() -> None:
    """Load computer algebra now, not when the first claim needs it: parts of it are imported when first used."""
    import sympy

    x = sympy.Symbol("x")
    sympy.trigsimp(sympy.sin(x) ** 2 + sympy.cos(x) ** 2)
    sympy.simplify(sympy.exp(x) / x)


class Frame:
    """The generators that a handful of polynomials share, with fractional exponents scaled to whole ones."""

    def __init__(self, polys: Iterable[Poly]) -> None:
        polys = tuple(polys)
        self.atoms = sorted({atom for poly in polys for atom in poly.atoms()}, key=lambda atom: atom.key)
        self.scales: dict[Atom, int] = dict.fromkeys(self.atoms, 1)
        self.shifts: dict[Atom, Exponent] = dict.fromkeys(self.atoms, 0)
        for poly in polys:
            for monomial in poly.terms:
                for atom, power in monomial:
                    self.scales[atom] = lcm(self.scales[atom], Fraction(power).denominator)
                    self.shifts[atom] = min(self.shifts[atom], power)

    def ring(self) -> Any:
        """A sympy ring with one generator an atom."""
        from sympy import QQ
        from sympy.polys.orderings import grevlex
        from sympy.polys.rings import PolyRing

        return PolyRing([f"x{i}" for i in range(len(self.atoms))] or ["x0"], QQ, grevlex)

    def to_ring(self, poly: Poly, ring: Any) -> Any:
        """A polynomial as an element of the ring, multiplied by the monomial that makes its exponents whole."""
        from sympy import QQ

        terms = {}
        for monomial, value in poly.terms.items():
            powers = dict(monomial)
            key = tuple(int((powers.get(atom, 0) - self.shifts[atom]) * self.scales[atom]) for atom in self.atoms)
            terms[key or (0,)] = QQ(value.numerator, value.denominator)
        return ring.from_dict(terms)

    def from_ring(self, element: Any) -> Poly:
        """An element of the ring as a polynomial (without the monomial)."""
        terms: dict[Monomial, Fraction] = {}
        for powers, value in element.items():
            monomial = tuple(
                (atom, _slim(Fraction(int(power), self.scales[atom])))
                for atom, power in zip(self.atoms, powers, strict=False)
                if power
            )
            terms[monomial] = Fraction(int(value.numerator), int(value.denominator))
        return Poly(terms)


def _slim(value: Fraction) -> Exponent:
    return value.numerator if value.denominator == 1 else value


def cancelled(ratio: Ratio) -> Ratio:
    """The ratio without common factors."""
    if len(ratio.bottom.terms) <= 1 or len(ratio.top.terms) <= 1:
        return ratio
    if max(len(ratio.top.terms), len(ratio.bottom.terms)) > MAX_GCD_TERMS:
        return ratio
    frame = Frame((ratio.top, ratio.bottom))
    ring = frame.ring()
    top, bottom = frame.to_ring(ratio.top, ring).cancel(frame.to_ring(ratio.bottom, ring))
    upper, lower = frame.from_ring(top), frame.from_ring(bottom)
    scale, monomial = lower.content()
    upper, lower = upper.over(scale, monomial), lower.over(scale, monomial)
    return Ratio(upper, lower)


def factored(poly: Poly) -> list[tuple[Poly, int]]:
    """The irreducible factors over the rationals, without the constant and without the monomial content."""
    scale, monomial = poly.content()
    bare = poly.over(scale, monomial)
    factors = [(Poly.atom(atom), power) for atom, power in monomial if isinstance(power, int) and power > 0]
    if bare == ONE or len(bare.terms) > MAX_GCD_TERMS:
        return factors if bare == ONE else [*factors, (bare, 1)]
    frame = Frame((bare,))
    ring = frame.ring()
    _, found = frame.to_ring(bare, ring).factor_list()
    for element, count in found:
        factor = frame.from_ring(element)
        scale, common = factor.content()
        factors.append((factor.over(scale, common), int(count)))
    return factors


def cofactors_in(goal: Poly, premises: Sequence[Poly], factor: Poly) -> list[Poly] | None:
    """Polynomials with `factor · goal = Σ cofactor · premise`, by Gröbner bases of modules; None if there are none."""
    from sympy import QQ, Symbol

    target = goal * factor
    frame = Frame((target, *premises))
    ring = frame.ring()
    symbols = [Symbol(name) for name in (str(gen) for gen in ring.gens)]
    module = QQ.old_poly_ring(*symbols)
    try:
        # All rows and the target are multiplied by one monomial, so the cofactors are those of the polynomials.
        rows = [frame.to_ring(poly, ring).as_expr(*symbols) for poly in premises]
        wanted = frame.to_ring(target, ring).as_expr(*symbols)
        found = module.ideal(*rows).in_terms_of_generators(wanted)
    except ValueError:
        return None
    return [frame.from_ring(ring.from_expr(module.to_sympy(element))) for element in found]
