r"""Fractions, and the derivatives they may be: `\frac{dV}{dt}`, `\frac{\partial^2 u}{\partial x^2}`, `dV/dt`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Number,
    Quotient,
    Symbol,
    Term,
)
from vaultcheck.formula.names import ACCENTS, accented, closing, compose, flat, parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token

_ONE = Number(Fraction(1), Fraction(1))
_PARTIAL = "partial"
_COORDINATES = frozenset("xyztrsuv")
"""What a derivative written with a subscript is taken by; other letters are as often the numbers of coordinates."""
_ACCENTED = ACCENTS | {"dot", "ddot"}


def is_differential(reader: Reader, at: int) -> bool:
    r"""Whether a differential (`dx`, `d\theta`, `\mathrm{d}x`) begins at token `at`."""
    token, after = reader.tokens[at], reader.tokens[min(at + 1, len(reader.tokens) - 1)]
    if token.kind == "word":
        if token.text == "d":
            return after.kind == "word" or (after.kind == "cmd" and after.text in GREEK | ACCENTS)
        return len(token.text) == 2 and token.text[0] == "d"
    return token.kind == "name" and token.text == "d"


def differential(reader: Reader) -> Symbol:
    """The variable of the differential that comes next, stepped over."""
    start = reader.here()
    token = reader.take_letter()
    if token.kind == "name" and not (reader.peek().kind == "word" or reader.peek().text in GREEK):
        raise reader.stop("the variable of a differential")
    name, _ = variable_of(reader)
    if reader.is_sym("(") and reader.ahead(2).text == ")":
        raise reader.stop("a variable, not a measure")
    return Symbol(name, span=reader.since(start))


def variable_of(reader: Reader) -> tuple[str, int]:
    """One letter with its subscript, and the power behind it (1 where none is written)."""
    token = reader.take_letter()
    if token.kind == "cmd" and token.text in _ACCENTED:
        base, _, sub, _ = parts(accented(token.text, reader.group()))
        if reader.is_sym("_") and not sub:
            reader.take()
            sub = flat(reader.group())
        return compose(base, 0, sub), 1
    if token.text == "Delta" and (reader.peek().kind == "word" or reader.peek().text in GREEK):
        letter = reader.take_letter()
        return f"Delta {letter.text}", 1
    if token.kind not in ("word", "seg") and not (token.kind == "cmd" and token.text in GREEK):
        raise reader.stop("one letter as a variable", token)
    sub, order = "", 1
    if reader.is_sym("_"):
        reader.take()
        sub = flat(reader.group())
        if any(letter in sub for letter in reader.bound):
            raise reader.stop("a variable without the index of a sum", token)
    if reader.is_sym("^"):
        reader.take()
        raised = flat(reader.group())
        if not raised.isdigit():
            return compose(token.text, 0, sub, raised), order
        order = int(raised)
    primes = 0
    while reader.is_sym("'"):
        reader.take()
        primes += 1
    return compose(token.text, primes, sub), order


def fraction(reader: Reader) -> Term:
    r"""`\frac{a}{b}`, with or without braces: a derivative where a `d` or `\partial` stands above and below."""
    start = reader.take().start
    lone = reader.peek()
    if lone.text in ("d", _PARTIAL) and reader.ahead().text == "{" and reader.ahead().kind == "sym":
        brace = Token("sym", "{", lone.start, lone.start)
        reader.tokens[reader.at : reader.at + 1] = [brace, lone, Token("sym", "}", lone.end, lone.end)]
    if _is_variation(reader):
        raise reader.stop("a derivative, not a variation")
    _unbraced(reader)
    if (found := _derivative(reader, start)) is not None:
        return found
    numerator = _numerator(reader)
    denominator = reader.argument()
    return Quotient(numerator, denominator, span=reader.since(start))


def _unbraced(reader: Reader) -> None:
    r"""Take out the braces that say nothing in a derivative: `\partial{x_0}`, and twice around what is above."""
    middle = group_end(reader, reader.at)
    end = group_end(reader, middle) if middle is not None and middle < len(reader.tokens) else None
    if middle is None or end is None or not any(token.text == _PARTIAL for token in reader.tokens[reader.at : end]):
        return
    left_out = set()
    for at in range(reader.at + 1, end):
        token, before = reader.tokens[at], reader.tokens[at - 1]
        if token.kind != "sym" or token.text != "{":
            continue
        close = closing(reader.tokens, at)
        twice = before.text == "{" and reader.tokens[close + 1].text == "}" and before.kind == "sym"
        raised = before.kind == "num" and reader.tokens[at - 2].text == "^" and reader.tokens[at - 3].text == _PARTIAL
        if before.text == _PARTIAL or raised or twice:
            left_out |= {at, close}
    if left_out:
        kept = [token for at, token in enumerate(reader.tokens) if at not in left_out]
        reader.tokens[:] = kept


def partial_operator(reader: Reader) -> Term:
    r"""`\partial_t u`: the derivative of the one factor behind it; with a Greek or a summed index it is a tensor's."""
    if (found := slashed_derivative(reader)) is not None:
        return found
    token = reader.take()
    if not reader.is_sym("_"):
        raise reader.stop("a derivative as a fraction", token)
    reader.take()
    under = reader.group()
    letter = under[0].text if len(under) == 1 and under[0].kind == "word" else ""
    if letter not in _COORDINATES:
        raise reader.stop("a variable under the sign of a derivative", token)
    if not reader.starts():
        raise reader.stop("what is differentiated, no operator by itself")
    if reader.peek().text in ("(", "[", "{"):
        raise reader.stop("what is differentiated")
    body = reader.factor()
    variable = Symbol(letter, span=(under[0].start, under[0].end))
    return Derivative(body, variable, 1, True, span=reader.since(token.start))


