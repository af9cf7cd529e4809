"""The nearest existing names for one that misses. The door to rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from vaultcheck.graph.index import Index
from vaultcheck.graph.names import extension, folded, heading_form, heading_link_form, stem
from vaultcheck.source import NotePath

_BUDGET = 2_000_000
"""How many names one run may compare: about a third of a second."""

_CUTOFF = 70.0
_EDIT = 3

_Name = tuple[NotePath, str]
"""A file and one of its aliases; empty for its own name."""


class Suggester:
    """Suggestions for one vault, as one would write them in a link, best first.

    A run compares at most `_BUDGET` names (300 searches in a vault of 6,500 notes); after that there are no more
    suggestions.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._left = _BUDGET
        self._near: dict[str, str | None] = {}
        self._searched: dict[tuple[str, str, int], tuple[str, ...]] = {}

    def near_notes(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Notes whose name or alias is like `name`; an alias is given as `Note|alias`."""
        notes = self._notes
        return self._within("note", folded(stem(name)), self._note_keys, lambda key: self._written(notes[key]), limit)

    def near_attachments(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Attachments whose name is like `name`."""
        wanted, files = name.rpartition("/")[2].lower(), self._attachments
        keys = self._by_extension.get(extension(wanted)) or list(files)
        return self._within("file", wanted, keys, lambda key: self._written(files[key]), limit)

    def near_headings(self, path: NotePath, name: str, limit: int = 3) -> tuple[str, ...]:
        """Headings of a note like the last part of `name`, as Obsidian would write them."""
        wanted, known = heading_form(name.rpartition("#")[2]), self._index.headings(path)
        return self._within(
            f"heading {path}", wanted, list(known), lambda key: heading_link_form(known[key].text), limit
        )

    def near_blocks(self, path: NotePath, wanted: str, limit: int = 3) -> tuple[str, ...]:
        """Block ids of a note like `wanted` (without `^`)."""
        known = self._index.blocks(path)
        return self._within(f"block {path}", wanted.lower(), list(known), lambda key: known[key].id, limit)

    def is_near(self, name: str) -> str | None:
        """An existing note of nearly that name: the same but for case, accents, spaces and dashes, an alias, or one
        edit away (from five letters on, with the same digits)."""
        if name not in self._near:
            self._near[name] = self._nearly(folded(stem(name)))
        return self._near[name]

    @cached_property
    def _notes(self) -> dict[str, _Name]:
        """The notes by their folded names, and by their folded aliases where no name is the same."""
        names: dict[str, _Name] = {}
        for path in self._index.all_paths:
            if path[-3:].lower() == ".md":
                names.setdefault(folded(path[path.rfind("/") + 1 : -3]), (path, ""))
        for path, note in self._index.notes.items():
            for alias in note.aliases:
                names.setdefault(folded(alias), (path, alias))
        names.pop("", None)
        return names

    @cached_property
    def _attachments(self) -> dict[str, _Name]:
        names: dict[str, _Name] = {}
        for path in self._index.all_paths:
            if path[-3:].lower() != ".md":
                names.setdefault(path.rpartition("/")[2].lower(), (path, ""))
        return names

    @cached_property
    def _note_keys(self) -> list[str]:
        return list(self._notes)

    @cached_property
    def _by_extension(self) -> dict[str, list[str]]:
        """The keys of `_attachments` by extension."""
        keys: dict[str, list[str]] = defaultdict(list)
        for key in self._attachments:
            keys[extension(key)].append(key)
        return dict(keys)

    def _written(self, found: _Name) -> str:
        """The shortest form that Obsidian would write: the bare name when it is unique, else the whole path."""
        path, alias = found
        name = path.rpartition("/")[2]
        whole = path if len(self._index.files.get(name.lower(), ())) > 1 else name
        whole = whole[:-3] if whole.lower().endswith(".md") else whole
        return f"{whole}|{alias}" if alias else whole

    @cached_property
    def _by_ends(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Folded names by their first letters, and by their last: one edit leaves one of the two as it is. Their digits
        stand behind these, as names with other digits are never near: a vault may have a note for every day."""
        first: dict[str, list[str]] = defaultdict(list)
        last: dict[str, list[str]] = defaultdict(list)
        for name in self._notes:
            digits = _digits(name)
            first[name[:_EDIT] + digits].append(name)
            last[name[-_EDIT:] + digits].append(name)
        return first, last

    def _nearly(self, wanted: str) -> str | None:
        if not wanted:
            return None
        if wanted in self._notes:
            return self._written(self._notes[wanted])
        if len(wanted) < 5:
            return None
        first, last = self._by_ends
        digits = _digits(wanted)
        alike = (first.get(wanted[:_EDIT] + digits, ()), last.get(wanted[-_EDIT:] + digits, ()))
        for length in (len(wanted), len(wanted) - 1, len(wanted) + 1):
            for names in alike:
                for name in names:
                    if len(name) == length and _one_edit_away(wanted, name) and _digits(name) == digits:
                        return self._written(self._notes[name])
        return None

    def _within(
        self, where: str, wanted: str, keys: Sequence[str], written: Callable[[str], str], limit: int
    ) -> tuple[str, ...]:
        """The best of the names in one place (a note, or a kind of file), as long as the budget lasts."""
        key = (where, wanted, limit)
        if key not in self._searched:
            if self._left <= 0:
                return ()
            self._left -= len(keys)
            self._searched[key] = tuple(dict.fromkeys(map(written, _best(wanted, keys, limit))))
        return self._searched[key]


def _best(wanted: str, keys: Sequence[str], limit: int) -> list[str]:
    """Those of the `keys` that are most like `wanted`, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, keys, scorer=fuzz.ratio, limit=limit, score_cutoff=_CUTOFF)
    return [key for key, _, _ in found]


def _one_edit_away(wanted: str, name: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(wanted, name, score_cutoff=1) <= 1


def _digits(name: str) -> str:
    return "" if name.isalpha() else "".join(filter(str.isdigit, name))
