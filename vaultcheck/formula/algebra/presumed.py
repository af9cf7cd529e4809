"""What a claim takes for granted: that it divides by nothing zero, and takes logarithms of what is positive.

`(x^2 - 1)/(x - 1) = x + 1` says something at x = 1 on its right side only. A proof of it multiplies the denominator
out and meets no factor there, so the condition is read off the claim itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vaultcheck.formula.algebra.eliminate import divisors_of
from vaultcheck.formula.algebra.rings import factored
from vaultcheck.formula.isolate import surely_nonzero
from vaultcheck.formula.lift import term_of_poly
from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Integral,
    Limit,
    Number,
    Power,
    Quotient,
    Relation,
    RelationKind,
    Series,
    Term,
)
from vaultcheck.formula.normal import Ratio, UnlowerableError, is_positive, lower
from vaultcheck.formula.polynomial import Poly, TooLargeError
from vaultcheck.formula.question import Question
from vaultcheck.formula.verdict import Condition, Need
from vaultcheck.formula.walk import parts, walk

ZERO = Number(Fraction(0))
BINDING = (Derivative, Integral, Limit, Series)
"""What is divided by inside these is at no one point."""


@dataclass(frozen=True, slots=True)
class Presumed:
    """A polynomial that must be as `condition` says for the claim to have a value."""

    poly: Poly
    condition: Condition


def presumed(question: Question) -> tuple[Presumed, ...]:
    """What one side of the goal needs to have a value, and neither its other side nor a premise needs too."""
    sides = [_needs(side, question) for side in (question.goal.left, question.goal.right)]
    said = {poly for premise in question.premises for poly in _needs_of(premise, question)}
    apart = divisors_of(replace(question, goal=Relation(RelationKind.EQUAL, ZERO, ZERO)))
    alone = [p for p in (*sides[0], *sides[1]) if sides[0].get(p) is not sides[1].get(p) and p not in said]
    found = {}
    for poly in alone:
        need = Need.POSITIVE if Need.POSITIVE in {side.get(poly) for side in sides} else Need.NONZERO
        if need is Need.NONZERO and surely_nonzero(poly, apart):
            continue
        found[poly] = Presumed(poly, Condition(term_of_poly(poly), need))
    return tuple(found.values())


def to_print(question: Question) -> tuple[Condition, ...]:
    """The conditions that a proof of the claim must name.

    Of a claim with premises only what nobody sees: that `x` in `x^y` is not zero. That `I = V/R` divides by R is seen.
    """
    taken = presumed(question)
    if question.premises:
        sides = (question.goal.left, question.goal.right)
        raised = [part for side in sides for part in walk(side) if isinstance(part, Power)]
        hidden = [_needs(part, question) for part in raised if rational(part.exponent) in (None, 0)]
        taken = tuple(one for one in taken if any(one.poly in needs for needs in hidden))
    return tuple(one.condition for one in taken)


def _needs_of(relation: Relation, question: Question) -> dict[Poly, Need]:
    return _needs(relation.left, question) | _needs(relation.right, question)


def _needs(side: Term, question: Question) -> dict[Poly, Need]:
    """Every polynomial that must not vanish, or must be positive, for a term to have a value."""
    found: dict[Poly, Need] = {}
    for inside, need in _inside(side, question):
        try:
            ratio = lower(inside, question.positive)
            for poly, wanted in _polynomials(ratio, need):
                if found.get(poly) is not Need.POSITIVE:
                    found[poly] = wanted
        except (UnlowerableError, TooLargeError):
            continue
    return found


def _polynomials(ratio: Ratio, need: Need) -> Iterator[tuple[Poly, Need]]:
    if need is Need.POSITIVE and ratio.bottom.constant() is not None:
        if not is_positive(ratio.top):
            yield ratio.top, need
        return
    for whole in (ratio.top, ratio.bottom):
        for factor, _ in factored(whole):
            if factor.constant() is None and not surely_nonzero(factor):
                yield factor, Need.NONZERO


def _may_be_zero(exponent: Term, question: Question) -> bool:
    """Whether an exponent is not surely above zero."""
    try:
        ratio = lower(exponent, question.positive)
    except (UnlowerableError, TooLargeError):
        return True
    return not (is_positive(ratio.top) and is_positive(ratio.bottom))


def _inside(term: Term, question: Question) -> Iterator[tuple[Term, Need]]:
    """The terms that something is divided by, and those that a logarithm is taken of, outside what binds a name."""
    if isinstance(term, BINDING):
        return
    match term:
        case Quotient(denominator=below):
            yield below, Need.NONZERO
        case Power(base=base, exponent=exponent):
            if _may_be_zero(exponent, question):
                yield base, Need.NONZERO
        case Apply(function="ln" | "log", arguments=(argument,)):
            yield argument, Need.POSITIVE
        case Apply(function="tan" | "sec", arguments=(argument,)):
            yield Apply("cos", (argument,)), Need.NONZERO
        case Apply(function="cot" | "csc", arguments=(argument,)):
            yield Apply("sin", (argument,)), Need.NONZERO
    for part in parts(term):
        yield from _inside(part, question)
