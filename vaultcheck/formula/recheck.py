"""Evidence checked again by the kernel: what a stored verdict must pass before it is believed."""

from __future__ import annotations

from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.kernel import (
    accepts_certificate,
    accepts_elimination,
    accepts_induction,
    accepts_positivity,
    breaks,
)
from vaultcheck.formula.model import Symbol, Term
from vaultcheck.formula.normal import UnlowerableError
from vaultcheck.formula.polynomial import TooLargeError
from vaultcheck.formula.question import Question
from vaultcheck.formula.verdict import (
    Certificate,
    Elimination,
    Induction,
    Positivity,
    Status,
    Verdict,
    Witness,
)


def holds_up(verdict: Verdict) -> bool | None:
    """Whether the evidence of a verdict stands: True or False, or None where there is nothing the kernel can check.

    A verdict that rests on computer algebra, on numbers or on dimensions has no such evidence: make it again.
    """
    if verdict.parts:
        found = [holds_up(part) for part in verdict.parts]
        if False in found or verdict.status not in {part.status for part in verdict.parts}:
            return False
        return None if None in found else True
    if verdict.goal is None or verdict.evidence is None:
        return None
    question = Question(verdict.goal, verdict.given, frozenset(verdict.positive))
    try:
        match verdict.evidence:
            case Certificate() as certificate:
                return _a_proof(verdict) and accepts_certificate(question, certificate) is not None
            case Elimination() as elimination:
                return _a_proof(verdict) and accepts_elimination(question, elimination) is not None
            case Positivity() as positivity:
                return _a_proof(verdict) and accepts_positivity(question, positivity) is not None
            case Induction() as induction:
                return _a_proof(verdict) and accepts_induction(question, induction) is not None
            case Witness(computed=()) as witness:
                wrong = verdict.status in {Status.REFUTED, Status.NOT_FOLLOWING}
                return wrong and breaks(question, witness) and separates(question, witness)
            case _:
                return None
    except (UnlowerableError, TooLargeError, NoValueError, ValueError, ArithmeticError):
        return False


def _a_proof(verdict: Verdict) -> bool:
    return verdict.status in {Status.PROVED, Status.COMPUTED, Status.DERIVABLE}


def separates(question: Question, witness: Witness) -> bool:
    """Whether the enclosures in the witness are those of the claim's two sides, computed again by intervals."""
    at: dict[Term, Interval] = {Symbol(name): point(number) for name, number in witness.free}
    for step in reversed(witness.steps):
        at[step.name] = value(step.value, at)
    left, right = value(question.goal.left, at), value(question.goal.right, at)
    stated = (Interval(*witness.left), Interval(*witness.right))
    return all(not again.disjoint(given) for again, given in zip((left, right), stated, strict=True)) and (
        left.disjoint(right)
    )
