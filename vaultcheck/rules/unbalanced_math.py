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
    for path, defect in analysis.defects(DefectKind.UNBALANCED_MATH):
        yield Finding(INFO.name, defect.message, Location(path, defect.span), INFO.severity, hint=defect.hint)


RULE = Rule(INFO, check)
