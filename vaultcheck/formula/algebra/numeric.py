"""A numeric claim with its names worked out from the premises, in terms of names with values."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vaultcheck.formula.algebra.decide import leaves
from vaultcheck.formula.algebra.eliminate import Preference, eliminate
from vaultcheck.formula.lift import term_of
from vaultcheck.formula.model import Relation, Symbol
from vaultcheck.formula.normal import UnlowerableError
from vaultcheck.formula.polynomial import TooLargeError
from vaultcheck.formula.question import Question
from vaultcheck.formula.walk import names_of, renamed


def solved_forms(
    goal: Relation, premises: tuple[Relation, ...], known: Collection[str], positive: Collection[str]
) -> Iterator[Relation]:
    """The goal with the names that have no value replaced by what the premises say of them."""
    missing = names_of(goal) - set(known)
    if not premises or not missing:
        return
    try:
        question = Question(goal, premises, positive)
        have = leaves([Symbol(name) for name in sorted(known)], positive)
        own = leaves([Symbol(name) for name in sorted(missing)], positive)
        found = eliminate(question, Preference(frozenset(own), frozenset(own), frozenset(have)))
    except (UnlowerableError, TooLargeError):
        return
    values = {str(atom.parts[0]): term_of(found.values[atom]) for atom in own if atom in found.values}
    relation = renamed(goal, values)
    if names_of(relation) <= set(known):
        yield relation
