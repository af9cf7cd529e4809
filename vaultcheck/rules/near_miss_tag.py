"""Tags that are a status tag but for one letter."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.wording import quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, Span, TextEdit

INFO = RuleInfo("near-miss-tag", "a tag is a status tag but for one letter", Severity.WARNING, fixable=True)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Tags one edit away from the words of exactly one family of status tags, and in none themselves."""
    for path, tags in analysis.status_tags.items():
        for tag, reading in tags:
            if reading.exact:
                continue
            meant = reading.meant + tag.name[reading.length :]
            start = tag.span.end - len(tag.name)
            place = Span(start, start + reading.length)
            as_written = analysis.vault.read(path).slice(place) == tag.name[: reading.length]
            edit = TextEdit(Location(path, place), reading.meant)
            yield Finding(
                rule=INFO.name,
                message=f"{quoted('#' + tag.name)} is no status tag, but nearly one",
                location=Location(path, tag.span),
                severity=INFO.severity,
                hint=f"did you mean {quoted('#' + meant)}?",
                suggestions=(f"#{meant}",),
                fix=Fix(f"write #{meant}", Applicability.SAFE, (edit,)) if as_written else None,
            )


RULE = Rule(INFO, check)
