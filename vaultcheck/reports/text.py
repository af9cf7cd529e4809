"""Findings for people: the message, the place, the line of the note with a mark under the words meant, the hint."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vaultcheck.findings import Finding, Report, Severity
from vaultcheck.source import Location, NotePath, Source, shown

TAB = "    "
ELLIPSIS = "…"
NARROWEST = 24
"""However narrow the terminal, this many cells of the line are shown."""

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_GUTTER, _FAINT, _BOLD = "34", "2", "1"


class Style(NamedTuple):
    """What the output can show: colours, `width` in cells, and, where paths can be clicked, `base`: the URL of the
    vault's folder, ending in `/`."""

    colour: bool = False
    width: int = 100
    base: str = ""

    def paint(self, text: str, code: str) -> str:
        """The text in a colour (an SGR code), if there are colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def link(self, text: str, path: NotePath) -> str:
        """The text as a link to a file of the vault (OSC 8), if the output shows links."""
        if not self.base:
            return text
        from urllib.parse import quote

        target = self.base + quote(path.encode("utf-8", "surrogateescape"), safe="/")
        return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"


class Excerpt(NamedTuple):
    """A line of a note as it is shown: `text` in cells, with `width` cells from cell `start` marked."""

    text: str
    start: int
    width: int


def render(report: Report, sources: Callable[[NotePath], Source], style: Style) -> Iterator[str]:
    """The findings in the order of the report, an empty line between two; `sources` is asked for a file at a time."""
    source = Source(NotePath(""), "")
    for number, finding in enumerate(report.findings):
        if source.path != finding.location.path:
            source = sources(finding.location.path)
        yield ("\n" if number else "") + "".join(f"{line}\n" for line in _lines(finding, source, sources, style))


def _lines(finding: Finding, source: Source, sources: Callable[[NotePath], Source], style: Style) -> Iterator[str]:
    where = source.position(finding.location.span.start)
    colour = _COLOURS[finding.severity]
    margin = len(str(where.line))
    bar = " " * margin + style.paint(" |", _GUTTER)
    severity = style.paint(f"{finding.severity}:", colour)
    yield f"{severity} {style.paint(shown(finding.message), _BOLD)} {style.paint(f'[{finding.rule}]', _FAINT)}"
    yield " " * margin + style.paint("--> ", _GUTTER) + _place(finding.location, source, style)
    found = excerpt(source, finding.location, style.width - margin - 3)
    if found.text:
        yield bar
        yield style.paint(f"{where.line} | ", _GUTTER) + found.text
        yield f"{bar} {' ' * found.start}{style.paint('^' * found.width, colour)}"
    for related in finding.related:
        other = source if related.location.path == source.path else sources(related.location.path)
        yield _note(margin, f"{_place(related.location, other, style)}: {shown(related.label)}", style)
    if finding.hint:
        yield _note(margin, shown(finding.hint), style)


def _note(margin: int, text: str, style: Style) -> str:
    return " " * margin + style.paint(" = ", _GUTTER) + text


def _place(location: Location, source: Source, style: Style) -> str:
    where = source.position(location.span.start)
    return style.link(f"{shown(location.path)}:{where.line}:{where.column}", location.path)


def excerpt(source: Source, location: Location, limit: int) -> Excerpt:
    """The first line that a location touches, at most `limit` cells of it, the marked words among them.

    What cannot be printed is written as an escape, so that a note cannot send commands to the terminal. Empty when
    there is nothing on the line, and for an empty span at the beginning, which means the whole file.
    """
    where = source.position(location.span.start)
    line = source.line(where.line)
    start = min(where.column - 1, len(line))
    end = min(start + max(location.span.end - location.span.start, 1), len(line))
    if not line.strip() or location.span.end == 0:
        return Excerpt("", 0, 1)
    limit = max(limit, NARROWEST)
    marked, marked_width = _head(line[start:end], limit - 2)
    after, after_width = _head(line[end : end + limit], limit)
    if len(marked) < end - start:
        after, after_width = "", 0
    spare = limit - marked_width - 2
    before, before_width = _tail(line[max(start - limit, 0) : start], max(spare - after_width, spare // 3))
    after, after_width = _head(after, spare - before_width)
    left = ELLIPSIS if len(before) < start else ""
    right = ELLIPSIS if start + len(marked) + len(after) < len(line) else ""
    kept = before + marked + after
    text = left + (kept if kept.isprintable() else "".join(map(_cell, kept))) + right
    return Excerpt(text.rstrip(), len(left) + before_width, max(marked_width, 1))


def _head(text: str, limit: int) -> tuple[str, int]:
    """As much of the beginning of a text as fits into `limit` cells, as written, and its width."""
    if text.isascii() and text.isprintable():
        return text[: max(limit, 0)], min(len(text), max(limit, 0))
    width = 0
    for number, character in enumerate(text):
        wider = width + _width(character)
        if wider > limit:
            return text[:number], width
        width = wider
    return text, width


def _tail(text: str, limit: int) -> tuple[str, int]:
    backwards, width = _head(text[::-1], limit)
    return backwards[::-1], width


def _cell(character: str) -> str:
    """A character as it is shown. Joiners inside emoji and spaces of any width are harmless and kept."""
    if character.isprintable() or character == "\u200d" or unicodedata.category(character) == "Zs":
        return character
    return TAB if character == "\t" else shown(character)


def _width(character: str) -> int:
    """How many cells a character takes, by Unicode's own tables; terminals differ on some emoji."""
    if character.isascii() and character.isprintable():
        return 1
    if character == "\u200d" or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    cell = _cell(character)
    if len(cell) > 1:
        return len(cell)
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
