"""Circular and hyperbolic functions of ratios, absolute values, and the table of functions by name. Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from vaultcheck.formula.polynomial import ONE, Atom, Poly
from vaultcheck.formula.powers import exponential, logarithm, root_of_number
from vaultcheck.formula.ratio import Ratio, UnlowerableError, is_positive, number, of

PI = Atom("constant", "pi")


def _parity(name: str, even: bool) -> Callable[[Ratio], Ratio]:
    def apply(ratio: Ratio) -> Ratio:
        flip = bool(ratio.top) and ratio.top.content()[0] < 0
        inside = -ratio if flip else ratio
        if not inside.top:
            return number(1 if even else 0)
        value = of(Atom(name, inside.top, inside.bottom))
        return -value if flip and not even else value

    return apply


MAX_MULTIPLE = 6
MAX_ANGLES = 3


def sine(angle: Ratio) -> Ratio:
    """The sine, with sums and small multiples of angles taken apart and known values put in."""
    return _circular(angle)[0]


def cosine(angle: Ratio) -> Ratio:
    """The cosine, likewise."""
    return _circular(angle)[1]


def _circular(angle: Ratio) -> tuple[Ratio, Ratio]:
    turns = _turns(angle)
    if turns is not None and turns.denominator in {1, 2, 3, 4, 6}:
        return _known_sine(turns), _known_sine(turns + Fraction(1, 2))
    terms = sorted(angle.top.terms.items(), key=lambda row: str(row[0]))
    if angle.bottom == ONE and 1 < len(terms) <= MAX_ANGLES:
        first = Ratio(Poly(dict(terms[:1])))
        return _added(_circular(first), _circular(Ratio(Poly(dict(terms[1:])))))
    multiple = abs(terms[0][1].numerator) if len(terms) == 1 else 1
    if 1 < multiple <= MAX_MULTIPLE:
        part = angle * number(Fraction(1, multiple))
        return _added(_circular(part), _circular(angle - part))
    flip = terms[0][1] < 0 if len(terms) == 1 else angle.top.content()[0] < 0
    inside = -angle if flip else angle
    upper = of(Atom("sin", inside.top, inside.bottom))
    return (-upper if flip else upper), of(Atom("cos", inside.top, inside.bottom))


def _added(one: tuple[Ratio, Ratio], other: tuple[Ratio, Ratio]) -> tuple[Ratio, Ratio]:
    """Sine and cosine of a sum."""
    return one[0] * other[1] + one[1] * other[0], one[1] * other[1] - one[0] * other[0]


def _turns(angle: Ratio) -> Fraction | None:
    """The angle as a multiple of pi, if it is one."""
    if not angle.top:
        return Fraction(0)
    single = angle.top.single()
    return single[0] if single is not None and angle.bottom == ONE and single[1] == ((PI, 1),) else None


def _known_sine(turns: Fraction) -> Ratio:
    """The sine of a multiple of pi/6 or pi/4."""
    turns %= 2
    if turns > 1:
        return -_known_sine(turns - 1)
    if turns > Fraction(1, 2):
        return _known_sine(1 - turns)
    squares = {Fraction(0): 0, Fraction(1, 6): 1, Fraction(1, 4): 2, Fraction(1, 3): 3, Fraction(1, 2): 4}
    if turns not in squares:  # a multiple of pi/12 cannot come here: denominators are 1, 2, 3, 4 and 6
        raise UnlowerableError("an angle without a known sine")
    return root_of_number(Fraction(squares[turns], 4), Fraction(1, 2)) if turns else number(0)


def _cosh(x: Ratio) -> Ratio:
    return (exponential(x) + exponential(-x)) * number(Fraction(1, 2))


def _sinh(x: Ratio) -> Ratio:
    return (exponential(x) - exponential(-x)) * number(Fraction(1, 2))


_arcsine = _parity("arcsin", even=False)

FUNCTIONS: Mapping[str, Callable[[Ratio], Ratio]] = {
    "exp": exponential,
    "ln": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": lambda x: sine(x) / cosine(x),
    "cot": lambda x: cosine(x) / sine(x),
    "sec": lambda x: number(1) / cosine(x),
    "csc": lambda x: number(1) / sine(x),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda x: _sinh(x) / _cosh(x),
    "coth": lambda x: _cosh(x) / _sinh(x),
    "arcsin": _arcsine,
    "arccos": lambda x: of(PI) * number(Fraction(1, 2)) - _arcsine(x),
    "arctan": _parity("arctan", even=False),
}


def absolute(ratio: Ratio) -> Ratio:
    """The absolute value."""
    if is_positive(ratio.bottom) and (is_positive(ratio.top) or is_positive(-ratio.top)):
        return ratio if is_positive(ratio.top) else -ratio
    constant = ratio.top.constant()
    if constant is not None and ratio.bottom == ONE:
        return number(abs(constant))
    flip = ratio.top.content()[0] < 0
    return of(Atom("abs", -ratio.top if flip else ratio.top, ratio.bottom))
