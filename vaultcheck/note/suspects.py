"""What looks like a link but is none: swallowed by a stray `$`, or written so that Obsidian does not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from vaultcheck.note.inline import WIKILINK, Ranges
from vaultcheck.note.markdown import Structure
from vaultcheck.note.model import Defect, DefectKind, Math
from vaultcheck.note.regions import Opaque, OpaqueKind
from vaultcheck.source import Span

_INDEXED = itemgetter(4)
_LATEX_COMMAND = re.compile(r"\\[A-Za-z]+(?:\{[^{}]*\})?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_RAW_SPACE = re.compile(r"\]\(([^()<>\r\n\"' ]++ [^()<>\r\n\"']*?\.[A-Za-z0-9]{2,5}(?:#[^()<>\r\n\"']*)?)\)")
_UNQUOTED = re.compile(r"^[ \t]*(?:[^\r\n#:]+:|-)[ \t]+(\[\[[^\[\]\r\n]+\]\])[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)


def swallowed_links(text: str, maths: tuple[Math, ...], blocks: list[Opaque]) -> Iterator[Defect]:
    """Formulas that hold prose with a link in it: one `$` too many or too few."""
    unclosed = {block.start for block in blocks if block.kind is OpaqueKind.MATH and not block.closed}
    for math in maths:
        if math.span.start in unclosed:
            if "[[" in math.latex or _HEADING.search(math.latex):
                yield Defect(
                    DefectKind.UNBALANCED_MATH,
                    "this `$$` is never closed and swallows the rest of the note",
                    "close the formula with `$$` on a line of its own",
                    Span(math.span.start, math.span.start + 2),
                )
            continue
        if "[[" not in math.latex or (link := _real_link(math.latex)) is None:
            continue
        mark = "$$" if math.display and text.startswith("$$", math.span.start) else "$"
        yield Defect(
            DefectKind.UNBALANCED_MATH,
            f"this `{mark}` pairs with a later one and swallows the link {link}",
            f"write `\\{mark}` for a dollar sign, or close the formula",
            Span(math.span.start, math.span.start + len(mark)),
        )


def _real_link(latex: str) -> str | None:
    """A wikilink in what should be a formula, when the words around it show that it is prose."""
    match = WIKILINK.search(latex)
    if match is None or not _WORD.search(match[1]) or "\\" in match[1]:
        return None
    around = _LATEX_COMMAND.sub(" ", latex[: match.start()] + " " + latex[match.end() :])
    return match[0] if _WORD.search(around) else None


def malformed_links(text: str, start: int, hidden: Ranges, found: Structure) -> Iterator[Defect]:
    """Links that Obsidian does not see: raw spaces in Markdown, a bar in a table, a property without quotes."""
    cells = found.cells
    real = sum(map(_INDEXED, found.links))
    if text.count("(") > real and text.count("](") > real:  # one letter is counted much faster than two
        for match in _RAW_SPACE.finditer(text, start):
            opening = text.rfind("[", start, match.start())
            words = text[opening + 1 : match.start()]
            if opening < 0 or match.start() in hidden or ":" in match[1] or "\n" in words or "]" in words:
                continue
            yield Defect(
                DefectKind.MALFORMED_LINK,
                "a space ends the destination of a Markdown link, so this is no link",
                f"write [{words}](<{match[1].strip()}>), or `%20` for each space",
                Span(opening, match.end()),
            )
    if cells:
        yield from _split_by_table(text, start, hidden, cells)
    if start and text.find("[[", 0, start) >= 0:
        for match in _UNQUOTED.finditer(text, 0, start):
            yield Defect(
                DefectKind.MALFORMED_LINK,
                f"without quotes the property {match[1]} is a list in a list, not a link",
                f'write "{match[1]}"',
                Span(*match.span(1)),
            )


def _split_by_table(text: str, start: int, hidden: Ranges, cells: list[tuple[int, int]]) -> Iterator[Defect]:
    begin, end = cells[0][0], cells[-1][1]
    borders = {place for cell in cells for place in cell}
    for match in WIKILINK.finditer(text, max(start, begin), len(text)):
        if match.start() > end:
            return
        bar = match[1].find("|")
        if bar < 0 or match[1][bar - 1] == "\\" or match.start() in hidden:
            continue
        if text[match.start() - 1 : match.start()] == "`":
            continue  # meant as code, which the bar splits as well
        if any(place in borders for place in range(match.start(), match.end())):
            fixed = match[0].replace("|", "\\|", 1)
            yield Defect(
                DefectKind.MALFORMED_LINK,
                f"the bar in {match[0]} splits the table cell, so this is no link",
                f"write {fixed}",
                Span(*match.span()),
            )
