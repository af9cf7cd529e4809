"""How a counter-example is told: with units that people use, with digits that differ, of any size."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.proof.claims_by_hand import claim, definition, proved
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Quantity, Vocabulary
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.verdict import Comparison, Condition, Need, Refutation, Status, Verdict, Witness
from vaultcheck.proof.model import Claim, Explicit, Judged, Role, Standing, Unasserted, Way
from vaultcheck.proof.status import Status as Tag
from vaultcheck.proof.wording import (
    by_numbers,
    counter_example,
    level,
    missing,
    said,
    supposed,
    true_only_if,
    understood,
    used,
    wanted,
)


def declared(**units: str) -> Vocabulary:
    found = []
    for name, text in units.items():
        unit = read_unit(text)
        assert unit is not None
        found.append(Quantity(name, dimension=unit.dimension, unit=unit))
    return tuple(found)


CIRCUIT = declared(V="mV", I="nA", R="MΩ", P="W")


Ends = tuple[str | Fraction, str | Fraction]


def compared(latex: str, left: Ends, right: Ends, vocabulary: Vocabulary = CIRCUIT) -> str:
    """What is said of a claim whose sides are these intervals, in SI."""
    here, there = ((Fraction(low), Fraction(high)) for low, high in (left, right))
    verdict = Verdict(Status.REFUTED, Comparison(here, there), Refutation.NUMBERS)
    example = counter_example(claim("C", latex, vocabulary=vocabulary), verdict)
    assert example is not None
    return example.text


def seen(of: Claim, verdict: Verdict | None) -> Judged:
    return Judged(of, verdict, Standing.OPEN)


def test_values_are_told_in_the_units_that_are_declared() -> None:
    free = (("I", Fraction(2, 10**9)), ("R", Fraction(5 * 10**6)))
    witness = Witness(free, (), (Fraction(1, 100),) * 2, (Fraction(2, 100),) * 2)
    verdict = Verdict(Status.REFUTED, witness, Refutation.WITNESS)
    example = counter_example(claim("C", "V = 2 I R", vocabulary=CIRCUIT), verdict)
    assert example is not None
    assert example.text == "for I = 2 nA and R = 5 MΩ, V is 10 mV, not 20 mV"
    assert example.hint == ""


def test_values_that_are_not_handy_in_their_unit_are_told_in_si() -> None:
    assert compared("V = I R", ("12", "12"), ("2e3", "2e3")) == "V is 12 V, not 2000 V"


def test_a_number_that_is_written_is_told_as_it_is_written() -> None:
    assert compared(r"I R = 58\,\mathrm{mV}", ("0.06153", "0.06155"), ("0.057", "0.059")) == (
        "I · R is 61.54 mV, not 58 mV"
    )
    assert compared("0.35 = 1/3", ("0.345", "0.36"), ("1/3", "1/3")) == "1/3 is 0.3333, not 0.35"


def test_an_inequality_tells_both_sides() -> None:
    words = compared("V > 0", ("-1/100", "-1/100"), ("0", "0"))
    assert words == "the left side is −10 mV, the right side 0 mV"


def test_wide_intervals_are_told_as_such_and_near_numbers_with_digits_that_differ() -> None:
    assert compared("x = y", ("1", "2"), ("3", "4"), ()) == "x is between 1 and 2, not between 3 and 4"
    assert compared("x = y", ("1.0000001", "1.0000001"), ("1", "1"), ()) == "x is 1.0000001, not 1"


def test_many_values_stand_in_the_hint() -> None:
    free = tuple((f"quantity_{index}", Fraction(index)) for index in range(1, 9))
    witness = Witness(free, (), (Fraction(1),) * 2, (Fraction(2),) * 2)
    example = counter_example(claim("C"), Verdict(Status.REFUTED, witness))
    assert example is not None
    assert example.text == "a is 1, not 2"
    assert example.hint.startswith("for instance for quantity_1 = 1, ")


@given(st.integers(-(10**6), 10**6).filter(bool), st.integers(-5000, 5000))
def test_numbers_of_any_size_can_be_told(leading: int, power: int) -> None:
    value = Fraction(leading) * Fraction(10) ** power
    words = compared("x = y", (value, value), ("0", "0"), ())
    found = re.fullmatch(r"x is (−?)([\d.]+)(?:·10\^(−?\d+))?, not 0", words)
    assert found, words
    mantissa, exponent = Fraction(found[2]), int((found[3] or "0").replace("−", "-"))
    told = mantissa * Fraction(10) ** exponent * (-1 if found[1] else 1)
    assert abs(told - value) <= abs(value) / 1000


def test_evidence_without_a_point_has_no_counter_example() -> None:
    assert counter_example(claim("C"), proved()) is None


LAW = definition("D", "V = I R")
REFUTED = Verdict(Status.REFUTED, refutation=Refutation.WITNESS)


@pytest.mark.parametrize(
    ("of", "verdict", "wanted_level"),
    [
        (claim("C", "V = 2 I R", LAW), REFUTED, "error"),
        (claim("C", "V = 2 I R", status=Tag.OPEN), REFUTED, "error"),
        (claim("C", "V = 2 I R", explicit=Explicit(given=True)), REFUTED, "error"),
        (claim("C", "2 = 3", arithmetic=True), REFUTED, "error"),
        (claim("C", "V = 2 I R", LAW), Verdict(Status.REFUTED, warning_only=True), "warning"),
        (claim("C", "V = 2 I R", role=Role.STEP), REFUTED, "warning"),
        (claim("C", "V = 2 I R", LAW, status=Tag.DISPUTED), REFUTED, "note"),
        (claim("C", "V = 2 I R", LAW, way=Way.SECTION), REFUTED, "note"),
        (claim("C", "V = 2 I R"), REFUTED, "note"),
    ],
)
def test_how_bad_it_is_depends_on_who_asked(of: Claim, verdict: Verdict, wanted_level: str) -> None:
    assert level(seen(of, verdict)) == wanted_level


def test_a_verdict_is_wanted_where_the_author_says_so() -> None:
    assert wanted(claim("C", "a = b", status=Tag.OPEN, unasserted=Unasserted.QUOTED))
    assert wanted(claim("C", "a = b", LAW))
    assert wanted(claim("C", "a = b", explicit=Explicit(with_=True)))
    assert not wanted(claim("C", "a = b", LAW, unasserted=Unasserted.STRUCK))
    assert not wanted(claim("C", "a = b", LAW, way=Way.NOTES))
    assert not wanted(claim("C", "a = b", status=Tag.SETTLED))


def test_what_is_refuted_by_numbers_gives_a_number() -> None:
    numbers = Verdict(Status.REFUTED, refutation=Refutation.NUMBERS)
    assert by_numbers(seen(claim("C", "V = 5"), numbers))
    assert by_numbers(seen(claim("C", "2^3 = 9"), REFUTED)), "plain arithmetic, however it was refuted"
    assert not by_numbers(seen(claim("C", "V > 5"), numbers))
    assert not by_numbers(seen(claim("C", "2 = 3"), Verdict(Status.REFUTED, refutation=Refutation.DIMENSIONS)))
    assert not by_numbers(seen(claim("C", "V = I R"), REFUTED))


def test_what_was_guessed_is_told_once_and_on_one_line() -> None:
    verdict = Verdict(
        Status.DERIVABLE, reading="J = g · U", guesses=("read mV as a unit",) * 2, correspondences=((("I", "J"),),)
    )
    assert understood(verdict, "", "first\nof all") == (
        'first of all; reading I as J; understood as "J = g · U": read mV as a unit'
    )


def test_conditions_that_nobody_could_read_are_left_out() -> None:
    assert true_only_if(Verdict(Status.REFUTED, only_if=("a = 0", "b = 0"))) == "true only if a = 0 or b = 0"
    assert true_only_if(Verdict(Status.REFUTED, only_if=("a = 0", "x" * 100))) == ""
    assert true_only_if(REFUTED) == ""


def test_the_claim_itself_is_no_missing_equation() -> None:
    assert missing(Verdict(Status.NOT_FOLLOWING, missing="P = V I")) == "what would close the gap: P = V I"
    for same in ("", "the claim itself", "P = V I"):
        assert missing(Verdict(Status.NOT_FOLLOWING, missing=same, reading="P = V I")) == ""


def test_signs_that_a_proof_takes_for_granted() -> None:
    current = read("I = 0").relations[0].left
    provided = (Condition(current, Need.NONZERO), Condition(current, Need.POSITIVE))
    assert supposed(Verdict(Status.PROVED, provided=provided)) == "I > 0"
    assert supposed(proved()) == ""


def test_what_is_said_and_what_is_used() -> None:
    assert said(claim("C", r"V = \frac{I}{g}")) == '"V = I/g"'
    assert said(claim("C", "a = \\frac{b}{")) == '"a = \\frac{b}{"'
    one = claim("C", "P = V I", LAW, definition("E", "E = m c^2"))
    assert used(one, proved(1)) == one.premises[1:]
    assert used(one, proved(7)) == ()
