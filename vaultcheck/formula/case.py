"""What is judged at a time: one relation, what it is to follow from, and what is known of its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.budget import Budget
from vaultcheck.formula.model import (
    Integral,
    Limit,
    Measured,
    Negative,
    Number,
    Relation,
    RelationKind,
    Series,
    Sign,
    Symbol,
    Term,
    Vocabulary,
)
from vaultcheck.formula.question import EQUALITIES
from vaultcheck.formula.verdict import Progress
from vaultcheck.formula.walk import has, names, names_of, walk

COUNTS = ("natural number", "integer", "whole number", "quantum number", "number of", "entier", "ganze zahl", "anzahl")
"""Words in a meaning that make a name a count."""


@dataclass(frozen=True, slots=True)
class Case:
    """One relation to judge with all that is known about it."""

    goal: Relation
    premises: tuple[Relation, ...]
    vocabulary: Vocabulary
    rtol: Fraction | None
    seed: int
    budget: Budget
    tell: Progress

    @property
    def positive(self) -> frozenset[str]:
        """The names that are declared or meant to be positive."""
        return frozenset(quantity.name for quantity in self.vocabulary if quantity.sign is Sign.POSITIVE)

    @property
    def unsigned(self) -> frozenset[str]:
        """The names whose sign nobody declared, and that no meaning gives away."""
        signed = {quantity.name for quantity in self.vocabulary if quantity.sign is not Sign.UNKNOWN}
        return frozenset(name for r in (self.goal, *self.premises) for name in names_of(r) if name not in signed)

    @property
    def whole(self) -> frozenset[str]:
        """The names that may stand for whole numbers only, by their meaning or, without one, by their letter."""
        said = {quantity.name: quantity.meaning for quantity in self.vocabulary}
        every = {name for relation in (self.goal, *self.premises) for name in names_of(relation)}
        guessed = {name for name in every if name[:1] in "ijklmnN" and not said.get(name)}
        return self.counts | frozenset(guessed)

    @property
    def counts(self) -> frozenset[str]:
        """The names that are declared to be whole numbers."""
        said = {quantity.name: quantity.meaning.lower() for quantity in self.vocabulary}
        return frozenset(name for name, meaning in said.items() if any(word in meaning for word in COUNTS))

    @property
    def algebraic(self) -> tuple[Relation, ...]:
        """The premises that take part in algebra; a name that equals a decimal is a value, not an equation."""
        return tuple(premise for premise in self.premises if value_given(premise) is None)


def given_values(vocabulary: Vocabulary, premises: Iterable[Relation]) -> set[str]:
    """The names whose worth the vocabulary or a premise (`T = 310.15` K) gives."""
    given = {quantity.name for quantity in vocabulary if quantity.value is not None}
    return given | {name for premise in premises if (name := value_given(premise)) is not None}


def value_given(premise: Relation) -> str | None:
    """The name of a premise such as `E_K = -90 mV`, which gives a value; None for any other."""
    if premise.kind not in EQUALITIES | {RelationKind.APPROXIMATE}:
        return None
    for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
        if isinstance(side, Symbol) and not names(other) and not has(premise, (Integral, Series, Limit)):
            number = next((part for part in walk(other) if isinstance(part, Number)), None)
            if number is not None and (not number.exact or isinstance(_unsigned(other), Measured)):
                return side.name
    return None


def _unsigned(term: Term) -> Term:
    return _unsigned(term.term) if isinstance(term, Negative) else term
