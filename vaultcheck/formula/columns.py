r"""Aligned columns inside one side: `c_0 &+& c_1 x &+& c_2 y` is a sum, and the marks between its terms say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.tokens import Token

_OPENS = frozenset(("&", "\\", "quad", "qquad", ",", ";", "(", "{", "[", "+", "-"))


def without_columns(tokens: list[Token]) -> list[Token]:
    """The tokens without the alignment marks between a term and the plus or minus that goes on with its side."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while tokens[end].text == "&" and tokens[end].kind == "sym":
            end += 1
        if end > at and _goes_on(kept, tokens, end):
            at = end
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _goes_on(kept: Sequence[Token], tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign at token `at` stands behind a term, and no relation of its own follows in the row."""
    sign = tokens[at]
    if sign.kind != "sym" or sign.text not in ("+", "-") or not kept:
        return False
    before = kept[-1]
    if before.kind in ("sym", "cmd") and (before.text in _OPENS or before.text in SIGNS or before.text[:5] == "begin"):
        return False
    for token in tokens[at:]:
        if token.kind == "end" or (token.kind == "cmd" and token.text == "\\"):
            return True
        if token.kind in ("sym", "cmd") and token.text in SIGNS:
            return False
    return True
