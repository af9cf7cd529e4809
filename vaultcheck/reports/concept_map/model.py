"""What the map shows, as plain rows: the page knows nothing else. Frozen data, no work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vaultcheck.findings import Severity
from vaultcheck.graph.layout import Layout
from vaultcheck.proof.model import Standing


class RowKind(StrEnum):
    """What a dot of the map is."""

    NOTE = "note"
    CANVAS = "canvas"
    ATTACHMENT = "attachment"
    MISSING = "missing"


class LinkRow(NamedTuple):
    """A link that reaches a row, seen from there: who links (`source`, a row's number), in which line, and the
    sentence around it in three parts, markup removed. A canvas has no sentences: all three are empty."""

    source: int
    line: int
    before: str
    shown: str
    after: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a row's file."""

    rule: str
    severity: Severity
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """A formula as written, cut where it is longer than the page can carry, and where it stands."""

    line: int
    latex: str
    display: bool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim and what it is worth.

    `id` is unique on the page; `path` and `line` say where the claim is written; `understood` is what was read, in
    words; `verdict` and `why` are the words of the answer; `premises` are ids of other claims; `steps` are the lines
    of the derivation, each LaTeX or words (LaTeX between dollar signs).
    """

    id: str
    path: str
    line: int
    latex: str
    understood: str
    verdict: str
    standing: Standing
    why: str = ""
    premises: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A dot of the map: a note, a canvas, an attachment, or something that links ask for and that is missing.

    `path` can be printed and is unique in its kind; `folder` and `title` are its parts (a note's title has no
    extension). `targets` are the numbers of the rows that its links reach, sorted, each once; `arriving` are the
    links that reach it.
    """

    kind: RowKind
    path: str
    folder: str
    title: str
    aliases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    formulas: tuple[FormulaRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    targets: tuple[int, ...] = ()
    arriving: tuple[LinkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many notes are not on the page, and why."""

    excluded: int = 0
    unpublished: int = 0


@dataclass(frozen=True, slots=True)
class MapRows:
    """Everything that the page shows. Rows are sorted: notes and canvases by folder and title, attachments, missing
    ones. `vault` is the name for `obsidian://` links."""

    vault: str
    rows: tuple[Row, ...]
    layout: Layout
    names: tuple[str, ...]
    """The name of each region of the layout."""
    claims: tuple[ClaimRow, ...] = ()
    left_out: LeftOut = LeftOut()
