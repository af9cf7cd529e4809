"""What each claim is worth once everything that it rests on is counted (docs/claims.md, "Standing")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultcheck.formula.tell import said_as
from vaultcheck.formula.verdict import Status as Outcome
from vaultcheck.formula.verdict import Verdict
from vaultcheck.proof.ledger import Entry, Ledger, changed
from vaultcheck.proof.loops import circles
from vaultcheck.proof.model import Claim, Judged, Role, Standing
from vaultcheck.proof.needs import found
from vaultcheck.proof.status import Status
from vaultcheck.proof.structure import Structure, is_given, structure

PROOFS = frozenset({Outcome.PROVED, Outcome.COMPUTED, Outcome.RECOMPUTED})
"""Verdicts after which nothing of the claim itself is in doubt."""
_FIRM = frozenset({Standing.SETTLED, Standing.ASSUMED})
_TRUSTED = _FIRM | {Standing.ATTESTED}


def is_accused(judged: Judged) -> bool:
    """Whether a claim is certainly wrong, or its premises contradict each other, so that it is an error.

    One that its author disputes is none, nor is one that nobody tagged, linked or marked and that is no arithmetic.
    """
    verdict, claim = judged.verdict, judged.claim
    if verdict is None or verdict.status not in {Outcome.REFUTED, Outcome.CONFLICT} or verdict.warning_only:
        return False
    return claim.may_be_error and claim.status is not Status.DISPUTED


class Worth(NamedTuple):
    """A standing and the sentence that says why."""

    standing: Standing
    why: str


def stand(
    claims: Sequence[Claim],
    verdicts: Mapping[str, Verdict],
    ledger: Ledger,
    evidence: Mapping[str, tuple[str, ...]] | None = None,
    words: Mapping[str, str] | None = None,
) -> tuple[Judged, ...]:
    """Each claim with its verdict and its standing, in the order given. Linear in size.

    For `evidence` and `words` see `structure`.
    """
    return standings(structure(claims, verdicts, evidence, words), verdicts, ledger)


def standings(built: Structure, verdicts: Mapping[str, Verdict], ledger: Ledger) -> tuple[Judged, ...]:
    """The claims of a structure with their verdicts and standings, in their order."""
    done: dict[str, Judged] = {}
    for group in built.order:
        loops = circles(group, built.edges)
        for name in group:
            claim, verdict, loop = built.claims[name], verdicts.get(name), loops.get(name, ())
            entry = ledger.of(claim, built.prints[name].read)
            worth = _worst(claim, verdict, loop, entry, built, done) or _worth(claim, verdict, built, done)
            done[name] = Judged(claim, verdict, worth.standing, worth.why, loop, entry.day if entry else "")
    return tuple(done[name] for name in built.claims)


def _worst(
    claim: Claim,
    verdict: Verdict | None,
    loop: tuple[str, ...],
    entry: Entry | None,
    built: Structure,
    done: Mapping[str, Judged],
) -> Worth | None:
    """What goes before every proof: refuted, in a circle, changed since it was recorded."""
    refuted = _refuted(claim, verdict, built, done)
    if refuted is not None:
        return refuted
    if loop:
        return Worth(Standing.CIRCULAR, "it rests on itself: " + " ← ".join((*loop, loop[0])))
    what = None if entry is None else changed(entry, built.prints[claim.id])
    if what is None or entry is None:
        return None
    subject = f"{', '.join(what)}, or what it rests on," if what else "it"
    return Worth(Standing.STALE, f"{subject} has changed since {entry.day}")


def _refuted(claim: Claim, verdict: Verdict | None, built: Structure, done: Mapping[str, Judged]) -> Worth | None:
    """Whether it, or a premise that it needs, is refuted. A proof needs what it uses, a claim in words what it links
    to; of any other claim nobody knows."""
    if verdict is not None and verdict.status is Outcome.REFUTED and not verdict.warning_only:
        return Worth(Standing.REFUTED, "it is refuted")
    proved = verdict is not None and verdict.status in PROOFS
    in_words = claim.role is Role.TEXT and claim.status in {Status.OPEN, Status.SETTLED}
    if proved or in_words:
        for other in built.edges[claim.id]:
            if other in done and done[other].standing is Standing.REFUTED:
                return Worth(Standing.REFUTED, f"it rests on {other}, which is refuted")
    return None


def _worth(claim: Claim, verdict: Verdict | None, built: Structure, done: Mapping[str, Judged]) -> Worth:
    if is_given(claim):
        return Worth(Standing.ASSUMED, f"a {claim.role.value} is assumed, not derived")
    if verdict is not None and verdict.status is Outcome.DERIVABLE:
        return Worth(Standing.CONDITIONAL, _if_read_so(verdict))
    if verdict is not None and verdict.status in PROOFS:
        return _proved(claim, verdict, built, done)
    if claim.role is Role.TEXT and claim.status is not Status.DISPUTED:
        weak = next((other for other in built.edges[claim.id] if done[other].standing not in _TRUSTED), None)
        if weak is not None:
            return Worth(Standing.CONDITIONAL, f"it rests on {weak}, which is {done[weak].standing.value}")
    return _unproved(claim, verdict, built, done)


def _if_read_so(verdict: Verdict) -> str:
    if not verdict.correspondences:
        return f"it {verdict.detail}"
    words = ", ".join(f"{name} is {target}" for name, target in said_as(verdict.correspondences[0]))
    return f"it follows if {words}, which nobody has said"


def _proved(claim: Claim, verdict: Verdict, built: Structure, done: Mapping[str, Judged]) -> Worth:
    """The standing of what follows from its premises: as good as they are."""
    needs = built.needs[claim.id]
    unnamed = found(claim, needs)
    if unnamed:
        return Worth(Standing.CONDITIONAL, f"it rests on {unnamed[0].claim}, which it does not name as its premise")
    for premise, stating in built.own.get(claim.id, ()):
        if not any(other in done and done[other].standing in _FIRM for other in stating):
            said = " ".join(premise.reading.latex.split())
            return Worth(Standing.CONDITIONAL, f"it rests on its own {said}, which nothing settles")
    for premise in needs:
        other = done.get(premise.claim)
        if not premise.stated and other is not None and other.standing not in _FIRM:
            return Worth(Standing.CONDITIONAL, f"it rests on {premise.claim}, which is {other.standing.value}")
    return Worth(Standing.SETTLED, f"{verdict.status.value}, and all that it rests on is settled or assumed")


def _unproved(claim: Claim, verdict: Verdict | None, built: Structure, done: Mapping[str, Judged]) -> Worth:
    """The standing of what no proof carries."""
    said = verdict.status.value if verdict is not None else "no verdict"
    if claim.role is Role.TEXT:
        said = "a claim in words"
    if claim.status is Status.DISPUTED:
        return Worth(Standing.OPEN, f"its author disputes it; {said}")
    if claim.status is Status.SETTLED and not claim.misspelt:
        return Worth(Standing.ATTESTED, f"its author says so; {said}")
    if claim.unasserted is not None and verdict is None:
        return Worth(Standing.OPEN, f"it is not asserted: {claim.unasserted.value}")
    shaken = next((o for o in built.edges[claim.id] if o in done and done[o].standing is Standing.REFUTED), None)
    if shaken is not None:
        said += f"; {shaken}, a premise of it, is refuted"
    return Worth(Standing.OPEN, said)
