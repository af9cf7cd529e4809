"""Where things stand in a text: spans, positions, locations. The ground floor; imports nothing of ours."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import NamedTuple, NewType, TypeVar

NotePath = NewType("NotePath", str)
"""A file of the vault: POSIX, relative to the vault's root, spelled as on disk."""

make_record = tuple.__new__
"""A named tuple from a tuple, without its constructor: for records that a vault has by the hundred thousand."""

_Kind = TypeVar("_Kind", bound=type)


def of_its_kind(kind: _Kind) -> _Kind:
    """Let the tuples of a named tuple's class equal those of the same class only: for records that stand for one
    another, as what a link may reach, where the same parts in another kind say something else."""
    for name, method in (("__eq__", _is_same), ("__ne__", _is_other)):
        setattr(kind, name, method)
    return kind


def _is_same(one: tuple[object, ...], other: object) -> bool:
    return one.__class__ is other.__class__ and tuple.__eq__(one, other)


def _is_other(one: tuple[object, ...], other: object) -> bool:
    return not _is_same(one, other)


_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """Half-open `[start, end)` in code points of the file's whole text (a byte-order mark counts as one)."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column as people count them: from 1, columns in code points. Only computed on the way out."""

    line: int
    column: int


class Location(NamedTuple):
    """A span in a file: the key of a written thing."""

    path: NotePath
    span: Span


class TextEdit(NamedTuple):
    """Replace the text at `location` by `replacement`."""

    location: Location
    replacement: str


def shown(path: str) -> str:
    """A path as it may be printed: control characters and what is not Unicode are written as escapes."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path)


class _File(NamedTuple):
    path: NotePath
    text: str


class Source(_File):
    """One file: its path and its whole text, line ends untouched. LF, CRLF and lone CR end a line."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets, in code points, at which lines begin; the first is 0."""
        if "\r" in self.text:
            return (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        # A report asks this of every file with a finding; without a Python step for each line it takes a fifth.
        lengths = map(len, self.text.split("\n")[:-1])
        return (0, *map(add, accumulate(lengths), count(1)))

    def position(self, offset: int) -> Position:
        """Line and column of an offset in code points; an offset past the end is clamped to the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line end; empty when there is no such line."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]
