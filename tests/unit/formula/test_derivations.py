"""Derivations with the verdict that is right, each through `judge` and its worker process. No wrong verdict, ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultcheck.formula.codec import from_json, to_json
from vaultcheck.formula.recheck import holds_up
from vaultcheck.formula.verdict import (
    KERNEL_CHECKED,
    Computation,
    Refutation,
    Status,
    Verdict,
    Witness,
)
from vaultcheck.library import Definition, judge

CASES = Path(__file__).parents[2] / "cases"
TABLE: dict[str, dict[str, Any]] = {
    case["id"]: case
    for name in ("derivations", *(f"derivations-{part}" for part in ("more", "third", "fourth", "fifth")))
    for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
}
EXPECTATIONS = {"proved", "refuted", "dimension_error", "unsupported", "numeric_ok", "numeric_wrong"}

_known: dict[str, Verdict] = {}


def verdict_of(name: str) -> Verdict:
    """The verdict on a case, asked for once."""
    if name not in _known:
        case = TABLE[name]
        definitions = {key: Definition(**value) for key, value in case["definitions"].items()}
        signed = case.get("signed") or ()
        _known[name] = judge(case["claim"], case["premises"], definitions, signed, case.get("rtol"))
    return _known[name]


def meets(expected: str, verdict: Verdict) -> bool:
    """Whether a verdict is the one expected."""
    return verdict.outcome == expected


def test_the_table_is_large_and_half_of_it_is_wrong() -> None:
    wrong = [case for case in TABLE.values() if case["expect"] not in {"proved", "numeric_ok"}]
    assert len(TABLE) >= 1100
    assert len(wrong) >= 430
    assert {case["expect"] for case in TABLE.values()} == EXPECTATIONS


@pytest.mark.parametrize("name", TABLE)
def test_the_verdict_is_the_right_one(name: str) -> None:
    verdict = verdict_of(name)
    assert meets(TABLE[name]["expect"], verdict), (verdict.status, verdict.why, verdict.detail)


@pytest.mark.parametrize("name", TABLE)
def test_every_other_expectation_fails(name: str) -> None:
    others = EXPECTATIONS - {TABLE[name]["expect"]}
    assert not [expected for expected in others if meets(expected, verdict_of(name))]


@pytest.mark.parametrize("name", TABLE)
def test_what_stands_behind_it_is_written_read_and_checked_again(name: str) -> None:
    verdict = verdict_of(name)
    again = from_json(json.loads(json.dumps(to_json(verdict))))
    assert again == verdict
    stands = holds_up(again)
    assert stands is not False
    if verdict.status is Status.PROVED:
        assert isinstance(verdict.evidence, KERNEL_CHECKED)
        assert stands
    if verdict.status is Status.COMPUTED:
        assert isinstance(verdict.evidence, (Computation, *KERNEL_CHECKED))
    if verdict.refutation is Refutation.WITNESS and isinstance(verdict.evidence, Witness):
        assert stands or verdict.evidence.computed or verdict.goal is not None


def test_a_polynomial_derivation_has_a_certificate() -> None:
    kinds = [type(verdict_of(name).evidence).__name__ for name in TABLE if TABLE[name]["expect"] == "proved"]
    assert kinds.count("Certificate") >= 60
