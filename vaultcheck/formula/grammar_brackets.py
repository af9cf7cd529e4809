r"""Brackets, braces and bars: what groups, what is a value of its own, what is a pair and no value."""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultcheck.formula.grammar_evaluated import has_bounds, has_word, one_value
from vaultcheck.formula.grammar_names import finish
from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.model import Absolute, Apply, Binomial, Derivative, Quotient, Symbol, Term
from vaultcheck.formula.names import flat, parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.words import FUNCTIONS

_BEFORE_SIDE = ("=", "equiv", "neq", "approx", "&")
_ENTRY = re.compile(r"[ijkmnst],?[ijkmnst]|\d,\d")
"""What is lowered behind the entry of a matrix."""
_LONE_NAME = re.compile(r"\[\s*\\?[A-Za-z]+\s*\]")


def bracket(reader: Reader, closing_sign: str) -> Term:
    """A term in brackets."""
    opening = reader.take()
    bars, reader.bars = reader.bars, 0
    begins = reader.at < 2 or reader.tokens[reader.at - 2].text in _BEFORE_SIDE
    pair = _is_pair(reader, closing_sign, begins)
    if pair and opening.text == "[":
        raise reader.stop("one value, not a pair", opening)
    reader.listing += pair
    term = reader.term()
    reader.listing -= pair
    reader.bars = bars
    if reader.is_sym(","):
        raise reader.stop("one value, not a pair", opening)
    reader.expect(closing_sign, f"a closing {closing_sign}")
    if (opening.text == "[" and has_bounds(reader)) or (not isinstance(term, Derivative) and has_word(reader)):
        return one_value(reader, term, opening.start)
    if opening.text == "[":
        _refuse_square(reader, term, opening, begins)
    elif begins and isinstance(term, Symbol) and _ENTRY.fullmatch(parts(term.name)[2]) and _ends(reader.peek()):
        raise reader.stop("a value, not a matrix by its entries", opening)
    return term


def _is_pair(reader: Reader, closing_sign: str, begins: bool) -> bool:
    """Whether two numbers with a comma between them stand in the bracket, the first perhaps negative."""
    negative = reader.is_sym("-")
    tokens = [reader.ahead(negative + place) for place in range(5)]
    if not tokens[0].kind == tokens[2].kind == "num" or tokens[1].text != ",":
        return False
    if negative:
        return begins and tokens[3].text == closing_sign and _ends(tokens[4])
    return begins or tokens[3].text == closing_sign


def _refuse_square(reader: Reader, term: Term, opening: Token, begins: bool) -> None:
    """Stop at square brackets that are more than brackets: a concentration, the dimension of what is in them."""
    if isinstance(term, Symbol) and (parts(term.name)[2] or (begins and not reader.starts())):
        raise reader.stop("a value, no name in square brackets (or it declared)", opening)
    if isinstance(term, Symbol) and len(_LONE_NAME.findall(reader.latex)) > 1:
        raise reader.stop("a value, no name in square brackets (or it declared)", opening)
    if isinstance(term, Apply) and begins and term.function not in FUNCTIONS and _ends(reader.peek()):
        raise reader.stop("a value, not a dimension", opening)


def _ends(token: Token) -> bool:
    """Whether a side or the formula ends before this token."""
    return token.kind == "end" or token.text in SIGNS or token.text in (",", "in", "\\", "&", ":=", "quad", "qquad")


def braced_group(reader: Reader, lone: bool = False) -> Term:
    """A term in braces, with the subscript that a name in braces may have; none where it is an argument (`lone`)."""
    opening = reader.take()
    if reader.is_sym("}"):
        raise reader.stop("something in the braces", opening)
    bars, reader.bars = reader.bars, 0
    listing, reader.listing = reader.listing, 0
    term = reader.term()
    if reader.is_cmd("over", "atop", "choose"):
        kind = reader.take().text
        under = reader.term()
        span = reader.since(opening.start)
        term = Quotient(term, under, span=span) if kind == "over" else Binomial(term, under, span=span)
    reader.bars, reader.listing = bars, listing
    reader.expect("}", "a closing brace")
    if not lone and isinstance(term, Symbol) and (reader.is_sym("_") or reader.is_sym("'")):
        base, primes, sub, sup = parts(term.name)
        if not sub and not sup:
            return finish(reader, base + "'" * primes, opening.start)
    return term


def absolute(reader: Reader, closing: str) -> Term:
    """`|a|`."""
    start = reader.take().start
    reader.bars += closing == "|"
    term = reader.term()
    reader.bars -= closing == "|"
    reader.expect(closing, "a closing bar")
    return Absolute(term, span=reader.since(start))


def double_bars(reader: Reader) -> Term:
    """`||x||` as the function `norm`."""
    start = reader.take().start
    reader.take()
    reader.bars += 1
    term = reader.term()
    reader.bars -= 1
    reader.expect("|", "a closing double bar")
    reader.expect("|", "a closing double bar")
    return _named_norm(reader, term, start)


def norm(reader: Reader, closing: str) -> Term:
    r"""`\|x\|` as the function `norm`."""
    start = reader.take().start
    reader.norms += 1
    term = reader.term()
    reader.norms -= 1
    if closing == "Vert":
        if not reader.is_cmd("Vert"):
            raise reader.stop("a closing double bar")
        reader.take()
    else:
        reader.expect(closing, "a closing double bar")
    return _named_norm(reader, term, start)


def _named_norm(reader: Reader, term: Term, start: int) -> Term:
    """The norm of a term, under the name that may stand behind it: `norm_1`."""
    name = "norm"
    if reader.is_sym("_"):
        reader.take()
        name += f"_{flat(reader.group())}"
    return Apply(name, (term,), span=reader.since(start))


def fenced(opening: str, closing: str, name: str) -> Callable[[Reader], Term]:
    """A reader for a pair of commands around a term, as the function `name`."""

    def read(reader: Reader) -> Term:
        start = reader.take().start
        term = reader.term()
        if not reader.is_cmd(closing):
            raise reader.stop(f"the other half of \\{opening}")
        reader.take()
        return Apply(name, (term,), span=reader.since(start))

    return read
