"""What must not be proved, what must not be refuted: the traps of deriving formulas from one another."""

from __future__ import annotations

import pytest

from tests.unit.formula.asked import judged
from vaultcheck.formula.derive import derive
from vaultcheck.formula.tell import condition
from vaultcheck.formula.verdict import Status, Verdict, Why
from vaultcheck.library import Definition, obligation

PROOFS = {Status.PROVED, Status.COMPUTED}
WRONG = {Status.REFUTED, Status.CONFLICT}

GATE = [r"\frac{dn}{dt} = \alpha (1-n) - \beta n", r"\frac{dn}{dt} = \frac{s - n}{\tau}"]
TRIANGLE = [r"s = \frac{a+b+c}{2}", r"16 A^2 = (a+b+c)(-a+b+c)(a-b+c)(a+b-c)"]
PENDULUM = [r"\sin\theta \approx \theta", r"\omega^2 = \frac{g}{L}"]

PROVED = [
    # A denominator or a factor that may vanish is a printed condition.
    (r"b = c", [r"a b = a c"], "~a ~b ~c", "a ≠ 0"),
    (r"x = 1", [r"x y = y"], "~x ~y", "y ≠ 0"),
    (r"b = c", [r"a b = a c"], "+a ~b ~c", ""),
    (
        r"\tau = \frac{1}{\alpha + \beta}",
        [*GATE, r"s = \frac{\alpha}{\alpha + \beta}"],
        "+tau +alpha +beta +n +s",
        "≠ 0",
    ),
    # A sign that nobody declared is a printed condition too.
    (r"v = \sqrt{2 g h}", [r"v^2 = 2 g h"], "+g +h ?v", "v > 0"),
    (r"\sqrt{x^2} = x", [], "?x", "x > 0"),
    (r"\sqrt{x^2} = x", [], "+x", ""),
    (r"x > 0", [r"x = y^2"], "~x ~y", "y ≠ 0"),
    (r"x \ge 0", [r"x = y^2"], "~x ~y", ""),
    # A premise that sets a quantity to zero is not contradicted by its being positive otherwise.
    (r"Q = 0", [r"P = 0", r"Q = P R"], "+P +Q +R", ""),
    (r"I_1 = -I_2", [r"I_1 + I_2 = 0"], "+I_1 +I_2", ""),
    # Differentiation says what it takes for constant.
    (r"\frac{dE}{dt} = m v \frac{dv}{dt}", [r"E = \frac{1}{2} m v^2 + m g h"], "+m +g ~v ~h ~E", "h is constant"),
    (r"\frac{\partial P}{\partial V} = -\frac{n R T}{V^2}", [r"P V = n R T"], "+P +V +n +R +T", "T is constant"),
    # One solution only: Lipschitz, with an initial value.
    (
        r"N(t) = \frac{K}{1 + A e^{-r t}}",
        [r"\frac{dN}{dt} = r N \left(1 - \frac{N}{K}\right)", r"N(0) = \frac{K}{1 + A}"],
        "+N +t +K +r +A",
        "",
    ),
    (r"\log (a b) = \log a + \log b", [], "+a +b", ""),
    (r"a < c", [r"a < b", r"b < c"], "~a ~b ~c", ""),
    (r"F \propto m", [r"F = m a"], "+F +m +a", ""),
    (r"E = m c^2 \Rightarrow m = \frac{E}{c^2}", [], "+E +m +c", ""),
    (r"A = \sqrt{s (s-a)(s-b)(s-c)}", TRIANGLE, "+A +s +a +b +c", ""),
]  # fmt: skip

REFUTED = [
    (r"\sqrt{x^2} = x", [], "~x"),
    (r"|x| = x", [], "~x"),
    (r"(x+1)^2 = x^2 + 1", [], "~x"),
    (r"E = 30 \ln\frac{o}{i}", [r"E = 61.5 \log_{10}\frac{o}{i}"], "~E +o +i"),
    (r"m_1 v_1 = m_2 v_2", [r"m_1 v_1 + m_2 v_2 = 0"], "+m_1 +m_2 ~v_1 ~v_2"),
    (r"\sum_{k=1}^{n} k = \frac{n^2}{2}", [], "+n"),
    (r"2 + 2 = 5", [], ""),
    (r"0 = 1", [], ""),
]

