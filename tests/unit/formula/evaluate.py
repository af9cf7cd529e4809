"""What a term is worth at a point, in floating point: only for tests, which compare readings by their values."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping

from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Constant,
    ConstantName,
    Factorial,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    Term,
)

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "tanh": math.tanh, "arcsin": math.asin, "arccos": math.acos,
    "exp": math.exp, "ln": math.log, "log": math.log, "sqrt": math.sqrt, "sinh": math.sinh, "cosh": math.cosh,
}  # fmt: skip
_CONSTANTS = {ConstantName.PI: math.pi, ConstantName.E: math.e, ConstantName.INFINITY: math.inf}


def value(term: Term, at: Mapping[str, float]) -> float:
    """The value of a term of plain algebra; `log` without a base is the natural one."""

    def of(part: Term) -> float:
        return value(part, at)

    match term:
        case Number(number):
            return float(number)
        case Constant(name):
            return _CONSTANTS[name]
        case Symbol(name):
            return at[name]
        case Negative(inner):
            return -of(inner)
        case Sum(terms):
            return math.fsum(of(part) for part in terms)
        case Product(factors):
            return math.prod(of(factor) for factor in factors)
        case Quotient(numerator, denominator):
            return of(numerator) / of(denominator)
        case Power(base, exponent):
            return float(of(base) ** of(exponent))
        case Root(radicand, index):
            return float(of(radicand) ** (1 / of(index)))
        case Absolute(inner):
            return abs(of(inner))
        case Factorial(inner):
            return float(math.factorial(int(of(inner))))
        case Measured(number, unit):
            return of(number) * float(unit.scale)
        case Apply(function, arguments, None):
            return _FUNCTIONS[function](*(of(argument) for argument in arguments))
        case Apply("log", (argument,), base) if base is not None:
            return math.log(of(argument)) / math.log(of(base))
    raise AssertionError(f"no value for {term}")


def plain_value(formula: str, at: Mapping[str, float]) -> float:
    """The value of a formula in plain notation, by a walk over its syntax tree; nothing is executed."""
    return _walk(ast.parse(formula, mode="eval").body, at)


def _walk(node: ast.expr, at: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id="pi"):
            return math.pi
        case ast.Name(id=name):
            return at[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_walk(operand, at)
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _walk(left, at), _walk(right, at)
            match operator:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    return one / other
                case ast.Pow():
                    return float(one**other)
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _FUNCTIONS[name](_walk(argument, at))
    raise AssertionError(f"no value for {ast.dump(node)}")
