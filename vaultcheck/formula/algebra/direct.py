"""Claims with series, factorials and the like, which have no normal form: by instances and by computer algebra."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from fractions import Fraction

from vaultcheck.formula.algebra.closed_forms import closed_form
from vaultcheck.formula.algebra.decide import Setting
from vaultcheck.formula.algebra.eliminate import Eliminated
from vaultcheck.formula.algebra.honesty import honest
from vaultcheck.formula.algebra.identities import vanishes
from vaultcheck.formula.algebra.models import PALETTE, holds, supports
from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.model import Binomial, Constant, ConstantName, Factorial, Relation, Series, Symbol, Term
from vaultcheck.formula.question import EQUALITIES, Question
from vaultcheck.formula.verdict import (
    Computation,
    Refutation,
    Sampling,
    Status,
    Verdict,
    Why,
    Witness,
    undecided,
)
from vaultcheck.formula.walk import changed, has, names, names_of, walk

INSTANCES = 12


def decide_directly(question: Question, setting: Setting) -> Verdict:
    """A relation without premises whose names are free: instances may refute it, computer algebra may prove it."""
    if question.premises:
        return undecided(Why.UNSUPPORTED, "a series or factorial together with premises")
    count, certain = 0, True
    for free in _instances(question.goal, question, setting.seed, setting.whole):
        at: dict[Term, Interval] = {Symbol(name): point(number) for name, number in free}
        try:
            if holds(question.goal, at) is False:
                return _refuted(question, setting, free, at)
        except (NoValueError, ArithmeticError):
            continue
        count += 1
        certain = certain and supports(question.goal, at)
    if question.goal.kind in EQUALITIES:
        found = _computed(question, setting)
        if found is not None:
            return found
    if count >= INSTANCES // 2 and certain:
        return Verdict(Status.NUMERIC, Sampling(count, ()), detail="; ".join(setting.budget.notes))
    return undecided(Why.BUDGET if setting.budget.notes else Why.OPEN, "; ".join(setting.budget.notes))


def counted(relation: Relation) -> set[str]:
    """Names that stand for whole numbers: bounds of series, factorials, binomials."""
    found: set[str] = set()
    for side in (relation.left, relation.right):
        for part in walk(side):
            if isinstance(part, Series):
                found |= {name for bound in (part.lower, part.upper) if bound is not None for name in names(bound)}
            elif isinstance(part, Factorial):
                found |= names(part.term)
            elif isinstance(part, Binomial):
                found |= names(part.upper) | names(part.lower)
    return found


def _instances(
    relation: Relation, question: Question, seed: int, counts: Collection[str]
) -> Iterator[tuple[tuple[str, Fraction], ...]]:
    whole = counted(relation) | set(counts)
    source = random.Random(seed)
    free = sorted(names_of(relation))
    for attempt in range(INSTANCES):
        row = []
        for name in free:
            number = Fraction(source.randint(2, 4 + attempt)) if name in whole else source.choice(PALETTE[1:])
            if name not in question.positive and name not in whole and attempt % 2:
                number = -number
            row.append((name, number))
        yield tuple(row)


def _refuted(
    question: Question, setting: Setting, free: tuple[tuple[str, Fraction], ...], at: dict[Term, Interval]
) -> Verdict:
    left, right = value(question.goal.left, at), value(question.goal.right, at)
    if not honest(question, Eliminated(), setting.varying):
        return undecided(Why.UNSUPPORTED, "a construct whose values cannot be chosen freely")
    witness = Witness(free, (), (left.low, left.high), (right.low, right.high), setting.computed)
    return Verdict(Status.REFUTED, witness, refutation=Refutation.WITNESS)


def _apart(goal: Relation, question: Question, setting: Setting) -> Verdict | None:
    """The refutation at an instance of an equation whose series is summed, for all values of its names."""
    for free in _instances(goal, question, setting.seed, setting.whole):
        at: dict[Term, Interval] = {Symbol(name): point(number) for name, number in free}
        try:
            if holds(goal, at) is False:
                left, right = value(goal.left, at), value(goal.right, at)
                computed = (*setting.computed, "a series summed")
                witness = Witness(free, (), (left.low, left.high), (right.low, right.high), computed)
                return Verdict(Status.REFUTED, witness, refutation=Refutation.WITNESS, goal=goal)
        except (NoValueError, ArithmeticError):
            continue
    return None


def _computed(question: Question, setting: Setting) -> Verdict | None:
    lines: list[str] = []
    everywhere = True
    whole = counted(question.goal) | set(setting.counts)

    def change(term: Term) -> Term | None:
        nonlocal everywhere
        found = closed_form(term, setting.budget, question.positive) if isinstance(term, Series) else None
        if found is None:
            return None
        lines.append("a series summed")
        everywhere = everywhere and found[1]
        return found[0]

    goal = changed(question.goal, change)
    apart = _apart(goal, question, setting) if lines and everywhere and not has(goal, Series) else None
    if apart is not None:
        return apart
    route = vanishes(goal.left, goal.right, question.positive, setting.budget, whole)
    if route is None:
        return None
    infinite = any(
        isinstance(part, Constant) and part.name is ConstantName.INFINITY
        for side in (question.goal.left, question.goal.right)
        for part in walk(side)
    )
    detail = "where the series converges" if infinite else ""
    return Verdict(Status.COMPUTED, Computation(route, tuple(lines)), detail=detail)
