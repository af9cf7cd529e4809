"""Inequalities: by factors of known sign, with the premises' own inequalities as positive slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from vaultcheck.formula.algebra.decide import (
    ELSEWHERE,
    SAMPLES,
    Setting,
    leaves,
    preference,
    refuted,
    rounded,
    side_conditions,
)
from vaultcheck.formula.algebra.eliminate import Eliminated, Preference, eliminate
from vaultcheck.formula.algebra.models import holds, models, supports
from vaultcheck.formula.algebra.rings import cancelled, factored
from vaultcheck.formula.intervals import NoValueError
from vaultcheck.formula.kernel import accepts_positivity
from vaultcheck.formula.lift import term_of_poly
from vaultcheck.formula.model import Number, Relation, RelationKind, Symbol, Term
from vaultcheck.formula.normal import Ratio, UnlowerableError, lower, substituted
from vaultcheck.formula.order_rules import grown, slack_values
from vaultcheck.formula.polynomial import Poly
from vaultcheck.formula.question import EQUALITIES, LESS, STRICT, Question
from vaultcheck.formula.verdict import Positivity, Sampling, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import names

Slack = tuple[str, Term, int]
NOTHING = Relation(RelationKind.EQUAL, Number(Fraction(0)), Number(Fraction(0)))
MAX_EQUATIONS = 4


def decide_order(question: Question, setting: Setting) -> Verdict:
    """Whether an inequality follows; what holds at every point tried is sought again with other names solved for."""
    verdict = _decided(question, setting)
    if verdict.status is not Status.NUMERIC or not question.premises:
        return verdict
    for asked in (question, *_with_fewer(question)):
        for wanted in _preferences(asked):
            proof = None if setting.budget.over else _proof_by(asked, wanted, setting)
            if proof is not None:
                return proof
    return verdict


def _proof_by(question: Question, wanted: Preference, setting: Setting) -> Verdict | None:
    """A proof from solving so, or with one step of it not taken."""
    found = eliminate(question, wanted)
    proof = _proof(question, found, setting)
    for step in found.steps if proof is None else ():
        banned = (step.premise, question.atom(step.name))
        proof = proof or _proof(question, eliminate(question, wanted, (banned,)), setting)
    return proof


def _preferences(question: Question) -> Iterator[Preference]:
    """Other orders to solve in: as for an equation; the claim's own names first; those that premises compare last."""
    yield preference(replace(question, goal=replace(question.goal, kind=RelationKind.EQUAL)))
    every = leaves([side for r in (question.goal, *question.premises) for side in (r.left, r.right)], question.positive)
    yield Preference(every - leaves((question.goal.left, question.goal.right), question.positive))
    bounds = [premise for premise in question.premises if premise.kind in STRICT]
    if bounds:
        yield Preference(leaves([side for r in bounds for side in (r.left, r.right)], question.positive))


def _with_fewer(question: Question) -> Iterator[Question]:
    """The question without one of the equations, where solving that one may lead astray."""
    equations = [index for index, premise in enumerate(question.premises) if premise.kind in EQUALITIES]
    for left_out in equations if 1 < len(equations) <= MAX_EQUATIONS else ():
        kept = tuple(NOTHING if at == left_out else premise for at, premise in enumerate(question.premises))
        yield replace(question, premises=kept)


def _decided(question: Question, setting: Setting) -> Verdict:
    found = eliminate(question, preference(question))
    if found.impossible is not None or found.unsolved:
        return undecided(Why.NO_MODEL if found.impossible else Why.OPEN)
    count, certain = 0, True
    for model in islice(models(question, found, setting.seed, setting.whole), SAMPLES * 2):
        try:
            if holds(question.goal, model.at) is False and not rounded(question):
                if model.elsewhere:
                    return undecided(Why.OPEN, ELSEWHERE)
                verdict = refuted(question, found, setting, model, None)
                if verdict is not None:
                    return verdict
        except (NoValueError, ArithmeticError):
            continue
        count += 1
        certain = certain and supports(question.goal, model.at)
    proof = _proof(question, found, setting, bool(count))
    if proof is not None:
        return proof
    if count >= SAMPLES and certain:
        return Verdict(Status.NUMERIC, Sampling(count, ()))
    return undecided(Why.OPEN)


def _proof(question: Question, found: Eliminated, setting: Setting, met: bool = False) -> Verdict | None:
    """A proof from one elimination; `met` where values are known that meet the premises."""
    if found.impossible is not None or found.unsolved:
        return None
    proof = _shown(question, found)
    if proof is None or not (met or not found.nonzero or any(models(question, found, setting.seed, setting.whole))):
        return None
    nonzero = accepts_positivity(question, proof)
    assert nonzero is not None
    used = sorted({step.premise for step in found.steps} | {index for _, _, index in proof.slacks})
    status = Status.COMPUTED if setting.computed else Status.PROVED
    return Verdict(status, proof, provided=side_conditions(question, nonzero), used=tuple(used))


def _shown(question: Question, found: Eliminated) -> Positivity | None:
    small, large = question.goal.left, question.goal.right
    if question.goal.kind not in LESS:
        small, large = large, small
    try:
        gap = substituted(lower(large, question.positive) - lower(small, question.positive), found.values)
        for slacks in _slack_choices(question):
            for growth in (False, True):
                proof = Positivity(tuple(found.steps), slacks, (), growth)
                values = slack_values(question, proof)
                if values is None:
                    continue
                widened = substituted(gap, values)
                factors = _factors(cancelled(grown(widened) if growth else widened))
                proof = Positivity(tuple(found.steps), slacks, factors, growth)
                if accepts_positivity(question, proof) is not None:
                    return proof
    except (UnlowerableError, ArithmeticError):
        return None
    return None


def _factors(gap: Ratio) -> tuple[tuple[Term, int], ...]:
    if not gap.top:
        return ()
    rows: list[tuple[Term, int]] = []
    product = Poly.number(1)
    for poly, sign in ((gap.top, 1), (gap.bottom, -1)):
        for factor, count in factored(poly):
            rows.append((term_of_poly(factor), count * sign))
            if sign > 0:
                product = product * factor**count
    below = Poly.number(1)
    for factor, count in factored(gap.bottom):
        below = below * factor**count
    rest = Ratio(gap.top) * Ratio(below) / (Ratio(product) * Ratio(gap.bottom))
    rows.insert(0, (term_of_poly(rest.top), 1))
    # Two factors that are negative everywhere are one that is positive; the sign is settled in the kernel.
    return tuple(rows)


def _slack_choices(question: Question) -> Iterator[tuple[Slack, ...]]:
    """Each way to read the premises' inequalities as `name = other + something positive`."""
    yield ()
    options: list[list[Slack]] = []
    for index, premise in enumerate(question.premises):
        if premise.kind not in STRICT:
            continue
        small, large = premise.left, premise.right
        if premise.kind not in LESS:
            small, large = large, small
        if isinstance(large, Symbol) and large.name not in names(small):
            options.append([(large.name, small, index)])
    chosen: list[Slack] = []
    for option in options:
        chosen.append(option[0])
        yield tuple(chosen)
    for option in options[1:]:
        yield (option[0],)
