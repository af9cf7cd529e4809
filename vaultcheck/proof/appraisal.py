"""What a vault claims, what becomes of it, and what it is worth: `appraise`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vaultcheck.formula.verdict import Verdict
from vaultcheck.proof.asked import asked_for
from vaultcheck.proof.claims import Seen, collect
from vaultcheck.proof.evidence import evidence_of
from vaultcheck.proof.judging import judge_claims
from vaultcheck.proof.ledger import read_ledger
from vaultcheck.proof.model import Claim, Judged
from vaultcheck.proof.proving import Proving
from vaultcheck.proof.standing import standings
from vaultcheck.proof.structure import Structure, structure
from vaultcheck.proof.verdict_cache import VerdictCache
from vaultcheck.source import NotePath, Source
from vaultcheck.vault import Unreadable


class Appraisal(NamedTuple):
    """The claims of a vault in order, the verdicts on those that want one by their ids, each claim with its standing,
    and what rests on what."""

    claims: tuple[Claim, ...]
    verdicts: Mapping[str, Verdict]
    judged: tuple[Judged, ...]
    structure: Structure


def appraise(analysis: Seen, proving: Proving) -> Appraisal:
    """The claims of a vault, judged and weighed. Without a prover no claim has a verdict."""
    claims = collect(analysis, asked_for(analysis) if proving.asked_only else None)
    verdicts: Mapping[str, Verdict] = {}
    if proving.prover is not None:
        cache = VerdictCache(proving.store)
        verdicts = judge_claims(claims, proving.prover, cache, jobs=proving.jobs, progress=proving.progress)

    def read(path: NotePath) -> Source:
        try:
            return analysis.vault.read(path)
        except Unreadable:
            return Source(path, "")

    linked, words = evidence_of(claims, analysis.notes, analysis.resolutions, read)
    built = structure(claims, verdicts, linked, words)
    return Appraisal(claims, verdicts, standings(built, verdicts, read_ledger(proving.ledger)), built)
