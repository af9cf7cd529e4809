"""Reads what a note declares of its symbols: `declared_in(note, source)`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from vaultcheck.note.model import Heading, Note
from vaultcheck.proof.declared import EVERYWHERE, Declared, How
from vaultcheck.proof.definition_lines import declarations
from vaultcheck.proof.meanings import Meaning
from vaultcheck.proof.passages import Passage, is_local, passages
from vaultcheck.proof.symbol_fields import GIVEN, KEY, given_symbols, property_symbols
from vaultcheck.proof.symbol_names import Named, Used, used_in
from vaultcheck.proof.symbol_tables import table_symbols
from vaultcheck.proof.where_clauses import Found
from vaultcheck.source import Location, Source, Span

_NUMBER_E = re.compile(r"euler|number|nombre|zahl|numero|número|tal\b|base of|basis", re.IGNORECASE)
_IMAGINARY = re.compile(r"imagin|\bindex\b|indice|índice|unit vector|einheitsvektor", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)")


def declared_in(note: Note, source: Source) -> tuple[Declared, ...]:
    """Everything that a note declares of its symbols, in the order of the text (`symbols:` first). Total.

    A name occurs as often as it is declared; which declaration counts where is for `scoping` to say. A declaration
    may hold any part of meaning, unit and value, at least one.
    """
    text = source.text
    used = used_in(math.latex for math in note.maths if not _in_brackets(text, math.span))
    found = [
        *_from_properties(note, text),
        *_from_passages(note, source, used),
        *_from_fields(note, text),
    ]
    singles = {one.quantity.name for one in found}
    runs = {one.quantity.name: _run(one, text) for one in found}
    return tuple(one for one in found if not _is_product(runs[one.quantity.name], singles, used))


def _in_brackets(text: str, span: Span) -> bool:
    """Whether a formula stands alone in brackets, as units do."""
    return text[span.start - 1 : span.start] in ("(", "[") and text[span.end : span.end + 1] in (")", "]")


def _run(declared: Declared, text: str) -> str:
    """The letters of a name that would be a product if nobody declared it, when it is written as such."""
    written = text[declared.location.span.start : declared.location.span.end].strip("$*_ ")
    found = re.match(r"([A-Za-z]{2,})", written)
    return found[1] if found and declared.how is not How.PROPERTY else ""


def _is_product(run: str, singles: set[str], used: Used) -> bool:
    """Whether the run is a product of names: each of its letters is declared itself, or both of two are in use."""
    if not run:
        return False
    return all(letter in singles for letter in run) or (len(run) == 2 and used.letters >= set(run))


def _from_passages(note: Note, source: Source, used: Used) -> Iterator[Declared]:
    if not note.maths and "**" not in source.text:
        return
    sections = _Sections(note, len(source.text))
    for passage in passages(note, source):
        if passage.rows:
            for found, cell in table_symbols(passage, used):
                yield _declared(note, cell, found, sections)
        else:
            for found in declarations(passage, used):
                if _says_something(found):
                    yield _declared(note, passage, found, sections)


def _says_something(found: Found) -> bool:
    """Whether the declaration holds anything, and is not of a number or an index."""
    meaning, name = found.meaning, found.named.name
    if not (meaning.text or meaning.unit is not None or meaning.value is not None):
        return False
    if name == "e" and _NUMBER_E.search(meaning.text) and meaning.unit is None:
        return False
    return not (name in ("i", "j") and _IMAGINARY.search(meaning.text) and meaning.unit is None)


def _declared(note: Note, passage: Passage, found: Found, sections: _Sections) -> Declared:
    span = passage.source(found.start, found.end)
    section, local = sections.around(span.start)
    within = passage.local or (section if local else EVERYWHERE)
    quantity = found.meaning.quantity(found.named)
    return Declared(quantity, Location(note.path, span), found.how, passage.span, section, within)


class _Sections:
    """The innermost section of any place, and whether it is one of examples or exercises."""

    def __init__(self, note: Note, length: int) -> None:
        self.length = length
        self.headings: tuple[Heading, ...] = note.headings
        self.starts = [heading.span.start for heading in note.headings]
        first = self.starts[0] if self.starts else length
        self.head = Span(0, first)

    def around(self, place: int) -> tuple[Span, bool]:
        """The section of a place, subsections included, and whether it or one around it is local."""
        index = bisect_right(self.starts, place) - 1
        if index < 0:
            return self.head, False
        around = [one for one in self.headings[: index + 1] if one.section.end > place] or [self.headings[index]]
        local = any(is_local(heading.text) for heading in around if heading.level > 1 or len(around) == 1)
        return around[-1].section, local


def section_of(note: Note, place: int, length: int) -> Span:
    """The innermost section that holds a place; before the first heading, all up to it."""
    return _Sections(note, length).around(place)[0]


def _from_properties(note: Note, text: str) -> Iterator[Declared]:
    head = Span(0, note.text_start)
    for written in note.properties:
        if written.key.casefold() == KEY:
            yield from _explicit(note, property_symbols(written, text), head, head, EVERYWHERE)


def _from_fields(note: Note, text: str) -> Iterator[Declared]:
    for field in note.fields:
        if field.key.casefold() == GIVEN:
            block = _block_around(text, field.span.start)
            section = section_of(note, field.span.start, len(text))
            yield from _explicit(note, given_symbols(field), block, section, block)


def _explicit(
    note: Note,
    found: Iterable[tuple[Named, Meaning, Span, How]],
    block: Span,
    section: Span,
    within: Span,
) -> Iterator[Declared]:
    for named, meaning, span, how in found:
        yield Declared(meaning.quantity(named), Location(note.path, span), how, block, section, within)


def _block_around(text: str, place: int) -> Span:
    """The paragraph or list around a place: what stands between blank lines."""
    start = max((found.end() for found in _PARAGRAPH_END.finditer(text, 0, place)), default=0)
    after = _PARAGRAPH_END.search(text, place)
    return Span(start, after.start() if after else len(text))
