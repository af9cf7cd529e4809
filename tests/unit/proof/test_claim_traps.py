"""What looks like a claim and must not be accused, and what is wrong and must be: `tests/cases/claim-traps.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.unit.proof.claimed import claims_of
from vaultcheck.formula.derive import derive
from vaultcheck.formula.verdict import Status, Verdict
from vaultcheck.proof.model import Claim
from vaultcheck.proof.obligations import oblige, temper

_TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "claim-traps.toml").read_text(encoding="utf-8")
)
_TRAPS: list[dict[str, str]] = _TABLE["trap"]
_ACCUSED: list[dict[str, str]] = _TABLE["accused"]


def _stated(trap: dict[str, str]) -> tuple[tuple[Claim, ...], str]:
    path = trap.get("path", "Note.md")
    return claims_of({"Laws.md": _TABLE["laws"], path: trap["note"] + "\n"}), path


def _verdicts(trap: dict[str, str]) -> list[tuple[Claim, Verdict]]:
    claims, path = _stated(trap)
    judged = [claim for claim in claims if claim.path == path and claim.judged and claim.may_be_error]
    return [(claim, temper(claim, derive(oblige(claim, claims)))) for claim in judged]


def test_there_are_enough_traps() -> None:
    assert len(_TRAPS) >= 60
    assert len({trap["name"] for trap in _TRAPS}) == len(_TRAPS)


@pytest.mark.parametrize("trap", _TRAPS, ids=lambda trap: trap["name"])
def test_nobody_is_accused(trap: dict[str, str]) -> None:
    for claim, verdict in _verdicts(trap):
        assert verdict.status not in {Status.REFUTED, Status.CONFLICT}, (claim.id, verdict)


@pytest.mark.parametrize("case", _ACCUSED, ids=lambda case: case["name"])
def test_a_wrong_claim_is_refuted(case: dict[str, str]) -> None:
    found = [verdict.status for _, verdict in _verdicts(case)]
    assert Status.REFUTED in found, found
