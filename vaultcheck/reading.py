"""From the files of a vault to its notes: through the cache, in several processes where that pays."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
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


class Part(NamedTuple):
    """Some of a vault's files: the notes by path, what to keep of them, and the unreadable with the reason."""

    notes: dict[NotePath, Note]
    kept: list[Kept]
    unreadable: dict[NotePath, str]


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
    overlaid = {path: _parse(vault.read(path)) for path in paths if path in vault.texts}
    if vault.root is None:
        return Notes(overlaid, {})
    known = _known(store, stamp) if store else {}
    unchanged = {path: kept for path in paths if (kept := _valid(vault, known.get(path), path)) is not None}
    missing = [path for path in paths if path not in unchanged and path not in overlaid]
    part = _read_all(vault, missing, store is not None, jobs, progress)
    if store and (part.kept or len(known) != len(unchanged)):
        store.put("notes", cache.encode((stamp, [*unchanged.values(), *part.kept])))
    decode = cache.decoder(Note) if unchanged else None
    notes: dict[NotePath, Note] = {}
    for path in paths:
        if path in unchanged and decode:
            notes[path] = decode(unchanged[path].blob)
        elif (note := overlaid.get(path) or part.notes.get(path)) is not None:
            notes[path] = note
    return Notes(notes, part.unreadable)


def _parse(source: Source) -> Note:
    return parse_canvas(source) if source.path.lower().endswith(".canvas") else parse(source)


def _known(store: cache.Store, stamp: str) -> dict[NotePath, Kept]:
    data = store.get("notes")
    kept = cache.decode(data, tuple[str, list[Kept]]) if data is not None else None
    return {entry.stamp.path: entry for entry in kept[1]} if kept is not None and kept[0] == stamp else {}


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


def settled(vault: Vault) -> bool:
    """Whether no file of the vault is so new that it could change once more without a trace in its times."""
    now = time.time_ns()
    return all(now - max(stamp.modified, stamp.changed) > _SETTLED for stamp in vault.stamps.values())


def _read_all(vault: Vault, paths: list[NotePath], keep: bool, jobs: int, progress: Progress) -> Part:
    root = str(vault.root)
    stamps = [vault.stamps[path] for path in paths]
    if jobs == 1 or len(paths) < _WORTH_A_PROCESS:
        return read_part(root, stamps, keep, progress)
    from vaultcheck.processes import share_out

    shares = share_out(lambda share: read_part(root, share, keep, progress), _read_elsewhere, root, stamps, jobs)
    whole = Part({}, [], {})
    for share in shares:
        part = share if isinstance(share, Part) else cache.decode(share, Part) or Part({}, [], {})
        whole.notes.update(part.notes)
        whole.kept.extend(part.kept)
        whole.unreadable.update(part.unreadable)
    return whole


def _read_elsewhere(root: str, stamps: Sequence[Stamp]) -> bytes:
    """What another process does of the reading, encoded to be sent back."""
    return cache.encode(read_part(root, stamps, keep=True))


def read_part(root: str, stamps: Sequence[Stamp], keep: bool, progress: Progress = silent) -> Part:
    """Read and parse some of a vault's files; with `keep` also encode them for the cache."""
    part = Part({}, [], {})
    for number, stamp in enumerate(stamps):
        if number % 64 == 0:
            progress(number, len(stamps))
        try:
            source = read_source(root, stamp.path)
        except Unreadable as error:
            part.unreadable[stamp.path] = str(error)
            continue
        note = part.notes[stamp.path] = _parse(source)
        if keep:
            part.kept.append(Kept(stamp, _is_settled(stamp), _digest(source), cache.encode(note)))
    return part
