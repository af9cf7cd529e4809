"""The kernel: what decides. It checks evidence again with exact fractions and knows nothing of how it was found.

A proof is accepted as an identity between polynomials (`Certificate`), as a replayed elimination, as a sum of
products of positive things, or as an induction step; a refutation by replaying every premise to 0 = 0 at a
point where the claim's two sides are apart. Pure Python: no computer algebra, no floating point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vaultcheck.formula.isolate import isolate
from vaultcheck.formula.model import Apply, Series, Symbol
from vaultcheck.formula.normal import Ratio, exponential, is_positive, lower, number, substituted, whole_power
from vaultcheck.formula.order_rules import GROWTH_NAMES, SLACK_NAMES, above_zero, grown, slack_values
from vaultcheck.formula.polynomial import ONE, ZERO, Atom, Poly, total
from vaultcheck.formula.question import EQUALITIES, LESS, ORDERED, STRICT, Question
from vaultcheck.formula.verdict import Certificate, Elimination, Induction, Positivity, Solved, Witness
from vaultcheck.formula.walk import walk


@dataclass(frozen=True, slots=True)
class Replay:
    """The values that an elimination gives, and the polynomials it divided by."""

    values: dict[Atom, Ratio]
    nonzero: tuple[Poly, ...]


def accepts_certificate(question: Question, certificate: Certificate) -> tuple[Poly, ...] | None:
    """The factors whose vanishing would make the certificate empty, or None if it does not hold."""
    factor, nonzero = ONE, []
    for term, count in certificate.factors:
        part = lower(term, question.positive)
        if part.bottom != ONE or count < 1:
            return None
        factor = factor * part.top**count
        nonzero.append(part.top)
    rows = []
    for index, cofactor in certificate.cofactors:
        ratio = lower(cofactor, question.positive)
        if ratio.bottom != ONE or not 0 <= index < len(question.premises):
            return None
        rows.append(ratio.top * question.top(question.premises[index]))
    if not factor or total(rows) != factor * question.top(question.goal):
        return None
    return tuple(nonzero)


def replay(steps: Sequence[Solved], question: Question) -> Replay | None:
    """The elimination made again: each premise must give the value that its step states."""
    values: dict[Atom, Ratio] = {}
    nonzero: list[Poly] = []
    for step in steps:
        if not 0 <= step.premise < len(question.premises):
            return None
        equation = substituted(Ratio(question.top(question.premises[step.premise])), values)
        atom = question.atom(step.name)
        found = isolate(equation.top, atom)
        if found is None or atom in values:
            return None
        value = lower(step.value, question.positive)
        if (value - found.value).top or value.top.mentions(atom) or value.bottom.mentions(atom):
            return None
        if any(value.top.mentions(known) or value.bottom.mentions(known) for known in values):
            return None
        values = {known: substituted(old, {atom: value}) for known, old in values.items()} | {atom: value}
        nonzero.extend(found.nonzero)
    return Replay(values, tuple(nonzero))


def accepts_elimination(question: Question, evidence: Elimination) -> tuple[Poly, ...] | None:
    """The polynomials that must not vanish, or None if the goal is no identity after the steps."""
    made = replay(evidence.steps, question)
    if made is None or question.goal.kind not in EQUALITIES:
        return None
    rest = substituted(question.lowered(question.goal.left), made.values)
    other = substituted(question.lowered(question.goal.right), made.values)
    return made.nonzero if same(question, rest, other) else None


def same(question: Question, left: Ratio, right: Ratio) -> bool:
    """Whether two normal forms of the goal's sides are equal, or their exponentials are, which comes to the same.

    The second only where every logarithm in the goal is taken of what is surely positive: `ln(a^2) = 2 ln a` is
    not to be had for an `a` that may be negative.
    """
    gap = left - right
    if not gap.top:
        return True
    inside = [part.arguments[0] for part in _logarithms(question)]
    if not inside or not all(is_positive(r.top) and is_positive(r.bottom) for r in map(question.lowered, inside)):
        return False
    return not (exponential(gap) - number(1)).top


def _logarithms(question: Question) -> Iterator[Apply]:
    for side in (question.goal.left, question.goal.right):
        for part in walk(side):
            if isinstance(part, Apply) and part.function in {"ln", "log"}:
                yield part


def accepts_positivity(question: Question, evidence: Positivity) -> tuple[Poly, ...] | None:
    """The polynomials that must not vanish, or None if the inequality is not shown."""
    kind = question.goal.kind
    made = replay(evidence.steps, question)
    if made is None or kind not in ORDERED:
        return None
    small, large = question.goal.left, question.goal.right
    if kind not in LESS:
        small, large = large, small
    gap = substituted(lower(large, question.positive) - lower(small, question.positive), made.values)
    values = slack_values(question, evidence)
    if values is None:
        return None
    gap = grown(substituted(gap, values)) if evidence.growth else substituted(gap, values)
    product, nonzero, negative = number(1), list(made.nonzero), False
    for term, count in evidence.factors:
        part = lower(term, {*question.positive, *SLACK_NAMES, *GROWTH_NAMES})
        product = product * whole_power(part, count)
        sign = 1 if above_zero(part) else -1 if above_zero(-part) else 0
        if not sign and count % 2:
            return None
        if not sign and kind in STRICT:
            nonzero.append(part.top)
        negative ^= sign < 0 and count % 2 == 1
    return None if negative or (gap - product).top else tuple(nonzero)


def accepts_induction(question: Question, evidence: Induction) -> tuple[Poly, ...] | None:
    """The polynomials that must not vanish, or None if base or step fails."""
    series, closed = question.goal.left, question.goal.right
    if not isinstance(series, Series):
        series, closed = closed, series
    if not isinstance(series, Series) or question.goal.kind not in EQUALITIES:
        return None
    if closed != evidence.closed or series.index.name != evidence.index:
        return None
    if series.lower is None or not isinstance(series.upper, Symbol) or series.index.name == series.upper.name:
        return None
    positive = {*question.positive, series.upper.name, series.index.name}
    wider = Question(question.goal, (), positive)
    bound = wider.atom(series.upper)
    value, body = lower(closed, positive), lower(series.body, positive)
    if any(part.mentions(bound) for part in (body.top, body.bottom)):
        return None
    index = wider.atom(series.index)
    start = lower(series.lower, positive)
    base = substituted(value, {bound: start}) - substituted(body, {index: start})
    before = substituted(value, {bound: lower(series.upper, positive) - number(1)})
    last = substituted(body, {index: lower(series.upper, positive)})
    step = value - before * last if series.product else value - before - last
    return None if base.top or step.top else (value.bottom,)


def breaks(question: Question, witness: Witness) -> bool:
    """Whether every premise is 0 = 0 at the witness, nothing divided by vanishes there and the sides are apart.

    The enclosures of the two sides are the witness's own; `witness.separates` computes them again by intervals.
    """
    made = replay(witness.steps, question)
    if made is None:
        return False
    point = {question.atom(Symbol(name)): number(value) for name, value in witness.free}
    for name, value in witness.free:
        if value == 0 or (name in question.positive and value < 0):
            return False
    for premise in question.premises:
        if premise.kind in EQUALITIES and substituted(Ratio(question.top(premise)), made.values).top != ZERO:
            return False
    for poly in made.nonzero:
        if substituted(Ratio(poly), point).top == ZERO:
            return False
    return witness.left[1] < witness.right[0] or witness.right[1] < witness.left[0]
