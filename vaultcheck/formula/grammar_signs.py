r"""Relation signs: `=`, `:=`, `<=`, `\approx`, `\stackrel{!}{=}`, with the alignment marks beside them."""

from __future__ import annotations

from vaultcheck.formula.model import RelationKind
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader

SIGNS = {
    "=": RelationKind.EQUAL,
    ":=": RelationKind.DEFINED,
    "equiv": RelationKind.IDENTICAL,
    "approx": RelationKind.APPROXIMATE,
    "sim": RelationKind.APPROXIMATE,
    "simeq": RelationKind.APPROXIMATE,
    "cong": RelationKind.APPROXIMATE,
    "approxeq": RelationKind.APPROXIMATE,
    "propto": RelationKind.PROPORTIONAL,
    "doteq": RelationKind.APPROXIMATE,
    "<": RelationKind.LESS,
    ">": RelationKind.GREATER,
    "leq": RelationKind.LESS_EQUAL,
    "geq": RelationKind.GREATER_EQUAL,
    "ll": RelationKind.MUCH_LESS,
    "gg": RelationKind.MUCH_GREATER,
    "neq": RelationKind.UNEQUAL,
    "lesssim": RelationKind.LESS_EQUAL,
    "gtrsim": RelationKind.GREATER_EQUAL,
}
"""The relation signs, as the tokens they are."""


def relation_sign(reader: Reader) -> RelationKind | None:
    """The relation sign that comes next, stepped over; alignment marks beside it are no part of it."""
    at = reader.at
    while reader.is_sym("&"):
        reader.take()
    token = reader.peek()
    kind = SIGNS.get(token.text) if token.kind in ("sym", "cmd") else None
    if kind is not None:
        reader.take()
        return _widened(reader, kind)
    if token.text == ":" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.DEFINED
    if token.text == "!" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.UNEQUAL
    if token.kind == "cmd" and token.text == "not" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.UNEQUAL
    if token.kind == "cmd" and token.text in ("stackrel", "overset", "underset"):
        return _marked(reader)
    reader.at = at
    return None


def _widened(reader: Reader, kind: RelationKind) -> RelationKind:
    """`<=`, `==`, `=:` as one sign; alignment marks behind it are dropped."""
    while reader.is_sym("&"):
        reader.take()
    if kind in (RelationKind.LESS, RelationKind.GREATER) and reader.is_sym("=") and reader.adjacent():
        reader.take()
        return RelationKind.LESS_EQUAL if kind is RelationKind.LESS else RelationKind.GREATER_EQUAL
    if kind is RelationKind.LESS and reader.is_sym("<") and reader.adjacent():
        reader.take()
        return RelationKind.MUCH_LESS
    if kind is RelationKind.GREATER and reader.is_sym(">") and reader.adjacent():
        reader.take()
        return RelationKind.MUCH_GREATER
    if kind is RelationKind.EQUAL and (reader.is_sym("=") or reader.is_sym(":")) and reader.adjacent():
        return RelationKind.DEFINED if reader.take().text == ":" else kind
    return kind


def _marked(reader: Reader) -> RelationKind:
    r"""`\stackrel{!}{=}`: the sign with what is written over it."""
    token = reader.take()
    over, sign = flat(reader.group()), reader.group()
    if "?" in over:
        raise reader.stop("an assertion, not a question", token)
    kind = SIGNS.get(sign[0].text) if len(sign) == 1 else None
    if kind is None:
        raise reader.stop("a relation sign", token)
    if over.casefold().startswith("def") or over == "Δ":
        return RelationKind.DEFINED
    reader.guess(token.start, f"what is written over the sign is a remark: {over}")
    return kind
