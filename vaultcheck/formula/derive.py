"""`derive(obligation) -> Verdict`: the stages in their order, each with its budget; the kernel has the last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from vaultcheck.formula import stages
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.case import Case
from vaultcheck.formula.model import Apply, Derivative, FormulaClass, Guess, Join, Reading, Relation, Sum, Symbol
from vaultcheck.formula.moments import with_moments
from vaultcheck.formula.verdict import Obligation, Progress, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import names, walk
from vaultcheck.formula.write import to_text

RELATIONS = frozenset({FormulaClass.RELATION, FormulaClass.CHAIN, FormulaClass.SYSTEM, FormulaClass.LIST})
MAX_CHOICES = 6

RANK = tuple(Status)
"""Precedence; of several relations in one claim the first of these that any of them has is the claim's."""

WEAKEST = (
    Status.CONFLICT,
    Status.REFUTED,
    Status.UNDECIDED,
    Status.NOT_FOLLOWING,
    Status.DIMENSIONAL,
    Status.NUMERIC,
    Status.RECOMPUTED,
    Status.DERIVABLE,
    Status.COMPUTED,
    Status.PROVED,
)
"""Of the steps of a chain, the first of these that any step has is the chain's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read the claim and its premises."""

    goal: Reading
    premises: tuple[Reading, ...]


def derive(obligation: Obligation, budget: Budget | None = None, progress: Progress | None = None) -> Verdict:
    """Judge one claim. Total: every way not to know is a verdict with a reason."""
    budget = budget or Budget()
    tell = progress or (lambda _stage: None)
    obligation = with_moments(obligation)
    unread = _unread(obligation)
    if unread is not None:
        return unread
    judged: list[tuple[Choice, Verdict]] = []
    for choice in _choices(obligation):
        tell("reading")
        judged.append((choice, _judge(choice, obligation, budget, tell)))
        if budget.over:
            break
    return _agreed(judged)


def _unread(obligation: Obligation) -> Verdict | None:
    goal = obligation.goal
    if goal.problem is not None and goal.formula_class in {FormulaClass.UNREADABLE, *RELATIONS}:
        detail = f"at {goal.problem.span[0] + 1}: expected {goal.problem.expected}"
        return undecided(Why.UNREAD, detail)
    if goal.formula_class not in RELATIONS or not goal.relations:
        return undecided(Why.NOT_A_RELATION, f"this is {goal.formula_class.value}")
    if any(_says_or(reading) for reading in (goal, *obligation.premises)):
        return undecided(Why.UNSUPPORTED, "one of several possibilities")
    for index, premise in enumerate(obligation.premises):
        if premise.problem is not None and not premise.relations:
            detail = f"premise {index + 1} at {premise.problem.span[0] + 1}: expected {premise.problem.expected}"
            return undecided(Why.UNREAD, detail)
    return None


def _says_or(reading: Reading) -> bool:
    """Whether its relations are alternatives: `x = 2 or x = -2`, or a list that gives one name two values."""
    if Join.OR in reading.joins:
        return True
    given = [relation.left for relation in reading.relations if reading.formula_class is FormulaClass.LIST]
    return len(set(given)) < len(given)


def _choices(obligation: Obligation) -> list[Choice]:
    """Each combination of readings, capped."""
    choices = [Choice(obligation.goal, ())]
    choices += [Choice(other, ()) for other in obligation.goal.alternatives]
    for premise in obligation.premises:
        ways = (premise, *premise.alternatives)
        choices = [replace(choice, premises=(*choice.premises, way)) for choice in choices for way in ways]
        choices = choices[:MAX_CHOICES]
    return _with_functions(choices)


def _with_functions(choices: list[Choice]) -> list[Choice]:
    """Where some formula defines a function (`V(t) = …`), what is written like it elsewhere is its value."""
    choices = [choice for choice in choices if not _both(choice)] or choices
    called = [_called(choice) for choice in choices]
    defined = {part for choice in choices for part in _defined(choice) | _moving(choice)}
    if not defined:
        return choices
    most = max(sum(name in defined for name in row) for row in called)
    return [choice for choice, row in zip(choices, called, strict=True) if sum(name in defined for name in row) == most]


def _both(choice: Choice) -> bool:
    """Whether a name is a function of a sum in one place and a quantity in another, as in `a (1 - n)` and `1/a`."""
    parts = [part for relation in _relations(choice) for side in (relation.left, relation.right) for part in walk(side)]
    plain = {part.name for part in parts if isinstance(part, Symbol)}
    return any(
        isinstance(part, Apply) and part.function in plain and any(isinstance(inside, Sum) for inside in part.arguments)
        for part in parts
    )


