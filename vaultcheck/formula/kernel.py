"""The kernel: what decides. It checks evidence again with exact fractions and knows nothing of how it was found.

A proof is accepted as an identity between polynomials (`Certificate`), as a replayed elimination, as a sum of
products of positive things, or as an induction step; a refutation by replaying every premise to 0 = 0 at a
point where the claim's two sides are apart. Pure Python: no computer algebra, no floating point.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.isolate import isolate, surely_nonzero
from vaultcheck.formula.model import Relation, RelationKind, Series, Symbol, Term
from vaultcheck.formula.normal import EULER, Ratio, difference, is_positive, lower, number, of, substituted, whole_power
from vaultcheck.formula.polynomial import ONE, ZERO, Atom, Poly, total
from vaultcheck.formula.verdict import Certificate, Condition, Elimination, Induction, Need, Positivity, Solved, Witness

EQUALITIES = frozenset({RelationKind.EQUAL, RelationKind.DEFINED, RelationKind.IDENTICAL})
STRICT = frozenset({RelationKind.LESS, RelationKind.GREATER})
LESS = frozenset({RelationKind.LESS, RelationKind.LESS_EQUAL})
SLACK_NAMES = tuple(f"slack {row}" for row in range(6))
GROWTH_NAMES = tuple(f"growth {row}" for row in range(6))
ORDERED = STRICT | {RelationKind.LESS_EQUAL, RelationKind.GREATER_EQUAL}


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked: a goal, its premises, and the names that are positive."""

    goal: Relation
    premises: tuple[Relation, ...]
    positive: Collection[str]

    def top(self, relation: Relation) -> Poly:
        """The polynomial that vanishes exactly where the equation holds and is defined."""
        if relation.kind not in EQUALITIES:
            raise ValueError(f"{relation.kind} is not an equation")
        return difference(relation, self.positive).top


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
        atom = _atom(step.name, question.positive)
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


def _atom(term: Term, positive: Collection[str]) -> Atom:
    single = lower(term, positive).top.single()
    if single is None or len(single[1]) != 1:
        raise ValueError("a step must solve for one name")
    return single[1][0][0]


def accepts_elimination(question: Question, evidence: Elimination) -> tuple[Poly, ...] | None:
    """The polynomials that must not vanish, or None if the goal is no identity after the steps."""
    made = replay(evidence.steps, question)
    if made is None or question.goal.kind not in EQUALITIES:
        return None
    rest = substituted(lower(question.goal.left, question.positive), made.values)
    other = substituted(lower(question.goal.right, question.positive), made.values)
    return None if (rest - other).top else made.nonzero


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
        sign = 1 if _above_zero(part) else -1 if _above_zero(-part) else 0
        if not sign and count % 2:
            return None
        if not sign and kind in STRICT:
            nonzero.append(part.top)
        negative ^= sign < 0 and count % 2 == 1
    return None if negative or (gap - product).top else tuple(nonzero)


def _above_zero(ratio: Ratio) -> bool:
    return (is_positive(ratio.top) and is_positive(ratio.bottom)) or exceeds_one(ratio)


def exceeds_one(ratio: Ratio) -> bool:
    """Whether it is a sum of logarithms, with whole numbers before them, of something that is more than one."""
    if ratio.bottom != ONE:
        return False
    inside = [number(1), number(1)]
    for monomial, count in ratio.top.terms.items():
        ((atom, power),) = monomial if len(monomial) == 1 else ((Atom("none"), 0),)
        parts = [part for part in atom.parts if isinstance(part, Poly)]
        if atom.kind != "ln" or power != 1 or count.denominator != 1 or not all(is_positive(p) for p in parts):
            return False
        inside[count < 0] = inside[count < 0] * whole_power(Ratio(parts[0], parts[1]), abs(int(count)))
    gap = inside[0] - inside[1]
    return is_positive(gap.top) and is_positive(gap.bottom)


