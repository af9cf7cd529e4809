"""What claims in words rest on: the claims in the blocks that they link to, and the words of those blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vaultcheck.graph.model import BlockTarget, HeadingTarget, Resolution, Resolved
from vaultcheck.note.model import Note
from vaultcheck.proof.fingerprints import words_of
from vaultcheck.proof.model import Claim, Role
from vaultcheck.source import NotePath, Source, Span


class Evidence(NamedTuple):
    """By the id of a claim in words: the ids of the claims it links to, and all the words that belong to it."""

    claims: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]


def evidence_of(
    claims: Sequence[Claim],
    notes: Mapping[NotePath, Note],
    resolutions: Mapping[NotePath, tuple[Resolution, ...]],
    read: Callable[[NotePath], Source],
) -> Evidence:
    """What the claims in words rest on. A link to a whole note names no claim of it."""
    in_words = [claim for claim in claims if claim.role is Role.TEXT]
    if not in_words:
        return Evidence({}, {})
    places = _Places(claims)
    linked: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = {}
    for claim in in_words:
        stretches = list(_stretches(claim, notes, resolutions))
        found = [places.within(path, span) for path, span in stretches]
        linked[claim.id] = tuple(dict.fromkeys(name for names in found for name in names if name != claim.id))
        bare = [place for place, names in zip(stretches, found, strict=True) if not names]
        parts = [(claim.path, claim.block), *bare]
        words[claim.id] = "\n".join(words_of(read(path).text[span.start : span.end]) for path, span in parts)
    return Evidence(linked, words)


def _stretches(
    claim: Claim, notes: Mapping[NotePath, Note], resolutions: Mapping[NotePath, tuple[Resolution, ...]]
) -> Iterator[tuple[NotePath, Span]]:
    """The blocks and sections that the evidence of a claim leads to."""
    wanted = {(link.start, link.length) for link in claim.evidence}
    if not wanted:
        return
    for link, resolution in zip(notes[claim.path].links, resolutions[claim.path], strict=True):
        if (link.start, link.length) not in wanted or not isinstance(resolution, Resolved):
            continue
        match resolution.target:
            case BlockTarget(path, block):
                yield path, block.covers
            case HeadingTarget(path, heading):
                yield path, heading.section


class _Places:
    """The claims of each note in the order of their places."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        by_note: dict[NotePath, list[tuple[int, str]]] = defaultdict(list)
        for claim in claims:
            by_note[claim.path].append((claim.location.span.start, claim.id))
        self._notes = {path: sorted(found) for path, found in by_note.items()}

    def within(self, path: NotePath, span: Span) -> list[str]:
        """The ids of the claims in a stretch of a note."""
        found = self._notes.get(path, [])
        return [name for _, name in found[bisect_left(found, (span.start, "")) : bisect_left(found, (span.end, ""))]]
