"""Premises that contradict one another, and the smallest set of them that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.algebra.certificate import by_division
from vaultcheck.formula.algebra.eliminate import Preference, eliminate
from vaultcheck.formula.isolate import surely_nonzero
from vaultcheck.formula.model import Number, Relation, RelationKind
from vaultcheck.formula.normal import UnlowerableError
from vaultcheck.formula.question import EQUALITIES, Question
from vaultcheck.formula.verdict import Conflict

IMPOSSIBLE = Relation(RelationKind.EQUAL, Number(Fraction(1)), Number(Fraction(0)))


def conflict_among(question: Question) -> Conflict | None:
    """The smallest set of equations that derive 1 = 0, if elimination finds that they do."""
    try:
        if not _impossible(question):
            return None
    except UnlowerableError:
        return None
    kept = [index for index, premise in enumerate(question.premises) if premise.kind in EQUALITIES]
    for index in tuple(kept):
        fewer = [other for other in kept if other != index]
        if _impossible(_only(question, fewer)):
            kept = fewer
    small = replace(_only(question, kept), goal=IMPOSSIBLE)
    found = eliminate(small, Preference(frozenset()))
    certificate = by_division(small, found.steps) if found.impossible is None else None
    return Conflict(tuple(kept), certificate, "1 = 0")


def _only(question: Question, kept: Sequence[int]) -> Question:
    return replace(question, premises=tuple(question.premises[index] for index in kept))


def _impossible(question: Question) -> bool:
    """Whether solving the equations ends in `constant = 0` without having divided by what may vanish."""
    found = eliminate(question, Preference(frozenset()))
    if found.impossible is None or not found.impossible[1].constant():
        return False
    return all(surely_nonzero(poly) for poly in found.nonzero)
