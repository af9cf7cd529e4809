"""One relation from relations, whatever it is made of: calculus first, then algebra, induction or an inequality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vaultcheck.formula.algebra.calculus import Setup, prepared
from vaultcheck.formula.algebra.claimed import claimed_solution
from vaultcheck.formula.algebra.conflict import conflict_among
from vaultcheck.formula.algebra.decide import Setting, decide_equation
from vaultcheck.formula.algebra.direct import decide_directly
from vaultcheck.formula.algebra.eliminate import divisors_of
from vaultcheck.formula.algebra.order import decide_order
from vaultcheck.formula.algebra.presumed import to_print
from vaultcheck.formula.algebra.rings import cancelled, factored
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.isolate import isolate, surely_nonzero
from vaultcheck.formula.kernel import accepts_induction
from vaultcheck.formula.lift import term_of, term_of_poly
from vaultcheck.formula.model import Apply, Number, Quotient, Relation, RelationKind, Series, Symbol
from vaultcheck.formula.normal import UnlowerableError, difference
from vaultcheck.formula.polynomial import Atom, TooLargeError
from vaultcheck.formula.question import EQUALITIES, ORDERED, Question
from vaultcheck.formula.verdict import Computation, Condition, Induction, Need, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import changed, names, names_of, walk

ZERO = Number(Fraction(0))
PROOFS = frozenset({Status.PROVED, Status.COMPUTED})
WRONG = frozenset({Status.REFUTED, Status.NOT_FOLLOWING})


@dataclass(frozen=True, slots=True)
class Task:
    """A relation to decide: names in `positive` are positive, all others any real number, those in `whole` are
    tried at whole numbers, and those in `counts` are declared to be such."""

    goal: Relation
    premises: tuple[Relation, ...]
    positive: frozenset[str]
    seed: int
    whole: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()


def prove(task: Task, budget: Budget) -> Verdict:
    """The verdict on one relation. Total: what goes wrong on the way is a reason for `undecided`."""
    try:
        found: list[Verdict] = []
        with budget.step(budget.left):
            found.append(_prove(task, budget))
        return found[0] if found else undecided(Why.BUDGET, "; ".join([*budget.notes, "the equations took too long"]))
    except (TooLargeError, RecursionError):
        return undecided(Why.BUDGET, "an expression grew too large")
    except UnlowerableError as error:
        return undecided(Why.UNSUPPORTED, str(error))


def _prove(task: Task, budget: Budget) -> Verdict:
    positive = without_forced(task)
    setup = prepared(task.goal, task.premises, budget, positive)

    def ask(goal: Relation, others: tuple[Relation, ...]) -> Verdict:
        return prove(Task(goal, others, frozenset(positive), task.seed, task.whole), budget)

    solution = claimed_solution(setup, positive, ask)
    if solution is not None:
        return replace(solution, used=tuple(sorted({*solution.used, *setup.behind})))
    question = Question(setup.goal, tuple(setup.premises), positive)
    question = _consistent(question)
    conflict = conflict_among(question)
    if conflict is not None:
        used = tuple(sorted({setup.origin[index] for index in conflict.premises}))
        return Verdict(Status.CONFLICT, replace(conflict, premises=used), used=used)
    setting = Setting(budget, task.seed, tuple(setup.computed), frozenset(setup.functions), task.whole, task.counts)
    verdict = _by_kind(question, setting)
    if verdict.status is Status.UNDECIDED:
        started = _without_starts(question, setup)
        second = verdict if started is None else _by_kind(started, setting)
        if started is not None and second.status in WRONG:
            verdict, question = second, started
    if verdict.status in WRONG and setup.still:
        constant = replace(question, premises=(*question.premises, *setup.still))
        if _by_kind(constant, setting).status not in WRONG:
            return undecided(Why.OPEN, f"it depends on which names change with {setup.variable}")
    if verdict.status in PROOFS:
        still = tuple(Condition(Symbol(name), Need.CONSTANT) for name in sorted(setup.constant))
        verdict = replace(verdict, provided=_all_conditions(replace(question, goal=task.goal), verdict.provided, still))
    return replace(
        verdict,
        used=tuple(sorted({setup.origin[index] for index in verdict.used} | setup.behind)),
        goal=verdict.goal or question.goal,
        given=question.premises,
        positive=tuple(sorted(question.positive)),
    )


def _without_starts(question: Question, setup: Setup) -> Question | None:
    """Without what only gives a name to the value at a moment, as `V(0) = V_0` does: every solution has one there."""
    kept = list(question.premises)
    for index, premise in enumerate(question.premises):
        for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
            if not isinstance(side, Apply) or side.function not in setup.functions or not isinstance(other, Symbol):
                continue
            rest = [relation for at, relation in enumerate((*question.premises, question.goal)) if at != index]
            alike = (side.function in question.positive) == (other.name in question.positive)
            if alike and not any(other.name in names_of(relation) for relation in rest):
                kept[index] = Relation(premise.kind, ZERO, ZERO)
    return None if kept == list(question.premises) else replace(question, premises=tuple(kept))


def _all_conditions(
    question: Question, shown: tuple[Condition, ...], still: tuple[Condition, ...]
) -> tuple[Condition, ...]:
    """The conditions of a proof with those that the claim itself makes, each once."""
    taken = to_print(question)
    positive = {str(one.term) for one in taken if one.need is Need.POSITIVE}
    kept = tuple(one for one in shown if one.need is not Need.NONZERO or str(one.term) not in positive)
    return tuple(dict.fromkeys((*kept, *taken, *still)))


def _by_kind(question: Question, setting: Setting) -> Verdict:
    goal = question.goal
    if goal.kind in EQUALITIES:
        by_induction = _by_induction(question)
        if by_induction is not None:
            return by_induction
        try:
            return decide_equation(question, setting)
        except UnlowerableError:
            return decide_directly(question, setting)
    if goal.kind in ORDERED:
        try:
            return decide_order(question, setting)
        except UnlowerableError:
            return decide_directly(question, setting)
    if goal.kind is RelationKind.APPROXIMATE:
        verdict = _by_kind(_as_equation(question), setting)
        if verdict.status in {Status.PROVED, Status.COMPUTED}:
            return verdict
        return undecided(Why.APPROXIMATE)
    if goal.kind is RelationKind.PROPORTIONAL:
        return _proportional(question)
    return undecided(Why.UNSUPPORTED, f"a relation with {goal.kind.value}")


def _as_equation(question: Question) -> Question:
    return replace(question, goal=replace(question.goal, kind=RelationKind.EQUAL))


def _by_induction(question: Question) -> Verdict | None:
    question = _summed(question)
    series = [side for side in (question.goal.left, question.goal.right) if isinstance(side, Series)]
    if len(series) != 1:
        return None
    other = question.goal.right if series[0] is question.goal.left else question.goal.left
    evidence = Induction(series[0].index.name, other)
    try:
        nonzero = accepts_induction(question, evidence)
    except (UnlowerableError, TooLargeError):
        return None
    if nonzero is None:
        return None
    from vaultcheck.formula.algebra.decide import side_conditions

    return Verdict(Status.PROVED, evidence, provided=side_conditions(question, nonzero), goal=question.goal)


def _summed(question: Question) -> Question:
    """The goal as `series = formula`, where it is linear in its one series."""
    found = {
        part for side in (question.goal.left, question.goal.right) for part in walk(side) if isinstance(part, Series)
    }
    if len(found) != 1 or isinstance(question.goal.left, Series) or isinstance(question.goal.right, Series):
        return question
    (series,) = found
    stand_in = Symbol("the series")
    plain = changed(question.goal, lambda term: stand_in if term == series else None)
    try:
        solved = isolate(difference(plain, question.positive).top, Atom("name", stand_in.name))
    except (UnlowerableError, TooLargeError):
        return question
    divisors = [factor for poly in divisors_of(question) for factor, _ in factored(poly)]
    if solved is None or not all(surely_nonzero(poly, divisors) for poly in solved.nonzero):
        return question
    return replace(question, goal=Relation(RelationKind.EQUAL, series, term_of(solved.value)))


def _proportional(question: Question) -> Verdict:
    """`y ∝ x`: their quotient, once the premises are solved, has none of x's names in it."""
    from vaultcheck.formula.algebra.decide import leaves
    from vaultcheck.formula.algebra.eliminate import Preference, eliminate
    from vaultcheck.formula.lift import term_of
    from vaultcheck.formula.normal import lower, substituted

    if not names(question.goal.right):
        return undecided(Why.UNSUPPORTED, "a proportionality to what does not change")
    every = [side for relation in (question.goal, *question.premises) for side in (relation.left, relation.right)]
    kept = leaves(every, question.positive)
    found = eliminate(question, Preference(kept, leaves((question.goal.left,), question.positive)))
    if found.unsolved or found.impossible is not None:
        return undecided(Why.OPEN)
    quotient = lower(Quotient(question.goal.left, question.goal.right), question.positive)
    rest = term_of(cancelled(substituted(quotient, found.values)))
    if names(rest) & names(question.goal.right):
        return undecided(Why.UNSUPPORTED, "a proportionality that cannot be read off")
    used = tuple(sorted({step.premise for step in found.steps}))
    return Verdict(Status.COMPUTED, Computation("the quotient of the two sides", (), tuple(found.steps)), used=used)


