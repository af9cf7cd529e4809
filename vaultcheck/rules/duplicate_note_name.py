"""Notes of the same name in several folders."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.conflicts import copied_from
from vaultcheck.graph.wording import listed, note_name, quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span

INFO = RuleInfo("duplicate-note-name", "several notes have the same name", Severity.NOTE, enabled=False)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Notes whose file names are equal without case; conflict copies are `conflict-copy`'s."""
    by_name: dict[str, list[NotePath]] = {}
    for path in analysis.vault.notes:
        if copied_from(path) is None:
            by_name.setdefault(path.rpartition("/")[2].lower(), []).append(path)
    for paths in by_name.values():
        for path in paths if len(paths) > 1 else ():
            others = [other for other in paths if other != path]
            some = [quoted(note_name(other)) for other in others[:3]]
            some += [f"{len(others) - 3} more"] if len(others) > 3 else []
            yield Finding(
                rule=INFO.name,
                message=f"this note shares its name with {listed(some)}",
                location=Location(path, Span(0, 0)),
                severity=INFO.severity,
                related=tuple(Related(Location(other, Span(0, 0)), "has the same name") for other in others),
                hint="links by name alone can reach only one of them",
            )


RULE = Rule(INFO, check)
