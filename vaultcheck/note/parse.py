"""Text to note: the assembly. Total: any text gives a note, and nothing raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from vaultcheck.note import blocks, inline, math_spans, properties, regions
from vaultcheck.note.inline import NO_RANGES, Ranges
from vaultcheck.note.markdown import Piece, Structure, structure
from vaultcheck.note.model import (
    Block,
    Context,
    Defect,
    DefectKind,
    Link,
    Note,
    Property,
    Syntax,
    Tag,
)
from vaultcheck.note.suspects import malformed_links, swallowed_links
from vaultcheck.source import Source, Span, make_record

_BY_START = itemgetter(Link._fields.index("start"))
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def parse(source: Source) -> Note:
    """Read a note. Every span counts code points of `source.text`."""
    text = source.text
    front = regions.front_matter(text)
    start = front.body if front else (1 if text.startswith("\ufeff") else 0)
    opaque = regions.opaque_blocks(text, start) if "%%" in text or ("$" in text and "$$" in text) else []
    may_hold_ids = "^" in text and blocks.MAY_BE_ID.search(text, start) is not None
    tags = inline.tag_candidates(text, start) if "#" in text else []
    detailed = may_hold_ids or "$" in text or any(tag.marked for tag in tags)
    found = structure(regions.masked(text, start, opaque), detailed=detailed)
    if opaque:
        _name_opaque(found, opaque)
    reading = _Body(text, start, found, opaque)
    head = _Head(text, front)
    return Note(
        path=source.path,
        properties=head.properties,
        aliases=head.aliases,
        headings=blocks.headings(text, found.headings),
        blocks=reading.blocks() if may_hold_ids else (),
        links=(*head.links, *reading.links),
        tags=(*head.tags, *reading.tags(tags)) if tags else head.tags,
        fields=reading.fields,
        maths=reading.maths,
        ignores=tuple(inline.ignores(text, start)) if "vaultcheck:" in text else (),
        defects=(*head.defects, *reading.defects()),
        text_start=start,
    )


def _json(value: object) -> str:
    """The JSON text of a property. Most are words or lists of words, for which the encoder is a long way round."""
    if value.__class__ is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if value.__class__ is list:
        return "[" + ", ".join(map(_json, value)) + "]"
    return _ENCODER.encode(value)


def forget() -> None:
    """Let go of what was remembered of properties for the sake of the next note."""
    properties.read.cache_clear()


def _name_opaque(found: Structure, opaque: list[regions.Opaque]) -> None:
    """The headings that stand for `$$` and `%%` blocks become what they are."""
    by_start = {block.start: block for block in opaque}

    def stands_for(start: int, end: int) -> regions.Opaque | None:
        return next((by_start[at] for at in range(start, min(start + 4, end)) if at in by_start), None)

    found.headings[:] = [place for place in found.headings if stands_for(place[1], place[2]) is None]
    renamed: list[Piece] = []
    for piece in found.blocks:
        block = stands_for(piece.start, piece.end) if piece.kind == "Heading" else None
        if block is None:
            renamed.append(piece)
        elif block.kind is regions.OpaqueKind.MATH:
            renamed.append(Piece("Math", piece.start, max(piece.end, block.end)))
    found.blocks[:] = renamed


class _Body:
    """What the body of one note holds."""

    def __init__(self, text: str, start: int, found: Structure, opaque: list[regions.Opaque]) -> None:
        self.text, self.start, self.found, self.opaque = text, start, found, opaque
        self.maths, code = math_spans.maths(text, found, opaque) if "$" in text else ((), [])
        self.hidden = self._hidden(code)
        block_comments = [(b.start, b.end) for b in opaque if b.kind is regions.OpaqueKind.COMMENT]
        self.comment_blocks = Ranges(block_comments) if block_comments else NO_RANGES
        self.may_comment = "%%" in text
        self.templates = (
            Ranges(inline.template_code(text))
            if ("<" in text and "<%" in text) or ("{" in text and "{{" in text)
            else NO_RANGES
        )
        self.fields = tuple(inline.fields(text, start, self.hidden)) if "::" in text else ()
        links = list(self._wikilinks())
        if found.links and (marked := list(self._markdown_links())):
            links = sorted(links + marked, key=_BY_START)
        self.links = tuple(links)

    def _hidden(self, code: list[tuple[int, int]]) -> Ranges:
        """Code, HTML and formulas: what holds no links, tags and ids."""
        if not self.maths and not self.opaque:
            return Ranges(self.found.opaque) if self.found.opaque else NO_RANGES
        formulas = [math.span for math in self.maths]
        # A code span that begins inside a formula is part of the formula.
        in_formula = Ranges(formulas)
        taken = [pair for pair in self.found.opaque if pair[0] not in in_formula]
        return Ranges((*taken, *formulas, *code, *self._code_in_comments()))

    def _code_in_comments(self) -> list[tuple[int, int]]:
        """A block comment is read as one inline run, in which a fence is inline code."""
        spans: list[tuple[int, int]] = []
        for block in self.opaque:
            if block.kind is regions.OpaqueKind.COMMENT and "`" in self.text[block.inner_start : block.inner_end]:
                spans += math_spans.inline_math(self.text, block.inner_start, block.inner_end)[1]
        return spans

    def _comments(self) -> Callable[[int], bool]:
        """Whether a place stands in a comment, asked in ascending order; comments behind the last one asked are
        not looked for. What begins in code, a formula or a `%%` block is no inline comment."""
        blocks, hidden = self.comment_blocks, self.hidden
        inline_comments = inline.comments(self.text, self.start)
        begin = end = -1

        def inside(place: int) -> bool:
            nonlocal begin, end
            while end <= place:
                begin, end = next(inline_comments, (_FAR, _FAR))
            return (begin <= place and begin not in blocks and begin not in hidden) or place in blocks

        return inside

    def _context(self, start: int, end: int, commented: bool) -> Context:
        if commented:
            return Context.COMMENT
        if self.templates and (start in self.templates or "{{" in self.text[start:end] or "<%" in self.text[start:end]):
            return Context.TEMPLATE
        return Context.BODY

    def _relation(self, start: int) -> str:
        return next((field.key for field in self.fields if field.span.start <= start < field.span.end), "")

    def _wikilinks(self) -> Iterator[Link]:
        text, cells, fields = self.text, self.found.cells, self.fields
        borders = {start for start, _ in cells} | {end for _, end in cells} if cells else None
        in_comment = self._comments() if self.may_comment else None
        hidden = self.hidden.walk()
        parts_of, wikilink, body_context = inline.target_parts, Syntax.WIKILINK, Context.BODY
        for match in inline.WIKILINK.finditer(text, self.start):
            start, end = match.span()
            if hidden(start):
                continue
            before = text[start - 1] if start else ""
            if before == "\\" and _escaped(text, start):
                continue
            body = match[1]
            if borders and "|" in body and any(place in borders for place in range(start, end)):
                continue
            bar = body.find("|", 1)
            path, subpath = parts_of((body if bar < 0 else body[:bar]).removesuffix("\\"))
            if not path and not subpath:
                continue
            display = body[bar + 1 :].strip() if bar >= 0 else ""
            embed = before == "!" and not _escaped(text, start - 1)
            context = body_context
            commented = in_comment is not None and in_comment(start)
            if commented or self.templates:
                context = self._context(start, end, commented)
            relation = self._relation(start) if fields else ""
            yield make_record(
                Link,
                (path, subpath, display, embed, wikilink, context, relation, start - embed, end - start + embed),
            )

    def _markdown_links(self) -> Iterator[Link]:
        in_comment = self._comments()
        for link in self.found.links:
            destination = link.destination
            if not link.indexed or not destination or inline.is_external(destination):
                continue
            if self.hidden and link.start in self.hidden:
                continue
            decoded = inline.decode_destination(destination)
            if not decoded.readable and not link.image:
                continue
            path, subpath = inline.split_target(inline.look_up_form(decoded.text))
            if not path and not subpath.strip("#"):
                continue
            relation = self._relation(link.start) if self.fields else ""
            context = self._context(link.start, link.end, self.may_comment and in_comment(link.start))
            yield Link(
                path, subpath, "", link.image, Syntax.MARKDOWN, context, relation, link.start, link.end - link.start
            )

    def tags(self, candidates: list[inline.TagCandidate]) -> Iterator[Tag]:
        """The candidates that do begin an inline run and stand in no code, formula, link or destination."""
        run_starts = self.found.run_starts() if any(candidate.marked for candidate in candidates) else ()
        in_link: Ranges | None = None
        for candidate in candidates:
            start, name, length, marked = candidate
            if (marked and start not in run_starts) or start in self.hidden:
                continue
            if in_link is None:
                in_link = self._links_from(start)
            if start in in_link:
                continue
            if name[-1] == "_" and self.found.underscores:
                within = inline.without_closer(candidate, self.found.underscores)
                if within is None:
                    continue
                _, name, length, _ = within
            yield Tag(name, Span(start, start + 1 + length))

    def _links_from(self, first: int) -> Ranges:
        """Wikilinks, images and the destinations of Markdown links, those that end behind a place."""
        wikilink, find = Syntax.WIKILINK, self.text.rfind
        linked = [
            (start, start + length)
            for _, _, _, _, syntax, _, _, start, length in self.links
            if start + length > first and syntax is wikilink
        ]
        linked += [
            (start if image else find("](", start, end), end)
            for start, end, _, image, _ in self.found.links
            if end > first
        ]
        return Ranges([(start, end) for start, end in linked if start >= 0]) if linked else NO_RANGES

    def blocks(self) -> tuple[Block, ...]:
        """The block ids of the note."""
        ids = blocks.BlockIds(self.text, self.found, self.found.top(), self.hidden, self.comment_blocks)
        return tuple(ids.find(self.start))

    def defects(self) -> Iterator[Defect]:
        yield from swallowed_links(self.text, self.maths, self.opaque)
        yield from malformed_links(self.text, self.start, self.hidden, self.found)


_FAR = 1 << 62


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    count = 0
    while at - count > 0 and text[at - count - 1] == "\\":
        count += 1
    return count % 2 == 1


class _Head:
    """What the properties of one note hold."""

    def __init__(self, text: str, front: regions.FrontMatter | None) -> None:
        self.properties: tuple[Property, ...] = ()
        self.aliases: tuple[str, ...] = ()
        self.links: tuple[Link, ...] = ()
        self.tags: tuple[Tag, ...] = ()
        self.defects: tuple[Defect, ...] = ()
        if front is None:
            return
        block = text[front.start : front.end]
        read = properties.read(block)
        if read.problem:
            at = front.start + read.at
            hint = "Obsidian shows such properties as plain text and reads none of them"
            self.defects = (Defect(DefectKind.PROPERTIES, read.problem, hint, _line_at(text, at, front.end)),)
            return
        if not read.values:
            return
        self._fill(text, front, read.values)

    def _fill(self, text: str, front: regions.FrontMatter, values: dict[str, Any]) -> None:
        where = _Where(text, front)
        found: list[Property] = []
        links: list[Link] = []
        tags: list[Tag] = []
        aliases: list[str] = []
        for key, value in values.items():
            span = where.key(key)
            written = _json(value)
            found.append(make_record(Property, (key, written, span)))
            if value is None:
                continue
            match key.lower():
                case "tags":
                    tags += [Tag(name, where.text(name, span)) for name in _property_tags(value)]
                case "aliases":
                    items = value if isinstance(value, list) else [value]
                    aliases += [item.strip() for item in items if isinstance(item, str) and item.strip()]
            if "[[" in written:
                links += _property_links(key, value, where)
        self.properties, self.links = tuple(found), tuple(links)
        self.tags, self.aliases = tuple(tags), tuple(aliases)


class _Where:
    """Places of keys and values in the properties block, found by their text, in order."""

    def __init__(self, text: str, front: regions.FrontMatter) -> None:
        self.source, self.start, self.end = text, front.start, front.end
        self.searched: dict[str, int] = {}

    def key(self, key: str) -> Span:
        at = self.source.find(key, self.start, self.end)
        return make_record(Span, (at, at + len(key)) if at >= 0 else (self.start, self.start))

    def text(self, words: str, fallback: Span) -> Span:
        at = self.source.find(words, max(self.searched.get(words, fallback.end), self.start), self.end)
        if at < 0:
            at = self.source.find(words, self.start, self.end)
        if at < 0:
            return fallback
        self.searched[words] = at + len(words)
        return Span(at, at + len(words))


def split_tags(note: Note) -> Note:
    """The note with a `tags` property that is one text with blanks or commas read as several tags, as older versions
    of Obsidian did; Obsidian drops such a text today."""
    for written in note.properties:
        value = json.loads(written.value) if written.key.lower() == "tags" else None
        if isinstance(value, str) and ("," in value or " " in value.strip()):
            names = _property_tags(value.replace(",", " ").split())
            return note._replace(tags=(*(Tag(name, written.span) for name in names), *note.tags))
    return note


def _property_tags(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            name = item.strip().removeprefix("#").rstrip("/")
            if name and not any(char.isspace() for char in name) and not name.isdigit():
                yield name


def _property_links(key: str, value: object, where: _Where) -> Iterator[Link]:
    """Values that are one wikilink and nothing else, however deep; keyed `up`, `rel.0`, `a.b`."""
    if isinstance(value, str):
        match = inline.WIKILINK.fullmatch(value.strip())
        if match is None:
            return
        target, display = inline.split_wikilink(match[1])
        path, subpath = inline.target_parts(target)
        if path or subpath:
            span = where.text(value.strip(), where.key(key.split(".")[0]))
            template = "{{" in value or "<%" in value
            context = Context.TEMPLATE if template else Context.BODY
            yield Link(path, subpath, display, False, Syntax.PROPERTY, context, key, span.start, span.end - span.start)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _property_links(f"{key}.{index}", item, where)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _property_links(f"{key}.{name}", item, where)


def _line_at(text: str, at: int, end: int) -> Span:
    stop = at
    while stop < end and text[stop] not in "\r\n":
        stop += 1
    return Span(at, max(stop, at))
