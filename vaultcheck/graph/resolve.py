"""From a link to what it reaches, as Obsidian does it. Nothing, one and many are three answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vaultcheck.graph.index import Index
from vaultcheck.graph.model import (
    Ambiguous,
    BlockTarget,
    FileTarget,
    HeadingTarget,
    Missing,
    NoteTarget,
    Part,
    Resolution,
    Resolved,
)
from vaultcheck.graph.names import extension, heading_form, path_form
from vaultcheck.note.model import Link, Syntax
from vaultcheck.source import NotePath, make_record

_CANVAS = Syntax.CANVAS


class _Files(NamedTuple):
    """The files a linkpath leads to, best first and equally good; `local` when another folder may give others."""

    found: tuple[NotePath, ...]
    local: bool
    outside: bool = False


class Resolver:
    """Resolves the links of one vault; remembers what it found, so that a repeated link costs a look-up."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._files_found: dict[NotePath, Resolved] = {}
        """The answer for each file itself, without a heading or block, which most links reach."""
        self._whole: dict[str, Resolution] = {}
        """What a linkpath alone reaches, where that is the same from every folder; with a subpath: `_parts`."""
        self._parts: dict[tuple[str, str], Resolution] = {}
        self._from_folder: dict[str, dict[tuple[str, str], Resolution]] = {}
        """What other linkpaths reach from a folder, with their subpaths."""

    def resolve(self, link: Link, source: NotePath) -> Resolution:
        """What a link written in `source` reaches."""
        return self.resolve_all((link,), source)[0]

    def resolve_all(self, links: Iterable[Link], source: NotePath) -> tuple[Resolution, ...]:
        """What the links written in `source` reach, in their order."""
        folder = source.rpartition("/")[0]
        whole, parts = self._whole, self._parts
        reached: list[Resolution] = []
        for link in links:
            found = parts.get(link[:2]) if link.subpath else whole.get(link.linkpath)
            if found is None or link.syntax is _CANVAS:
                found = self._look_up(link, source, folder)
            reached.append(found)
        return tuple(reached)

    def _look_up(self, link: Link, source: NotePath, folder: str) -> Resolution:
        """The first time for a link; also the ways that depend on where it stands."""
        if link.syntax is _CANVAS:
            return self._canvas_file(link)
        linkpath, subpath = link[:2]
        if not linkpath:
            return self._part(source, subpath)
        whole = self._whole.get(linkpath)
        if whole is None:
            only = self._only_file(linkpath)
            if only is None:
                return self._from(folder, linkpath, subpath)
            whole = self._whole[linkpath] = self._file(only)
        if not subpath:
            return whole
        found = self._part(whole.target.path, subpath) if isinstance(whole, Resolved) else whole
        self._parts[linkpath, subpath] = found
        return found

    def _from(self, folder: str, linkpath: str, subpath: str) -> Resolution:
        """What is reached from a folder by a link that does not name the only file of its name."""
        local = self._from_folder.setdefault(folder, {})
        found = local.get((linkpath, subpath))
        if found is None:
            files = self._files(linkpath, folder)
            found = self._answer(files, linkpath, subpath)
            if files.local:
                local[linkpath, subpath] = found
            elif subpath:
                self._parts[linkpath, subpath] = found
            else:
                self._whole[linkpath] = found
        return found

    def _only_file(self, linkpath: str) -> NotePath | None:
        """The only file of that name, or of that path from the vault's root: what `_files` answers to most links, in a
        fraction of the steps; `None` for every other link."""
        if linkpath[0] == ".":
            return None
        form, files = path_form(linkpath), self.index.files
        ending = "" if "." in form and form.rpartition("/")[2] in files else ".md"
        if "/" in form:
            found = self.index.paths.get(form + ending)
            return found[0] if found and len(found) == 1 else None
        named = files.get(form + ending)
        return named[0][1] if named and len(named) == 1 else None

    def _answer(self, files: _Files, linkpath: str, subpath: str) -> Resolution:
        found = files.found
        if len(found) == 1:
            return self._part(found[0], subpath)
        return Ambiguous(found) if found else Missing(self._missing_part(linkpath, files), linkpath)

    def _missing_part(self, linkpath: str, files: _Files) -> Part:
        if files.outside:
            return Part.OUTSIDE
        last = extension(linkpath)
        return Part.ATTACHMENT if last != "md" and last in self.index.extensions else Part.NOTE

    def _canvas_file(self, link: Link) -> Resolution:
        """A file node of a canvas holds a whole vault path, with extension."""
        found = self.index.paths.get(path_form(link.linkpath), [])
        exact = [path for path in found if path == link.linkpath] or found
        return self._answer(_Files(tuple(exact), local=False), link.linkpath, link.subpath)

    def _files(self, linkpath: str, folder: str) -> _Files:
        """The files that a linkpath names, seen from a folder (docs/syntax.md, "From name to file")."""
        form = path_form(linkpath)
        name = form.rpartition("/")[2]
        ending = ""
        candidates = self.index.files.get(name) if "." in name else None
        if not candidates:
            ending = ".md"
            candidates = self.index.files.get(name + ending)
        relative = form.startswith(("./", "../"))
        if not candidates:
            outside = relative and _joined(path_form(folder), form)[1]
            return _Files((), local=relative, outside=outside)
        if "/" not in form:
            if len(candidates) == 1:
                return _Files((candidates[0][1],), local=False)
            return self._nearest(candidates, form + ending, path_form(folder))
        outside = False
        if relative:
            form, outside = _joined(path_form(folder), form)
        target = form.lstrip("/") + ending
        exact = self.index.paths.get(target)
        if exact:
            return make_record(_Files, (tuple(exact), relative, False))
        if form.startswith("/") and not relative:
            return _Files((), local=False)
        nearest = self._nearest(candidates, target, path_form(folder))
        return nearest._replace(local=True, outside=outside and not nearest.found)

    def _nearest(self, candidates: list[tuple[str, NotePath]], target: str, folder: str) -> _Files:
        """An exact vault path; else those that end with the target, below the source's folder first, shortest first.

        Both tests compare text and not folders: that is how Obsidian does it.
        """
        exact = self.index.paths.get(target)
        if exact:
            return _Files(tuple(exact), local=False)
        fitting = [(form, path) for form, path in candidates if form.endswith(target)]
        near = [pair for pair in fitting if pair[0].startswith(folder)]
        group = near or fitting
        shortest = min((len(form) for form, _ in group), default=0)
        return _Files(tuple(path for form, path in group if len(form) == shortest), local=True)

    def _file(self, path: NotePath) -> Resolved:
        """A whole file."""
        found = self._files_found.get(path)
        if found is None:
            is_note = path[-3:].lower() == ".md"
            target = make_record(NoteTarget, (path,)) if is_note else FileTarget(path)
            found = self._files_found[path] = make_record(Resolved, (target,))
        return found

    def _part(self, path: NotePath, subpath: str) -> Resolution:
        """The heading or block of a file that was found."""
        if not subpath:
            return self._file(path)
        if path[-3:].lower() != ".md":
            return Resolved(FileTarget(path, subpath))
        if "#" not in subpath and subpath[0] not in "^[":  # one heading, as in most links that have a subpath
            return self._heading(path, [subpath]) or Missing(Part.HEADING, subpath, path)
        parts = [part for part in subpath.split("#") if part]
        if not parts:
            return self._file(path)
        if len(parts) == 1 and parts[0].startswith("^"):
            wanted = parts[0][1:]
            block = self.index.blocks(path).get(wanted.lower())
            if block is not None:
                return Resolved(BlockTarget(path, block))
            return self._heading(path, parts) or Missing(Part.BLOCK, wanted, path)
        if len(parts) == 1 and parts[0].startswith("[^") and parts[0].endswith("]"):
            # A footnote (`FootnoteSubpathResult` in Obsidian's API); whether the note has it is not asked.
            return self._file(path)
        return self._heading(path, parts) or Missing(Part.HEADING, "#".join(parts), path)

    def _heading(self, path: NotePath, parts: list[str]) -> Resolved | None:
        """Each part matches the next heading of that name that is deeper than the match before; the last decides."""
        found = self.index.headings(path).get(heading_form(parts[0]))
        if found is None or len(parts) == 1:
            return None if found is None else make_record(Resolved, (make_record(HeadingTarget, (path, found)),))
        following = iter(self.index.notes[path].headings)
        level = 0
        for form in map(heading_form, parts):
            found = next((h for h in following if h.level > level and heading_form(h.text) == form), None)
            if found is None:
                return None
            level = found.level
        return Resolved(HeadingTarget(path, found))


def _joined(folder: str, relative: str) -> tuple[str, bool]:
    """A relative path seen from a folder, as a vault path, and whether it climbs above the root (where it stops)."""
    parts = folder.split("/") if folder else []
    outside = False
    for part in relative.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                outside = True
        elif part not in {".", ""}:
            parts.append(part)
    return "/".join(parts), outside
