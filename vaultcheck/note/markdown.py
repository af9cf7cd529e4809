"""Block and inline structure of a note, by place. The door to pyromark (CommonMark and GFM).

What comes out counts code points; pyromark counts bytes of UTF-8, and is given a text in which the two are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple

from pyromark import Markdown, Options

from vaultcheck.note.inline import WIKILINK
from vaultcheck.source import make_record

_PARSER = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
)
_LINK_IN_BRACKETS = re.compile(r"\[\[[^\[\]\r\n]*\]\(")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_DESTINATION = re.compile(r"[ \t\r\n]*(?:<((?:[^<>\\\r\n]|\\.)*)>|((?:[^\s\\]|\\.)*?)(?=\)?\Z|[ \t\r\n]))")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough"})
_SPANS = _INLINE | {"Link", "Image"}
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
    start. `inline_starts`: where emphasis and link text begin, behind their marks. `underscores`: the marks that
    emphasis of underscores ends with, by its end.
    """

    opaque: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[InlineLink] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[Piece] = field(default_factory=list)
    inline_starts: list[int] = field(default_factory=list)
    underscores: dict[int, int] = field(default_factory=dict)

    def run_starts(self) -> set[int]:
        """Where inline content begins: paragraphs, headings, cells, emphasis, link text."""
        return {piece.start for piece in self.blocks if piece.kind in _RUNS}.union(self.inline_starts)

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
                open_items[-1][0] = max(open_items[-1][0], piece.end)
            if piece.kind == "Item":
                open_items.append([piece.start, piece.end])
            elif piece.kind in _RUNS and piece.start < piece.end:
                found.append((piece.start, piece.end))
        return sorted(found)


_FAR = 1 << 62


def structure(text: str, *, detailed: bool = True) -> Structure:
    """The structure of a text from which properties, `$$` and `%%` blocks have been masked.

    Without `detailed` there are no `blocks`. The events come by the hundred thousand, so this
    is one loop that does nothing twice and asks for the most frequent ones first.
    """
    plain = _without_wikilinks(_in_ascii(text))
    if "\r" in plain:
        plain = _LONE_RETURN.sub("\n", plain)  # the parser takes it for a line end, but not everywhere
    found = Structure()
    opaque, links, blocks, inline_starts = found.opaque, found.links, found.blocks, found.inline_starts
    containers_end = 0
    event: Any
    place: Any
    detail: Any
    for event, place in _PARSER.events_with_range(plain):
        # An event is a dictionary of one key, or a plain word; most are neither of the three that matter.
        if "Start" in event:
            value = event["Start"]
            name, detail = (value, None) if value.__class__ is str else value.popitem()
            if detailed and name not in _SPANS:
                blocks.append(make_record(Piece, (name, place["start"], place["end"])))
            if name == "Paragraph" or name == "Item":
                continue
            if name == "Link" or name == "Image":
                start, end, form, image = place["start"], place["end"], detail["link_type"], name == "Image"
                inline_starts.append(start + 1)
                links.append(make_record(InlineLink, (start, end, detail["dest_url"], image, form == "Inline")))
                if form == "Autolink" or form == "Email":
                    opaque.append((start, end))
            elif name == "HtmlBlock" or name == "CodeBlock":
                opaque.append((place["start"], place["end"]))
            elif name == "Heading":
                start = place["start"]
                if start >= containers_end:
                    found.headings.append((_LEVELS[detail["level"]], start, place["end"]))
            elif name in _CONTAINERS:
                containers_end = max(containers_end, place["end"])
            elif name == "TableCell":
                found.cells.append((place["start"], place["end"]))
            elif name in _INLINE:
                start = place["start"]
                inline_starts += (start + 1, start + 2)
                if plain[start] == "_":
                    found.underscores[place["end"]] = 1 if name == "Emphasis" else 2
        elif "Code" in event or "InlineHtml" in event:
            opaque.append((place["start"], place["end"]))
        elif detailed and event == "Rule":
            blocks.append(Piece("Rule", place["start"], place["end"]))
    if links and plain is not text and not text.isascii():
        found.links = [_as_written(link, plain, text) for link in links]
    return found


def _without_wikilinks(text: str) -> str:
    """The text with letters for `[[` and `]]`, which are nothing in CommonMark and cost five events for every link;
    where such brackets may belong to a Markdown link (`[[a](b.md)]`), only those of wikilinks."""
    if "[[" not in text and "]](" not in text:
        return text
    if "](" in text and ("]](" in text or _LINK_IN_BRACKETS.search(text)):
        return WIKILINK.sub(lambda match: "x" * len(match[0]), text)
    return text.replace("[[", "xx").replace("]]", "xx")


def _in_ascii(text: str) -> str:
    """A text of the same length and structure in ASCII, so that pyromark's bytes are code points.

    Outside destinations CommonMark's structure asks of a character beyond ASCII only that it is no space and no
    mark, so each becomes a letter. It is encoded as a question mark first, and all of these become letters; where
    one has a meaning (`<?`), the slower way is taken.
    """
    if text.isascii():
        return text
    if "?" in text and "<?" in text:  # one letter is found much faster than two
        return _NOT_ASCII.sub("x", text)
    return text.encode("ascii", "replace").replace(b"?", b"x").decode("ascii")


def _as_written(link: InlineLink, plain: str, text: str) -> InlineLink:
    """A link with its destination as in `text`, where `plain` had letters instead."""
    written = text[link.start : link.end]
    if (written.isascii() and "?" not in written) or not link.indexed:
        return link
    opening = plain.rfind("](", link.start, link.end)
    at = plain.find(link.destination, opening, link.end)
    if at >= 0:
        return link._replace(destination=text[at : at + len(link.destination)])
    destination = _DESTINATION.match(text, opening + 2, link.end)
    raw = (destination[1] or destination[2] or "") if destination else ""
    return link._replace(destination=unescape(_BACKSLASH.sub(r"\1", raw)))
