"""The door to the vault on disk: which files there are, and their text."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from vaultcheck.errors import VaultError
from vaultcheck.source import NotePath, Source

_REMEMBERED = 8
_LISTED_HIDDEN = frozenset({".obsidian", ".trash"})


class Stamp(NamedTuple):
    """What the file system says of a file: enough to know that it has not changed. Times in nanoseconds."""

    path: NotePath
    size: int
    modified: int
    changed: int


class Unreadable(Exception):  # noqa: N818  (caught where the vault is analysed; becomes a finding)
    """A file whose text cannot be had; the reason is the message."""


@dataclass(frozen=True)
class Vault:
    """The files of a vault.

    `notes`, `canvases` and `attachments` (every other file) are sorted. `hidden` are files that Obsidian does not
    index, because a part of their path begins with a dot, but that are known to exist. `app` is
    `.obsidian/app.json`. `texts` overlays the disk: unsaved buffers, or a whole vault in memory (`root` is `None`).
    `unnamed` are files whose names are not Unicode, as they can be printed.
    """

    name: str
    root: Path | None
    notes: tuple[NotePath, ...] = ()
    canvases: tuple[NotePath, ...] = ()
    attachments: tuple[NotePath, ...] = ()
    hidden: tuple[NotePath, ...] = ()
    app: Mapping[str, object] = field(default_factory=dict)
    stamps: Mapping[NotePath, Stamp] = field(default_factory=dict, repr=False)
    texts: Mapping[NotePath, str] = field(default_factory=dict, repr=False)
    unnamed: tuple[NotePath, ...] = ()

    @classmethod
    def of(cls, files: Mapping[str, str], name: str = "vault") -> Vault:
        """A vault in memory, from paths and texts; attachments may have any content."""
        app = _app(files.get(".obsidian/app.json", ""))
        texts = {NotePath(path): text for path, text in files.items()}
        return _sorted_out(name, None, list(texts), app, {}, texts)

    def with_texts(self, texts: Mapping[NotePath, str]) -> Vault:
        """The vault with unsaved buffers over it; they may belong to notes not on the disk yet."""
        paths = [*self.notes, *self.canvases, *self.attachments, *self.hidden]
        new = [path for path in texts if path not in set(paths)]
        merged = {**self.texts, **texts}
        return _sorted_out(self.name, self.root, paths + new, self.app, self.stamps, merged, self.unnamed)

    def read(self, path: NotePath) -> Source:
        """The text of a file. Raises `Unreadable` with the reason when it cannot be had."""
        if path in self.texts:
            return Source(path, self.texts[path])
        if self.root is None:
            raise Unreadable("there is no such file")
        if path not in self._recent:
            source = read_source(self.root, path)
            while len(self._recent) > 1:
                self._recent.pop(next(iter(self._recent)))
            self._recent[path] = source
        return self._recent[path]

    @cached_property
    def _recent(self) -> dict[NotePath, Source]:
        """The two files read last: rules ask for the file of a link and that of its target, again and again."""
        return {}

    @cached_property
    def excluded(self) -> re.Pattern[str] | None:
        """What `userIgnoreFilters` excludes: regular expressions between slashes, prefixes of the path else."""
        filters = self.app.get("userIgnoreFilters")
        patterns = [_filter(item) for item in filters if isinstance(item, str)] if isinstance(filters, list) else []
        usable = [pattern for pattern in patterns if pattern]
        return re.compile("|".join(usable)) if usable else None

    def excludes(self, path: NotePath) -> bool:
        """Whether Obsidian's setting "Excluded files" covers a file. It still resolves, and its links still count."""
        return self.excluded is not None and self.excluded.search(path) is not None


