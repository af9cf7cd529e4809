"""Claims in words that are tagged as settled and rest on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.model import Missing
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Note
from vaultcheck.proof.status import Status, read_status
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
    for path in analysis.vault.notes:
        note = analysis.notes.get(path)
        if note is None:
            continue
        read = [(tag, read_status(tag.name, analysis.config.tags)) for tag in note.tags]
        settled = [tag for tag, as_ in read if as_ and as_.exact and as_.status is Status.SETTLED]
        others = [tag.span.start for tag, as_ in read if as_ and as_.status is not Status.SETTLED]
        for tag in settled:
            if tag.span.start < note.text_start:
                continue
            source = analysis.vault.read(path)
            block = _block(source.text, tag.span, note.text_start)
            if any(block.start <= start < block.end for start in others) or not _is_bare_claim(source.slice(block)):
                continue
            if not _rests_on_something(analysis, path, note, block):
                yield Finding(
                    rule=INFO.name,
                    message=f"{quoted('#' + tag.name)} settles this claim, but no link says what it rests on",
                    location=Location(path, tag.span),
                    severity=INFO.severity,
                    hint="link to the note, block or source that shows it",
                )


def _block(text: str, span: Span, text_start: int) -> Span:
    """The lines around a tag up to the next blank line."""
    start = text_start
    for match in _BREAK.finditer(text, text_start, span.start):
        start = match.end()
    after = _BREAK.search(text, span.end)
    return Span(start, after.start() if after else len(text))


def _is_bare_claim(text: str) -> bool:
    if any(pattern.search(text) for pattern in (_TASK, _HEADING, _TABLE, _OTHER_EVIDENCE)):
        return False
    return len(_WORD.findall(_TAGS.sub("", text))) >= 4


def _rests_on_something(analysis: Analysis, path: NotePath, note: Note, block: Span) -> bool:
    for link, resolution in zip(note.links, analysis.resolutions[path], strict=True):
        inside = block.start <= link.span.start < block.end
        if inside and not isinstance(resolution, Missing):
            return True
    return any(block.start <= math.span.start < block.end for math in note.maths)


RULE = Rule(INFO, check)
