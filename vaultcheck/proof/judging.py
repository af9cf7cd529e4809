"""From claims to verdicts: each question asked once, through what earlier runs knew, kept as soon as it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace

from vaultcheck.formula.verdict import Obligation, Prover, Refutation, Status, Verdict, Why, undecided
from vaultcheck.proof.model import Claim, Role, Way
from vaultcheck.proof.needs import found, needed
from vaultcheck.proof.obligations import oblige, temper
from vaultcheck.proof.verdict_cache import VerdictCache, stands_up

Progress = Callable[[int, int], None]
"""Told how many of how many questions are answered."""

_PROOFS = frozenset({Status.PROVED, Status.COMPUTED})
_PLACES = {
    Way.NOTES: "in a linked note",
    Way.SECTION: "earlier in the section",
    Way.NOTE: "earlier in the note",
}


def judge_claims(
    claims: Sequence[Claim],
    prover: Prover,
    cache: VerdictCache | None = None,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Mapping[str, Verdict]:
    """The verdict on each claim that wants one, by the claim's id. Never raises for what a vault says.


    The same question is put to `prover` once, in at most `jobs` threads, and not at all where `cache` knows the
    answer. What was answered before an interruption stays in the cache.
    """
    by_id = {claim.id: claim for claim in claims}
    asked = {
        name: oblige(claim, by_id) for name, claim in by_id.items() if claim.judged and claim.role is not Role.TEXT
    }
    verdicts = answers(asked.values(), prover, cache, jobs=jobs, progress=progress)
    return {name: weighed(by_id[name], temper(by_id[name], verdicts[asked[name]])) for name in asked}


def answers(
    obligations: Iterable[Obligation],
    prover: Prover,
    cache: VerdictCache | None = None,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Mapping[Obligation, Verdict]:
    """The verdict on each obligation; `progress` hears of those that are not known already."""
    known = cache or VerdictCache()
    keys: dict[bytes, Obligation] = {}
    every = dict.fromkeys(obligations, b"")
    for obligation in every:
        every[obligation] = known.key(obligation)
        keys.setdefault(every[obligation], obligation)
    verdicts: dict[bytes, Verdict] = {}
    for key, obligation in keys.items():
        verdict = known.get(key, obligation)
        if verdict is not None:
            verdicts[key] = verdict
    missing = {key: obligation for key, obligation in keys.items() if key not in verdicts}

    def keep(key: bytes, verdict: Verdict) -> None:
        verdicts[key] = verdict
        known.put(key, verdict)
        if progress is not None:
            progress(len(verdicts) - len(keys) + len(missing), len(missing))

    try:
        _ask_all(missing, prover, keep, jobs)
    finally:
        known.save()
    return {obligation: verdicts[key] for obligation, key in every.items()}


def _ask_all(
    missing: Mapping[bytes, Obligation], prover: Prover, keep: Callable[[bytes, Verdict], None], jobs: int
) -> None:
    """Ask, and keep each answer as it comes."""
    if jobs < 2 or len(missing) < 2:
        for key, obligation in missing.items():
            keep(key, _asked(prover, obligation))
        return
    pool = ThreadPoolExecutor(min(jobs, len(missing)))
    try:
        waiting: dict[Future[Verdict], bytes] = {
            pool.submit(_asked, prover, obligation): key for key, obligation in missing.items()
        }
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                keep(waiting.pop(future), future.result())
    finally:  # after an interruption nobody waits for questions not yet asked
        pool.shutdown(wait=False, cancel_futures=True)


def _asked(prover: Prover, obligation: Obligation) -> Verdict:
    try:
        return checked(prover(obligation))
    except RuntimeError as error:  # no process could be started for it
        return undecided(Why.FAULT, str(error))


def checked(verdict: Verdict) -> Verdict:
    """The verdict, if its evidence stands when the kernel checks it here, away from those who searched for it."""
    if stands_up(verdict):
        return verdict
    said = f"{verdict.status.value}, but the evidence did not stand when it was checked again"
    return replace(undecided(Why.OPEN, said), reading=verdict.reading, guesses=verdict.guesses)


def weighed(claim: Claim, verdict: Verdict) -> Verdict:
    """The verdict as far as the premises carry it.

    What rests on premises that nobody named (docs/claims.md, "Premises") is no proof, no refutation that is an error,
    and no conflict; the detail says so.
    """
    if not found(claim, needed(claim, verdict)) or _clashes_alone(claim, verdict):
        return verdict
    place = _PLACES.get(claim.way, "in the note")
    match verdict.status:
        case status if status in _PROOFS:
            said = f"follows from what stands {place}, which the claim does not name as its premise"
            return replace(verdict, status=Status.DERIVABLE, detail=_joined(verdict.detail, said))
        case Status.REFUTED:
            said = f"by what stands {place}, which the claim does not name as its premise"
            return replace(verdict, warning_only=True, detail=_joined(verdict.detail, said))
        case Status.CONFLICT:
            said = f"what stands {place} does not hold together, and the claim names none of it as its premise"
            return replace(undecided(Why.OPEN, said), reading=verdict.reading, guesses=verdict.guesses)
        case _:
            return verdict


def _clashes_alone(claim: Claim, verdict: Verdict) -> bool:
    """Whether the dimensions of a claim cannot agree whatever else stands in the note."""
    if verdict.refutation is not Refutation.DIMENSIONS:
        return False
    from vaultcheck.formula.dimensions import DimensionConflict, measure  # interval arithmetic, which few runs need

    return isinstance(measure(claim.reading.relations, claim.vocabulary), DimensionConflict)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
