"""How precisely a number was written: the interval a result stands for, and the one an input stands for.

A written decimal is a value rounded or cut off at its last digit, so its size lies between half a unit of that digit
below and a whole unit above. A whole number may also have been rounded up; trailing zeros of it are no digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.intervals import Interval, point
from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import Term

_COARSEST_INPUT = Fraction(1, 10)
_COARSEST_WHOLE = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Written:
    """A number that stands alone on a side, in SI: its value, one unit of its last digit, whether it is whole.

    `error` replaces the unit of the last digit where an error bar was written.
    """

    value: Fraction
    step: Fraction
    whole: bool
    error: Fraction | None = None
    unit: m.Unit | None = None

    def covers(self, interval: Interval) -> bool:
        """Whether what was written may be some value of `interval`, rounded, cut off or, when whole, rounded up."""
        if self.error is not None:
            return not interval.disjoint(Interval(self.value - self.error, self.value + self.error))
        if self.step == 0:
            return self.value in interval
        if self.whole:  # 4 is not 5, but 384.2 may be 385
            return interval.low < self.value + self.step and interval.high > self.value - self.step
        inner, outer = self.step / 2, self.step
        if self.value < 0:
            return interval.low <= self.value + inner and interval.high > self.value - outer
        return interval.low < self.value + outer and interval.high >= self.value - inner

    def gives(self, interval: Interval) -> bool:
        """Whether `interval`, rounded or cut off, is plainly what was written (2 is not 10, 0.3 is not 1)."""
        if not self.whole or self.error is not None or self.step == 0:
            return self.covers(interval)
        size, found = abs(self.value), abs(interval)
        if self.step > 1 and found.disjoint(Interval(size * 9 / 10, size * 11 / 10)):
            return False
        return self.covers(interval) and found.high >= size - self.step / 2 and found.low < size + self.step

    def range(self) -> Interval:
        """The closed interval around all that it covers."""
        if self.error is not None:
            return Interval(self.value - self.error, self.value + self.error)
        inner = self.step if self.whole else self.step / 2
        low, high = (self.step, inner) if self.value < 0 else (inner, self.step)
        return Interval(self.value - low, self.value + high)

    def widened(self, share: Fraction) -> Written:
        """The same with at least this share of its value as an error bar."""
        current = self.error if self.error is not None else self.step
        return Written(self.value, self.step, self.whole, max(current, abs(self.value) * share), self.unit)


def written(term: Term) -> Written | None:
    """The number that a whole side is, with its power of ten and its unit; `None` where there is more to compute."""
    match term:
        case m.Measured(number, unit):
            inner = written(number)
            if inner is None:
                return None
            error = None if inner.error is None else inner.error * unit.scale
            value = inner.value * unit.scale + unit.offset
            one = inner.value == 1 and inner.whole  # `1 km` is exact: nobody rounds to one
            return Written(value, Fraction(0) if one else inner.step * unit.scale, inner.whole, error, unit)
        case m.Negative(inner_term):
            found = written(inner_term)
            return None if found is None else Written(-found.value, found.step, found.whole, found.error, found.unit)
        case m.Number():
            return _number(term)
        case m.Product((m.Number() as digits, m.Power() as power)):
            ten = _power_of_ten(power)
            if ten is None:
                return None
            step = digits.step if digits.step < 1 else Fraction(1)  # in scientific notation every digit counts
            return Written(
                digits.value * ten, step * ten, step >= 1, None if digits.error is None else digits.error * ten
            )
        case m.Power():
            ten = _power_of_ten(term)
            return None if ten is None else Written(ten, ten, whole=True)
    return None


def _number(term: m.Number) -> Written:
    if term.value.denominator == 1 and term.step >= 1:
        return Written(term.value, max(term.step, trailing(term.value)), True, term.error)
    return Written(term.value, term.step, term.step >= 1, term.error)


def trailing(value: Fraction) -> Fraction:
    """The unit of the last digit of a whole number that is not a trailing zero."""
    digits = str(abs(value.numerator))
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0")))) if value else Fraction(1)


def _power_of_ten(term: m.Power) -> Fraction | None:
    return rational(term) if rational(term.base) == 10 else None


def operand(number: m.Number) -> Interval:
    """What a number inside a calculation may have been: small whole numbers are exact, decimals may be rounded."""
    if number.error is not None:
        return Interval(number.value - number.error, number.value + number.error)
    if number.exact or number.step == 0:
        return point(number.value)
    if number.step >= 1:
        radius = min(max(number.step, trailing(number.value)), abs(number.value) * _COARSEST_WHOLE)
        return Interval(number.value - radius, number.value + radius)
    return Written(number.value, number.step, whole=False).range()


def declared(quantity: m.Quantity) -> Interval | None:
    """The interval of a declared value; counts and valences are exact, nothing is coarser than a tenth."""
    if quantity.value is None:
        return None
    pure = quantity.dimension is not None and not any(quantity.dimension.exponents)
    if quantity.value_step == 0 or (pure and quantity.value.denominator == 1):
        return point(quantity.value)
    radius = min(quantity.value_step, abs(quantity.value) * _COARSEST_INPUT) if quantity.value else quantity.value_step
    return Interval(quantity.value - radius, quantity.value + radius)
