"""The author's explicit marks in a block: `from::`, `with::`, `given::`, bare, in brackets, or hidden in `%% … %%`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import FormulaClass, Join, Reading, Vocabulary
from vaultcheck.proof.model import Explicit, Premise
from vaultcheck.source import Location, NotePath, Span

_VALUE = r"(?:\[\[[^\[\]\r\n]*\]\]|\$[^$\r\n]*\$|\[[^\[\]\r\n]*\]|\([^()\r\n]*\)|[^\[\]()\r\n])*"
_FIELDS = re.compile(
    rf"(?<![\w`])[\[(](?P<a>from|with|given)::[ \t]*(?P<va>{_VALUE})[\])]"
    r"|%%[ \t]*(?P<b>from|with|given)::[ \t]*(?P<vb>.*?)[ \t]*%%"
    r"|^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(?P<c>from|with|given)::[ \t]+(?P<vc>[^\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_TAIL = re.compile(r"(?:\s+(?:#[^\s#]+|\^[A-Za-z0-9-]+|%%.*))+\s*$|[\s.;,]+$")
_OPEN, _CLOSE = "([{", ")]}"


class Mark(NamedTuple):
    """One mark: its key, the text of its value and where that stands."""

    key: str
    value: str
    span: Span


def marks_in(text: str, span: Span) -> tuple[Mark, ...]:
    """The explicit marks in a stretch of text, in order."""
    found: list[Mark] = []
    if "::" not in text[span.start : span.end]:
        return ()
    for match in _FIELDS.finditer(text, span.start, span.end):
        group = match.lastgroup or ""
        key = next(match[name] for name in "abc" if match[name] is not None)
        start, end = match.span(group)
        tail = _TAIL.search(text[start:end]) if group == "vc" else None
        end = start + tail.start() if tail else end
        found.append(Mark(key.lower(), text[start:end], Span(start, end)))
    return tuple(found)


def explicit_of(marks: tuple[Mark, ...]) -> Explicit:
    """Which kinds of marks there are."""
    keys = {mark.key for mark in marks}
    return Explicit("from" in keys, "with" in keys, "given" in keys)


def stated_premises(path: NotePath, marks: tuple[Mark, ...], vocabulary: Vocabulary) -> tuple[Premise, ...]:
    """The equations of `with::` and `given::`, one premise for each; what holds no relation states nothing."""
    found: list[Premise] = []
    for mark in marks:
        if mark.key == "from":
            continue
        for latex, at in _pieces(mark.value):
            reading = read(latex, vocabulary)
            place = Span(mark.span.start + at, mark.span.start + at + len(latex))
            for relation in reading.relations if reading.problem is None else ():
                one = Reading(latex, FormulaClass.RELATION, (relation,), (Join.FIRST,), guesses=reading.guesses)
                found.append(Premise(Location(path, place), one, "", stated=True))
    return tuple(found)


def _pieces(value: str) -> Iterator[tuple[str, int]]:
    """The formulas of a list, with their places: cut at commas and semicolons outside brackets, `$` left out."""
    depth, start = 0, 0
    for at, char in enumerate(value + ";"):
        depth += (char in _OPEN) - (char in _CLOSE)
        decimal = char == "," and value[at + 1 : at + 2].isdigit() and value[at - 1 : at].isdigit()
        if (char == ";" or (char == "," and depth <= 0 and not decimal)) and (depth <= 0 or at == len(value)):
            piece = value[start:at]
            bare = piece.strip(" \t$")
            if bare:
                yield bare, start + piece.index(bare)
            start = at + 1
