"""The nearest existing names for one that misses. The door to rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from vaultcheck.graph.index import Index
from vaultcheck.graph.names import extension, folded, heading_form, heading_link_form, stem
from vaultcheck.source import NotePath

_BUDGET = 2_000_000
"""How many names one run may compare: about a third of a second."""

_CUTOFF = 70.0
_EDIT = 3


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
        self._headings: dict[NotePath, Mapping[str, str]] = {}
        self._ids: dict[NotePath, Mapping[str, str]] = {}

    def near_notes(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Notes whose name or alias is like `name`; an alias is given as `Note|alias`."""
        return self._search("note", name, limit)

    def near_attachments(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Attachments whose name is like `name`."""
        return self._search("file", name, limit)

    def near_headings(self, path: NotePath, name: str, limit: int = 3) -> tuple[str, ...]:
        """Headings of a note like the last part of `name`, as Obsidian would write them."""
        wanted = heading_form(name.rpartition("#")[2])
        if path not in self._headings:
            known = self._index.headings(path)
            self._headings[path] = {form: heading_link_form(found[0][1].text) for form, found in known.items()}
        return self._within(f"heading {path}", wanted, self._headings[path], limit)

    def near_blocks(self, path: NotePath, wanted: str, limit: int = 3) -> tuple[str, ...]:
        """Block ids of a note like `wanted` (without `^`)."""
        if path not in self._ids:
            self._ids[path] = {known: block.id for known, block in self._index.blocks(path).items()}
        return self._within(f"block {path}", wanted.lower(), self._ids[path], limit)

    def is_near(self, name: str) -> str | None:
        """An existing note of nearly that name: the same but for case, accents, spaces and dashes, an alias, or one
        edit away (from five letters on, with the same digits)."""
        if name not in self._near:
            self._near[name] = self._nearly(folded(stem(name)))
        return self._near[name]

    @cached_property
    def _notes(self) -> dict[str, str]:
        """Folded names and aliases of notes, each with how to write a link to it."""
        names: dict[str, str] = {}
        for path in self._index.all_paths:
            if path.lower().endswith(".md"):
                names.setdefault(folded(stem(path)), self._written(path))
        for path, note in self._index.notes.items():
            for alias in note.aliases:
                names.setdefault(folded(alias), f"{self._written(path)}|{alias}")
        names.pop("", None)
        return names

    @cached_property
    def _attachments(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for path in self._index.all_paths:
            if not path.lower().endswith(".md"):
                names.setdefault(path.rpartition("/")[2].lower(), self._written(path))
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

    def _written(self, path: NotePath) -> str:
        """The shortest form that Obsidian would write: the bare name when it is unique, else the whole path."""
        name = path.rpartition("/")[2]
        whole = path if len(self._index.files.get(name.lower(), ())) > 1 else name
        return whole[:-3] if whole.lower().endswith(".md") else whole

    @cached_property
    def _by_half(self) -> dict[tuple[str, int], list[str]]:
        """Folded names by length and by their first and last letters: one edit leaves one of the two as it is."""
        halves: dict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._notes:
            halves["<" + name[:_EDIT], len(name)].append(name)
            halves[">" + name[-_EDIT:], len(name)].append(name)
        return halves

    def _nearly(self, wanted: str) -> str | None:
        if not wanted:
            return None
        if wanted in self._notes:
            return self._notes[wanted]
        if len(wanted) < 5:
            return None
        digits = [c for c in wanted if c.isdigit()]
        for length in (len(wanted), len(wanted) - 1, len(wanted) + 1):
            for half in ("<" + wanted[:_EDIT], ">" + wanted[-_EDIT:]):
                for name in self._by_half.get((half, length), ()):
                    same_digits = [c for c in name if c.isdigit()] == digits
                    if same_digits and _one_edit_away(wanted, name):
                        return self._notes[name]
        return None

    def _search(self, kind: str, name: str, limit: int) -> tuple[str, ...]:
        if kind == "note":
            return self._within(kind, folded(stem(name)), self._notes, limit, self._note_keys)
        wanted = name.rpartition("/")[2].lower()
        keys = self._by_extension.get(extension(wanted)) or list(self._attachments)
        return self._within(kind, wanted, self._attachments, limit, keys)

    def _within(
        self, where: str, wanted: str, written: Mapping[str, str], limit: int, keys: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """The best of the names in one place (a note, or a kind of file), as long as the budget lasts."""
        key = (where, wanted, limit)
        if key not in self._searched:
            if self._left <= 0:
                return ()
            names = list(written) if keys is None else keys
            self._left -= len(names)
            self._searched[key] = self._best(wanted, written, names, limit)
        return self._searched[key]

    @staticmethod
    def _best(wanted: str, written: Mapping[str, str], keys: Sequence[str], limit: int) -> tuple[str, ...]:
        """The `written` forms of those of its `keys` that are most like `wanted`, best first."""
        from rapidfuzz import fuzz, process

        found = process.extract(wanted, keys, scorer=fuzz.ratio, limit=limit, score_cutoff=_CUTOFF)
        return tuple(_unique(written[key] for key, _, _ in found))


def _one_edit_away(wanted: str, name: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(wanted, name, score_cutoff=1) <= 1


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
