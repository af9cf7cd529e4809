"""Verdicts kept between runs, outside of the vault: only speed, never believed without being looked at again.

The key of a verdict is a hash of its obligation and of the program that judged it. Evidence that the kernel can check
is checked again as it is read; what fails, or cannot be decoded, is as if it had never been kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

from vaultcheck import __version__, cache, formula
from vaultcheck.formula.codec import CodecError, from_json, to_json
from vaultcheck.formula.model import Reading
from vaultcheck.formula.verdict import KERNEL_CHECKED, Obligation, Status, Verdict, Why, Witness

NAME = "verdicts"
MOST = 20_000
"""Verdicts kept for one vault; those used longest ago are dropped first."""
PATIENCE = 2.0
"""Seconds of work that a run may lose when it is stopped without warning."""
_CHECKED = (*KERNEL_CHECKED, Witness)
_SPENT = frozenset({Why.BUDGET, Why.MEMORY})
"""Reasons that another run, or a faster machine, may not meet, but that cost seconds to find out."""
RETRY = 86_400.0
"""Seconds until a claim is tried again that was given up for one of these reasons."""


def stamp() -> str:
    """What the verdicts depend on besides their obligations: the formula library, sympy and mpmath by version.

    A checkout is known by the time of its newest module too. Nothing of them is imported.
    """
    here = Path(formula.__file__).parent
    newest = max(
        (file.stat().st_mtime_ns for folder in (here, here / "algebra") for file in os.scandir(folder)), default=0
    )
    return "/".join((__version__, str(newest), _version("sympy"), _version("mpmath")))


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # ten milliseconds

    try:
        return version(package)
    except PackageNotFoundError:  # pragma: no cover  # packed so that its version is not told
        return ""


def key_of(obligation: Obligation, program: str = "") -> bytes:
    """What tells one question from another: its trees, names and numbers, and the program that answers."""
    text = json.dumps([program, to_json(obligation)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VerdictCache:
    """The verdicts kept for one vault; without a `store`, only for as long as it lives."""

    def __init__(self, store: cache.Store | None = None) -> None:
        self._store = store
        self._kept: dict[bytes, bytes] | None = None
        self._new = False
        self._written = time.monotonic()
        self._stamp: str | None = None

    def key(self, obligation: Obligation) -> bytes:
        """The key of an obligation for the program that runs."""
        if self._stamp is None:
            self._stamp = stamp() if self._store is not None else ""
        return key_of(obligation, self._stamp)

    def get(self, key: bytes, obligation: Obligation) -> Verdict | None:
        """The verdict kept under the key of an obligation, its evidence checked again; `None` when there is none that
        holds up."""
        kept = self._entries()
        data = kept.pop(key, None)
        if data is None:
            return None
        verdict = _decoded(data)
        if verdict is None or not _is_about(verdict, obligation) or not stands_up(verdict):
            self._new = True
            return None
        kept[key] = data  # behind the others: it was used last
        return verdict

    def put(self, key: bytes, verdict: Verdict) -> None:
        """Keep a verdict, now and then on the disk too; `save` writes the rest. A fault is not kept, and that a budget
        was spent only for a day."""
        if verdict.why is Why.FAULT:
            return
        until = time.time() + RETRY if verdict.why in _SPENT else None
        text = json.dumps([until, to_json(verdict)], ensure_ascii=False, separators=(",", ":"))
        self._entries()[key] = text.encode("utf-8", "surrogatepass")
        self._new = True
        if time.monotonic() - self._written > PATIENCE:
            self.save()

    def save(self) -> None:
        """Write what is new. Failure is silent: the next run is merely slower."""
        self._written = time.monotonic()
        if self._store is None or not self._new:
            return
        kept = list(self._entries().items())[-MOST:]
        self._store.put(NAME, cache.encode(kept))
        self._new = False

    def _entries(self) -> dict[bytes, bytes]:
        if self._kept is None:
            data = self._store.get(NAME) if self._store is not None else None
            self._kept = dict(cache.decode(data, list[tuple[bytes, bytes]]) or ()) if data is not None else {}
        return self._kept


def _decoded(data: bytes) -> Verdict | None:
    try:
        until, value = json.loads(data)
        verdict = from_json(value)
        # A time further off than a day was written by a clock that has been set back since.
        current = until is None or 0 <= until - time.time() <= RETRY
    except (CodecError, ValueError, TypeError, RecursionError):
        return None
    if not isinstance(verdict, Verdict) or not current or (until is None) is (verdict.why in _SPENT):
        return None
    return verdict


def _is_about(verdict: Verdict, obligation: Obligation) -> bool:
    """Whether a proof or a refutation that the kernel can check is one of this claim, and from these premises."""
    if verdict.status not in {Status.PROVED, Status.REFUTED} or not isinstance(verdict.evidence, _CHECKED):
        return True
    asked = {relation for one in _ways(obligation.goal) for relation in one.relations}
    given = {relation for premise in obligation.premises for one in _ways(premise) for relation in one.relations}
    return verdict.goal in asked and given.union(asked).issuperset(verdict.given)


def _ways(reading: Reading) -> tuple[Reading, ...]:
    return (reading, *reading.alternatives)


def stands_up(verdict: Verdict) -> bool:
    """Whether the kernel still accepts the evidence. Where there is nothing for the kernel to check, the verdict rests
    on computer algebra, numbers or dimensions, and the folder's owner alone may write there."""
    if not isinstance(verdict.evidence, _CHECKED):
        return True
    from vaultcheck.formula.recheck import holds_up  # interval arithmetic, which few runs need

    return holds_up(verdict) is not False
