"""One relation from its premises: solve, then look whether the claim is an identity or fails at a point.

Everything here is a search. A proof is handed out only after the kernel has accepted its evidence (or marked as
a computation), a refutation only after the kernel has replayed the premises at the witness.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from vaultcheck.formula.algebra.certificate import by_division, by_ideal
from vaultcheck.formula.algebra.eliminate import SOLVABLE, Eliminated, Preference, divisors_of, eliminate
from vaultcheck.formula.algebra.honesty import honest
from vaultcheck.formula.algebra.identities import vanishes
from vaultcheck.formula.algebra.models import Model, degenerate, holds, models, supports
from vaultcheck.formula.algebra.presumed import presumed
from vaultcheck.formula.algebra.rings import cancelled, factored
from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.intervals import Interval, NoValueError
from vaultcheck.formula.isolate import surely_nonzero
from vaultcheck.formula.kernel import accepts_certificate, accepts_elimination, breaks, same
from vaultcheck.formula.lift import term_of, term_of_poly
from vaultcheck.formula.model import Number, Relation, Root, Sum, Symbol, Term
from vaultcheck.formula.normal import Ratio, is_positive_atom, lower, substituted
from vaultcheck.formula.polynomial import Atom, Poly
from vaultcheck.formula.question import ORDERED, Question
from vaultcheck.formula.ratio import is_never_negative
from vaultcheck.formula.verdict import (
    Certificate,
    Computation,
    Condition,
    Elimination,
    Need,
    Refutation,
    Sampling,
    Status,
    Verdict,
    Why,
    Witness,
    undecided,
)
from vaultcheck.formula.walk import names, names_of, walk
from vaultcheck.formula.write import to_text

PROOFS = frozenset({Status.PROVED, Status.COMPUTED})
MAX_BRANCHES = 3
ROUNDED_SHARE = Fraction(1, 20)
"""Where numbers are rounded, sides closer than this are not called different."""
ELSEWHERE = "it fails only on other branches of an inverse function"
SAMPLES = 12
NEEDED = 4
MOST_FACTORS = 4
MOST_TERMS = 6
"""So much of "true only if" is told; with a factor left out it would not be so."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a decision needs besides the question: time, a seed, and what was already computed on the way."""

    budget: Budget
    seed: int
    computed: tuple[str, ...] = ()
    varying: Collection[str] = ()
    whole: Collection[str] = ()
    """Names that may count something: points are tried at whole numbers of them."""
    counts: Collection[str] = ()
    """Names declared to be whole numbers: computer algebra may use it."""


def leaves(terms: Sequence[Term], positive: Collection[str]) -> set[Atom]:
    """The names and derivatives in terms, as atoms."""
    found: set[Atom] = set()
    for term in terms:
        ratio = lower(term, positive)
        for poly in (ratio.top, ratio.bottom):
            found |= {leaf for atom in poly.atoms() for leaf in atom.atoms() if leaf.kind in SOLVABLE}
    return found


def preference(question: Question) -> Preference:
    """Names outside the claim are solved for first, then the claim's lone side."""
    goal = question.goal
    kept = leaves((goal.left, goal.right), question.positive)
    lead = {
        atom
        for side, other in ((goal.left, goal.right), (goal.right, goal.left))
        if isinstance(side, Symbol) and side.name not in names_of(Relation(goal.kind, other, other))
        for atom in leaves((side,), question.positive)
    }
    if goal.kind in ORDERED:
        bounds = [premise for premise in question.premises if premise.kind in ORDERED]
        compared = leaves([side for premise in bounds for side in (premise.left, premise.right)], question.positive)
        signed = leaves([side for p in question.premises for side in (p.left, p.right)], question.positive)
        # Positive names carry the sign of the result: they stay, what may have any sign is solved for.
        kept, lead = kept | compared | {atom for atom in signed if is_positive_atom(atom)}, kept - compared
    return Preference(frozenset(kept), frozenset(lead))


