"""What a claim is worth once everything that it rests on is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.proof.claims_by_hand import claim, definition, premise, proved, stated, text
from vaultcheck.formula.verdict import Refutation, Status, Verdict, Why, undecided
from vaultcheck.proof.ledger import Ledger, entry_of
from vaultcheck.proof.model import Claim, Explicit, Judged, Role, Standing, Unasserted, Way
from vaultcheck.proof.standing import stand
from vaultcheck.proof.status import Status as Tag
from vaultcheck.proof.structure import structure
from vaultcheck.source import NotePath

REFUTED = Verdict(Status.REFUTED, refutation=Refutation.WITNESS)
OPEN = undecided(Why.OPEN)
DAY = date(2024, 5, 2)


def standings(
    claims: list[Claim],
    verdicts: dict[str, Verdict],
    evidence: dict[str, tuple[str, ...]] | None = None,
    ledger: Ledger | None = None,
    words: dict[str, str] | None = None,
) -> dict[str, Judged]:
    judged = stand(claims, verdicts, ledger or Ledger(), evidence, words)
    assert [one.claim for one in judged] == claims, "every claim, in the order given"
    return {one.claim.id: one for one in judged}


def test_a_proof_from_definitions_is_settled() -> None:
    base = definition("D", "V = I R")
    found = standings([base, claim("C", "I = V / R", base)], {"C": proved(0)})
    assert found["D"].standing is Standing.ASSUMED
    assert found["C"].standing is Standing.SETTLED


@pytest.mark.parametrize("status", [Status.PROVED, Status.COMPUTED, Status.RECOMPUTED])
def test_every_kind_of_proof_settles(status: Status) -> None:
    base = definition("D", "V = I R")
    found = standings([base, claim("C", "I = V / R", base)], {"C": Verdict(status, used=(0,))})
    assert found["C"].standing is Standing.SETTLED


@pytest.mark.parametrize(
    "verdict",
    [
        OPEN,
        Verdict(Status.NUMERIC),
        Verdict(Status.DIMENSIONAL),
        Verdict(Status.NOT_FOLLOWING),
        Verdict(Status.CONFLICT),
    ],
    ids=lambda verdict: verdict.status.value,
)
def test_nothing_less_than_a_proof_settles(verdict: Verdict) -> None:
    base = definition("D", "V = I R")
    found = standings([base, claim("C", "I = V / R", base, status=Tag.OPEN)], {"C": verdict})
    assert found["C"].standing is Standing.OPEN


def test_a_proof_is_worth_no_more_than_its_premises() -> None:
    base = claim("B", "x = y")
    middle = claim("M", "y = z", base)
    top = claim("T", "x = z", base, middle)
    found = standings([top, middle, base], {"B": OPEN, "M": proved(0), "T": proved(1)})
    assert found["B"].standing is Standing.OPEN
    assert found["M"].standing is Standing.CONDITIONAL
    assert "B, which is open" in found["M"].why
    assert found["T"].standing is Standing.CONDITIONAL
    assert "M, which is conditional" in found["T"].why


def test_a_premise_that_the_proof_does_not_use_takes_nothing_away() -> None:
    good, bad = definition("D", "x = y"), claim("B", "y = z")
    found = standings([good, bad, claim("C", "y = x", good, bad)], {"B": REFUTED, "C": proved(0)})
    assert found["C"].standing is Standing.SETTLED


def test_what_a_proof_needs_refutes_it_and_says_which() -> None:
    bad = claim("B", "y = z")
    middle = claim("M", "z = y", bad)
    found = standings([bad, middle, claim("T", "y = z", middle)], {"B": REFUTED, "M": proved(0), "T": proved(0)})
    assert found["B"].standing is found["M"].standing is found["T"].standing is Standing.REFUTED
    assert "M, which is refuted" in found["T"].why


def test_a_premise_refuted_does_not_refute_what_was_never_proved_from_it() -> None:
    bad = claim("B", "y = z")
    found = standings([bad, claim("C", "y = x", bad, status=Tag.OPEN)], {"B": REFUTED, "C": OPEN})
    assert found["C"].standing is Standing.OPEN
    assert "B, a premise of it, is refuted" in found["C"].why


def test_a_refutation_that_is_a_warning_refutes_nothing() -> None:
    found = standings([claim("C", status=Tag.OPEN)], {"C": replace(REFUTED, warning_only=True)})
    assert found["C"].standing is Standing.OPEN


def test_a_found_reading_makes_it_conditional_and_names_the_reading() -> None:
    base = definition("D", "V = I R")
    verdict = Verdict(Status.DERIVABLE, used=(0,), correspondences=((("I", "PSC"), ("R", "1/g")),))
    found = standings([base, claim("C", "PSC = g V", base, status=Tag.SETTLED)], {"C": verdict})
    assert found["C"].standing is Standing.CONDITIONAL
    assert "I is PSC, 1/R is g" in found["C"].why


def test_the_settled_tag_alone_attests_unless_it_is_misspelt() -> None:
    claims = [claim("C", status=Tag.SETTLED), claim("N", status=Tag.SETTLED, misspelt=True)]
    found = standings(claims, {"C": OPEN, "N": OPEN})
    assert found["C"].standing is Standing.ATTESTED
    assert found["N"].standing is Standing.OPEN


def test_what_rests_on_an_attested_claim_is_conditional() -> None:
    base = claim("B", status=Tag.SETTLED)
    found = standings([base, claim("C", "b = a", base)], {"B": OPEN, "C": proved(0)})
    assert found["C"].standing is Standing.CONDITIONAL


def test_a_disputed_claim_without_a_proof_is_open_whatever_else_it_is() -> None:
    found = standings([claim("C", status=Tag.DISPUTED)], {"C": OPEN})
    assert found["C"].standing is Standing.OPEN
    assert "disputes" in found["C"].why


def test_what_is_not_asserted_is_open_and_says_so() -> None:
    found = standings([claim("C", unasserted=Unasserted.QUOTED)], {})
    assert found["C"].standing is Standing.OPEN
    assert "a quotation" in found["C"].why


def test_premises_that_nobody_named_do_not_settle() -> None:
    base = definition("D", "V = I R")
    found = standings([base, claim("C", "V = 2", base, way=Way.SECTION)], {"C": Verdict(Status.RECOMPUTED, used=(0,))})
    assert found["C"].standing is Standing.CONDITIONAL
    assert "D" in found["C"].why


def test_a_circle_is_named_from_its_first_claim_in_its_order() -> None:
    first, second, third = claim("A"), claim("B"), claim("C")
    first = replace(first, premises=(premise(second),), way=Way.FROM)
    second = replace(second, premises=(premise(third),), way=Way.FROM)
    third = replace(third, premises=(premise(first),), way=Way.FROM)
    outside = claim("O", "b = a", first)
    every = dict.fromkeys("ABCO", proved(0))
    found = standings([outside, third, second, first], every)
    assert {found[name].standing for name in "ABC"} == {Standing.CIRCULAR}
    assert {found[name].loop for name in "ABC"} == {("A", "B", "C")}
    assert found["O"].standing is Standing.CONDITIONAL
    assert found["O"].loop == ()


def test_a_refuted_claim_in_a_circle_is_refuted() -> None:
    first, second = claim("A"), claim("B")
    first = replace(first, premises=(premise(second),), way=Way.FROM)
    second = replace(second, premises=(premise(first),), way=Way.FROM)
    found = standings([first, second], {"A": REFUTED, "B": OPEN})
    assert found["A"].standing is Standing.REFUTED
    assert found["B"].standing is Standing.CIRCULAR


def test_ten_thousand_claims_in_a_row_and_in_a_ring_are_no_depth() -> None:
    row = [definition("0", "x = y")]
    for number in range(1, 10_000):
        row.append(claim(str(number), "x = y", row[-1]))
    found = standings(row, {one.id: proved(0) for one in row[1:]})
    assert {judged.standing for judged in found.values()} == {Standing.ASSUMED, Standing.SETTLED}
    ring = [
        replace(one, premises=(premise(row[number - 1]),), way=Way.FROM, role=Role.CLAIM)
        for number, one in enumerate(row)
    ]
    found = standings(ring, {one.id: proved(0) for one in ring})
    assert {judged.standing for judged in found.values()} == {Standing.CIRCULAR}


# The author's own equations ---------------------------------------------------------------------------------------


def with_equation(**more: object) -> Claim:
    base = definition("D", "V = I R")
    return claim("C", "I = g V", base, stated("R = 1 / g"), explicit=Explicit(from_=True, with_=True), **more)


def test_an_equation_of_ones_own_leaves_a_proof_conditional() -> None:
    found = standings([definition("D", "V = I R"), with_equation()], {"C": proved(0, 1)})
    assert found["C"].standing is Standing.CONDITIONAL
    assert "R = 1 / g" in found["C"].why


def test_an_equation_of_ones_own_that_the_note_defines_is_as_good_as_the_definition() -> None:
    claims = [definition("D", "V = I R"), with_equation(), definition("G", "1 / g = R")]
    assert standings(claims, {"C": proved(0, 1)})["C"].standing is Standing.SETTLED


def test_a_note_that_is_no_premise_does_not_settle_it() -> None:
    elsewhere = definition("G", "R = 1 / g", path=NotePath("Elsewhere.md"))
    claims = [definition("D", "V = I R"), with_equation(), elsewhere]
    assert standings(claims, {"C": proved(0, 1)})["C"].standing is Standing.CONDITIONAL


def test_what_is_given_is_a_condition_of_the_claim_and_no_debt() -> None:
    base = definition("D", "V = I R")
    one = claim("C", "V = 2 I", base, stated("R = 2"), explicit=Explicit(given=True))
    assert standings([base, one], {"C": proved(0, 1)})["C"].standing is Standing.SETTLED


# Claims in words --------------------------------------------------------------------------------------------------


def test_words_are_worth_what_they_link_to() -> None:
    good, bad, unsure = claim("G"), claim("B", "b = c"), claim("U", "c = d")
    claims = [
        good,
        bad,
        unsure,
        *(text(name, status=Tag.SETTLED) for name in ("on good", "on bad", "on unsure", "alone")),
    ]
    verdicts = {"G": proved(), "B": REFUTED, "U": OPEN}
    found = standings(claims, verdicts, {"on good": ("G",), "on bad": ("B",), "on unsure": ("G", "U")})
    assert found["on good"].standing is Standing.ATTESTED
    assert found["alone"].standing is Standing.ATTESTED
    assert found["on bad"].standing is Standing.REFUTED
    assert found["on unsure"].standing is Standing.CONDITIONAL


def test_words_that_rest_on_each_other_are_a_circle() -> None:
    claims = [text("good seal", status=Tag.SETTLED), text("quiet line", status=Tag.SETTLED)]
    found = standings(claims, {}, {"good seal": ("quiet line",), "quiet line": ("good seal",)})
    assert {one.standing for one in found.values()} == {Standing.CIRCULAR}
    assert "good seal ← quiet line ← good seal" in found["quiet line"].why


# The ledger -------------------------------------------------------------------------------------------------------


def recorded(claims: list[Claim], verdicts: dict[str, Verdict], words: dict[str, str] | None = None) -> Ledger:
    built = structure(claims, verdicts, None, words)
    return Ledger({one.id: entry_of(one, built.prints[one.id], DAY, "proved") for one in claims})


def test_typography_makes_nothing_stale_and_a_changed_formula_does() -> None:
    base = definition("N#^d", "V = I R")
    top = claim("N#^c", "I = V / R", base)
    ledger = recorded([base, top], {"N#^c": proved(0)})
    again = claim("N#^c", r"I = \dfrac{V}{R}", definition("N#^d", r"V = I \cdot R"))
    assert again.reading.latex != top.reading.latex
    found = standings([base, again], {"N#^c": proved(0)}, ledger=ledger)
    assert found["N#^c"].standing is Standing.SETTLED
    assert found["N#^c"].since == "2024-05-02"
    changed = claim("N#^c", "I = 2 V / R", base)
    found = standings([base, changed], {"N#^c": OPEN}, ledger=ledger)
    assert found["N#^c"].standing is Standing.STALE
    assert found["N#^d"].standing is Standing.ASSUMED


def test_a_changed_premise_makes_stale_what_rests_on_it_near_and_far_and_only_that() -> None:
    def notes(law: str) -> tuple[list[Claim], dict[str, Verdict]]:
        base, other = definition("N#^d", law), definition("N#^o", "a = b")
        middle = claim("N#^m", "I = V / R", base)
        top = claim("N#^t", "R = V / I", middle)
        beside = claim("N#^b", "b = a", other)
        return [base, other, middle, top, beside], {"N#^m": proved(0), "N#^t": proved(0), "N#^b": proved(0)}

    ledger = recorded(*notes("V = I R"))
    before = standings(*notes("V = I R"), ledger=ledger)
    assert {one.standing for one in before.values()} == {Standing.SETTLED, Standing.ASSUMED}
    after = standings(*notes("V = I / R"), ledger=ledger)
    stale = {name for name, one in after.items() if one.standing is Standing.STALE}
    assert stale == {"N#^d", "N#^m", "N#^t"}
    assert "N#^d" in after["N#^m"].why
    assert "2024-05-02" in after["N#^m"].why
    assert standings(*notes("V = I / R"))["N#^m"].standing is Standing.SETTLED, "without an entry nothing is stale"


def test_refuted_goes_before_stale() -> None:
    base = definition("N#^d", "V = I R")
    ledger = recorded([base, claim("N#^c", "I = V / R", base)], {"N#^c": proved(0)})
    found = standings([base, claim("N#^c", "I = V R", base)], {"N#^c": REFUTED}, ledger=ledger)
    assert found["N#^c"].standing is Standing.REFUTED


def test_a_claim_named_by_its_line_may_move_and_another_that_takes_its_line_is_not_taken_for_it() -> None:
    one = claim("N:3", "I = V / R")
    ledger = recorded([one], {})
    moved = standings([claim("N:9", "I = V / R")], {"N:9": proved()}, ledger=ledger)["N:9"]
    assert (moved.standing, moved.since) == (Standing.SETTLED, "2024-05-02")
    stranger = standings([claim("N:3", "a = b")], {"N:3": proved()}, ledger=ledger)["N:3"]
    assert (stranger.standing, stranger.since) == (Standing.SETTLED, "")


def test_the_words_of_a_claim_count_for_its_fingerprint() -> None:
    words = text("N#^w", status=Tag.SETTLED)
    ledger = recorded([words], {}, {"N#^w": "the seal is good"})
    kept = standings([words], {}, ledger=ledger, words={"N#^w": "the seal is good"})
    assert kept["N#^w"].standing is Standing.ATTESTED
    other = standings([words], {}, ledger=ledger, words={"N#^w": "the seal is bad"})
    assert other["N#^w"].standing is Standing.STALE


def test_the_ledger_changes_no_verdict() -> None:
    base = definition("N#^d", "V = I R")
    claims, verdicts = [base, claim("N#^c", "I = V / R", base)], {"N#^c": proved(0)}
    with_it = standings(claims, verdicts, ledger=recorded(claims, verdicts))
    without = standings(claims, verdicts)
    assert {name: one.verdict for name, one in with_it.items()} == {name: one.verdict for name, one in without.items()}
