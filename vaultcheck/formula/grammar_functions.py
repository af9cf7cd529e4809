r"""Functions everybody knows: how far the argument of `\sin`, `\ln`, `\log_2`, `\max` reaches."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.grammar_derivatives import is_differential
from vaultcheck.formula.grammar_names import concentration
from vaultcheck.formula.grammar_units import degree_follows, is_numeric, unit_after
from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.words import FUNCTIONS, INVERSE, SEVERAL

_ANGLES = frozenset(("theta", "phi", "varphi", "psi", "alpha", "beta", "gamma"))


def function(reader: Reader) -> Term:
    """The application of the known function that comes next."""
    token = reader.take()
    name, start = FUNCTIONS[token.text], token.start
    if name == "arg" and reader.is_cmd("max", "min"):
        name += reader.take().text
    base: Term | None = None
    if token.text == "lg":
        base = Number(Fraction(10), Fraction(10))
    raised: Term | None = None
    primes = 0  # of a function everybody knows they make another one: no rule for `ln` holds of `ln'`
    while reader.is_sym("'"):
        reader.take()
        primes += 1
    while reader.is_sym("_") or reader.is_sym("^"):
        if reader.is_sym("_"):
            reader.take()
            if name == "log":
                base = _base(reader)
            elif name in SEVERAL:
                name = f"{name}_{flat(reader.group())}"
            else:
                raise reader.stop("no subscript under a function")
        else:
            reader.take()
            if reader.is_sym("{") and reader.ahead().text == "(":
                raise reader.stop("no derivative of a numbered order")
            raised = _base(reader)
    if name in INVERSE and isinstance(raised, Negative) and raised.term == Number(Fraction(1), Fraction(1)):
        name, raised = INVERSE[name], None
        reader.guess(start, f"read the raised -1 as the inverse function {name}")
    brackets = reader.is_sym("(")
    arguments = _arguments(reader, name)
    if name == "det" and isinstance(arguments[0], Absolute):
        arguments = (arguments[0].term,)
    if brackets and raised is None and reader.is_sym("^") and _raises_argument(reader, name, arguments, start):
        reader.take()
        arguments = (Power(arguments[0], reader.argument(), span=reader.since(start)),)
    term: Term = Apply(name + "'" * primes, arguments, base, span=reader.since(start))
    return term if raised is None else Power(term, raised, span=reader.since(start))


def _raises_argument(reader: Reader, name: str, arguments: tuple[Term, ...], start: int) -> bool:
    r"""Whether what is raised behind the bracket of a logarithm belongs to its argument: `\ln(x + 1)^2`; both are
    read where the argument is a sum."""
    if name not in ("ln", "log") or not isinstance(arguments[0], Sum):
        return False
    return not reader.choose(
        f"raised:{name}", True, start, "the value of the logarithm is raised", "the argument of the logarithm is raised"
    )


def _base(reader: Reader) -> Term:
    """What stands under a logarithm or above a function: a group or one token."""
    return reader.argument()


def _arguments(reader: Reader, name: str) -> tuple[Term, ...]:
    """Everything the function is applied to."""
    head = name.partition("_")[0]
    if reader.is_sym("[") and (found := concentration(reader)) is not None:
        return (found,)
    if reader.is_sym("(") or (reader.is_sym("[") and head not in SEVERAL) or _opens_list(reader, head):
        return _bracketed(reader, head)
    if reader.is_sym("{"):
        return (reader.argument(),)
    if head in SEVERAL:
        over = reader.factor()
        more = reader.is_sym("+") or reader.is_sym("-") or (reader.starts() and not reader.is_sym("("))
        if head != name and more:
            raise reader.stop(f"brackets around all that {head} is taken of")
        return (over,)
    return (_open_argument(reader),)


def _opens_list(reader: Reader, head: str) -> bool:
    r"""`\max\{a, b\}`."""
    return head in SEVERAL and (reader.is_cmd("{") or reader.is_sym("[") or reader.is_sym("{"))


def _bracketed(reader: Reader, head: str) -> tuple[Term, ...]:
    """Arguments in brackets: `(x)`, `[x]`, `\\{a, b\\}`; several only where the function has several."""
    opening = reader.take()
    closing = {"(": ")", "[": "]", "{": "}"}[opening.text]
    kept, reader.listing = reader.listing, 2 if head in SEVERAL else 0
    arguments = [reader.term()]
    while reader.is_sym(",") and head in SEVERAL | {"atan2"}:
        reader.take()
        arguments.append(reader.term())
    reader.listing = kept
    token = reader.peek()
    if token.text != closing:
        raise reader.stop(f"a closing {closing}")
    reader.take()
    return tuple(arguments)


def _open_argument(reader: Reader) -> Term:
    """An argument without brackets: signs, then factors up to a sign, a product sign or another function."""
    start = reader.here()
    if reader.is_sym("-"):
        reader.deeper()
        reader.take()
        inner = _open_argument(reader)
        reader.depth -= 1
        return Negative(inner, span=reader.since(start))
    reader.arguments += 1
    factors = [_in_degrees(reader, reader.factor())]
    while (
        not isinstance(factors[-1], Measured) and _continues(reader, factors) and not _is_angle_alone(reader, factors)
    ):
        reader.count()
        factors.append(reader.factor())
    reader.arguments -= 1
    unit = reader.peek()
    if is_numeric(factors[-1]) and unit.kind in ("text", "name") and read_unit(unit.text.strip()) is not None:
        raise reader.stop("brackets around the number and its unit")
    term = factors[0] if len(factors) == 1 else Product(tuple(factors), span=reader.since(start))
    if reader.is_sym("/") and not isinstance(term, Quotient):
        return _slashed(reader, term, start)
    return term


def _in_degrees(reader: Reader, factor: Term) -> Term:
    r"""A number with the sign of a degree behind it is an angle also without brackets: `\sin 30^\circ`."""
    if not isinstance(factor, Number) or not (degree_follows(reader) or reader.peek().text in ("°", "degree")):
        return factor
    unit = unit_after(reader, True, True)
    return factor if unit is None else Measured(replace(factor, exact=False), unit, span=factor.span)


def _is_angle_alone(reader: Reader, factors: list[Term]) -> bool:
    r"""Whether `\cos\theta \mu` stops behind the angle; both are read."""
    if len(factors) > 1 or not (isinstance(factors[0], Symbol) and factors[0].name in _ANGLES):
        return False
    if reader.peek().text in ("t", "x"):
        return False
    return reader.choose(
        f"angle:{factors[0].name}",
        True,
        factors[0].span[0],
        "the argument ends behind the angle",
        "the argument goes on behind the angle",
    )


def _slashed(reader: Reader, term: Term, start: int) -> Term:
    r"""`\sin x/2`: the slash belongs to the argument, or divides the function; both are read."""
    if not reader.choose(
        f"over:{start}",
        reader.ahead().kind == "num",
        start,
        "the slash belongs to the argument of the function",
        "the slash divides the function",
    ):
        return term
    reader.take()
    under = reader.factor()
    return Quotient(term, under, span=reader.since(start))


def _continues(reader: Reader, factors: list[Term]) -> bool:
    """Whether the next factor still belongs to the argument: letters and numbers do, brackets and functions do not."""
    token = reader.peek()
    if is_differential(reader, reader.at) and "d" not in reader.lexicon.names:
        return False
    if isinstance(factors[-1], Quotient) and token.kind not in ("word", "seg"):
        return False
    if token.kind == "word" and token.text in FUNCTIONS and token.text not in reader.lexicon.names:
        return False
    if token.kind in ("word", "seg", "num", "name"):
        return reader.starts() and not (token.kind == "num" and isinstance(factors[-1], Symbol))
    if token.kind == "cmd" and token.text == "frac" and isinstance(factors[-1], Symbol):
        return False
    if token.kind == "cmd":
        return token.text not in FUNCTIONS and token.text not in ("sum", "int", "prod", "lim") and reader.starts()
    return False