NEITHER = [
    # Degenerate solutions that clearing denominators lets in.
    (r"\tau = \frac{1}{\alpha+\beta}", GATE, "+tau +alpha +beta +n +s"),
    # A derivative is no free number, and a name without a derivative is not therefore constant.
    (r"I = 0", [r"I = C \frac{dV}{dt}", r"V = E"], "~I +C ~V ~E"),
    (r"\frac{dV}{dt} = 0", [r"V = I R"], "~V ~I +R"),
    (r"Q = I T", [r"Q = \int_0^T I \, dt"], "~Q ~I +T +t"),
    # More than one solution: through a singular point, without Lipschitz, without an initial value.
    (r"V(t) = 5 t", [r"t \frac{dV}{dt} = V", r"V(0) = 0"], "~V +t"),
    (r"V(t) = 5 t", [r"\frac{dV}{dt} = \frac{V}{t}", r"V(0) = 0"], "~V +t"),
    (r"y(t) = t^2", [r"\left(\frac{dy}{dt}\right)^2 = 4 y", r"y(0) = 0"], "+y +t"),
    (r"y(t) = \frac{t^2}{4}", [r"\frac{dy}{dt} = \sqrt{y}", r"y(0) = 0"], "+y +t"),
    (r"V(t) = V_0 e^{-t/\tau}", [r"\frac{dV}{dt} = -\frac{V}{\tau}"], "~V +t +tau ~V_0"),
    # Approximations, rounded numbers, logarithms without a base.
    (r"\sin x \approx x", [], "~x"),
    (r"T = 2 \pi \sqrt{\frac{L}{g}}", PENDULUM, "+T +L +g +omega ~theta"),
    (r"E = 26.7 \ln\frac{o}{i}", [r"E = 61.5 \log_{10}\frac{o}{i}"], "~E +o +i"),
    (r"\log 100 = 2", [], ""),
    (r"\log e = 1", [], ""),
    # Conditions and definitions are no identities.
    (r"x^2 = 4", [], "~x"),
    (r"x^2 = 2 x + 3", [], "~x"),
    (r"\sqrt{x+2} = x", [], "~x"),
    (r"\sin x = \frac{1}{2}", [], "~x"),
    (r"a^2 + b^2 = c^2", [], "+a +b +c"),
    # Branches and whole numbers.
    (r"\arcsin(\sin x) = x", [], "+x"),
    (r"\arctan x + \arctan \frac{1}{x} = \frac{\pi}{2}", [], "+x"),
    (r"\ln(a^2) = 2 \ln a", [], "~a"),
    (r"\sin(n \pi) = 0", [], ""),
    (r"\cos(n \pi) = (-1)^n", [], ""),
    (r"x = 2 \lor x = -2", [r"x^2 = 4"], "~x"),
    (r"x = \pm \sqrt{c}", [r"x^2 = c"], "~x +c"),
    # Integrals through poles, limits from two sides.
    (r"\int_{-1}^{1} \frac{1}{x} \, dx = 0", [], "~x"),
    (r"\int_{-1}^{1} \frac{1}{x^2} \, dx = -2", [], "~x"),
    (r"\lim_{x \to 0} \frac{|x|}{x} = 1", [], "~x"),
    # The claim is its own premise.
    (r"c^2 = a^2 + b^2", [r"c^2 = a^2 + b^2"], "+a +b +c"),
]  # fmt: skip

NEVER_PROVED = [
    (r"b = c", [r"a b = a c", r"a = 0"], "~a ~b ~c"),
    (r"y = 0", [r"x y = y"], "~x ~y"),
    (r"a^2 = b^2 \Rightarrow a = b", [], "~a ~b"),
    (r"a = b", [r"a - b = c", r"c < 0"], "~a ~b ~c"),
    (r"F \propto m^2", [r"F = m a"], "+F +m +a"),
    (r"V = 3", [r"V = -3"], "+V"),
    (r"F \propto 3", [], "+F"),
]


@pytest.mark.parametrize(("claim", "premises", "names", "provided"), PROVED)
def test_it_is_proved_with_its_conditions(claim: str, premises: list[str], names: str, provided: str) -> None:
    verdict = judged(claim, premises, names)
    assert verdict.status in PROOFS
    shown = "; ".join(condition(one) for one in verdict.provided)
    assert provided in shown if provided else not shown


