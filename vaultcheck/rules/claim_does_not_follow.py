"""Claims that say more than what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.verdict import Status, Verdict
from vaultcheck.proof.model import Judged, Role
from vaultcheck.proof.wording import counter_example, level, missing, places, said, true_only_if, understood, wanted
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("claim-does-not-follow", "a claim says more than what it rests on", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims that what their authors named neither proves nor refutes; those that name nothing may be `open-claim`."""
    for judged in analysis.appraisal.judged:
        verdict = judged.verdict
        if verdict is None or verdict.status is not Status.NOT_FOLLOWING or judged.claim.role is Role.STEP:
            continue
        claim = judged.claim
        if wanted(claim) and (claim.way.named or claim.explicit):
            yield _finding(judged, verdict)


def _finding(judged: Judged, verdict: Verdict) -> Finding:
    claim = judged.claim
    example = counter_example(claim, verdict)
    reason = verdict.detail or (f"{example.text}, though all that it rests on holds" if example else "")
    values = example.hint if example and not verdict.detail else ""
    what = f"{said(claim)} does not follow from what it rests on"
    return Finding(
        rule=INFO.name,
        message=f"{what}: {reason}" if reason else what,
        location=claim.location,
        severity=Severity.NOTE if level(judged) == "note" else INFO.severity,
        related=tuple(
            Related(premise.location, "it rests on this") for premise in places(claim.premises) if claim.way.named
        ),
        hint=understood(verdict, values, true_only_if(verdict), missing(verdict)),
    )


RULE = Rule(INFO, check)
