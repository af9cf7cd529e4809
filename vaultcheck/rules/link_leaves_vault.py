"""Relative links that climb out of the vault."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.model import Part
from vaultcheck.graph.names import path_form
from vaultcheck.graph.wording import did_you_mean, note_name, quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("link-leaves-vault", "a relative link climbs out of the vault", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Links with more `../` than there are folders, which name nothing inside the vault either."""
    for path, link, _ in analysis.missing(Part.OUTSIDE):
        suggestions = _same_name(analysis, link.linkpath)
        yield Finding(
            rule=INFO.name,
            message=f"{quoted(link.linkpath)} climbs out of the vault, and Obsidian does not follow it there",
            location=Location(path, link.span),
            severity=INFO.severity,
            hint=did_you_mean(suggestions) or "move the file into the vault, or link to it with a file:// address",
            suggestions=suggestions,
        )


def _same_name(analysis: Analysis, linkpath: str) -> tuple[str, ...]:
    """Files of that very name in the vault."""
    name = path_form(linkpath).rpartition("/")[2]
    found = analysis.index.files.get(name) or analysis.index.files.get(f"{name}.md") or []
    return tuple(note_name(path) for _, path in found[:3])


RULE = Rule(INFO, check)
