"""Numbers that differ from what they are said to be by more than the digits written allow."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.verdict import Status
from vaultcheck.proof.wording import by_numbers, counter_example, level, places, said, understood, used
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("wrong-number", "a number is not what the values before it give", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims whose two sides, each with the precision of its digits, lie apart."""
    for judged in analysis.appraisal.judged:
        claim, verdict = judged.claim, judged.verdict
        if verdict is None or verdict.status is not Status.REFUTED or not by_numbers(judged):
            continue
        example = counter_example(claim, verdict)
        what = f"the numbers of {said(claim)} do not agree"
        yield Finding(
            rule=INFO.name,
            message=f"{what}: {example.text}" if example else what,
            location=claim.location,
            severity=Severity(level(judged)),
            related=tuple(Related(one.location, "computed from this") for one in places(used(claim, verdict))),
            hint=understood(verdict, verdict.detail),
        )


RULE = Rule(INFO, check)
