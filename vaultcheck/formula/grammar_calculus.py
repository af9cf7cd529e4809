r"""Integrals, sums and products over an index, limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from vaultcheck.formula.grammar_derivatives import differential, group_end, is_differential, variable_of
from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import (
    Apply,
    Integral,
    Limit,
    Negative,
    Number,
    PlusMinus,
    Product,
    Series,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import closing, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token

_SEVERAL_INDICES = re.compile(r"[a-z](?:[<,≠≤][a-z])+")
_LISTED = re.compile(r"[a-z](?:,[a-z])+=|[a-z]=\w+,")
_ONE = Number(Fraction(1), Fraction(1))


def _side(reader: Reader, opening: int) -> str:
    """The sign raised behind the point of a limit, taken out of the tokens: the side it is approached from."""
    end = closing(reader.tokens, opening)
    for sign, size in ((reader.tokens[end - 1], 2), (reader.tokens[end - 2], 4)):
        cut = end - size
        if sign.kind == "sym" and sign.text in ("+", "-") and cut > reader.at and reader.tokens[cut].text == "^":
            del reader.tokens[cut:end]
            return sign.text
    return ""


def integral(reader: Reader) -> Term:
    r"""`\int_a^b f\,dx`: both bounds or none, and the differential wherever it stands."""
    start = reader.take().start
    begin = reader.at
    named = _unnamed_bounds(reader)
    lower, upper = _bounds(reader)
    domain = flat(reader.tokens[begin + 1 : reader.at])
    reader.differentials += 1
    kept, reader.pending = reader.pending, None
    if is_differential(reader, reader.at):
        variable: Symbol | None = differential(reader)
        body: Term = reader.product() if reader.starts() else _ONE
    else:
        integrand = reader.at
        body = reader.term()
        found = reader.pending
        if found is None and reader.is_cmd("quad", "qquad") and is_differential(reader, reader.at + 1):
            reader.take()
        if found is None and is_differential(reader, reader.at):
            found = differential(reader)
        variable = found
        if variable is None and isinstance(body, Sum | PlusMinus) and not _is_bracketed(reader, integrand):
            body = _first_term(reader, integrand, body)
    reader.differentials -= 1
    reader.pending = kept
    if variable is not None and variable.name.startswith(("vec(", "mathbf(")):
        raise reader.stop("one value, not a product of vectors")
    if named and (variable is None or variable.name != named):
        raise reader.stop("bounds of the variable of the integral", reader.tokens[begin])
    if variable is None or (lower is None) != (upper is None):
        reader.guess(start, "an integral without its differential or with one bound is read as a function of its body")
        arguments = (body,) if variable is None else (body, variable)
        return Apply(f"int_{domain}" if domain else "int", arguments, span=reader.since(start))
    return Integral(body, variable, lower, upper, span=reader.since(start))


def _unnamed_bounds(reader: Reader) -> str:
    r"""Take the name of the variable out of the bounds: `\int_{x=0}^{x=b}`; which one it is."""
    named, at = "", reader.at
    while reader.tokens[at].text in ("_", "^") and reader.tokens[at].kind == "sym":
        inside = reader.tokens[at + 1 : at + 4]
        if [token.text for token in (inside[0], inside[-1])] == ["{", "="] and len(inside) > 2:
            letter = inside[1].text
            plain = inside[1].kind == "word" and len(letter) == 1
            if (plain or letter in GREEK) and named in ("", letter):
                named = letter
                del reader.tokens[at + 2 : at + 4]
        at = after_argument(reader.tokens, at + 1)
    return named


def _first_term(reader: Reader, start: int, body: Sum | PlusMinus) -> Term:
    r"""What an integral without its differential is taken of, where terms follow: the first, if another integral
    follows (`\int f + \int g`); else nobody can say."""
    terms = body.terms[1:] if isinstance(body, Sum) else (body.right,)
    behind = [part.term if isinstance(part, Negative) else part for part in terms]
    if not any(_is_integral(part) for part in behind):
        raise reader.stop("a differential behind the integral, or brackets around all under it", reader.tokens[start])
    reader.at = start
    return reader.product()


def _is_bracketed(reader: Reader, start: int) -> bool:
    """Whether one pair of brackets stands around all that was taken from token `start` on."""
    return reader.tokens[start].text in ("(", "[") and closing(reader.tokens, start) == reader.at - 1


def _is_integral(term: Term) -> bool:
    """Whether a term is an integral, or ends with one as a factor."""
    if isinstance(term, Product):
        return _is_integral(term.factors[-1])
    return isinstance(term, Integral) or (isinstance(term, Apply) and term.function.partition("_")[0] == "int")


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
    start, is_product = token.start, token.text in ("prod", "Pi")
    index: Symbol | None = None
    lower: Term | None = None
    upper: Term | None = None
    label = above = ""
    while reader.is_sym("_") or reader.is_sym("^"):
        if reader.take().text == "^":
            behind = after_argument(reader.tokens, reader.at)
            above = flat(reader.tokens[reader.at : behind])
            upper = reader.argument()
        elif (head := _index(reader)) is not None:
            index, lower = head
        else:
            label = flat(reader.group())
    several = _SEVERAL_INDICES.fullmatch(label)
    first = [letter for letter in (label if several else label[:1]) if letter.isalpha()]
    if above and _LISTED.match(label):
        first = [letter for letter in label.partition("=")[0] if letter.isalpha()]
    letters = [index.name] if index else first
    reader.bound += letters
    body = reader.product() if reader.starts() or reader.is_sym("-") else None
    del reader.bound[len(reader.bound) - len(letters) :]
    if body is None:
        raise reader.stop("what is summed")
    if index is None:
        if above and _LISTED.match(label):
            label += f"^{above}"
        elif upper is not None and label:
            raise reader.stop("an index with its first value", token)
        reader.guess(start, "a sum over what is not one index with a first value is read as a function of its body")
        return Apply(
            ("prod" if is_product else "sum") + (f"_{label}" if label else ""), (body,), span=reader.since(start)
        )
    return Series(body, index, lower, upper, is_product, span=reader.since(start))


def _index(reader: Reader) -> tuple[Symbol, Term | None] | None:
    """The index of a sum and its first value, stepped over; `None` and no step where there is no such thing."""
    end = group_end(reader, reader.at)
    if end is None:
        token = reader.take_letter()
        reader.at -= 1
    inside = reader.tokens[reader.at + 1 : end - 1] if end else reader.tokens[reader.at : reader.at + 1]
    if not inside or not ((inside[0].kind == "word" and len(inside[0].text) == 1) or inside[0].text in GREEK):
        return None
    token = inside[0]
    index = Symbol(token.text, span=(token.start, token.end))
    if len(inside) == 1:
        reader.at += 3 if end else 1
        return index, None
    if inside[1].text != "=" or _has_several(inside[2:]):
        return None
    reader.at += 3
    lower = reader.term()
    reader.expect("}", "a closing brace")
    return index, lower


def _has_several(tokens: Sequence[Token]) -> bool:
    """Whether what stands under a sum behind the first equals sign is more than one value."""
    depth = 0
    for token in tokens:
        if token.kind == "cmd" and token.text.startswith(("begin ", "end ")):
            depth += 1 if token.text.startswith("begin") else -1
        elif token.kind == "sym" and token.text in "{}()":
            depth += 1 if token.text in "{(" else -1
        elif depth == 0 and token.text in ("=", ",", "<", ">", "neq", "leq", "geq", "in", "\\"):
            return True
    return False


def limit(reader: Reader) -> Term:
    r"""`\lim_{x \to p} f`; a sign behind the point is the side it is approached from."""
    start = reader.take().start
    reader.expect("_", "what the limit runs to")
    opening = reader.at
    reader.expect("{", "what the limit runs to, in braces")
    name, _ = variable_of(reader)
    variable = Symbol(name, span=reader.since(start))
    if not reader.is_cmd("to"):
        raise reader.stop("an arrow")
    reader.take()
    direction = _side(reader, opening)
    point = reader.term()
    reader.expect("}", "a closing brace")
    sign = reader.here() if reader.is_sym("-") else None
    if sign is not None:
        reader.take()
    body = reader.product()
    if sign is not None:
        body = Negative(body, span=reader.since(sign))
    return Limit(body, variable, point, direction, span=reader.since(start))
