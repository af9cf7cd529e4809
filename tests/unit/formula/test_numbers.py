r"""A number is called wrong only where it is: never for rounding, custom or an honest error bar."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.formula.asked import judged
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Measured, Negative, Number, Quantity, Relation, RelationKind, Vocabulary
from vaultcheck.formula.names import normal
from vaultcheck.formula.numbers import Outcome, compare
from vaultcheck.formula.precision import written
from vaultcheck.formula.units import read_quantity, read_unit
from vaultcheck.formula.verdict import Refutation, Status, Why


def vocabulary(text: str) -> Vocabulary:
    """`V_m = -70 mV, g: nS`: names with a value, or with a unit alone."""
    found = []
    for part in filter(None, re.split(r",\s+", text)):
        name, sign, rest = (piece.strip() for piece in re.split(r"\s*([=:])\s*", part, maxsplit=1))
        if sign == ":":
            unit = read_unit(rest)
            assert unit is not None
            found.append(Quantity(normal(name), dimension=unit.dimension, unit=unit))
        else:
            quantity = read_quantity(rest)
            assert quantity is not None
            value, step, unit = quantity
            found.append(Quantity(normal(name), dimension=unit.dimension, unit=unit, value=value, value_step=step))
    return tuple(found)


def outcome(claim: str, known: str = "", premises: str = "", rtol: str | None = None) -> Outcome:
    """The outcome of the last relation of the claim."""
    names = vocabulary(known)
    given_relations: list[Relation] = []
    for line in filter(None, premises.split(" ;; ")):
        given_relations += read(line, names).relations
    reading = read(claim, names)
    assert reading.problem is None, reading.problem
    relation = reading.relations[-1]
    return compare(relation, names, given_relations, None if rtol is None else Fraction(rtol)).outcome


RIGHT = [
    r"\frac{1}{3} = 0.33",
    r"\frac{2}{3} = 0.67",
    r"\frac{2}{3} = 0.66",
    r"-\frac{2}{3} = -0.67",
    r"\pi \approx 3.14",
    r"\pi = 3.14",
    r"\pi = 3.1416",
    r"\pi \approx 3.15",
    r"\sqrt{2} \approx 1.414",
    r"1 - e^{-1} \approx 0.632",
    r"2 + 2 = 4",
    r"3 \cdot 4 = 2 \cdot 6",
    r"10 \log_{10} 2 = 3.01",
    r"\log 100 = 2",
    r"\log 8 = 3",
    r"\log 2 = 0.693",
    r"\sin 30 = 0.5",
    r"\sin(30^\circ) = 0.5",
    r"\arctan 1 = 45",
    r"\arctan(1) = 45^\circ",
    r"2\frac{1}{3} = 2.33",
    r"2\frac{1}{3} = \frac{2}{3}",
    r"1.500 \cdot 2 = 3000",
    r"0.25 = 25\,\%",
    r"5! = 120",
    r"2^16 = 65536",
    r"\sqrt[3]{40} = 3,420",
    r"\binom{5}{2} = 10",
    r"\sum_{i=1}^{4} i = 10",
    r"1\,\mathrm{km} = 1000\,\mathrm{m}",
    r"1\,\mathrm{h} = 3600\,\mathrm{s}",
    r"2.5\,\mathrm{h} = 150\,\mathrm{min}",
    r"300000\,\mathrm{km/s} = 2.998 \times 10^{8}\,\mathrm{m/s}",
    r"37\,^\circ\mathrm{C} = 310\,\mathrm{K}",
    r"90^\circ = \frac{\pi}{2}",
    r"3\,\mathrm{m} \cdot 4\,\mathrm{m} = 12\,\mathrm{m}^2",
    r"\frac{10\,\mathrm{m}}{4\,\mathrm{s}} = 2.5\,\mathrm{m/s}",
    r"3 \cdot 4 = 12\,\mathrm{V}",
    r"3 < \pi",
    r"2^{10} = 1024 \approx 1000",
    r"e^0 = 1",
    r"|-3| = 3",
    r"\sqrt[3]{27} = 3",
    r"7 \neq 8",
]


@pytest.mark.parametrize("claim", RIGHT)
def test_what_is_right_is_recomputed(claim: str) -> None:
    assert outcome(claim) is Outcome.RECOMPUTED


WRONG = [
    r"\frac{1}{3} = 0.35",
    r"\pi = 3.15",
    r"\frac{1}{2} = \frac{2}{3}",
    r"\frac{2}{3} = \frac{3}{6}",
    r"\frac{20}{340} = 0.07",
    r"\frac{0.75}{0.038} = 26.41",
    r"\frac{1}{-0.1} = 10",
    r"\frac{0.020 \cdot 0.00100^3}{12} = \frac{2 \times 10^{-11}}{3}",
    r"2 + 2 = 5",
    r"5 - 3 = 1",
    r"12 \cdot 12 = 145",
    r"\sqrt{16} = 5",
    r"10 \log_{10} 0.5 \approx -6.02",
    r"\log 100 = 3",
    r"\sin 30 = 0.6",
    r"1\,\mathrm{km} = 100\,\mathrm{m}",
    r"2\,\mathrm{km} = 100\,\mathrm{m}",
    r"0.5\,\mathrm{h} = 20\,\mathrm{min}",
    r"3\,\mathrm{m} \cdot 4\,\mathrm{m} = 14\,\mathrm{m}^2",
    r"4 < \pi",
    r"2\frac{1}{3} = 2.5",
    r"5! = 100.5",
    r"2 + 2 \neq 4",
]


@pytest.mark.parametrize("claim", WRONG)
def test_what_is_wrong_under_every_reading_is_called_so(claim: str) -> None:
    assert outcome(claim) is Outcome.WRONG


DEGREES = [r"\sin 90 = 1", r"\cos 60 = \frac{1}{2}", r"\tan 45 = 1", r"\cos 180 = -1"]


@pytest.mark.parametrize("claim", DEGREES)
def test_an_angle_without_a_sign_may_be_in_degrees(claim: str) -> None:
    assert judged(claim, [], "").status is Status.RECOMPUTED


def test_nothing_is_refuted_by_an_angle_that_may_be_in_degrees() -> None:
    assert judged(r"F \cos 60 = \frac{F}{2}", [], "+F").why is Why.READINGS_DISAGREE
    assert judged(r"W = \frac{F d}{2}", [r"W = F d \cos 60"], "+W +F +d").status is Status.UNDECIDED
    assert judged(r"\sin(0) F = F", [], "+F").status is Status.REFUTED


UNSURE = [
    "1 + 1 = 10",
    "1011 + 1 = 1101",
    "110 = 6",
    r"7 \equiv 2",
    r"20\,^\circ\mathrm{C} + 5\,^\circ\mathrm{C} = 25\,^\circ\mathrm{C}",
    r"3000\,\mathrm{rpm} = 50\,\mathrm{s^{-1}}",
    r"1\,\mathrm{MB} = 1024\,\mathrm{KB}",
    r"20\,\mathrm{dB} = 10",
    r"5 + 10\,\% = 5.5",
    r"3 \cdot 4 = 13\,\mathrm{V}",
    r"1\,\mathrm{kg} = 9.81\,\mathrm{N}",
    "x + 1 = 3",
    r"0.1 + 0.2 = 0.4",
    r"\frac{1}{0} = 5",
    r"\sqrt{-4} = 2",
    r"9^{9^{9^9}} = 1",
    r"a \propto 3",
    r"384.16 = 385",
    "5 = 7",
    r"1 \cdot 1 = 0",
    r"\pi \leq 1",
    r"\pi = 0.5",
    r"\frac{1}{240} \cdot 100 = 0.417\,\%",
    r"\frac{\ln 2}{12} \approx 5.77",
    r"\frac{1}{3} = 1",
    "5 + 1 = 10",
    r"2^{10} = 1024.2^{12}",
    r"4 \cdot 512 = 2048,1",
    r"7 \cdot 8 = 60",
    r"2^{10} = 1000",
    r"17^2 = 290",
    "90 = 100",
]


@pytest.mark.parametrize("claim", UNSURE)
def test_what_is_unsure_is_left_alone(claim: str) -> None:
    assert outcome(claim) is Outcome.CANNOT_TELL


@pytest.mark.parametrize("claim", UNSURE)
def test_what_is_unsure_is_not_decided_by_algebra_after_all(claim: str) -> None:
    verdict = judged(claim, [], "")
    assert verdict.status is Status.UNDECIDED or verdict.refutation is Refutation.DIMENSIONS


@pytest.mark.parametrize(
    ("claim", "known", "premises", "expected"),
    [
        (r"V_{df} = -40\,\mathrm{mV}", "V_m = -100 mV, E_K = +60 mV, V_{df}: V", "V_{df} = V_m - E_K", Outcome.WRONG),
        (r"V_{df} = -160\,\mathrm{mV}", "V_m = -100 mV, E_K = +60 mV", "V_{df} = V_m - E_K", Outcome.RECOMPUTED),
        (r"I = -70\,\mathrm{pA}", "g = 1 nS, V = -70 mV, I: A", "I = g V", Outcome.RECOMPUTED),
        (r"I = -70", "g = 1 nS, V = -70 mV, I: pA", "I = g V", Outcome.RECOMPUTED),
        (r"I = 90", "g = 1 nS, V = -70 mV, I: pA", "I = g V", Outcome.CANNOT_TELL),
        (r"E = mc^2 = 9 \times 10^{16}\,\mathrm{J}", "m = 1 kg, c = 300000 km/s, E: J", "", Outcome.RECOMPUTED),
        (r"E = mc^2 = 3 \times 10^{8}\,\mathrm{J}", "m = 1 kg, c = 300000 km/s, E: J", "", Outcome.WRONG),
        (r"T = 98.6\,^\circ\mathrm{F}", "T = 37.0 °C", "", Outcome.RECOMPUTED),
        (r"x = 12", "x = 12", "", Outcome.RECOMPUTED),
        (r"F = 0", "m = 2 kg, a = 0 m/s^2", "F = m a", Outcome.RECOMPUTED),
        (r"V = 0", "V = 5 mV", "", Outcome.CANNOT_TELL),
        (r"p = 7.4", "h = 40 nM, p: 1", r"p = -\log_{10} h", Outcome.RECOMPUTED),
        (r"p = 4.4", "h = 40 nM, p: 1", r"p = -\log_{10} h", Outcome.CANNOT_TELL),
        (r"pH = 7.4", "h = 40 nM, pH: 1", r"pH = -\log_{10} h", Outcome.RECOMPUTED),
        (r"pH = 4.4", "h = 40 nM, pH: 1", r"pH = -\log_{10} h", Outcome.WRONG),
        (r"\ln c = 1.39", "c = 4.00 mM", "", Outcome.RECOMPUTED),
        (r"h = 10^{-7.4} = 40\,\mathrm{nM}", "h: nM", "", Outcome.RECOMPUTED),
        (r"\ln U = 2.3", "U = 10 V", "", Outcome.RECOMPUTED),
        (r"\ln U = 3.3", "U = 10 V", "", Outcome.CANNOT_TELL),
        (r"T = 310\,\mathrm{K}", "c = 37 °C, T: K", "T = c + 273.15", Outcome.RECOMPUTED),
        (r"T = 300.0\,\mathrm{K}", "c = 37.0 °C, T: K", "T = c + 273.15", Outcome.WRONG),
        (r"c = 37\,^\circ\mathrm{C}", "T = 310.15 K, c: °C", "c = T - 273.15", Outcome.RECOMPUTED),
        (
            r"T = 25\,^\circ\mathrm{C}",
            "p = 101325 Pa, V = 22.41 L, n = 1.00 mol, R = 8.314 J/(mol K)",
            "T = \\frac{p V}{n R}",
            Outcome.WRONG,
        ),
        (r"b - a = 17\,^\circ\mathrm{C}", "a = 20 °C, b = 37 °C", "", Outcome.CANNOT_TELL),
        (r"G = 6.02\,\mathrm{dB}", "a = 2.00 V, b = 1.00 V", r"G = 20 \log_{10} \frac{a}{b}", Outcome.RECOMPUTED),
        (r"G = 3.01\,\mathrm{dB}", "a = 2.00 V, b = 1.00 V", r"G = 20 \log_{10} \frac{a}{b}", Outcome.WRONG),
        (r"20 \log_{10} \frac{a}{b} = 3.01\,\mathrm{dB}", "a = 2.00 V, b = 1.00 V", "", Outcome.WRONG),
        (r"W = 15\,\mathrm{V}", "V = 5 V", "W = V + 10", Outcome.CANNOT_TELL),
        (r"R = 5\,\mathrm{V/A}", "U = 10 V, I = 2 A", "R = U / I", Outcome.RECOMPUTED),
    ],
)
def test_declared_values_are_carried_through(claim: str, known: str, premises: str, expected: Outcome) -> None:
    assert outcome(claim, known, premises) is expected


def test_a_given_tolerance_replaces_the_digits() -> None:
    assert outcome(r"\pi \approx 3.15", rtol="1e-3") is Outcome.WRONG
    assert outcome(r"\pi = 3.15", rtol="1e-2") is Outcome.RECOMPUTED
    assert outcome(r"\pi = 3.14", rtol="1e-9") is Outcome.WRONG


def test_the_reason_is_said() -> None:
    relation = read("x + 1 = 3", ()).relations[0]
    assert "x" in compare(relation).reason
    binary = read("1011 + 1 = 1101", ()).relations[0]
    assert compare(binary).reason == "the numbers may be binary"


def _literal(value: Fraction, places: int) -> Measured | Negative | Number:
    scaled = round(abs(value) * 10**places)
    number = Number(Fraction(scaled, 10**places), Fraction(1, 10**places), exact=places == 0)
    return Negative(number) if value < 0 else number


@given(st.fractions(min_value=-500, max_value=500, max_denominator=997), st.integers(0, 6))
@settings(max_examples=200)
def test_every_correct_rounding_is_right_and_every_cut(value: Fraction, places: int) -> None:
    """A quotient of whole numbers, written to any number of places, rounded or cut off. A result of which only zeros
    are left says next to nothing, and need only not be called wrong."""
    quotient = read(rf"\frac{{{value.numerator}}}{{{value.denominator}}} = x", ()).relations[0].left
    rounded = _literal(value, places)
    cut = Fraction(int(abs(value) * 10**places), 10**places) * (1 if value >= 0 else -1)
    for result in (rounded, _literal(cut, places)):
        nothing_left = result in (_literal(Fraction(0), places), Negative(_literal(Fraction(0), places)))
        right = {Outcome.RECOMPUTED, Outcome.CANNOT_TELL} if nothing_left else {Outcome.RECOMPUTED}
        assert compare(Relation(RelationKind.EQUAL, quotient, result)).outcome in right
        assert compare(Relation(RelationKind.EQUAL, result, quotient)).outcome in right


@given(st.integers(-900, 900), st.integers(-900, 900), st.integers(-2000, 2000))
@settings(max_examples=200)
def test_a_sum_of_whole_numbers_is_never_wrong_when_right(a: int, b: int, c: int) -> None:
    relation = read(f"{a} + ({b}) = {c}", ()).relations[0]
    found = compare(relation).outcome
    if a + b == c:
        assert found is Outcome.RECOMPUTED
    elif c % 10:
        assert found is not Outcome.RECOMPUTED


def test_trailing_zeros_are_no_digits() -> None:
    found = written(Number(Fraction(300000), Fraction(100000), exact=False))
    assert found is not None
    assert found.step == 100000
