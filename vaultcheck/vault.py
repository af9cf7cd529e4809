"""The door to the vault on disk: which files there are, and their text."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from vaultcheck.errors import VaultError, WriteError
from vaultcheck.source import NotePath, Source, make_record

_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # without the latter Windows would change line ends
_MOST_FILES = 1 << 16
"""Bytes that hold all but the longest notes."""

_LISTED_HIDDEN = frozenset({".obsidian", ".trash"})


class Stamp(NamedTuple):
    """What the file system says of a file: enough to know that it has not changed. Times in nanoseconds."""

    path: NotePath
    size: int
    modified: int
    changed: int


class Change(NamedTuple):
    """A text to be written into the vault, and the one that it takes the place of: `None` for a file that is new."""

    path: NotePath
    text: str
    before: str | None


class Unreadable(Exception):  # noqa: N818  (caught where the vault is analysed; becomes a finding)
    """A file whose text cannot be had; the reason is the message."""


class _Files(NamedTuple):
    name: str
    root: Path | None
    notes: tuple[NotePath, ...] = ()
    canvases: tuple[NotePath, ...] = ()
    attachments: tuple[NotePath, ...] = ()
    hidden: tuple[NotePath, ...] = ()
    app: Mapping[str, object] = {}
    stamps: Mapping[NotePath, Stamp] = {}
    texts: Mapping[NotePath, str] = {}
    unnamed: tuple[NotePath, ...] = ()


class Vault(_Files):
    """The files of a vault.

    `notes`, `canvases` and `attachments` (every other file) are sorted. `hidden` are files that Obsidian does not
    index, because a part of their path begins with a dot, but that are known to exist. `app` is
    `.obsidian/app.json`. `texts` overlays the disk: unsaved buffers, or a whole vault in memory (`root` is `None`).
    `unnamed` are files whose names are not Unicode, as they can be printed.
    """

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

    def stamp(self, path: NotePath) -> Stamp:
        """What the file system said of a file when the vault was looked through; zeros when it was not asked."""
        return self.stamps.get(path) or make_record(Stamp, (path, 0, 0, 0))

    def untouched(self, path: NotePath) -> bool:
        """Whether a file on the disk is as it was when the vault was looked through."""
        try:
            status = os.stat(f"{self.root}/{path}")  # noqa: PTH116  (as the walk asks, with the path as text)
        except OSError:
            return False
        return self.stamps.get(path) == Stamp(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

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
        data = _bytes(f"{root}/{path}")
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    try:
        return make_record(Source, (path, data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start})") from None


def _bytes(file: str) -> bytes:
    """What a file holds. Asks the system four times a file where `open` asks it eight times, for 10,000 files."""
    opened = os.open(file, _TO_READ)
    try:
        pieces = [os.read(opened, _MOST_FILES)]
        while pieces[-1]:
            pieces.append(os.read(opened, _MOST_FILES))
    finally:
        os.close(opened)
    return pieces[0] if len(pieces) < 3 else b"".join(pieces)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def discover(root: Path, *, stamped: bool = True) -> Vault:
    """The files below `root`. Folders and files that begin with a dot are no part of a vault. Without `stamped` no
    file is asked how long it is and when it changed, which only a cache and whoever writes into the vault need.

    Symbolic links that lead nowhere, back into the vault or around in a circle are ignored; others are followed.
    Raises `VaultError` when `root` is no folder, cannot be read or holds no note.
    """
    if not root.is_dir():
        raise VaultError(str(root), "this is a file, not a folder" if root.exists() else "there is no such folder")
    walk = _Walk(root, stamped=stamped)
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

    def __init__(self, root: Path, *, stamped: bool) -> None:
        self.stamped = stamped
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
        hidden = name[0] == "."
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
        if not path.isascii():
            try:
                path.encode()
            except UnicodeEncodeError:
                self.unnamed.append(NotePath(os.fsencode(path).decode("utf-8", "backslashreplace")))
                return
        if not entry.is_file():  # a pipe, a socket or a device: opening it could wait without end
            return
        if self.stamped:
            try:
                status = entry.stat()
                stamp = (path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            except PermissionError:  # in a folder that may be listed but not entered
                stamp = (path, 0, 0, 0)
            self.stamps[path] = make_record(Stamp, stamp)
        self.files.append(path)

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
        lower = path[-7:].lower()
        if path[0] == "." or "/." in path:
            hidden.append(path)
        elif lower[-3:] == ".md":
            notes.append(path)
        elif lower == ".canvas":
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


# Writing into a vault: there is no other door ----------------------------------------------------------------------


def unwritable(root: Path, path: NotePath) -> str:
    """Why a file of the vault may not be written; empty when it may.

    What a symbolic link leads to outside the vault belongs to somebody else, and a file that its owner made read-only
    stays as it is.
    """
    real = Path(os.path.realpath(root / path))
    if not real.is_relative_to(os.path.realpath(root)):
        return "a symbolic link leads out of the vault there"
    if real.exists() and not os.access(real, os.W_OK):
        return "it is read-only"
    return ""


def save(root: Path, changes: Iterable[Change]) -> None:
    """Write texts into the vault, all of them or none, each moved into place whole.

    Line ends and a byte-order mark are part of a text and stay as they are, permissions too. A file must still hold
    the text that its change was made from. Raises `WriteError`; only a disk that fails while files are moved into
    place can leave some of them written.
    """
    wanted = list(changes)
    staged: list[tuple[Path, Path]] = []
    place = root
    try:
        for change in wanted:
            place = Path(os.path.realpath(root / change.path))
            _still(root, place, change)
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_staged(place, change.text), place))
        for change in wanted:  # once more, now that nothing but moving is left
            _still(root, Path(os.path.realpath(root / change.path)), change)
        for ready, place in staged:
            ready.replace(place)
    except OSError as error:
        raise WriteError(str(place), _reason(error)) from None
    finally:
        for ready, _ in staged:
            ready.unlink(missing_ok=True)


def _still(root: Path, place: Path, change: Change) -> None:
    """Raises `WriteError` unless the file may be written and holds what the change was made from."""
    reason = unwritable(root, change.path)
    try:
        found = place.read_bytes()
    except FileNotFoundError:
        found = None
    wanted = None if change.before is None else change.before.encode("utf-8")
    if not reason and found != wanted:
        reason = "it has changed in the meantime; nothing was written"
    if reason:
        raise WriteError(str(root / change.path), reason)


def _staged(place: Path, text: str) -> Path:
    """A file beside `place` that holds the text and has its permissions. Its name begins with a dot: no note."""
    ready = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
    try:
        with ready.open("xb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            ready.chmod(mode)
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    return ready
