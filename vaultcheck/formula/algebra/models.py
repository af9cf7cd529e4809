"""Values at which the premises hold: chosen for the free names, computed for the others."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.algebra.eliminate import Eliminated
from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.lift import term_of, term_of_atom, term_of_poly
from vaultcheck.formula.model import Apply, Derivative, Relation, RelationKind, Symbol, Term
from vaultcheck.formula.polynomial import ONE
from vaultcheck.formula.question import LESS, ORDERED, STRICT, Question
from vaultcheck.formula.walk import names_of, walk

PALETTE = tuple(
    Fraction(n, d) for n, d in ((1, 1), (2, 1), (3, 1), (1, 2), (5, 2), (7, 3), (1, 3), (4, 1), (3, 4), (7, 1), (5, 1))
)
"""Small fractions, so that a witness can be followed by hand."""

CLOSE_SHARE = Fraction(1, 20)
"""So close are the sides of an equation between rounded numbers that is said to hold at a point."""
NARROW = Fraction(1, 10**12)
"""Intervals that overlap and are as narrow as this are of the same number."""

PLAIN = 4
"""So many points are tried with positive values first: a negative resistance convinces nobody."""
PATTERNS = 16
"""Then so many with every pattern of signs of four names, so that no sign goes untried."""


@dataclass(frozen=True, slots=True)
class Model:
    """One admissible point: what was chosen and what every name is worth there."""

    free: tuple[tuple[str, Fraction], ...]
    at: dict[Term, Interval]
    elsewhere: bool = False
    """Whether it may lie on another branch of an inverse circular function than the author thinks of: `x = arcsin y`
    from `sin x = y`, x being an angle. An identity of numbers that may have any sign is claimed of every branch."""


def free_names(question: Question, found: Eliminated) -> list[Symbol | Derivative]:
    """The names (and derivatives) that nothing determines, in order."""
    leaves: set[Symbol | Derivative] = set()
    for relation in (*question.premises, question.goal):
        leaves |= {Symbol(name) for name in names_of(relation)}
        for side in (relation.left, relation.right):
            leaves |= {part for part in walk(side) if isinstance(part, Derivative)}
    solved = {step.name for step in found.steps}
    return sorted((leaf for leaf in leaves if leaf not in solved), key=str)


def models(
    question: Question, found: Eliminated, seed: int, whole: Collection[str] = (), tries: int = 160
) -> Iterator[Model]:
    """Admissible points: positive names positive, roots and logarithms real, nothing zero by accident.

    Names in `whole` are tried at whole numbers. Beside inverse circular functions all others stay below one, but
    that in every third point names go further, to other branches (`arcsin(sin x) = x`): those that may have any sign,
    and every other time positive ones too, which are as a rule angles below a right one: nothing is refuted there.
    """
    small = any(
        isinstance(part, Apply) and part.function.startswith("arc")
        for relation in (*question.premises, question.goal)
        for side in (relation.left, relation.right)
        for part in walk(side)
    )
    names = free_names(question, found)
    source = random.Random(seed)
    guards = [term_of_poly(poly) for poly in found.nonzero]
    solved = {term_of_atom(atom): term_of(ratio) for atom, ratio in found.values.items()}
    zero = {term_of_atom(atom) for atom, ratio in found.values.items() if not ratio.top}
    for attempt in range(tries):
        free = {}
        for row, name in enumerate(names):
            positive = isinstance(name, Symbol) and (name.name in question.positive or name.name in whole)
            wide = attempt % 6 == 1 if positive else attempt % 3 == 1
            size = _chosen(name, source, attempt, whole) / (9 if small and not wide else 1)
            free[name] = size if positive or _upward(attempt, row, source) else -size
        at: dict[Term, Interval] = {name: point(number) for name, number in free.items()}
        try:
            at.update({name: value(term, at) for name, term in solved.items()})
            if not _admissible(question, at, zero) or any(_may_vanish(value(guard, at)) for guard in guards):
                continue
        except (NoValueError, ArithmeticError):
            continue
        chosen = tuple((leaf.name, number) for leaf, number in free.items() if isinstance(leaf, Symbol))
        angles = attempt % 6 == 1 and any(name in question.positive for name, _ in chosen)
        yield Model(chosen, at, small and attempt % 3 == 1 and (angles or bool(question.premises)))


def _chosen(name: Term, source: random.Random, attempt: int, whole: Collection[str]) -> Fraction:
    if isinstance(name, Symbol) and name.name in whole:
        return Fraction(source.randint(2, 9))
    return source.choice(PALETTE) if attempt % 3 < 2 else Fraction(source.randint(1, 40), source.randint(1, 12))


def _upward(attempt: int, row: int, source: random.Random) -> bool:
    """Whether a name that may have any sign is tried with a positive value."""
    if attempt < PLAIN:
        return True
    if attempt < PLAIN + PATTERNS:
        return not (attempt - PLAIN + 1) >> (row % 4) & 1
    return source.random() < 0.6


def _may_vanish(interval: Interval) -> bool:
    return interval.low <= 0 <= interval.high


def _admissible(question: Question, at: dict[Term, Interval], zero: set[Term]) -> bool:
    for name, interval in at.items():
        if isinstance(name, Symbol) and name.name in question.positive and interval.low <= 0:
            return False
        if _may_vanish(interval) and not isinstance(name, Derivative) and name not in zero:
            return False
    for premise in question.premises:
        agrees = holds(premise, at)
        if agrees is False or (premise.kind in ORDERED and agrees is not True):
            return False
    return True


def holds(relation: Relation, at: dict[Term, Interval]) -> bool | None:
    """Whether a relation holds at a point: True or False where intervals decide, None where they overlap."""
    left, right = value(relation.left, at), value(relation.right, at)
    kind = relation.kind
    if kind in ORDERED:
        if kind not in LESS:
            left, right = right, left
        if left.high < right.low or (kind not in STRICT and left.high <= right.low):
            return True
        if left.low > right.high or (kind in STRICT and left.low >= right.high):
            return False
        return None
    if kind is RelationKind.UNEQUAL:
        return True if left.disjoint(right) else False if left.is_point and left == right else None
    if left.disjoint(right):
        return False
    return True if left.is_point and left == right else None


def supports(relation: Relation, at: dict[Term, Interval]) -> bool:
    """Whether a point speaks for a relation: it holds there, and not only because its numbers are written coarsely.

    `I = 10` is no more than not excluded where I is 5 and ten may mean anything up to twenty.
    """
    found = holds(relation, at)
    if found is not None:
        return found
    if relation.kind in (*STRICT, RelationKind.UNEQUAL):
        return False
    left, right = value(relation.left, at), value(relation.right, at)
    if max(left.high, right.high) - min(left.low, right.low) <= NARROW:
        return True
    near = abs(left.middle - right.middle) <= CLOSE_SHARE * max(abs(left.middle), abs(right.middle))
    return near and relation.kind not in ORDERED


def degenerate(question: Question, found: Eliminated) -> bool:
    """Whether, on a branch that divided by what may vanish, something is zero or two names are equal by accident."""
    if not found.doubtful:
        return False
    said = {
        frozenset((premise.left, premise.right)) for premise in question.premises if premise.kind is question.goal.kind
    }
    rows = [(term_of_atom(atom), ratio) for atom, ratio in found.values.items()]
    for row, (name, ratio) in enumerate(rows):
        if not ratio.top and not any(name in pair for pair in said):
            return True
        same = [other for other, value in rows[:row] if not (value - ratio).top]
        single = ratio.top.single()
        if (
            single is not None
            and single[0] == 1
            and len(single[1]) == 1
            and single[1][0][1] == 1
            and ratio.bottom == ONE
        ):
            same.append(term_of_atom(single[1][0][0]))
        if any(frozenset((name, other)) not in said for other in same):
            return True
    return False
