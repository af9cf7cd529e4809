"""From the files of a vault to its notes: through the cache, in several processes where that pays."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vaultcheck import cache
from vaultcheck.note.canvas import parse_canvas
from vaultcheck.note.model import Note
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source
from vaultcheck.vault import Stamp, Unreadable, Vault, paths_of, read_source

Progress = Callable[[int, int], None]

_WORTH_A_PROCESS = 600
"""Notes below which a second process costs more than it saves."""

_SETTLED = 2_000_000_000
"""Nanoseconds: a file changed more recently than this when it was read may have changed again unseen."""


class Kept(NamedTuple):
    """A note in the cache: the file's stamp, a hash of its text, and the note encoded."""

    stamp: Stamp
    settled: bool
    digest: bytes
    blob: bytes


class Notes(NamedTuple):
    """What was read: notes and canvases by path, in order, and the files that could not be read, with the reason."""

    notes: Mapping[NotePath, Note]
    unreadable: Mapping[NotePath, str]


class _Read(NamedTuple):
    kept: list[Kept]
    unreadable: list[tuple[NotePath, str]]


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def read_notes(
    vault: Vault, store: cache.Store | None = None, *, stamp: str = "", jobs: int = 1, progress: Progress = silent
) -> Notes:
    """Read every note and canvas of a vault.

    With a `store`, notes whose file has not changed come from there, provided they were kept by the same `stamp` of
    the program; what was read anew is kept.
    """
    paths = list(paths_of(vault))
    if vault.root is None:
        return _in_memory(vault, paths)
    known = _known(store, stamp) if store else {}
    unchanged = {path: kept for path in paths if (kept := _valid(vault, known.get(path), path)) is not None}
    missing = [path for path in paths if path not in unchanged and path not in vault.texts]
    read = _read_all(vault, missing, jobs, progress)
    if store and (read.kept or len(known) != len(unchanged)):
        _keep(store, stamp, [*unchanged.values(), *read.kept])
    blobs = {kept.stamp.path: kept.blob for kept in (*unchanged.values(), *read.kept)}
    unreadable = dict(read.unreadable)
    decode = cache.decoder(Note)
    notes: dict[NotePath, Note] = {}
    for path in paths:
        if path in vault.texts:
            notes[path] = _parse(Source(path, vault.texts[path]))
        elif path in blobs:
            notes[path] = decode(blobs[path])
    return Notes(notes, unreadable)


def _in_memory(vault: Vault, paths: Sequence[NotePath]) -> Notes:
    return Notes({path: _parse(vault.read(path)) for path in paths}, {})


def _parse(source: Source) -> Note:
    return parse_canvas(source) if source.path.lower().endswith(".canvas") else parse(source)


def _known(store: cache.Store, stamp: str) -> dict[NotePath, Kept]:
    data = store.get("notes")
    if data is None:
        return {}
    kept = cache.decode(data, tuple[str, list[Kept]])
    if kept is None or kept[0] != stamp:
        return {}
    return {entry.stamp.path: entry for entry in kept[1]}


def _keep(store: cache.Store, stamp: str, entries: list[Kept]) -> None:
    store.put("notes", cache.encode((stamp, entries)))


def _valid(vault: Vault, kept: Kept | None, path: NotePath) -> Kept | None:
    """What is kept of a note, when its file is the same still; a file touched while it was read is hashed again."""
    if kept is None or path in vault.texts or vault.root is None:
        return None
    stamp = vault.stamps.get(path)
    if stamp is None or stamp.size != kept.stamp.size:
        return None
    if stamp == kept.stamp and kept.settled:
        return kept
    try:
        source = read_source(vault.root, path)
    except Unreadable:
        return None
    return kept._replace(stamp=stamp, settled=_is_settled(stamp)) if _digest(source) == kept.digest else None


def _digest(source: Source) -> bytes:
    return hashlib.blake2b(source.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _is_settled(stamp: Stamp) -> bool:
    return time.time_ns() - max(stamp.modified, stamp.changed) > _SETTLED


def _read_all(vault: Vault, paths: list[NotePath], jobs: int, progress: Progress) -> _Read:
    root = vault.root
    assert root is not None
    stamps = [vault.stamps[path] for path in paths]
    if jobs > 1 and len(paths) >= _WORTH_A_PROCESS:
        from vaultcheck.processes import share_out

        parts = share_out(read_part, str(root), stamps, jobs, progress)
        return _Read([kept for part in parts for kept in part.kept], [bad for part in parts for bad in part.unreadable])
    return read_part(str(root), stamps, progress)


def read_part(root: str, stamps: Sequence[Stamp], progress: Progress = silent) -> _Read:
    """Read, parse and encode some of a vault's files."""
    folder = Path(root)
    kept: list[Kept] = []
    unreadable: list[tuple[NotePath, str]] = []
    for number, stamp in enumerate(stamps):
        if number % 64 == 0:
            progress(number, len(stamps))
        try:
            source = read_source(folder, stamp.path)
        except Unreadable as error:
            unreadable.append((stamp.path, str(error)))
            continue
        kept.append(Kept(stamp, _is_settled(stamp), _digest(source), cache.encode(_parse(source))))
    return _Read(kept, unreadable)


def settled(vault: Vault) -> bool:
    """Whether no file of the vault is so new that it could change once more without a trace in its times."""
    return all(_is_settled(stamp) for stamp in vault.stamps.values())
