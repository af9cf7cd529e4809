"""What a claim may be derived from, and how that was found.

In this order, the first that yields any equation: `from::` links; block and heading links of the block; links to whole
notes; what stands earlier in the section, then in the note. `with::`, `given::` and what the block itself supposes are
added to each.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultcheck.formula.model import Join, RelationKind
from vaultcheck.graph.model import BlockTarget, HeadingTarget, NoteTarget, Resolution, Resolved
from vaultcheck.note.model import Context, Link, Note
from vaultcheck.proof.claim_blocks import TextBlock
from vaultcheck.proof.model import Claim, Premise, Role, Unasserted, Way
from vaultcheck.proof.stated import Mark
from vaultcheck.proof.status import Status
from vaultcheck.source import NotePath, Span

MOST = 12
"""Premises taken from a linked note, and from what stands earlier."""
_MOST_IN_SECTION = 24
_NEAR = 80
"""How far back relations are looked at for premises that nobody named."""
_SEVERAL = 2
_NOWHERE = Span(0, 0)

_NO_PREMISE = re.compile(
    r"(?:(?<![\w-])(?:unlike|not|in contrast (?:to|with)|by contrast with|contrary to|as opposed to|see also|cf\.?"
    r"|compared (?:to|with)|rather than|instead of|different from|contrairement à|à la différence de"
    r"|voir aussi|à comparer"
    r"|(?:im|in) gegensatz zu[rm]?|anders als|siehe auch|vgl\.?|a differenza di|al contrario di|vedi anche|cfr\.?"
    r"|a diferencia de|al contrario de|en contraste con|véase también|ver también|i modsætning til|se også|se även))"
    r"\s*(?:[\w'’]+\s+){0,2}[\s:,(*_]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\s,;*_]*(?:and|or|&|et|ou|und|oder|e|o|y|og|och)?[\s,;*_]*$", re.IGNORECASE)
_NEVER = frozenset({Unasserted.STRUCK, Unasserted.QUESTIONED, Unasserted.CODE, Unasserted.CASES})


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim as its note states it, before its premises are looked for, with what that takes.

    `names` are those of its relation. `introduced`: words such as *where* and *if* introduce it; `antecedent`: it
    stands before ⇒; `listed`: it is one of several items with equations. `formula` counts the formulas of the note,
    `join` ties it to the relation before it, `section` and `sentence` are the innermost ones.
    """

    claim: Claim
    block: TextBlock
    names: frozenset[str]
    section: Span
    introduced: bool = False
    antecedent: bool = False
    listed: bool = False
    formula: int = -1
    join: Join = Join.FIRST
    sentence: Span = _NOWHERE
    marks: tuple[Mark, ...] = ()

    @property
    def supposed(self) -> bool:
        """Whether it is only what something else rests on."""
        return self.introduced or self.antecedent

    @property
    def usable(self) -> bool:
        """Whether it may be a premise where its author names it."""
        claim = self.claim
        return (
            len(claim.reading.relations) == 1
            and claim.reading.problem is None
            and claim.role not in {Role.ROOTS, Role.TEXT}
            and claim.unasserted not in _NEVER
            and claim.reading.relations[0].kind is not RelationKind.UNEQUAL
        )


@dataclass(slots=True)
class NoteFacts:
    """The facts of one note, in the order of the text, with its links and what they reach."""

    note: Note
    text: str
    resolutions: tuple[Resolution, ...]
    facts: tuple[Fact, ...]
    places: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = [fact.claim.location.span.start for fact in self.facts]
        links = sorted(enumerate(self.note.links), key=lambda pair: pair[1].start)
        self._links = [(link, self.resolutions[index]) for index, link in links]
        self.starts = [link.start for link, _ in self._links]

    _links: list[tuple[Link, Resolution]] = field(default_factory=list)

    def within(self, span: Span) -> Sequence[Fact]:
        """The facts whose formulas stand in a stretch of the note."""
        return self.facts[bisect_left(self.places, span.start) : bisect_left(self.places, span.end)]

    def touching(self, span: Span) -> Iterator[Fact]:
        """The facts whose blocks a stretch of the note touches: an id may stand behind a display."""
        around = self.facts[: bisect_left(self.places, span.end)]
        inside = [fact for fact in around if span.start <= fact.claim.location.span.start]
        if inside:
            yield from inside
            return
        yield from (f for f in self.facts if f.block.span.start < span.end and span.start < f.block.span.end)

    def links(self, span: Span) -> Sequence[tuple[Link, Resolution]]:
        """The links that stand in a stretch of the note, in order, with what they reach."""
        return self._links[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]


class Found(NamedTuple):
    """The premises of one claim and the way they were found."""

    way: Way
    premises: tuple[Premise, ...]


def premises_of(fact: Fact, home: NoteFacts, notes: Mapping[NotePath, NoteFacts]) -> Found:
    """The premises that a claim's author named, or else those that stand near; never the claim itself."""
    links = list(_links(fact, home))
    named = [(link, target) for link, target in links if not isinstance(target, NoteTarget)]
    for way, some in (
        (Way.FROM, [pair for pair in links if _is_from(pair[0], fact)]),
        (Way.BLOCKS, [pair for pair in named if not _is_from(pair[0], fact)]),
        (Way.NOTES, [pair for pair in links if isinstance(pair[1], NoteTarget) and not _is_from(pair[0], fact)]),
    ):
        found = _distinct(fact, _linked(fact, some, notes))
        if found:
            return Found(way, found)
    for way, earlier in ((Way.SECTION, _earlier(fact, home, fact.section)), (Way.NOTE, _earlier(fact, home, None))):
        near = tuple(Premise(other.claim.location, other.claim.reading, other.claim.id) for other in earlier)
        if near:
            return Found(way, near)
    return Found(Way.NONE, ())


