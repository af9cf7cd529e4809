"""Sharing work out over processes, and getting the parts back. The door to processes for reading notes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Part = TypeVar("_Part")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share_out(
    here: Callable[[Sequence[_Item]], _Part],
    elsewhere: Callable[[str, Sequence[_Item]], bytes],
    root: str,
    items: Sequence[_Item],
    jobs: int,
) -> list[_Part | bytes]:
    """Some work in `jobs` processes, of which this one is the first: `here` does its share, `elsewhere` the others',
    whose bytes come back; in order.

    A process that fails or cannot be started costs time, never the result: its share is done here. Forked where
    forking is safe (Linux), started afresh elsewhere.
    """
    import multiprocessing  # a fiftieth of a second, which only large vaults pay

    size = -(-len(items) // jobs)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    started = [(share, *_start(context, elsewhere, root, share)) for share in shares[1:]]
    parts: list[_Part | bytes] = [here(shares[0])]
    for share, process, receiver in started:
        try:
            parts.append(receiver.recv_bytes())
        except (EOFError, OSError):
            parts.append(here(share))
        if process is not None:
            process.join()
    return parts


class _NoReply:
    """Stands in for the connection to a process that could not be started."""

    def recv_bytes(self) -> bytes:
        raise EOFError


def _start(context: Any, work: Callable[..., bytes], root: str, share: Sequence[_Item]) -> tuple[Any, Any]:
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, root, share, sender), daemon=True)
    try:
        process.start()
    except OSError:
        return None, _NoReply()
    sender.close()
    return process, receiver


def _run(work: Callable[..., bytes], root: str, share: Sequence[_Item], sender: Any) -> None:
    gc.disable()
    sender.send_bytes(work(root, share))
    sender.close()