@pytest.mark.parametrize(("claim", "premises", "names"), REFUTED)
def test_it_is_refuted(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status is Status.REFUTED


@pytest.mark.parametrize(("claim", "premises", "names"), NEITHER)
def test_it_is_neither_proved_nor_refuted(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status not in PROOFS | WRONG


NO_EVIDENCE = [
    (r"I = 10\,\mathrm{A}", ["P = U I"], "+P +U +I"),  # ten may mean anything up to twenty, which excludes little
    (r"I < 10\,\mathrm{A}", ["P = U I"], "+P +U +I"),
    (r"V = 0.3 W", ["V = W X"], "+V +W +X"),
    ("0.1 + 0.2 = 0.4", [], ""),
    (r"\sum_{k=1}^{n} k = 5.0", [], "+n"),
]


@pytest.mark.parametrize(("claim", "premises", "names"), NO_EVIDENCE)
def test_coarse_numbers_do_not_hold_numerically(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status is not Status.NUMERIC


def test_what_would_make_it_true_names_every_factor_that_can_vanish_and_no_other() -> None:
    assert judged(r"v = \sqrt{g h}", [r"v = \sqrt{2 g h}"], "+v +g +h").only_if == ()
    assert judged(r"T = \sqrt{m k}", [r"T = \sqrt{\frac{m}{k}}"], "+T +m +k").only_if == ("1 − k = 0",)
    (only,) = judged(r"T = 2 \pi \sqrt{m k}", [r"T = 2 \pi \sqrt{\frac{m}{k}}"], "").only_if
    assert only == "√(k · m) − √(m/k) = 0"


def test_a_solution_with_a_constant_of_its_own_is_a_solution() -> None:
    verdict = judged(r"V(x) = V_0 e^{-x/k}", [r"k^2 \frac{d^2 V}{dx^2} = V"], "~V +x +k ~V_0")
    assert verdict.why is Why.IS_A_SOLUTION


def test_readings_that_disagree_are_told_apart_by_the_premise_that_makes_them() -> None:
    verdict = judged("I = 0", ["I = g (V - E)", "V = E"])
    assert verdict.why is Why.READINGS_DISAGREE
    first, second = verdict.detail.split("; ")
    assert first.startswith("with I = g ·")
    assert second.startswith("with I = g(")


def test_rounded_numbers_that_fit_hold_numerically() -> None:
    verdict = judged(r"V = 0.37 V_0", [r"V(x) = V_0 e^{-x/k}", "x = k"], "+V +V_0 +x +k")
    assert verdict.status is Status.NUMERIC


@pytest.mark.parametrize(("claim", "premises", "names"), NEVER_PROVED)
def test_it_is_not_proved(claim: str, premises: list[str], names: str) -> None:
    assert judged(claim, premises, names).status not in PROOFS


def test_values_are_no_equations_of_algebra() -> None:
    assert judged("g = 9.8", ["g = 9.81"], "+g").status is Status.RECOMPUTED
    assert judged("b = a", ["g = 9.81", "g = 9.8", "a = b c", "c = 1"], "+g +a +b +c").status in PROOFS


def test_conflicting_premises_prove_nothing_and_the_smallest_set_is_named() -> None:
    verdict = judged("b = 7", ["a = 1", "c = 4 b", "a = 2"], "+a +b +c")
    assert verdict.status is Status.CONFLICT
    assert verdict.used == (0, 2)


def test_a_mistaken_claim_says_when_it_would_hold() -> None:
    premises = [r"g V = g_1 E_1 + g_2 E_2", r"g = g_1 + g_2"]
    verdict = judged(r"V = \frac{E_1 + E_2}{2}", premises, "+g +g_1 +g_2 ~V ~E_1 ~E_2")
    assert verdict.status in {Status.REFUTED, Status.NOT_FOLLOWING}
    assert any("g_1" in text and "g_2" in text for text in verdict.only_if)


def test_two_correspondences_are_both_shown() -> None:
    names = {name: Definition("length", "m") for name in "abcu"} | {name: Definition("area", "m^2") for name in "wA"}
    verdict = derive(obligation("w = u a", ["A = b c"], names))
    assert verdict.status is Status.DERIVABLE
    assert len(verdict.correspondences) == 2


def _why(verdict: Verdict) -> Why | None:
    assert verdict.status is Status.UNDECIDED
    return verdict.why


def test_reasons_come_from_a_closed_list() -> None:
    assert _why(judged(r"x \in A", [], "")) in {Why.NOT_A_RELATION, Why.UNREAD}
    assert _why(judged(r"V = I R", [], "+V +I +R")) is Why.NO_PREMISES
    assert _why(judged(r"\frac{", [], "")) in {Why.UNREAD, Why.NOT_A_RELATION}
    assert (
        _why(judged(r"y(t) = t^2", [r"\left(\frac{dy}{dt}\right)^2 = 4 y", r"y(0) = 0"], "+y +t")) is Why.IS_A_SOLUTION
    )


@pytest.mark.parametrize("premises", [["u = a - a", "v = u"], ["u = 0", "v = u"], ["v = u", "u = -a"], ["u v = 0"]])
def test_premises_that_deny_a_declared_sign_prove_nothing_by_it(premises: list[str]) -> None:
    assert judged("u = a - a + 1", premises, "+a +u +v").status not in PROOFS
