"""Block and inline structure of a note, by place. The door to pyromark (CommonMark and GFM).

What comes out counts code points; pyromark counts bytes of UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pyromark import Markdown, Options

_PARSER = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough"})
_OPAQUE = frozenset({"Code", "InlineHtml"})
_CONTAINERS = frozenset({"BlockQuote", "List", "FootnoteDefinition"})
_RUNS = frozenset({"Paragraph", "Heading", "TableCell"})


class Piece(NamedTuple):
    """A block and where it stands."""

    kind: str
    start: int
    end: int


class InlineLink(NamedTuple):
    """`[text](destination)` or `![alt](destination)`; the destination with entities and escapes resolved."""

    start: int
    end: int
    destination: str
    image: bool
    indexed: bool


@dataclass(slots=True)
class Structure:
    """The structure of one text.

    `opaque`: code and HTML, block and inline, in order of their start. `headings`: level, start, end, for those
    that are top-level blocks. `cells`: table cells. `blocks`: every block, outer before inner, in order of their
    start. `run_starts`: where paragraphs, cells, emphasis and link text begin, behind their marks.
    """

    opaque: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[InlineLink] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[Piece] = field(default_factory=list)
    run_starts: set[int] = field(default_factory=set)

    def top(self) -> list[Piece]:
        """The blocks that stand in no other."""
        found: list[Piece] = []
        for piece in self.blocks:
            if not found or piece.start >= found[-1].end:
                found.append(piece)
        return found

    def runs(self) -> list[tuple[int, int]]:
        """Stretches of inline content: paragraphs, headings, cells, and the text of list items that have no
        paragraphs (with the item's mark)."""
        found: list[tuple[int, int]] = []
        open_items: list[list[int]] = []
        for piece in (*self.blocks, Piece("End", _FAR, _FAR)):
            while open_items and open_items[-1][1] <= piece.start:
                begin, end = open_items.pop()
                if begin < end:
                    found.append((begin, end))
            if open_items:
                if open_items[-1][0] < piece.start:
                    found.append((open_items[-1][0], piece.start))
                open_items[-1][0] = piece.end
            if piece.kind == "Item":
                open_items.append([piece.start, piece.end])
            elif piece.kind in _RUNS:
                found.append((piece.start, piece.end))
        return sorted(found)


_FAR = 1 << 62


def code_points(text: str) -> Callable[[int], int]:
    """From an offset in bytes of UTF-8 to one in code points."""
    if text.isascii():
        return int
    data = text.encode("utf-8", "surrogatepass")
    starts: list[int] = []
    ends: list[int] = []
    excess = [0]
    for match in _NOT_ASCII.finditer(data):
        starts.append(match.start())
        ends.append(match.end())
        length = match.end() - match.start()
        excess.append(excess[-1] + length - len(match[0].decode("utf-8", "surrogatepass")))

    def convert(offset: int) -> int:
        index = bisect_right(starts, offset)
        if index == 0:
            return offset
        if offset >= ends[index - 1]:
            return offset - excess[index]
        begin = starts[index - 1]
        return begin - excess[index - 1] + len(data[begin:offset].decode("utf-8", "surrogatepass"))

    return convert


def structure(text: str, *, detailed: bool = True) -> Structure:
    """The structure of a text from which properties, `$$` and `%%` blocks have been masked.

    Without `detailed` there are no `blocks` and no `run_starts`. The events come by the hundred thousand, so this
    is one loop that does nothing twice and asks for the most frequent ones first.
    """
    # `[[` is nothing in CommonMark; without it there are five events fewer for every link.
    plain = text.replace("[[", "xx").replace("]]", "xx")
    at = code_points(plain)
    found = Structure()
    opaque, links, blocks = found.opaque, found.links, found.blocks
    containers_end = 0
    event: Any
    place: Any
    detail: Any
    for event, place in _PARSER.events_with_range(plain):
        if event.__class__ is str:
            if detailed and event == "Rule":
                blocks.append(Piece("Rule", at(place["start"]), at(place["end"])))
            continue
        kind, value = event.popitem()
        if kind == "Start":
            name, detail = (value, None) if value.__class__ is str else value.popitem()
            if detailed:
                _detail(found, name, at(place["start"]), at(place["end"]))
            if name == "Paragraph" or name == "Item":
                continue
            if name == "Link" or name == "Image":
                start, end, form = at(place["start"]), at(place["end"]), detail["link_type"]
                links.append(InlineLink(start, end, detail["dest_url"], name == "Image", form == "Inline"))
                if form == "Autolink" or form == "Email":
                    opaque.append((start, end))
            elif name == "HtmlBlock" or name == "CodeBlock":
                opaque.append((at(place["start"]), at(place["end"])))
            elif name == "Heading":
                start = at(place["start"])
                if start >= containers_end:
                    found.headings.append((_LEVELS[detail["level"]], start, at(place["end"])))
            elif name in _CONTAINERS:
                containers_end = max(containers_end, at(place["end"]))
            elif name == "TableCell":
                found.cells.append((at(place["start"]), at(place["end"])))
        elif kind in _OPAQUE:
            opaque.append((at(place["start"]), at(place["end"])))
    return found


def _detail(found: Structure, name: str, start: int, end: int) -> None:
    """File a block, or the beginning of emphasis or link text."""
    if name in _INLINE:
        found.run_starts.update((start + 1, start + 2))
    elif name == "Link" or name == "Image":
        found.run_starts.add(start + (2 if name == "Image" else 1))
    else:
        found.blocks.append(Piece(name, start, end))
        if name in _RUNS:
            found.run_starts.add(start)
