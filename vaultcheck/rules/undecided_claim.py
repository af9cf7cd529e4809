"""Claims that rest on named premises and could not be decided."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.verdict import Status as Outcome
from vaultcheck.formula.verdict import Why
from vaultcheck.proof.model import Role
from vaultcheck.proof.status import Status
from vaultcheck.proof.wording import said, understood, wanted
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("undecided-claim", "nobody can say whether a claim follows from what it names", Severity.NOTE)

_LEFT_IN_PEACE = frozenset({Why.UNREAD, Why.NOT_A_RELATION})


def check(analysis: Analysis) -> Iterator[Finding]:
    """Undecided claims that name their premises; open ones are `open-claim`, unread ones `unread-formula`."""
    for judged in analysis.appraisal.judged:
        claim, verdict = judged.claim, judged.verdict
        if verdict is None or verdict.status is not Outcome.UNDECIDED or verdict.why is None:
            continue
        if claim.role is Role.TEXT or claim.status is Status.OPEN or not wanted(claim) or verdict.why in _LEFT_IN_PEACE:
            continue
        yield Finding(
            rule=INFO.name,
            message=f"{said(claim)} is undecided: {verdict.why.value}",
            location=claim.location,
            severity=INFO.severity,
            hint=understood(verdict, verdict.detail),
        )


RULE = Rule(INFO, check)
