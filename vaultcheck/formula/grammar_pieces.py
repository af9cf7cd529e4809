r"""Values by cases: `\begin{cases} a & x > 0 \\ b & \text{otherwise} \end{cases}`."""

from __future__ import annotations

from vaultcheck.formula.grammar_signs import relation_sign
from vaultcheck.formula.model import Piecewise, Relation, Term
from vaultcheck.formula.reader import Reader

_OTHERWISE = frozenset(("otherwise", "else", "sonst", "andernfalls", "sinon", "altrimenti", "ow", "o.w", "o/w"))
_IF = frozenset(("if", "for", "when", "wenn", "falls", "für", "si", "pour", "se", "per", "where", ""))


def pieces(reader: Reader) -> Term:
    """The value by cases that begins at the next token."""
    start = reader.here()
    if reader.is_cmd("{"):
        reader.take()
    kind = reader.take().text.partition(" ")[2]
    if kind == "array":
        reader.group()
    rows = []
    while not reader.is_cmd(f"end {kind}"):
        value = reader.term()
        rows.append((value, _condition(reader)))
        while reader.is_cmd("\\") or (reader.peek().kind == "sym" and reader.peek().text in ",;."):
            reader.take()
    reader.take()
    if reader.is_sym("close."):
        reader.take()
    return Piecewise(tuple(rows), span=reader.since(start))


def _condition(reader: Reader) -> Relation | None:
    """When a value holds; `None` for "otherwise"."""
    while (reader.peek().kind == "sym" and reader.peek().text in "&,;:") or reader.is_cmd("quad", "qquad"):
        reader.take()
    token = reader.peek()
    if token.kind in ("text", "name"):
        words = token.text.strip(" ,.:").casefold()
        if words not in _OTHERWISE | _IF:
            raise reader.stop("a condition that is a relation, or otherwise")
        reader.take()
        if words in _OTHERWISE:
            return None
    while reader.is_cmd("quad", "qquad"):
        reader.take()
    start = reader.here()
    left = reader.term()
    kind = relation_sign(reader)
    if kind is None:
        raise reader.stop("a relation as a condition")
    right = reader.term()
    if relation_sign(reader) is not None:
        raise reader.stop("one relation as a condition, not a chain")
    return Relation(kind, left, right, span=reader.since(start))
