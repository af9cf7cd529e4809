"""Block ids that a note gives twice."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.wording import quoted
from vaultcheck.note.model import Block
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("duplicate-block-id", "a note gives the same block id twice", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Ids that are equal without case, at every place but the first; a link reaches only one of the blocks."""
    for path, note in analysis.notes.items():
        if len(note.blocks) < 2 or len({block.id.lower() for block in note.blocks}) == len(note.blocks):
            continue
        first: dict[str, Block] = {}
        for block in sorted(note.blocks, key=lambda block: block.span):
            earlier = first.setdefault(block.id.lower(), block)
            if earlier.span != block.span:
                yield Finding(
                    rule=INFO.name,
                    message=f"the block id {quoted('^' + block.id)} is given before in this note",
                    location=Location(path, block.span),
                    severity=INFO.severity,
                    related=(Related(Location(path, earlier.span), "given here first"),),
                    hint="a link can reach only one of the two; give one of them another id",
                )


RULE = Rule(INFO, check)
