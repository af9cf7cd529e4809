"""Intervals with exact rational ends that are certain to contain the value; the one door to mpmath.

Sums, products, quotients and whole powers are exact until their fractions grow past `WIDE` bits, then rounded
outward; roots, exponentials, logarithms and circular functions come from mpmath's interval library at `PRECISION`
bits, rounded outward. An operation without a real value everywhere on its arguments raises `NoValueError`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import libmp

PRECISION = 128
WIDE = 1024
_LARGEST = 1 << 14
"""Bits of the largest magnitude worth having: 2^16384 is past every quantity; more is a tower of powers."""

_Raw = tuple[Any, Any]


class NoValueError(ValueError):
    """No real value, or none of a size that can be handled; the text says why, for the author of a note."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Every number from `low` to `high`, both included; a point where they are equal."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval from {self.low} down to {self.high}")

    @property
    def is_point(self) -> bool:
        """Whether it holds one number only, known exactly."""
        return self.low == self.high

    @property
    def middle(self) -> Fraction:
        """The number half-way."""
        return (self.low + self.high) / 2

    def __contains__(self, value: Fraction | int) -> bool:
        return self.low <= value <= self.high

    def disjoint(self, other: Interval) -> bool:
        """Whether no number is in both."""
        return self.high < other.low or other.high < self.low

    def hull(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def widened(self, radius: Fraction) -> Interval:
        """As much further at both ends."""
        return Interval(self.low - radius, self.high + radius)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __add__(self, other: Interval) -> Interval:
        return _trimmed(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return _trimmed(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        if self.is_point and other.is_point:
            product = self.low * other.low
            return _trimmed(product, product)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _trimmed(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise NoValueError("division by zero" if other.is_point else "division by what may be zero")
        return self * Interval(1 / other.high, 1 / other.low)

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(Fraction(0), max(-self.low, self.high))


def point(value: Fraction | int) -> Interval:
    """The interval of one number."""
    exact = Fraction(value)
    return Interval(exact, exact)


def around(value: Fraction | int, radius: Fraction | int) -> Interval:
    """From `value - radius` to `value + radius`."""
    return Interval(Fraction(value) - radius, Fraction(value) + radius)


ZERO = point(0)
ONE = point(1)


def power(base: Interval, exponent: Interval) -> Interval:
    """`base ** exponent`: whole exponents for every base, others for a positive one.

    A fraction with an odd denominator (`x^{1/3}`) of a negative base has a real value to some and none to others: it
    raises `NoValueError`, as do zero to a power that is not positive and `0 ** 0`.
    """
    if exponent.is_point and exponent.low.denominator == 1:
        return _whole_power(base, int(exponent.low))
    if exponent.is_point and exponent.low == Fraction(1, 2):
        return sqrt(base)
    if base.is_point and base.low == 0 and exponent.low > 0:
        return ZERO
    if base.low <= 0:
        raise NoValueError("a broken power of what is not positive")
    return exp(exponent * log(base))


def root(radicand: Interval, index: int) -> Interval:
    """The real root: of a non-negative number, or of any number for an odd index."""
    if index < 1:
        raise NoValueError(f"a root of index {index}")
    if radicand.high <= 0 and index % 2 and radicand.low < 0:
        return -root(-radicand, index)
    if radicand.low < 0:
        raise NoValueError("an even root of what may be negative" if index % 2 == 0 else "an odd root across zero")
    exact = _exact_root(radicand, index)
    if exact is not None:
        return point(exact)
    if index == 2:
        return sqrt(radicand)
    low = ZERO if radicand.low == 0 else power(point(radicand.low), point(Fraction(1, index)))
    high = ZERO if radicand.high == 0 else power(point(radicand.high), point(Fraction(1, index)))
    return low.hull(high)


def sqrt(value: Interval) -> Interval:
    """The square root; exact for squares of fractions."""
    if value.low < 0:
        raise NoValueError("a square root of what may be negative")
    exact = _exact_root(value, 2)
    return point(exact) if exact is not None else _call(libmp.mpi_sqrt, value)


def exp(value: Interval) -> Interval:
    """Euler's number to a power."""
    if value == ZERO:
        return ONE
    if value.high > _LARGEST:
        raise NoValueError("a number too large to write down")
    floor = Fraction(1, 1 << _LARGEST)
    if value.high < -_LARGEST:
        return Interval(Fraction(0), floor)
    inner = _call(libmp.mpi_exp, Interval(max(value.low, Fraction(-_LARGEST)), value.high))
    return Interval(Fraction(0), inner.high) if value.low < -_LARGEST else inner


def log(value: Interval) -> Interval:
    """The natural logarithm of a positive number."""
    if value.low <= 0:
        raise NoValueError("a logarithm of what is not positive")
    return ZERO if value == ONE else _call(libmp.mpi_log, value)


def log_to_base(value: Interval, base: Interval) -> Interval:
    """The logarithm to a base; exact for whole powers of a whole base (`log10 1000 = 3`)."""
    if value.is_point and base.is_point and base.low > 1 and value.low > 0:
        exact = _exact_log(value.low, base.low)
        if exact is not None:
            return point(exact)
    return log(value) / log(base)


def sin(value: Interval) -> Interval:
    """The sine of an angle in radians."""
    return ZERO if value == ZERO else _call(libmp.mpi_sin, _limited(value))


def cos(value: Interval) -> Interval:
    """The cosine of an angle in radians."""
    return ONE if value == ZERO else _call(libmp.mpi_cos, _limited(value))


def tan(value: Interval) -> Interval:
    """The tangent; no value where the cosine may vanish."""
    if value == ZERO:
        return ZERO
    below = cos(value)
    if below.low <= 0 <= below.high or value.high - value.low >= 3:
        raise NoValueError("a tangent at a pole")
    low, high = _call(libmp.mpi_tan, _limited(point(value.low))), _call(libmp.mpi_tan, _limited(point(value.high)))
    return Interval(low.low, high.high)


def atan(value: Interval) -> Interval:
    """The angle between -pi/2 and pi/2 with this tangent."""
    return ZERO if value == ZERO else _call(libmp.mpi_atan, value)


def asin(value: Interval) -> Interval:
    """The angle between -pi/2 and pi/2 with this sine."""
    if value.low < -1 or value.high > 1:
        raise NoValueError("an arc sine of what may exceed one")
    low, high = _asin_at(value.low), _asin_at(value.high)
    return Interval(low.low, high.high)


def acos(value: Interval) -> Interval:
    """The angle between 0 and pi with this cosine."""
    if value.low < -1 or value.high > 1:
        raise NoValueError("an arc cosine of what may exceed one")
    return ZERO if value == ONE else pi() / point(2) - asin(value)


def sinh(value: Interval) -> Interval:
    """The hyperbolic sine."""
    low = (exp(point(value.low)) - exp(point(-value.low))) / point(2)
    high = (exp(point(value.high)) - exp(point(-value.high))) / point(2)
    return Interval(low.low, high.high)


def cosh(value: Interval) -> Interval:
    """The hyperbolic cosine."""
    size = abs(value)
    low = (exp(point(size.low)) + exp(point(-size.low))) / point(2)
    high = (exp(point(size.high)) + exp(point(-size.high))) / point(2)
    return Interval(low.low, high.high)


def tanh(value: Interval) -> Interval:
    """The hyperbolic tangent."""
    low = ONE - point(2) / (exp(point(2 * value.low)) + ONE)
    high = ONE - point(2) / (exp(point(2 * value.high)) + ONE)
    return Interval(low.low, high.high)


def factorial(value: Interval) -> Interval:
    """The factorial of a whole number from 0 to 1000."""
    if not value.is_point or value.low.denominator != 1 or not 0 <= value.low <= 1000:
        raise NoValueError("a factorial of what is no whole number from 0 to 1000")
    return point(Fraction(int(libmp.ifac(int(value.low)))))


def pi() -> Interval:
    """The number pi."""
    low, high = libmp.mpf_pi(PRECISION, libmp.round_floor), libmp.mpf_pi(PRECISION, libmp.round_ceiling)
    return Interval(_fraction(low), _fraction(high))


def euler() -> Interval:
    """Euler's number."""
    return exp(ONE)


FUNCTIONS: dict[str, Callable[[Interval], Interval]] = {
    "exp": exp, "ln": log, "sqrt": sqrt, "sin": sin, "cos": cos, "tan": tan, "arcsin": asin, "arccos": acos,
    "arctan": atan, "asin": asin, "acos": acos, "atan": atan, "sinh": sinh, "cosh": cosh, "tanh": tanh, "abs": abs,
    "sec": lambda x: ONE / cos(x), "csc": lambda x: ONE / sin(x), "cot": lambda x: cos(x) / sin(x),
}  # fmt: skip
"""Functions of one argument, by the name a formula gives them (`log` is not here: its base is a question)."""


def _whole_power(base: Interval, n: int) -> Interval:
    if n < 0:
        return ONE / _whole_power(base, -n)
    if n == 0:
        if base.low <= 0 <= base.high:
            raise NoValueError("zero to the power of zero")
        return ONE
    if n * max(_bits(base.low), _bits(base.high)) > _LARGEST:
        if n > _LARGEST or base.low <= 0:
            raise NoValueError("a power too large to write down")
        return exp(point(n) * log(base))
    if n % 2 == 0 and base.low < 0:
        size = abs(base)
        return _trimmed(size.low**n, size.high**n)
    return _trimmed(base.low**n, base.high**n)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _exact_root(value: Interval, index: int) -> Fraction | None:
    if not value.is_point or index > 64:
        return None
    top, bottom = _whole_root(value.low.numerator, index), _whole_root(value.low.denominator, index)
    return None if top is None or bottom is None else Fraction(top, bottom)


def _whole_root(value: int, index: int) -> int | None:
    found = int(libmp.isqrt(value)) if index == 2 else round(value ** (1 / index)) if value < 1 << 900 else 0
    return found if found**index == value else None


def _exact_log(value: Fraction, base: Fraction) -> int | None:
    count, inverse = 0, value < 1
    rest = 1 / value if inverse else value
    while rest >= base and count < 400:
        rest, count = rest / base, count + 1
    return (-count if inverse else count) if rest == 1 else None


def _limited(angle: Interval) -> Interval:
    if max(abs(angle.low), abs(angle.high)) > 1 << 200:
        raise NoValueError("an angle too large to reduce")
    return angle


def _asin_at(value: Fraction) -> Interval:
    if value == 0:
        return ZERO
    if abs(value) == 1:
        quarter = pi() / point(2)
        return quarter if value > 0 else -quarter
    return atan(point(value) / sqrt(point(1 - value * value)))


def _trimmed(low: Fraction, high: Fraction) -> Interval:
    """The interval, with ends of a bearable length, rounded outward when they are not."""
    if max(_bits(low), _bits(high)) <= WIDE:
        return Interval(low, high)
    if max(_bits(low), _bits(high)) > 8 * _LARGEST:
        raise NoValueError("a number too long to write down")
    return Interval(_fraction(_raw(low, libmp.round_floor)), _fraction(_raw(high, libmp.round_ceiling)))


def _call(function: Callable[[_Raw, int], _Raw], value: Interval) -> Interval:
    raw = (_raw(value.low, libmp.round_floor), _raw(value.high, libmp.round_ceiling))
    low, high = function(raw, PRECISION)
    return Interval(_fraction(low), _fraction(high))


def _raw(value: Fraction, rounding: str) -> Any:
    return libmp.from_rational(value.numerator, value.denominator, PRECISION, rounding)


def _fraction(raw: Any) -> Fraction:
    """mpmath's sign, mantissa and exponent as a fraction; raises `NoValueError` for infinities and giants."""
    sign, mantissa, exponent, _bits_used = raw
    if not mantissa and exponent:
        raise NoValueError("no finite value")
    if abs(exponent) > 8 * _LARGEST:
        raise NoValueError("a number too large to write down")
    signed = -int(mantissa) if sign else int(mantissa)
    return Fraction(signed << exponent) if exponent >= 0 else Fraction(signed, 1 << -exponent)