def decide_equation(question: Question, setting: Setting) -> Verdict:
    """Whether an equation follows from equations and inequalities.

    Where a step divided by what may vanish, the premises have more than one branch. A claim that follows on one
    of them, provided that something is not zero, is not refuted by another.
    """
    found = eliminate(question, preference(question))
    verdict = _on_branch(question, setting, found)
    if verdict.status in {Status.NUMERIC, Status.UNDECIDED} and not setting.budget.over:
        verdict = _squared(question, setting) or verdict
    plain = verdict.why is Why.OPEN and not verdict.detail and not (found.unsolved or found.doubtful)
    if plain and verdict.status is Status.UNDECIDED:
        verdict = _refuted_otherwise(question, setting, found) or verdict
    if verdict.status in PROOFS or not found.doubtful:
        return verdict
    for step in found.doubtful[:MAX_BRANCHES]:
        other = eliminate(question, preference(question), (step,))
        if other.unsolved or other.impossible is not None or setting.budget.over:
            continue
        second = _on_branch(question, setting, other)
        if second.status in PROOFS:
            return second
        if verdict.status is Status.UNDECIDED:
            verdict = second
    return verdict


def _refuted_otherwise(question: Question, setting: Setting, found: Eliminated) -> Verdict | None:
    """A refutation with one step not taken, where the kernel could not replay the one that was."""
    for step in found.steps[:MAX_BRANCHES]:
        other = eliminate(question, preference(question), ((step.premise, question.atom(step.name)),))
        if other.unsolved or other.impossible is not None or setting.budget.over:
            continue
        _, verdict = _tested(question, other, setting, None)
        if verdict is not None and verdict.status in {Status.REFUTED, Status.NOT_FOLLOWING}:
            return verdict
    return None


def _on_branch(question: Question, setting: Setting, found: Eliminated) -> Verdict:
    if found.impossible is not None:
        return undecided(Why.NO_MODEL, "the premises could not be met")
    goal = question.goal
    if any(not substituted(Ratio(one.poly), found.values).top for one in presumed(question)):
        return undecided(Why.NO_MODEL, "the claim has no value where the premises hold")
    left = cancelled(substituted(lower(goal.left, question.positive), found.values))
    right = cancelled(substituted(lower(goal.right, question.positive), found.values))
    rest = cancelled(left - right)
    if not rest.top or same(question, left, right):
        return _proved(question, found, setting)
    samples: list[Model] = []
    if not found.unsolved:
        samples, verdict = _tested(question, found, setting, rest)
        if verdict is not None and verdict.status is Status.UNDECIDED:
            verdict = _as_motion(question, found, setting) or verdict
        if verdict is not None:
            return verdict
    return _searched(question, found, setting, (left, right), samples)


def _squared(question: Question, setting: Setting) -> Verdict | None:
    """A proof of the equation's squares, where a root stands in it and neither side is ever below zero.

    Only one root may be of something whose sign is not known: the other side's square shows that it is positive.
    Of `root(x y) = root(x) root(y)` the squares are equal, and for negative x and y the left side alone has a value.
    """
    sides = (question.goal.left, question.goal.right)
    if not any(isinstance(part, Root) for side in sides for part in walk(side)):
        return None
    ratios = [lower(side, question.positive) for side in sides]
    if not all(is_never_negative(poly) for ratio in ratios for poly in (ratio.top, ratio.bottom)):
        return None
    roots = {atom for r in ratios for poly in (r.top, r.bottom) for atom in poly.atoms() if atom.kind == "root"}
    if sum(not is_positive_atom(atom) for atom in roots) > 1:
        return None
    left, right = (ratio * ratio for ratio in ratios)
    if (left, right) == tuple(ratios) or any(_rooted(ratio) for ratio in (left, right)):
        return None
    goal = replace(question.goal, left=term_of(left), right=term_of(right))
    shown = _on_branch(replace(question, goal=goal), setting, eliminate(question, preference(question)))
    if shown.status not in PROOFS:
        return None
    steps = shown.evidence.steps if isinstance(shown.evidence, Elimination) else ()
    lines = ("neither side is below zero", *setting.computed)
    return replace(shown, status=Status.COMPUTED, evidence=Computation("both sides squared", lines, steps))


def _rooted(ratio: Ratio) -> bool:
    return any(atom.kind == "root" for poly in (ratio.top, ratio.bottom) for atom in poly.atoms())


def _searched(
    question: Question, found: Eliminated, setting: Setting, sides: tuple[Ratio, Ratio], samples: list[Model]
) -> Verdict:
    left, right = sides
    if not found.unsolved or not question.premises:
        with setting.budget.step(3.0):
            route = vanishes(term_of(left), term_of(right), question.positive, setting.budget, setting.counts)
            if route is not None and (len(samples) >= NEEDED or not found.unsolved):
                return _computed(question, found, setting, route)
    if question.premises:
        with setting.budget.step(2.5) as spent:
            certificate = by_ideal(question)
            if certificate is not None:
                return _certified(question, certificate, setting)
        if spent.out:
            setting.budget.note("ideal membership ran out of time")
    if setting.budget.over or setting.budget.notes:
        fallback = undecided(Why.BUDGET, "; ".join(dict.fromkeys(setting.budget.notes)) or "no time was left")
    else:
        fallback = undecided(Why.OPEN)
    if len(samples) >= NEEDED and not found.unsolved:
        ranges = tuple((name, "small fractions") for name, _ in samples[0].free)
        return Verdict(Status.NUMERIC, Sampling(len(samples), ranges), detail=fallback.detail)
    return fallback


