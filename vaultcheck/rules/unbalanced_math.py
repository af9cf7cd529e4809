"""Dollar signs without a partner, which swallow what follows."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.note.model import DefectKind
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("unbalanced-math", "a dollar sign without a partner swallows text or links", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Defects of math that the reader met."""
    for path, note in analysis.notes.items():
        for defect in note.defects:
            if defect.kind is DefectKind.UNBALANCED_MATH:
                place = Location(path, defect.span)
                yield Finding(INFO.name, defect.message, place, INFO.severity, hint=defect.hint)


RULE = Rule(INFO, check)
