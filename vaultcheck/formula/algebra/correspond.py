"""Matching the symbols of premises to those of a claim by their dimensions: each to a symbol or to its reciprocal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from vaultcheck.formula.budget import Budget
from vaultcheck.formula.model import Dimension, Number, Quotient, Relation, Symbol, Term, Vocabulary
from vaultcheck.formula.verdict import Status, Verdict
from vaultcheck.formula.walk import names_of, renamed

if TYPE_CHECKING:
    from vaultcheck.formula.algebra.prove import Task

MAX_NAMES = 7
MAX_TRIED = 60
MAX_SHOWN = 2

Match = tuple[tuple[str, str], ...]


def correspondences(task: Task, vocabulary: Vocabulary, budget: Budget) -> list[tuple[Match, Verdict]]:
    """Matches under which the claim follows, with the proof; at most two."""
    from vaultcheck.formula.algebra.prove import prove

    dimensions = {quantity.name: quantity.dimension for quantity in vocabulary if quantity.dimension is not None}
    goal_names = names_of(task.goal)
    premise_names = {name for premise in task.premises for name in names_of(premise)}
    new, old = sorted(goal_names - premise_names), sorted(premise_names - goal_names)
    if not new or not old or len(old) > MAX_NAMES or any(name not in dimensions for name in (*new, *old)):
        return []
    found: list[tuple[Match, Verdict]] = []
    for tried, match in enumerate(_matches(old, new, dimensions)):
        if tried >= MAX_TRIED or len(found) >= MAX_SHOWN or budget.over:
            break
        mapping = {name: _term(target, inverse) for name, (target, inverse) in match.items()}
        try:
            premises = tuple(renamed(premise, mapping) for premise in task.premises)
        except ValueError:
            continue
        if any(_same(premise, task.goal) for premise in premises):
            verdict: Verdict = Verdict(Status.PROVED, used=tuple(range(len(premises))))
        else:
            verdict = prove(replace(task, premises=premises), budget)
        if verdict.status in {Status.PROVED, Status.COMPUTED}:
            words = tuple((name, f"1/{target}" if inverse else target) for name, (target, inverse) in match.items())
            found.append((words, verdict))
    return found


def _term(name: str, inverse: bool) -> Term:
    return Quotient(Number(Fraction(1)), Symbol(name)) if inverse else Symbol(name)


def _same(premise: Relation, goal: Relation) -> bool:
    return premise == goal or (premise.left, premise.right) == (goal.right, goal.left)


def _matches(old: list[str], new: list[str], dimensions: dict[str, Dimension]) -> Iterator[dict[str, tuple[str, bool]]]:
    """Every way to give each new name to one old name of the same or the inverse dimension."""
    if not new:
        yield {}
        return
    first, rest = new[0], new[1:]
    for name in old:
        for inverse in (False, True):
            wanted = dimensions[first] ** -1 if inverse else dimensions[first]
            if dimensions[name] != wanted or (inverse and wanted == dimensions[first]):
                continue
            for others in _matches([other for other in old if other != name], rest, dimensions):
                yield {name: (first, inverse), **others}
