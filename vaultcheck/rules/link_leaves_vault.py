"""Relative links that climb out of the vault."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.model import Part
from vaultcheck.graph.wording import quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("link-leaves-vault", "a relative link climbs out of the vault", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Links with more `../` than there are folders, which name nothing inside the vault either."""
    for path, link, _ in analysis.missing(Part.OUTSIDE):
        yield Finding(
            rule=INFO.name,
            message=f"{quoted(link.linkpath)} climbs out of the vault, and Obsidian does not follow it there",
            location=Location(path, link.span),
            severity=INFO.severity,
            hint="move the file into the vault, or link to it with a file:// address",
        )


RULE = Rule(INFO, check)
