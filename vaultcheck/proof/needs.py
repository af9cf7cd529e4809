"""Which premises a verdict needs: those that its evidence uses, else those that share names with the claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vaultcheck.formula.model import Reading
from vaultcheck.formula.verdict import Status, Verdict
from vaultcheck.formula.walk import names_of
from vaultcheck.proof.model import Claim, Premise, Role

_BY_USE = frozenset({Status.PROVED, Status.COMPUTED, Status.DERIVABLE, Status.CONFLICT})
"""Verdicts whose evidence says which premises it uses; none at all for an identity."""


def needed(claim: Claim, verdict: Verdict | None) -> tuple[Premise, ...]:
    """The premises that a claim needs, in their order.

    Of a proof those that its evidence uses; of other verdicts those that share names with the claim, or with one that
    does. Without a verdict, and for a claim in words, all that its author named.
    """
    if verdict is None or claim.role is Role.TEXT:
        return tuple(premise for premise in claim.premises if claim.way.named or premise.stated)
    if verdict.used or verdict.status in _BY_USE:
        return tuple(claim.premises[index] for index in verdict.used if index < len(claim.premises))
    return tuple(_connected(claim))


def found(claim: Claim, premises: Iterable[Premise]) -> tuple[Premise, ...]:
    """Those of the premises that nobody named: found in linked notes or earlier in the note."""
    return () if claim.way.named else tuple(premise for premise in premises if not premise.stated)


def _connected(claim: Claim) -> Iterator[Premise]:
    """The premises that share a name with the claim, directly or through others."""
    reached = _names(claim.reading)
    waiting = [(premise, _names(premise.reading)) for premise in claim.premises]
    taken: set[int] = set()
    growing = True
    while growing:
        growing = False
        for index, (_, mentioned) in enumerate(waiting):
            if index not in taken and mentioned & reached:
                taken.add(index)
                growing = growing or not mentioned <= reached
                reached |= mentioned
    return (premise for index, (premise, _) in enumerate(waiting) if index in taken)


def _names(reading: Reading) -> set[str]:
    return {name for relation in reading.relations for name in names_of(relation)}
