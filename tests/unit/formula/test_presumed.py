"""What a claim takes for granted, values at moments, other branches: the limits of an identity."""

from __future__ import annotations

import pytest

from tests.unit.formula.asked import judged
from vaultcheck.formula.tell import condition
from vaultcheck.formula.verdict import Status
from vaultcheck.library import Definition, judge

PROOFS = {Status.PROVED, Status.COMPUTED}

ONLY_WHERE = [
    (r"\frac{x^2 - 1}{x - 1} = x + 1", [], "~x", "1 − x ≠ 0"),
    (r"\frac{a^2 - b^2}{a - b} = a + b", [], "+a +b", "b − a ≠ 0"),
    (r"\frac{x - 1}{x^2 - 1} = \frac{1}{x + 1}", [], "~x", "1 − x ≠ 0"),
    (r"\tan x \cos x = \sin x", [], "~x", "cos(x) ≠ 0"),
    (r"e^{\ln x} = x", [], "~x", "x > 0"),
    (r"x^0 = 1", [], "~x", "x ≠ 0"),
    (r"x^x = e^{x \ln x}", [], "~x", "x > 0"),
    (r"x^y = 1", ["y = 0"], "~x ~y", "x ≠ 0"),
    # What cannot vanish, what both sides or the premises divide by, and what a premise keeps apart is no condition.
    (r"\frac{a^2}{a} = a", [], "+a", ""),
    (r"\frac{1}{1 - x} - \frac{1}{1 + x} = \frac{2 x}{1 - x^2}", [], "~x", ""),
    (r"z = x + 1", [r"z = \frac{x^2 - 1}{x - 1}"], "~x ~z", ""),
    (r"\frac{x^2 - y^2}{x - y} = x + y", [r"x \neq y"], "~x ~y", ""),
    (r"x = y", ["x z = y z", "z > 0"], "~x ~y ~z", ""),
    # That a claim with premises divides is seen.
    (r"g = \frac{I}{V - E}", ["I = g (V - E)"], "~I +g ~V ~E", ""),
    (r"x = y", ["e^x = e^y"], "~x ~y", ""),
]


@pytest.mark.parametrize(("claim", "premises", "names", "provided"), ONLY_WHERE)
def test_a_proof_says_where_the_claim_has_a_value(claim: str, premises: list[str], names: str, provided: str) -> None:
    verdict = judged(claim, premises, names)
    assert verdict.status in PROOFS
    shown = "; ".join(condition(one) for one in verdict.provided)
    assert provided in shown if provided else not shown


WITHOUT_VALUE = [
    (r"0^0 = 1", [], ""),
    (r"2^0 + 0^0 = 2", [], ""),
    (r"(x - x)^0 = 1", [], "~x"),
    (r"z = 0^0", ["z = 1"], "~z"),
    (r"x^0 = 1", ["x = 0"], "~x"),
    (r"x^y = 1", ["x = 0", "y = 0"], "~x ~y"),
    (r"\frac{x}{x} = 1", ["x = 0"], "~x"),
    (r"\frac{x^2 - 1}{x - 1} = 2", ["x = 1"], "~x"),
    (r"\int_0^{\infty} e^{-z x} \, dx = \frac{1}{z}", [], "~z ~x"),
]


