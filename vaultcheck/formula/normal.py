"""The normal form of a term: a quotient of two polynomials, with logarithms, exponentials and roots gathered.

Every rule here is an identity of real numbers that holds wherever both sides are defined, given the signs of
the names (`positive`): `ln(a b) = ln a + ln b` for positive a and b, `e^(a+b) = e^a e^b`, `(x^(1/2))^2 = x`.
What has no rule stays an opaque atom, so that an equality found here is an equality. Pure Python.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Constant,
    ConstantName,
    Derivative,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Root,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.polynomial import ONE, ZERO, Atom, Exponent, Monomial, Poly, TooLargeError, raised, times

MAX_ROOTED = 10**12
"""Numbers above this are not factored before a root or a logarithm is taken."""

MAX_POWER = 400
"""Powers of numbers above this are not multiplied out."""

EULER = Atom("constant", "e")
PI = Atom("constant", "pi")
LOG_BASE = Atom("positive", "the logarithm of the base of log")


class UnlowerableError(ValueError):
    """A construct that has no normal form (an integral, a series, a limit, a ± sign)."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """`top / bottom`; the bottom is never the zero polynomial."""

    top: Poly
    bottom: Poly = ONE

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return settled(self.top + other.top, self.bottom)
        return settled(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __neg__(self) -> Ratio:
        return Ratio(-self.top, self.bottom)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + -other

    def __mul__(self, other: Ratio) -> Ratio:
        return settled(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other: Ratio) -> Ratio:
        if not other.top:
            raise UnlowerableError("a division by zero")
        return settled(self.top * other.bottom, self.bottom * other.top)


def number(value: Fraction | int) -> Ratio:
    """A number as a ratio."""
    return Ratio(Poly.number(value))


def of(atom: Atom, exponent: Exponent = 1) -> Ratio:
    """An atom to a power as a ratio."""
    return Ratio(Poly.atom(atom, exponent))


def quotient_of(poly: Poly, other: Poly) -> Poly | None:
    """The quotient if the division is exact and easy to find, else None."""
    shared = sorted(other.atoms(), key=lambda atom: atom.key)
    rest, quotient = poly, Poly({})

    def rank(monomial: Monomial) -> tuple[Exponent, ...]:
        powers = dict(monomial)
        return tuple(powers.get(atom, 0) for atom in shared)

    leading = max(other.terms, key=rank)
    steps = 0
    while rest:
        steps += 1
        if steps > 400:
            return None
        first = max(rest.terms, key=rank)
        ratio = times(first, raised(leading, -1))
        if any(exponent < 0 for atom, exponent in ratio if atom in shared):
            return None
        part = Poly({ratio: rest.terms[first] / other.terms[leading]})
        quotient, rest = quotient + part, rest - part * other
    return quotient


def settled(top: Poly, bottom: Poly) -> Ratio:
    """A ratio with whole powers of roots expanded, one-term bottoms absorbed and exact divisions done."""
    upper, lower = _expanded(top), _expanded(bottom)
    if upper is not None or lower is not None:
        ratio_top = upper or Ratio(top)
        ratio_bottom = lower or Ratio(bottom)
        return settled(ratio_top.top * ratio_bottom.bottom, ratio_top.bottom * ratio_bottom.top)
    if not bottom:
        raise UnlowerableError("a division by zero")
    if not top:
        return Ratio(ZERO)
    scale, monomial = bottom.content()
    top, bottom = top.over(scale, monomial), bottom.over(scale, monomial)
    if bottom == ONE:
        return _without_cosine_below(top)
    whole = quotient_of(top, bottom)
    if whole is not None:
        return Ratio(whole)
    scale, monomial = top.content()
    inverse = quotient_of(bottom, top.over(scale, monomial))
    if inverse is None:
        return Ratio(top, bottom)
    below, common = inverse.content()
    return Ratio(Poly({times(monomial, raised(common, -1)): scale / below}), inverse.over(below, common))


def _without_cosine_below(top: Poly) -> Ratio:
    """`1/cos^2 - sin^2/cos^2` as 1: squares of cosines are taken out above a common power below."""
    if not any(atom.kind == "cos" and power < 0 for monomial in top.terms for atom, power in monomial):
        return Ratio(top)
    _, monomial = top.content()
    upper = _expanded(top.over(Fraction(1), monomial))
    return Ratio(top) if upper is None else upper * Ratio(Poly({monomial: Fraction(1)}))


def _expanded(poly: Poly) -> Ratio | None:
    """The polynomial with whole powers of `root(P)` and squares of cosines multiplied out; None if it has none."""
    if not any(_unsettled(atom, power) for monomial in poly.terms for atom, power in monomial):
        return None
    result = Ratio(ZERO)
    for monomial, value in poly.terms.items():
        term = number(value)
        for atom, power in monomial:
            term = term * _settled_power(atom, power)
        result = result + term
    return result


def _unsettled(atom: Atom, power: Exponent) -> bool:
    if atom.kind == "root" or atom.kind == "prime":
        return not 0 < power < 1
    return atom.kind == "cos" and isinstance(power, int) and power >= 2


def _settled_power(atom: Atom, power: Exponent) -> Ratio:
    if not _unsettled(atom, power):
        return of(atom, power)
    if atom.kind == "cos":
        square = Ratio(ONE) - of(Atom("sin", *atom.parts), 2)
        return whole_power(square, int(power) // 2) * (of(atom) if int(power) % 2 else number(1))
    whole = floor(power)
    rest = of(atom, power - whole) if power != whole else number(1)
    if atom.kind == "prime":
        return number(Fraction(int(str(atom.parts[0]))) ** whole) * rest
    return whole_power(Ratio(_poly(atom, 0), _poly(atom, 1)), whole) * rest


def _poly(atom: Atom, index: int) -> Poly:
    part = atom.parts[index]
    assert isinstance(part, Poly)
    return part


def whole_power(ratio: Ratio, power: int) -> Ratio:
    """A ratio to a whole power."""
    if power < 0:
        return whole_power(number(1) / ratio, -power)
    only = ratio.top.single()
    if only is not None and ratio.bottom == ONE:
        value, monomial = only
        if abs(value) != 1 and power > MAX_POWER:
            raise TooLargeError("a power is too large to expand")
        return settled(Poly({raised(monomial, power): value**power}), ONE)
    return settled(ratio.top**power, ratio.bottom**power)


# Signs ---------------------------------------------------------------------------------------------------------


def is_positive_atom(atom: Atom) -> bool:
    """Whether the atom is surely greater than zero wherever it is defined (a root stands inside its power)."""
    if atom.kind == "ln":
        value = _poly(atom, 0).constant() if _poly(atom, 1) == ONE else None
        return value is not None and value > 1
    return atom.kind in {"positive", "constant", "prime", "power"} or (
        atom.kind == "root" and is_positive(_poly(atom, 0)) and is_positive(_poly(atom, 1))
    )


def is_positive(poly: Poly) -> bool:
    """Whether the polynomial is a sum of products of positive things, with one term that cannot vanish."""
    strict = False
    for monomial, value in poly.terms.items():
        if value < 0 or not all(_never_negative(atom, power) for atom, power in monomial):
            return False
        strict = strict or all(is_positive_atom(atom) for atom, _ in monomial)
    return strict


def _never_negative(atom: Atom, power: Exponent) -> bool:
    return is_positive_atom(atom) or power % 2 == 0 or (atom.kind == "root" and power.denominator % 2 == 0)


# Powers, exponentials, logarithms ----------------------------------------------------------------------------------


def power(base: Ratio, exponent: Ratio) -> Ratio:
    """`base ^ exponent`."""
    value = exponent.top.constant() if exponent.bottom == ONE else None
    if value is not None and value.denominator == 1:
        return whole_power(base, int(value))
    if not exponent.top:
        return number(1)
    if value is not None:
        return _rooted(base, value)
    if not (is_positive(base.top) and is_positive(base.bottom)):
        return of(Atom("opaque power", base.top, base.bottom, exponent.top, exponent.bottom))
    result = number(1)
    for poly, sign in ((base.top, 1), (base.bottom, -1)):
        for monomial, scale in exponent.top.terms.items():
            bottom_scale, bottom_monomial = exponent.bottom.content()
            bare = exponent.bottom.over(bottom_scale, bottom_monomial)
            share = Poly({monomial: Fraction(1)}).over(Fraction(1), bottom_monomial)
            if share == ONE and bare == ONE:
                result = result * power(Ratio(poly), number(scale * sign / bottom_scale))
            else:
                result = result * _powers(poly, share, bare, scale * sign / bottom_scale)
    return result


def _powers(poly: Poly, share: Poly, bottom: Poly, scale: Fraction) -> Ratio:
    """`poly ^ (scale · share / bottom)` for a positive polynomial and a one-term share."""
    only = poly.single()
    if only is None:
        value, common = poly.content()
        rest = poly.over(value, common)
        head = _powers(Poly({common: value}), share, bottom, scale) if common or value != 1 else number(1)
        return head * of(Atom("power", Poly.atom(Atom("root", rest, ONE)), share, bottom), scale)
    value, monomial = only
    result = number(1)
    for prime, count in (*_primes(value.numerator), *((p, -n) for p, n in _primes(value.denominator))):
        result = result * of(Atom("power", Poly.atom(Atom("prime", str(prime))), share, bottom), scale * count)
    for atom, exponent in monomial:
        result = result * _power_of_atom(atom, share, bottom, scale * exponent)
    return result


def _power_of_atom(atom: Atom, share: Poly, bottom: Poly, scale: Fraction) -> Ratio:
    if atom.kind == "power":
        inner = Ratio(_poly(atom, 1), _poly(atom, 2)) * Ratio(share, bottom) * number(scale)
        return power(Ratio(_poly(atom, 0)), inner)
    ((_, monomial),) = [share.single() or (Fraction(1), ())]
    for factor, count in monomial:
        if atom == EULER and factor.kind == "ln" and count == 1 and not bottom.mentions(factor):
            rest = Ratio(share.over(Fraction(1), ((factor, 1),)), bottom) * number(scale)
            return power(Ratio(_poly(factor, 0), _poly(factor, 1)), rest)
    return of(Atom("power", Poly.atom(atom), share, bottom), _slim(scale))


def _slim(value: Fraction) -> Exponent:
    return value.numerator if value.denominator == 1 else value


def _rooted(base: Ratio, value: Fraction) -> Ratio:
    """A ratio to a fractional power; where the signs are unknown the quotient stays whole under the root."""
    if not base.top:
        return number(0)
    if base.bottom == ONE or is_positive(base.bottom) or is_positive(base.top):
        return _root_of(base.top, value) / _root_of(base.bottom, value)
    return settled(Poly.atom(Atom("root", base.top, base.bottom), value), ONE)


def _root_of(poly: Poly, value: Fraction) -> Ratio:
    scale, monomial = poly.content()
    outside = tuple((atom, count) for atom, count in monomial if is_positive_atom(atom))
    rest = poly.over(abs(scale), outside)
    result = _root_of_number(abs(scale), value) * settled(Poly({raised(outside, value): Fraction(1)}), ONE)
    return result if rest == ONE else result * settled(Poly.atom(Atom("root", rest, ONE), value), ONE)


def _root_of_number(scale: Fraction, value: Fraction) -> Ratio:
    result = number(1)
    for prime, count in (*_primes(scale.numerator), *((p, -n) for p, n in _primes(scale.denominator))):
        result = result * settled(Poly.atom(Atom("prime", str(prime)), _slim(value * count)), ONE)
    return result


def _primes(value: int) -> list[tuple[int, int]]:
    """The prime factors of a natural number; what is too large stands as one factor."""
    if value > MAX_ROOTED:
        return [(value, 1)]
    found: list[tuple[int, int]] = []
    prime = 2
    while prime * prime <= value:
        count = 0
        while value % prime == 0:
            value, count = value // prime, count + 1
        if count:
            found.append((prime, count))
        prime += 1 if prime == 2 else 2
    return [*found, (value, 1)] if value > 1 else found


def exponential(exponent: Ratio) -> Ratio:
    """`e ^ exponent`."""
    return power(of(EULER), exponent)


def logarithm(ratio: Ratio) -> Ratio:
    """The natural logarithm, split over products and quotients where the signs allow it."""
    if not ratio.top:
        raise UnlowerableError("the logarithm of zero")
    if ratio.bottom == ONE:
        return _logarithm_of(ratio.top)
    if is_positive(ratio.bottom) or is_positive(ratio.top):
        return _logarithm_of(ratio.top) - _logarithm_of(ratio.bottom)
    return of(Atom("ln", ratio.top, ratio.bottom))


def _logarithm_of(poly: Poly) -> Ratio:
    scale, monomial = poly.content()
    outside = tuple((atom, count) for atom, count in monomial if is_positive_atom(atom))
    rest = poly.over(abs(scale), outside)
    result = number(0)
    value = abs(scale)
    for prime, count in (*_primes(value.numerator), *((p, -n) for p, n in _primes(value.denominator))):
        result = result + of(Atom("ln", Poly.number(prime), ONE)) * number(count)
    for atom, exponent in outside:
        result = result + _logarithm_of_atom(atom) * number(Fraction(exponent))
    return result if rest == ONE else result + of(Atom("ln", rest, ONE))


def _logarithm_of_atom(atom: Atom) -> Ratio:
    if atom == EULER:
        return number(1)
    if atom.kind == "prime":
        return of(Atom("ln", Poly.number(int(str(atom.parts[0]))), ONE))
    if atom.kind == "power":
        return Ratio(_poly(atom, 1), _poly(atom, 2)) * _logarithm_of(_poly(atom, 0))
    if atom.kind == "root":
        return of(Atom("ln", _poly(atom, 0), _poly(atom, 1)))
    return of(Atom("ln", Poly.atom(atom), ONE))


# Functions -----------------------------------------------------------------------------------------------------


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
    return _root_of_number(Fraction(squares[turns], 4), Fraction(1, 2)) if turns else number(0)


def _cosh(x: Ratio) -> Ratio:
    return (exponential(x) + exponential(-x)) * number(Fraction(1, 2))


def _sinh(x: Ratio) -> Ratio:
    return (exponential(x) - exponential(-x)) * number(Fraction(1, 2))


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
    "arcsin": _parity("arcsin", even=False),
    "arctan": _parity("arctan", even=False),
}


def _absolute(ratio: Ratio) -> Ratio:
    if is_positive(ratio.bottom) and (is_positive(ratio.top) or is_positive(-ratio.top)):
        return ratio if is_positive(ratio.top) else -ratio
    constant = ratio.top.constant()
    if constant is not None and ratio.bottom == ONE:
        return number(abs(constant))
    flip = ratio.top.content()[0] < 0
    return of(Atom("abs", -ratio.top if flip else ratio.top, ratio.bottom))


def lower(term: Term, positive: Collection[str]) -> Ratio:
    """The normal form of a term, for names that are positive if they are in `positive`, else any real."""
    match term:
        case Number(value=value, error=None):
            return number(value)
        case Constant(name=ConstantName.PI):
            return of(PI)
        case Constant(name=ConstantName.E):
            return of(EULER)
        case Symbol(name=name):
            return of(Atom("positive" if name in positive else "name", name))
        case Negative(term=inner):
            return -lower(inner, positive)
        case Sum(terms=terms):
            return _folded(Ratio.__add__, [lower(part, positive) for part in terms])
        case Product(factors=factors):
            return _folded(Ratio.__mul__, [lower(part, positive) for part in factors])
        case _:
            return _lower_compound(term, positive)


def _lower_compound(term: Term, positive: Collection[str]) -> Ratio:
    match term:
        case Quotient(numerator=upper, denominator=below):
            return lower(upper, positive) / lower(below, positive)
        case Power(base=base, exponent=exponent):
            return power(lower(base, positive), lower(exponent, positive))
        case Root(radicand=radicand, index=index):
            return power(lower(radicand, positive), number(1) / lower(index, positive))
        case Measured(number=inner, unit=unit):
            return lower(inner, positive) * number(unit.scale) + number(unit.offset)
        case Absolute(term=inner):
            return _absolute(lower(inner, positive))
        case Apply():
            return _applied(term, positive)
        case Derivative(term=Symbol(name=name), variable=variable, order=order):
            return of(Atom("derivative", name, variable.name, str(order)))
        case _:
            raise UnlowerableError(type(term).__name__.lower())


def _folded(join: Callable[[Ratio, Ratio], Ratio], ratios: list[Ratio]) -> Ratio:
    """Joined pairwise, so that a long sum stays as cheap as a short one."""
    while len(ratios) > 1:
        pairs = zip(ratios[::2], ratios[1::2], strict=False)
        ratios = [join(a, b) for a, b in pairs] + (ratios[-1:] if len(ratios) % 2 else [])
    return ratios[0]


def _applied(term: Apply, positive: Collection[str]) -> Ratio:
    arguments = [lower(argument, positive) for argument in term.arguments]
    if term.primes == 0 and len(arguments) == 1:
        if term.function == "log":
            base = logarithm(lower(term.base, positive)) if term.base is not None else of(LOG_BASE)
            return logarithm(arguments[0]) / base
        if term.function in FUNCTIONS:
            return FUNCTIONS[term.function](arguments[0])
    parts = [part for argument in arguments for part in (argument.top, argument.bottom)]
    return of(Atom("call", term.function + "'" * term.primes, *parts))


def difference(relation: Relation, positive: Collection[str]) -> Ratio:
    """The left side minus the right side."""
    return lower(relation.left, positive) - lower(relation.right, positive)


# Substitution --------------------------------------------------------------------------------------------------


def substitute(poly: Poly, values: Mapping[Atom, Ratio]) -> Ratio:
    """The polynomial with atoms replaced, also inside other atoms."""
    result = Ratio(ZERO)
    known: dict[Atom, Ratio] = {}
    untouched: dict[Monomial, Fraction] = {}
    for monomial, value in poly.terms.items():
        term = number(value)
        changed = False
        for atom, count in monomial:
            if atom not in known:
                known[atom] = _replaced(atom, values)
            changed = changed or known[atom] != of(atom)
            term = term * (power(known[atom], number(count)) if known[atom] != of(atom) else of(atom, count))
        if changed:
            result = result + term
        else:
            untouched[monomial] = value
    return result + Ratio(Poly(untouched)) if untouched else result


def substituted(ratio: Ratio, values: Mapping[Atom, Ratio]) -> Ratio:
    """A ratio with atoms replaced."""
    return substitute(ratio.top, values) / substitute(ratio.bottom, values)


def _replaced(atom: Atom, values: Mapping[Atom, Ratio]) -> Ratio:
    if atom in values:
        return values[atom]
    if not any(inner in values for inner in atom.atoms()):
        return of(atom)
    parts = [substitute(part, values) if isinstance(part, Poly) else part for part in atom.parts]
    ratios = [part for part in parts if isinstance(part, Ratio)]
    match atom.kind:
        case "root":
            return ratios[0] / ratios[1]
        case "power":
            return power(ratios[0], ratios[1] / ratios[2])
        case "opaque power":
            return power(ratios[0] / ratios[1], ratios[2] / ratios[3])
        case "abs":
            return _absolute(ratios[0] / ratios[1])
        case "call":
            pairs = [a / b for a, b in zip(ratios[::2], ratios[1::2], strict=True)]
            return of(Atom("call", str(atom.parts[0]), *(part for pair in pairs for part in (pair.top, pair.bottom))))
        case kind:
            return FUNCTIONS[kind](ratios[0] / ratios[1])


__all__ = [
    "Ratio",
    "TooLargeError",
    "UnlowerableError",
    "difference",
    "is_positive",
    "lower",
    "substitute",
    "substituted",
]
