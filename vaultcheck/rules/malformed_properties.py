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

_HELP = (
    ("mapping values are not allowed", 'put a value that holds ": " into quotes'),
    ("cannot start any token", "put a value that begins with @, % or ` into quotes, and indent with spaces, not tabs"),
    ("expected ',' or ']'", "close the bracket, or put the value into quotes"),
    ("expected ',' or '}'", "close the brace, or put the value into quotes"),
    ("expected key", "begin each line with `key:`, and put a value that holds quotation marks into other quotes"),
    ("end of stream", "close the quotation mark"),
    ("undefined alias", "put a value that begins with * into quotes"),
    ("expected alphabetic", "put a value that begins with * or & into quotes"),
)
"""What usually helps, by words of the YAML reader's complaint."""


def check(analysis: Analysis) -> Iterator[Finding]:
    """Defects of the properties; in a template they are a note, since its marks are replaced before it is a note."""
    for path, defect in analysis.defects(DefectKind.PROPERTIES):
        block = analysis.vault.read(path).text[: analysis.notes[path].text_start]
        template = _TEMPLATE.search(block) is not None
        yield Finding(
            rule=INFO.name,
            message=f"the properties cannot be read: {defect.message}",
            location=Location(path, defect.span),
            severity=Severity.NOTE if template else INFO.severity,
            hint=next((help_ for words, help_ in _HELP if words in defect.message), defect.hint),
        )


RULE = Rule(INFO, check)
