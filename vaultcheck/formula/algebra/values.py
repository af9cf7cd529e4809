"""The value of a term at a point, as an interval that is certain to contain it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vaultcheck.formula import intervals
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Derivative,
    Factorial,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    Term,
)

Point = Mapping[Term, Interval]
"""Intervals of names and of derivatives that are treated like names."""

MAX_SUMMANDS = 400


def value(term: Term, at: Point) -> Interval:
    """The interval of a term; raises `NoValueError` where there is no real value or none can be computed."""
    match term:
        case Number(value=number, step=step, exact=exact, error=error):
            radius = error if error is not None else Fraction(0) if exact else step
            return intervals.around(number, radius) if radius else point(number)
        case Constant(name=ConstantName.PI):
            return intervals.pi()
        case Constant(name=ConstantName.E):
            return intervals.euler()
        case Symbol() | Derivative():
            if term not in at:
                raise NoValueError(f"no value for {getattr(term, 'name', 'a derivative')}")
            return at[term]
        case Negative(term=inner):
            return -value(inner, at)
        case Quotient(numerator=upper, denominator=lower):
            return value(upper, at) / value(lower, at)
        case Root(radicand=radicand, index=index):
            return _root(value(radicand, at), value(index, at))
        case Measured(number=inner, unit=unit):
            return value(inner, at) * point(unit.scale) + point(unit.offset)
        case Absolute(term=inner):
            return abs(value(inner, at))
        case _:
            return _compound(term, at)


def _compound(term: Term, at: Point) -> Interval:
    match term:
        case Sum(terms=terms):
            total = point(0)
            for part in terms:
                total = total + value(part, at)
            return total
        case Product(factors=factors):
            product = point(1)
            for part in factors:
                product = product * value(part, at)
            return product
        case Power(base=Constant(name=ConstantName.E), exponent=exponent):
            return intervals.exp(value(exponent, at))
        case Power(base=base, exponent=exponent):
            return intervals.power(value(base, at), value(exponent, at))
        case Factorial(term=inner):
            return intervals.factorial(value(inner, at))
        case Binomial(upper=upper, lower=lower):
            return _binomial(value(upper, at), value(lower, at))
        case Series():
            return _series(term, at)
        case Apply():
            return _applied(term, at)
        case _:
            raise NoValueError(f"no value for {type(term).__name__.lower()}")


def _root(radicand: Interval, index: Interval) -> Interval:
    if not index.is_point or index.low.denominator != 1:
        return intervals.power(radicand, point(1) / index)
    return intervals.root(radicand, int(index.low))


def _binomial(upper: Interval, lower: Interval) -> Interval:
    rest = intervals.factorial(upper - lower)
    return intervals.factorial(upper) / (intervals.factorial(lower) * rest)


def _applied(term: Apply, at: Point) -> Interval:
    if term.primes or len(term.arguments) != 1:
        raise NoValueError(f"no value for {term.function}")
    inside = value(term.arguments[0], at)
    if term.function == "log" and term.base is not None:
        return intervals.log_to_base(inside, value(term.base, at))
    if term.function not in intervals.FUNCTIONS:
        raise NoValueError(f"no value for {term.function}")
    return intervals.FUNCTIONS[term.function](inside)


def _series(term: Series, at: Point) -> Interval:
    if term.lower is None or term.upper is None:
        raise NoValueError("a series without bounds")
    first, last = value(term.lower, at), value(term.upper, at)
    if not (first.is_point and last.is_point) or last.low - first.low > MAX_SUMMANDS:
        raise NoValueError("a series whose bounds are not known")
    if first.low.denominator != 1 or last.low.denominator != 1:
        raise NoValueError("a series between fractions")
    result = point(1 if term.product else 0)
    for index in range(int(first.low), int(last.low) + 1):
        part = value(term.body, {**at, term.index: point(index)})
        result = result * part if term.product else result + part
    return result
