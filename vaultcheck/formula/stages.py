"""The stages through which one relation goes: dimensions, numbers, names, algebra, correspondences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.algebra.correspond import correspondences
from vaultcheck.formula.algebra.models import holds
from vaultcheck.formula.algebra.numeric import solved_forms
from vaultcheck.formula.algebra.prove import Task, prove
from vaultcheck.formula.case import Case, given_values, value_given
from vaultcheck.formula.dimension_names import describe
from vaultcheck.formula.dimensions import DimensionConflict, Measurement, measure
from vaultcheck.formula.intervals import NoValueError, point
from vaultcheck.formula.literals import may_be_measured
from vaultcheck.formula.model import (
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Derivative,
    Dimension,
    Factorial,
    Integral,
    Limit,
    Measured,
    Number,
    Power,
    Relation,
    RelationKind,
    Root,
    Series,
    Symbol,
    Term,
    Vocabulary,
)
from vaultcheck.formula.normal import Ratio, UnlowerableError, lower
from vaultcheck.formula.number_readings import CIRCULAR, in_degrees
from vaultcheck.formula.numbers import Outcome, compare
from vaultcheck.formula.polynomial import TooLargeError
from vaultcheck.formula.question import EQUALITIES, ORDERED
from vaultcheck.formula.verdict import (
    Clash,
    Comparison,
    Condition,
    Need,
    Refutation,
    Status,
    Verdict,
    Why,
    undecided,
)
from vaultcheck.formula.walk import changed, has, names, names_of, rebuilt, renamed, walk
from vaultcheck.formula.write import to_text

BOUND = (Integral, Series, Limit)
PROOFS = frozenset({Status.PROVED, Status.COMPUTED})


def is_dimension_clash(verdict: Verdict) -> bool:
    """Whether a verdict says that the dimensions cannot agree."""
    return verdict.refutation is Refutation.DIMENSIONS


def judge_relation(case: Case) -> Verdict:
    """The verdict on one relation, by the precedence of the stages.

    An `e` that nobody declared may be Euler's number: what can be shown under that reading stands. Nothing else does,
    but where every other name is declared, so that `e` would be too if it were one.
    """
    if "e" in _unknown_names(case) and all(quantity.name != "e" for quantity in case.vocabulary):
        read_so = _in_order(replace(case, goal=renamed(case.goal, {"e": Constant(ConstantName.E)})))
        if read_so.status in PROOFS | {Status.RECOMPUTED}:
            return read_so
        if case.premises and _all_declared(case) and read_so.outcome == "refuted":
            return read_so
        verdict = _in_order(case)
        if verdict.status is read_so.status is Status.REFUTED:
            return read_so
        disagree = undecided(Why.READINGS_DISAGREE, "e may be Euler's number or a name that nobody declared")
        return disagree if verdict.status in {Status.REFUTED, Status.NOT_FOLLOWING} and not case.premises else verdict
    return _in_order(case)


def _all_declared(case: Case) -> bool:
    known = {quantity.name for quantity in case.vocabulary}
    return all(names_of(relation) - {"e"} <= known for relation in (case.goal, *case.premises))


def _in_order(case: Case) -> Verdict:
    if not any(_bare_log(relation) for relation in (case.goal, *case.premises)):
        return _staged(case)
    general = by_algebra(case)
    if general.status in PROOFS:
        return general
    found = [_staged(_with_base(case, base)) for base in (Constant(ConstantName.E), Number(Fraction(10)))]
    if found[0].outcome == found[1].outcome:
        return found[1]
    return undecided(Why.READINGS_DISAGREE, "log without a base: base e and base 10 do not agree")


def _bare_log(relation: Relation) -> bool:
    return any(
        isinstance(part, Apply) and part.function == "log" and part.base is None
        for side in (relation.left, relation.right)
        for part in walk(side)
    )


def _with_base(case: Case, base: Term) -> Case:
    def change(term: Term) -> Term | None:
        if isinstance(term, Apply) and term.function == "log" and term.base is None:
            return replace(term, base=base, arguments=tuple(rebuilt(part, change) for part in term.arguments))
        return None

    premises = tuple(changed(premise, change) for premise in case.premises)
    return replace(case, goal=changed(case.goal, change), premises=premises)


def _staged(case: Case) -> Verdict:
    case.tell("dimensions")
    clash = by_dimensions(case)
    if clash is not None:
        return clash
    case.tell("numbers")
    numbers = by_numbers(case)
    if numbers is not None:
        return numbers
    case.tell("algebra")
    verdict = by_algebra(case)
    if not names_of(case.goal) and verdict.status in {Status.REFUTED, Status.NUMERIC}:
        return _doubted(case) or verdict
    if verdict.status is Status.REFUTED and any(map(in_degrees, (case.goal, *case.premises))):
        return undecided(Why.READINGS_DISAGREE, "the number of an angle may be in degrees")
    if verdict.status in {Status.REFUTED, Status.NOT_FOLLOWING} and not verdict.unknown:
        return _for_given_values(case) or _measured_wrong(case, verdict) or verdict
    return verdict


def _measured_wrong(case: Case, verdict: Verdict) -> Verdict | None:
    """The clash of a claim that is refuted anyway, where only a small number could have lost a unit: `t = 3 k`."""
    if verdict.refutation is not Refutation.WITNESS or any(map(may_be_measured, (case.goal.left, case.goal.right))):
        return None
    found = measure((case.goal,), case.vocabulary, to_text)
    if isinstance(found, Measurement) or found.assumed or not found.literal:
        return None
    return _clash(found)


def _for_given_values(case: Case) -> Verdict | None:
    """A claim that fails in general but holds for the values that its note declares is not called wrong."""
    if not given_values(case.vocabulary, case.premises):
        return None
    for relation, vocabulary in _numeric_forms(case):
        found = compare(relation, vocabulary, case.premises, case.rtol)
        if found.outcome is Outcome.RECOMPUTED and found.left is not None and found.right is not None:
            sides = Comparison((found.left.low, found.left.high), (found.right.low, found.right.high))
            return Verdict(Status.RECOMPUTED, sides, detail="for the declared values; not in general")
    return None


# Dimensions ------------------------------------------------------------------------------------------------------


def by_dimensions(case: Case) -> Verdict | None:
    """A clash of dimensions that the claim takes part in; a clash among the premises alone is not the claim's."""
    relations = (*case.premises, case.goal)
    found = measure(relations, case.vocabulary, to_text)
    if isinstance(found, Measurement) or found.literal:
        return None
    if len(relations) - 1 not in found.relations:
        found = measure((case.goal,), case.vocabulary, to_text)
        if isinstance(found, Measurement) or found.literal:
            return None
    return _clash(found)


