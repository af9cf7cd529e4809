"""The blocks of a note as a claim knows them: paragraphs, list items, quotes, callouts, rows, with their displays.

A display belongs to the text that touches it without a blank line; a paragraph that ends with a colon leads into the
block behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from vaultcheck.note.model import BlockKind, Note
from vaultcheck.proof.passages import is_local
from vaultcheck.source import Source, Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?")
_CALLOUT = re.compile(r"[ \t]*\[!([^\]\r\n]+)\][-+]?[ \t]*([^\r\n]*)")
_TAGGED = re.compile(r"(?<!\S)#[^\s#]")
"""In the title of a callout: only then does the title state something, beside what it is called."""
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_TAIL = re.compile(r"(?:[\s*_]|(?<!\S)#[^\s#]+|(?<!\S)\^[A-Za-z0-9-]+|%%.*?%%)*$")
_EXAMPLE = re.compile(
    r"[ \t]*[*_]*(?:worked\s+|gegen|contre-|contro|counter-?\s?)?"
    r"(?:examples?|exercises?|problem|exemples?|exercices?|beispiele?|aufgaben?|esemp[io]+|eserciz[io]+|ejemplos?"
    r"|ejercicios?|eksempel|exempel|esimerkki)\b[^.:\n]{0,30}?(?:[.:]|[*_]{1,2}(?:\s|$)|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block. `container` is the list, table or run of quoted lines around it; `lead` the paragraph with a colon
    before it; `callout` the type and title of the callout that holds it; `header` the first row of its table."""

    kind: BlockKind
    span: Span
    container: Span
    lead: Span | None = None
    callout: str = ""
    header: Span | None = None
    example: bool = False

    @property
    def whole(self) -> Span:
        """The block with the paragraph that leads into it."""
        return Span(self.lead.start, self.span.end) if self.lead is not None else self.span


