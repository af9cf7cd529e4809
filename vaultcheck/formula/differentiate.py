"""The derivative of a term by the rules of calculus, and functions put in place of their names. Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.model import (
    Apply,
    Constant,
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
from vaultcheck.formula.walk import changed, names, rebuilt

ONE, TWO, ZERO = Number(Fraction(1)), Number(Fraction(2)), Number(Fraction(0))


class NotDifferentiableError(ValueError):
    """No rule for this construct."""


def _apply(name: str, term: Term) -> Term:
    return Apply(name, (term,))


def _outer(name: str, x: Term) -> Term | None:
    """The derivative of a function of one argument, at that argument."""
    square = Power(x, TWO)
    table: dict[str, Term] = {
        "exp": _apply("exp", x),
        "ln": Quotient(ONE, x),
        "sin": _apply("cos", x),
        "cos": Negative(_apply("sin", x)),
        "tan": Quotient(ONE, Power(_apply("cos", x), TWO)),
        "cot": Negative(Quotient(ONE, Power(_apply("sin", x), TWO))),
        "sinh": _apply("cosh", x),
        "cosh": _apply("sinh", x),
        "tanh": Quotient(ONE, Power(_apply("cosh", x), TWO)),
        "arctan": Quotient(ONE, Sum((ONE, square))),
        "arcsin": Quotient(ONE, Root(Sum((ONE, Negative(square))), TWO)),
        "arccos": Negative(Quotient(ONE, Root(Sum((ONE, Negative(square))), TWO))),
        "sqrt": Quotient(ONE, Product((TWO, Root(x, TWO)))),
    }
    return table.get(name)


def differentiate(term: Term, variable: str, functions: Collection[str] = ()) -> Term:
    """The derivative by `variable`; names in `functions` depend on it, all other names do not.

    Raises `NotDifferentiableError` for what has no rule here.
    """
    if variable not in names(term) and not names(term) & set(functions):
        return ZERO

    def d(inner: Term) -> Term:
        return differentiate(inner, variable, functions)

    match term:
        case Symbol(name=name):
            return ONE if name == variable else Derivative(term, Symbol(variable))
        case Negative(term=inner):
            return Negative(d(inner))
        case Sum(terms=terms):
            return _sum([d(part) for part in terms])
        case Product(factors=factors):
            return _sum([
                _product([d(part) if i == j else part for j, part in enumerate(factors)])
                for i, _ in enumerate(factors)
            ])  # fmt: skip
        case Quotient(numerator=upper, denominator=lower):
            above = _sum([_product([d(upper), lower]), Negative(_product([upper, d(lower)]))])
            return Quotient(above, Power(lower, TWO))
        case Power(base=base, exponent=exponent):
            return _power(base, exponent, d(base), d(exponent), term)
        case _:
            return _other(term, variable, d)


def _other(term: Term, variable: str, d: Callable[[Term], Term]) -> Term:
    match term:
        case Root(radicand=radicand, index=index):
            return d(Power(radicand, Quotient(ONE, index)))
        case Derivative(term=Symbol(), variable=Symbol(name=by), order=order) if by == variable:
            return replace(term, order=order + 1)
        case Measured():
            return ZERO
        case Apply(primes=0, arguments=(inside,)):
            return _chain(term, inside, d)
        case _:
            raise NotDifferentiableError(type(term).__name__.lower())


def _power(base: Term, exponent: Term, d_base: Term, d_exponent: Term, whole: Term) -> Term:
    if d_exponent == ZERO:
        if isinstance(exponent, Number):
            return _product([exponent, Power(base, Number(exponent.value - 1)), d_base])
        return _product([exponent, Power(base, Sum((exponent, Negative(ONE)))), d_base])
    logarithm: Term = ONE if isinstance(base, Constant) else _apply("ln", base)
    moving = _product([whole, logarithm, d_exponent])
    return moving if d_base == ZERO else _sum([moving, _product([whole, exponent, Quotient(d_base, base)])])


def _chain(term: Apply, inside: Term, d: Callable[[Term], Term]) -> Term:
    if term.function == "log" and term.base is not None:
        return d(Quotient(_apply("ln", inside), _apply("ln", term.base)))
    outer = _outer(term.function, inside)
    if outer is None:
        raise NotDifferentiableError(term.function)
    return _product([outer, d(inside)])


def _sum(terms: list[Term]) -> Term:
    kept = [term for term in terms if term not in (ZERO, Negative(ZERO))]
    return ZERO if not kept else kept[0] if len(kept) == 1 else Sum(tuple(kept))


def _product(factors: list[Term]) -> Term:
    if ZERO in factors:
        return ZERO
    kept = [factor for factor in factors if factor != ONE]
    return ONE if not kept else kept[0] if len(kept) == 1 else Product(tuple(kept))


def repeated(term: Term, variable: str, order: int, functions: Collection[str] = ()) -> Term:
    """The derivative of some order."""
    for _ in range(order):
        term = differentiate(term, variable, functions)
    return term


def resolved(relation: Relation, functions: Mapping[str, Term], variable: str, varying: Collection[str]) -> Relation:
    """The relation with functions of `variable` given by terms: their values, derivatives and values at points."""

    def change(term: Term) -> Term | None:
        match term:
            case Symbol(name=name) if name in functions:
                return functions[name]
            case Derivative(term=inner, variable=Symbol(name=by), order=order) if by == variable:
                body = rebuilt(inner, change)
                if isinstance(body, Symbol):
                    return None
                return repeated(body, variable, order, varying)
            case Apply(function=name, arguments=(argument,), primes=primes) if name in functions:
                body = repeated(functions[name], variable, primes, varying)
                return put(body, variable, rebuilt(argument, change))
            case _:
                return None

    return changed(relation, change)


def put(term: Term, name: str, value: Term) -> Term:
    """A term with a value in place of a name."""

    def change(part: Term) -> Term | None:
        return value if isinstance(part, Symbol) and part.name == name else None

    return rebuilt(term, change)