@pytest.mark.parametrize(("claim", "premises", "names"), WITHOUT_VALUE)
def test_what_has_no_value_is_not_proved(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status not in PROOFS | {Status.NUMERIC, Status.RECOMPUTED}


ONE_BRANCH = [
    r"\arcsin(\sin x) = x",
    r"\arccos(\cos x) = x",
    r"\arctan(\tan x) = x",
    r"\arctan x + \arctan y = \arctan \frac{x + y}{1 - x y}",
    r"\sqrt{x^2 y^2} = x y",
    r"(x^2)^{\frac{3}{2}} = x^3",
    r"\tan x = \sqrt{\sec^2 x - 1}",
    r"\sin x = \sqrt{1 - \cos^2 x}",
]


@pytest.mark.parametrize("claim", ONE_BRANCH)
def test_what_holds_on_one_branch_is_refuted_of_names_with_any_sign(claim: str) -> None:
    assert judged(claim, [], "~x ~y").status is Status.REFUTED


@pytest.mark.parametrize(
    ("claim", "premises", "names"),
    [
        (r"\arcsin(\sin a) = a", [], "+a"),
        (r"x = \arcsin y", [r"\sin x = y"], "~x ~y"),
        (r"\theta = \arctan \frac{a}{b}", [r"\tan\theta = \frac{a}{b}"], "+theta +a +b"),
    ],
)
def test_an_angle_is_not_looked_for_on_other_branches(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status not in PROOFS | {Status.REFUTED, Status.CONFLICT}


@pytest.mark.parametrize("claim", [r"\arcsin x + \arccos x = \frac{\pi}{2}", r"\sin(\arcsin x) = x"])
def test_what_holds_on_every_branch_is_proved(claim: str) -> None:
    assert judged(claim, [], "~x").status in PROOFS


LIMITS = [
    (r"\lim_{x \to \infty} e^{a x} = \infty", "proved"),
    (r"\lim_{x \to \infty} -x^2 = -\infty", "proved"),
    (r"\lim_{x \to \infty} -x^2 = \infty", "refuted"),
    (r"\lim_{x \to \infty} z e^{a x} = 0", "refuted"),
    (r"\lim_{x \to \infty} e^{z x} = 0", "undecided"),
    (r"\lim_{x \to 0} \frac{1}{x} = \infty", "undecided"),
]


@pytest.mark.parametrize(("claim", "outcome"), LIMITS)
def test_an_infinite_limit_is_told_from_a_finite_one(claim: str, outcome: str) -> None:
    assert judged(claim, [], "~x +a ~z").outcome == outcome


CURVE = {
    "V": Definition("potential", "V"), "V_0": Definition("potential at first", "V"), "t": Definition("time", "s"),
    r"\tau": Definition("time constant", "s"),
}  # fmt: skip
DECAY = [r"\tau \frac{dV}{dt} = -V", "V(0) = V_0"]


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"V(2 \tau) = V_0 e^{-2}", "proved"),
        (r"V(2 \tau) = V_0 e^{-1}", "refuted"),
        (r"V(\tau) = \frac{V_0}{e}", "proved"),
        (r"\frac{dV}{dt} = -V (1/\tau)", "proved"),
        (r"\frac{dV}{dt} = V (1/\tau)", "refuted"),
        (r"V(2/\tau) = V_0 e^{-2}", "dimension_error"),
    ],
)
def test_a_bracket_behind_a_changing_quantity_is_a_moment_where_it_measures_one(claim: str, outcome: str) -> None:
    assert judge(claim, DECAY, CURVE, ["V", "V_0"]).outcome == outcome


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (r"\sin 30^\circ = \frac{1}{2}", "numeric_ok"),
        (r"\cos 60^{\circ} = 0.5", "numeric_ok"),
        (r"\cos 60° \approx 0.866", "numeric_wrong"),
    ],
)
def test_degrees_are_read_without_brackets(claim: str, outcome: str) -> None:
    assert judge(claim, [], {}).outcome == outcome


