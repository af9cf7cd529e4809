"""Links to a block id that the note does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.model import Part
from vaultcheck.graph.rewrite import subpath_edit
from vaultcheck.graph.wording import did_you_mean, note_name, quoted
from vaultcheck.note.model import Link, Syntax
from vaultcheck.note.traces import Traces
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo("broken-block", "a link names a block id that its note does not have", Severity.ERROR, fixable=True)

_LEGAL = re.compile(r"[A-Za-z0-9-]+")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing block ids of notes that exist."""
    traces: dict[NotePath, Traces] = {}
    for path, link, missing in analysis.missing(Part.BLOCK):
        if link.syntax is Syntax.CANVAS:
            continue
        target = missing.path if missing.path is not None else path
        owner = "this note" if target == path else note_name(target)
        name = missing.name.removeprefix("^")
        if target not in traces:
            traces[target] = Traces(analysis.vault.read(target))
        severity, hint = _special(traces[target], name)
        near = () if hint else analysis.suggest.near_blocks(target, name)
        suggestions = tuple(f"^{known}" for known in near)
        yield Finding(
            rule=INFO.name,
            message=f"{owner} has no block {quoted('^' + name)}",
            location=Location(path, link.span),
            severity=severity,
            hint=hint or did_you_mean(suggestions),
            suggestions=suggestions,
            fix=_fix(analysis, path, link, suggestions),
        )


def _fix(analysis: Analysis, path: NotePath, link: Link, suggestions: Sequence[str]) -> Fix | None:
    """Where one block id is near: a link to it."""
    if len(suggestions) != 1:
        return None
    edit = subpath_edit(analysis.vault.read(path), link, suggestions[0])
    return None if edit is None else Fix(f"link to {suggestions[0]}", Applicability.UNSAFE, (edit,))


def _special(traces: Traces, name: str) -> tuple[Severity, str]:
    """Severity and hint where the id is written in the note, but where it names nothing."""
    written = traces.written_id(name)
    if written is None:
        return INFO.severity, ""
    place = f"line {written.line}"
    if not _LEGAL.fullmatch(name):
        return INFO.severity, f"it is written in {place}, but block ids hold Latin letters, digits and - only"
    if written.ends_line:
        # Where exactly an id at the end of a line names a block is inferred for some kinds of block.
        return Severity.WARNING, f"it stands in {place}, but an id names a block only as the last thing in it"
    return INFO.severity, f"it stands in {place} with text behind it; an id is the last thing in its block"


RULE = Rule(INFO, check)
