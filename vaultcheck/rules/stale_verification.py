"""Claims that were accepted once and have changed since."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.proof.model import Role, Standing
from vaultcheck.proof.wording import said
from vaultcheck.rules.rule import Rule

INFO = RuleInfo(
    "stale-verification", "a claim, or what it rests on, has changed since it was accepted", Severity.WARNING
)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims in the ledger whose reading, or that of a premise, is another than it was."""
    for judged in analysis.appraisal.judged:
        if judged.standing is Standing.STALE:
            what = "this claim" if judged.claim.role is Role.TEXT else said(judged.claim)
            yield Finding(
                rule=INFO.name,
                message=f"{what} was accepted on {judged.since} and has to be looked at again: {judged.why}",
                location=judged.claim.location,
                severity=INFO.severity,
                hint="vaultcheck accept records that it still holds",
            )


RULE = Rule(INFO, check)
