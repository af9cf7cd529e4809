"""Which declarations count at a place of a note, and what they say together: nearest wins, disagreements are kept.

Ways to use it:
- `SymbolBook(notes, resolutions, source_of, symbol_notes)` once a run, then `.at(path, span)` for each claim;
- `symbols_at(place, span, own, linked, vault)` where the declarations are at hand already;
- `conflicts_in(declared)` for what one note declares twice and differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from fractions import Fraction

from vaultcheck.formula.lexicon import assumed
from vaultcheck.formula.model import Quantity, Vocabulary
from vaultcheck.formula.names import lexicon
from vaultcheck.graph.model import BlockTarget, HeadingTarget, NoteTarget, Resolution, Resolved
from vaultcheck.note.model import Context, Note
from vaultcheck.proof.declared import EVERYWHERE, Conflict, Declared, Disagreement, How, Symbols
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath, Source, Span

_MAX_LINKED = 40
"""Notes a note may link to whose symbols are read; one that links to more is an index, not a text."""


class Nearness(IntEnum):
    """How near a declaration is to a place; the smaller, the nearer."""

    BLOCK = 0
    SECTION = 1
    NOTE = 50
    LINKED = 60
    VAULT = 70


@dataclass
class SymbolBook:
    """The symbols of a vault, read when they are first asked for.

    `resolutions[path][i]` belongs to `notes[path].links[i]`; `source_of` gives the text of a note; `symbol_notes` are
    the paths of the notes that declare for the whole vault.
    """

    notes: Mapping[NotePath, Note]
    resolutions: Mapping[NotePath, tuple[Resolution, ...]]
    source_of: Callable[[NotePath], Source]
    symbol_notes: tuple[NotePath, ...] = ()
    _declared: dict[NotePath, tuple[Declared, ...]] = field(default_factory=dict)

    def declared(self, path: NotePath) -> tuple[Declared, ...]:
        """What a note declares; nothing where there is no such note."""
        known = self._declared.get(path)
        if known is None:
            note = self.notes.get(path)
            known = declared_in(note, self.source_of(path)) if note is not None else ()
            self._declared[path] = known
        return known

    def linked(self, path: NotePath) -> tuple[NotePath, ...]:
        """The notes that a note's text links to, in order, each once."""
        note = self.notes.get(path)
        if note is None:
            return ()
        found: dict[NotePath, None] = {}
        for link, reached in zip(note.links, self.resolutions.get(path, ()), strict=False):
            if link.context is Context.TEMPLATE or not isinstance(reached, Resolved):
                continue
            if isinstance(reached.target, NoteTarget | HeadingTarget | BlockTarget) and reached.target.path != path:
                found[reached.target.path] = None
        return tuple(found) if len(found) <= _MAX_LINKED else ()

    def at(self, path: NotePath, span: Span) -> Symbols:
        """The symbols known at a place of a note."""
        linked = [one for other in self.linked(path) for one in self.declared(other)]
        vault = [one for other in self.symbol_notes if other != path for one in self.declared(other)]
        return symbols_at(span, self.declared(path), linked, vault)


def vocabulary_at(book: SymbolBook, path: NotePath, span: Span) -> Vocabulary:
    """The vocabulary for reading a formula at a place of a note."""
    return book.at(path, span).vocabulary


def symbols_at(
    span: Span, own: Iterable[Declared], linked: Iterable[Declared] = (), vault: Iterable[Declared] = ()
) -> Symbols:
    """The symbols known at `span`, from what its own note, the notes linked to and the vault's notes declare.

    `span` is the formula that is to be read: an equation in it fixes no number for itself.
    """
    ranked: dict[str, list[tuple[int, Declared]]] = {}
    for nearness, one in _ranked(span, tuple(own), linked, vault):
        ranked.setdefault(one.quantity.name, []).append((nearness, one))
    _fold_case(ranked)
    quantities: list[Quantity] = []
    conflicts: list[Conflict] = []
    for candidates in ranked.values():
        candidates.sort(key=lambda pair: pair[0])
        quantity, found = _together(candidates)
        quantities.append(quantity)
        conflicts += found
    sources = tuple((name, tuple(one for _, one in candidates)) for name, candidates in ranked.items())
    return Symbols(tuple(quantities), tuple(conflicts), sources)


def _fold_case(ranked: dict[str, list[tuple[int, Declared]]]) -> None:
    """A name that differs from one declared nearer only in case, from three letters on, is the same name."""
    folded: dict[str, list[str]] = {}
    for name in ranked:
        folded.setdefault(name.casefold(), []).append(name)
    for names in folded.values():
        if len(names) == 2 and lexicon((Quantity(names[0]),)).find(names[1]) is not None:
            nearest = min(names, key=lambda one: min(rank for rank, _ in ranked[one]))
            other = names[1 - names.index(nearest)]
            ranked[nearest] += ranked.pop(other)


def _ranked(
    span: Span, own: Sequence[Declared], linked: Iterable[Declared], vault: Iterable[Declared]
) -> Iterator[tuple[int, Declared]]:
    """The declarations that count at the place, with their nearness."""
    around = [section for section in {one.section for one in own} if _overlaps(section, span)]
    for one in own:
        of_itself = one.how is How.EQUATION and _overlaps(one.location.span, span)
        if _overlaps(one.within, span) and not of_itself:
            yield _nearness(one, span, around), one
    for nearness, others in ((Nearness.LINKED, linked), (Nearness.VAULT, vault)):
        for one in others:
            if one.within == EVERYWHERE:
                yield nearness, one


def _overlaps(stretch: Span, span: Span) -> bool:
    return stretch.start <= span.start < max(stretch.end, stretch.start + 1) or span.start <= stretch.start < span.end


