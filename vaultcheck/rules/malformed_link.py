"""What looks like a link and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.note.model import Defect, DefectKind
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span, TextEdit

INFO = RuleInfo("malformed-link", "what was written as a link is none for Obsidian", Severity.WARNING, fixable=True)

_SPACED = re.compile(r"!?\[[^\]\n]*\]\((?P<destination>[^<>()\n\"']* [^<>()\n\"']*)\)")
_BAR = re.compile(r"!?\[\[[^\]|\n]*(?<!\\)(?P<bar>\|)[^\]\n]*\]\]")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Defects that the reader met where a link was meant."""
    for path, defect in analysis.defects(DefectKind.MALFORMED_LINK):
        yield Finding(
            rule=INFO.name,
            message=defect.message,
            location=Location(path, defect.span),
            severity=INFO.severity,
            hint=defect.hint,
            fix=_fix(analysis, path, defect),
        )


def _fix(analysis: Analysis, path: NotePath, defect: Defect) -> Fix | None:
    """Spaces become `%20`, a bar in a table `\\|`, a property gets quotes; anything else is for its author to mend."""
    written = analysis.vault.read(path).slice(defect.span)
    spaced, bar = _SPACED.fullmatch(written), _BAR.fullmatch(written)
    if spaced:
        place, title = Span(*spaced.span("destination")), "write %20 for each space"
        replacement = spaced["destination"].strip().replace(" ", "%20")
    elif bar:
        place, title, replacement = Span(*bar.span("bar")), r"write \| inside the table", r"\|"
    elif defect.span.end <= analysis.notes[path].text_start and '"' not in written:
        place, title, replacement = Span(0, len(written)), "put it in quotes", f'"{written}"'
    else:
        return None
    span = Span(defect.span.start + place.start, defect.span.start + place.end)
    return Fix(title, Applicability.SAFE, (TextEdit(Location(path, span), replacement),))


RULE = Rule(INFO, check)
