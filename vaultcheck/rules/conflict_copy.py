"""Copies that synchronising programs left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.conflicts import copies, placeholder_for
from vaultcheck.graph.model import Resolved
from vaultcheck.graph.wording import note_name, quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span

INFO = RuleInfo("conflict-copy", "a file that a synchronising program left behind", Severity.NOTE)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Conflict copies, with the links that lead into them, and placeholders of files that iCloud keeps elsewhere."""
    vault = analysis.vault
    everything = (*vault.notes, *vault.canvases, *vault.attachments)
    found = copies(everything)
    linked = _links_into(analysis, found)
    existing = frozenset(everything) if found else frozenset()
    for path, original in found.items():
        beside = original in existing
        yield Finding(
            rule=INFO.name,
            message=f"this is a copy of {quoted(note_name(original))} from a synchronisation conflict",
            location=Location(path, Span(0, 0)),
            severity=INFO.severity,
            related=tuple(Related(place, "leads into the copy") for place in linked.get(path, ())),
            hint="merge what differs and delete the copy"
            if beside
            else f"rename it to {quoted(original)} if it is the one to keep",
        )
    for path in vault.hidden:
        elsewhere = placeholder_for(path)
        if elsewhere is not None:
            yield Finding(
                rule=INFO.name,
                message=f"{quoted(elsewhere)} is in iCloud and has not been downloaded; links to it cannot be checked",
                location=Location(path, Span(0, 0)),
                severity=INFO.severity,
            )


def _links_into(analysis: Analysis, copied: Mapping[NotePath, NotePath]) -> dict[NotePath, list[Location]]:
    """Where links to the copies are written. Looks at every link, but only of a vault that has copies."""
    found: dict[NotePath, list[Location]] = {}
    if not copied:
        return found
    for path, resolutions in analysis.resolutions.items():
        for link, resolution in zip(analysis.notes[path].links, resolutions, strict=True):
            if isinstance(resolution, Resolved) and resolution.target.path in copied:
                found.setdefault(resolution.target.path, []).append(Location(path, link.span))
    return found


RULE = Rule(INFO, check)
