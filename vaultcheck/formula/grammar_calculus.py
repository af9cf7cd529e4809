r"""Fractions that are derivatives, integrals, sums and products over an index, limits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Integral,
    Limit,
    Number,
    Quotient,
    Series,
    Symbol,
    Term,
)
from vaultcheck.formula.names import compose, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token

_ONE = Number(Fraction(1), Fraction(1))
_PARTIAL = "partial"


def is_differential(reader: Reader, at: int) -> bool:
    r"""Whether a differential (`dx`, `d\theta`, `\mathrm{d}x`) begins at token `at`."""
    token, after = reader.tokens[at], reader.tokens[min(at + 1, len(reader.tokens) - 1)]
    if token.kind == "word":
        if token.text == "d":
            return after.kind == "word" or (after.kind == "cmd" and after.text in GREEK | {"vec", "mathbf"})
        return len(token.text) == 2 and token.text[0] == "d"
    return token.kind == "name" and token.text == "d"


def differential(reader: Reader) -> Symbol:
    """The variable of the differential that comes next, stepped over."""
    start = reader.here()
    token = reader.take_letter()
    if token.kind == "name" and not (reader.peek().kind == "word" or reader.peek().text in GREEK):
        raise reader.stop("the variable of a differential")
    name, _ = _variable(reader)
    return Symbol(name, span=reader.since(start))


def _variable(reader: Reader) -> tuple[str, int]:
    """One letter with its subscript, and the power behind it (1 where none is written)."""
    token = reader.take_letter()
    if token.kind not in ("word", "seg") and not (token.kind == "cmd" and token.text in GREEK):
        raise reader.stop("one letter as a variable", token)
    sub, order = "", 1
    if reader.is_sym("_"):
        reader.take()
        sub = flat(reader.group())
    if reader.is_sym("^"):
        reader.take()
        raised = flat(reader.group())
        if not raised.isdigit():
            raise reader.stop("a whole number as the order of a derivative", token)
        order = int(raised)
    return compose(token.text, 0, sub), order


def fraction(reader: Reader) -> Term:
    r"""`\frac{a}{b}`, with or without braces: a derivative where a `d` or `\partial` stands above and below."""
    start = reader.take().start
    if (found := _derivative(reader, start)) is not None:
        return found
    numerator = _numerator(reader)
    denominator = reader.argument()
    return Quotient(numerator, denominator, span=reader.since(start))


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


def _group_end(reader: Reader, at: int) -> int | None:
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
    middle = _group_end(reader, reader.at)
    end = _group_end(reader, middle) if middle is not None and middle < len(reader.tokens) else None
    if middle is None or end is None:
        return None
    mark = _mark(reader.tokens[reader.at + 1])
    below = reader.tokens[middle + 1 : end - 1]
    if not mark or not below or _mark(below[0]) != mark or not _is_below(below, mark):
        return None
    if mark == "d" and "d" in reader.lexicon.names and reader.tokens[reader.at + 1].text == "d" == below[0].text:
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
    for variable, count in reversed(variables):
        body = Derivative(body, variable, count, mark == _PARTIAL, span=reader.since(start))
    return body


def _is_below(tokens: Sequence[Token], mark: str) -> bool:
    """Whether the tokens under a fraction are differentials and nothing else."""
    at = 0
    while at < len(tokens):
        if _mark(tokens[at]) != mark:
            return False
        if len(tokens[at].text) == 1 or tokens[at].kind == "cmd":
            at += 1
            if at >= len(tokens) or not (tokens[at].kind == "word" or tokens[at].text in GREEK):
                return False
        at += 1
        while at < len(tokens) and tokens[at].kind == "sym" and tokens[at].text in "_^":
            at += 1
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
        name, order = _variable(reader)
        found.append((Symbol(name, span=reader.since(start)), order))
    return found


def _operand(reader: Reader) -> Term:
    """What an operator `d/dx` before it works on: the bracket that follows, or all factors that do."""
    if not reader.starts():
        raise reader.stop("what is differentiated")
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
        at = min(_group_end(reader, at + 1) or at + 2, len(tokens) - 1)
    under = tokens[min(at + 1, len(tokens) - 1)]
    if not mark or at >= len(tokens) or tokens[at].text != "/" or _mark(under) != mark:
        return None
    if under.text in ("d", _PARTIAL) and not (
        tokens[min(at + 2, len(tokens) - 1)].kind == "word" or tokens[at + 2].text in GREEK
    ):
        return None
    start = reader.here()
    _take_mark(reader)
    if order > 1:
        reader.at += 2
    body_start = reader.here()
    name, _ = _variable(reader)
    body = Symbol(name, span=reader.since(body_start))
    reader.expect("/", "a slash")
    variable_start = reader.here()
    _take_mark(reader)
    below, count = _variable(reader)
    if count != order:
        raise reader.stop("the same order above and below in a derivative")
    variable = Symbol(below, span=reader.since(variable_start))
    return Derivative(body, variable, order, mark == _PARTIAL, span=reader.since(start))


def integral(reader: Reader) -> Term:
    r"""`\int_a^b f\,dx`: both bounds or none, and the differential wherever it stands."""
    start = reader.take().start
    lower, upper = _bounds(reader)
    if (lower is None) != (upper is None):
        raise reader.stop("both bounds of an integral, or none")
    reader.differentials += 1
    kept, reader.pending = reader.pending, None
    if is_differential(reader, reader.at):
        variable = differential(reader)
        body: Term = reader.product() if reader.starts() else _ONE
    else:
        body = reader.term()
        found = reader.pending
        if found is None:
            if not is_differential(reader, reader.at):
                raise reader.stop("the differential of an integral")
            found = differential(reader)
        variable = found
    reader.differentials -= 1
    reader.pending = kept
    return Integral(body, variable, lower, upper, span=reader.since(start))


def _bounds(reader: Reader) -> tuple[Term | None, Term | None]:
    """What stands under and over an integral sign."""
    lower: Term | None = None
    upper: Term | None = None
    while reader.is_sym("_") or reader.is_sym("^"):
        if reader.take().text == "_":
            lower = reader.argument()
        else:
            upper = reader.argument()
    return lower, upper


def series(reader: Reader) -> Term:
    r"""`\sum_{i=a}^{b} f` and `\prod`. Without an index that can be named the sum is a function of its body."""
    token = reader.take()
    start, is_product = token.start, token.text == "prod"
    index: Symbol | None = None
    lower: Term | None = None
    upper: Term | None = None
    label = ""
    while reader.is_sym("_") or reader.is_sym("^"):
        if reader.take().text == "^":
            upper = reader.argument()
        elif (head := _index(reader)) is not None:
            index, lower = head
        else:
            label = flat(reader.group())
    letters = [index.name] if index else [letter for letter in label[:1] if letter.isalpha()]
    reader.bound += letters
    body = reader.product() if reader.starts() or reader.is_sym("-") else None
    del reader.bound[len(reader.bound) - len(letters) :]
    if body is None:
        raise reader.stop("what is summed")
    if index is None:
        reader.guess(start, "a sum over what is not one index with a first value is read as a function of its body")
        return Apply(
            ("prod" if is_product else "sum") + (f"_{label}" if label else ""), (body,), span=reader.since(start)
        )
    return Series(body, index, lower, upper, is_product, span=reader.since(start))


def _index(reader: Reader) -> tuple[Symbol, Term | None] | None:
    """The index of a sum and its first value, stepped over; `None` and no step where there is no such thing."""
    end = _group_end(reader, reader.at)
    inside = reader.tokens[reader.at + 1 : end - 1] if end else reader.tokens[reader.at : reader.at + 1]
    if not inside or not ((inside[0].kind == "word" and len(inside[0].text) == 1) or inside[0].text in GREEK):
        return None
    token = inside[0]
    index = Symbol(token.text, span=(token.start, token.end))
    if len(inside) == 1:
        reader.at += 3 if end else 1
        return index, None
    if inside[1].text != "=" or any(
        piece.text in ("=", ",", "<", ">", "neq", "leq", "geq", "in", "\\") for piece in inside[2:]
    ):
        return None
    reader.at += 3
    lower = reader.term()
    reader.expect("}", "a closing brace")
    return index, lower


def limit(reader: Reader) -> Term:
    r"""`\lim_{x \to p} f`; a sign behind the point is the side it is approached from."""
    start = reader.take().start
    reader.expect("_", "what the limit runs to")
    reader.expect("{", "what the limit runs to, in braces")
    name, _ = _variable(reader)
    variable = Symbol(name, span=reader.since(start))
    if not reader.is_cmd("to"):
        raise reader.stop("an arrow")
    reader.take()
    end = reader.at
    while (
        not (reader.tokens[end].text == "}" and reader.tokens[end + 1].text != "}") and reader.tokens[end].kind != "end"
    ):
        end += 1
    direction = ""
    raised = [piece.text for piece in reader.tokens[reader.at : end] if piece.text not in "{}"][-2:]
    if len(raised) == 2 and raised[0] == "^" and raised[1] in "+-":
        direction = raised[1]
        cut = max(place for place in range(reader.at, end) if reader.tokens[place].text == "^")
        del reader.tokens[cut:end]
    point = reader.term()
    reader.expect("}", "a closing brace")
    body = reader.product()
    return Limit(body, variable, point, direction, span=reader.since(start))
