"""Inequalities: by factors of known sign, with the premises' own inequalities as positive slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
from vaultcheck.formula.model import RelationKind, Symbol, Term
from vaultcheck.formula.normal import Ratio, UnlowerableError, lower, substituted
from vaultcheck.formula.order_rules import grown, slack_values
from vaultcheck.formula.polynomial import Poly
from vaultcheck.formula.question import LESS, STRICT, Question
from vaultcheck.formula.verdict import Positivity, Sampling, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import names

Slack = tuple[str, Term, int]
SETTLED = frozenset({Status.PROVED, Status.COMPUTED, Status.REFUTED, Status.NOT_FOLLOWING})


def decide_order(question: Question, setting: Setting) -> Verdict:
    """Whether an inequality follows: with the names that may have any sign solved for, then with the claim's own."""
    verdict = _decided(question, setting, preference(question))
    if verdict.status in SETTLED or not question.premises or setting.budget.over:
        return verdict
    every = [side for r in (question.goal, *question.premises) for side in (r.left, r.right)]
    others = leaves(every, question.positive) - leaves((question.goal.left, question.goal.right), question.positive)
    equation = preference(replace(question, goal=replace(question.goal, kind=RelationKind.EQUAL)))
    for wanted in (equation, Preference(others)):
        other = _decided(question, setting, wanted)
        if other.status in SETTLED:
            return other
    return verdict


def _decided(question: Question, setting: Setting, wanted: Preference) -> Verdict:
    found = eliminate(question, wanted)
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
    proof = _shown(question, found)
    if proof is not None and (count or not found.nonzero):
        nonzero = accepts_positivity(question, proof)
        assert nonzero is not None
        used = sorted({step.premise for step in found.steps} | {index for _, _, index in proof.slacks})
        status = Status.COMPUTED if setting.computed else Status.PROVED
        return Verdict(status, proof, provided=side_conditions(question, nonzero), used=tuple(used))
    if count >= SAMPLES and certain:
        return Verdict(Status.NUMERIC, Sampling(count, ()))
    return undecided(Why.OPEN)


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
