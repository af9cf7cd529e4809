"""Sharing work out over processes, and getting the parts back. The door to processes for reading notes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Part = TypeVar("_Part")
Progress = Callable[[int, int], None]


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_out(
    work: Callable[..., _Part], root: str, items: Sequence[_Item], jobs: int, progress: Progress
) -> list[_Part]:
    """`work(root, some of the items)` in `jobs` processes, of which this one is the first; parts in order.

    A process that fails or cannot be started costs time, never the result: its part is done here. Forked where
    forking is safe (Linux), started afresh elsewhere.
    """
    size = -(-len(items) // jobs)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    import multiprocessing  # a fiftieth of a second, which only large vaults pay

    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    started = [(share, *_start(context, work, root, share)) for share in shares[1:]]
    parts = [work(root, shares[0], lambda done, _: progress(done * len(shares), len(items)))]
    for share, process, receiver in started:
        try:
            parts.append(receiver.recv())
        except (EOFError, OSError):
            parts.append(work(root, share))
        if process is not None:
            process.join()
    return parts


class _NoReply:
    """Stands in for the connection to a process that could not be started."""

    def recv(self) -> Any:
        raise EOFError


def _start(context: Any, work: Callable[..., _Part], root: str, share: Sequence[_Item]) -> tuple[Any, Any]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, root, share, sender), daemon=True)
    try:
        process.start()
    except OSError:
        return None, _NoReply()
    sender.close()
    return process, receiver


def _run(work: Callable[..., _Part], root: str, share: Sequence[_Item], sender: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    gc.disable()
    sender.send(work(root, share))
    sender.close()
