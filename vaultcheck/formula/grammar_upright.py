r"""Upright letters, `\mathrm{df}`, `\text{rate}`, `\operatorname{arc csc}`: functions, differentials, names."""

from __future__ import annotations

import re

from vaultcheck.formula.grammar_applied import call
from vaultcheck.formula.grammar_derivatives import slashed_derivative
from vaultcheck.formula.grammar_functions import function
from vaultcheck.formula.grammar_names import LETTERS, finish
from vaultcheck.formula.model import Apply, Constant, ConstantName, Term
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.words import FUNCTION_WORDS, FUNCTIONS, PLAIN, joins

_FIELDS = frozenset(("curl", "div", "grad", "rot"))
_SIGN_IN_WORDS = re.compile(r"\s[+=*/×−-]\s|=|^[-−]\w|^\s*\d+\.?\d*\s*[A-Za-z]|^\s*\d+\s*$")


def upright(reader: Reader, token: Token) -> Term:
    r"""`\mathrm{df}`, `\text{rate}`: a function, Euler's number, a differential, or one name."""
    token = _arc(reader, token)
    known = token.text.strip()
    argument_follows = known in PLAIN or reader.ahead().text in ("(", "[", "{", "|", "open|")
    if known in FUNCTIONS and reader.lexicon.find(known) is None and argument_follows:
        return function(reader)
    if known in ("mod", "bmod"):
        raise reader.stop("no congruence", token)
    if token.kind == "text" and joins(token.text):
        raise reader.stop("a name, not a remark")
    if token.kind == "text" and _SIGN_IN_WORDS.search(token.text):
        raise reader.stop("a name, not words with a sign among them", token)
    behind = reader.ahead()
    applied = behind.kind in ("cmd", "word", "sym") and behind.text not in ("=", ")", "}")
    if known in _FIELDS and applied and known not in reader.lexicon.names:
        raise reader.stop("one value, not a vector operator", token)
    if known == "d" and reader.ahead().text == "_":
        raise reader.stop("a derivative as a fraction", token)
    if known == "d" and token.kind == "name" and (found := _upright_d(reader, token)) is not None:
        return found
    reader.take()
    if known == "e" and token.kind == "name" and "e" not in reader.lexicon.names:
        return Constant(ConstantName.E, span=(token.start, token.end))
    return _word_applied(reader, token, known) or finish(reader, known, token.start)


def _upright_d(reader: Reader, token: Token) -> Term | None:
    r"""`\mathrm{d}V/\mathrm{d}t` as a derivative, `\mathrm{d}V` as one name."""
    if (found := slashed_derivative(reader)) is not None:
        return found
    after = reader.ahead()
    if after.kind != "word" and not (after.kind == "cmd" and after.text in LETTERS):
        return None
    reader.take()
    return finish(reader, f"d{reader.take_letter().text}", token.start)


def _word_applied(reader: Reader, token: Token, known: str) -> Term | None:
    """An upright word before its argument: in brackets, or without where the word is known to take one."""
    if known in reader.lexicon.names:
        return None
    operator = token.kind == "name" and reader.latex.startswith("\\operatorname", token.start)
    if reader.is_sym("(") and (operator or (len(known) > 1 and known.isalpha())):
        return call(reader, known, 0, token.start)
    if known in FUNCTION_WORDS and token.kind == "name" and reader.starts():
        operand = reader.factor()
        return Apply(known, (operand,), span=reader.since(token.start))
    return None


def _arc(reader: Reader, token: Token) -> Token:
    r"""`\operatorname{Arc} \sin` and `\operatorname{arc csc}` as one function; any other token as it is."""
    known = token.text.strip()
    behind = reader.ahead()
    if known.casefold() == "arc" and behind.kind == "cmd" and f"arc{behind.text}" in FUNCTIONS:
        reader.take()
        known = f"arc{behind.text}"
    joined = known.replace(" ", "")
    if joined not in FUNCTIONS or joined == token.text:
        return token
    reader.tokens[reader.at] = Token(token.kind, joined, token.start, token.end)
    return reader.tokens[reader.at]
