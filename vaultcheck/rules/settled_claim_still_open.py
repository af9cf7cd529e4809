"""Claims that are proved and still tagged as to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vaultcheck.analysis import Analysis
from vaultcheck.config import TagFamilies
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Tag
from vaultcheck.proof.model import Judged, Standing
from vaultcheck.proof.status import Status, read_status
from vaultcheck.proof.wording import said, supposed
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath, Span, TextEdit

INFO = RuleInfo(
    "settled-claim-still-open", "a claim is proved and still tagged as to be checked", Severity.NOTE, fixable=True
)

_SETTLED_WORD = {
    "a_vérifier": "vérifié",
    "à_vérifier": "vérifié",
    "zu_prüfen": "geprüft",
    "zu_pruefen": "geprueft",
    "da_verificare": "verificato",
    "por_verificar": "verificado",
}
"""The settled tag in the language of the open one, where the families know it; else the first word of the family."""


def check(analysis: Analysis) -> Iterator[Finding]:
    """Open claims whose standing is settled: proved, and everything that they rest on is settled or assumed."""
    blocks: dict[tuple[NotePath, Span], list[Judged]] = defaultdict(list)
    for judged in analysis.appraisal.judged:
        if judged.claim.status is Status.OPEN:
            blocks[judged.claim.path, judged.claim.block].append(judged)
    for (path, block), claims in blocks.items():
        settled = [judged for judged in claims if _is_settled(judged)]
        for judged in settled:
            assert judged.verdict is not None
            yield Finding(
                rule=INFO.name,
                message=f"{said(judged.claim)} is {judged.verdict.status.value}, and still tagged as to be checked",
                location=judged.claim.location,
                severity=INFO.severity,
                fix=_fix(analysis, path, block) if len(settled) == len(claims) else None,
            )


def _is_settled(judged: Judged) -> bool:
    """Whether nothing is open: what is proved only for certain signs of its quantities is `open-claim`."""
    verdict = judged.verdict
    return judged.standing is Standing.SETTLED and verdict is not None and not supposed(verdict)


def _fix(analysis: Analysis, path: NotePath, block: Span) -> Fix | None:
    """The settled tag in place of the open one, when there is exactly one status tag in the block and all of its
    claims are settled."""
    found = _status_tags(analysis, path, block)
    if len(found) != 1:
        return None
    ((tag, length, written),) = found
    word = _settled(written, analysis.config.tags)
    start = tag.span.end - len(tag.name)
    place = Span(start, start + length)
    if word is None or analysis.vault.read(path).slice(place) != tag.name[:length]:
        return None
    title = f"write {quoted('#' + word + tag.name[length:])}"
    return Fix(title, Applicability.SAFE, (TextEdit(Location(path, place), word),))


def _status_tags(analysis: Analysis, path: NotePath, block: Span) -> Sequence[tuple[Tag, int, str]]:
    """The status tags in a block when one of them is open: tag, length of the word in it, the word."""
    readings = [
        (tag, read_status(tag.name, analysis.config.tags))
        for tag in analysis.notes[path].tags
        if block.start <= tag.span.start < block.end
    ]
    found = [(tag, reading) for tag, reading in readings if reading is not None]
    if any(reading.status is not Status.OPEN or not reading.exact for _, reading in found):
        return ()
    return [(tag, reading.length, tag.name[: reading.length].lower()) for tag, reading in found]


def _settled(written: str, families: TagFamilies) -> str | None:
    """The settled word that goes with an open one."""
    word = _SETTLED_WORD.get(written)
    if word is not None and word in families.settled:
        return word
    return families.settled[0] if families.settled else None


RULE = Rule(INFO, check)
