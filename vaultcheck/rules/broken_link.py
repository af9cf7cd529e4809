"""Links that were surely meant to reach a note, and reach none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.intent import bracketed_address, inferred_reading, surely_meant, web_address
from vaultcheck.graph.model import Missing, Part
from vaultcheck.graph.rewrite import linkpath_edit
from vaultcheck.graph.wording import did_you_mean, listed, note_name, quoted
from vaultcheck.note.model import Link, Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo(
    "broken-link", "a link that was surely meant to reach a note reaches none", Severity.ERROR, fixable=True
)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing notes that were surely meant to exist; the others are `unwritten-note`."""
    for path, link, missing in analysis.missing(Part.NOTE):
        if link.syntax is Syntax.CANVAS or not surely_meant(link, analysis.suggest):
            continue
        severity, hint = _special(analysis, link, missing)
        suggestions = () if hint else analysis.suggest.near_notes(missing.name)
        yield Finding(
            rule=INFO.name,
            message=f"there is no note {quoted(missing.name)}",
            location=Location(path, link.span),
            severity=severity,
            hint=hint or did_you_mean(suggestions) or _alias(analysis, link),
            suggestions=suggestions,
            fix=_fix(analysis, path, link, suggestions),
        )


def _fix(analysis: Analysis, path: NotePath, link: Link, suggestions: Sequence[str]) -> Fix | None:
    """Where one note has nearly that name: a link to it."""
    if len(suggestions) != 1 or link.subpath:
        return None
    edit = linkpath_edit(analysis.vault.read(path), link, suggestions[0])
    return None if edit is None else Fix(f"link to {quoted(suggestions[0])}", Applicability.UNSAFE, (edit,))


def _special(analysis: Analysis, link: Link, missing: Missing) -> tuple[Severity, str]:
    """Severity and hint where the nearest names would not help."""
    name = missing.name.lower().rpartition("/")[2]
    hidden = analysis.hidden.get(name if name.endswith(".md") else f"{name}.md")
    if hidden is not None:
        return Severity.NOTE if hidden.in_cloud else INFO.severity, hidden.why
    if bracketed_address(link):
        return INFO.severity, f"for a web address write [text]({link.linkpath})"
    if web_address(link):
        return Severity.WARNING, f"for a web address write https://{link.linkpath}"
    return Severity.WARNING if inferred_reading(link) else INFO.severity, ""


def _alias(analysis: Analysis, link: Link) -> str:
    """What would help when the name is another note's alias: links never resolve by alias."""
    named = analysis.aliases.get(link.linkpath.lower(), ())
    if named:
        notes = listed([quoted(note_name(path)) for path in named])
        return f"it is an alias of {notes}; links need the note's own name: [[{note_name(named[0])}|{link.linkpath}]]"
    return ""


RULE = Rule(INFO, check)
