"""What rests on what: the claims as a graph of what they need, with circles and fingerprints. Linear in size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vaultcheck.formula.model import Relation, Term
from vaultcheck.formula.verdict import Verdict
from vaultcheck.formula.walk import names
from vaultcheck.proof.fingerprints import Print, prints
from vaultcheck.proof.loops import components
from vaultcheck.proof.model import Claim, Premise, Role
from vaultcheck.proof.needs import needed
from vaultcheck.source import NotePath

_GIVEN = frozenset({Role.DEFINITION, Role.VALUE, Role.SYSTEM, Role.ROOTS, Role.CONDITION})


@dataclass(frozen=True)
class Structure:
    """The claims by id, in their order; for each the premises it needs and the claims among them; of the author's own
    equations (`with::`) that it needs, each with the claims elsewhere that state it; an order in which everything
    comes after what it rests on; and the fingerprints."""

    claims: Mapping[str, Claim]
    needs: Mapping[str, tuple[Premise, ...]]
    own: Mapping[str, tuple[tuple[Premise, tuple[str, ...]], ...]]
    edges: Mapping[str, tuple[str, ...]]
    order: Sequence[tuple[str, ...]]
    prints: Mapping[str, Print]


def is_given(claim: Claim) -> bool:
    """Whether a relation is assumed and not derived."""
    return claim.role in _GIVEN and not claim.judged


def structure(
    claims: Sequence[Claim],
    verdicts: Mapping[str, Verdict],
    evidence: Mapping[str, tuple[str, ...]] | None = None,
    words: Mapping[str, str] | None = None,
) -> Structure:
    """What the claims rest on. `evidence` are, for a claim in words, the ids of the claims it links to; `words` its
    own words and those of the blocks it links to."""
    by_id = {claim.id: claim for claim in claims}
    links = evidence or {}
    needs = {name: needed(claim, verdicts.get(name)) for name, claim in by_id.items() if not is_given(claim)}
    own = _own_equations(by_id, needs)
    edges = {
        name: _known(by_id, _targets(needs.get(name, ()), own.get(name, ()), links.get(name, ()))) for name in by_id
    }
    # For the fingerprint what the author named counts whether the proof needs it or not: proofs may change.
    named = {name: by_id[name].premises if by_id[name].way.named else kept for name, kept in needs.items()}
    wider = {name: _known(by_id, (*edges[name], *_targets(named.get(name, ()), (), ()))) for name in by_id}
    marks = prints(by_id, components(wider), named, links, words or {})
    return Structure(by_id, needs, own, edges, components(edges), marks)


def _targets(
    needs: Sequence[Premise], own: Sequence[tuple[Premise, tuple[str, ...]]], links: Sequence[str]
) -> Iterator[str]:
    yield from (premise.claim for premise in needs if not premise.stated)
    for _, stating in own:
        yield from stating
    yield from links


def _known(claims: Mapping[str, Claim], names: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name in claims))


def _own_equations(
    claims: Mapping[str, Claim], needs: Mapping[str, Sequence[Premise]]
) -> Mapping[str, tuple[tuple[Premise, tuple[str, ...]], ...]]:
    """The equations of `with::` that claims need, and the claims that state the same in that note or a premise's."""
    users = [name for name in needs if claims[name].explicit.with_]
    if not users:
        return {}
    stated: dict[tuple[NotePath, Term, Term], list[str]] = defaultdict(list)
    for name, claim in claims.items():
        for relation in claim.reading.relations:
            for left, right in _sides(relation):
                stated[claim.path, left, right].append(name)
    return {name: tuple(_stating(claims[name], needs[name], stated)) for name in users}


def _stating(
    claim: Claim, needs: Sequence[Premise], stated: Mapping[tuple[NotePath, Term, Term], Sequence[str]]
) -> Iterator[tuple[Premise, tuple[str, ...]]]:
    notes = dict.fromkeys((claim.path, *(premise.location.path for premise in claim.premises)))
    for premise in needs:
        if premise.stated and not premise.claim and not any(map(_is_value, premise.reading.relations)):
            found = [
                other
                for relation in premise.reading.relations
                for note in notes
                for other in stated.get((note, relation.left, relation.right), ())
                if other != claim.id
            ]
            yield premise, tuple(dict.fromkeys(found))


def _is_value(relation: Relation) -> bool:
    """Whether it gives one name its worth, as `given::` does: that is where the claim is meant to hold."""
    return not names(relation.left) or not names(relation.right)


def _sides(relation: Relation) -> tuple[tuple[Term, Term], tuple[Term, Term]]:
    return (relation.left, relation.right), (relation.right, relation.left)