def read_source(root: Path | str, path: NotePath) -> Source:
    """The text of one file, as UTF-8. Raises `Unreadable`."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123  (twice as fast, for 10,000 files)
            data = file.read()
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    try:
        return Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start})") from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def discover(root: Path) -> Vault:
    """The files below `root`. Folders and files that begin with a dot are no part of a vault.

    Symbolic links that lead nowhere, back into the vault or around in a circle are ignored; others are followed.
    Raises `VaultError` when `root` is no folder, cannot be read or holds no note.
    """
    if not root.is_dir():
        raise VaultError(str(root), "this is a file, not a folder" if root.exists() else "there is no such folder")
    walk = _Walk(root)
    try:
        walk.folder(str(root), "")
    except OSError as error:
        raise VaultError(str(root), _reason(error)) from None
    app = _app_on_disk(root)
    vault = _sorted_out(root.resolve().name, root, walk.files, app, walk.stamps, {}, tuple(sorted(walk.unnamed)))
    if not vault.notes and not vault.canvases and not vault.unnamed:
        raise VaultError(str(root), "there are no notes (*.md) in this folder")
    return vault


class _Walk:
    """A walk over the folders of a vault."""

    def __init__(self, root: Path) -> None:
        self.files: list[NotePath] = []
        self.stamps: dict[NotePath, Stamp] = {}
        self.unnamed: list[NotePath] = []
        self.real_root = os.path.realpath(root)
        self.entered = {self.real_root}

    def folder(self, folder: str, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                self.entry(entry, prefix)

    def entry(self, entry: os.DirEntry[str], prefix: str) -> None:
        name = entry.name
        hidden = name.startswith(".")
        try:
            if entry.is_symlink() and not self._leads_outside(entry):
                return
            if entry.is_dir():
                if not hidden:
                    self._enter(entry.path, f"{prefix}{name}/")
                elif not prefix and name in _LISTED_HIDDEN:
                    self._list_hidden(entry.path, name)
                return
            self._file(entry, NotePath(prefix + name))
        except OSError:  # vanished, or a link into a circle: as if it were not there
            return

    def _enter(self, path: str, prefix: str) -> None:
        try:
            self.folder(path, prefix)
        except PermissionError:
            self.unnamed.append(NotePath(prefix))

    def _file(self, entry: os.DirEntry[str], path: NotePath) -> None:
        try:
            path.encode()
        except UnicodeEncodeError:
            self.unnamed.append(NotePath(os.fsencode(path).decode("utf-8", "backslashreplace")))
            return
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe, a socket or a device: opening it could wait without end
            return
        self.files.append(path)
        self.stamps[path] = Stamp(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def _list_hidden(self, folder: str, name: str) -> None:
        with os.scandir(folder) as entries:
            self.files += [NotePath(f"{name}/{entry.name}") for entry in entries if entry.is_file()]

    def _leads_outside(self, entry: os.DirEntry[str]) -> bool:
        """Whether a symbolic link leads to something outside the vault that was not entered before."""
        real = os.path.realpath(entry.path)
        inside = real == self.real_root or real.startswith(self.real_root + os.sep)
        if inside or self.real_root.startswith(real + os.sep) or real in self.entered:
            return False
        if entry.is_dir():
            self.entered.add(real)
        return True


def _sorted_out(
    name: str,
    root: Path | None,
    paths: list[NotePath],
    app: Mapping[str, object],
    stamps: Mapping[NotePath, Stamp],
    texts: Mapping[NotePath, str],
    unnamed: tuple[NotePath, ...] = (),
) -> Vault:
    """A vault from all its paths: notes, canvases, other files, and what Obsidian does not see."""
    notes: list[NotePath] = []
    canvases: list[NotePath] = []
    others: list[NotePath] = []
    hidden: list[NotePath] = []
    for path in sorted(paths):
        lower = path.lower()
        if path[0] == "." or "/." in path:
            hidden.append(path)
        elif lower.endswith(".md"):
            notes.append(path)
        elif lower.endswith(".canvas"):
            canvases.append(path)
        else:
            others.append(path)
    return Vault(name, root, tuple(notes), tuple(canvases), tuple(others), tuple(hidden), app, stamps, texts, unnamed)


def _app_on_disk(root: Path) -> Mapping[str, object]:
    try:
        return _app((root / ".obsidian" / "app.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}


def _app(text: str) -> Mapping[str, object]:
    """Obsidian's settings; empty when they cannot be read, as they are not the user's to mend."""
    try:
        loaded = json.loads(text) if text else {}
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _filter(item: str) -> str:
    if len(item) > 2 and item.startswith("/") and item.endswith("/"):
        try:
            re.compile(item[1:-1])
        except re.error:  # a form that only JavaScript knows: it excludes nothing
            return ""
        return f"(?:{item[1:-1]})"
    return rf"\A{re.escape(item)}" if item else ""


def paths_of(vault: Vault) -> Iterator[NotePath]:
    """The notes and canvases, sorted by path: everything that holds links."""
    return iter(sorted((*vault.notes, *vault.canvases)))