def _tested(
    question: Question, found: Eliminated, setting: Setting, rest: Ratio | None
) -> tuple[list[Model], Verdict | None]:
    """Admissible points: the first at which the claim fails refutes it; all are given back if all speak for it."""
    samples: list[Model] = []
    coarse = 0
    broken: list[Model] = []
    elsewhere = False
    loose = rounded(question)
    for model in islice(models(question, found, setting.seed, setting.whole), SAMPLES):
        try:
            breaks_it = _far_apart(question.goal, model) if loose else holds(question.goal, model.at) is False
        except (NoValueError, ArithmeticError):
            continue
        if breaks_it and model.elsewhere:
            elsewhere = True
            continue
        if breaks_it or supports(question.goal, model.at):
            (broken if breaks_it else samples).append(model)
        else:
            coarse += 1
        if setting.budget.over or (broken and not loose):
            break
    if broken and (not loose or (len(broken) >= NEEDED and not samples and not coarse)):
        return [], refuted(question, found, setting, broken[0], rest)
    return [] if broken or coarse else samples, undecided(Why.OPEN, ELSEWHERE) if elsewhere else None


def _as_motion(question: Question, found: Eliminated, setting: Setting) -> Verdict | None:
    """The same test with the derivatives solved for first, as a differential equation gives them."""
    sides = [side for relation in (question.goal, *question.premises) for side in (relation.left, relation.right)]
    every = leaves(sides, question.positive)
    slopes = {atom for atom in every if atom.kind == "derivative"}
    if not slopes:
        return None
    moving = {atom for atom in every if atom.kind != "derivative" and atom.parts[0] in {s.parts[0] for s in slopes}}
    carried = {str(atom.parts[0]) for atom in moving}
    given = {atom for atom in every - moving - slopes if any(_gives(p, atom, carried) for p in question.premises)}
    for wanted in (Preference(every - slopes, moving), Preference(every - slopes - given))[: 1 + bool(given)]:
        other = eliminate(question, wanted)
        if other.unsolved or other.impossible is not None:
            continue
        _, verdict = _tested(question, replace(other, ties=found.ties), setting, None)
        if verdict is not None and verdict.status is not Status.UNDECIDED:
            return verdict
    return None


def _gives(premise: Relation, atom: Atom, moving: Collection[str]) -> bool:
    """Whether a premise is a formula of a moving name for another name: `I = g (V - E)`."""
    sides = ((premise.left, premise.right), (premise.right, premise.left))
    return any(
        isinstance(side, Symbol) and side.name == atom.parts[0] and bool(names(other) & set(moving))
        for side, other in sides
    )


def rounded(question: Question) -> bool:
    """Whether a number in the formulas is written to some digits only: then small differences prove nothing."""
    return any(
        isinstance(part, Number) and not part.exact
        for relation in (question.goal, *question.premises)
        for side in (relation.left, relation.right)
        for part in walk(side)
    )


def _far_apart(goal: Relation, model: Model) -> bool:
    left, right = value(goal.left, model.at), value(goal.right, model.at)
    share = max(abs(left.middle), abs(right.middle)) * ROUNDED_SHARE
    return left.widened(share).disjoint(right)


def refuted(
    question: Question, found: Eliminated, setting: Setting, model: Model, rest: Ratio | None
) -> Verdict | None:
    """The refutation by this model, if the kernel confirms it and it is a model of functions as well as of numbers."""
    left, right = value(question.goal.left, model.at), value(question.goal.right, model.at)
    witness = Witness(model.free, tuple(found.steps), _ends(left), _ends(right), setting.computed)
    if degenerate(question, found):
        return undecided(Why.OPEN, "the values that break it are degenerate")
    if not honest(question, found, setting.varying):
        return undecided(Why.OPEN, "the values that break it may not belong to any function of time")
    if not breaks(question, witness):
        return None
    status = Status.REFUTED if found.ties or not question.premises else Status.NOT_FOLLOWING
    return Verdict(
        status,
        witness,
        refutation=Refutation.WITNESS if status is Status.REFUTED else None,
        only_if=_only_if(question, rest) if rest is not None else (),
        used=tuple(sorted({step.premise for step in found.steps})),
        missing="" if status is Status.REFUTED else "the claim itself",
    )


