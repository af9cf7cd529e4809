"""The prover for tests: the real one in this process, which asks each question once and starts nothing."""

from __future__ import annotations

from functools import lru_cache

from vaultcheck.formula.budget import Budget
from vaultcheck.formula.verdict import Obligation, Verdict
from vaultcheck.proof.prover import alarm
from vaultcheck.proof.proving import Proving

SECONDS = 20.0
"""More than any claim of a case needs, on a slow machine too."""


@lru_cache(maxsize=4096)
def prove(obligation: Obligation) -> Verdict:
    """The verdict of the real prover."""
    from vaultcheck.formula.algebra.rings import load
    from vaultcheck.formula.derive import derive

    load()
    return derive(obligation, Budget(SECONDS, alarm))


IN_PROCESS = Proving(prove)