def without_forced(task: Task) -> frozenset[str]:
    """The positive names without those that a premise sets to zero, or that a sum of which must vanish."""
    positive = set(task.positive)
    for premise in task.premises:
        if premise.kind not in EQUALITIES:
            continue
        for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
            if isinstance(side, Symbol) and isinstance(other, Number) and other.value <= 0:
                positive.discard(side.name)
    return frozenset(positive)


def _consistent(question: Question) -> Question:
    """Signs dropped where the premises as they stand could not be met with them (`I_1 + I_2 = 0`)."""
    from vaultcheck.formula.algebra.decide import preference
    from vaultcheck.formula.algebra.eliminate import eliminate

    for _ in range(4):
        try:
            found = eliminate(question, preference(question))
        except UnlowerableError:
            return question
        if found.impossible is None or found.impossible[1].constant() is not None:
            return question
        inside = names(term_of_poly(found.impossible[1]))
        dropped = inside & set(question.positive)
        premise = question.premises[found.impossible[0]]
        dropped = dropped | (names_of(premise) & set(question.positive))
        if not dropped:
            return question
        question = replace(question, positive=frozenset(question.positive) - dropped)
    return question


def usable(relation: Relation, positive: Sequence[str]) -> bool:
    """Whether a premise can take part in algebra at all."""
    try:
        difference(relation, positive)
    except (UnlowerableError, TooLargeError):
        return False
    return True