def _ends(interval: Interval) -> tuple[Fraction, Fraction]:
    return (interval.low, interval.high)


def _only_if(question: Question, rest: Ratio) -> tuple[str, ...]:
    """The factors whose vanishing would make the claim true, in terms of what the premises leave free.

    None is given where not all can be told in a line.
    """
    sides = [side for relation in (question.goal, *question.premises) for side in (relation.left, relation.right)]
    lead = preference(question).lead
    found = eliminate(question, Preference(leaves(sides, question.positive), lead)) if lead else None
    if found is not None and not found.unsolved and found.impossible is None:
        goal = lower(question.goal.left, question.positive) - lower(question.goal.right, question.positive)
        rest = cancelled(substituted(goal, found.values))
    factors = [term_of_poly(factor) for factor, _ in factored(rest.top) if not surely_nonzero(factor)]
    factors = [factor for factor in factors if names(factor)]  # 1 − √2 does not vanish either
    if len(factors) > MOST_FACTORS or any(isinstance(one, Sum) and len(one.terms) > MOST_TERMS for one in factors):
        return ()
    return tuple(f"{to_text(factor)} = 0" for factor in factors)


def _certified(question: Question, certificate: Certificate, setting: Setting) -> Verdict:
    nonzero = accepts_certificate(question, certificate)
    assert nonzero is not None
    return finished(question, certificate, nonzero, setting, sorted(index for index, _ in certificate.cofactors))


def _proved(question: Question, found: Eliminated, setting: Setting) -> Verdict:
    """The claim is an identity once the premises are solved: certificate first, else the elimination itself."""
    if any(not substituted(Ratio(poly), found.values).top for poly in found.nonzero):
        return undecided(Why.NO_MODEL, "the premises make zero what was divided by")
    pending = [poly for poly in found.nonzero if not surely_nonzero(poly)]
    if pending and next(models(question, found, setting.seed, setting.whole), None) is None:
        return undecided(Why.NO_MODEL, "no values meet the premises where nothing divided by is zero")
    certificate = by_division(question, found.steps)
    if certificate is not None and all(
        substituted(lower(term, question.positive), found.values).top for term, _ in certificate.factors
    ):
        return _certified(question, certificate, setting)
    evidence = Elimination(tuple(found.steps))
    nonzero = accepts_elimination(question, evidence)
    used = sorted({step.premise for step in found.steps})
    if nonzero is None:
        return _computed(question, found, setting, "common factors cancelled")
    return finished(question, evidence, nonzero, setting, used)


def _computed(question: Question, found: Eliminated, setting: Setting, route: str) -> Verdict:
    evidence = Computation(route, setting.computed, tuple(found.steps))
    verdict = finished(question, Elimination(()), found.nonzero, setting, sorted({s.premise for s in found.steps}))
    return replace(verdict, status=Status.COMPUTED, evidence=evidence)


def finished(
    question: Question,
    evidence: Certificate | Elimination,
    nonzero: Sequence[Poly],
    setting: Setting,
    used: Sequence[int],
) -> Verdict:
    """A proof with its side conditions; what was computed on the way makes it a proof by computation."""
    if setting.computed:
        steps = evidence.steps if isinstance(evidence, Elimination) else ()
        return Verdict(
            Status.COMPUTED,
            Computation(setting.computed[0], setting.computed[1:], steps),
            provided=side_conditions(question, nonzero),
            used=tuple(used),
        )
    return Verdict(Status.PROVED, evidence, provided=side_conditions(question, nonzero), used=tuple(used))


def side_conditions(question: Question, nonzero: Sequence[Poly]) -> tuple[Condition, ...]:
    """What must not vanish, in irreducible factors, without what surely does not."""
    defined = [factor for poly in divisors_of(question) for factor, _ in factored(poly)]
    seen: dict[str, Condition] = {}
    for poly in nonzero:
        if surely_nonzero(poly, defined):
            continue
        for factor, _ in factored(poly):
            if not surely_nonzero(factor, defined):
                seen.setdefault(str(factor), Condition(term_of_poly(factor), Need.NONZERO))
    return tuple(seen.values())
