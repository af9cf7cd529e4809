"""Finds what a vault claims: `collect(analysis)`.

The work goes through a vault twice: first what each note states (`facts`), then what each of these may be derived from
(`premises`). The order is that of the paths and of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from vaultcheck.config import Config
from vaultcheck.graph.model import Resolution, Resolved
from vaultcheck.note.model import Context, Link, Note
from vaultcheck.proof.facts import facts_of
from vaultcheck.proof.model import Claim, Role
from vaultcheck.proof.premises import Fact, Found, NoteFacts, premises_of, supposed_with
from vaultcheck.proof.roles import is_equation_to_solve
from vaultcheck.proof.scoping import SymbolBook
from vaultcheck.proof.stated import stated_premises
from vaultcheck.proof.status import StatusTag
from vaultcheck.source import NotePath
from vaultcheck.vault import Unreadable, Vault


class Seen(Protocol):
    """What is known of a vault: an `Analysis`, which stands a floor above."""

    @property
    def vault(self) -> Vault:
        """The files."""

    @property
    def config(self) -> Config:
        """What the user chose."""

    @property
    def notes(self) -> Mapping[NotePath, Note]:
        """The notes by path."""

    @property
    def resolutions(self) -> Mapping[NotePath, tuple[Resolution, ...]]:
        """What every link reaches."""

    @property
    def status_tags(self) -> Mapping[NotePath, Sequence[StatusTag]]:
        """The status tags of the notes that have some."""


def collect(seen: Seen, among: Collection[NotePath] | None = None) -> tuple[Claim, ...]:
    """Everything that the notes of a vault state, by path and place, with premises for what is to be judged.

    With `among` only these notes are read, which has to be all that the claims in question can rest on.

    Claims, definitions, values, steps, systems, roots and conditions are all there, because they are premises of one
    another; `Claim.judged` says of which a verdict is wanted. Total: what a note says never raises.
    """
    notes = _facts(seen, seen.vault.notes if among is None else [p for p in seen.vault.notes if p in among])
    return tuple(claim for home in notes.values() for claim in _claims(home, notes))


def _facts(seen: Seen, paths: Iterable[NotePath]) -> dict[NotePath, NoteFacts]:
    """What each note states; notes without formulas and status tags state nothing."""
    symbol_notes = tuple(NotePath(path) for path in seen.config.symbol_notes)
    book = SymbolBook(seen.notes, seen.resolutions, seen.vault.read, symbol_notes)
    families = seen.config.tags
    found: dict[NotePath, NoteFacts] = {}
    for path in paths:
        note = seen.notes.get(path)
        if note is None or not (note.maths or path in seen.status_tags):
            continue
        try:
            source = seen.vault.read(path)
        except Unreadable:
            continue
        facts = facts_of(note, source, book, families)
        found[path] = NoteFacts(note, source.text, seen.resolutions.get(path, ()), facts)
    return found


def _claims(home: NoteFacts, notes: Mapping[NotePath, NoteFacts]) -> Iterator[Claim]:
    for fact in home.facts:
        if fact.claim.role is Role.TEXT:
            yield replace(fact.claim, evidence=tuple(_evidence(fact, home)))
        else:
            yield _claim(fact, home, notes)


def _claim(fact: Fact, home: NoteFacts, notes: Mapping[NotePath, NoteFacts]) -> Claim:
    """The claim with its role among its tags and links, and the premises that go with it."""
    claim = fact.claim
    plain = claim.status is None and not claim.explicit and not home.links(fact.block.whole)
    if plain and claim.role not in {Role.CLAIM, Role.STEP}:
        return claim
    found = premises_of(fact, home, notes)
    claim = _weighed(fact, found)
    if not claim.judged:
        return claim
    stated = stated_premises(claim.path, fact.marks, claim.vocabulary)
    return replace(claim, way=found.way, premises=(*found.premises, *stated, *supposed_with(fact, home)))


def _weighed(fact: Fact, found: Found) -> Claim:
    """A definition, a value or a condition becomes a claim by its author's tags, links and marks.

    A value does so by a tag or a mark only: many a number is cited with a link to where it is explained.
    """
    claim, role = fact.claim, fact.claim.role
    marked = claim.status is not None or bool(claim.explicit)
    if fact.supposed and not marked:
        return claim
    valued = frozenset(q.name for q in claim.vocabulary if q.value is not None)
    to_solve = any(is_equation_to_solve(relation, valued) for relation in claim.reading.relations)
    in_display = role is Role.SYSTEM and not fact.listed
    if role is Role.ROOTS or in_display or to_solve:
        return replace(claim, doubt=claim.doubt or _DOUBTS.get(role, "it is an equation to be solved"))
    promoted = marked or (found.way.named and role is not Role.VALUE)
    if role in {Role.DEFINITION, Role.VALUE, Role.CONDITION, Role.SYSTEM} and promoted:
        return replace(claim, role=Role.CLAIM)
    return claim


_DOUBTS = {Role.ROOTS: "it is one of several possibilities", Role.SYSTEM: "it is one of several equations"}


def _evidence(fact: Fact, home: NoteFacts) -> Iterator[Link]:
    """The links of a block of text that reach something."""
    for link, resolution in home.links(fact.block.whole):
        if isinstance(resolution, Resolved) and (link.context is Context.BODY or _in_marks(link, fact)):
            yield link


def _in_marks(link: Link, fact: Fact) -> bool:
    return any(mark.span.start <= link.start < mark.span.end for mark in fact.marks)
