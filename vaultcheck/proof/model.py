"""What a note claims, what that rests on, and what it is worth. Frozen data, no work.

The contract with the author of a note is docs/claims.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vaultcheck.formula.model import Reading, Vocabulary
from vaultcheck.formula.verdict import Verdict
from vaultcheck.note.model import Link, Math
from vaultcheck.proof.declared import Conflict
from vaultcheck.proof.status import Status
from vaultcheck.source import Location, NotePath, Span


class Standing(StrEnum):
    """What a claim is worth once everything that it rests on is counted, in the order of a legend.

    The value is its one name everywhere: in reports, on the map, in its legend.
    """

    SETTLED = "settled"
    """Its verdict is a proof, and every premise is settled or assumed."""
    ASSUMED = "assumed"
    """A definition: it is not derived from anything."""
    ATTESTED = "attested"
    """The author's settled tag is all there is."""
    CONDITIONAL = "conditional"
    """Proved from premises of which one is open."""
    OPEN = "open"
    """Nobody has said or shown that it holds."""
    STALE = "stale"
    """Recorded once, and it or a premise has changed since."""
    CIRCULAR = "circular"
    """It rests on itself."""
    REFUTED = "refuted"
    """It, or a premise that it needs, is refuted."""


class Role(StrEnum):
    """What a relation is in its note."""

    CLAIM = "claim"
    DEFINITION = "definition"
    VALUE = "value"
    """A relation to a decimal literal: a value with an interval."""
    STEP = "step"
    """A line of a displayed derivation without a left side of its own, or joined by ⇒ or ⇔."""
    SYSTEM = "system"
    """One of several equations that hold together: assumed, not derived."""
    ROOTS = "roots"
    """One of the alternatives that an equation in one unknown leaves."""
    CONDITION = "condition"
    """An equation to be solved (`x^2 = 4`), not an identity."""
    TEXT = "text"
    """A claim in words: a tagged block without a formula."""


class Unasserted(StrEnum):
    """Why a relation is not asserted, so that nobody judges it unless its author tags it open."""

    STRUCK = "struck through"
    QUOTED = "a quotation"
    CALLOUT = "in a callout of questions, failures, bugs or examples"
    EXERCISE = "in an exercise or example"
    SUPPOSED = "supposed, assumed or doubted in the text"
    QUESTIONED = "written as a question or an inequality of names"
    CASES = "in a table of cases"
    CODE = "a template"


class Way(StrEnum):
    """How the premises of a claim were found, strongest first; only the first two were named as premises."""

    FROM = "named by from::"
    BLOCKS = "linked blocks and headings"
    NOTES = "linked notes"
    SECTION = "earlier in the section"
    NOTE = "earlier in the note"
    NONE = "no premises"

    @property
    def named(self) -> bool:
        """Whether the author named them as premises."""
        return self in {Way.FROM, Way.BLOCKS}


class Premise(NamedTuple):
    """Something a claim rests on.

    `claim` is the id of the claim that states it; `link` the link that led there, `None` for `with::`, `given::` and
    what stands earlier in the note. `stated` says that it is the author's own `with::` or `given::`.
    """

    location: Location
    reading: Reading
    claim: str
    link: Link | None = None
    stated: bool = False


class Explicit(NamedTuple):
    """The explicit marks of a block: which of `from::`, `with::` and `given::` it carries."""

    from_: bool = False
    with_: bool = False
    given: bool = False

    def __bool__(self) -> bool:
        return self.from_ or self.with_ or self.given


NO_MARKS = Explicit()


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation that a note states, or one tagged block of text.

    `id` is `Note#^id` where its block has an id, else `Note:line`, with `.2` for the second relation of a block.
    `location` is that of the formula (of the block for a claim in words), `block` the whole block. `reading` holds
    exactly one relation, or none where the formula could not be read (`reading.problem` says why). `status` is what
    its tags say, `misspelt` that a tag was only read as meant (then it never settles). `premises` are in the order in
    which they were found; `evidence` are the resolved links of a claim in words. `vocabulary` are the names known at
    its place, `conflicts` the declarations that disagree there. `doubt` says why no refutation of it counts, where its
    text limits it by words that the prover is not told; `rough` that *about* stands before it, so that its numbers are
    good to ten percent. `matrices` says why its products may not be turned round.
    """

    id: str
    path: NotePath
    location: Location
    block: Span
    math: Math | None
    reading: Reading
    role: Role
    status: Status | None = None
    misspelt: bool = False
    unasserted: Unasserted | None = None
    way: Way = Way.NONE
    premises: tuple[Premise, ...] = ()
    explicit: Explicit = NO_MARKS
    evidence: tuple[Link, ...] = ()
    vocabulary: Vocabulary = ()
    conflicts: tuple[Conflict, ...] = ()
    arithmetic: bool = False
    doubt: str = ""
    matrices: str = ""
    rough: bool = False

    @property
    def judged(self) -> bool:
        """Whether a verdict is wanted: asserted and no mere definition, or tagged open by its author."""
        if self.status is Status.OPEN:
            return True
        return self.unasserted is None and self.role in {Role.CLAIM, Role.STEP}

    @property
    def may_be_error(self) -> bool:
        """Whether a finding on it may be an error: it is tagged, links to premises, carries a mark, or is plain
        arithmetic."""
        return self.status is not None or self.way.named or bool(self.explicit) or self.arithmetic


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict and what it is worth. `loop` names the claims of the circle it rests on, `why` says in
    one sentence what decides; `since` is the day recorded in the ledger."""

    claim: Claim
    verdict: Verdict | None
    standing: Standing
    why: str = ""
    loop: tuple[str, ...] = ()
    since: str = ""
