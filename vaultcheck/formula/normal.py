"""The normal form of a term: a quotient of two polynomials, with logarithms, exponentials and roots gathered.

Every rule here is an identity of real numbers that holds wherever both sides are defined, given the signs of
the names (`positive`): `ln(a b) = ln a + ln b` for positive a and b, `e^(a+b) = e^a e^b`, `(x^(1/2))^2 = x`.
What has no rule stays an opaque atom, so that an equality found here is an equality. Pure Python.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from vaultcheck.formula.functions import FUNCTIONS, PI, absolute
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
from vaultcheck.formula.polynomial import ZERO, Atom, Monomial, Poly, TooLargeError
from vaultcheck.formula.powers import exponential, logarithm, power
from vaultcheck.formula.ratio import (
    EULER,
    Ratio,
    UnlowerableError,
    is_positive,
    is_positive_atom,
    number,
    of,
    quotient_of,
    whole_power,
)

LOG_BASE = Atom("positive", "the logarithm of the base of log")


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
            return absolute(lower(inner, positive))
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
            return absolute(ratios[0] / ratios[1])
        case "call":
            pairs = [a / b for a, b in zip(ratios[::2], ratios[1::2], strict=True)]
            return of(Atom("call", str(atom.parts[0]), *(part for pair in pairs for part in (pair.top, pair.bottom))))
        case kind:
            return FUNCTIONS[kind](ratios[0] / ratios[1])


__all__ = [
    "EULER",
    "LOG_BASE",
    "Ratio",
    "TooLargeError",
    "UnlowerableError",
    "difference",
    "exponential",
    "is_positive",
    "is_positive_atom",
    "logarithm",
    "lower",
    "number",
    "of",
    "power",
    "quotient_of",
    "substitute",
    "substituted",
    "whole_power",
]
"""What the rest of the package takes from here: the normal form with all it is made of."""
