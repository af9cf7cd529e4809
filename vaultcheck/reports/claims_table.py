"""The claims of a vault for people: a table a note, one line a claim, and the line that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from vaultcheck.formula.tell import condition
from vaultcheck.formula.verdict import Status as Outcome
from vaultcheck.formula.verdict import Verdict
from vaultcheck.proof.model import Judged, Standing
from vaultcheck.proof.telling import NOTHING_LESS, brief
from vaultcheck.source import NotePath, Source, shown

_COLOURS = {
    Standing.SETTLED: "32",
    Standing.ATTESTED: "32",
    Standing.CONDITIONAL: "33",
    Standing.STALE: "33",
    Standing.CIRCULAR: "31",
    Standing.REFUTED: "31",
}


class Style(Protocol):
    """What the output can show."""

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, if there are colours."""

    def link(self, text: str, path: NotePath) -> str:
        """The text as a link to a file, if links can be shown."""


class Line(NamedTuple):
    """A claim as the table shows it: `cells` are its place, its name in the note, verdict, standing, and why."""

    path: NotePath
    standing: Standing
    verdict: Outcome | None
    cells: tuple[str, str, str, str, str]


def line_of(one: Judged, source: Source) -> Line:
    """The line about a claim; `source` is its note."""
    where = source.position(one.claim.location.span.start)
    verdict = one.verdict.status if one.verdict is not None else None
    place = f"{where.line}:{where.column}"
    cells = (place, short_name(one), verdict.value if verdict else "-", one.standing.value, shown(why(one)))
    return Line(one.claim.path, one.standing, verdict, cells)


def render(lines: Sequence[Line], style: Style) -> Iterator[str]:
    """Place, claim, verdict, standing and why, in the order given, under the path of the note."""
    for number, (path, group) in enumerate(groupby(lines, key=lambda line: line.path)):
        rows = list(group)
        widths = [max(len(row.cells[column]) for row in rows) for column in range(4)]
        yield ("\n" if number else "") + style.paint(style.link(shown(path), path), "1") + "\n"
        for row in rows:
            place, name, verdict, standing = (cell.ljust(width) for cell, width in zip(row.cells, widths, strict=False))
            painted = style.paint(standing, _COLOURS.get(row.standing, ""))
            yield f"  {place}  {name}  {verdict}  {painted}  {row.cells[4]}".rstrip() + "\n"


def short_name(one: Judged) -> str:
    """The name of a claim within its note: `^id`, else its line."""
    name = one.claim.id
    at = name.rfind("#^")
    return shown(name[at + 1 :] if at >= 0 else name[name.rfind(":") :])


def why(one: Judged) -> str:
    """What decides, in a few words: the reason of the verdict where it says more than the standing does."""
    verdict = one.verdict
    if verdict is None:
        return one.why
    words = [
        brief(one.claim, verdict) or _reason(verdict),
        f"provided {' and '.join(map(condition, verdict.provided))}" if verdict.provided else "",
    ]
    said = [one.why] if one.standing not in {Standing.OPEN, Standing.REFUTED, Standing.SETTLED} else []
    if one.standing in {Standing.OPEN, Standing.REFUTED} and one.why not in {verdict.status.value, "it is refuted"}:
        said = [one.why]
    kept = [text for text in (*words, *said) if text]
    bare = [text.removeprefix("it ") for text in kept]
    return "; ".join(text for at, text in enumerate(kept) if not any(bare[at] in other for other in kept[:at]))


def _reason(verdict: Verdict) -> str:
    kind = verdict.refutation.value if verdict.refutation is not None and verdict.status is Outcome.REFUTED else ""
    reason = verdict.why.value if verdict.why is not None else kind
    words = [reason, verdict.detail]
    if verdict.only_if:
        words.append(f"true only if {' or '.join(verdict.only_if)}")
    if verdict.missing not in {"", NOTHING_LESS} and not verdict.detail:
        words.append(f"missing: {verdict.missing}")
    return ", ".join(word for word in words if word)


def summary(lines: Sequence[Line]) -> str:
    """How many claims there are of each standing, and how many verdicts of each kind."""
    if not lines:
        return "No claims."
    standings = Counter(one.standing for one in lines)
    verdicts = Counter(one.verdict for one in lines if one.verdict is not None)
    parts = [f"{standings[standing]:,} {standing.value}" for standing in Standing if standings[standing]]
    kinds = [f"{verdicts[status]:,} {status.value}" for status in Outcome if verdicts[status]]
    return f"{len(lines):,} claim{'s' * (len(lines) != 1)}: {', '.join(parts)}" + (
        f" (verdicts: {', '.join(kinds)})" if kinds else ""
    )
