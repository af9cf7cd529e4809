"""Dimensions that agree are not accused, those that cannot are explained, and what was left out is found."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula.dimension_names import PURE, describe
from vaultcheck.formula.dimension_solver import Key, Row, solve
from vaultcheck.formula.dimensions import DimensionConflict, Measurement, dimension_of_term, measure
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Dimension, Quantity, Relation, Vocabulary
from vaultcheck.formula.names import normal
from vaultcheck.formula.unit_table import dimension_of
from vaultcheck.formula.units import read_unit


def vocabulary(text: str) -> Vocabulary:
    """`V: mV, g: nS`; a question mark before the unit marks it as assumed, no unit leaves it open."""
    found = []
    for part in filter(None, re.split(r",\s+", text)):
        name, _, written = (piece.strip() for piece in part.partition(":"))
        unit = read_unit(written.lstrip("?")) if written else None
        assert unit is not None or not written, written
        found.append(
            Quantity(normal(name), dimension=unit.dimension if unit else None, unit=unit, assumed=written[:1] == "?")
        )
    return tuple(found)


def relations(latex: str, names: Vocabulary) -> list[Relation]:
    found: list[Relation] = []
    for line in latex.split(" ;; "):
        reading = read(line, names)
        assert reading.problem is None, (line, reading.problem)
        found += reading.relations
    assert found
    return found


def measured(latex: str, units: str) -> Measurement | DimensionConflict:
    names = vocabulary(units)
    return measure(relations(latex, names), names)


AGREE = [
    ("V = I R", "V: V, I: A, R: Ω"),
    ("I = g (V - E)", "I: pA, g: nS, V: mV, E: mV"),
    (r"E = \frac{RT}{zF} \ln \frac{c_o}{c_i}", "E: V, R: J/(mol K), T: K, z: 1, F: C/mol, c_o: mM, c_i: mM"),
    (r"E = \frac{RT}{zF} (\ln c_o - \ln c_i)", "E: V, R: J/(mol K), T: K, z: 1, F: C/mol, c_o: mM, c_i: mM"),
    (r"C \frac{dV}{dt} = I", "C: F, V: V, t: s, I: A"),
    (r"Q = \int_0^T I \, dt", "Q: C, I: A, t: s, T: s"),
    (r"V = V_0 e^{-t/\tau}", "V: mV, V_0: mV, t: ms, \\tau: ms"),
    (r"v = 0", "v: m/s"),
    (r"a^2 + b^2 = c^2", "a: m, b: m, c: m"),
    (r"r = \sqrt[3]{\frac{3 V}{4\pi}}", "r: m, V: m^3"),
    (r"p_1 V_1^\gamma = p_2 V_2^\gamma", "p_1: Pa, p_2: Pa, V_1: m^3, V_2: L, \\gamma: 1"),
    (r"p V^\gamma = K", "p: Pa, V: m^3, \\gamma: 1"),
    (r"\omega = 2\pi f", "\\omega: rad/s, f: Hz"),
    (r"x = A \sin(\omega t + \varphi)", "x: m, A: m, \\omega: rad/s, t: s, \\varphi: °"),
    (r"T_K = T_C + 273.15", "T_K: K, T_C: °C"),
    (r"F \propto m", "F: N, m: kg"),
    (r"\sum_{i=1}^{n} m_i = M", "M: kg, n: 1"),
    (r"p = 50\,\%", "p: 1"),
    (r"M = F d", "M: Nm, F: N, d: m"),
    (r"A^T = B", "A: 1, T: K, B: 1"),
    (r"\max(a, b) = c", "a: m, b: m, c: m"),
    (r"v = \lim_{h \to 0} \frac{x}{h}", "v: m/s, x: m, h: s"),
    (r"|x| = y", "x: m, y: m"),
    (r"V = \infty", "V: V"),
    (r"\ln k = \ln A - \frac{E}{RT}", "k: 1/s, A: 1/s, E: J/mol, R: J/(mol K), T: K"),
    (r"pH = -\log_{10} H", "pH: 1, H: mol/L"),
    (r"\ln(p V) = c", "p: Pa, V: m^3, c: 1"),
    (r"\alpha = \frac{0.01 (10 - v)}{e^{(10 - v)/10} - 1}", "\\alpha: 1, v: 1"),
    (r"\mathbb{E}[a X] = a \mathbb{E}[X]", "a: m"),
    (r"V(t) = V(0) e^{-t/\tau}", "t: s, \\tau: s, V: mV"),
]


@pytest.mark.parametrize(("latex", "units"), AGREE)
def test_what_agrees_is_not_accused(latex: str, units: str) -> None:
    found = measured(latex, units)
    assert isinstance(found, Measurement), found


CLASH = [
    ("V = I + R", "V: V, I: A, R: Ω", "electric current (A)", "electric resistance (Ω)"),
    ("V = I R^2", "V: V, I: A, R: Ω", "electric potential (V)", None),
    ("T = 2 \\pi \\sqrt{\\frac{g}{L}}", "T: s, g: m/s^2, L: m", "time (s)", "frequency (1/s)"),
    (r"x = A \sin(t)", "x: m, A: m, t: s", "time (s)", "a pure number"),
    (r"n = e^{t}", "n: 1, t: s", "time (s)", "a pure number"),
    (r"Q = \int_0^x I \, dt", "Q: C, I: A, t: s, x: m", "length (m)", "time (s)"),
    (r"C \frac{dV}{dt} = Q", "C: F, V: V, t: s, Q: C", "electric current (A)", "electric charge (C)"),
    (r"E = \frac{RT}{F} \ln (a b)", "E: V, R: J/(mol K), T: K, F: C/mol, a: mM, b: mM", None, "a pure number"),
    (r"t_h = k \ln 2", "t_h: s, k: 1/s", "time (s)", "frequency (1/s)"),
    (r"V_m = g_1 E_1 + g_2 E_2", "V_m: V, g_1: S, E_1: V, g_2: S, E_2: V", "electric potential (V)", None),
    (r"K = \frac{1}{2} m v", "K: J, m: kg, v: m/s", "energy (J)", "momentum (kg·m/s)"),
    (r"p_1 V_1^\gamma = F_2 V_2^\gamma", "p_1: Pa, F_2: N, V_1: m^3, V_2: m^3, \\gamma: 1", None, None),
    (r"V = 5\,\mathrm{mA}", "V: V", "electric potential (V)", "electric current (A)"),
]


@pytest.mark.parametrize(("latex", "units", "left", "right"), CLASH)
def test_what_cannot_agree_is_explained(latex: str, units: str, left: str | None, right: str | None) -> None:
    found = measured(latex, units)
    assert isinstance(found, DimensionConflict)
    assert found.certain
    assert found.reasons
    if left is not None:
        assert found.left is not None
        assert describe(found.left) == left
    if right is not None:
        assert found.right is not None
        assert describe(found.right) == right


@pytest.mark.parametrize(
    ("latex", "units"),
    [
        (r"v = 9.81 t", "v: m/s, t: s"),
        (r"E_K = 58 \log_{10} \frac{c_o}{c_i}", "E_K: mV, c_o: mM, c_i: mM"),
        (r"x = 3 t^2 + 2 t + 7", "x: m, t: s"),
        (r"V = 5", "V: V"),
        (r"V = 1", "V: V"),
        (r"x = e^{-5 t}", "x: 1, t: s"),
        (r"H = 10^{-p}", "H: mol/L, p: 1"),
        (r"T = 20^\circ", "T: K"),
        (r"N = 125\,\mathrm{M}", "N: 1"),
        (r"I = 0.011 \cdot 150\,\mathrm{g\,cm} = 1.65\,\mathrm{A}", "I: A"),
        (r"\alpha = \frac{0.01 (10 - v)}{e^{(10 - v)/10} - 1}", "\\alpha: 1/ms, v: mV"),
        (r"U = 3 \cdot 4 = 12\,\mathrm{V}", "U: V"),
    ],
)
def test_a_clash_that_a_unit_on_a_bare_number_would_mend_is_marked(latex: str, units: str) -> None:
    found = measured(latex, units)
    assert isinstance(found, DimensionConflict)
    assert found.literal
    assert not found.certain


def test_a_clash_that_rests_on_a_meaning_is_marked() -> None:
    found = measured("V = I R", "V: V, I: A, R: ?S")
    assert isinstance(found, DimensionConflict)
    assert found.assumed
    declared = measured("V = I R", "V: V, I: ?A, R: S")
    assert isinstance(declared, DimensionConflict)
    assert declared.assumed
    despite = measured("V = I + R ;; V = A B", "V: V, I: A, R: Ω, A: ?K, B: ?K")
    assert isinstance(despite, DimensionConflict)
    assert not despite.assumed


def test_the_chain_of_reasons_holds_only_what_is_needed() -> None:
    found = measured("a = b ;; b = c ;; c = d ;; x = y", "a: m, d: s, x: kg, y: kg")
    assert isinstance(found, DimensionConflict)
    assert found.relations == (0, 1, 2)
    assert [reason.relation for reason in found.reasons] == [-1, -1, 0, 1, 2]
    assert "a is declared in m: length (m)" in found.reasons[0].text
    assert (found.left, found.right) == (dimension_of("m"), dimension_of("s"))


def test_undeclared_names_are_inferred() -> None:
    found = measured(r"\tau = R C ;; V = V_0 e^{-t/\tau}", "R: Ω, C: F, V: mV")
    assert isinstance(found, Measurement)
    assert found.inferred == {
        "tau": dimension_of("s"), "t": dimension_of("s"), "V_0": dimension_of("kg m2 s-3 A-1")
    }  # fmt: skip


def test_what_is_open_stays_open() -> None:
    found = measured("V = I R", "V: V")
    assert isinstance(found, Measurement)
    assert found.inferred == {}
    assert found.sides == ((dimension_of("kg m2 s-3 A-1"), None),)
    assert not found.compared


def test_a_term_is_measured_with_what_was_inferred() -> None:
    names = vocabulary("R: Ω, I: A")
    term = relations("x = I R + y", names)[0].right
    assert dimension_of_term(term, names, {}) == dimension_of("kg m2 s-3 A-1")
    assert dimension_of_term(relations("x = q", names)[0].right, names, {}) is None


def test_the_published_mobility_that_is_its_own_inverse_is_found() -> None:
    """The AI Feynman table gives the drift mobility in kg/s; v = mu q V / d needs s/kg."""
    units = "v: m/s, q: C, U: V, d: m, \\mu"
    wrong = measured(r"v = \frac{\mu q U}{d}", units + ": kg/s")
    assert isinstance(wrong, DimensionConflict)
    right = measured(r"v = \frac{\mu q U}{d}", units)
    assert isinstance(right, Measurement)
    assert right.inferred == {"mu": dimension_of("s kg-1")}


BASES = st.tuples(*[st.integers(-3, 3)] * 7).map(lambda powers: Dimension(tuple(Fraction(p) for p in powers)))
WEIGHTS = st.fractions(min_value=-3, max_value=3, max_denominator=3)


@given(
    truth=st.dictionaries(st.sampled_from("abcdef"), BASES, min_size=1),
    weights=st.lists(st.dictionaries(st.sampled_from("abcdef"), WEIGHTS, max_size=3), max_size=8),
)
@settings(max_examples=150)
def test_equations_that_hold_are_never_in_conflict(
    truth: dict[str, Dimension], weights: list[dict[str, Fraction]]
) -> None:
    rows = []
    for weight in weights:
        used = [(name, value) for name, value in weight.items() if name in truth and value]
        right = PURE
        for name, value in used:
            right *= truth[name] ** value
        rows.append(Row(dict[Key, Fraction](used), right))
    found = solve(rows)
    assert isinstance(found, dict)
    for key, dimension in found.items():
        assert dimension == truth[str(key)]


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abcd"), WEIGHTS, max_size=3), BASES), max_size=6))
@settings(max_examples=150)
def test_a_conflict_names_rows_that_are_all_needed(raw: list[tuple[dict[str, Fraction], Dimension]]) -> None:
    rows = [Row({name: value for name, value in weights.items() if value}, right) for weights, right in raw]
    found = solve(rows)
    if isinstance(found, tuple):
        assert isinstance(solve([rows[index] for index in found]), tuple)
        for left_out in found:
            assert isinstance(solve([rows[index] for index in found if index != left_out]), dict)