def slack_values(question: Question, evidence: Positivity) -> dict[Atom, Ratio] | None:
    """Each slack name as another term plus something positive; None where a premise does not say so."""
    values: dict[Atom, Ratio] = {}
    for row, (name, other, index) in enumerate(evidence.slacks):
        if row >= len(SLACK_NAMES) or not _is_slack(question, name, other, index):
            return None
        atom = _atom(Symbol(name), question.positive)
        value = substituted(lower(other, question.positive) + of(Atom("positive", SLACK_NAMES[row])), values)
        if atom in values or any(part.mentions(atom) for part in (value.top, value.bottom)):
            return None
        values = {known: substituted(old, {atom: value}) for known, old in values.items()} | {atom: value}
    return values


def grown(ratio: Ratio) -> Ratio:
    """Each `e^m` with positive m written as one plus something positive."""
    atoms = {atom for poly in (ratio.top, ratio.bottom) for atom in poly.atoms() if atom.kind == "power"}
    values = {}
    for row, atom in enumerate(sorted(atoms, key=lambda a: a.key)):
        base, *exponent = (part for part in atom.parts if isinstance(part, Poly))
        if base == Poly.atom(EULER) and all(is_positive(part) for part in exponent):
            values[atom] = number(1) + of(Atom("positive", GROWTH_NAMES[row % len(GROWTH_NAMES)]))
    return substituted(ratio, values) if len(values) <= len(GROWTH_NAMES) else ratio


def _is_slack(question: Question, name: str, other: Term, index: int) -> bool:
    """Whether the premise says `other < name`."""
    if not 0 <= index < len(question.premises):
        return False
    premise = question.premises[index]
    if premise.kind not in STRICT:
        return False
    small, large = premise.left, premise.right
    if premise.kind not in LESS:
        small, large = large, small
    return (lower(large, question.positive) - lower(small, question.positive)) == (
        lower(Symbol(name), question.positive) - lower(other, question.positive)
    )


def accepts_induction(question: Question, evidence: Induction) -> tuple[Poly, ...] | None:
    """The polynomials that must not vanish, or None if base or step fails."""
    series, closed = question.goal.left, question.goal.right
    if not isinstance(series, Series):
        series, closed = closed, series
    if not isinstance(series, Series) or series.product or question.goal.kind not in EQUALITIES:
        return None
    if closed != evidence.closed or series.index.name != evidence.index:
        return None
    if series.lower is None or not isinstance(series.upper, Symbol) or series.index.name == series.upper.name:
        return None
    positive = {*question.positive, series.upper.name, series.index.name}
    bound = _atom(series.upper, positive)
    value, body = lower(closed, positive), lower(series.body, positive)
    if any(part.mentions(bound) for part in (body.top, body.bottom)):
        return None
    index = _atom(series.index, positive)
    start = lower(series.lower, positive)
    base = substituted(value, {bound: start}) - substituted(body, {index: start})
    before = substituted(value, {bound: lower(series.upper, positive) - number(1)})
    step = value - before - substituted(body, {index: lower(series.upper, positive)})
    return None if base.top or step.top else (value.bottom,)


def breaks(question: Question, witness: Witness) -> bool:
    """Whether every premise is 0 = 0 at the witness, nothing divided by vanishes there and the sides are apart.

    The enclosures of the two sides are the witness's own; `witness.separates` computes them again by intervals.
    """
    made = replay(witness.steps, question)
    if made is None:
        return False
    point = {_atom(Symbol(name), question.positive): number(value) for name, value in witness.free}
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


def conditions(nonzero: Sequence[Poly], as_term: dict[Poly, Term]) -> tuple[Condition, ...]:
    """The side conditions that remain once what surely does not vanish is left out."""
    return tuple(Condition(as_term[poly], Need.NONZERO) for poly in nonzero if not surely_nonzero(poly))


def exact(value: Fraction) -> tuple[Fraction, Fraction]:
    """A value as the enclosure of itself."""
    return (value, value)
