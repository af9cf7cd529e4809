"""Text to note: the assembly. Total: any text gives a note, and nothing raises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from vaultcheck.note import blocks, inline, math_spans, regions
from vaultcheck.note.head import read_head
from vaultcheck.note.inline import NO_RANGES, Ranges
from vaultcheck.note.markdown import Piece, Structure, structure
from vaultcheck.note.model import (
    Block,
    Context,
    Defect,
    Link,
    Note,
    Syntax,
    Tag,
)
from vaultcheck.note.suspects import malformed_links, swallowed_links
from vaultcheck.source import Source, Span, make_record

_BY_START = itemgetter(Link._fields.index("start"))


def parse(source: Source) -> Note:
    """Read a note. Every span counts code points of `source.text`."""
    text = source.text
    front = regions.front_matter(text)
    start = front.body if front else (1 if text.startswith("\ufeff") else 0)
    opaque = regions.opaque_blocks(text, start) if "%%" in text or ("$" in text and "$$" in text) else []
    may_hold_ids = "^" in text and blocks.MAY_BE_ID.search(text, start) is not None
    tags = inline.tag_candidates(text, start) if "#" in text else []
    detailed = may_hold_ids or "$" in text or any(tag.marked for tag in tags)
    wikilinks = list(inline.WIKILINK.finditer(text, start))
    found = structure(regions.masked(text, start, opaque), wikilinks, detailed=detailed)
    if opaque:
        _name_opaque(found, opaque)
    reading = _Body(text, start, found, wikilinks, opaque)
    head = read_head(text, front)
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


def _name_opaque(found: Structure, opaque: list[regions.Opaque]) -> None:
    """The headings that stand for `$$` and `%%` blocks become what they are."""
    by_start = {block.start: block for block in opaque}

    def stands_for(start: int, end: int) -> regions.Opaque | None:
        return next((by_start[at] for at in range(start, min(start + 4, end)) if at in by_start), None)

    found.headings[:] = [place for place in found.headings if stands_for(place[1], place[2]) is None]
    renamed: list[Piece] = []
    for kind, start, end in found.blocks:
        block = stands_for(start, end) if kind == "Heading" else None
        if block is None:
            renamed.append((kind, start, end))
        elif block.kind is regions.OpaqueKind.MATH:
            renamed.append(("Math", start, max(end, block.end)))
    found.blocks[:] = renamed


class _Body:
    """What the body of one note holds."""

    def __init__(
        self,
        text: str,
        start: int,
        found: Structure,
        wikilinks: Sequence[re.Match[str]],
        opaque: list[regions.Opaque],
    ) -> None:
        self.text, self.start, self.found, self.opaque = text, start, found, opaque
        self.maths, code = math_spans.maths(text, found, opaque) if "$" in text else ((), [])
        self.hidden = self._hidden(code)
        block_comments = [(b.start, b.end) for b in opaque if b.kind is regions.OpaqueKind.COMMENT]
        self.comment_blocks = Ranges(block_comments) if block_comments else NO_RANGES
        self.may_comment = "%%" in text
        self.templates = Ranges(inline.template_code(text)) if inline.may_hold_template(text) else NO_RANGES
        self.fields = tuple(inline.fields(text, start, self.hidden)) if inline.may_hold_field(text) else ()
        links = list(self._wikilinks(wikilinks))
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
        """Whether a link that begins at a place stands in a comment, asked in ascending order. What begins in code, a
        formula or a `%%` block is no inline comment."""
        rfind, find, hidden = self.text.rfind, self.text.find, self.hidden
        blocks = self.comment_blocks or None
        last = self.start
        spans: Iterator[tuple[int, int]] | None = None  # of this line, once it has a mark before a place asked for
        begin = end = -1

        def inside(place: int) -> bool:
            nonlocal last, spans, begin, end
            if (line_feed := rfind("\n", last, place)) >= 0:
                last, spans = line_feed, None
            if spans is None and find("%%", last, place) >= 0:
                spans = inline.comments(self.text, last)
                begin = end = -1
            last = place
            if spans is not None:
                while end <= place:
                    begin, end = next(spans, (_FAR, _FAR))
                if begin <= place and begin not in hidden and (blocks is None or begin not in blocks):
                    return True
            return blocks is not None and place in blocks

        return inside

    def _context(self, start: int, end: int, commented: bool) -> Context:
        if commented:
            return Context.COMMENT
        if self.templates and (start in self.templates or "{{" in self.text[start:end] or "<%" in self.text[start:end]):
            return Context.TEMPLATE
        return Context.BODY

    def _relation(self, start: int) -> str:
        return next((field.key for field in self.fields if field.span.start <= start < field.span.end), "")

    def _wikilinks(self, found: Iterable[re.Match[str]]) -> Iterator[Link]:
        text, cells, fields = self.text, self.found.cells, self.fields
        borders = {start for start, _ in cells} | {end for _, end in cells} if cells else None
        in_comment = self._comments() if self.may_comment else None
        hidden, templates = self.hidden.walk(), self.templates or None
        parts_of, wikilink, body_context = inline.target_parts, Syntax.WIKILINK, Context.BODY
        for match in found:
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
            if commented or templates is not None:
                context = self._context(start, end, commented)
            relation = self._relation(start) if fields else ""
            yield make_record(
                Link,
                (path, subpath, display, embed, wikilink, context, relation, start - embed, end - start + embed),
            )

    def _markdown_links(self) -> Iterator[Link]:
        in_comment: Callable[[int], bool] | None = None
        for start, end, destination, image, indexed in self.found.links:
            if not indexed or not destination or inline.is_external(destination):
                continue
            if self.hidden and start in self.hidden:
                continue
            decoded = inline.decode_destination(destination)
            if not decoded.readable and not image:
                continue
            path, subpath = inline.split_target(inline.look_up_form(decoded.text))
            if not path and not subpath.strip("#"):
                continue
            if in_comment is None and self.may_comment:
                in_comment = self._comments()
            context = self._context(start, end, in_comment is not None and in_comment(start))
            relation = self._relation(start) if self.fields else ""
            yield Link(path, subpath, "", image, Syntax.MARKDOWN, context, relation, start, end - start)

    def tags(self, candidates: list[inline.TagCandidate]) -> Iterator[Tag]:
        """The candidates that do begin an inline run and stand in no code, formula, link or destination."""
        run_starts = self.found.run_starts() if any(candidate.marked for candidate in candidates) else ()
        in_link: Ranges | None = None
        for candidate in candidates:
            start, name, length, marked = candidate
            if (marked and start not in run_starts) or start in self.hidden:
                continue
            if in_link is None:
                in_link = self._links_between(start, candidates[-1].start)
            if start in in_link:
                continue
            if name[-1] == "_" and self.found.underscores:
                within = inline.without_closer(candidate, self.found.underscores)
                if within is None:
                    continue
                _, name, length, _ = within
            yield make_record(Tag, (name, make_record(Span, (start, start + 1 + length))))

    def _links_between(self, first: int, last: int) -> Ranges:
        """Wikilinks, images and the destinations of Markdown links that may hold places from `first` to `last`."""
        wikilink, find = Syntax.WIKILINK, self.text.rfind
        linked = [
            (start, start + length)
            for _, _, _, _, syntax, _, _, start, length in self.links
            if start <= last and start + length > first and syntax is wikilink
        ]
        linked += [
            (start if image else find("](", start, end), end)
            for start, end, _, image, _ in self.found.links
            if start <= last and end > first
        ]
        return Ranges([(start, end) for start, end in linked if start >= 0]) if linked else NO_RANGES

    def blocks(self) -> tuple[Block, ...]:
        """The block ids of the note."""
        ids = blocks.BlockIds(self.text, self.found, self.hidden, self.comment_blocks)
        return tuple(ids.find(self.start))

    def defects(self) -> Iterator[Defect]:
        if self.maths:
            yield from swallowed_links(self.text, self.maths, self.opaque)
        yield from malformed_links(self.text, self.start, self.hidden, self.found)


_FAR = 1 << 62


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    count = 0
    while at - count > 0 and text[at - count - 1] == "\\":
        count += 1
    return count % 2 == 1
