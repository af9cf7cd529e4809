"""The function that a linear differential equation and its start, or its end, determine.

`f' = k f + c` with a value; `f'' = k f + c` with k < 0 or no k, a value and a slope at one point; `f'' = k f` with
k > 0, a value and a limit of zero at infinity. All coefficients constant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.lift import term_of, term_of_poly
from vaultcheck.formula.literals import is_zero
from vaultcheck.formula.model import (
    Apply,
    Constant,
    ConstantName,
    Derivative,
    Integral,
    Limit,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.normal import Ratio, UnlowerableError, difference, is_positive, number, power
from vaultcheck.formula.polynomial import Atom, Poly, TooLargeError
from vaultcheck.formula.question import EQUALITIES
from vaultcheck.formula.walk import has, names


@dataclass(frozen=True, slots=True)
class Linear:
    """`leading f^(order) + rate f + rest = 0`, all three constant."""

    order: int
    leading: Poly
    rate: Poly
    rest: Poly


def linear_solution(
    name: str, variable: str, others: Collection[str], premises: Sequence[Relation], positive: Collection[str]
) -> Term | None:
    """The formula of the function `name` of `variable`, if one premise is its linear equation and others its start."""
    values = [point for premise in premises if (point := _value(premise, name, 0)) is not None]
    slopes = [point for premise in premises if (point := _value(premise, name, 1)) is not None]
    starts = [start for start in values if not names(start[0])] or values
    if len(starts) != 1:
        return None
    for premise in premises:
        equation = _linear(premise, name, variable, {*others, name, variable}, positive)
        if equation is None:
            continue
        if equation.order == 1:
            return _first(equation, variable, starts[0])
        if len(slopes) == 1 and slopes[0][0] == starts[0][0]:
            return _swinging(equation, variable, starts[0], slopes[0][1])
        if not slopes and any(_ends_at_zero(premise, name) for premise in premises):
            return _decaying(equation, variable, starts[0])
    return None


def _value(premise: Relation, name: str, primes: int) -> tuple[Term, Term] | None:
    """The point and the value of `f(0) = value`, or of `f'(0) = value`."""
    for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
        if isinstance(side, Apply) and side.function == name and side.primes == primes and premise.kind in EQUALITIES:
            return side.arguments[0], other
    return None


def _ends_at_zero(premise: Relation, name: str) -> bool:
    for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
        if isinstance(side, Limit) and side.body == Symbol(name) and is_zero(other):
            return premise.kind in EQUALITIES and side.point == Constant(ConstantName.INFINITY)
    return False


def _linear(
    premise: Relation, name: str, variable: str, moving: Collection[str], positive: Collection[str]
) -> Linear | None:
    if premise.kind not in EQUALITIES or not has(premise, Derivative) or has(premise, (Apply, Integral, Limit)):
        return None
    try:
        top = difference(premise, positive).top
    except (UnlowerableError, TooLargeError):
        return None
    own = Atom("positive" if name in positive else "name", name)
    for order in (2, 1):
        by_slope = top.by_power(Atom("derivative", name, variable, str(order)))
        by_own = by_slope.get(0, Poly({})).by_power(own)
        if not {1} <= set(by_slope) <= {0, 1} or not set(by_own) <= {0, 1}:
            continue
        leading, rate, rest = by_slope[1], by_own.get(1, Poly({})), by_own.get(0, Poly({}))
        inside = {leaf for poly in (leading, rate, rest) for atom in poly.atoms() for leaf in atom.atoms()}
        if any(leaf.kind == "derivative" or leaf.parts[0] in moving for leaf in inside):
            return None
        return Linear(order, leading, rate, rest)
    return None


def _first(equation: Linear, variable: str, start: tuple[Term, Term]) -> Term:
    since = Sum((Symbol(variable), Negative(start[0])))
    below = term_of_poly(equation.leading)
    if not equation.rate:
        return Sum((start[1], Negative(Quotient(Product((term_of_poly(equation.rest), since)), below))))
    exponent = Negative(Quotient(Product((term_of_poly(equation.rate), since)), below))
    steady = Negative(Quotient(term_of_poly(equation.rest), term_of_poly(equation.rate)))
    grown = Power(Constant(ConstantName.E), exponent)
    return Sum((steady, Product((Sum((start[1], Negative(steady))), grown))))


def _swinging(equation: Linear, variable: str, start: tuple[Term, Term], slope: Term) -> Term | None:
    """`s + (f0 - s) cos w(t - t0) + f0'/w sin w(t - t0)`, where the square of w is surely positive."""
    if not equation.rate:
        return _falling(equation, variable, start, slope)
    pace = _root(equation.rate, equation.leading)
    if pace is None:
        return None
    angle = Product((pace, Sum((Symbol(variable), Negative(start[0])))))
    steady = Negative(Quotient(term_of_poly(equation.rest), term_of_poly(equation.rate)))
    along = Product((Sum((start[1], Negative(steady))), Apply("cos", (angle,))))
    return Sum((steady, along, Product((Quotient(slope, pace), Apply("sin", (angle,))))))


def _falling(equation: Linear, variable: str, start: tuple[Term, Term], slope: Term) -> Term:
    """`f0 + f0' (t - t0) + f''/2 (t - t0)^2`."""
    since = Sum((Symbol(variable), Negative(start[0])))
    bent = Quotient(term_of_poly(equation.rest), Product((Number(Fraction(2)), term_of_poly(equation.leading))))
    return Sum((start[1], Product((slope, since)), Negative(Product((bent, Power(since, Number(Fraction(2))))))))


def _decaying(equation: Linear, variable: str, start: tuple[Term, Term]) -> Term | None:
    pace = _root(-equation.rate, equation.leading)
    if pace is None or equation.rest:
        return None
    away = Negative(Product((pace, Sum((Symbol(variable), Negative(start[0]))))))
    return Product((start[1], Power(Constant(ConstantName.E), away)))


def _root(above: Poly, below: Poly) -> Term | None:
    """The square root of a quotient that is surely positive."""
    if is_positive(-above):
        above, below = -above, -below
    if not (is_positive(above) and is_positive(below)):
        return None
    return term_of(power(Ratio(above) / Ratio(below), number(Fraction(1, 2))))
