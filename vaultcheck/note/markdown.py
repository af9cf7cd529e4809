"""Block and inline structure of a note, by place. The door to pyromark (CommonMark and GFM).

What comes out counts code points; pyromark counts bytes of UTF-8, and is given a text in which the two are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from pyromark import Markdown, Options

_PARSER = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_DESTINATION = re.compile(r"[ \t\r\n]*(?:<((?:[^<>\\\r\n]|\\.)*)>|((?:[^\s\\]|\\.)*?)(?=\)?\Z|[ \t\r\n]))")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough"})
_CONTAINERS = frozenset({"BlockQuote", "List", "FootnoteDefinition"})
_RUNS = frozenset({"Paragraph", "Heading", "TableCell"})


Piece = tuple[str, int, int]
"""A block: what it is, and where it begins and ends. A plain tuple, as most are made and never looked at."""


InlineLink = tuple[int, int, str, bool, bool]
"""`[text](destination)` or `![alt](destination)`: where it begins and ends, the destination with entities and escapes
resolved, whether it is an image, and whether Obsidian's index has it (references and autolinks it has not)."""


class Structure(NamedTuple):
    """The structure of one text.

    `opaque`: code and HTML, block and inline, in order of their start. `headings`: level, start, end, for those
    that are top-level blocks. `cells`: table cells. `blocks`: every block, outer before inner, in order of their
    start. `inline_starts`: where emphasis and link text begin, behind their marks. `underscores`: the marks that
    emphasis of underscores ends with, by its end.
    """

    opaque: list[tuple[int, int]]
    headings: list[tuple[int, int, int]]
    links: list[InlineLink]
    cells: list[tuple[int, int]]
    blocks: list[Piece]
    inline_starts: list[int]
    underscores: dict[int, int]

    def run_starts(self) -> set[int]:
        """Where inline content begins: paragraphs, headings, cells, emphasis, link text."""
        return {start for kind, start, _ in self.blocks if kind in _RUNS}.union(self.inline_starts)

    def runs(self) -> list[tuple[int, int]]:
        """Stretches of inline content: paragraphs, headings, cells, and the text of list items that have no
        paragraphs (with the item's mark)."""
        found: list[tuple[int, int]] = []
        open_items: list[list[int]] = []
        for kind, start, end in (*self.blocks, ("End", _FAR, _FAR)):
            while open_items and open_items[-1][1] <= start:
                begin, stop = open_items.pop()
                if begin < stop:
                    found.append((begin, stop))
            if open_items:
                if open_items[-1][0] < start:
                    found.append((open_items[-1][0], start))
                open_items[-1][0] = max(open_items[-1][0], end)
            if kind == "Item":
                open_items.append([start, end])
            elif kind in _RUNS and start < end:
                found.append((start, end))
        return sorted(found)


_FAR = 1 << 62


def structure(text: str, wikilinks: Iterable[re.Match[str]], *, detailed: bool = True) -> Structure:
    """The structure of a text from which properties, `$$` and `%%` blocks have been masked, and of which the matches
    of `WIKILINK` are known.

    Without `detailed` there are neither `blocks` nor all of the `inline_starts`.
    """
    plain = _plain(text, wikilinks)
    found = _from_events(plain, detailed)
    if found.links and not text.isascii():
        found.links[:] = [_as_written(link, plain, text) for link in found.links]
    return found


def _from_events(plain: str, detailed: bool) -> Structure:
    """The events come by the hundred thousand, and the way through them is a fourth of the time of reading: so this
    is one loop that does nothing twice and asks for the most frequent ones first."""
    found = Structure([], [], [], [], [], [], {})
    opaque, headings, links, cells, blocks, inline_starts, underscores = found
    containers_end = 0
    event: Any
    place: Any
    detail: Any
    for event, place in _PARSER.events_with_range(plain):
        # An event is a dictionary of one key, or a plain word; most are neither of the three that matter.
        if "Start" in event:
            value = event["Start"]
            if value == "Paragraph" or value == "Item":
                if detailed:
                    blocks.append((value, place["start"], place["end"]))
                continue
            start, end = place["start"], place["end"]
            name, detail = (value, None) if value.__class__ is str else value.popitem()
            if name == "Link" or name == "Image":
                form = detail["link_type"]
                links.append((start, end, detail["dest_url"], name == "Image", form == "Inline"))
                if detailed:
                    inline_starts.append(start + 1)
                if form == "Autolink" or form == "Email":
                    opaque.append((start, end))
                continue
            if name in _INLINE:
                inline_starts += (start + 1, start + 2)
                if plain[start] == "_":
                    underscores[end] = 1 if name == "Emphasis" else 2
                continue
            if detailed:
                blocks.append((name, start, end))
            if name == "HtmlBlock" or name == "CodeBlock":
                opaque.append((start, end))
            elif name == "Heading":
                if start >= containers_end:
                    headings.append((_LEVELS[detail["level"]], start, end))
            elif name in _CONTAINERS:
                containers_end = max(containers_end, end)
            elif name == "TableCell":
                cells.append((start, end))
        elif "Code" in event or "InlineHtml" in event:
            opaque.append((place["start"], place["end"]))
        elif detailed and event == "Rule":
            blocks.append(("Rule", place["start"], place["end"]))
    return found


def _plain(text: str, wikilinks: Iterable[re.Match[str]]) -> str:
    """A text of the same length and structure in ASCII, so that pyromark's bytes are code points.

    Outside destinations CommonMark's structure asks of a character beyond ASCII only that it is no space and no
    mark, so each becomes a letter. So do the brackets of wikilinks, which are nothing in CommonMark, and all of a
    wikilink that would begin or end a Markdown link.
    """
    if not text.isascii():
        text = _in_letters(text)
    parts: list[str] = []
    done = 0
    for match in wikilinks:
        start, end = match.span()
        body = text[start + 2 : end - 2]
        if "](" in body and "`" not in body:  # else its brackets may be code
            body = "x" * len(body)
        parts += (text[done:start], body)
        done = end
    parts.append(text[done:])
    plain = "xx".join(parts)
    # The parser takes a lone carriage return for a line end, but not everywhere.
    return _LONE_RETURN.sub("\n", plain) if "\r" in plain else plain


def _in_letters(text: str) -> str:
    """A text with letters for what is not ASCII. Encoding makes question marks of that first, and all question marks
    become letters; where one has a meaning (`<?`), the slower way is taken."""
    if "?" in text and "<?" in text:  # one letter is found much faster than two
        return _NOT_ASCII.sub("x", text)
    return text.encode("ascii", "replace").replace(b"?", b"x").decode("ascii")


def _as_written(link: InlineLink, plain: str, text: str) -> InlineLink:
    """A link with its destination as in `text`, where `plain` had letters instead."""
    start, end, destination, image, indexed = link
    written = text[start:end]
    if (written.isascii() and "?" not in written) or not indexed:
        return link
    opening = plain.rfind("](", start, end)
    at = plain.find(destination, opening, end)
    if at >= 0:
        return start, end, text[at : at + len(destination)], image, indexed
    found = _DESTINATION.match(text, opening + 2, end)
    raw = (found[1] or found[2] or "") if found else ""
    raw = _BACKSLASH.sub(r"\1", raw)
    if "&" in raw:
        from html import unescape  # noqa: PLC0415  (its table of names takes a millisecond, and few vaults need it)

        raw = unescape(raw)
    return start, end, raw, image, indexed
