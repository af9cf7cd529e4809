"""Notes that nobody links to."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.conflicts import copied_from
from vaultcheck.graph.model import Ambiguous, Missing
from vaultcheck.graph.wording import note_name
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span

INFO = RuleInfo("orphan-note", "a note that no other note links to", Severity.NOTE, enabled=False)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Notes without a link from another note or canvas. A link that may be meant for a note counts for it."""
    linked: set[NotePath] = set()
    for path, resolutions in analysis.resolutions.items():
        for resolution in resolutions:
            match resolution:
                case Ambiguous(candidates):
                    linked.update(candidates)
                case Missing(path=target):
                    if target is not None and target != path:
                        linked.add(target)
                case _:
                    if resolution.target.path != path:
                        linked.add(resolution.target.path)
    for path in analysis.vault.notes:
        if path not in linked and copied_from(path) is None:
            yield Finding(
                rule=INFO.name,
                message=f"no other note links to {note_name(path)}",
                location=Location(path, Span(0, 0)),
                severity=INFO.severity,
            )


RULE = Rule(INFO, check)
