"""Cofactors: the multiples of the premises that add up to the claim.

Found by dividing the claim by one premise after the other while keeping account, else by Gröbner bases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import mul

from vaultcheck.formula.algebra.rings import Frame, cofactors_in, factored
from vaultcheck.formula.isolate import surely_nonzero
from vaultcheck.formula.kernel import accepts_certificate
from vaultcheck.formula.lift import term_of_poly
from vaultcheck.formula.model import Number
from vaultcheck.formula.normal import Ratio, is_positive_atom, lower
from vaultcheck.formula.polynomial import ONE, ZERO, Atom, Poly, TooLargeError
from vaultcheck.formula.question import EQUALITIES, Question
from vaultcheck.formula.verdict import Certificate, Solved

MAX_SHOWN_TERMS = 400


@dataclass(slots=True)
class Row:
    """`factor · start = rest + Σ shares · premises`, where the start of a premise's own row is zero."""

    rest: Poly
    factor: Poly
    shares: dict[int, Poly]

    def times(self, poly: Poly) -> None:
        """Both sides multiplied."""
        if poly != ONE:
            self.rest, self.factor = self.rest * poly, self.factor * poly
            self.shares = {index: share * poly for index, share in self.shares.items()}

    def minus(self, other: Row, multiple: Poly) -> None:
        """A multiple of another row's premise taken away from what is left."""
        self.rest = self.rest - multiple * other.rest
        for index, share in other.shares.items():
            self.shares[index] = self.shares.get(index, ZERO) - multiple * share


def by_division(question: Question, steps: Sequence[Solved]) -> Certificate | None:
    """The certificate that an elimination of linear steps amounts to."""
    try:
        return _by_division(question, steps)
    except TooLargeError:
        return None


def _by_division(question: Question, steps: Sequence[Solved]) -> Certificate | None:
    rows = {step.premise: _row(question.top(question.premises[step.premise]), step.premise) for step in steps}
    goal = _row(question.top(question.goal), -1)
    goal.shares = {}
    for step in steps:
        pivot = rows[step.premise]
        ((_, ((atom, _),)),) = [lower(step.name, question.positive).top.single() or (0, ((Atom("none"), 0),))]
        parts = pivot.rest.by_power(atom)
        if not set(parts) <= {0, 1} or 1 not in parts or parts[1].mentions(atom):
            return None
        later = [rows[other.premise] for other in steps if other.premise != step.premise]
        for row in (*later, goal):
            if row is not pivot and not _reduce(row, pivot, atom, parts[1]):
                return None
    if goal.rest:
        return None
    return written(question, goal.factor, goal.shares)


def _row(poly: Poly, index: int) -> Row:
    lowest = {atom: min(dict(monomial).get(atom, 0) for monomial in poly.terms) for atom in poly.atoms()}
    clear = tuple(sorted(((a, -p) for a, p in lowest.items() if p < 0), key=lambda pair: pair[0].key))
    factor = Poly({clear: ONE.terms[()]})
    return Row(poly * factor, factor, {index: -factor})


def _reduce(row: Row, pivot: Row, atom: Atom, leading: Poly) -> bool:
    """The atom taken out of a row; False where it hides inside another atom or under a root."""
    while True:
        parts = row.rest.by_power(atom)
        if any(part.mentions(atom) for part in parts.values()):
            return False
        top = max(parts, default=0)
        if top == 0:
            return True
        if not isinstance(top, int) or min(parts) < 0:
            return False
        first = parts[top]
        share, multiple = _without_common(leading, first)
        row.times(share)
        row.minus(pivot, multiple * Poly.atom(atom, top - 1) if top > 1 else multiple)


def _without_common(a: Poly, b: Poly) -> tuple[Poly, Poly]:
    constant = a.constant()
    if constant is not None:
        return ONE, b.over(constant, ())
    frame = Frame((a, b))
    ring = frame.ring()
    first, second = frame.to_ring(a, ring), frame.to_ring(b, ring)
    common = first.gcd(second)
    return frame.from_ring(first.exquo(common)), frame.from_ring(second.exquo(common))


def written(question: Question, factor: Poly, shares: dict[int, Poly]) -> Certificate | None:
    """The certificate in lowest terms, if the kernel accepts it."""
    shares = {index: share for index, share in sorted(shares.items()) if share}
    polys = [factor, *shares.values()]
    if sum(len(poly.terms) for poly in polys) > MAX_SHOWN_TERMS:
        return None
    if factor.constant() is None:
        frame = Frame(polys)
        ring = frame.ring()
        elements = [frame.to_ring(poly, ring) for poly in polys]
        common = reduce(lambda a, b: a.gcd(b), elements)
        polys = [frame.from_ring(element.exquo(common)) for element in elements]
        if any(frame.shifts.values()):
            polys = [factor, *shares.values()]
    factor, multiples = polys[0], polys[1:]
    scale, monomial = factor.content()
    unit = Ratio(Poly({(): scale}))
    parts = [(term_of_poly(poly), count) for poly, count in factored(factor)]
    certificate = Certificate(
        tuple(parts) or ((Number(ONE.terms[()]), 1),),
        tuple((index, term_of_poly(poly.over(scale, ()))) for index, poly in zip(shares, multiples, strict=True)),
    )
    assert unit.top or monomial == ()
    return certificate if accepts_certificate(question, certificate) is not None else None


def by_ideal(question: Question) -> Certificate | None:
    """A certificate by ideal membership: the claim times what cannot vanish, to the power 0, 1, 2."""
    goal = question.top(question.goal)
    usable = [i for i, premise in enumerate(question.premises) if premise.kind in EQUALITIES]
    rows = {index: question.top(question.premises[index]) for index in usable}
    rows = {index: poly for index, poly in rows.items() if poly}
    if not rows or not goal:
        return None
    for factor in _factors(goal, tuple(rows.values())):
        found = cofactors_in(goal, tuple(rows.values()), factor)
        if found is not None and not _excluded(factor, tuple(rows.values())):
            return written(question, factor, dict(zip(rows, found, strict=True)))
    return None


def _excluded(factor: Poly, premises: Sequence[Poly]) -> bool:
    """Whether the premises force the factor to vanish, whatever its sign is said to be: then it proves nothing."""
    if factor == ONE:
        return False
    return any(cofactors_in(ONE, premises, power) is not None for power in (factor, factor * factor))


def _factors(goal: Poly, premises: Sequence[Poly]) -> list[Poly]:
    """What the claim may be multiplied by, cheapest first: products of positive names, and its own conjugates."""
    names = sorted({a for p in (goal, *premises) for a in p.atoms() if is_positive_atom(a)}, key=lambda a: a.key)
    common: Poly = reduce(mul, (Poly.atom(atom) for atom in names), ONE)
    result = [ONE, common]
    conjugate = _conjugate(goal)
    if conjugate is not None:
        result += [conjugate, conjugate * common]
    return [*result, common * common]


def _conjugate(goal: Poly) -> Poly | None:
    """`a + b` for a goal `a - b` whose sides are positive: it cannot vanish."""
    flipped = Poly({monomial: abs(value) for monomial, value in goal.terms.items()})
    return flipped if flipped not in (goal, -goal) and surely_nonzero(flipped) else None


__all__ = ["by_division", "by_ideal", "product", "written"]
