"""Files whose text cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, Span

INFO = RuleInfo("unreadable-file", "a note or canvas cannot be read", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """One finding a file, with the reason that the disk or the decoder gave. Links to the file still resolve."""
    for path, reason in analysis.unreadable.items():
        yield Finding(
            rule=INFO.name,
            message=f"this file cannot be read: {reason}",
            location=Location(path, Span(0, 0)),
            severity=INFO.severity,
        )


RULE = Rule(INFO, check)
