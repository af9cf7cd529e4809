"""Terms to sympy's trees and back, node by node: no text is ever handed to sympy to parse."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from vaultcheck.formula.lift import whole
from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Derivative,
    Factorial,
    Integral,
    Limit,
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

MAX_EXPONENT = 400

SAME_NAME = ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")
OTHER_NAME = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "exp": "exp", "ln": "log", "sqrt": "sqrt"}


class UntranslatableError(ValueError):
    """A construct with no counterpart here."""


class Bridge:
    """One translation table: names to sympy symbols with their signs."""

    def __init__(self, positive: Collection[str], whole_numbers: Collection[str] = ()) -> None:
        self.positive = positive
        self.whole_numbers = whole_numbers
        self.opaque: dict[Any, Term] = {}

    def symbol(self, name: str) -> Any:
        """The symbol of a name."""
        from sympy import Symbol as SympySymbol

        if name in self.whole_numbers:
            return SympySymbol(name, integer=True, positive=True)
        return SympySymbol(name, positive=True) if name in self.positive else SympySymbol(name, real=True)

    def over(self, term: Term) -> Any:
        """A term as a sympy tree; raises `UntranslatableError`."""
        import sympy

        match term:
            case Number(value=value):
                return sympy.Rational(value.numerator, value.denominator)
            case Constant(name=name):
                return {ConstantName.PI: sympy.pi, ConstantName.E: sympy.E, ConstantName.INFINITY: sympy.oo}[name]
            case Symbol(name=name):
                return self.symbol(name)
            case Negative(term=inner):
                return -self.over(inner)
            case Sum(terms=terms):
                return sympy.Add(*[self.over(part) for part in terms])
            case Product(factors=factors):
                return sympy.Mul(*[self.over(part) for part in factors])
            case Quotient(numerator=upper, denominator=lower):
                return self.over(upper) / self.over(lower)
            case Power(base=base, exponent=exponent):
                return self._power(self.over(base), self.over(exponent))
            case Root(radicand=radicand, index=index):
                return self._power(self.over(radicand), 1 / self.over(index))
            case Measured(number=inner, unit=unit):
                scale = sympy.Rational(unit.scale.numerator, unit.scale.denominator)
                return self.over(inner) * scale + sympy.Rational(unit.offset.numerator, unit.offset.denominator)
            case _:
                return self._other(term)

    def _power(self, base: Any, exponent: Any) -> Any:
        huge = exponent.is_number and (not exponent.is_Rational or abs(exponent) > MAX_EXPONENT)
        if huge and base.is_number and base.is_Rational:
            raise UntranslatableError("a power too large to write down")
        if base.is_zero and exponent.is_zero:
            raise UntranslatableError("zero to the power of zero")
        return base**exponent

    def _other(self, term: Term) -> Any:
        import sympy

        match term:
            case Absolute(term=inner):
                return sympy.Abs(self.over(inner))
            case Factorial(term=inner):
                return sympy.factorial(self.over(inner))
            case Binomial(upper=upper, lower=lower):
                return sympy.binomial(self.over(upper), self.over(lower))
            case Integral(body=body, variable=variable, lower=lower, upper=upper):
                name = self.symbol(variable.name)
                if lower is None or upper is None:
                    raise UntranslatableError("an integral without bounds")
                return sympy.Integral(self.over(body), (name, self.over(lower), self.over(upper)))
            case Series(body=body, index=index, lower=lower, upper=upper, product=product):
                if lower is None or upper is None:
                    raise UntranslatableError("a series without bounds")
                counted = sympy.Symbol(index.name, integer=True)
                inner = self.over(body).subs(self.symbol(index.name), counted)
                limits = (counted, self.over(lower), self.over(upper))
                return sympy.Product(inner, limits) if product else sympy.Sum(inner, limits)
            case Limit(body=body, variable=variable, point=point, direction=direction):
                where = self.over(point)
                side = direction or ("-" if where == sympy.oo else "+" if where == -sympy.oo else "+-")
                return sympy.Limit(self.over(body), self.symbol(variable.name), where, side)
            case Derivative(term=Symbol(name=name), variable=variable, order=order):
                stand_in = sympy.Symbol(f"D{order}({name},{variable.name})", real=True)
                self.opaque[stand_in] = term
                return stand_in
            case Derivative(term=inner, variable=variable, order=order):
                return sympy.Derivative(self.over(inner), (self.symbol(variable.name), order))
            case Apply():
                return self._applied(term)
            case _:
                raise UntranslatableError(type(term).__name__.lower())

    def _applied(self, term: Apply) -> Any:
        import sympy

        arguments = [self.over(argument) for argument in term.arguments]
        if not term.primes and len(arguments) == 1:
            if term.function == "log" and term.base is not None:
                return sympy.log(arguments[0]) / sympy.log(self.over(term.base))
            if term.function in SAME_NAME:
                return getattr(sympy, term.function)(arguments[0])
            if term.function in OTHER_NAME:
                return getattr(sympy, OTHER_NAME[term.function])(arguments[0])
        raise UntranslatableError(f"the function {term.function}")

    def back(self, tree: Any) -> Term:
        """A sympy tree as a term; raises `UntranslatableError`."""
        import sympy

        if tree in self.opaque:
            return self.opaque[tree]
        if tree.is_Symbol:
            return Symbol(str(tree.name))
        if tree.is_Rational:
            return whole(Fraction(int(tree.p), int(tree.q)))
        if tree in (sympy.pi, sympy.E, sympy.oo):
            return Constant({sympy.pi: ConstantName.PI, sympy.E: ConstantName.E, sympy.oo: ConstantName.INFINITY}[tree])
        if tree.is_Add:
            return Sum(tuple(self.back(part) for part in tree.args))
        if tree.is_Mul:
            return Product(tuple(self.back(part) for part in tree.args))
        if isinstance(tree, sympy.exp):
            return Power(Constant(ConstantName.E), self.back(tree.args[0]))
        if tree.is_Pow:
            return Power(self.back(tree.base), self.back(tree.exp))
        if isinstance(tree, sympy.Abs):
            return Absolute(self.back(tree.args[0]))
        if isinstance(tree, sympy.factorial):
            return Factorial(self.back(tree.args[0]))
        names = {value: key for key, value in OTHER_NAME.items()} | {name: name for name in SAME_NAME}
        kind = type(tree).__name__
        if kind in names:
            return Apply(names[kind], (self.back(tree.args[0]),))
        raise UntranslatableError(kind)
