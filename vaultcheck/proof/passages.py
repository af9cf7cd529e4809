"""The paragraphs, list items and tables of a note as a person reads them: formulas and links are single things.

A passage's `text` is the note's text with each inline formula replaced by one character (`FORMULA_FIRST` and up), each
link by its display text between `LINK_OPEN` and `LINK_CLOSE`, displays, code and comments by one character that is
nothing; containers' marks (quote marks, list marks) and block ids are gone. Any place in it leads back to the note.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vaultcheck.note.model import Link, Math, Note
from vaultcheck.note.regions import OpaqueKind, opaque_blocks
from vaultcheck.source import Source, Span

FORMULA_FIRST, FORMULA_LAST = "\ue000", "\uf7ff"
LINK_OPEN, LINK_CLOSE = "\uf8f1", "\uf8f2"
DISPLAY, CODE = "\uf8f3", "\uf8f0"
FORMULA = f"[{FORMULA_FIRST}-{FORMULA_LAST}]"

_MAX_FORMULAS = 6000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?")
_CALLOUT = re.compile(r"[ \t]*\[!([^\]\r\n]+)\][-+]?[ \t]*([^\r\n]*)")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]|$)")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]+\s*$")
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"%%.+?%%")
_LOCAL_WORDS = (
    r"examples?|worked|exercises?|problems?|questions?|quiz|homework|practice|faq|help|bug|fail(?:ure)?|todo|exam"
    r"|exemples?|exercices?|beispiele?|aufgaben?|übung(?:en)?|esemp[io]+|eserciz[io]+|ejemplos?|ejercicios?"
    r"|eksemp(?:el|ler)|opgaver?|oppgaver?|exempel|uppgift(?:er)?|övning(?:ar)?|esimer(?:kki|kit)|tehtävät?"
)
_LOCAL = re.compile(rf"(?<!\w)(?:{_LOCAL_WORDS})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or table. `local` is the stretch of the example that holds it, `None` outside of one.

    `rows` is set for a table: the passage of each cell of each row, the header first.
    """

    text: str
    maths: tuple[Math, ...]
    span: Span
    local: Span | None
    item: bool
    places: tuple[tuple[int, int], ...]
    rows: tuple[tuple[Passage, ...], ...] = ()

    def math(self, character: str) -> Math:
        """The formula that a character of the text stands for."""
        return self.maths[ord(character) - ord(FORMULA_FIRST)]

    def source(self, start: int, end: int) -> Span:
        """The stretch of the note that `text[start:end]` stands for; a formula is covered whole."""
        if end > start and FORMULA_FIRST <= self.text[end - 1] <= FORMULA_LAST:
            last = self.math(self.text[end - 1]).span.end
        else:
            last = self._place(end - 1) + 1 if end > start else self._place(start)
        return Span(self._place(start), last)

    def _place(self, at: int) -> int:
        index = bisect_right(self.places, (at, 1 << 62)) - 1
        view, source = self.places[max(index, 0)]
        return source + at - view

    def written(self, text: str) -> str:
        """A piece of the passage's text with the formulas written out again, without links' and code's stand-ins."""
        parts = (f"${self.math(c).latex}$" if FORMULA_FIRST <= c <= FORMULA_LAST else c for c in text)
        return "".join(parts).translate(_PLAIN)


_STANDING_IN = re.compile("[\ue000-\uf8ff]")
_PLAIN = {ord(LINK_OPEN): None, ord(LINK_CLOSE): None, ord(DISPLAY): None, ord(CODE): None}


def is_local(words: str) -> bool:
    """Whether a heading or a callout announces an example, an exercise or a question."""
    return _LOCAL.search(words) is not None


def passages(note: Note, source: Source) -> Iterator[Passage]:
    """The passages of a note that may declare a symbol, in order: those with a formula or with bold text."""
    return _Walk(note, source).run()