def _is_variation(reader: Reader) -> bool:
    r"""`\frac{\delta S}{\delta q}`."""
    middle = group_end(reader, reader.at)
    if middle is None or reader.ahead().text != "delta" or middle + 1 >= len(reader.tokens):
        return False
    return reader.tokens[middle + 1].text == "delta" and reader.tokens[middle].text == "{"


def _numerator(reader: Reader) -> Term:
    r"""A numerator; under an integral it may hold the differential: `\int \frac{dx}{x}`."""
    if reader.differentials and reader.is_sym("{") and is_differential(reader, reader.at + 1):
        reader.take()
        reader.pending = differential(reader)
        if reader.is_sym("}"):
            reader.take()
            return _ONE
        rest = reader.term()
        reader.expect("}", "a closing brace")
        return rest
    if reader.differentials and reader.is_sym("{"):
        reader.take()
        rest = reader.term()
        if not reader.is_sym("}") and is_differential(reader, reader.at):
            reader.pending = differential(reader)
        reader.expect("}", "a closing brace")
        return rest
    return reader.argument()


def group_end(reader: Reader, at: int) -> int | None:
    """The token after the group in braces that opens at token `at`, if one does."""
    if reader.tokens[at].text != "{" or reader.tokens[at].kind != "sym":
        return None
    depth = 0
    for place in range(at, len(reader.tokens)):
        if reader.tokens[place].kind == "sym":
            depth += (reader.tokens[place].text == "{") - (reader.tokens[place].text == "}")
        if depth == 0:
            return place + 1
    return None


def _mark(token: Token) -> str:
    """`d` or `partial` where a token begins a differential of that kind, else nothing."""
    if token.kind == "cmd" and token.text == _PARTIAL:
        return _PARTIAL
    if (token.kind == "word" and token.text[0] == "d" and len(token.text) < 3) or (
        token.kind == "name" and token.text == "d"
    ):
        return "d"
    return ""


def _derivative(reader: Reader, start: int) -> Term | None:
    """The derivative that the two groups after `\\frac` are, stepped over; `None` and no step where they are none."""
    middle = group_end(reader, reader.at)
    end = group_end(reader, middle) if middle is not None and middle < len(reader.tokens) else None
    if middle is None or end is None:
        return None
    mark = _mark(reader.tokens[reader.at + 1])
    below = reader.tokens[middle + 1 : end - 1]
    if "d" not in reader.lexicon.names and reader.tokens[reader.at + 1].text == "d" and _calls(below):
        raise reader.stop("a derivative by one variable, not by a function", below[0])
    if not mark or not below or _mark(below[0]) != mark or not _is_below(below, mark):
        return None
    above = reader.tokens[reader.at + 1]
    if "d" in reader.lexicon.names and above.text == "d" == below[0].text and above.kind == "word":
        return None
    reader.take()
    _take_mark(reader)
    order = 1
    if reader.is_sym("^"):
        reader.take()
        order = _order(reader)
    body = None if reader.is_sym("}") else reader.product()
    reader.expect("}", "a closing brace")
    reader.take()
    variables = _below(reader)
    reader.expect("}", "a closing brace")
    if sum(count for _, count in variables) != order:
        raise reader.stop("the same order above and below in a derivative")
    if body is None:
        body = _operand(reader)
    elif isinstance(body, Symbol) and reader.is_sym("(") and mark == "d" and _is_point(reader):
        point = _point(reader, variables)
        if point != variables[0][0]:
            return Apply(body.name, (point,), primes=order, span=reader.since(start))
        body = Apply(body.name, (point,), span=body.span)
    for variable, count in reversed(variables):
        body = Derivative(body, variable, count, mark == _PARTIAL, span=reader.since(start))
    return body


