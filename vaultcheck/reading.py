"""From the files of a vault to its notes: through the cache, in several processes where that pays."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

from vaultcheck import cache
from vaultcheck.note.canvas import parse_canvas
from vaultcheck.note.head import forget
from vaultcheck.note.model import Note
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source, make_record
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
    """What another process has read of a piece: notes to be kept, or else just notes, and the unreadable with the
    reason."""

    kept: list[Kept]
    notes: list[Note]
    unreadable: dict[NotePath, str]


Keep = Callable[[Kept], None]

_TOLD = 64
"""Notes after which whoever watches is told how far the reading is."""


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
    read = {path: _parse(vault.read(path)) for path in paths if path in vault.texts}
    if vault.root is None:
        return Notes(read, {})
    known = _known(store, stamp) if store else {}
    unchanged = {path: kept for path in paths if (kept := _valid(vault, known.get(path), path)) is not None}
    missing = [path for path in paths if path not in unchanged and path not in read]
    unreadable: dict[NotePath, str] = {}
    if store and (missing or len(known) != len(unchanged)):
        with store.writing("notes") as write:
            write(cache.encode(stamp))
            for kept in unchanged.values():
                write(cache.encode(kept))
            _read_all(vault, missing, Notes(read, unreadable), lambda kept: write(cache.encode(kept)), jobs, progress)
    else:
        _read_all(vault, missing, Notes(read, unreadable), None, jobs, progress)
    if unchanged:
        decode = cache.decoder(Note)
        read.update((path, decode(kept.blob)) for path, kept in unchanged.items())
    forget()
    return Notes({path: read[path] for path in paths if path in read}, unreadable)


def _parse(source: Source) -> Note:
    return parse_canvas(source) if source.path.lower().endswith(".canvas") else parse(source)


def _known(store: cache.Store, stamp: str) -> dict[NotePath, Kept]:
    records = store.records("notes")
    if not records or cache.decode(records[0], str) != stamp:
        return {}
    decode = cache.decoder(Kept)
    try:
        return {(kept := decode(record)).stamp.path: kept for record in records[1:]}
    except ValueError:
        return {}


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
    return (
        kept._replace(stamp=stamp, settled=_is_settled(stamp, time.time_ns()))
        if _digest(source) == kept.digest
        else None
    )


def _digest(source: Source) -> bytes:
    import hashlib  # it loads OpenSSL, and only a run with a cache needs it

    return hashlib.blake2b(source.text.encode("utf-8"), digest_size=16).digest()


def _is_settled(stamp: Stamp, now: int) -> bool:
    return now - stamp.modified > _SETTLED and now - stamp.changed > _SETTLED


def settled(vault: Vault) -> bool:
    """Whether no file of the vault is so new that it could change once more without a trace in its times."""
    now = time.time_ns()
    return all(_is_settled(stamp, now) for stamp in vault.stamps.values())


def _read_all(
    vault: Vault, paths: list[NotePath], into: Notes, keep: Keep | None, jobs: int, progress: Progress
) -> None:
    """Read, in as many processes as are worth it, into the two mappings of `into`."""
    root = str(vault.root)
    stamps = list(map(vault.stamp, paths))
    notes, unreadable = cast("dict[NotePath, Note]", into.notes), cast("dict[NotePath, str]", into.unreadable)

    def here(start: int, share: Sequence[Stamp]) -> None:
        for number in range(0, len(share), _TOLD):
            progress(start + number, len(stamps))
            _read_some(root, share[number : number + _TOLD], notes, unreadable, keep)

    if jobs == 1 or len(paths) < _WORTH_A_PROCESS:
        here(0, stamps)
        return
    from vaultcheck.processes import share_out

    elsewhere = _notes_elsewhere if keep is None else _kept_elsewhere
    decode_part, decode_note = cache.decoder(Part), cache.decoder(Note)
    for piece, made in share_out(lambda piece: here(*piece), elsewhere, root, stamps, jobs):
        if made is None:
            here(*piece)
            continue
        part = decode_part(made)
        unreadable.update(part.unreadable)
        notes.update((note.path, note) for note in part.notes)
        for kept in part.kept:
            notes[kept.stamp.path] = decode_note(kept.blob)
            if keep:
                keep(kept)


def _notes_elsewhere(root: str, stamps: Sequence[Stamp]) -> bytes:
    """What another process reads of some files, encoded to be sent back."""
    notes: dict[NotePath, Note] = {}
    unreadable: dict[NotePath, str] = {}
    _read_some(root, stamps, notes, unreadable, None)
    return cache.encode(Part([], list(notes.values()), unreadable))


def _kept_elsewhere(root: str, stamps: Sequence[Stamp]) -> bytes:
    """The same, of files whose notes are kept afterwards."""
    part = Part([], [], {})
    _read_some(root, stamps, {}, part.unreadable, part.kept.append)
    return cache.encode(part)


def _read_some(
    root: str,
    stamps: Sequence[Stamp],
    notes: dict[NotePath, Note],
    unreadable: dict[NotePath, str],
    keep: Keep | None,
) -> None:
    """Read and parse some of a vault's files into `notes`, and hand them encoded to `keep` where it is given."""
    now = time.time_ns() if keep else 0  # before any of them is read: then none counts as settled that may not be
    for stamp in stamps:
        try:
            source = read_source(root, stamp.path)
        except Unreadable as error:
            unreadable[stamp.path] = str(error)
            continue
        note = notes[stamp.path] = _parse(source)
        if keep:
            keep(make_record(Kept, (stamp, _is_settled(stamp, now), _digest(source), cache.encode(note))))
