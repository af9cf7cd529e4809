"""The kernel accepts what multiplies out and refuses everything else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.formula.asked import asked, judged
from vaultcheck.formula.codec import CodecError, JsonValue, from_json, to_json
from vaultcheck.formula.kernel import (
    accepts_certificate,
    accepts_elimination,
    accepts_induction,
    accepts_positivity,
    breaks,
)
from vaultcheck.formula.model import Negative, Number, Quotient, Series, Sum, Symbol
from vaultcheck.formula.question import Question
from vaultcheck.formula.recheck import holds_up
from vaultcheck.formula.verdict import Certificate, Elimination, Induction, Positivity, Solved, Witness

ROOT = Path(__file__).parents[3] / "vaultcheck" / "formula"
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def question(claim: str, premises: list[str], names: str) -> Question:
    """The kernel's question for a claim written in short hand."""
    obligation = asked(claim, premises, names)
    given = tuple(relation for premise in obligation.premises for relation in premise.relations)
    positive = {word[1:] for word in names.split() if word[0] == "+"}
    return Question(obligation.goal.relations[0], given, frozenset(positive))


WORK = question(r"W = \frac{m v^2}{2}", ["W = F d", "F = m a", "v^2 = 2 a d"], "+W +F +d +m +a +v")
COFACTORS = ((0, ONE), (1, Symbol("d")), (2, Negative(Quotient(Symbol("m"), TWO))))


def test_work_becomes_kinetic_energy_with_three_cofactors() -> None:
    assert accepts_certificate(WORK, Certificate(((ONE, 1),), COFACTORS)) is not None


@pytest.mark.parametrize("place", range(3))
def test_a_changed_cofactor_is_refused(place: int) -> None:
    index, cofactor = COFACTORS[place]
    for other in (Negative(cofactor), Sum((cofactor, ONE)), Symbol("d") if place != 1 else Symbol("m")):
        changed = (*COFACTORS[:place], (index, other), *COFACTORS[place + 1 :])
        assert accepts_certificate(WORK, Certificate(((ONE, 1),), changed)) is None


def test_a_certificate_may_not_multiply_by_zero_or_name_a_premise_that_is_not_there() -> None:
    assert accepts_certificate(WORK, Certificate(((Number(Fraction(0)), 1),), ())) is None
    assert accepts_certificate(WORK, Certificate(((ONE, 1),), (*COFACTORS, (7, ONE)))) is None


def test_what_a_certificate_divides_by_is_given_back() -> None:
    asks = question("b = c", ["a b = a c"], "~a ~b ~c")
    nonzero = accepts_certificate(asks, Certificate(((Symbol("a"), 1),), ((0, ONE),)))
    assert nonzero is not None
    assert len(nonzero) == 1


def test_an_elimination_is_made_again_and_not_believed() -> None:
    asks = question("V = I / g", ["V = I R", "g = 1 / R"], "+V +I +R +g")
    verdict = judged("V = I / g", ["V = I R", "g = 1 / R"], "+V +I +R +g")
    assert holds_up(verdict)
    right = Elimination(
        (Solved(1, Symbol("R"), Quotient(ONE, Symbol("g"))), Solved(0, Symbol("V"), Quotient(Symbol("I"), Symbol("g"))))
    )
    assert accepts_elimination(asks, right) is not None
    wrong = Elimination((Solved(1, Symbol("R"), Symbol("g")), right.steps[1]))
    assert accepts_elimination(asks, wrong) is None
    assert accepts_elimination(asks, Elimination(right.steps[:1])) is None
    assert accepts_elimination(asks, Elimination((right.steps[0], right.steps[0], right.steps[1]))) is None


def test_an_inequality_needs_factors_that_are_positive() -> None:
    asks = question(r"\frac{a}{a + b} < 1", [], "+a +b")
    verdict = judged(r"\frac{a}{a + b} < 1", [], "+a +b")
    assert isinstance(verdict.evidence, Positivity)
    assert accepts_positivity(asks, verdict.evidence) is not None
    signed = replace(asks, positive=frozenset({"a"}))
    assert accepts_positivity(signed, verdict.evidence) is None
    turned = question(r"\frac{a}{a + b} > 1", [], "+a +b")
    assert accepts_positivity(turned, verdict.evidence) is None


