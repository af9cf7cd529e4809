"""Claims that rest on themselves."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.wording import note_name
from vaultcheck.proof.model import Claim, Standing
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("circular-premises", "claims rest on each other in a circle", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Each circle once, at its first claim; an error when all of its links are their authors' own."""
    appraisal = analysis.appraisal
    claims = {judged.claim.id: judged.claim for judged in appraisal.judged}
    reported: set[frozenset[str]] = set()
    for judged in appraisal.judged:
        circle = frozenset(judged.loop)
        if judged.standing is Standing.CIRCULAR and judged.loop and circle not in reported:
            reported.add(circle)
            yield _finding([claims[name] for name in _from(judged.claim.id, judged.loop) if name in claims])


def _from(first: str, loop: tuple[str, ...]) -> tuple[str, ...]:
    """The circle, beginning with `first`."""
    at = loop.index(first) if first in loop else 0
    return loop[at:] + loop[:at]


def _finding(loop: list[Claim]) -> Finding:
    first, *others = loop
    way = " \u2190 ".join(note_name(claim.path) + claim.id[len(note_name(claim.path)) :] for claim in (*loop, first))
    return Finding(
        rule=INFO.name,
        message=f"this claim rests on itself: {way}",
        location=first.location,
        severity=INFO.severity if all(claim.may_be_error for claim in loop) else Severity.WARNING,
        related=tuple(Related(other.location, "by way of this claim") for other in others),
        hint="let one of them rest on something else",
    )


RULE = Rule(INFO, check)
