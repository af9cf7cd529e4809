"""Claims in words that are tagged as settled and rest on nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.model import Missing
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Note, Tag
from vaultcheck.proof.status import Status, StatusTag
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span

INFO = RuleInfo("missing-evidence", "a settled claim in words has no link to what it rests on", Severity.WARNING)

_BREAK = re.compile(r"(?:\r\n|\r|\n)[ \t>]*(?=\r|\n|$)")
_TASK = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[.\][ \t]", re.MULTILINE)
_HEADING = re.compile(r"^[ \t>]*#{1,6}[ \t]", re.MULTILINE)
_TABLE = re.compile(r"^[ \t>]*\|", re.MULTILINE)
_OTHER_EVIDENCE = re.compile(r"https?://|doi|isbn|arxiv|\[\^|\^\[|\[@|::|`|pmid|\$", re.IGNORECASE)
_TAGS = re.compile(r"#[^\s#]+")
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Blocks with a settled tag and at least four words, and no link that resolves, formula, footnote or reference.

    Tasks, headings, table rows and tags that stand alone are left out: there the tag speaks of something else. So are
    claims that are settled and open at once, which is what `contradicting-tags` says of them.
    """
    canvases = frozenset(analysis.vault.canvases)
    for path, marked in analysis.status_tags.items():
        if path in canvases:
            continue
        for tag in _resting_on_nothing(analysis, path, analysis.notes[path], marked):
            yield Finding(
                rule=INFO.name,
                message=f"{quoted('#' + tag.name)} settles this claim, but no link says what it rests on",
                location=Location(path, tag.span),
                severity=INFO.severity,
                hint="link to the note, block or source that shows it",
            )


def _resting_on_nothing(analysis: Analysis, path: NotePath, note: Note, marked: Sequence[StatusTag]) -> Iterator[Tag]:
    """The settled tags of the body whose block shows nothing for them."""
    read = [(tag, as_) for tag, as_ in marked if tag.span.start >= note.text_start]
    settled = [tag for tag, as_ in read if as_.exact and as_.status is Status.SETTLED]
    if not settled:
        return
    text = analysis.vault.read(path).text
    blocks = _Blocks(text, note.text_start)
    shown = {blocks.at(tag.span.start) for tag, as_ in read if as_.status is not Status.SETTLED}
    shown.update(blocks.at(math.span.start) for math in note.maths)
    for link, resolution in zip(note.links, analysis.resolutions[path], strict=True):
        if not isinstance(resolution, Missing):
            shown.add(blocks.at(link.span.start))
    bare: dict[Span, bool] = {}
    for tag in settled:
        block = blocks.at(tag.span.start)
        if block not in bare:
            bare[block] = block not in shown and _is_bare_claim(text[block.start : block.end])
        if bare[block]:
            yield tag


class _Blocks:
    """The stretches of a text between blank lines."""

    def __init__(self, text: str, start: int) -> None:
        self._starts = [start, *(match.end() for match in _BREAK.finditer(text, start))]
        self._end = len(text)

    def at(self, offset: int) -> Span:
        """The stretch that holds an offset."""
        number = bisect_right(self._starts, offset)
        end = self._starts[number] if number < len(self._starts) else self._end
        return Span(self._starts[number - 1] if number else 0, end)


def _is_bare_claim(text: str) -> bool:
    if any(pattern.search(text) for pattern in (_TASK, _HEADING, _TABLE, _OTHER_EVIDENCE)):
        return False
    return len(_WORD.findall(_TAGS.sub("", text))) >= 4


RULE = Rule(INFO, check)