def _nearness(one: Declared, span: Span, around: Sequence[Span]) -> int:
    """How near a declaration of the note itself is; `around` are the sections that hold the place."""
    if one.how is How.PROPERTY:
        return Nearness.NOTE
    if _overlaps(one.block, span):
        return Nearness.BLOCK
    if one.section not in around:
        return Nearness.NOTE
    # Of several sections around the place the innermost is the nearest.
    inner = sum(_inside(section, one.section) for section in around)
    return min(Nearness.SECTION + inner, Nearness.NOTE - 1)


def _inside(inner: Span, outer: Span) -> bool:
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end


def _together(candidates: list[tuple[int, Declared]]) -> tuple[Quantity, list[Conflict]]:
    """One quantity from declarations of one name, nearest first, and in what the nearest ones disagree."""
    if len(candidates) == 1:
        return candidates[0][1].quantity, []
    nearest = candidates[0][0]
    first = [one for rank, one in candidates if rank == nearest]
    conflicts = list(_disagreements(first))
    quantity = first[0].quantity
    for one in first[1:]:
        quantity = _filled(quantity, one.quantity)
    for rank, one in candidates:
        if rank > nearest and _completes(quantity, one, rank):
            quantity = _filled(quantity, one.quantity)
    kinds = {conflict.kind for conflict in conflicts}
    if kinds & {Disagreement.DIMENSION, Disagreement.MEANING}:
        quantity = replace(quantity, dimension=None, unit=None, value=None, value_step=Fraction(0), meaning="")
    elif Disagreement.VALUE in kinds:
        quantity = replace(quantity, value=None, value_step=Fraction(0))
    return quantity, conflicts


def _completes(quantity: Quantity, other: Declared, rank: int) -> bool:
    """Whether a declaration farther away speaks of the same quantity, so that it may fill what is still open."""
    theirs = other.quantity
    if quantity.dimension is not None and theirs.dimension is not None and quantity.dimension != theirs.dimension:
        return False
    if not quantity.meaning and not theirs.meaning:
        return rank < Nearness.LINKED
    same = _same_words(quantity.meaning, theirs.meaning)
    agreed = quantity.dimension is not None and quantity.dimension == theirs.dimension
    if rank >= Nearness.LINKED:
        return same or (not quantity.meaning and agreed)
    return same or agreed or not quantity.meaning


def _same_words(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def _filled(quantity: Quantity, other: Quantity) -> Quantity:
    """The quantity with what `other` adds to it."""
    if quantity.dimension is not None and other.dimension is not None and quantity.dimension != other.dimension:
        return quantity
    unit = quantity.dimension is None and other.dimension is not None
    value = quantity.value is None and other.value is not None
    words = not quantity.meaning and bool(other.meaning)
    if not (unit or value or words or (other.function_of and not quantity.function_of)):
        return quantity
    return replace(
        quantity,
        dimension=other.dimension if unit else quantity.dimension,
        unit=other.unit if unit else quantity.unit,
        value=other.value if value else quantity.value,
        value_step=other.value_step if value else quantity.value_step,
        meaning=quantity.meaning or other.meaning,
        function_of=quantity.function_of or other.function_of,
    )


def conflicts_in(declared: Iterable[Declared]) -> tuple[Conflict, ...]:
    """What one note declares twice and differently where both count: in one section, or in one stretch of text
    before the first heading. A letter that each section declares anew has no conflict."""
    groups: dict[tuple[str, Span, Span], list[Declared]] = {}
    for one in declared:
        if one.how is not How.GIVEN:
            groups.setdefault((one.quantity.name, one.section, one.within), []).append(one)
    return tuple(conflict for group in groups.values() for conflict in _disagreements(group))


def _disagreements(declared: Sequence[Declared]) -> Iterator[Conflict]:
    """In what declarations of the same name differ, each against the first one that says something of it."""
    for kind, differs in _DIFFERENCES:
        for at, one in enumerate(declared):
            other = next((other for other in declared[at + 1 :] if differs(one.quantity, other.quantity)), None)
            if other is not None:
                yield Conflict(one.quantity.name, kind, one, other)
                break


def _other_dimension(one: Quantity, other: Quantity) -> bool:
    return one.dimension is not None and other.dimension is not None and one.dimension != other.dimension


def _other_meaning(one: Quantity, other: Quantity) -> bool:
    """Whether the words, or words and unit, are of two things that are measured differently."""
    if _other_dimension(one, other) or not (one.meaning and other.meaning) or _same_words(one.meaning, other.meaning):
        return False
    return _other_dimension(assumed(one), assumed(other))


def _other_value(one: Quantity, other: Quantity) -> bool:
    """Whether two values, each known to one unit of its last digit, cannot be the same."""
    if one.value is None or other.value is None or one.dimension != other.dimension:
        return False
    return abs(one.value - other.value) > one.value_step + other.value_step


_DIFFERENCES = (
    (Disagreement.DIMENSION, _other_dimension),
    (Disagreement.MEANING, _other_meaning),
    (Disagreement.VALUE, _other_value),
)


def symbol_note_paths(names: Iterable[str], notes: Iterable[NotePath]) -> tuple[NotePath, ...]:
    """The notes that the configuration names as `symbol-notes`: by path or by name, with or without `.md`."""
    wanted = [name.strip("/").casefold().removesuffix(".md") for name in names]
    found: list[NotePath] = []
    for path in notes:
        form = path.casefold().removesuffix(".md")
        if form in wanted or form.rpartition("/")[2] in wanted:
            found.append(path)
    return tuple(found)
