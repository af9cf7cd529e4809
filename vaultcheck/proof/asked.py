"""Which notes hold claims that somebody asked to have judged, and which notes those rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from vaultcheck.graph.model import Resolution, Resolved
from vaultcheck.note.model import Note
from vaultcheck.proof.status import StatusTag
from vaultcheck.source import NotePath

_MARKS = frozenset({"from", "with", "given"})


class Linked(Protocol):
    """What is known of a vault: an `Analysis`, which stands a floor above."""

    @property
    def notes(self) -> Mapping[NotePath, Note]:
        """The notes by path."""

    @property
    def resolutions(self) -> Mapping[NotePath, tuple[Resolution, ...]]:
        """What every link reaches."""

    @property
    def status_tags(self) -> Mapping[NotePath, Sequence[StatusTag]]:
        """The status tags of the notes that have some."""


def asked_for(seen: Linked) -> frozenset[NotePath]:
    """The notes with a status tag (also a misspelt one) or an explicit mark, and all that can be reached from them
    over notes that state something: everything that a verdict on their claims can depend on.

    Reading only these lets a large vault in which nobody asked for anything be checked without reading a formula.
    """
    reached = set(seen.status_tags)
    for path, note in seen.notes.items():
        for field in note.fields:
            if field.key.casefold() in _MARKS:
                reached.add(path)
    waiting = list(reached)
    while waiting:
        for path in _linked(seen.resolutions.get(waiting.pop(), ())):
            linked = seen.notes.get(path)
            if linked is not None and linked.maths and path not in reached:
                reached.add(path)
                waiting.append(path)
    return frozenset(reached)


def _linked(resolutions: tuple[Resolution, ...]) -> Iterator[NotePath]:
    for resolution in resolutions:
        if isinstance(resolution, Resolved):
            yield resolution.target.path
