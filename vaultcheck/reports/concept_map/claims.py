"""From judged claims to the rows of the map: those that somebody stands for, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from vaultcheck.formula.tell import derivation, headline
from vaultcheck.formula.verdict import Status
from vaultcheck.formula.write import to_text
from vaultcheck.proof.model import Claim, Judged, Premise, Standing, Way
from vaultcheck.proof.needs import needed
from vaultcheck.reports.concept_map.model import ClaimRow
from vaultcheck.reports.concept_map.sentences import clean
from vaultcheck.source import NotePath, Source, shown

LONGEST = 300
"""Characters of a claim that the page carries, of its formula or its words."""
NOT_SHOWN = "it rests on something that is not on this map"
MOST_STEPS = 40
"""Lines of a derivation that the page carries."""


def claim_rows(judged: Iterable[Judged], read: Callable[[NotePath], Source]) -> tuple[ClaimRow, ...]:
    """The claims that belong on the map, sorted by place, with the claims that they rest on.

    A vault of lecture notes holds thousands of formulas that nobody vouches for or doubts. On the map are those with a
    status tag, a mark or named premises, those of which something is known, and whatever these rest on. A premise that
    is not among `judged` is not told of.
    """
    by_id = {one.claim.id: one for one in judged}
    wanted = {name for name, one in by_id.items() if _stands_out(one)}
    waiting = sorted(wanted)
    while waiting:
        for premise in _premises(by_id[waiting.pop()]):
            if premise.claim in by_id and premise.claim not in wanted:
                wanted.add(premise.claim)
                waiting.append(premise.claim)
    kept = sorted((by_id[name] for name in wanted), key=lambda one: (one.claim.location, one.claim.id))
    return tuple(_row(one, by_id, read(one.claim.path)) for one in kept)


def _stands_out(one: Judged) -> bool:
    claim = one.claim
    said = claim.status is not None or claim.way.named or bool(claim.explicit)
    return said or _is_known(one) or one.standing not in {Standing.OPEN, Standing.ASSUMED}


def _row(one: Judged, by_id: Mapping[str, Judged], source: Source) -> ClaimRow:
    claim, verdict = one.claim, one.verdict

    def told(premise: Premise) -> bool:
        return premise.claim in by_id or not premise.claim

    steps = derivation(verdict, [each.reading.latex for each in claim.premises]) if verdict else ()
    if not all(map(told, claim.premises)):
        steps = (NOT_SHOWN,)  # any line of it may give away what the premise says
    return ClaimRow(
        id=shown(claim.id),
        path=shown(claim.path),
        line=source.position(claim.location.span.start).line,
        latex=claim.math.latex[:LONGEST] if claim.math else "",
        understood=_understood(claim, source)[:LONGEST],
        verdict=headline(verdict) if verdict else "",
        standing=one.standing,
        why="" if one.standing is Standing.REFUTED and verdict and verdict.status is Status.REFUTED else one.why,
        premises=tuple(dict.fromkeys(map(_premise, filter(told, _premises(one))))),
        steps=steps[:MOST_STEPS],
    )


def _premises(one: Judged) -> tuple[Premise, ...]:
    """What a claim is shown to rest on: the premises that its author marks, else those that its verdict needs.

    All that stands under a linked heading, or earlier in a note, would draw a line from everything to everything.
    """
    claim = one.claim
    if claim.explicit or claim.way is Way.FROM:
        return claim.premises
    return needed(claim, one.verdict) if claim.way.named or _is_known(one) else ()


def _is_known(one: Judged) -> bool:
    return one.verdict is not None and one.verdict.status is not Status.UNDECIDED


def _premise(premise: Premise) -> str:
    """The claim that states a premise; the author's own words where no claim does."""
    return shown(premise.claim) if premise.claim else f"${premise.reading.latex[:LONGEST]}$"


def _understood(claim: Claim, source: Source) -> str:
    """What was read of a formula; the words of a claim that has none."""
    if claim.math is None:
        return clean(source.slice(claim.block))
    return to_text(claim.reading.relations[0]) if claim.reading.relations else ""
