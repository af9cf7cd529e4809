"""From claims to verdicts: each question once, kept as it is answered, and worth what its premises carry."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.proof.claimed import claims_of
from tests.unit.proof.claims_by_hand import Oracle, claim, definition, proved, stated, text
from vaultcheck.cache import Store
from vaultcheck.formula.derive import derive
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Quantity
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.verdict import (
    Certificate,
    Comparison,
    Obligation,
    Refutation,
    Status,
    Verdict,
    Why,
    Witness,
    undecided,
)
from vaultcheck.proof import verdict_cache
from vaultcheck.proof.judging import answers, judge_claims, weighed
from vaultcheck.proof.model import Explicit, Unasserted, Way
from vaultcheck.proof.status import Status as Tag
from vaultcheck.proof.verdict_cache import VerdictCache

LAW = definition("D", "V = I R")
REFUTED = Verdict(Status.REFUTED, refutation=Refutation.WITNESS)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return Store(tmp_path)


def test_only_what_wants_a_verdict_is_asked_and_each_question_once() -> None:
    prover = Oracle({"I = V / R": proved(0)})
    claims = [
        LAW,
        claim("A", "I = V / R", LAW),
        claim("B", "I = V / R", LAW),
        claim("quoted", "I = R", unasserted=Unasserted.QUOTED),
        claim("quoted and open", "R = I", unasserted=Unasserted.QUOTED, status=Tag.OPEN),
        text("words", status=Tag.OPEN),
    ]
    verdicts = judge_claims(claims, prover)
    assert set(verdicts) == {"A", "B", "quoted and open"}
    assert prover.asked == ["I = V / R", "R = I"]
    assert verdicts["A"].status is verdicts["B"].status is Status.PROVED


@pytest.mark.parametrize(
    ("words", "latex", "status"),
    [
        ("Let $A$ and $B$ be square matrices.", "A B = B A", Status.UNDECIDED),
        ("Seien $A$, $B$ Matrizen.", "(A + B)^2 = A^2 + 2 A B + B^2", Status.UNDECIDED),
        ("- $c$: matrix of costs\n- $d$: diagonal matrix", "c d = d c", Status.UNDECIDED),
        ("Let $A$ and $B$ be square matrices.", "a b = b a", Status.PROVED),
        ("Let $A$ be a square matrix.", "2 A A = 2 A^2", Status.PROVED),
        ("- $A$: area [m²]\n- $B$: field [T]\n\nNo matrix.", "A B = B A", Status.PROVED),
        ("Let $A$ and $B$ be numbers.", "A B = B A", Status.PROVED),
    ],
)
def test_products_of_matrices_are_not_turned_round(words: str, latex: str, status: Status) -> None:
    claims = [one for one in claims_of({"A.md": f"{words}\n\nSo ${latex}$. #to_verify\n"}) if one.status is Tag.OPEN]
    (verdict,) = judge_claims(claims, derive).values()
    assert verdict.status is status


def test_the_second_run_asks_nothing(store: Store) -> None:
    claims = [LAW, claim("A", "I = V / R", LAW), claim("B", "R = V / I", LAW)]
    first = Oracle({"I = V / R": proved(0)})
    again = Oracle({})
    heard: list[tuple[int, int]] = []
    before = judge_claims(claims, first, VerdictCache(store), progress=lambda done, of: heard.append((done, of)))
    after = judge_claims(claims, again, VerdictCache(store), progress=lambda done, of: heard.append((done, of)))
    assert before == after
    assert again.asked == []
    assert heard == [(1, 2), (2, 2)]


def test_several_threads_give_the_same_answers() -> None:
    claims = [LAW, *(claim(str(n), f"I = {n} V / R", LAW) for n in range(30))]
    at_once = threading.Semaphore(3)

    def prover(obligation: Obligation) -> Verdict:
        assert at_once.acquire(blocking=False), "more questions at once than asked for"
        at_once.release()
        return undecided(Why.OPEN, obligation.goal.latex)

    assert judge_claims(claims, prover, jobs=3) == judge_claims(claims, prover)


def test_a_fault_is_asked_again_at_once_and_a_spent_budget_after_a_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [LAW, *(claim(why.name, f"I = {n} V", LAW) for n, why in enumerate((Why.BUDGET, Why.MEMORY, Why.FAULT)))]
    prover = Oracle({f"I = {n} V": undecided(why) for n, why in enumerate((Why.BUDGET, Why.MEMORY, Why.FAULT))})
    first = judge_claims(claims, prover, VerdictCache(store))
    assert judge_claims(claims, prover, VerdictCache(store)) == first
    assert prover.asked[3:] == ["I = 2 V"]
    now = time.time()
    for later in (verdict_cache.RETRY + 1, -60):  # also when the clock was set back
        prover.asked.clear()
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        judge_claims(claims, prover, VerdictCache(store))
        assert sorted(prover.asked) == ["I = 0 V", "I = 1 V", "I = 2 V"]


def test_an_interrupted_run_keeps_what_it_had(store: Store) -> None:
    def prover(obligation: Obligation) -> Verdict:
        if obligation.goal.latex == "R = V / I":
            raise KeyboardInterrupt
        return proved(0)

    claims = [LAW, claim("A", "I = V / R", LAW), claim("B", "R = V / I", LAW)]
    with pytest.raises(KeyboardInterrupt):
        judge_claims(claims, prover, VerdictCache(store))
    again = Oracle({"R = V / I": proved(0)})
    assert judge_claims(claims, again, VerdictCache(store))["A"].status is Status.PROVED
    assert again.asked == ["R = V / I"]


def test_a_run_that_is_killed_loses_seconds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_cache, "PATIENCE", -1.0)
    cache = VerdictCache(store)
    question = Obligation(read("a = b"))
    cache.put(cache.key(question), undecided(Why.OPEN, "kept"))
    other = VerdictCache(store)
    found = other.get(other.key(question), question)
    assert found is not None
    assert found.detail == "kept"


def test_a_prover_that_cannot_be_started_is_said_and_no_crash() -> None:
    def prover(_: Obligation) -> Verdict:
        raise RuntimeError("the prover's process did not start")

    verdict = judge_claims([LAW, claim("A", "I = V / R", LAW)], prover)["A"]
    assert (verdict.status, verdict.why) == (Status.UNDECIDED, Why.FAULT)


# What is kept is looked at again ----------------------------------------------------------------------------------


def test_another_version_of_the_program_or_of_sympy_is_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    question = Obligation(read("a = b"))
    keys = {verdict_cache.key_of(question, stamp) for stamp in ("1/2/1.13", "1/2/1.14", "1/3/1.13")}
    assert len(keys) == 3
    before = verdict_cache.stamp()
    monkeypatch.setattr(verdict_cache, "_version", lambda package: f"{package} 99")
    assert verdict_cache.stamp() != before


def test_the_key_knows_premises_names_and_precision_but_not_places() -> None:
    plain = Obligation(read("a = b"))
    different = [replace(plain, premises=(read("a = c"),)), Obligation(read("a = c")), Obligation(read("b = a"))]
    assert len({verdict_cache.key_of(one) for one in (plain, *different)}) == 4
    assert verdict_cache.key_of(plain) == verdict_cache.key_of(Obligation(read("a = b")))


def kept(store: Store, verdict: Verdict) -> Verdict | None:
    question = Obligation(read("P = I^2 R"), (read("V = I R"), read("P = V I")))
    cache = VerdictCache(store)
    cache.put(cache.key(question), verdict)
    cache.save()
    other = VerdictCache(store)
    return other.get(other.key(question), question)


def certificate(factor: str) -> Verdict:
    """A proof of P = I² R with a certificate that is right when the factor is I."""
    goal, law, power = (read(latex).relations[0] for latex in ("P = I^2 R", "V = I R", "P = V I"))
    term = {name: read(f"{name} = 1").relations[0].left for name in ("I", "R")}
    one = read("x = 1").relations[0].right
    return Verdict(
        Status.PROVED, Certificate((), ((0, term[factor]), (1, one))), used=(0, 1), goal=goal, given=(law, power)
    )


def test_a_certificate_that_the_kernel_accepts_comes_back_whole(store: Store) -> None:
    assert kept(store, certificate("I")) == certificate("I")


def test_a_certificate_that_proves_nothing_is_as_if_it_had_never_been_kept(store: Store) -> None:
    assert kept(store, certificate("R")) is None


def test_a_proof_of_something_else_is_no_proof_of_this(store: Store) -> None:
    other = read("a = a").relations[0]
    assert kept(store, replace(certificate("I"), goal=other, given=(), evidence=Certificate((), ()))) is None
    stranger = read("c = d").relations[0]
    assert kept(store, replace(certificate("I"), given=(*certificate("I").given, stranger))) is None


def test_a_proof_cannot_be_passed_off_as_a_refutation(store: Store) -> None:
    assert kept(store, replace(certificate("I"), status=Status.REFUTED)) is None


def test_a_witness_at_which_nothing_fails_is_not_believed(store: Store) -> None:
    goal = read("a = a").relations[0]
    zero, one = Fraction(0), Fraction(1)
    forged = Verdict(Status.REFUTED, Witness((), (), (zero, zero), (one, one)), goal=goal)
    assert kept(store, forged) is None


def test_what_the_kernel_cannot_check_is_taken_as_it_was(store: Store) -> None:
    verdict = Verdict(Status.RECOMPUTED, Comparison((Fraction(3), Fraction(3)), (Fraction(0), Fraction(0))))
    assert kept(store, verdict) == verdict


@pytest.mark.parametrize("data", [b"", b"\xc1", b"[]", b"\x91\x92\xc4\x01a\xc4\x01b"])
def test_a_torn_or_foreign_file_is_an_empty_cache(store: Store, data: bytes) -> None:
    store.put(verdict_cache.NAME, data)
    prover = Oracle({"I = V / R": proved(0)})
    assert judge_claims([LAW, claim("A", "I = V / R", LAW)], prover, VerdictCache(store))["A"].status is Status.PROVED
    assert len(prover.asked) == 1


def test_the_cache_does_not_grow_without_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_cache, "MOST", 3)
    questions = [Obligation(read(f"a = {n} b")) for n in range(5)]
    answers(questions, Oracle({}), VerdictCache(store))
    again = Oracle({})
    answers(questions, again, VerdictCache(store))
    assert again.asked == ["a = 0 b", "a = 1 b"], "those used last are kept"


@pytest.mark.parametrize("status", [Status.PROVED, Status.REFUTED])
def test_evidence_that_does_not_stand_makes_no_verdict(status: Status) -> None:
    prover = Oracle({"I = V / R": replace(certificate("R"), status=status)})
    verdict = judge_claims([LAW, claim("A", "I = V / R", LAW)], prover)["A"]
    assert (verdict.status, verdict.why) == (Status.UNDECIDED, Why.OPEN)


# What premises that nobody named can carry ------------------------------------------------------------------------


@pytest.mark.parametrize("way", [Way.NOTES, Way.SECTION, Way.NOTE])
@pytest.mark.parametrize("status", [Status.PROVED, Status.COMPUTED])
def test_a_proof_from_what_nobody_named_is_no_proof(way: Way, status: Status) -> None:
    found = weighed(claim("C", "I = V / R", LAW, way=way), Verdict(status, used=(0,)))
    assert found.status is Status.DERIVABLE
    assert "does not name as its premise" in found.detail


@pytest.mark.parametrize("refutation", [Refutation.WITNESS, Refutation.NUMBERS])
def test_a_refutation_by_what_nobody_named_is_a_warning(refutation: Refutation) -> None:
    verdict = Verdict(Status.REFUTED, refutation=refutation)
    found = weighed(claim("C", "I = V R", LAW, way=Way.SECTION), verdict)
    assert found.status is Status.REFUTED
    assert found.warning_only
    assert "earlier in the section" in found.detail


def test_a_conflict_among_what_nobody_named_is_nobodys() -> None:
    found = weighed(claim("C", "I = V R", LAW, way=Way.NOTE), Verdict(Status.CONFLICT, used=(0,)))
    assert (found.status, found.why) == (Status.UNDECIDED, Why.OPEN)


def test_dimensions_that_clash_in_the_claim_itself_need_no_premise() -> None:
    def measured(name: str, unit: str) -> Quantity:
        found = read_unit(unit)
        assert found is not None
        return Quantity(name, dimension=found.dimension, unit=found)

    clash = Verdict(Status.REFUTED, refutation=Refutation.DIMENSIONS)
    vocabulary = (measured("V", "V"), measured("I", "A"))
    alone = claim("C", "I = V", definition("D", "V = I R"), way=Way.SECTION, vocabulary=vocabulary)
    assert not weighed(alone, clash).warning_only
    assert weighed(replace(alone, vocabulary=vocabulary[:1]), clash).warning_only


@pytest.mark.parametrize("way", [Way.FROM, Way.BLOCKS])
def test_what_was_named_carries_everything(way: Way) -> None:
    one = claim("C", "I = V / R", LAW, way=way)
    for verdict in (proved(0), REFUTED, Verdict(Status.CONFLICT, used=(0,))):
        assert weighed(one, verdict) == verdict


def test_an_identity_needs_nothing_and_stays_proved_wherever_it_stands() -> None:
    assert weighed(claim("C", "x + x = 2 x", LAW, way=Way.SECTION), proved()) == proved()


def test_what_the_author_states_with_the_claim_is_named() -> None:
    one = claim("C", "V = 2 I", LAW, stated("R = 2"), way=Way.NOTE, explicit=Explicit(given=True))
    assert weighed(one, proved(1)) == proved(1)
    assert weighed(one, proved(0, 1)).status is Status.DERIVABLE