def supposed_with(fact: Fact, home: NoteFacts) -> tuple[Premise, ...]:
    """What the sentence itself says under which the claim holds: *if*, *where*; what stands before ⇒ in the formula."""
    found = []
    for other in _siblings(fact, home):
        before = other.formula == fact.formula and fact.join is Join.STEP and _position(other) < _position(fact)
        said = other.introduced and not fact.introduced and other.formula != fact.formula
        if (said and other.sentence == fact.sentence) or before:
            found.append(Premise(other.claim.location, other.claim.reading, other.claim.id, stated=True))
    return tuple(found)


def _position(fact: Fact) -> tuple[int, int]:
    relation = fact.claim.reading.relations[0]
    return fact.formula, relation.span[1]


def _siblings(fact: Fact, home: NoteFacts) -> Iterator[Fact]:
    index = bisect_left(home.places, fact.block.span.start)
    for other in home.facts[index:]:
        if other.claim.location.span.start >= fact.block.span.end:
            return
        if other is not fact and other.usable:
            yield other


def _is_from(link: Link, fact: Fact) -> bool:
    return any(mark.key == "from" and mark.span.start <= link.start < mark.span.end for mark in fact.marks)


Reached = NoteTarget | HeadingTarget | BlockTarget


def _links(fact: Fact, home: NoteFacts) -> Iterator[tuple[Link, Reached]]:
    """The links of the block that may name premises, with what they reach.

    Of a block without a tag or a mark only those in the sentence: a long text links to much that it does not rest on.
    """
    skipped_to = -1
    marked = fact.claim.status is not None or bool(fact.claim.explicit)
    for link, resolution in home.links(fact.block.whole if marked else fact.sentence):
        stated = _is_from(link, fact)
        before = home.text[fact.block.whole.start : link.start]
        if not stated:
            if link.relation and link.relation.lower() != "from":
                continue
            follows = skipped_to >= 0 and _GOES_ON.match(home.text, skipped_to, link.start)
            if (follows and follows.end() == link.start) or _NO_PREMISE.search(before):
                skipped_to = link.end
                continue
        if link.context is not Context.BODY and not stated:
            continue
        target = resolution.target if isinstance(resolution, Resolved) else None
        if isinstance(target, NoteTarget | HeadingTarget | BlockTarget):
            yield link, target


def _linked(
    fact: Fact, links: Iterable[tuple[Link, Reached]], notes: Mapping[NotePath, NoteFacts]
) -> Iterator[tuple[Link, Fact]]:
    """What the linked blocks, sections and notes state."""
    for link, target in links:
        there = notes.get(target.path)
        if there is None:
            continue
        match target:
            case BlockTarget(_, block):
                facts: Iterable[Fact] = there.touching(block.covers)
            case HeadingTarget(_, heading):
                facts = _of_section(fact, there.within(heading.section))
            case NoteTarget():
                facts = _sharing_first(fact, there.facts) if there.note.path != fact.claim.path else ()
        yield from ((link, other) for other in facts)


def _of_section(fact: Fact, facts: Sequence[Fact]) -> Sequence[Fact]:
    """The relations of a linked section; of very many those that share a name with the claim."""
    if len(facts) <= _MOST_IN_SECTION:
        return facts
    return [other for other in facts if other.names & fact.names][:_MOST_IN_SECTION]


def _sharing_first(fact: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """The definitions and claims of a note, those that share a name with the claim first, at most twelve."""
    stated = [other for other in facts if other.usable and other.claim.unasserted is None]
    stated.sort(key=lambda other: not (other.names & fact.names))
    return stated[:MOST]


def _distinct(fact: Fact, found: Iterable[tuple[Link, Fact]]) -> tuple[Premise, ...]:
    """Each fact once, never the claim itself or another relation of its formula."""
    premises: dict[str, Premise] = {}
    for link, other in found:
        own = other.claim.path == fact.claim.path and other.formula == fact.formula
        if other.usable and not own:
            premises.setdefault(
                other.claim.id, Premise(other.claim.location, other.claim.reading, other.claim.id, link)
            )
    return tuple(premises.values())


def _may_serve(fact: Fact) -> bool:
    """Whether a relation may be a premise where nobody names it: asserted, and not itself in question."""
    return (
        fact.claim.unasserted is None
        and not fact.supposed
        and fact.join is not Join.STEP
        and fact.claim.status not in {Status.OPEN, Status.DISPUTED}
        and not (fact.claim.role is Role.CONDITION and _limits(fact))
        and fact.usable
    )


def _limits(fact: Fact) -> bool:
    """Whether a condition is no equation between several names: an order, or an equation to be solved."""
    return fact.claim.reading.relations[0].kind is not RelationKind.EQUAL or len(fact.names) < _SEVERAL


def _earlier(fact: Fact, home: NoteFacts, section: Span | None) -> list[Fact]:
    """Earlier relations that share names with the claim, directly or through each other; the nearest twelve."""
    end = bisect_right(home.places, fact.claim.location.span.start)
    begin = 0 if section is None else bisect_left(home.places, section.start)
    candidates = [
        other
        for other in home.facts[max(begin, end - _NEAR) : end]
        if other.formula != fact.formula and other.claim.id != fact.claim.id and _may_serve(other)
    ]
    reached = set(fact.names)
    taken: set[str] = set()
    growing = True
    while growing and len(taken) < MOST:
        growing = False
        for other in reversed(candidates):
            if other.claim.id not in taken and other.names & reached and len(taken) < MOST:
                taken.add(other.claim.id)
                reached |= other.names
                growing = True
    return [other for other in candidates if other.claim.id in taken]