def _clash(found: DimensionConflict) -> Verdict:
    clash = Clash(_said(found.left), _said(found.right), tuple(reason.text for reason in found.reasons), found.assumed)
    return Verdict(Status.REFUTED, clash, refutation=Refutation.DIMENSIONS, warning_only=found.assumed)


def _said(dimension: Dimension | None) -> str:
    return "unknown" if dimension is None else describe(dimension)


# Numbers ---------------------------------------------------------------------------------------------------------


def by_numbers(case: Case) -> Verdict | None:
    """A claim about a number: recomputed from the declared values, or refuted by them."""
    if not _is_numeric(case):
        return None
    for relation, vocabulary in _numeric_forms(case):
        found = compare(relation, vocabulary, case.premises, case.rtol)
        if found.outcome is Outcome.CANNOT_TELL or found.left is None or found.right is None:
            continue
        sides = Comparison((found.left.low, found.left.high), (found.right.low, found.right.high))
        if found.outcome is Outcome.RECOMPUTED:
            return Verdict(Status.RECOMPUTED, sides)
        return Verdict(Status.REFUTED, sides, refutation=Refutation.NUMBERS)
    return None


def _doubted(case: Case) -> Verdict | None:
    """Plain arithmetic that the comparison of numbers could work out and would not judge: `1 + 1 = 10` is binary.

    0 and 1 alone differ in whatever anybody counts with.
    """
    sides = (case.goal.left, case.goal.right)
    if {side.value for side in sides if isinstance(side, Number)} == {0, 1}:
        return None
    found = compare(case.goal, case.vocabulary, (), case.rtol)
    if found.left is None or found.right is None or found.outcome is Outcome.WRONG:
        return None
    if found.outcome is Outcome.RECOMPUTED:
        shown = Comparison((found.left.low, found.left.high), (found.right.low, found.right.high))
        return Verdict(Status.RECOMPUTED, shown)
    return undecided(Why.OPEN, found.reason)


