"""The door to the cache folder, and to the encoding of what is kept there. Everything kept is only speed.

A broken, foreign, unwritable or missing cache is as if it were empty. The folder is readable by its owner alone,
since it holds what private notes say.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from vaultcheck import __version__

if TYPE_CHECKING:
    import msgspec

_T = TypeVar("_T")
_FORMAT = 1
"""Raised when what is stored, or how, changes."""

VARIABLE = "VAULTCHECK_CACHE_DIR"
"""The environment variable that names another cache folder."""


def folder() -> Path:
    """The user's cache folder for vaultcheck; it need not exist."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        # What platformdirs says there, whose import takes a tenth of a run in which nothing has changed.
        for place, below in (("XDG_CACHE_HOME", ""), ("HOME", ".cache")):
            if os.path.isabs(os.environ.get(place, "")):  # noqa: PTH117  (a text, not a path)
                return Path(os.environ[place], below, "vaultcheck")
    from platformdirs import user_cache_path

    return user_cache_path("vaultcheck", appauthor=False)


def clear() -> int:
    """Delete what is kept, for every vault, and say how many bytes that freed. Only files of ours are touched."""
    freed = 0
    for file in (*folder().glob("*/*.kept"), *folder().glob("*/*.partial")):
        try:
            size = file.stat().st_size
            file.unlink()
            freed += size
        except OSError:
            continue
    return freed


def program_stamp() -> str:
    """What changes whenever the program does: the version, and for a checkout the time of its newest module."""
    here = Path(__file__).parent
    newest = max(
        (entry.stat().st_mtime_ns for place in _folders(here) for entry in os.scandir(place) if entry.is_file()),
        default=0,
    )
    return f"{__version__}/{_FORMAT}/{newest}/{sys.version_info[0]}.{sys.version_info[1]}"


def _folders(here: Path) -> Iterable[str]:
    yield str(here)
    for entry in os.scandir(here):
        if entry.is_dir() and not entry.name.startswith("__"):
            yield entry.path


class Store:
    """What is kept for one vault, by name."""

    def __init__(self, root: Path) -> None:
        import hashlib  # it loads OpenSSL, and only a run with a cache needs it

        key = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
        self._folder = folder() / key

    def get(self, name: str) -> bytes | None:
        """What was put under a name; `None` when there is nothing."""
        try:
            return (self._folder / f"{name}.kept").read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name, replacing it at once. Failure is silent: the next run is merely slower."""
        try:
            with self._replacing(name) as file:
                file.write(data)
        except OSError:
            return

    @contextmanager
    def writing(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Keep records under a name, one by one; they replace the old ones when the block ends without an error."""

        def write(record: bytes) -> None:
            try:
                if file is not None:
                    file.write(len(record).to_bytes(4, "little"))
                    file.write(record)
            except OSError:
                failed.append(True)

        failed: list[bool] = []
        file: IO[bytes] | None = None
        with ExitStack() as stack:
            try:
                file = stack.enter_context(self._replacing(name, failed))
            except OSError:
                file = None
            yield write

    def records(self, name: str) -> list[memoryview]:
        """The records kept under a name; none when there are none or the file is torn."""
        data = memoryview(self.get(name) or b"")
        found: list[memoryview] = []
        position = 0
        while position < len(data):
            start = position + 4
            position = start + int.from_bytes(data[position:start], "little")
            found.append(data[start:position])
        return found if position == len(data) else []

    @contextmanager
    def _replacing(self, name: str, failed: Collection[bool] = ()) -> Iterator[IO[bytes]]:
        """A file beside the kept one that takes its place at the end, unless something failed."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = self._folder / f"{name}.{os.getpid()}.partial"
        file = partial.open("wb")
        whole = False
        try:
            yield file
            whole = not failed
        finally:
            with suppress(OSError):  # no room, or a folder in its place: as if nothing had been kept
                file.close()
                if whole:
                    partial.replace(self._folder / f"{name}.kept")
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def encode(value: object) -> bytes:
    """A value of plain data (tuples, dataclasses, enumerations) in a compact binary form."""
    return _encoder().encode(value)


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    import msgspec  # a fiftieth of a second, which a run that keeps nothing does without

    return msgspec.msgpack.Encoder()


def decode(data: bytes | memoryview, kind: type[_T]) -> _T | None:
    """What `encode` made of a value of this type; `None` when the bytes are anything else."""
    import msgspec

    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def decoder(kind: Any) -> Any:
    """A decoder for many values of one type; it raises `ValueError` for anything else."""
    import msgspec

    return msgspec.msgpack.Decoder(kind).decode
