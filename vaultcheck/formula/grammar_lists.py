"""What a comma or an `or` between two relations says of both: one bound, one value for several names, a condition."""

from __future__ import annotations

from vaultcheck.formula.grammar_remarks import Statements
from vaultcheck.formula.model import Join, Measured, Relation, RelationKind, Symbol, Term
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.walk import names, names_of, walk

_ASSERTING = frozenset(
    (
        RelationKind.EQUAL,
        RelationKind.DEFINED,
        RelationKind.IDENTICAL,
        RelationKind.APPROXIMATE,
        RelationKind.PROPORTIONAL,
    )
)
_UP = frozenset((RelationKind.LESS, RelationKind.LESS_EQUAL))
_DOWN = frozenset((RelationKind.GREATER, RelationKind.GREATER_EQUAL))


def is_condition(found: Statements, fresh: list[Relation], join: Join) -> bool:
    """Whether relations behind another are its condition: an order behind a comma, an alternative to a condition."""
    if not found.relations or any(relation.kind in _ASSERTING for relation in fresh):
        return False
    return (join is Join.LIST and found.relations[-1].kind in _ASSERTING) or (join is Join.OR and found.aside)


def hold_of_every_name(reader: Reader, found: Statements, first: Relation, start: int, join: Join) -> None:
    """Let a relation hold of every bare name before it (`a, b > 0`)."""
    bare = found.terms and not found.relations and not found.conditions
    if not (bare and join is Join.LIST and all(isinstance(term, Symbol) for term in found.terms)):
        return
    if not all(_is_alike(reader, term, first) for term in found.terms):
        raise reader.stop("a relation for every name", reader.tokens[0])
    reader.guess(start, "the relation holds of every name before it")
    found.relations += [Relation(first.kind, term, first.right, span=term.span) for term in found.terms]
    found.joins += [Join.FIRST, *([Join.LIST] * (len(found.terms) - 1))]
    found.terms.clear()


def _is_alike(reader: Reader, term: Term, first: Relation) -> bool:
    """Whether a name may share the relation of another: both are names, neither a label nor of another kind."""
    if not (isinstance(term, Symbol) and isinstance(first.left, Symbol)) or reader.latex[: term.span[0]].endswith("("):
        return False
    alike = parts(term.name)[0] == parts(first.left.name)[0]
    measured = any(isinstance(part, Measured) for part in walk(first.right))
    own = measured or (first.kind is not RelationKind.EQUAL and first.kind in _ASSERTING)
    return term.name not in names_of(first) and (alike or not own)


def share_bound(reader: Reader, found: Statements, fresh: list[Relation], join: Join) -> bool:
    """Add `1 <= i, j <= n` as bounds of both names; false where the relations are of another shape."""
    last = found.relations[-1] if found.relations else None
    if last is None or len(fresh) != 1 or join is not Join.LIST or found.joins[-1] is Join.CHAIN:
        return False
    right = fresh[0]
    ordered = any(last.kind in way and right.kind in way for way in (_UP, _DOWN))
    both = isinstance(last.right, Symbol) and isinstance(right.left, Symbol) and last.right != right.left
    if not (ordered and both) or names(last.left) or "," not in reader.latex[last.right.span[1] : right.left.span[0]]:
        return False
    reader.guess(last.span[0], "the bounds hold of both names")
    found.assert_all([Relation(right.kind, last.right, right.right, span=last.span)], Join.CHAIN)
    found.assert_all([Relation(last.kind, last.left, right.left, span=right.span), right], Join.LIST)
    return True
