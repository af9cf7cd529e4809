"""Claims that fail where everything holds that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.verdict import Refutation, Status
from vaultcheck.proof.model import Judged, Role
from vaultcheck.proof.wording import by_numbers, counter_example, level, places, said, true_only_if, understood, used
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("refuted-claim", "a claim fails where everything holds that it rests on", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims with a counter-example; broken steps of a derivation are `step-does-not-follow`."""
    for judged in analysis.appraisal.judged:
        verdict = judged.verdict
        if verdict is None or verdict.status is not Status.REFUTED or judged.claim.role is Role.STEP:
            continue
        if verdict.refutation is not Refutation.DIMENSIONS and not by_numbers(judged):
            yield _finding(judged)


def _finding(judged: Judged) -> Finding:
    claim, verdict = judged.claim, judged.verdict
    assert verdict is not None
    premises = used(claim, verdict)
    what = "contradicts what it rests on" if premises else "does not hold"
    example = counter_example(claim, verdict)
    return Finding(
        rule=INFO.name,
        message=f"{said(claim)} {what}: {example.text}" if example else f"{said(claim)} {what}",
        location=claim.location,
        severity=Severity(level(judged)),
        related=tuple(Related(premise.location, "it rests on this") for premise in places(premises)),
        hint=understood(verdict, example.hint if example else "", true_only_if(verdict), verdict.detail),
    )


RULE = Rule(INFO, check)
