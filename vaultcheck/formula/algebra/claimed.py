"""A claim `f = formula in t`, put into what the premises say of f."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from vaultcheck.formula.algebra.calculus import CALCULUS, Setup, definition, is_algebraic, put_in
from vaultcheck.formula.algebra.solutions import is_only_solution
from vaultcheck.formula.differentiate import NotDifferentiableError
from vaultcheck.formula.isolate import isolate, surely_nonzero
from vaultcheck.formula.lift import term_of
from vaultcheck.formula.model import Apply, Relation, Term
from vaultcheck.formula.normal import difference
from vaultcheck.formula.polynomial import Atom
from vaultcheck.formula.question import EQUALITIES
from vaultcheck.formula.verdict import Computation, Refutation, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import has, names, names_of, walk

WRONG = frozenset({Status.REFUTED, Status.NOT_FOLLOWING})
Ask = Callable[[Relation, tuple[Relation, ...]], Verdict]
"""Judges a relation from premises."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The function that a claim gives a formula of, and that formula."""

    name: str
    formula: Term


def claimed_solution(setup: Setup, positive: Collection[str], ask: Ask) -> Verdict | None:
    """Whether the claimed formula satisfies the equation, the initial values and the limits, and alone does.

    None where no premise is about the claim's function in more than plain algebra.
    """
    given = _solved_for_function(setup, positive) if setup.variable else None
    if given is None:
        return None
    premises = dict(enumerate(setup.premises))
    about = [index for index, premise in premises.items() if _speaks_of(premise, given.name)]
    if all(is_algebraic(premises[index]) for index in about):
        return None
    others = tuple(premise for index, premise in premises.items() if index not in about)
    about = [index for index in about if not _gives_another(premises, index, given, setup.variable)]
    lines: list[str] = []
    doubtful = False
    for index in about:
        inner = Setup(premises[index], [], [], setup.variable, set(setup.functions))
        try:
            put_in(inner, given.name, given.formula)
        except NotDifferentiableError:
            return undecided(Why.UNSUPPORTED, "the claimed solution cannot be differentiated")
        verdict = ask(inner.goal, others)
        lines.append(f"premise {setup.origin[index] + 1}: {verdict.status.value}")
        if verdict.status in WRONG and not _is_tied(premises, about, index, given):
            return _not_satisfied(verdict, setup.origin[index])
        doubtful = doubtful or verdict.status not in {Status.PROVED, Status.COMPUTED}
    if doubtful:
        return undecided(Why.OPEN, "a premise could not be checked for the claimed solution")
    used = tuple(sorted({setup.origin[index] for index in about}))
    if not is_only_solution(given.name, setup.variable, [premises[index] for index in about], positive):
        return replace(undecided(Why.IS_A_SOLUTION, f"{given.name} satisfies the premises"), used=used)
    evidence = Computation("the solution put into the differential equation", tuple(lines))
    return Verdict(Status.COMPUTED, evidence, used=used)


def _not_satisfied(verdict: Verdict, premise: int) -> Verdict:
    return replace(
        verdict,
        status=Status.REFUTED,
        refutation=verdict.refutation or Refutation.WITNESS,
        detail="the claimed solution does not satisfy a premise",
        used=(premise,),
        missing="",
    )


def _more(premise: Relation, given: Solution) -> set[str]:
    """The names of a premise that the claimed formula does not have."""
    return names_of(premise) - names(given.formula) - {given.name}


def _gives_another(premises: dict[int, Relation], index: int, given: Solution, variable: str) -> bool:
    """Whether a premise says what some other name is worth, which nothing else speaks of: it can always be met."""
    if not is_algebraic(premises[index]):
        return False
    rest = {name for at, premise in premises.items() if at != index for name in names_of(premise)}
    return bool(_more(premises[index], given) - rest - {variable})


def _is_tied(premises: dict[int, Relation], about: Sequence[int], index: int, given: Solution) -> bool:
    """Whether plain algebra about the function settles a name of the premise: its value cannot be chosen freely."""
    extra = _more(premises[index], given)
    return any(is_algebraic(premises[at]) and extra & names_of(premises[at]) for at in about)


def _solved_for_function(setup: Setup, positive: Collection[str]) -> Solution | None:
    """The claim as `f = formula in t`, also where it is written otherwise (`2 f = …`, `f - … = 0`)."""
    given = definition(setup.goal, setup.functions, setup.variable)
    if given is not None:
        return Solution(*given)
    if setup.goal.kind not in EQUALITIES or has(setup.goal, (*CALCULUS, Apply)):
        return None
    for name in sorted(setup.functions & names_of(setup.goal)):
        atom = Atom("positive" if name in positive else "name", name)
        found = isolate(difference(setup.goal, positive).top, atom)
        if found is not None and all(surely_nonzero(poly) for poly in found.nonzero):
            formula = term_of(found.value)
            if setup.variable in names(formula) and not names(formula) & setup.functions:
                return Solution(name, formula)
    return None


def _speaks_of(premise: Relation, name: str) -> bool:
    called = any(
        isinstance(part, Apply) and part.function == name
        for side in (premise.left, premise.right)
        for part in walk(side)
    )
    return called or name in names_of(premise)
