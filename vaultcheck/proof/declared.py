"""What a note declares of its symbols. Frozen data, no work."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from vaultcheck.formula.model import Quantity, Vocabulary
from vaultcheck.source import Location, Span


class How(StrEnum):
    """The form in which a symbol was declared; the value is how a report names it."""

    LINE = "definition line"
    CLAUSE = "where-clause"
    TABLE = "table of symbols"
    SHORT_NAME = "short name in brackets"
    PROPERTY = "symbols property"
    GIVEN = "given field"
    EQUATION = "equation with a value"


EVERYWHERE = Span(0, 1 << 62)
"""The stretch in which a declaration counts that is meant for its whole note, and for those that link to it."""


class Declared(NamedTuple):
    """One declaration: what it says, where the name stands, and where it counts.

    `block` is the paragraph, list item or row that holds it, `section` the innermost section around that, `within`
    the stretch outside of which it says nothing: `EVERYWHERE` as a rule, the block for a `given::`, the callout or
    section for an example or an exercise. `location.span` covers the name as written.
    """

    quantity: Quantity
    location: Location
    how: How
    block: Span
    section: Span
    within: Span


class Disagreement(StrEnum):
    """In what two declarations of one symbol differ."""

    DIMENSION = "dimension"
    VALUE = "value"
    MEANING = "meaning"


class Conflict(NamedTuple):
    """Two declarations of one symbol that cannot both hold where both count."""

    name: str
    kind: Disagreement
    first: Declared
    second: Declared


class Symbols(NamedTuple):
    """The symbols known at one place of a note.

    `vocabulary` holds one quantity for each name, as the nearest declarations have it; what the nearest ones disagree
    about is left open in it (no dimension, no value) and listed in `conflicts`. `sources` gives for each name the
    declarations that its quantity was put together from, nearest first.
    """

    vocabulary: Vocabulary
    conflicts: tuple[Conflict, ...]
    sources: tuple[tuple[str, tuple[Declared, ...]], ...]

    def declared(self, name: str) -> tuple[Declared, ...]:
        """Where the name (in normal form) was declared, as far as it counts here; nearest first."""
        return next((found for known, found in self.sources if known == name), ())
