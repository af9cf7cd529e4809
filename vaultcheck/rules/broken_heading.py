"""Links to a heading that the note does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.model import Missing, Part
from vaultcheck.graph.rewrite import linkable, subpath_edit
from vaultcheck.graph.wording import did_you_mean, note_name, quoted
from vaultcheck.note.model import Link, Syntax
from vaultcheck.note.traces import Traces
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo("broken-heading", "a link names a heading that its note does not have", Severity.ERROR, fixable=True)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing headings of notes that exist, but for Markdown links to a GitHub anchor (`slug-heading-link`)."""
    traces: dict[NotePath, Traces] = {}
    for path, link, missing in analysis.missing(Part.HEADING):
        target = missing.path if missing.path is not None else path
        if link.syntax is Syntax.CANVAS or _reported_as_slug(analysis, link, target):
            continue
        if target not in traces:
            traces[target] = Traces(analysis.vault.read(target), analysis.notes[target].headings)
        yield _finding(analysis, path, link, missing, target, traces[target])


def _reported_as_slug(analysis: Analysis, link: Link, target: NotePath) -> bool:
    return link.syntax is Syntax.MARKDOWN and analysis.slugs(target).find(link.subpath) is not None


def _finding(
    analysis: Analysis, path: NotePath, link: Link, missing: Missing, target: NotePath, traces: Traces
) -> Finding:
    owner = "this note" if target == path else note_name(target)
    severity, hint = _special(missing.name, traces)
    suggestions = analysis.suggest.near_headings(target, missing.name) if not hint else ()
    return Finding(
        rule=INFO.name,
        message=f"{owner} has no heading {quoted(missing.name)}",
        location=Location(path, link.span),
        severity=severity,
        hint=hint or did_you_mean(suggestions),
        suggestions=suggestions,
        fix=_fix(analysis, path, link, suggestions),
    )


def _fix(analysis: Analysis, path: NotePath, link: Link, suggestions: Sequence[str]) -> Fix | None:
    if len(suggestions) != 1 or len(link.heading) != 1:
        return None
    edit = subpath_edit(analysis.vault.read(path), link, linkable(suggestions[0]))
    return None if edit is None else Fix(f"link to {quoted(suggestions[0])}", Applicability.UNSAFE, (edit,))


def _special(name: str, traces: Traces) -> tuple[Severity, str]:
    """Severity and hint where the heading is there in a form that Obsidian's links do not reach."""
    if traces.is_heading(name):
        # Semantics 5.13 is inferred: links are NFC, heading text is compared as it stands.
        return Severity.WARNING, "the heading is written with decomposed accents; type it again"
    if traces.is_html_anchor(name):
        return Severity.WARNING, "an HTML anchor has that name, but Obsidian's links reach headings and blocks only"
    if traces.is_inside(name):
        return INFO.severity, "that heading stands inside a list, quote, callout or comment, where links do not reach"
    line = traces.heading_line(name)
    if line is not None:
        # Where a formula or comment that is never closed ends is inferred (semantics 10.2 and 13.4).
        return Severity.WARNING, f"line {line} would be that heading, but code, math, HTML or a comment holds it"
    return INFO.severity, ""


RULE = Rule(INFO, check)
