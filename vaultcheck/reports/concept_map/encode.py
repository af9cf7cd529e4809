"""The rows as the data of the page: compact, escaped, in parts of which the first is enough for the first frame.

What each part holds is written down in docs/formats/map.md.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from vaultcheck.findings import Severity
from vaultcheck.graph.layers import layers
from vaultcheck.reports.concept_map.colours import SEVERITIES, STANDINGS, WEIGHTS
from vaultcheck.reports.concept_map.formulas import mathml
from vaultcheck.reports.concept_map.model import ClaimRow, MapRows, Row, RowKind
from vaultcheck.reports.concept_map.previous import FORMAT

FEW = 12
"""A property with at most so many values can colour the map."""
_SEVERITIES = tuple(Severity)
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_KINDS = {kind: number for number, kind in enumerate(RowKind)}

Json = Any  # what json.dumps takes


def encoded(value: Json) -> str:
    """JSON that may stand in a script element: `<`, `>`, `&` and the two line ends that JSON allows are escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def scene(rows: MapRows) -> dict[str, Json]:
    """What is drawn: places, regions, links, and what colours and filters need."""
    layout = rows.layout
    tags = _common(tag for row in rows.rows for tag in row.tags)
    number = {tag: i for i, tag in enumerate(tags)}
    return {
        "version": FORMAT,
        "vault": rows.vault,
        "kinds": _runs(rows.rows),
        "x": [x for x, _ in layout.places],
        "y": [y for _, y in layout.places],
        "natural": int(layout.natural),
        "region": layout.region,
        "regions": [[name, *circle] for name, circle in zip(rows.names, layout.circles, strict=True)],
        "links": [row.targets for row in rows.rows],
        "findings": _finding_counts(rows.rows),
        "rules": _rules(rows.rows),
        "tags": tags,
        "tagged": {i: sorted({number[tag.lower()] for tag in row.tags}) for i, row in enumerate(rows.rows) if row.tags},
        "properties": _properties(rows.rows),
        "claims": _claims(rows),
        "standings": [[s.value, swatch.mark, swatch.meaning, WEIGHTS[s]] for s, swatch in STANDINGS.items()],
        "severities": [[s.value, swatch.mark, swatch.meaning] for s, swatch in SEVERITIES.items()],
    }


def _runs(rows: Sequence[Row]) -> list[list[int]]:
    """Kinds as runs of rows: the number of the kind, how many."""
    runs: list[list[int]] = []
    for row in rows:
        kind = _KINDS[row.kind]
        if runs and runs[-1][0] == kind:
            runs[-1][1] += 1
        else:
            runs.append([kind, 1])
    return runs


def _common(values: Any) -> list[str]:
    """The values without regard to case, the most frequent first."""
    counted = Counter(value.lower() for value in values)
    return sorted(counted, key=lambda value: (-counted[value], value))


def _finding_counts(rows: Sequence[Row]) -> dict[int, list[int]]:
    return {
        i: [sum(f.severity is severity for f in row.findings) for severity in _SEVERITIES]
        for i, row in enumerate(rows)
        if row.findings
    }


def _rules(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for i, row in enumerate(rows):
        for finding in row.findings:
            found[finding.rule].add(i)
    return {rule: sorted(found[rule]) for rule in sorted(found)}


def _properties(rows: Sequence[Row]) -> list[Json]:
    """The properties that can colour the map: key, values by frequency, the number of the value by row."""
    held: dict[str, dict[int, str]] = defaultdict(dict)
    for i, row in enumerate(rows):
        for key, value in row.properties:
            if value and key.lower() not in {"tags", "tag", "aliases", "alias"}:
                held[key][i] = value
    found = []
    for key in sorted(held):
        counted = Counter(held[key].values())
        if len(held[key]) >= 3 and 2 <= len(counted) <= FEW:
            values = sorted(counted, key=lambda value: (-counted[value], value))
            found.append([key, values, {i: values.index(value) for i, value in held[key].items()}])
    return found


def _claims(rows: MapRows) -> list[Json]:
    """The claims with their places in the drawing of derivations; premises are numbers of claims."""
    number = {claim.id: i for i, claim in enumerate(rows.claims)}
    home = {row.path: i for i, row in enumerate(rows.rows) if row.kind is not RowKind.MISSING}
    rests_on = [sorted({number[p] for p in claim.premises if p in number}) for claim in rows.claims]
    places = layers(rests_on)
    standing = {each: i for i, each in enumerate(STANDINGS)}
    return [
        {
            "id": claim.id,
            "row": home.get(claim.path, -1),
            "line": claim.line,
            "latex": claim.latex,
            "math": mathml(claim.latex, False),
            "understood": claim.understood,
            "verdict": claim.verdict,
            "standing": standing[claim.standing],
            "why": claim.why,
            "premises": rests_on[i],
            "elsewhere": [premise for premise in claim.premises if premise not in number],
            "steps": [_step(step) for step in claim.steps],
            "place": places[i],
        }
        for i, claim in enumerate(rows.claims)
    ]


def _step(step: str) -> list[str | None]:
    """A line of a derivation: words, and MathML when the whole line is a formula between dollar signs."""
    if len(step) > 2 and step[0] == step[-1] == "$":
        return [step[1:-1], mathml(step[1:-1], True)]
    return [step, None]


def words(rows: Sequence[Row]) -> list[Json]:
    """What the search looks through besides titles and tags: aliases, headings, formulas; 0 for a row without any."""
    return [
        [row.aliases, row.headings, [f.latex[:300] for f in row.formulas]]
        if row.aliases or row.headings or row.formulas
        else 0
        for row in rows
    ]


def cards(rows: Sequence[Row], claims: Sequence[ClaimRow], first: int, last: int) -> list[Json]:
    """What the cards of `rows[first:last]` show: properties, formulas, findings, links that arrive."""
    said: Mapping[tuple[str, int], list[int]] = _claims_by_place(claims)
    return [
        {
            "properties": row.properties,
            "formulas": [
                [f.line, f.latex, mathml(f.latex, f.display), int(f.display), said.get((row.path, f.line), [])]
                for f in row.formulas
            ],
            "findings": [[f.rule, _SEVERITIES.index(f.severity), f.line, f.message, f.hint] for f in row.findings],
            "arriving": [[a.source, a.line, a.before, a.shown, a.after] for a in row.arriving],
        }
        for row in rows[first:last]
    ]


def _claims_by_place(claims: Sequence[ClaimRow]) -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        found[claim.path, claim.line].append(number)
    return found
