"""Formulas of a note: `$$` blocks, and `$…$` and `$$…$$` in its inline runs."""

from __future__ import annotations

import re

from vaultcheck.note.inline import NO_RANGES, WIKILINK, Ranges
from vaultcheck.note.markdown import Structure
from vaultcheck.note.model import Math
from vaultcheck.note.regions import Opaque, OpaqueKind
from vaultcheck.source import Span

_QUOTE_MARK = re.compile(r"(?<=[\r\n])[ \t]*>[ \t]?")
_BACKTICKS = re.compile("`+")
_TOKEN = re.compile(r"\\.|`+|\$\$?", re.DOTALL)
_CLOSING_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)


def maths(text: str, found: Structure, opaque: list[Opaque]) -> tuple[tuple[Math, ...], list[tuple[int, int]]]:
    """The formulas of a text in order, and the inline code of the runs that hold a `$`."""
    blocks = [
        Math(
            without_quote_marks(text[b.inner_start : b.inner_end]),
            Span(b.inner_start, b.inner_end),
            Span(b.start, b.end),
            True,
        )
        for b in opaque
        if b.kind is OpaqueKind.MATH
    ]
    taken = Ranges([(b.start, b.end) for b in opaque])
    solid = _solid(text, found)
    code: list[tuple[int, int]] = []
    inside = [(b.inner_start, b.inner_end) for b in opaque if b.kind is OpaqueKind.COMMENT]
    for begin, end in (*found.runs(), *inside):
        if text.find("$", begin, end) >= 0 and (begin not in taken or (begin, end) in inside):
            inline, spans = inline_math(text, begin, end, solid)
            blocks += inline
            code += spans
    return tuple(sorted(dict.fromkeys(blocks), key=lambda math: math.span)), code


def _solid(text: str, found: Structure) -> Ranges:
    """What a formula cannot begin in: HTML tags and comments, addresses in `<>`, destinations and titles of links,
    images."""
    solid = [pair for pair in found.opaque if text[pair[0]] == "<"]
    for start, end, _, image, _ in found.links:
        begin = start if image else text.rfind("](", start, end)
        if begin >= 0:
            solid.append((begin, end))
    return Ranges(solid) if solid else NO_RANGES


def inline_math(text: str, start: int, end: int, solid: Ranges = NO_RANGES) -> tuple[list[Math], list[tuple[int, int]]]:
    """Formulas and inline code of one inline run, in one pass from the left: what begins first wins, wikilinks and
    what is `solid` included.

    `$…$` has no blank behind its opening mark, none before its closing mark and no digit behind that; `$$…$$` is
    display math; a backslash escapes the next character.
    """
    found: list[Math] = []
    code: list[tuple[int, int]] = []
    position = done = start
    while token := _TOKEN.search(text, position, end):
        mark = token[0]
        position = token.end()
        if mark[0] == "`":
            close = _same_backticks(text, position, end, len(mark))
            if close:
                code.append((token.start(), close))
                position = done = close
        elif mark[0] == "$":
            close = text.find("$$", position, end) if mark == "$$" else _closing_dollar(text, position, end)
            if close <= position:
                continue
            around = _wikilink_around(text, done, token.start(), end) or solid.around(token.start())
            if around and around[0] >= done:
                position = done = around[1]
            else:
                found.append(_math(text, token.start(), position, close, len(mark)))
                position = done = close + len(mark)
    return found, code


def _wikilink_around(text: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The wikilink from `start` on that holds a place."""
    opening = text.rfind("[[", start, at)
    if opening < 0 or (opening > start and text[opening - 1] == "\\"):
        return None
    link = WIKILINK.match(text, opening, end)
    return link.span() if link and link.end() > at else None


def _math(text: str, start: int, inner: int, close: int, mark: int) -> Math:
    return Math(without_quote_marks(text[inner:close]), Span(inner, close), Span(start, close + mark), mark == 2)


def without_quote_marks(latex: str) -> str:
    """LaTeX that stood in a quote, without the `>` that begins each of its lines."""
    return _QUOTE_MARK.sub("", latex) if ">" in latex else latex


def _same_backticks(text: str, position: int, end: int, count: int) -> int:
    for match in _BACKTICKS.finditer(text, position, end):
        if len(match[0]) == count:
            return match.end()
    return 0


def _closing_dollar(text: str, position: int, end: int) -> int:
    """The place of the `$` that closes inline math opened just before `position`; 0 when there is none."""
    if position >= end or text[position].isspace():
        return 0
    for match in _CLOSING_DOLLAR.finditer(text, position, end):
        at = match.start()
        if match[0] != "$" or at == position or text[at - 1].isspace():
            continue
        if at + 1 < len(text) and text[at + 1] in "0123456789":
            continue
        return at
    return 0