@pytest.mark.parametrize(
    ("claim", "premises", "names"),
    [
        ("x = 3", ["x^2 - 5 x + 6 = 0", "x > 2"], "~x"),
        ("x = -y", ["x^2 = y^2", r"x \neq y"], "~x ~y"),
        ("x = 1", ["x^2 = x", r"x \neq 0"], "~x"),
        (
            r"v_2 > v_1",
            ["A_1 v_1 = A_2 v_2", "A_2 < A_1", "p_1 + v_1^2 = p_2 + v_2^2"],
            "+v_1 +v_2 +A_1 +A_2 +p_1 +p_2",
        ),
        (r"A < 1", [r"A = \frac{1}{\sqrt{1 + x^2}}", "x = r c"], "+A +x +r +c"),
        (r"x^2 + x + 1 > 0", [], "~x"),
        (r"\prod_{k=1}^{n} \frac{k + 1}{k} = n + 1", [], "+n"),
        (r"\frac{v}{c} = \sqrt{1 - \frac{1}{g^2}}", [r"g = \frac{1}{\sqrt{1 - \frac{v^2}{c^2}}}"], "+v +c +g"),
    ],
)
def test_what_premises_keep_apart_and_roots_compare_is_proved(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status in PROOFS


@pytest.mark.parametrize(
    ("claim", "premises", "names"),
    [
        (r"x^2 + 2 x + 1 > 0", [], "~x"),
        (r"x^2 - 3 x + 1 > 0", [], "~x"),
        (r"v_2 < v_1", ["A_1 v_1 = A_2 v_2", "A_2 < A_1"], "+v_1 +v_2 +A_1 +A_2"),
        (r"\sqrt{1 + x^2} > 1 + x", [], "+x"),
        (r"\frac{v}{c} = \sqrt{1 - \frac{1}{g}}", [r"g = \frac{1}{\sqrt{1 - \frac{v^2}{c^2}}}"], "+v +c +g"),
        (r"\prod_{k=1}^{n} \frac{k + 1}{k} = n", [], "+n"),
        (r"\sqrt{x y} = \sqrt{x} \sqrt{y}", [], "~x ~y"),
        (r"\sqrt{\frac{x}{y}} = \frac{\sqrt{x}}{\sqrt{y}}", [], "~x ~y"),
        (r"\sqrt{x + 1} \sqrt{x - 1} = \sqrt{x^2 - 1}", [], "~x"),
    ],
)
def test_what_does_not_hold_everywhere_is_not_proved_without_a_condition(
    claim: str, premises: list[str], names: str
) -> None:
    verdict = judged(claim, premises, names)
    assert verdict.status not in PROOFS or verdict.provided


RATE = {
    "N": Definition("number", "1"), "A": Definition("activity", "1/s"), "k": Definition("rate", "1/s"),
    "t": Definition("time", "s"), "N_0": Definition("number at first", "1"), "M": Definition("number", "1"),
    "T": Definition("whole number of nuclei", "1"),
}  # fmt: skip


@pytest.mark.parametrize("also", ["A = k N", "N + M = T", "M = T - N", "A = k N^2"])
def test_a_name_that_a_premise_gives_to_a_formula_of_the_function_refutes_no_solution(also: str) -> None:
    premises = [r"\frac{dN}{dt} = -k N", "N(0) = N_0", also]
    assert judge("N(t) = N_0 e^{-k t}", premises, RATE).outcome == "proved"
    assert judge("N(t) = N_0 e^{-2 k t}", premises, RATE).outcome == "refuted"


def test_a_refuted_claim_with_a_small_number_is_told_by_its_dimensions() -> None:
    premises = [r"\ln 8 = k t"]
    assert judge(r"t = 3 k \ln 2", premises, RATE).outcome == "dimension_error"
    assert judge(r"t = \frac{2 \ln 2}{k}", premises, RATE).outcome == "refuted"


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [(r"N(\frac{1}{k}) = \frac{2 N_0}{e}", "refuted"), (r"N(\frac{1}{k}) = \frac{N_0}{e}", "proved")],
)
def test_an_e_beside_declared_names_is_eulers(claim: str, outcome: str) -> None:
    assert judge(claim, ["N(t) = N_0 e^{-k t}"], RATE).outcome == outcome
    assert judge(claim, ["N(t) = N_0 e^{-k t}"], RATE | {"e": Definition("charge", "1")}).outcome != "proved"
