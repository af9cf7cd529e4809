"""The door to processes: proofs are made in kept workers that can be stopped.

`isolated()` gives a prover whose work is done elsewhere: the caller never imports computer algebra, a claim that
takes too long or too much memory costs its worker and nothing else, and the same obligation gives the same verdict.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

from vaultcheck.formula.verdict import Obligation, Progress, Verdict, Why, undecided

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

SECONDS = 6.0
"""A worker that has not answered by then is stopped."""
START_SECONDS = 120.0
"""How long a worker may take to load computer algebra, once, on a slow disk."""
MEMORY_BYTES = 1 << 30
CLAIMS_PER_WORKER = 500
HASH_SEED = "0"

_starting = threading.Lock()


# In the worker -----------------------------------------------------------------------------------------------


def serve(pipe: Connection, memory: int, soft: float) -> None:
    """Answer obligations until the pipe is closed. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer = _answerer(soft)
    _limit_memory(memory)
    pipe.send("ready")
    while True:
        try:
            obligation = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            verdict = answer(obligation, lambda stage: pipe.send(("stage", stage)))
        except MemoryError:
            verdict = undecided(Why.MEMORY, "the claim needed more memory than it may have")
        except Exception as error:  # a fault of ours costs one claim, with its name in the report
            verdict = undecided(Why.FAULT, _place(error))
        pipe.send(("verdict", verdict))


def _place(error: Exception) -> str:
    """The exception and the line of ours it came from."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, line {frame.lineno}: {str(error)[:200]}"


def _answerer(soft: float) -> Callable[[Obligation, Progress], Verdict]:
    """`derive`, with computer algebra loaded, so that the first claim is not the one that waits for it."""
    from vaultcheck.formula.algebra.rings import load
    from vaultcheck.formula.budget import Budget
    from vaultcheck.formula.derive import derive

    load()
    return lambda obligation, progress: derive(obligation, Budget(soft, alarm), progress)


def _limit_memory(size: int) -> None:
    """An address-space limit where the system has one."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))
    except (ValueError, OSError):  # pragma: no cover  # refused by the system: the deadline still holds
        return


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Interrupts what runs inside after so many seconds, where the system has timers; the nearest of several rings."""
    from vaultcheck.formula.budget import StepTimeoutError

    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_signal: int, _frame: object) -> None:
        raise StepTimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    begun = monotonic()
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left) if left else seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(left - (monotonic() - begun), 0.01) if left else 0)
        signal.signal(signal.SIGALRM, before)


# In the caller -----------------------------------------------------------------------------------------------


class Worker:
    """One kept process: started when first needed, replaced when it was stopped or has done its share."""

    def __init__(self, seconds: float, memory: int) -> None:
        self.seconds = seconds
        self.memory = memory
        self.answered = 0
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, obligation: Obligation, progress: Progress | None = None) -> Verdict:
        """The verdict, or `undecided` with the reason why there is none."""
        if self.answered >= CLAIMS_PER_WORKER:
            self.stop()
        pipe = self._pipe or self._start()
        stage = "reading"
        deadline = monotonic() + self.seconds
        try:
            pipe.send(obligation)
            while pipe.poll(max(0.0, deadline - monotonic())):
                kind, value = pipe.recv()
                if kind == "verdict":
                    self.answered += 1
                    return _verdict(value)
                stage = str(value)
                if progress is not None:
                    progress(stage)
        except (EOFError, OSError):
            self.stop()
            return undecided(Why.MEMORY, f"the worker ended while busy with {stage}")
        self.stop()
        return undecided(Why.BUDGET, f"stopped after {self.seconds:g} s while busy with {stage}")

    def stop(self) -> None:
        """End the process, at once if it does not listen."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        self.answered = 0
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join(5)

    def _start(self) -> Connection:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        soft = max(0.5, self.seconds * 0.75)
        process = context.Process(target=serve, args=(theirs, self.memory, soft), daemon=True, name="vaultcheck prover")
        with _starting, _unseen_main(), _fixed_hash_seed():
            process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        if not ours.poll(START_SECONDS) or ours.recv() != "ready":
            self.stop()
            raise RuntimeError("the prover's process did not start")
        return ours


def _verdict(value: Any) -> Verdict:
    assert isinstance(value, Verdict)
    return value


@contextmanager
def _unseen_main() -> Iterator[None]:
    """A spawned process would run the caller's script again; it needs nothing of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _fixed_hash_seed() -> Iterator[None]:
    """Sets are walked in the same order in every worker."""
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = HASH_SEED
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONHASHSEED"]
        else:
            os.environ["PYTHONHASHSEED"] = before


class Isolated:
    """A prover that works in `jobs` kept processes. Close it, or use it as a context."""

    def __init__(self, seconds: float = SECONDS, jobs: int = 1, memory: int = MEMORY_BYTES) -> None:
        self._free = [Worker(seconds, memory) for _ in range(max(1, jobs))]
        self._workers = tuple(self._free)
        self._change = threading.Condition()

    def __call__(self, obligation: Obligation, progress: Progress | None = None) -> Verdict:
        with self._change:
            self._change.wait_for(lambda: bool(self._free))
            worker = self._free.pop()
        try:
            return worker.ask(obligation, progress)
        finally:
            with self._change:
                self._free.append(worker)
                self._change.notify()

    def all(self, obligations: Sequence[Obligation], progress: Callable[[int], None] | None = None) -> list[Verdict]:
        """The verdicts in the order of the obligations; `progress` hears how many are done."""
        done = 0

        def one(obligation: Obligation) -> Verdict:
            nonlocal done
            verdict = self(obligation)
            with self._change:
                done += 1
                if progress is not None:
                    progress(done)
            return verdict

        with ThreadPoolExecutor(len(self._workers)) as pool:
            return list(pool.map(one, obligations))

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def isolated(seconds: float = SECONDS, jobs: int = 1) -> Isolated:
    """A prover in kept worker processes, each claim with its deadline."""
    return Isolated(seconds, jobs)


_default: Isolated | None = None


def default_prover() -> Isolated:
    """The prover that scripts share: one worker, started when first asked, ended with the program."""
    global _default  # noqa: PLW0603  # one worker a program is the point
    if _default is None:
        _default = isolated()
        atexit.register(_default.close)
    return _default