def _numeric_forms(case: Case) -> Iterator[tuple[Relation, Vocabulary]]:
    """The claim with its names worked out from the premises, then as it stands."""
    own = {side.name for side in (case.goal.left, case.goal.right) if isinstance(side, Symbol)}
    given = given_values(case.vocabulary, case.premises)
    others = tuple(replace(q, value=None) if q.name in own else q for q in case.vocabulary)
    if case.premises and own:
        yield case.goal, others
        for goal in solved_forms(case.goal, case.algebraic, given - own, case.positive):
            yield goal, others
    yield case.goal, case.vocabulary
    for goal in solved_forms(case.goal, case.algebraic, given, case.positive):
        yield goal, case.vocabulary


def _is_numeric(case: Case) -> bool:
    goal = case.goal
    if goal.kind not in EQUALITIES | ORDERED | {RelationKind.APPROXIMATE}:
        return False
    free = names_of(goal)
    if not free:
        exact = goal.kind is RelationKind.EQUAL and case.rtol is None and not _loose(goal)
        return not exact or not (has(goal, BOUND) or _transcendental(goal))
    if not any(_literal(side) for side in (goal.left, goal.right)):
        return goal.kind in ORDERED and free <= given_values(case.vocabulary, case.premises)
    return bool(given_values(case.vocabulary, case.premises))


def _loose(relation: Relation) -> bool:
    return any(
        (isinstance(part, Number) and not part.exact) or isinstance(part, Measured)
        for side in (relation.left, relation.right)
        for part in walk(side)
    )


def _transcendental(relation: Relation) -> bool:
    return has(relation, (Apply, Constant, Root, Power))


def _literal(side: Term) -> bool:
    """A number, perhaps with a unit or a sign."""
    return not names(side)


# Algebra ---------------------------------------------------------------------------------------------------------


def by_algebra(case: Case) -> Verdict:
    """Proof, refutation, or a reason why neither."""
    premises = case.algebraic
    if _restates(case):
        return undecided(Why.RESTATES, "the claim is one of its own premises")
    index = tuple(i for i, premise in enumerate(case.premises) if value_given(premise) is None)
    verdict = _with_signs(case, Task(case.goal, premises, case.positive, case.seed, case.whole, case.counts))
    if not premises and verdict.status not in PROOFS and not _is_identity(case.goal):
        return undecided(Why.NO_PREMISES, "nothing is given that the claim could follow from")
    verdict = replace(verdict, used=tuple(index[i] for i in verdict.used))
    unknown = _unknown_names(case)
    solves = verdict.why is Why.IS_A_SOLUTION  # with a constant that no starting value fixes
    if premises and unknown and not solves and verdict.status not in PROOFS | {Status.CONFLICT}:
        return _unsupported(case, verdict, unknown)
    return verdict


def _with_signs(case: Case, task: Task) -> Verdict:
    """The verdict where names of unknown sign may be anything; else where they are positive, with that condition.

    A claim that fails only for negative values of a quantity whose sign nobody declared is not refuted.
    """
    verdict = prove(task, case.budget)
    free = case.unsigned & {name for relation in (task.goal, *task.premises) for name in names_of(relation)}
    if verdict.status in PROOFS | {Status.CONFLICT} or not free:
        return verdict
    positive = prove(replace(task, positive=task.positive | free), case.budget)
    if Status.REFUTED in (verdict.status, positive.status) and _differs_by_sign(task, case):
        return undecided(Why.OPEN, "its sides differ only in sign, at angles where one of them is below zero")
    if positive.status not in PROOFS:
        return verdict if positive.status is verdict.status or verdict.status is Status.UNDECIDED else positive
    needed = set(free)
    for name in sorted(free):
        fewer = replace(task, positive=task.positive | (needed - {name}))
        if not case.budget.over and prove(fewer, case.budget).status in PROOFS:
            needed.discard(name)
    if needed != free:
        positive = prove(replace(task, positive=task.positive | needed), case.budget)
    signs = tuple(Condition(Symbol(name), Need.POSITIVE) for name in sorted(needed))
    return replace(positive, provided=(*positive.provided, *signs))


