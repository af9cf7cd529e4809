"""One claim with its whole derivation, as a person would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vaultcheck.formula.dimension_names import describe
from vaultcheck.formula.dimensions import Measurement, measure
from vaultcheck.formula.tell import headline
from vaultcheck.formula.verdict import Verdict
from vaultcheck.formula.write import to_text
from vaultcheck.proof.model import Claim, Judged, Premise, Role
from vaultcheck.proof.telling import premise_text, story
from vaultcheck.source import Location, NotePath, Source, shown

Sources = Callable[[NotePath], Source]


def render(judged: Judged, known: Mapping[str, Judged], sources: Sources) -> Iterator[str]:
    """The lines about a claim: as written and as understood, premises with their places and standings, derivation.

    `known` are all claims by id.
    """
    for line in _lines(judged, known, sources):
        yield shown(line) + "\n"


def _lines(judged: Judged, known: Mapping[str, Judged], sources: Sources) -> Iterator[str]:
    claim, verdict = judged.claim, judged.verdict
    yield f"{claim.id}   {_place(claim.location, sources)}"
    yield from _written(claim, verdict, sources)
    measured = _measured(claim)
    if measured:
        yield f"dimensions: {measured}"
    if claim.status is not None:
        yield f"tagged: {claim.status.value}{' (misspelt)' if claim.misspelt else ''}"
    yield f"verdict: {headline(verdict) if verdict is not None else 'none is wanted'}"
    since = f" (recorded {judged.since})" if judged.since else ""
    yield f"standing: {judged.standing.value}{since}: {judged.why}"
    yield from _premises(claim, known, sources)
    if verdict is not None:
        told = story(claim, verdict)
        if told:
            yield ""
            yield "derivation"
        yield from (f"  {line}" for line in told)


def _written(claim: Claim, verdict: Verdict | None, sources: Sources) -> Iterator[str]:
    if claim.role is Role.TEXT:
        yield "written: " + " ".join(sources(claim.path).slice(claim.block).split())
        return
    yield "written: " + " ".join((claim.math.latex if claim.math is not None else claim.reading.latex).split())
    problem = claim.reading.problem
    if problem is not None:
        yield f"not understood: at {problem.span[0] + 1}, where {problem.expected} was expected"
    for relation in claim.reading.relations:
        yield f"understood as: {to_text(relation)}"
    guesses = [guess.text for guess in claim.reading.guesses]
    yield from (f"guess: {guess}" for guess in dict.fromkeys((*guesses, *(verdict.guesses if verdict else ()))))


def _measured(claim: Claim) -> str:
    """What the two sides measure, where that is known."""
    if not claim.reading.relations:
        return ""
    premises = tuple(relation for premise in claim.premises for relation in premise.reading.relations)
    for relations in ((*premises, *claim.reading.relations), claim.reading.relations):
        found = measure(relations, claim.vocabulary)
        if isinstance(found, Measurement):
            return " = ".join(dict.fromkeys(describe(side) for side in found.sides[-1] if side is not None))
    return "they do not agree"


def _premises(claim: Claim, known: Mapping[str, Judged], sources: Sources) -> Iterator[str]:
    if claim.evidence and claim.role is Role.TEXT:
        yield ""
        yield "evidence"
        for link in claim.evidence:
            yield "  " + " ".join(sources(claim.path).slice(link.span).split())
    if not claim.premises:
        return
    yield ""
    yield f"premises ({claim.way.value})"
    rows = [(premise_text(premise), *_of(premise, known, sources)) for premise in claim.premises]
    width = min(60, max(len(row[0]) for row in rows))
    for number, (text, place, standing) in enumerate(rows, 1):
        yield f"  {f'({number})':>{len(str(len(rows))) + 2}} {text.ljust(width)}   {place}{standing}"


def _of(premise: Premise, known: Mapping[str, Judged], sources: Sources) -> tuple[str, str]:
    """Where a premise stands, and what it is worth."""
    place = _place(premise.location, sources)
    if premise.stated:
        return place, "   stated with the claim"
    other = known.get(premise.claim)
    return place, f"   {other.standing.value}" if other is not None else ""


def _place(location: Location, sources: Sources) -> str:
    where = sources(location.path).position(location.span.start)
    return f"{location.path}:{where.line}:{where.column}"
