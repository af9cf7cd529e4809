"""The question that a claim puts to the prover, and what its answer is worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.unit.proof.claimed import claims_of, the_claim
from vaultcheck.formula.model import Quantity
from vaultcheck.formula.verdict import Obligation, Refutation, Status, Verdict, Why
from vaultcheck.formula.write import to_text
from vaultcheck.proof.obligations import oblige, temper

OHM = "$$V = R\\,I$$\n^ohm\n\nwhere $V$ is the voltage in V, $R$ is the resistance in Ω and $I$ is the current in A.\n"


def asked(text: str, **others: str) -> Obligation:
    """The question of the last claim of `A.md`."""
    claims = claims_of({"A.md": text, **{f"{name}.md": body for name, body in others.items()}})
    return oblige([claim for claim in claims if claim.path == "A.md"][-1], claims)


def known(obligation: Obligation) -> dict[str, Quantity]:
    """The vocabulary by name."""
    return {quantity.name: quantity for quantity in obligation.vocabulary}


def test_the_premises_are_those_of_the_claim_one_for_one() -> None:
    claims = claims_of({"A.md": "$I = V/R$ by [[B#^ohm]] #to_verify\nwith:: U = V\n", "B.md": OHM})
    claim = claims[0]
    obligation = oblige(claim, claims)
    assert [to_text(r) for reading in obligation.premises for r in reading.relations] == ["V = R · I", "U = V"]
    assert len(obligation.premises) == len(claim.premises)
    assert oblige(claim, {one.id: one for one in claims}) == obligation


def test_names_come_from_where_the_premises_stand() -> None:
    names = known(asked("$I = V/R$ by [[B#^ohm]] #to_verify", B=OHM))
    assert {name: quantity.unit.text for name, quantity in names.items() if quantity.unit} == {
        "V": "V",
        "R": "Ω",
        "I": "A",
    }


def test_only_names_that_occur_are_told() -> None:
    names = known(asked("- $q$: charge [C]\n- $t$: time [s]\n\n$i = q/2$ #to_verify"))
    assert set(names) == {"q"}


def test_a_name_that_measures_something_else_gets_a_name_of_its_own() -> None:
    text = "- $V$: volume of the cell [pL]\n\n$I = V$ by [[B#^ohm]] #to_verify"
    obligation = asked(text, B=OHM)
    (relation,) = obligation.premises[0].relations
    assert to_text(relation) == "V_B = R · I"
    units = {name: quantity.unit.text for name, quantity in known(obligation).items() if quantity.unit}
    assert (units["V"], units["V_B"]) == ("pL", "V")


def test_what_is_given_is_exact() -> None:
    names = known(asked("- $V_m$: membrane potential [mV]\n\n$V_m > 0$ (given:: V_m = -100 mV) #to_verify"))
    assert (names["V_m"].value, names["V_m"].value_step) == (Fraction(-1, 10), Fraction(0))


def test_a_value_is_never_recomputed_from_itself() -> None:
    claims = claims_of({"A.md": "$E_K = -95\\,\\mathrm{mV}$ #to_verify\n"})
    told = Quantity("E_K", value=Fraction(-95, 1000))
    claim = replace(claims[0], vocabulary=(told,))
    assert known(oblige(claim, claims))["E_K"].value is None


def test_values_of_the_note_are_told() -> None:
    text = (
        "- $E_K = -90\\,\\mathrm{mV}$\n\n$V_m$ is the potential in mV.\n\n$V_m - E_K = -10\\,\\mathrm{mV}$ #to_verify"
    )
    assert known(asked(text))["E_K"].value == Fraction(-9, 100)


def test_about_widens_to_ten_percent() -> None:
    assert asked("So it is about $\\frac{1}{3} = 0.35$. #to_verify").rtol == Fraction(1, 10)
    assert asked("So it is $\\frac{1}{3} = 0.35$, think about it. #to_verify").rtol is None


REFUTED = Verdict(Status.REFUTED, refutation=Refutation.WITNESS)


@pytest.mark.parametrize(
    "text",
    [
        "By [[B#^ohm]], $V = 0$ for small currents. #to_verify",
        "By [[B#^ohm]], if the cell rests, $V = 0$. #to_verify",
        "By [[B#^ohm]], $V = 2 \\text{ for } R = 1$. #to_verify",
        "By [[B#^ohm]], $V = 58 R$. #to_verify",
        "$C \\frac{dV}{dt} = -g V$ #to_verify",
        "$x = 2 \\lor x = -2$ #to_verify",
        "$$\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}$$\n#to_verify",
    ],
)
def test_what_is_limited_by_words_is_not_refuted(text: str) -> None:
    verdict = temper(the_claim(text, B=OHM), REFUTED)
    assert (verdict.status, verdict.why) == (Status.UNDECIDED, Why.OPEN)
    assert verdict.detail


def test_what_nothing_limits_stays_refuted() -> None:
    for text in ("$V = R/I$ by [[B#^ohm]] #to_verify", "$\\frac{1}{3} = 0.35$"):
        assert temper(the_claim(text, B=OHM), REFUTED).status is Status.REFUTED


def test_proofs_are_left_alone() -> None:
    proved = Verdict(Status.PROVED)
    assert temper(the_claim("If it rests, $V = I R$ by [[B#^ohm]]. #to_verify", B=OHM), proved) == proved
