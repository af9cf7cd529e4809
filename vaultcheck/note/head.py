"""Properties as parts of a note: their places, and the aliases, tags and links that they hold."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vaultcheck.note import inline, plain_properties, properties
from vaultcheck.note.model import Context, Defect, DefectKind, Link, Note, Property, Syntax, Tag
from vaultcheck.source import Span, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultcheck.note import regions


class Head(NamedTuple):
    """What the properties of one note hold."""

    properties: tuple[Property, ...] = ()
    aliases: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    defects: tuple[Defect, ...] = ()


_NOTHING = Head()


def read_head(text: str, front: regions.FrontMatter | None) -> Head:
    """What the properties of a note hold, given its text and where they stand in it."""
    return _NOTHING if front is None else _head_of(text[front.start : front.end], front.start)


@lru_cache(maxsize=512)
def _head_of(block: str, start: int) -> Head:
    """Many notes of a vault have the same block to the letter at the same place (templates make them), hence the
    cache."""
    stated, telling, problem, at = properties.read(block, start)
    if problem:
        hint = "Obsidian shows such properties as plain text and reads none of them"
        end = next((n for n in range(at - start, len(block)) if block[n] in "\r\n"), len(block))
        return Head(defects=(Defect(DefectKind.PROPERTIES, problem, hint, Span(at, start + end)),))
    if not telling:
        return Head(stated)
    links: list[Link] = []
    tags: list[Tag] = []
    aliases: list[str] = []
    for (key, written, span), value in telling:
        match key.lower():
            case "tags":
                where = _Where(block, start, span)
                tags += [Tag(name, where.text(name)) for name in _property_tags(value)]
            case "aliases":
                items = value if isinstance(value, list) else [value]
                aliases += [item.strip() for item in items if isinstance(item, str) and item.strip()]
        if "[[" in written:
            links += _property_links(key, value, _Where(block, start, span))
    return make_record(Head, (stated, tuple(aliases), tuple(links), tuple(tags), ()))


def forget() -> None:
    """Let go of what was remembered of properties for the sake of the next note."""
    _head_of.cache_clear()
    plain_properties.forget()


class _Where:
    """Places of the values of one key in the properties block, found by their text, in order."""

    def __init__(self, block: str, start: int, key: Span) -> None:
        self.block, self.start, self.key = block, start, key
        self.last = key.end - start

    def text(self, words: str) -> Span:
        """The next place of `words`; the key where they are written otherwise than they read."""
        at = self._find(words, self.last)
        if at < 0:
            at = self._find(words, self.key.end - self.start)
        if at < 0:
            return self.key
        self.last = at + len(words)
        return Span(self.start + at, self.start + at + len(words))

    def _find(self, words: str, begin: int) -> int:
        """The next place of the words from `begin` on that is no part of longer ones; any, where there is none."""
        block = self.block
        at = block.find(words, begin)
        end = at + len(words)
        if at < 0 or (block[max(at - 1, 0)] in _BORDERS and block[end : end + 1] in _BORDERS):
            return at
        border = f"[^{re.escape(_BORDERS)}]"
        whole = re.compile(f"(?<!{border}){re.escape(words)}(?!{border})").search(block, at)
        return whole.start() if whole else at


# What may stand around a tag or a link in YAML, and in no tag.
_BORDERS = " \t\r\n,[]{}\"'#"


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
            span = where.text(value.strip())
            template = "{{" in value or "<%" in value
            context = Context.TEMPLATE if template else Context.BODY
            yield Link(path, subpath, display, False, Syntax.PROPERTY, context, key, span.start, span.end - span.start)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _property_links(f"{key}.{index}", item, where)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _property_links(f"{key}.{name}", item, where)
