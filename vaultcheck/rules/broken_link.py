"""Links that were surely meant to reach a note, and reach none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.hidden import hidden_target
from vaultcheck.graph.intent import (
    Meant,
    bracketed_address,
    how_surely_meant,
    inferred_reading,
    placeholder,
    web_address,
)
from vaultcheck.graph.model import Missing, Part
from vaultcheck.graph.names import extension
from vaultcheck.graph.rewrite import linkpath_edit
from vaultcheck.graph.wording import did_you_mean, quoted
from vaultcheck.note.model import Link, Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo(
    "broken-link", "a link that was surely meant to reach a note reaches none", Severity.ERROR, fixable=True
)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing notes that were meant to exist; the others are `unwritten-note`."""
    for path, link, missing in analysis.missing(Part.NOTE):
        if link.syntax is Syntax.CANVAS:
            continue
        meant = how_surely_meant(link, analysis.suggest, analysis.asked_for[missing.name.lower()])
        if meant is Meant.UNKNOWN:
            continue
        severity, hint = _special(analysis, link, missing)
        if meant is Meant.LIKELY or inferred_reading(link) or placeholder(link):
            severity = min(severity, Severity.WARNING, key=lambda severity: severity.weight)
        suggestions = _suggestions(analysis, missing.name) if not hint else ()
        yield Finding(
            rule=INFO.name,
            message=f"there is no {_kind(link)} {quoted(missing.name)}",
            location=Location(path, link.span),
            severity=severity,
            hint=hint or _alias(link, suggestions) or did_you_mean(suggestions),
            suggestions=suggestions,
            fix=_fix(analysis, path, link, suggestions),
        )


def _kind(link: Link) -> str:
    """What was asked for: a Markdown link or embed of `fit.py` need not be meant for a note."""
    other = extension(link.linkpath) not in {"", "md"} and (link.embed or link.syntax is Syntax.MARKDOWN)
    return "note or file" if other else "note"


def _suggestions(analysis: Analysis, name: str) -> tuple[str, ...]:
    """The note of nearly that name; only where there is none, those that are merely like it."""
    near = analysis.suggest.is_near(name)
    return (near,) if near is not None else analysis.suggest.near_notes(name)


def _fix(analysis: Analysis, path: NotePath, link: Link, suggestions: Sequence[str]) -> Fix | None:
    """Where one note has nearly that name: a link to it."""
    if len(suggestions) != 1 or link.subpath:
        return None
    name, _, alias = suggestions[0].partition("|")
    keeps_words = not alias or link.embed or link.display
    edit = linkpath_edit(analysis.vault.read(path), link, name if keeps_words else suggestions[0])
    return None if edit is None else Fix(f"link to {quoted(suggestions[0])}", Applicability.UNSAFE, (edit,))


def _special(analysis: Analysis, link: Link, missing: Missing) -> tuple[Severity, str]:
    """Severity and hint where the nearest names would not help."""
    hidden = hidden_target(analysis.hidden, missing.name)
    if hidden is not None:
        return Severity.NOTE if hidden.in_cloud else INFO.severity, hidden.why
    if bracketed_address(link):
        return INFO.severity, f"for a web address write [text]({link.linkpath})"
    if web_address(link):
        return INFO.severity, f"for a web address write https://{link.linkpath.lstrip('/')}"
    return INFO.severity, ""


def _alias(link: Link, suggestions: Sequence[str]) -> str:
    """What would help when the name is another note's alias: links never resolve by alias."""
    for near in suggestions:
        if near.partition("|")[2].lower() == link.linkpath.lower():
            return f"it is an alias, and links need the note's own name: {quoted(near)}"
    return ""


RULE = Rule(INFO, check)
