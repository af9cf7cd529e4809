"""Formulas whose sides measure different things."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.verdict import Clash, Refutation, Status
from vaultcheck.proof.wording import level, said, understood, wanted
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("dimension-mismatch", "the two sides of a formula measure different things", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims whose declared dimensions cannot agree; a warning where a unit was only assumed."""
    for judged in analysis.appraisal.judged:
        claim, verdict = judged.claim, judged.verdict
        if verdict is None or verdict.status is not Status.REFUTED or verdict.refutation is not Refutation.DIMENSIONS:
            continue
        clash = verdict.evidence
        sides, reasons = "", ""
        if isinstance(clash, Clash):
            reasons = ", ".join(clash.reasons)
            sides = f": {clash.left} against {clash.right}" if clash.left != clash.right else ""
        worst = Severity(level(judged))
        if claim.arithmetic and not (claim.status or wanted(claim)):  # `1 eV = 8066 cm⁻¹`: what goes with what
            worst = Severity.NOTE
        elif isinstance(clash, Clash) and clash.assumed and worst is Severity.ERROR:
            worst = Severity.WARNING
        yield Finding(
            rule=INFO.name,
            message=f"{said(claim)} cannot hold, whatever the numbers{sides}",
            location=claim.location,
            severity=worst,
            hint=understood(verdict, reasons, verdict.detail),
        )


RULE = Rule(INFO, check)
