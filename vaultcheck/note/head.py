"""Properties as parts of a note: their places, and the aliases, tags and links that they hold."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from vaultcheck.note import inline, properties
from vaultcheck.note.model import Context, Defect, DefectKind, Link, Note, Property, Syntax, Tag
from vaultcheck.source import Span, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultcheck.note import regions

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


class Head:
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


def _json(value: object) -> str:
    """The JSON text of a property. Most are words or lists of words, for which the encoder is a long way round."""
    if value.__class__ is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if value.__class__ is list:
        return "[" + ", ".join(map(_json, value)) + "]"
    return _ENCODER.encode(value)


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
