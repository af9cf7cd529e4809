"""What a link reaches, and the graph that the links make. Frozen data, no work."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from vaultcheck.note.model import Block, Heading
from vaultcheck.source import Location, NotePath, of_its_kind


@of_its_kind
class NoteTarget(NamedTuple):
    """A whole note."""

    path: NotePath


@of_its_kind
class HeadingTarget(NamedTuple):
    """A heading of a note."""

    path: NotePath
    heading: Heading


@of_its_kind
class BlockTarget(NamedTuple):
    """A block of a note, by its id."""

    path: NotePath
    block: Block


@of_its_kind
class FileTarget(NamedTuple):
    """An attachment, canvas or base; `fragment` (`page=3`, a view's name) is a viewer's option, not validated."""

    path: NotePath
    fragment: str = ""


Target = NoteTarget | HeadingTarget | BlockTarget | FileTarget


class Part(StrEnum):
    """Which part of a link reaches nothing."""

    NOTE = "note"
    ATTACHMENT = "attachment"
    HEADING = "heading"
    BLOCK = "block"
    OUTSIDE = "outside"
    """A relative path that climbs above the vault's root and names nothing inside it."""


@of_its_kind
class Resolved(NamedTuple):
    """The link reaches exactly this."""

    target: Target


@of_its_kind
class Ambiguous(NamedTuple):
    """Obsidian's rules leave several files equally good; which one it opens depends on its index order."""

    candidates: tuple[NotePath, ...]


@of_its_kind
class Missing(NamedTuple):
    """The link reaches nothing: `part` says what is missing, `name` how it was asked for, and `path` is the note
    that was reached when only its heading or block is missing."""

    part: Part
    name: str
    path: NotePath | None = None


Resolution = Resolved | Ambiguous | Missing


class NodeKind(StrEnum):
    """What a node of the graph is."""

    NOTE = "note"
    HEADING = "heading"
    BLOCK = "block"
    TAG = "tag"
    FILE = "file"
    MISSING = "missing"


class EdgeKind(StrEnum):
    """How two nodes are joined. `evidence` is a link under an inline field such as `from::`."""

    LINK = "link"
    EMBED = "embed"
    TAGGED = "tagged"
    CONTAINS = "contains"
    EVIDENCE = "evidence"


class Node(NamedTuple):
    """A node: its kind and a key that is unique within the kind (`Note.md`, `Note.md#Heading`, `Note.md#^id`,
    a tag in lower case, the name that a missing target was asked for)."""

    kind: NodeKind
    key: str


class Edge(NamedTuple):
    """A written connection and where it is written; `relation` is the field or property that holds it."""

    source: Node
    target: Node
    kind: EdgeKind
    relation: str
    location: Location
