"""The edit that makes a link name something else, keeping everything around it as it is."""

from __future__ import annotations

import re

from vaultcheck.note.model import Link, Syntax
from vaultcheck.source import Location, Source, Span, TextEdit

_UNLINKABLE = re.compile(r"%%|\[\[|\]\]|[:#|^\\]")
_ESCAPED = {" ": "%20", "%": "%25", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", '"': "%22", "`": "%60"}
_ESCAPE = re.compile(r'[ %<>()"`]')


def linkable(heading: str) -> str:
    """A heading's text as Obsidian writes it into a link: what would end the link or the subpath becomes a space."""
    return " ".join(_UNLINKABLE.sub(" ", heading).split())


def escaped(text: str) -> str:
    """Text as it stands in the destination of a Markdown link: percent escapes for what would end it."""
    return _ESCAPE.sub(lambda match: _ESCAPED[match[0]], text)


def subpath_edit(source: Source, link: Link, subpath: str) -> TextEdit | None:
    """The edit that makes `link` ask for `subpath` (without `#`) instead; `None` when its place cannot be told."""
    written = source.slice(link.span)
    if _in_canvas(source):
        return None
    if link.syntax is Syntax.WIKILINK:
        place = _in_wikilink(written)
    elif link.syntax is Syntax.MARKDOWN:
        place = _in_markdown(written)
        subpath = escaped(subpath)
    else:
        return None
    if place is None:
        return None
    start = link.span.start
    return TextEdit(Location(source.path, Span(start + place.start, start + place.end)), subpath)


def linkpath_edit(source: Source, link: Link, linkpath: str) -> TextEdit | None:
    """The edit that makes a wikilink ask for another note or file; `None` when its place cannot be told."""
    written = source.slice(link.span)
    start = written.find("[[") + 2
    if link.syntax is not Syntax.WIKILINK or start < 2 or _in_canvas(source):
        return None
    body = written[start : -len("]]")]
    end = min((i for i in (body.find("#"), body.find("|", 1)) if i >= 0), default=len(body))
    if body[:end].endswith("\\"):
        end -= 1
    return TextEdit(Location(source.path, Span(link.span.start + start, link.span.start + start + end)), linkpath)


def _in_canvas(source: Source) -> bool:
    """Whether a text stands in JSON, where other escapes hold than in a note."""
    return source.path.lower().endswith(".canvas")


def _in_wikilink(written: str) -> Span | None:
    start = written.find("#")
    if start < 0 or not written.endswith("]]"):
        return None
    end = written.find("|", start)
    end = len(written) - 2 if end < 0 else end
    if written[end - 1] == "\\":
        end -= 1
    return Span(start + 1, end)


_DESTINATION = re.compile(
    r"\]\(\s*(?:<[^<>]*?#(?P<angled>[^<>]*)>|[^\s#<]*#(?P<plain>[^\s]*?))(?:\s+[\"'(].*)?\s*\)$", re.DOTALL
)


def _in_markdown(written: str) -> Span | None:
    found = None
    for start in (match.start() for match in re.finditer(r"\]\(", written)):
        found = _DESTINATION.match(written, start) or found
    if found is None:
        return None
    return Span(*found.span("angled" if found["angled"] is not None else "plain"))
