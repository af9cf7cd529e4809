"""Headings with their sections, and block ids with what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.note.inline import Ranges
from vaultcheck.note.markdown import Piece, Structure
from vaultcheck.note.model import Block, BlockKind, Heading
from vaultcheck.source import Span, make_record

MAY_BE_ID = re.compile(r"\^([A-Za-z0-9-]+)[ \t]*(?=[\r\n]|\Z)")
_BEFORE_ID = " \t\r\n>]*_`$=~)|"
"""What an id stands behind, other white space aside: the end of a link, emphasis, code or formula, behind which a new
piece of text begins."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_CALLOUT = re.compile(r"[ \t]*>[ \t]*\[![^\]\r\n]+\]")
_KINDS = {
    "Paragraph": BlockKind.PARAGRAPH,
    "Heading": BlockKind.HEADING,
    "List": BlockKind.LIST,
    "BlockQuote": BlockKind.QUOTE,
    "Table": BlockKind.TABLE,
    "CodeBlock": BlockKind.CODE,
    "HtmlBlock": BlockKind.HTML,
    "FootnoteDefinition": BlockKind.FOOTNOTE,
    "Math": BlockKind.MATH,
}


def headings(text: str, places: list[tuple[int, int, int]]) -> tuple[Heading, ...]:
    """Headings from their levels and places, text as in the source between its marks.

    A section runs to the next heading of the same or a higher level.
    """
    result: list[Heading] = []
    open_until: list[tuple[int, int]] = []
    # From the last heading up, so that the end of a section is the nearest following one that is not deeper.
    for level, start, end in reversed(places):
        while open_until and open_until[-1][0] > level:
            open_until.pop()
        section_end = open_until[-1][1] if open_until else len(text)
        open_until.append((level, start))
        source = text[start:end].rstrip()
        result.append(make_record(Heading, (level, heading_text(source), start, start + len(source), section_end)))
    result.reverse()
    return tuple(result)


def heading_text(source: str) -> str:
    """The raw text of a heading, from its whole source (ATX or setext)."""
    source = source.strip()
    if "\n" not in source and "\r" not in source:
        words = source.lstrip("#").lstrip()
        if not words or words[-1] != "#":
            return words
        without_closer = words.rstrip("#")
        return without_closer.rstrip() if without_closer == "" or without_closer[-1] in " \t" else words
    return "\n".join(line.strip() for line in _LINE_END.split(source)[:-1])


class BlockIds:
    """The block ids of one note: each is the last thing in its block, or stands alone behind it.

    `structure` has the blocks (a `$$` block is one, a `%%` block none); `opaque` is code and formulas,
    `comments` the `%%` blocks: an id in either is none.
    """

    def __init__(self, text: str, structure: Structure, opaque: Ranges, comments: Ranges) -> None:
        self.text, self.opaque, self.comments = text, opaque, comments
        self.blocks = structure.blocks
        self.behind = 0  # the first block that begins behind the id looked at; ids are looked at in order
        self.top: Piece | None = None  # the top-level block that began last, and the one before it
        self.before_top: Piece | None = None

    def find(self, start: int) -> Iterator[Block]:
        """The ids from `start` on, with what they name."""
        text = self.text
        for match in MAY_BE_ID.finditer(text, start):
            at = match.start()
            before = text[at - 1] if at > start else "\n"
            if before not in _BEFORE_ID and not before.isspace():
                continue
            if at in self.opaque or at in self.comments:
                continue
            named = self._named(at, match.end())
            if named is not None:
                kind, span = named
                yield make_record(Block, (match[1], kind, Span(at, at + 1 + len(match[1])), span))

    def _named(self, at: int, end: int) -> tuple[BlockKind, Span] | None:
        """The block that an id at `at` names."""
        piece = self._top_at(at)
        if piece is None:
            return None
        kind, start, stop = piece
        match kind:
            case "Paragraph" if not self.text[start:at].strip():
                return self._whole(self.before_top) if not self.text[end:stop].strip() else None
            case "List":
                return self._item(at) if self._ends_run(at, end) else None
            case "Paragraph" | "BlockQuote" | "FootnoteDefinition":
                return self._whole(piece) if self._ends_run(at, end) else None
            case "Heading" | "HtmlBlock" | "Table" | "Math":
                return self._whole(piece)
        return None

    def _top_at(self, at: int) -> Piece | None:
        """The last top-level block that begins at or before a place."""
        blocks, index, top = self.blocks, self.behind, self.top
        while index < len(blocks) and blocks[index][1] <= at:
            if top is None or blocks[index][1] >= top[2]:
                self.before_top, top = top, blocks[index]
            index += 1
        self.behind, self.top = index, top
        return top

    def _ends_run(self, at: int, end: int) -> bool:
        """Whether nothing but white space (and quote marks) follows in the inline run that holds `at`."""
        index = self.behind - 1
        while index >= 0 and self.blocks[index][2] <= at:
            index -= 1
        if index < 0:
            return False
        stop = self.blocks[index][2]
        if self.behind < len(self.blocks):
            stop = min(stop, self.blocks[self.behind][1])
        return not self.text[end:stop].strip(" \t\r\n>")

    def _item(self, at: int) -> tuple[BlockKind, Span]:
        index = self.behind - 1
        while self.blocks[index][0] != "Item" or self.blocks[index][2] <= at:
            index -= 1
        _, begin, stop = self.blocks[index]
        return BlockKind.LIST_ITEM, Span(begin, begin + len(self.text[begin:stop].rstrip()))

    def _whole(self, piece: Piece | None) -> tuple[BlockKind, Span] | None:
        if piece is None:
            return None
        name, start, end = piece
        kind = _KINDS.get(name)
        if kind is None:
            return None
        if kind is BlockKind.QUOTE and _CALLOUT.match(self.text, start):
            kind = BlockKind.CALLOUT
        return kind, Span(start, start + len(self.text[start:end].rstrip()))
