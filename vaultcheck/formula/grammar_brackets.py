r"""Brackets, braces and bars: what groups, what is a value of its own, what is a pair and no value."""

from __future__ import annotations

from collections.abc import Callable

from vaultcheck.formula.grammar_names import finish
from vaultcheck.formula.model import Absolute, Apply, Binomial, Quotient, Symbol, Term
from vaultcheck.formula.names import flat, parts
from vaultcheck.formula.reader import Reader


def bracket(reader: Reader, closing_sign: str) -> Term:
    """A term in brackets."""
    opening = reader.take()
    bars, reader.bars = reader.bars, 0
    pair = reader.peek().kind == reader.ahead(2).kind == "num" and reader.ahead().text == ","
    begins = reader.at < 2 or reader.tokens[reader.at - 2].text in ("=", "equiv", "neq", "approx", "&")
    pair = pair and (reader.ahead(3).text == closing_sign or begins)
    if pair and opening.text == "[":
        raise reader.stop("one value, not a pair", opening)
    reader.listing += pair
    term = reader.term()
    reader.listing -= pair
    reader.bars = bars
    if reader.is_sym(","):
        raise reader.stop("one value, not a pair", opening)
    reader.expect(closing_sign, f"a closing {closing_sign}")
    if opening.text == "[" and isinstance(term, Symbol) and (parts(term.name)[2] or (begins and not reader.starts())):
        raise reader.stop("a value, no name in square brackets (or it declared)", opening)
    return term


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
