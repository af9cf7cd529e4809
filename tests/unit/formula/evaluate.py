"""What a term is worth at a point, in floating point: only for tests, which compare readings by their values."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping

from vaultcheck.formula.model import (
    Apply,
    Constant,
    ConstantName,
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
        case Symbol(name):
            return at[name]
        case Negative(inner):
            return -of(inner)
        case Sum(parts):
            return math.fsum(of(part) for part in parts)
        case Product(parts):
            return math.prod(of(part) for part in parts)
        case Quotient(numerator, denominator):
            return of(numerator) / of(denominator)
        case Power(base, exponent):
            return float(of(base) ** of(exponent))
        case Root(radicand, index):
            return float(of(radicand) ** (1 / of(index)))
        case Apply(function, (argument,), base):
            known = _FUNCTIONS[function](of(argument))
            return known if base is None else known / math.log(of(base))
    return _plain(term)


def _plain(term: Term) -> float:
    match term:
        case Number(number):
            return float(number)
        case Constant(name):
            return _CONSTANTS[name]
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
