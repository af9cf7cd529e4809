"""Which blocks of a note carry status tags, and what the tags of one block say together."""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultcheck.config import TagFamilies
from vaultcheck.note.model import Note
from vaultcheck.proof.claim_blocks import TextBlock, TextBlocks
from vaultcheck.proof.status import Reading, Status, read_status
from vaultcheck.source import Span

_ONLY_TAGS = re.compile(r"(?:\s|#[^\s#]+|\^[A-Za-z0-9-]+|%%.*?%%)*")
_STRONGEST = (Status.DISPUTED, Status.OPEN, Status.SETTLED)


class Tagged(NamedTuple):
    """What the tags of a block say; `misspelt` where all that say it are only read as meant."""

    status: Status
    misspelt: bool


def tagged_blocks(note: Note, text: str, blocks: TextBlocks, families: TagFamilies) -> dict[Span, Tagged]:
    """The status of each block that carries a status tag, by the span of the block.

    Of tags that contradict each other the most careful one counts: disputed, then open. A block with a tag of every
    family explains the tags and claims nothing. Tags alone behind a formula belong to it.
    """
    said: dict[Span, list[Reading]] = {}
    for tag in note.tags:
        reading = read_status(tag.name, families) if tag.span.start >= note.text_start else None
        block = blocks.at(tag.span.start) if reading is not None else None
        if reading is not None and block is not None:
            said.setdefault(_owner(block, text, blocks).span, []).append(reading)
    return {
        span: _together(readings) for span, readings in said.items() if len({r.status for r in readings}) < len(Status)
    }


def _owner(block: TextBlock, text: str, blocks: TextBlocks) -> TextBlock:
    before = blocks.before(block)
    alone = _ONLY_TAGS.fullmatch(text, block.span.start, block.span.end) is not None
    if alone and before is not None and text[before.span.start : before.span.end].rstrip().endswith("$$"):
        return before
    return block


def _together(readings: list[Reading]) -> Tagged:
    status = next(status for status in _STRONGEST if any(reading.status is status for reading in readings))
    return Tagged(status, not any(reading.exact for reading in readings if reading.status is status))
