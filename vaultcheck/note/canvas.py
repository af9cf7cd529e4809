"""A canvas (JSON Canvas 1.0) to a note: its file nodes and the links in its text nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from vaultcheck.note.inline import look_up_form
from vaultcheck.note.model import Context, Defect, DefectKind, Link, Note, Syntax
from vaultcheck.note.parse import parse
from vaultcheck.source import Source, Span

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|[{}\[\]:,]', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_KEYS = frozenset({"file", "text", "subpath", "background"})


class _Place(NamedTuple):
    """A string value of an object: its key, and where its characters stand, quotes left out."""

    key: str
    span: Span


def parse_canvas(source: Source) -> Note:
    """Read a canvas. File nodes and the backgrounds of groups are embeds by whole path, text nodes are Markdown.

    JSON that cannot be read, or that is no canvas, gives a defect and no links. An empty file is an empty canvas.
    """
    text = source.text.removeprefix("\ufeff")
    if not text.strip():
        return Note(source.path)
    try:
        loaded = json.loads(text)
    except ValueError as error:
        at = getattr(error, "pos", 0)
        return _defective(source, f"not valid JSON: {str(error).split(':')[0].lower()}", at)
    except RecursionError:
        return _defective(source, "nested too deeply", 0)
    nodes = loaded.get("nodes", []) if isinstance(loaded, dict) else None
    if not isinstance(nodes, list):
        return _defective(source, 'not a canvas: it has no list "nodes"', 0)
    return _note(source, nodes)


def _defective(source: Source, message: str, at: int) -> Note:
    place = Span(at, min(at + 1, len(source.text)))
    return Note(source.path, defects=(Defect(DefectKind.CANVAS, message, "Obsidian cannot open it", place),))


def _note(source: Source, nodes: list[Any]) -> Note:
    places = _places(source.text)
    links: list[Link] = []
    tags: list[Any] = []
    for node in nodes:
        if not isinstance(node, dict):
            continue
        where = {key: _next_place(places, source.text, key, node[key]) for key in node if isinstance(node[key], str)}
        kind = node.get("type")
        if kind == "text" and isinstance(node.get("text"), str):
            moved = _moved(source, node["text"], where["text"])
            links += moved.links
            tags += moved.tags
        elif kind == "file" and isinstance(node.get("file"), str):
            links.append(_file_link(node["file"], str(node.get("subpath") or ""), where["file"]))
        elif kind == "group" and isinstance(node.get("background"), str):
            links.append(_file_link(node["background"], "", where["background"]))
    ordered = tuple(sorted(links, key=lambda link: link.start))
    return Note(source.path, links=ordered, tags=tuple(sorted(tags, key=lambda tag: tag.span)))


def _file_link(path: str, subpath: str, place: Span) -> Link:
    return Link(
        look_up_form(path),
        subpath.removeprefix("#"),
        "",
        True,
        Syntax.CANVAS,
        Context.BODY,
        "",
        place.start,
        place.end - place.start,
    )


def _places(text: str) -> dict[str, list[Span]]:
    """Where the string values of the interesting keys stand, by key, in order."""
    found: dict[str, list[Span]] = {key: [] for key in _KEYS}
    for place in _string_values(text):
        if place.key in found:
            found[place.key].append(place.span)
    return {key: spans[::-1] for key, spans in found.items()}


def _string_values(text: str) -> Iterator[_Place]:
    key, previous, awaiting = "", "", False
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark == ":":
            awaiting = True
            key = previous
        elif mark[0] == '"':
            if awaiting:
                yield _Place(key, Span(*match.span(1)))
            previous = match[1]
            awaiting = False
        else:
            awaiting = False


def _next_place(places: dict[str, list[Span]], text: str, key: str, value: str) -> Span:
    """The next place of a key whose text is this value; the beginning of the file when the two do not agree."""
    waiting = places.get(key)
    while waiting:
        span = waiting.pop()
        if text[span.start : span.end] == value or "\\" in text[span.start : span.end]:
            return span
    return Span(0, 0)


def _moved(source: Source, text: str, place: Span) -> Note:
    """The links and tags of a text node, with their places in the canvas file."""
    note = parse(Source(source.path, text))
    if not note.links and not note.tags:
        return note
    at = _raw_offsets(source.text[place.start : place.end])

    def moved(span: Span) -> Span:
        return Span(place.start + at(span.start), place.start + at(span.end))

    links = []
    for link in note.links:
        start, end = moved(link.span)
        links.append(link._replace(start=start, length=end - start))
    return note._replace(links=tuple(links), tags=tuple(tag._replace(span=moved(tag.span)) for tag in note.tags))


def _raw_offsets(raw: str) -> Callable[[int], int]:
    """From an offset in a decoded JSON string to one in its written form."""
    if "\\" not in raw:
        return int
    offsets: list[int] = []
    position = 0
    for match in _ESCAPE.finditer(raw):
        offsets += range(position, match.start())
        position = match.end()
        # The second half of a surrogate pair adds no character of its own.
        if not (match[1] and 0xDC00 <= int(match[1], 16) <= 0xDFFF):
            offsets.append(match.start())
    offsets += range(position, len(raw) + 1)
    return lambda offset: offsets[min(offset, len(offsets) - 1)]