def _point(reader: Reader, variables: Sequence[tuple[Symbol, int]]) -> Term:
    """Where a derivative is taken, in brackets behind it."""
    reader.take()
    point = reader.term()
    reader.expect(")", "a closing bracket")
    if len(variables) != 1:
        raise reader.stop("one variable of a derivative at a point")
    return point


def _calls(below: Sequence[Token]) -> bool:
    """Whether a function of one argument stands under a derivative: `d g(x)`."""
    texts = [token.text for token in below]
    return texts[:1] == ["d"] and texts[2:3] == ["("] and texts[-1] == ")" and below[1].kind == "word"


def _is_below(tokens: Sequence[Token], mark: str) -> bool:
    """Whether the tokens under a fraction are differentials and nothing else."""
    at = 0
    while at < len(tokens):
        if _mark(tokens[at]) != mark:
            return False
        if len(tokens[at].text) == 1 or tokens[at].kind == "cmd":
            at += 1
            if at + 1 < len(tokens) and tokens[at].kind == "cmd" and tokens[at].text in _ACCENTED:
                at = after_argument([*tokens, tokens[0]], at + 1) - 1
            elif at >= len(tokens) or not (tokens[at].kind == "word" or tokens[at].text in GREEK):
                return False
            elif tokens[at].text == "Delta" and at + 1 < len(tokens) and tokens[at + 1].kind == "word":
                at += 1
        at += 1
        while at < len(tokens) and tokens[at].kind == "sym" and tokens[at].text in "_^'":
            at += 1
            if tokens[at - 1].text == "'":
                continue
            depth = 0
            while at < len(tokens):
                depth += (tokens[at].text == "{") - (tokens[at].text == "}") if tokens[at].kind == "sym" else 0
                at += 1
                if depth == 0:
                    break
    return True


def _take_mark(reader: Reader) -> None:
    """Step over the `d` or the `\\partial`, leaving the letter that may touch it."""
    reader.take_letter()


def _order(reader: Reader) -> int:
    raised = flat(reader.group())
    if not raised.isdigit() or not 0 < int(raised) <= 20:
        raise reader.stop("a whole number as the order of a derivative")
    return int(raised)


def _below(reader: Reader) -> list[tuple[Symbol, int]]:
    """The variables under a derivative, each with how often."""
    found = []
    while not reader.is_sym("}"):
        start = reader.here()
        _take_mark(reader)
        name, order = variable_of(reader)
        found.append((Symbol(name, span=reader.since(start)), order))
    return found


def _operand(reader: Reader) -> Term:
    """What an operator `d/dx` before it works on: the bracket that follows, or all factors that do."""
    if not reader.starts():
        behind = "" if reader.is_sym("(") else ", no operator by itself"
        raise reader.stop(f"what is differentiated{behind}")
    return reader.factor() if reader.is_sym("(") or reader.is_sym("[") else reader.product()


def slashed_derivative(reader: Reader) -> Term | None:
    r"""`dV/dt`, `\partial u/\partial x`, `d^2x/dt^2`, stepped over; `None` and no step where it is none."""
    first = reader.peek()
    mark = _mark(first)
    at = reader.at + 1
    tokens = reader.tokens
    order = 1
    if first.text in ("d", _PARTIAL):
        if tokens[at].text == "^" and tokens[at + 1].kind == "num":
            order, at = int(tokens[at + 1].text[:1]), at + 2
        at += 1
    if tokens[min(at, len(tokens) - 1)].text == "_":
        at = min(group_end(reader, at + 1) or at + 2, len(tokens) - 1)
    under = tokens[min(at + 1, len(tokens) - 1)]
    if not mark or at >= len(tokens) or tokens[at].text != "/" or _mark(under) != mark:
        return None
    if under.text in ("d", _PARTIAL) and not (
        tokens[min(at + 2, len(tokens) - 1)].kind == "word" or tokens[at + 2].text in GREEK | _ACCENTED
    ):
        return None
    start = reader.here()
    _take_mark(reader)
    if order > 1:
        reader.at += 2
    body_start = reader.here()
    name, _ = variable_of(reader)
    body = Symbol(name, span=reader.since(body_start))
    reader.expect("/", "a slash")
    variable_start = reader.here()
    _take_mark(reader)
    below, count = variable_of(reader)
    if count != order:
        raise reader.stop("the same order above and below in a derivative")
    variable = Symbol(below, span=reader.since(variable_start))
    return Derivative(body, variable, order, mark == _PARTIAL, span=reader.since(start))


def _is_point(reader: Reader) -> bool:
    """Whether the bracket that comes next holds one letter or number: where a derivative is taken."""
    return reader.ahead(2).text == ")" and reader.ahead().kind in ("num", "word") and len(reader.ahead().text) == 1
