"""Rules for inequalities: what exceeds zero, and names written as a bound and something positive more. Pure Python."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from vaultcheck.formula.model import Symbol, Term
from vaultcheck.formula.normal import (
    EULER,
    Ratio,
    is_positive,
    logarithm,
    number,
    of,
    substituted,
    whole_power,
)
from vaultcheck.formula.polynomial import ONE, Atom, Poly
from vaultcheck.formula.question import LESS, STRICT, Question
from vaultcheck.formula.verdict import Positivity

SLACK_NAMES = tuple(f"slack {row}" for row in range(6))
MAX_ROOT = 4
MAX_ROOTED_TERMS = 8
GROWTH_NAMES = tuple(f"growth {row}" for row in range(6))


def above_zero(ratio: Ratio) -> bool:
    """Whether it is a sum of products of positive things, a logarithm of more than one, or a square and more."""
    if is_positive(ratio.bottom) and (is_positive(ratio.top) or _has_no_root(ratio.top)):
        return True
    return exceeds_one(ratio) or _outweighs(ratio)


def _has_no_root(poly: Poly) -> bool:
    """Whether it is `a x^2 + b x + c` with numbers a > 0 and `b^2 < 4 a c`."""
    atoms = list(poly.atoms())
    if len(atoms) != 1:
        return False
    parts = {power: part.constant() for power, part in poly.by_power(atoms[0]).items()}
    square, linear, rest = (parts.pop(power, Fraction(0)) for power in (2, 1, 0))
    if parts or square is None or linear is None or rest is None:
        return False
    return square > 0 and linear**2 < 4 * square * rest


def _outweighs(ratio: Ratio) -> bool:
    """Whether it is something positive less something positive, and the logarithm of their quotient, or the
    difference of their whole powers (`root(1 + x^2) - 1`), is above zero."""
    upper = Poly({monomial: value for monomial, value in ratio.top.terms.items() if value > 0})
    lower = upper - ratio.top
    if not all(map(is_positive, (upper, lower, ratio.bottom))):
        return False
    if len(ratio.top.terms) == 2:
        quotient = logarithm(Ratio(upper) / Ratio(lower))
        if is_positive(quotient.top) and is_positive(quotient.bottom):
            return True
    count = lcm(*(Fraction(power).denominator for monomial in ratio.top.terms for _, power in monomial))
    if not 1 < count <= MAX_ROOT or len(ratio.top.terms) > MAX_ROOTED_TERMS:
        return False
    gap = whole_power(Ratio(upper), count) - whole_power(Ratio(lower), count)
    return is_positive(gap.top) and is_positive(gap.bottom)


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
        atom = question.atom(Symbol(name))
        value = substituted(question.lowered(other) + of(Atom("positive", SLACK_NAMES[row])), values)
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
    return (question.lowered(large) - question.lowered(small)) == (
        question.lowered(Symbol(name)) - question.lowered(other)
    )
