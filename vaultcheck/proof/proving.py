"""What it takes to judge the claims of a vault, put together: a prover, what earlier runs knew, the ledger.

Nothing of it is loaded before there is a claim to judge.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Self

from vaultcheck.cache import Store
from vaultcheck.processes import cores

if TYPE_CHECKING:  # what a run without claims would import for nothing
    from vaultcheck.formula.verdict import Obligation, Prover, Verdict
    from vaultcheck.proof.prover import Isolated


class Proving(NamedTuple):
    """Who judges (`None`: nobody, and no claim gets a verdict), where verdicts are kept (`None`: nowhere), the text of
    the ledger, in how many threads, who watches, and whether only notes are read
    whose author asked for verdicts (`asked_for`)."""

    prover: Prover | None = None
    store: Store | None = None
    ledger: str = ""
    jobs: int = 1
    progress: Callable[[int, int], None] | None = None
    asked_only: bool = False


NOBODY = Proving()
"""No claim is judged."""


class Deferred:
    """A prover in worker processes that are started for the first question. Close it, or use it as a context.

    A run that finds every verdict in the cache starts no process and imports nothing for it.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._prover: Isolated | None = None
        self._starting = threading.Lock()

    def __call__(self, obligation: Obligation) -> Verdict:
        with self._starting:
            if self._prover is None:
                from vaultcheck.proof.prover import isolated

                self._prover = isolated(jobs=self.jobs)
        return self._prover(obligation)

    def close(self) -> None:
        """End the processes, if any were started."""
        if self._prover is not None:
            self._prover.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def proving(
    store: Store | None, ledger: str, jobs: int = 0, progress: Callable[[int, int], None] | None = None
) -> Iterator[Proving]:
    """The real doors put together. `ledger` is its text, `jobs` the number of workers, 0 for one a core; the workers
    end with the block, however it ends."""
    workers = jobs or cores()
    with Deferred(workers) as prover:
        yield Proving(prover, store, ledger, workers, progress)
