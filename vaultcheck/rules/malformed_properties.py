"""Properties that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.note.model import DefectKind
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("malformed-properties", "the properties of a note cannot be read", Severity.ERROR)

_TEMPLATE = re.compile(r"\{\{|<%")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Defects of the properties; in a template they are a note, since its marks are replaced before it is a note."""
    for path, note in analysis.notes.items():
        for defect in note.defects:
            if defect.kind is not DefectKind.PROPERTIES:
                continue
            block = analysis.vault.read(path).text[: note.text_start]
            template = _TEMPLATE.search(block) is not None
            yield Finding(
                rule=INFO.name,
                message=f"the properties cannot be read: {defect.message}",
                location=Location(path, defect.span),
                severity=Severity.NOTE if template else INFO.severity,
                hint=defect.hint,
            )


RULE = Rule(INFO, check)
