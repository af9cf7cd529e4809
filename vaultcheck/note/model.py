"""What a note is once it is read. Frozen data, no work.

The records of which a vault holds hundreds of thousands are named tuples, which are made and decoded several
times faster than frozen dataclasses (docs/adr/0014). Every span counts code points of the file's whole text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from vaultcheck.source import NotePath, Span


class Syntax(StrEnum):
    """How a link is written."""

    WIKILINK = "wikilink"
    MARKDOWN = "markdown"
    PROPERTY = "property"
    CANVAS = "canvas"


class Context(StrEnum):
    """Where a link stands: links in comments and template code are indexed but hardly ever meant as such."""

    BODY = "body"
    COMMENT = "comment"
    TEMPLATE = "template"


class BlockKind(StrEnum):
    """What a block id names."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    LIST_ITEM = "listItem"
    QUOTE = "blockquote"
    CALLOUT = "callout"
    TABLE = "table"
    CODE = "code"
    MATH = "math"
    HTML = "html"
    FOOTNOTE = "footnote"


class DefectKind(StrEnum):
    """What a reader met that cannot be meant so."""

    PROPERTIES = "properties"
    UNBALANCED_MATH = "unbalanced-math"
    MALFORMED_LINK = "malformed-link"
    CANVAS = "canvas"


class Link(NamedTuple):
    """A link or embed as written.

    `linkpath` is what the look-up gets: trimmed, NFC, no-break spaces folded, percent-decoded for Markdown links;
    empty for a link into the note itself. `subpath` is the text after the first `#`, without it (`A#B`, `^id`).
    `relation` is the key of the inline field or property that holds the link, else empty. `start` and
    `length` are those of `span`, which covers the whole link, marks included.
    """

    linkpath: str
    subpath: str
    display: str
    embed: bool
    syntax: Syntax
    context: Context
    relation: str
    start: int
    length: int

    @property
    def end(self) -> int:
        """The offset behind the link. Its length is kept instead: small numbers cost no memory."""
        return self.start + self.length

    @property
    def span(self) -> Span:
        """Where the link stands. There are too many links to keep a span for each."""
        return Span(self.start, self.start + self.length)

    @property
    def block(self) -> str:
        """The block id asked for, without `^`, when the subpath is one (`^id` alone); else empty."""
        return self.subpath[1:] if self.subpath.startswith("^") and "#" not in self.subpath else ""

    @property
    def heading(self) -> tuple[str, ...]:
        """The headings asked for, outermost first; empty parts are dropped."""
        return tuple(part for part in self.subpath.split("#") if part)


class Heading(NamedTuple):
    """A linkable heading: `text` is the raw source between the marks; its `section` runs to the next heading of the
    same or a higher level."""

    level: int
    text: str
    start: int
    end: int
    section_end: int

    @property
    def span(self) -> Span:
        """The heading itself, marks included."""
        return Span(self.start, self.end)

    @property
    def section(self) -> Span:
        """The heading with everything below it."""
        return Span(self.start, self.section_end)


class Block(NamedTuple):
    """A block id, where it is written (`span`, with its `^`), and the block it names (`covers`)."""

    id: str
    kind: BlockKind
    span: Span
    covers: Span


class Tag(NamedTuple):
    """A tag without its `#`, as written; `span` includes the `#` where there is one."""

    name: str
    span: Span


class Field(NamedTuple):
    """An inline field `key:: value`; `span` covers the value."""

    key: str
    value: str
    span: Span


class Property(NamedTuple):
    """A property: `value` is its JSON text, `span` its place in the properties block."""

    key: str
    value: str
    span: Span


class Math(NamedTuple):
    """A formula: `body` is the span of the LaTeX between its delimiters, `span` includes them."""

    latex: str
    body: Span
    span: Span
    display: bool


class Ignore(NamedTuple):
    """`%% vaultcheck: ignore[rules] reason %%`: `scope` is the stretch of text in which findings are overruled;
    an empty `rules` means every rule."""

    rules: tuple[str, ...]
    reason: str
    scope: Span
    span: Span


class Defect(NamedTuple):
    """Something met while reading, with the words for it."""

    kind: DefectKind
    message: str
    hint: str
    span: Span


class Note(NamedTuple):
    """A note (or canvas) as read: everything that links, names or states. It does not hold its text."""

    path: NotePath
    properties: tuple[Property, ...] = ()
    aliases: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    fields: tuple[Field, ...] = ()
    maths: tuple[Math, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    defects: tuple[Defect, ...] = ()
    text_start: int = 0
    """Offset of the body: behind a byte-order mark and the properties."""
