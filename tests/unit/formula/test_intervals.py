"""An interval contains the value it stands for, whatever is done to it, or says that there is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula import intervals
from vaultcheck.formula.intervals import Interval, NoValueError, around, point

SMALL = st.fractions(min_value=-20, max_value=20, max_denominator=1000)


@st.composite
def interval_and_member(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    first, second = sorted((draw(SMALL), draw(SMALL)))
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=50))
    return Interval(first, second), first + (second - first) * share


@given(interval_and_member(), interval_and_member())
@settings(max_examples=150)
def test_arithmetic_keeps_the_value_inside(left: tuple[Interval, Fraction], right: tuple[Interval, Fraction]) -> None:
    (a, x), (b, y) = left, right
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    assert abs(x) in abs(a)
    if not b.low <= 0 <= b.high:
        assert x / y in a / b


@pytest.mark.parametrize("name", sorted(intervals.FUNCTIONS))
@given(pair=interval_and_member())
@settings(max_examples=60)
def test_functions_keep_the_value_inside(name: str, pair: tuple[Interval, Fraction]) -> None:
    interval, member = pair
    try:
        result = intervals.FUNCTIONS[name](interval)
    except NoValueError:
        return
    oracle = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "abs": "fabs"}.get(name, name)
    with mpmath.workprec(400):
        value = getattr(mpmath, oracle)(mpmath.mpf(member.numerator) / member.denominator)
        low = mpmath.mpf(result.low.numerator) / result.low.denominator
        high = mpmath.mpf(result.high.numerator) / result.high.denominator
        slack = mpmath.mpf(2) ** -380 * (1 + abs(value))
        assert low - slack <= value <= high + slack


@given(SMALL, st.integers(min_value=-6, max_value=6))
def test_whole_powers_of_points_are_exact(base: Fraction, n: int) -> None:
    if base == 0 and n <= 0:
        with pytest.raises(NoValueError):
            intervals.power(point(base), point(n))
    else:
        assert intervals.power(point(base), point(n)) == point(base**n)


def test_roots_of_squares_are_exact() -> None:
    assert intervals.sqrt(point(Fraction(9, 4))) == point(Fraction(3, 2))
    assert intervals.root(point(-27), 3) == point(-3)
    assert intervals.log_to_base(point(Fraction(1, 1000)), point(10)) == point(-3)


def test_a_root_of_two_is_narrow_and_right() -> None:
    found = intervals.sqrt(point(2))
    assert found.low**2 < 2 < found.high**2
    assert found.high - found.low < Fraction(1, 10**30)


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: point(1) / around(0, 1), "zero"),
        (lambda: intervals.log(around(0, 1)), "logarithm"),
        (lambda: intervals.sqrt(point(-1)), "negative"),
        (lambda: intervals.power(point(-8), point(Fraction(1, 3))), "broken power"),
        (lambda: intervals.power(point(9), intervals.power(point(9), point(9))), "too large"),
        (lambda: intervals.exp(point(10**9)), "too large"),
        (lambda: intervals.asin(point(2)), "exceed one"),
        (lambda: intervals.tan(around(Fraction(157, 100), Fraction(1, 100))), "pole"),
        (lambda: intervals.factorial(point(Fraction(1, 2))), "whole number"),
        (lambda: intervals.power(point(0), point(0)), "zero to the power of zero"),
    ],
)
def test_no_value_says_why(build: Callable[[], Interval], reason: str) -> None:
    with pytest.raises(NoValueError, match=reason):
        build()


def test_long_fractions_are_rounded_outward() -> None:
    third = point(Fraction(1, 3))
    product = third
    exact = Fraction(1, 3)
    for _ in range(2000):
        product, exact = product * point(Fraction(1009, 1013)), exact * Fraction(1009, 1013)
    assert product.low < exact < product.high
    assert math.isclose(float(product.low), float(product.high), rel_tol=1e-30)
