"""Claims for programs: JSON, version 1 of the format (docs/formats/claims-v1.md).

A published format is a promise: this module does not change what it writes, a new version is a new module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from vaultcheck import __version__
from vaultcheck.formula.codec import to_json
from vaultcheck.formula.tell import condition
from vaultcheck.formula.verdict import Verdict
from vaultcheck.formula.write import to_text
from vaultcheck.proof.model import Claim, Judged, Premise
from vaultcheck.proof.needs import needed
from vaultcheck.proof.telling import NOTHING_LESS, premise_text, story
from vaultcheck.source import Location, NotePath, Source

VERSION = 1

Sources = Callable[[NotePath], Source]


def render(rows: Sequence[str]) -> Iterator[str]:
    """One JSON object in pieces, from what `row` made of each claim, a claim a line."""
    head = json.dumps({"version": VERSION, "vaultcheck": __version__}, ensure_ascii=False)
    yield head[:-1] + ',\n"claims": ['
    for number, one in enumerate(rows):
        yield ("," if number else "") + "\n" + one
    yield "\n]}\n" if rows else "]}\n"


def row(one: Judged, sources: Sources) -> str:
    """A claim as a JSON object."""
    return json.dumps(_row(one, sources), ensure_ascii=False)


def _row(one: Judged, sources: Sources) -> dict[str, object]:
    claim, verdict = one.claim, one.verdict
    problem = claim.reading.problem
    return {
        "id": claim.id,
        **_place(claim.location, sources),
        "latex": claim.math.latex if claim.math is not None else None,
        "understood": [to_text(relation) for relation in claim.reading.relations],
        "guesses": [guess.text for guess in claim.reading.guesses],
        "problem": None if problem is None else {"at": problem.span[0], "expected": problem.expected},
        "role": claim.role.value,
        "tagged": claim.status.value if claim.status is not None else None,
        "misspelt": claim.misspelt,
        "unasserted": claim.unasserted.value if claim.unasserted is not None else None,
        "way": claim.way.value,
        "premises": [_premise(premise, one, sources) for premise in claim.premises],
        "evidence": [" ".join(sources(claim.path).slice(link.span).split()) for link in claim.evidence],
        "verdict": _verdict(claim, verdict) if verdict is not None else None,
        "standing": one.standing.value,
        "why": one.why,
        "loop": list(one.loop),
        "since": one.since or None,
    }


def _premise(premise: Premise, one: Judged, sources: Sources) -> dict[str, object]:
    return {
        "claim": premise.claim or None,
        **_place(premise.location, sources),
        "understood": premise_text(premise),
        "stated": premise.stated,
        "needed": premise in needed(one.claim, one.verdict),
    }


def _verdict(claim: Claim, verdict: Verdict) -> dict[str, object]:
    return {
        "status": verdict.status.value,
        "refutation": verdict.refutation.value if verdict.refutation is not None else None,
        "reason": verdict.why.value if verdict.why is not None else None,
        "detail": verdict.detail,
        "warning_only": verdict.warning_only,
        "provided": [condition(one) for one in verdict.provided],
        "only_if": list(verdict.only_if),
        "missing": verdict.missing if verdict.missing not in {"", NOTHING_LESS} else None,
        "correspondences": [dict(reading) for reading in verdict.correspondences],
        "derivation": list(story(claim, verdict)),
        "evidence": to_json(verdict.evidence),
    }


def _place(location: Location, sources: Sources) -> dict[str, object]:
    where = sources(location.path).position(location.span.start)
    return {"path": location.path, "line": where.line, "column": where.column, "offset": location.span.start}
