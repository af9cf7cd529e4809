"""Sharing work out over processes, and getting the parts back. The door to processes for reading notes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

_Item = TypeVar("_Item")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_out(
    here: Callable[[Sequence[_Item]], None],
    elsewhere: Callable[[str, Sequence[_Item]], bytes],
    root: str,
    items: Sequence[_Item],
    jobs: int,
) -> Iterator[tuple[Sequence[_Item], list[bytes]]]:
    """Some work in `jobs` processes, of which this one is the first: `here` does its share; of the others each share
    comes back with what `elsewhere` made of it, nothing when its process failed or could not be started. It comes in a
    list, for the receiver to take out, so that it is not held twice.

    Forked where forking is safe (Linux), started afresh elsewhere.
    """
    import multiprocessing  # a fiftieth of a second, which only large vaults pay

    size = -(-len(items) // jobs)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    started = [(share, *_start(context, elsewhere, root, share)) for share in shares[1:]]
    here(shares[0])
    for share, process, receiver in started:
        made: list[bytes] = []
        try:
            made.append(receiver.recv_bytes())
        except (EOFError, OSError):
            made.clear()
        if process is not None:
            process.join()
        yield share, made


class _NoReply:
    """Stands in for the connection to a process that could not be started."""

    def recv_bytes(self) -> bytes:
        raise EOFError


def _start(context: Any, work: Callable[..., bytes], root: str, share: Sequence[_Item]) -> tuple[Any, Any]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, root, share, sender), daemon=True)
    try:
        with _interrupts_held():
            process.start()
    except OSError:
        return None, _NoReply()
    sender.close()
    return process, receiver


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


def _run(work: Callable[..., bytes], root: str, share: Sequence[_Item], sender: Any) -> None:
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    gc.disable()
    sender.send_bytes(work(root, share))
    sender.close()
