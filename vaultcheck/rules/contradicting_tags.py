"""Claims whose tags say two things that cannot both be so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Note
from vaultcheck.proof.status import Status, StatusTag
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Source

INFO = RuleInfo("contradicting-tags", "the status tags of one claim contradict each other", Severity.ERROR)

_SAYS = {Status.OPEN: "is still to be checked", Status.SETTLED: "is right", Status.DISPUTED: "is not right"}
_BETWEEN = re.compile(r"(?:[\s,;]|#[^\s#,;]+)*")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Settled beside open or disputed, in one line or in the properties; misspelt tags are read as meant.

    Open and disputed go together (doubted, and to be checked). A line that holds a tag of every family explains the
    tags. With words between them two tags may belong to two claims, and properties may list what a note holds: then
    it is a warning.
    """
    canvases = frozenset(analysis.vault.canvases)
    for path, marked in analysis.status_tags.items():
        settled = any(reading.status is Status.SETTLED for _, reading in marked)
        if len(marked) > 1 and settled and path not in canvases:
            note, source = analysis.notes[path], analysis.vault.read(path)
            for group in _claims(source, note, marked):
                yield from _contradictions(path, source, note, group)


def _claims(source: Source, note: Note, marked: Sequence[StatusTag]) -> Iterator[list[StatusTag]]:
    """The status tags that stand together: on one line, or in the properties."""
    groups: dict[int, list[StatusTag]] = {}
    for one in marked:
        start = one.tag.span.start
        line = 0 if start < note.text_start else source.position(start).line
        groups.setdefault(line, []).append(one)
    yield from groups.values()


def _contradictions(path: NotePath, source: Source, note: Note, group: Sequence[StatusTag]) -> Iterator[Finding]:
    found = {one.reading.status: one for one in reversed(group)}
    if len(found) != 2 or Status.SETTLED not in found:
        return
    first, second = sorted(found.values(), key=lambda one: one.tag.span)
    severity = INFO.severity
    between = source.text[first.tag.span.end : second.tag.span.start]
    if second.tag.span.start < note.text_start or not _BETWEEN.fullmatch(between):
        severity = Severity.WARNING
    yield Finding(
        rule=INFO.name,
        message=(
            f"{quoted('#' + first.tag.name)} says that this {_SAYS[first.reading.status]}, "
            f"{quoted('#' + second.tag.name)} that it {_SAYS[second.reading.status]}"
        ),
        location=Location(path, second.tag.span),
        severity=severity,
        related=(Related(Location(path, first.tag.span), "contradicted here"),),
        hint="keep the one that is so",
    )


RULE = Rule(INFO, check)
