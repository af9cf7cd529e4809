"""Symbols that a note declares twice and differently: `symbol_conflicts`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vaultcheck.note.model import Note
from vaultcheck.proof.declared import Conflict
from vaultcheck.proof.scoping import conflicts_in
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath, Source
from vaultcheck.vault import Unreadable


def symbol_conflicts(notes: Mapping[NotePath, Note], read: Callable[[NotePath], Source]) -> Iterator[Conflict]:
    """The declarations that cannot both hold where both count, note by note; of notes that hold formulas."""
    for path, note in notes.items():
        if note.maths:
            try:
                source = read(path)
            except Unreadable:
                continue
            yield from conflicts_in(declared_in(note, source))
