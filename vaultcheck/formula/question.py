"""What the kernel is asked: a goal, its premises and the names that are positive."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from vaultcheck.formula.model import Relation, RelationKind, Term
from vaultcheck.formula.normal import Ratio, difference, lower
from vaultcheck.formula.polynomial import Atom, Poly

EQUALITIES = frozenset({RelationKind.EQUAL, RelationKind.DEFINED, RelationKind.IDENTICAL})
STRICT = frozenset({RelationKind.LESS, RelationKind.GREATER})
LESS = frozenset({RelationKind.LESS, RelationKind.LESS_EQUAL})
ORDERED = STRICT | {RelationKind.LESS_EQUAL, RelationKind.GREATER_EQUAL}


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked: a goal, its premises, and the names that are positive."""

    goal: Relation
    premises: tuple[Relation, ...]
    positive: Collection[str]

    def top(self, relation: Relation) -> Poly:
        """The polynomial that vanishes exactly where the equation holds and is defined."""
        if relation.kind not in EQUALITIES:
            raise ValueError(f"{relation.kind} is not an equation")
        return difference(relation, self.positive).top

    def lowered(self, term: Term) -> Ratio:
        """The normal form of a term under this question's signs."""
        return lower(term, self.positive)

    def atom(self, term: Term) -> Atom:
        """The one atom that a name or a derivative is."""
        single = self.lowered(term).top.single()
        if single is None or len(single[1]) != 1:
            raise ValueError("not one name")
        return single[1][0][0]