def _relations(choice: Choice) -> list[Relation]:
    return [relation for reading in (*choice.premises, choice.goal) for relation in reading.relations]


def _called(choice: Choice) -> list[str]:
    sides = [side for relation in _relations(choice) for side in (relation.left, relation.right)]
    return [part.function for side in sides for part in walk(side) if isinstance(part, Apply)]


def _moving(choice: Choice) -> set[str]:
    """The names that are differentiated: `N(T)` beside `dN/dt` is a value of N."""
    sides = [side for relation in _relations(choice) for side in (relation.left, relation.right)]
    found = [part.term for side in sides for part in walk(side) if isinstance(part, Derivative)]
    return {term.name for term in found if isinstance(term, Symbol)}


def _defined(choice: Choice) -> set[str]:
    found = set()
    for relation in _relations(choice):
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            argument = side.arguments[0] if isinstance(side, Apply) and len(side.arguments) == 1 else None
            if isinstance(side, Apply) and isinstance(argument, Symbol) and argument.name in names(other):
                found.add(side.function)
    return found


def _agreed(judged: Sequence[tuple[Choice, Verdict]]) -> Verdict:
    """Readings that cannot be measured are dropped; those that remain must agree."""
    possible = [one for one in judged if not stages.is_dimension_clash(one[1])] or list(judged)
    first = possible[0][1]
    if all(verdict.outcome == first.outcome for _, verdict in possible):
        return first
    possible = [possible[0], next(one for one in possible if one[1].outcome != first.outcome)]
    told = _told_apart([choice for choice, _ in possible])
    texts = "; ".join(f"{text}: {verdict.status.value}" for text, (_, verdict) in zip(told, possible, strict=True))
    return replace(undecided(Why.READINGS_DISAGREE, texts), reading=first.reading, guesses=first.guesses)


def _told_apart(choices: Sequence[Choice]) -> list[str]:
    """Each way of reading by what is read differently in it: the claim, else the first premise that is."""
    rows = [[choice.goal, *choice.premises] for choice in choices]
    texts = [["; ".join(map(to_text, reading.relations)) for reading in row] for row in rows]
    for at in range(len(texts[0])):
        column = [row[at] for row in texts]
        if len(set(column)) > 1:
            return [text if at == 0 else f"with {text}" for text in column]
    return [row[0] for row in texts]


def _judge(choice: Choice, obligation: Obligation, budget: Budget, tell: Progress) -> Verdict:
    premises = tuple(relation for reading in choice.premises for relation in reading.relations)
    origin = tuple(index for index, reading in enumerate(choice.premises) for _ in reading.relations)
    results = []
    joins = choice.goal.joins or (Join.FIRST,) * len(choice.goal.relations)
    for place, relation in enumerate(choice.goal.relations):
        earlier = choice.goal.relations[:place] if joins[place] is Join.STEP else ()
        if place == 0 and not premises and Join.STEP in joins:
            continue  # of `a => b` alone, a is what is supposed
        case = Case(
            relation,
            (*premises, *earlier),
            obligation.vocabulary,
            obligation.rtol,
            _seed(relation, premises),
            budget,
            tell,
        )
        verdict = stages.judge_relation(case)
        used = tuple(sorted({origin[index] for index in verdict.used if index < len(origin)}))
        results.append(replace(verdict, used=used))
    guesses = tuple(guess.text for guess in _guesses(choice))
    reading = "; ".join(_text(relation) for relation in choice.goal.relations)
    return replace(_chained(results), reading=reading, guesses=guesses)


def _guesses(choice: Choice) -> list[Guess]:
    return [guess for reading in (choice.goal, *choice.premises) for guess in reading.guesses]


def _text(relation: Relation) -> str:
    return to_text(relation)


def _chained(results: Sequence[Verdict]) -> Verdict:
    if len(results) == 1:
        return results[0]
    chosen = min(results, key=lambda verdict: WEAKEST.index(verdict.status))
    provided = tuple(dict.fromkeys(condition for verdict in results for condition in verdict.provided))
    used = tuple(sorted({index for verdict in results for index in verdict.used}))
    return replace(chosen, provided=provided, used=used, parts=tuple(results))


def _seed(goal: Relation, premises: Sequence[Relation]) -> int:
    """The same for the same formulas, whatever the order of the premises."""
    texts = [repr(goal), *sorted(repr(premise) for premise in premises)]
    return int.from_bytes(sha256("\n".join(texts).encode()).digest()[:8], "big")
