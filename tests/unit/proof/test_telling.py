"""A derivation as a person would write it: values in the units of the note, premises by their places."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.judges import prove
from tests.unit.proof.claims_by_hand import claim, definition
from vaultcheck.formula.codec import from_json, to_json
from vaultcheck.formula.model import Quantity, Sign
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.verdict import Comparison, Refutation, Status, Verdict
from vaultcheck.proof.model import Claim
from vaultcheck.proof.obligations import oblige
from vaultcheck.proof.telling import brief, story


def quantity(name: str, unit: str, value: str = "") -> Quantity:
    found = read_unit(unit)
    assert found is not None
    worth = Fraction(value) * found.scale if value else None
    return Quantity(name, f"the {name}", found.dimension, found, value=worth, sign=Sign.POSITIVE)


CELL = (quantity("V", "mV"), quantity("R", "MΩ"), quantity("I", "nA"), quantity("g", "nS"))
OHM = definition("D", "V = R I", vocabulary=CELL)


def judged(latex: str, *on: Claim, vocabulary: tuple[Quantity, ...] = CELL) -> tuple[Claim, Verdict]:
    one = claim("C", latex, *on, vocabulary=vocabulary)
    return one, prove(oblige(one, {other.id: other for other in on}))


def told(latex: str, *on: Claim) -> list[str]:
    return list(story(*judged(latex, *on)))


def test_a_proof_names_what_it_starts_from_and_adds_up() -> None:
    lines = told("I = V / R", OHM)
    assert lines[0] == "from V = R · I"
    assert any("checked by the kernel" in line for line in lines)


def test_a_counter_example_has_its_numbers_with_units_and_both_sides() -> None:
    lines = told("V = 2 R I", OHM)
    assert lines[0] == "a counter-example:"
    values = [line.strip() for line in lines if line.startswith("  ")]
    assert {line.split(" = ")[0] for line in values} == {"V", "R", "I"}
    assert all(line.split(", by")[0].rsplit(" ", 1)[1] in {"V", "mV", "Ω", "MΩ", "A", "nA"} for line in values)
    assert any(line.startswith("there V is ") for line in lines)
    assert not any("the claim itself" in line for line in lines)


def test_an_arithmetic_slip_has_no_counter_example_but_two_sides() -> None:
    one, verdict = judged(r"\lim_{x \to \infty} \frac{1}{x} = 1", vocabulary=())
    lines = story(one, verdict)
    assert "a counter-example:" not in lines
    assert lines[0].endswith("is 0, and 1 is 1")


def test_numbers_are_said_in_the_unit_of_the_note() -> None:
    vocabulary = (quantity("V", "mV"), quantity("R", "MΩ", "10"), quantity("I", "nA", "0.5"))
    one, verdict = judged(r"R I = 7.0\,\mathrm{mV}", OHM, vocabulary=(*vocabulary, CELL[3]))
    assert brief(one, verdict) == "R · I is 5 mV and 7.0 mV is written for 6.95 to 7.1 mV"
    assert list(story(one, verdict))[-2:] == brief(one, verdict).split(" and ")


def test_a_whole_number_stands_for_neither_neighbour() -> None:
    one, verdict = judged(r"3 \cdot 17 = 52", vocabulary=())
    assert brief(one, verdict) == "3 · 17 is 51 and 52 is written for what lies between 51 and 53"


def test_a_clash_says_what_stands_against_what() -> None:
    one, verdict = judged("I = R V", OHM)
    assert brief(one, verdict).count(" against ") == 1
    assert any("is declared in" in line for line in story(one, verdict))


@pytest.mark.parametrize("latex", ["I = V / R", "V = 2 R I"])
def test_nothing_brief_is_said_of_what_has_to_be_read(latex: str) -> None:
    assert brief(*judged(latex, OHM)) == ""


@pytest.mark.parametrize("power", ["-5000", "-400", "400", "5000"])
def test_numbers_of_any_size_are_told_and_kept(power: str) -> None:
    one = claim("C", "a = b")
    worth = Fraction(7) ** int(power)
    verdict = Verdict(Status.REFUTED, Comparison((worth, worth), (-worth, worth)), refutation=Refutation.NUMBERS)
    assert brief(one, verdict).count("10^") == 3
    assert from_json(to_json(verdict)) == verdict
