"""Sharing work out over processes, and getting the parts back. The door to processes for reading notes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Generic, NamedTuple, TypeVar

_Item = TypeVar("_Item")

_SMALLEST = 32
"""Items in a piece of work at least: each piece costs some system calls, and at the end one waits for one piece."""

_MOST = 256
"""Pieces at most, since a byte says which one a process takes."""


class Piece(NamedTuple, Generic[_Item]):
    """Some of the items, and how many there are before them."""

    start: int
    items: Sequence[_Item]


Here = Callable[[Piece[_Item]], None]
"""Work in this process."""

Elsewhere = Callable[[str, Sequence[_Item]], bytes]
"""Work in another process, on items below a root; gives what is sent back. Where processes are started afresh it is
imported by its name."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_out(
    here: Here[_Item], elsewhere: Elsewhere[_Item], root: str, items: Sequence[_Item], jobs: int
) -> Iterator[tuple[Piece[_Item], bytes | None]]:
    """Some work in `jobs` processes, of which this one is the first: `here` does its share; every other piece comes
    back, in no order, with what `elsewhere` made of it, or with `None` when its process failed or was ended.

    Forked where forking is safe (Linux), started afresh elsewhere.
    """
    size = max(_SMALLEST, -(-len(items) // _MOST))
    pieces = [Piece(start, items[start : start + size]) for start in range(0, len(items), size)]
    others = max(min(jobs, len(pieces)) - 1, 0)
    if sys.platform == "linux" and hasattr(os, "memfd_create"):  # Python may be built for a C library without it
        made = _forked(here, elsewhere, root, pieces, others)
    else:
        made = _spawned(here, elsewhere, root, pieces, others)
    for number, data in made:
        yield pieces[number], data


# Forked: `multiprocessing` could do it, but its import takes a fiftieth of a second ---------------------------------


def _forked(
    here: Here[_Item], elsewhere: Elsewhere[_Item], root: str, pieces: Sequence[Piece[_Item]], others: int
) -> Iterator[tuple[int, bytes | None]]:
    """The work in processes forked off, each of which takes the next piece when it has done one."""
    tickets, filled = os.pipe()  # who reads a byte from a pipe has it alone
    os.write(filled, bytes(range(len(pieces))))
    os.close(filled)
    missing = dict.fromkeys(range(len(pieces)))
    first = os.getpid()

    def work(file: int) -> None:
        while os.getppid() == first and (ticket := os.read(tickets, 1)):
            data = elsewhere(root, pieces[ticket[0]].items)
            told = ticket + len(data).to_bytes(_HEAD - 1, "little") + data
            if os.write(file, told) != len(told):  # no memory: what came after it could not be found
                return

    def made() -> Iterator[tuple[int, bytes]]:
        for fork in forks:
            for number, data in fork.made():
                del missing[number]
                yield number, data

    forks: list[_Fork] = []
    try:
        for _ in range(others):
            _fork(work, forks)
        while ticket := os.read(tickets, 1):
            here(pieces[ticket[0]])
            del missing[ticket[0]]
            yield from made()  # as long as the others are at work too
        for fork in forks:
            fork.wait()
        yield from made()
        yield from missing.items()
    finally:
        os.close(tickets)
        for fork in forks:
            fork.end()


_HEAD = 9
"""Bytes before what a fork made of a piece: the number of the piece, and the length in eight."""


class _Fork:
    """A process forked off, and the file in memory that it writes what it made to.

    A file and not a pipe, which holds so little that the process would stand still until this one, itself at work,
    reads.
    """

    def __init__(self, process: int, file: int) -> None:
        self.process, self.file, self.running = process, file, True
        self._place = 0

    def made(self) -> Iterator[tuple[int, bytes]]:
        """What it has made since this was asked last: of each piece its number, and that."""
        written = os.fstat(self.file).st_size
        while self._place + _HEAD <= written:
            head = os.pread(self.file, _HEAD, self._place)
            start = self._place + _HEAD
            length = int.from_bytes(head[1:], "little")
            if start + length > written:  # not yet whole, or never: it was ended in the middle
                return
            self._place = start + length
            yield head[0], os.pread(self.file, length, start)

    def wait(self) -> None:
        """Wait until it has ended."""
        with suppress(ChildProcessError):  # somebody else has waited for it
            os.waitpid(self.process, 0)
        self.running = False

    def end(self) -> None:
        """End it where it still runs: whoever wanted the pieces wants them no more."""
        os.close(self.file)
        if self.running:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            self.wait()


def _fork(work: Callable[[int], None], forks: list[_Fork]) -> None:
    """Fork off a process that does some work on a file and ends, and add it to the others; none when it cannot be."""
    with _interrupts_held():  # until it is one of those that are ended
        try:
            file: int = vars(os)["memfd_create"]("vaultcheck")  # which type checkers know on Linux alone
        except OSError:
            return
        try:
            process = os.fork()
        except OSError:
            os.close(file)
            return
        if process == 0:
            try:
                gc.disable()
                work(file)
            finally:  # neither an error nor an exit may lead back into what the first process was at
                os._exit(0)
        forks.append(_Fork(process, file))


# Started afresh ------------------------------------------------------------------------------------------------------


def _spawned(
    here: Here[_Item], elsewhere: Elsewhere[_Item], root: str, pieces: Sequence[Piece[_Item]], others: int
) -> Iterator[tuple[int, bytes | None]]:
    """The work in processes that know nothing of this one, each with its share from the beginning."""
    import multiprocessing

    context: Any = multiprocessing.get_context("spawn")
    shares = [range(first, len(pieces), others + 1) for first in range(others + 1)]
    started = [(share, *_start(context, elsewhere, root, [pieces[number] for number in share])) for share in shares[1:]]
    for number in shares[0]:
        here(pieces[number])
    for share, process, receiver in started:
        for number in share:
            try:
                yield number, receiver.recv_bytes()
            except (EOFError, OSError):
                yield number, None
        if process is not None:
            process.join()


class _NoReply:
    """Stands in for the connection to a process that could not be started."""

    def recv_bytes(self) -> bytes:
        raise EOFError


def _start(context: Any, work: Elsewhere[_Item], root: str, pieces: Sequence[Piece[_Item]]) -> tuple[Any, Any]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, root, pieces, sender), daemon=True)
    try:
        with _interrupts_held():
            process.start()
    except OSError:
        return None, _NoReply()
    sender.close()
    return process, receiver


def _run(work: Elsewhere[_Item], root: str, pieces: Sequence[Piece[_Item]], sender: Any) -> None:
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    gc.disable()
    made = [work(root, piece.items) for piece in pieces]  # all of it before the sending, which waits for the first one
    for data in made:
        sender.send_bytes(data)
    sender.close()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back, here and in a process started meanwhile, which keeps it held; it comes through afterwards."""
    if sys.platform == "win32":
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
