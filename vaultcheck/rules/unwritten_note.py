"""Links to notes that somebody may still mean to write."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.hidden import hidden_target
from vaultcheck.graph.intent import Meant, how_surely_meant
from vaultcheck.graph.model import Part
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("unwritten-note", "a link names a note that is not written yet", Severity.NOTE)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing notes of which nothing says that they should exist; the others are `broken-link`."""
    for path, link, missing in analysis.missing(Part.NOTE):
        if link.syntax is Syntax.CANVAS:
            continue
        times = analysis.asked_for[missing.name.lower()]
        if how_surely_meant(link, analysis.suggest, times) is Meant.UNKNOWN:
            hidden = hidden_target(analysis.hidden, missing.name)
            yield Finding(
                rule=INFO.name,
                message=f"the note {quoted(missing.name)} is {'out of reach' if hidden else 'not written yet'}",
                location=Location(path, link.span),
                severity=INFO.severity,
                hint=hidden.why if hidden else "",
            )


RULE = Rule(INFO, check)
