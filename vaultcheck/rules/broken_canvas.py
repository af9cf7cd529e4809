"""Canvases that are no canvas, or that show a file which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.model import Missing, Part
from vaultcheck.graph.wording import did_you_mean, note_name, quoted
from vaultcheck.note.model import DefectKind, Link, Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo("broken-canvas", "a canvas cannot be read, or shows what does not exist", Severity.ERROR)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Defects of canvas files, and file nodes whose file, heading or block is missing."""
    for path, defect in analysis.defects(DefectKind.CANVAS):
        yield Finding(INFO.name, defect.message, Location(path, defect.span), INFO.severity, hint=defect.hint)
    for path, link, resolution in analysis.reported:
        if link.syntax is Syntax.CANVAS and isinstance(resolution, Missing):
            yield _finding(analysis, path, link, resolution)


def _finding(analysis: Analysis, path: NotePath, link: Link, missing: Missing) -> Finding:
    severity = INFO.severity
    suggestions: tuple[str, ...] = ()
    if missing.part is Part.HEADING and missing.path is not None:
        message = f"this canvas shows the heading {quoted(missing.name)}, which {note_name(missing.path)} does not have"
        suggestions = analysis.suggest.near_headings(missing.path, missing.name)
    elif missing.part is Part.BLOCK and missing.path is not None:
        name = missing.name.removeprefix("^")
        message = f"this canvas shows the block {quoted('^' + name)}, which {note_name(missing.path)} does not have"
        suggestions = tuple(f"^{known}" for known in analysis.suggest.near_blocks(missing.path, name))
    else:
        message = f"this canvas shows {quoted(link.linkpath)}, which is not in the vault"
        suggestions = _same_name(analysis, link.linkpath)
        if suggestions:
            # That a canvas wants the whole path, and no search by name is made, is inferred (semantics 14.2).
            severity = Severity.WARNING
    return Finding(
        rule=INFO.name,
        message=message,
        location=Location(path, link.span),
        severity=severity,
        hint=did_you_mean(suggestions),
        suggestions=suggestions,
    )


def _same_name(analysis: Analysis, linkpath: str) -> tuple[str, ...]:
    """Files of the same name elsewhere in the vault."""
    name = linkpath.lower().rpartition("/")[2]
    everything = (*analysis.vault.notes, *analysis.vault.canvases, *analysis.vault.attachments)
    return tuple(path for path in everything if path.lower().rpartition("/")[2] in {name, f"{name}.md"})[:3]


RULE = Rule(INFO, check)
