"""Premises that contradict each other, so that everything would follow from them."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.verdict import Conflict, Status
from vaultcheck.graph.wording import listed, quoted
from vaultcheck.proof.model import Judged, Premise
from vaultcheck.proof.wording import level, places, understood
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("conflicting-premises", "a claim rests on premises that contradict each other", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Each smallest set of premises that cannot all hold, at the first claim that rests on it."""
    reported: set[frozenset[Location]] = set()
    for judged in analysis.appraisal.judged:
        verdict = judged.verdict
        if verdict is None or verdict.status is not Status.CONFLICT:
            continue
        clashing = _clashing(judged)
        key = frozenset(premise.location for premise in clashing)
        if key not in reported:
            reported.add(key)
            yield _finding(judged, clashing)


def _clashing(judged: Judged) -> tuple[Premise, ...]:
    evidence = judged.verdict.evidence if judged.verdict is not None else None
    indices = evidence.premises if isinstance(evidence, Conflict) else range(len(judged.claim.premises))
    return tuple(judged.claim.premises[index] for index in indices if index < len(judged.claim.premises))


def _finding(judged: Judged, clashing: tuple[Premise, ...]) -> Finding:
    claim, verdict = judged.claim, judged.verdict
    assert verdict is not None
    written = list(dict.fromkeys(quoted(" ".join(premise.reading.latex.split())) for premise in clashing))
    what = f"{listed(written)} cannot {'both' if len(written) == 2 else 'all'} hold"
    if len(written) < 2:
        what = f"{written[0] if written else 'the premise'} cannot hold as the others of this claim have it"
    return Finding(
        rule=INFO.name,
        message=f"the premises of this claim contradict each other: {what}",
        location=claim.location,
        severity=Severity(level(judged)) if claim.may_be_error else Severity.NOTE,
        related=tuple(Related(premise.location, "contradicts the others") for premise in places(clashing)),
        hint=understood(verdict, "from a contradiction everything follows, so nothing is proved"),
    )


RULE = Rule(INFO, check)