@dataclass(frozen=True)
class TextBlocks:
    """The blocks of one note, in order."""

    blocks: tuple[TextBlock, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    def at(self, place: int) -> TextBlock | None:
        """The block that holds a place."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= max(self.blocks[index].span.end, self.blocks[index].span.start + 1):
            return None
        return self.blocks[index]

    def before(self, block: TextBlock) -> TextBlock | None:
        """The block before another."""
        index = bisect_right(self._starts, block.span.start) - 2
        return self.blocks[index] if index >= 0 else None


def blocks_of(note: Note, source: Source) -> TextBlocks:
    """The blocks of a note. Code is in none; a display that spans lines is never cut."""
    return TextBlocks(tuple(_with_leads(_Walk(note, source.text).run(), source.text)))


def _with_leads(blocks: Iterator[TextBlock], text: str) -> Iterator[TextBlock]:
    """The blocks with what leads into them, and with what a paragraph `Example:` announces up to the next heading."""
    before: TextBlock | None = None
    example = False
    for block in blocks:
        words = text[block.span.start : block.span.end]
        if block.kind is BlockKind.HEADING:
            example = False
        elif _EXAMPLE.match(words):
            example = True
        if before is not None and before.kind is not BlockKind.HEADING and _leads(text, before.span):
            block = replace(block, lead=before.span)
        yield replace(block, example=example) if example else block
        before = block


def _leads(text: str, span: Span) -> bool:
    words = text[span.start : span.end]
    return words[: _TAIL.search(words).start()].endswith(":")  # type: ignore[union-attr]  # it matches the empty end


@dataclass(slots=True)
class _State:
    """What is known of the lines so far."""

    depth: int = 0
    callout: str = ""
    item: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)
    list_start: int = -1
    quote_start: int = -1


class _Walk:
    """One walk over the lines of one note."""

    def __init__(self, note: Note, text: str) -> None:
        self.text, self.start = text, note.text_start
        self.displays = [m.span for m in note.maths if m.display]
        self.state = _State()

    def run(self) -> Iterator[TextBlock]:
        """The blocks; those of one list or quotation know where it begins and ends."""
        found = list(self._pieces())
        ends: dict[tuple[BlockKind, int], int] = {}
        for block in found:
            key = (block.kind, block.container.start)
            ends[key] = max(ends.get(key, 0), block.container.end)
        for block in found:
            yield replace(block, container=Span(block.container.start, ends[(block.kind, block.container.start)]))

    def _pieces(self) -> Iterator[TextBlock]:
        fence, display = "", 0
        for match in _LINE.finditer(self.text, self.start):
            start, end = match.start(), match.start() + len(match[0].rstrip("\r\n"))
            while display < len(self.displays) and self.displays[display].end <= start:
                display += 1
            inside = display < len(self.displays) and self.displays[display].start < start
            opener = None if inside else _FENCE.match(self.text, start, end)
            if inside:
                self.state.lines.append((start, end))
            elif opener is not None and (not fence or opener[1].startswith(fence)):
                fence = "" if fence else opener[1]
                yield from self._flush()
            elif not fence:
                yield from self._line(start, end)
        yield from self._flush()

    def _line(self, start: int, end: int) -> Iterator[TextBlock]:
        state = self.state
        quote = _QUOTE.match(self.text, start, end)
        depth = quote[0].count(">") if quote else 0
        begin = quote.end() if quote else start
        blank = not self.text[begin:end].strip()
        mark = None if blank else _MARK.match(self.text, begin, end)
        heading = None if blank else _HEADING.match(self.text, begin, end)
        lazy = depth < state.depth and not quote and not blank and bool(state.lines) and not (mark or heading)
        if depth != state.depth and not lazy:
            yield from self._flush()
            state.depth, state.callout = depth, state.callout if depth > state.depth else ""
            state.list_start, state.quote_start = -1, start
        callout = _CALLOUT.match(self.text, begin, end) if depth else None
        if callout is not None:
            yield from self._flush()
            state.callout = f"{callout[1]} {callout[2]}"
            if _TAGGED.search(callout[2]) is not None:
                title = Span(callout.start(2), end)
                yield TextBlock(BlockKind.CALLOUT, title, Span(state.quote_start, end), callout=state.callout)
        elif blank or _RULE.match(self.text, begin, end):
            yield from self._flush()
        elif heading is not None:
            yield from self._flush()
            state.list_start = -1
            span = Span(start, end)
            yield TextBlock(BlockKind.HEADING, span, span, callout=state.callout)
        else:
            if mark is not None:
                yield from self._flush()
                state.item = True
                state.list_start = begin if state.list_start < 0 else state.list_start
            elif not state.lines and self.text[begin : begin + 1] not in " \t":
                state.list_start = -1
            state.lines.append((begin, end))

    def _flush(self) -> Iterator[TextBlock]:
        state = self.state
        lines, item = state.lines, state.item
        state.lines, state.item = [], False
        if not lines:
            return
        span = Span(lines[0][0], lines[-1][1])
        rule = next((i for i, (s, e) in enumerate(lines) if i and self._is_delimiter(s, e)), None)
        if rule is not None:
            yield from self._rows(lines, rule)
        elif item or state.list_start >= 0:
            yield TextBlock(BlockKind.LIST_ITEM, span, Span(state.list_start, span.end), callout=state.callout)
        elif state.depth and not state.callout:
            yield TextBlock(BlockKind.QUOTE, span, Span(state.quote_start, span.end))
        elif state.depth:
            yield TextBlock(BlockKind.CALLOUT, span, Span(state.quote_start, span.end), callout=state.callout)
        else:
            yield TextBlock(BlockKind.PARAGRAPH, span, span)

    def _is_delimiter(self, start: int, end: int) -> bool:
        return "|" in self.text[start:end] and _DELIMITER.fullmatch(self.text, start, end) is not None

    def _rows(self, lines: list[tuple[int, int]], rule: int) -> Iterator[TextBlock]:
        callout = self.state.callout
        if rule > 1:
            span = Span(lines[0][0], lines[rule - 2][1])
            yield TextBlock(BlockKind.PARAGRAPH, span, span, callout=callout)
        header = Span(*lines[rule - 1])
        table = Span(header.start, lines[-1][1])
        for start, end in [lines[rule - 1], *lines[rule + 1 :]]:
            yield TextBlock(BlockKind.TABLE, Span(start, end), table, callout=callout, header=header)


def is_example(block: TextBlock) -> bool:
    """Whether a block is announced as an example, an exercise or a question."""
    return block.example or (bool(block.callout) and is_local(block.callout))