class _Walk:
    """One walk over the lines of one note."""

    def __init__(self, note: Note, source: Source) -> None:
        self.text, self.note = source.text, note
        self.links = [link for link in note.links if link.start >= note.text_start]
        self.link_starts = [link.start for link in self.links]
        self.math_starts = [math.span.start for math in note.maths]
        self.blocks = [
            Span(block.start, block.end)
            for block in opaque_blocks(self.text, note.text_start)
            if "\n" in self.text[block.start : block.end] or block.kind is OpaqueKind.COMMENT
        ]
        self.lines: list[tuple[int, int]] = []
        self.item = False
        self.depth = 0
        self.local: Span | None = None

    def run(self) -> Iterator[Passage]:
        """The passages, in order."""
        fence, block = "", 0
        for start, end in self._lines():
            opener = _FENCE.match(self.text, start, end)
            if opener is not None and (not fence or opener[1].startswith(fence)):
                fence = "" if fence else opener[1]
                yield from self._flush()
            elif fence:
                continue
            else:
                while block < len(self.blocks) and self.blocks[block].end <= start:
                    block += 1
                yield from self._line(start, end, self.blocks[block] if block < len(self.blocks) else None)
        yield from self._flush()

    def _lines(self) -> Iterator[tuple[int, int]]:
        for match in _LINE.finditer(self.text, self.note.text_start):
            yield match.start(), match.start() + len(match[0].rstrip("\r\n"))

    def _line(self, start: int, end: int, display: Span | None) -> Iterator[Passage]:
        if display is not None and display.start < end and display.end > start:
            if display.start > start and display.end > end:
                self.lines.append((start, display.start))
            yield from self._flush()
            if display.end >= end:
                return
            start = max(start, display.end)
        quote = _QUOTE.match(self.text, start, end)
        depth = quote[0].count(">") if quote else 0
        if depth != self.depth:
            yield from self._flush()
            self.depth, self.local = depth, None
        begin = quote.end() if quote else start
        callout = _CALLOUT.match(self.text, begin, end) if depth else None
        if callout is not None:
            yield from self._flush()
            self.local = self._callout(start) if is_local(callout[1] + " " + callout[2]) else None
        elif not self.text[begin:end].strip() or _HEADING.match(self.text, begin, end):
            yield from self._flush()
        else:
            mark = _MARK.match(self.text, begin, end)
            if mark is not None:
                yield from self._flush()
                self.item, begin = True, mark.end()
            self.lines.append((begin, end))

    def _callout(self, start: int) -> Span:
        """The callout that begins at `start`: the lines with quote marks."""
        end = start
        for match in _LINE.finditer(self.text, start):
            if not match[0].lstrip().startswith(">"):
                break
            end = match.end()
        return Span(start, end)

    def _flush(self) -> Iterator[Passage]:
        lines, item = self.lines, self.item
        self.lines, self.item = [], False
        if not lines:
            return
        span = Span(lines[0][0], lines[-1][1])
        if self._plain(span):
            return
        table = next(
            (
                at
                for at, (s, e) in enumerate(lines)
                if at and _DELIMITER.fullmatch(self.text, s, e) and "|" in self.text[s:e]
            ),
            None,
        )
        if table is not None:
            if table > 1:
                yield self._passage(lines[: table - 1], item)
            yield self._table(lines[table - 1 : table] + lines[table + 1 :], item)
        else:
            yield self._passage(lines, item)

    def _plain(self, span: Span) -> bool:
        """Whether nothing in the stretch can name a symbol."""
        return (
            self.text.find("$", span.start, span.end) < 0
            and self.text.find("**", span.start, span.end) < 0
            and self.text.find("__", span.start, span.end) < 0
            and (not self.note.maths or all(self.text.find(c, span.start, span.end) < 0 for c in "[(|"))
        )

    def _passage(self, lines: list[tuple[int, int]], item: bool) -> Passage:
        view = _View(self, lines)
        return view.passage(Span(lines[0][0], lines[-1][1]), self.local, item)

    def _table(self, lines: list[tuple[int, int]], item: bool) -> Passage:
        rows = tuple(self._cells(start, end) for start, end in lines)
        whole = Span(lines[0][0], lines[-1][1])
        return Passage("", (), whole, self.local, item, ((0, whole.start),), rows)

    def _cells(self, start: int, end: int) -> tuple[Passage, ...]:
        hidden = [(m.span.start, m.span.end) for m in self._maths(start, end)]
        hidden += [(link.start, link.end) for link in self._links(start, end)]
        borders = [
            at
            for at in range(start, end)
            if self.text[at] == "|" and self.text[at - 1 : at] != "\\" and not any(a <= at < b for a, b in hidden)
        ]
        edges = [start, *borders, end] if not self.text[start:end].lstrip().startswith("|") else [*borders, end]
        cells = [(a + (self.text[a] == "|"), b) for a, b in pairwise(edges)]
        if cells and not self.text[cells[-1][0] : cells[-1][1]].strip() and len(cells) > 1:
            cells.pop()
        return tuple(self._cell(begin, stop, Span(start, end)) for begin, stop in cells)

    def _cell(self, begin: int, stop: int, row: Span) -> Passage:
        while begin < stop and self.text[begin] in " \t":
            begin += 1
        while stop > begin and self.text[stop - 1] in " \t":
            stop -= 1
        return _View(self, [(begin, stop)]).passage(row, self.local, False)

    def _maths(self, start: int, end: int) -> list[Math]:
        return list(self.note.maths[bisect_left(self.math_starts, start) : bisect_left(self.math_starts, end)])

    def _links(self, start: int, end: int) -> list[Link]:
        return self.links[bisect_left(self.link_starts, start) : bisect_left(self.link_starts, end)]


