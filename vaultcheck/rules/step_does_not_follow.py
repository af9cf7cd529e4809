"""Steps of a displayed derivation that do not follow from the line before."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.verdict import Refutation, Status
from vaultcheck.proof.model import Judged, Role
from vaultcheck.proof.wording import by_numbers, counter_example, level, missing, said, true_only_if, understood
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("step-does-not-follow", "a step of a derivation does not follow", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Steps that fail at a point, or say what nothing before says; each step is judged by itself."""
    for judged in analysis.appraisal.judged:
        if judged.claim.role is Role.STEP and _broken(judged):
            yield _finding(judged)


def _broken(judged: Judged) -> bool:
    verdict = judged.verdict
    if verdict is None:
        return False
    if verdict.status is Status.REFUTED:
        return verdict.refutation is not Refutation.DIMENSIONS and not by_numbers(judged)
    # Of names that nothing before mentions nobody knows what the author had in mind.
    return verdict.status is Status.NOT_FOLLOWING and (judged.claim.may_be_error or not verdict.unknown)


def _finding(judged: Judged) -> Finding:
    claim, verdict = judged.claim, judged.verdict
    assert verdict is not None
    example = counter_example(claim, verdict)
    what = f"the step {said(claim)} does not follow"
    return Finding(
        rule=INFO.name,
        message=f"{what}: {example.text}" if example else what,
        location=claim.location,
        severity=Severity.NOTE if level(judged) == "note" else INFO.severity,
        hint=understood(
            verdict, example.hint if example else "", true_only_if(verdict), missing(verdict), verdict.detail
        ),
    )


RULE = Rule(INFO, check)
