"""Claims that hold as far as anybody can see, and are not proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.tell import said_as
from vaultcheck.formula.verdict import Sampling, Status, Verdict
from vaultcheck.graph.wording import listed
from vaultcheck.proof.model import Judged
from vaultcheck.proof.wording import places, said, understood, used, wanted
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("claim-not-proved", "a claim holds as far as can be seen, and is not proved", Severity.NOTE)

_SETTLED_BY = {
    Status.DERIVABLE: "write the reading as with:: to settle it",
    Status.NUMERIC: "link to what it follows from to settle it",
    Status.DIMENSIONAL: "link to what it follows from to settle it",
}


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims of which a verdict was wanted and that are derivable under a reading, hold at all points that were tried,
    or are right in their dimensions."""
    for judged in analysis.appraisal.judged:
        verdict = judged.verdict
        if verdict is not None and verdict.status in _SETTLED_BY and wanted(judged.claim):
            yield _finding(judged, verdict)


def _finding(judged: Judged, verdict: Verdict) -> Finding:
    claim = judged.claim
    premises = used(claim, verdict)
    return Finding(
        rule=INFO.name,
        message=f"{said(claim)} {_how(verdict)}",
        location=claim.location,
        severity=INFO.severity,
        related=tuple(Related(premise.location, "it rests on this") for premise in places(premises)),
        hint=understood(replace(verdict, correspondences=()), _SETTLED_BY[verdict.status]),
    )


def _how(verdict: Verdict) -> str:
    match verdict.status:
        case Status.DERIVABLE if verdict.correspondences:
            read = [listed([f"{name} as {term}" for name, term in said_as(match)]) for match in verdict.correspondences]
            return f"follows from what it rests on, reading {listed(read, 'or')}"
        case Status.DERIVABLE:
            return verdict.detail or "follows under a reading that was guessed"
        case Status.NUMERIC:
            points = f" at {verdict.evidence.points} points" if isinstance(verdict.evidence, Sampling) else ""
            return f"has no counter-example{points}, which is no proof"
        case _:
            return "is right in its dimensions, which is all that could be compared"


RULE = Rule(INFO, check)