class _View:
    """The text of a passage as it is put together from the lines of a note."""

    def __init__(self, walk: _Walk, lines: list[tuple[int, int]]) -> None:
        self.text = walk.text
        self.parts: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.length = 0
        self.maths: list[Math] = []
        for start, end in lines:
            found = _BLOCK_ID.search(self.text[start:end])
            stop = start + found.start() if found else end
            self._line(walk, start, stop)
            self._add("\n", stop)

    def passage(self, span: Span, local: Span | None, item: bool) -> Passage:
        """The passage with what was put together as its text."""
        return Passage("".join(self.parts).rstrip("\n"), tuple(self.maths), span, local, item, tuple(self.places))

    def _line(self, walk: _Walk, start: int, end: int) -> None:
        things: list[tuple[int, int, str | Math]] = [(m.span.start, m.span.end, m) for m in walk._maths(start, end)]
        things += [(link.start, link.end, _shown(link)) for link in walk._links(start, end)]
        for pattern in (_CODE_SPAN, _COMMENT):
            things += [(*found.span(), CODE) for found in pattern.finditer(self.text, start, end)]
        at = start
        for begin, stop, thing in sorted(things, key=lambda one: (one[0], -one[1])):
            if begin < at:
                continue
            self._add(_own(self.text[at:begin]), at)
            if isinstance(thing, str):
                self._add(thing, begin)
            elif thing.display or len(self.maths) >= _MAX_FORMULAS:
                self._add(DISPLAY, begin)
            else:
                self._add(chr(ord(FORMULA_FIRST) + len(self.maths)), begin)
                self.maths.append(thing)
            at = stop
        self._add(_own(self.text[at:end]), at)

    def _add(self, text: str, source: int) -> None:
        if text:
            self.places.append((self.length, source))
            self.parts.append(text)
            self.length += len(text)


def _shown(link: Link) -> str:
    """The words of a link: its display text, else the last part of what it names; an embed shows none."""
    if link.embed:
        return CODE
    words = link.display or (link.subpath if link.subpath and not link.block else "") or link.linkpath
    return LINK_OPEN + _own(words.rsplit("/", 1)[-1].rsplit("#", 1)[-1].removesuffix(".md")) + LINK_CLOSE


def _own(text: str) -> str:
    """Text of the note without the characters that stand for formulas and links here."""
    return text if text.isascii() else _STANDING_IN.sub("\ufffd", text)
