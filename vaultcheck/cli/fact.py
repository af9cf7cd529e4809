"""One fact of a vault for `vaultcheck list`: the line that people read and the values that programs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vaultcheck.analysis import Analysis
from vaultcheck.source import NotePath, Source, Span, shown
from vaultcheck.vault import Unreadable


class Fact(NamedTuple):
    """One fact: the line (control characters not yet escaped) and the values."""

    line: str
    values: Mapping[str, object]


def source_of(analysis: Analysis, path: NotePath) -> Source:
    """The text of a file."""
    try:
        return analysis.vault.read(path)
    except Unreadable:  # gone since it was read, or never readable: its facts stand at 1:1
        return Source(path, "")


def placed(source: Source, span: Span, line: str, **values: object) -> Fact:
    """A fact with its place."""
    where = source.position(span.start)
    place = {"path": source.path, "line": where.line, "column": where.column, "offset": span.start}
    return Fact(f"{source.path}:{where.line}:{where.column}: {line}", {**place, **values})


def escaped(fact: Fact) -> str:
    """The line of a fact as it may be printed, with its line end."""
    return shown(fact.line) + "\n"
