"""From a name to everything that bears it, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vaultcheck.graph.names import NATIVE_EXTENSIONS, extension, heading_form, path_form
from vaultcheck.note.model import Block, BlockKind, Heading, Note
from vaultcheck.source import NotePath

_LIST_ITEM = BlockKind.LIST_ITEM


class Index:
    """The names of a vault.

    `files` maps the comparing form of a file name (with extension) to pairs of path form and path, sorted by path;
    `paths` maps path forms to paths; `all_paths` holds every file that a link can reach, sorted. `extensions` are those
    that make a missing target an attachment: Obsidian's own formats, and every one that some file of the vault has.
    """

    def __init__(self, paths: Iterable[NotePath], hidden: Iterable[NotePath], notes: Mapping[NotePath, Note]) -> None:
        self.notes = notes
        self.files: dict[str, list[tuple[str, NotePath]]] = {}
        self.paths: dict[str, list[NotePath]] = {}
        self.all_paths = tuple(sorted(paths))
        extensions = set(NATIVE_EXTENSIONS)
        for path in self.all_paths:
            form = path_form(path)
            self.files.setdefault(form.rpartition("/")[2], []).append((form, path))
            self.paths.setdefault(form, []).append(path)
            if not form.endswith(".md"):
                extensions.add(extension(path))
        extensions.update(extension(path) for path in hidden)
        self.extensions = frozenset(extensions - {""})
        self._headings: dict[NotePath, dict[str, Heading]] = {}
        self._blocks: dict[NotePath, dict[str, Block]] = {}

    def headings(self, path: NotePath) -> Mapping[str, Heading]:
        """The headings of a note by comparing form, in order; of equal ones the first."""
        known = self._headings.get(path)
        if known is None:
            known = {}
            note = self.notes.get(path)
            for heading in note.headings if note else ():
                known.setdefault(heading_form(heading.text), heading)
            self._headings[path] = known
        return known

    def blocks(self, path: NotePath) -> Mapping[str, Block]:
        """The block ids of a note in lower case; of two equal ones the later, those of list items last of all."""
        known = self._blocks.get(path)
        if known is None:
            note = self.notes.get(path)
            ordered = sorted(note.blocks, key=lambda block: block.kind is _LIST_ITEM) if note else ()
            known = {block.id.lower(): block for block in ordered}
            self._blocks[path] = known
        return known