def test_slack_comes_from_a_premise_that_says_so() -> None:
    asks = question("a < c", ["a < b", "b < c"], "~a ~b ~c")
    verdict = judged("a < c", ["a < b", "b < c"], "~a ~b ~c")
    assert isinstance(verdict.evidence, Positivity)
    assert accepts_positivity(asks, verdict.evidence) is not None
    (name, other, _), *rest = verdict.evidence.slacks
    assert accepts_positivity(asks, replace(verdict.evidence, slacks=((name, other, 9), *rest))) is None
    turned = tuple((str(low), Symbol(high), index) for high, low, index in ((name, other, 0),))
    assert accepts_positivity(asks, replace(verdict.evidence, slacks=(*turned, *rest))) is None


def test_induction_checks_the_start_and_the_step() -> None:
    asks = question(r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}", [], "+n")
    assert isinstance(asks.goal.left, Series)
    assert accepts_induction(asks, Induction("i", asks.goal.right)) is not None
    wrong_start = question(r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2} + 1", [], "+n")
    assert accepts_induction(wrong_start, Induction("i", wrong_start.goal.right)) is None
    wrong_step = question(r"\sum_{i=1}^{n} i = n^2", [], "+n")
    assert accepts_induction(wrong_step, Induction("i", wrong_step.goal.right)) is None


def test_a_witness_must_meet_every_premise_and_break_the_claim() -> None:
    verdict = judged("V = 2 I R", ["V = I R"], "+V +I +R")
    asks = question("V = 2 I R", ["V = I R"], "+V +I +R")
    assert isinstance(verdict.evidence, Witness)
    assert breaks(asks, verdict.evidence)
    assert holds_up(verdict)
    together = replace(verdict.evidence, right=verdict.evidence.left)
    assert not breaks(asks, together)
    negative = replace(verdict.evidence, free=tuple((name, -value) for name, value in verdict.evidence.free))
    assert not breaks(asks, negative)
    assert not breaks(replace(asks, premises=(*asks.premises, asks.goal)), verdict.evidence)


def test_forged_evidence_does_not_hold_up() -> None:
    verdict = judged("b = c", ["a b = a c"], "~a ~b ~c")
    assert holds_up(verdict)
    assert isinstance(verdict.evidence, Certificate)
    forged = replace(verdict, evidence=Certificate(verdict.evidence.factors, ((0, TWO),)))
    assert holds_up(forged) is False
    assert verdict.goal is not None
    assert holds_up(replace(verdict, goal=replace(verdict.goal, right=Symbol("d")))) is False
    wrong = judged("b = 2 c", ["b = c"], "+b +c")
    assert isinstance(wrong.evidence, Witness)
    shifted = replace(wrong.evidence, left=(Fraction(50), Fraction(50)))
    assert holds_up(replace(wrong, evidence=shifted)) is False


def test_what_is_no_verdict_is_not_read() -> None:
    written = to_json(judged("b = c", ["a b = a c"], "~a ~b ~c"))
    assert isinstance(written, dict)
    unknown: JsonValue = {"@": "Popen", "args": []}
    status: JsonValue = {**written, "status": {"@": "Status", "is": "true"}}
    extra: JsonValue = {**written, "x": 1}
    for broken in (unknown, status, extra):
        with pytest.raises(CodecError):
            from_json(broken)
    nested: JsonValue = 1
    for _ in range(500):
        nested = [nested]
    with pytest.raises(CodecError):
        from_json(nested)


def test_the_kernel_is_small_and_knows_no_computer_algebra() -> None:
    lines = 0
    for name in ("kernel.py", "polynomial.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        lines += sum(bool(line.strip()) and not line.lstrip().startswith(("#", '"""')) for line in text.splitlines())
    assert lines < 330
    for name in (
        "kernel.py",
        "polynomial.py",
        "normal.py",
        "ratio.py",
        "powers.py",
        "functions.py",
        "isolate.py",
        "order_rules.py",
        "question.py",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "algebra" not in "".join(line for line in text.splitlines() if line.startswith(("from", "import")))
        assert "float(" not in text
