r"""What stands in the place of a formula and is none: words, bits, code, marks of another language.

Looked for in the tokens before anything is read, since as algebra each of them would read without a fault:
`v a r i a n c e`, `11001101 + 01`, `L.S. = R.S.`, `f o g`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vaultcheck.formula.names import Lexicon
from vaultcheck.formula.reader import Stop
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.words import is_wordy

_LONE_O = re.compile(r"(?<![A-Za-z])o(?![A-Za-z])")
_TAG = re.compile(r"</?(?:br|sub|sup|span|div|font|img)\b[^<>=\\]*>")
_LABELLED_SIGN = re.compile(r"\s*=\s*[A-Z]\s*=")
_SPACED = re.compile(r"(?<![A-Za-z\\{^_])(?:[A-Za-z] +){2,}[A-Za-z](?![A-Za-z])")
_JOINED = re.compile(r"\((?:\w|[{}])+\|\|(?:\w|[{}])+\|\|(?:\w|[{}])+\)")
_SPELLED = re.compile(r"(?<![A-Za-z\\{^_])[OPS] D E(?![A-Za-z])")
_ROW_OF_BITS = re.compile(r"(?<!\d)0\d")
_BITS = frozenset("01")
_WORTH_BITS = 4
_FUNCTIONS = frozenset("fgh")
_BESIDE_DOT = frozenset(("word", "name", "seg"))
_LONGEST_LETTER = 2


@dataclass(frozen=True, slots=True)
class _Written:
    """A formula as it is written, and the names that are declared."""

    latex: str
    tokens: Sequence[Token]
    known: Lexicon


def foreign(latex: str, tokens: Sequence[Token], known: Lexicon) -> Stop | None:
    """Why these tokens are no formula of numbers, with their place; `None` where they may be one."""
    it = _Written(latex, tokens, known)
    return next((stop for look in _LOOKS if (stop := look(it)) is not None), None)


def _found(match: re.Match[str] | None, expected: str) -> Stop | None:
    return None if match is None else Stop(match.span(), expected)


def _tag(it: _Written) -> Stop | None:
    """A tag of HTML, or a letter between two equals signs that names the reason for the second."""
    if "<" in it.latex and (stop := _found(_TAG.search(it.latex), "a formula without tags")) is not None:
        return stop
    return _found(_LABELLED_SIGN.match(it.latex), "the reason over the sign, not between two")


def _joined_texts(it: _Written) -> Stop | None:
    """Texts joined by double bars."""
    return _found(_JOINED.search(it.latex), "one value, not texts joined by bars") if "||" in it.latex else None


def _bits(it: _Written) -> Stop | None:
    """Numbers of zeros and ones alone, one of which begins with a zero."""
    if _ROW_OF_BITS.search(it.latex) is None:
        return None
    numbers = [token for token, before in zip(it.tokens[1:], it.tokens, strict=False) if _is_whole(token, before)]
    first = next((token for token in numbers if token.text[0] == "0" and len(token.text) > 1), None)
    if first is None or not all(set(token.text) <= _BITS for token in numbers):
        return None
    longest = max(len(token.text) for token in numbers)
    return Stop((first.start, first.end), "a number, not a row of bits") if longest >= _WORTH_BITS else None


def _is_whole(token: Token, before: Token) -> bool:
    return token.kind == "num" and before.text not in (".", ",", "_", "{")


def _spelled(it: _Written) -> Stop | None:
    """A word whose letters stand apart."""
    for match in _SPACED.finditer(it.latex):
        word = match.group().replace(" ", "")
        if word.islower() and is_wordy(word) and not set(word) <= it.known.names:
            return Stop(match.span(), "a formula, not a spaced word")
    return _found(_SPELLED.search(it.latex), "a formula, not a spaced word")


def _dotted(it: _Written) -> Stop | None:
    """A dot between two letters that touch it, as in an abbreviation or before an attribute."""
    if "." not in it.latex:
        return None
    for at in range(1, len(it.tokens) - 1):
        dot, before, after = it.tokens[at], it.tokens[at - 1], it.tokens[at + 1]
        if dot.kind != "sym" or dot.text != "." or after.kind not in _BESIDE_DOT:
            continue
        touches = before.end == dot.start and dot.end == after.start
        if touches and (before.kind in _BESIDE_DOT or before.text == "'") and not _is_lowered(it.tokens, at):
            return Stop((dot.start, after.end), "a sign between the names, not a dot")
    return None


def _is_lowered(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token stands in the braces of a subscript."""
    while at > 1 and tokens[at].text not in ("{", "}"):
        at -= 1
    return tokens[at].text == "{" and tokens[at - 1].text == "_"


def _composed(it: _Written) -> Stop | None:
    """`f o g`, a composition with a letter for its sign."""
    if "o" in it.known.names or _LONE_O.search(it.latex) is None:
        return None
    for (before, sign), (_, after) in pairwise(pairwise(it.tokens)):
        if sign.kind == "word" and sign.text == "o" and {before.text, after.text} <= _FUNCTIONS:
            return Stop((before.start, after.end), "a value, not an operation on functions")
    return None


def _labelled_by_unit(it: _Written) -> Stop | None:
    """A word and its unit in square brackets inside a formula: `\text{lift}[kg/s] = …`."""
    if "[" not in it.latex:
        return None
    for at, (word, opening) in enumerate(pairwise(it.tokens)):
        if opening.text != "[" or word.kind != "text" or len(word.text) < _LONGEST_LETTER + 1:
            continue
        end = next((place for place in range(at + 2, len(it.tokens)) if it.tokens[place].text == "]"), None)
        inside = "" if end is None else it.latex[opening.end : it.tokens[end].start].replace("~", "·").strip()
        if ("/" in inside or "^" in inside) and read_unit(inside) is not None:
            return Stop((opening.start, opening.end), "no unit between the names")
    return None


_LOOKS: tuple[Callable[[_Written], Stop | None], ...] = (
    _tag,
    _joined_texts,
    _bits,
    _spelled,
    _dotted,
    _composed,
    _labelled_by_unit,
)