def _differs_by_sign(task: Task, case: Case) -> bool:
    """Whether a root of circular functions has the square of the other side: `sqrt(1 - sin(x)^2) = cos x`. People
    write it of angles at which the other side is not below zero, and seldom say so."""
    goal = task.goal
    circular = any(isinstance(p, Apply) and p.function in CIRCULAR for s in (goal.left, goal.right) for p in walk(s))
    if not circular or not has(goal, Root):
        return False
    left, right = (Power(side, Number(Fraction(2))) for side in (goal.left, goal.right))
    return prove(replace(task, goal=replace(goal, left=left, right=right)), case.budget).status in PROOFS


def _unknown_names(case: Case) -> tuple[str, ...]:
    mentioned: set[str] = set()
    for premise in case.premises:
        mentioned |= names_of(premise)
    mentioned |= {getattr(part, "function", "") for p in case.premises for s in (p.left, p.right) for part in walk(s)}
    return tuple(sorted(names_of(case.goal) - mentioned))


def _unsupported(case: Case, verdict: Verdict, unknown: tuple[str, ...]) -> Verdict:
    """A claim that names what no premise mentions: perhaps it follows once symbols are matched."""
    task = Task(case.goal, case.algebraic, case.positive, case.seed, case.whole)
    found = correspondences(task, case.vocabulary, case.budget)
    if found:
        readings = tuple(reading for reading, _ in found)
        first = found[0][1]
        return replace(first, status=Status.DERIVABLE, correspondences=readings, unknown=unknown)
    detail = f"no premise mentions {', '.join(unknown)}"
    return replace(
        Verdict(Status.NOT_FOLLOWING, verdict.evidence, detail=detail), unknown=unknown, missing=to_text(case.goal)
    )


def _restates(case: Case) -> bool:
    sides = {(case.goal.left, case.goal.right), (case.goal.right, case.goal.left)}
    return any(premise.kind is case.goal.kind and (premise.left, premise.right) in sides for premise in case.algebraic)


def _is_identity(goal: Relation) -> bool:
    """Whether a claim without premises is meant to hold for all values: not a definition, not a condition."""
    if has(goal, BOUND) or not names_of(goal):
        return True
    for side, other in ((goal.left, goal.right), (goal.right, goal.left)):
        if isinstance(side, Symbol) and side.name not in names(other):
            return False
    if has(goal, (Derivative, Binomial, Factorial)) or goal.kind in ORDERED:
        return True
    applied = [part for side in (goal.left, goal.right) for part in walk(side) if isinstance(part, Apply)]
    if applied:
        return len(applied) > 1 or bool(names(goal.left) and names(goal.right))  # `sin x = 1/2` is a condition
    if names(goal.left) != names(goal.right):
        return False
    return len(names(goal.left)) > 1 or _same_degree(goal) or _true_somewhere(goal)


def _true_somewhere(goal: Relation) -> bool:
    """Whether it holds at points nobody chose for it, as `sqrt(x^2) = x` does and `sqrt(x + 2) = x` does not."""
    try:
        return all(
            holds(goal, {Symbol(name): point(number) for name in names_of(goal)}) is not False
            for number in (Fraction(7, 3), Fraction(19, 5))
        )
    except (NoValueError, ArithmeticError):
        return False


def _same_degree(goal: Relation) -> bool:
    """Whether both sides of an equation in one unknown begin alike, as in the slip `(x+1)^2 = x^2 + 1`."""
    try:
        sides = [lower(side, frozenset()) for side in (goal.left, goal.right)]
        whole = lower(goal.left, frozenset()) - lower(goal.right, frozenset())
    except (UnlowerableError, TooLargeError):
        return False

    def degree(ratio: Ratio) -> Fraction:
        return Fraction(max((sum(power for _, power in monomial) for monomial in ratio.top.terms), default=0))

    return degree(sides[0]) == degree(sides[1]) > degree(whole)
