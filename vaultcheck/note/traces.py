"""What looks like an anchor in a note's text but is none that a link could reach; each text is searched once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from vaultcheck.note.model import Heading
from vaultcheck.source import Source

_TAG = re.compile(r"<\w[^<>]*>")
_NAME = re.compile(r"\b(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_INSIDE = re.compile(
    r"^[ \t]*(?:>|[-*+] |\d+[.)] |%%)[ \t>]*(?:[-*+] |\d+[.)] |\[![^\]]*\] ?)*#{1,6}[ \t]+(.*)$", re.MULTILINE
)
_ANYWHERE = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)
_ID = re.compile(r"(?<!#)\^([\w-]+)")
_WORD = re.compile(r"[\w-]*")
_REST = re.compile(r"[ \t]*$", re.MULTILINE)


class WrittenId(NamedTuple):
    """Where `^id` is written (line from 1), and whether nothing follows it on its line."""

    line: int
    ends_line: bool


class Traces:
    """Headings, HTML anchors and block ids as the eye finds them, whatever they stand in.

    `headings` are the ones of the note that count; a text is searched when it is first asked about.
    """

    def __init__(self, source: Source, headings: Iterable[Heading] = ()) -> None:
        self._source = source
        self._headings = headings

    def is_heading(self, heading: str) -> bool:
        """Whether the note has a heading that looks like this one, whatever the form of its accents."""
        return plain(heading) in self._forms

    def is_html_anchor(self, name: str) -> bool:
        """Whether an HTML tag has this `id` or `name`, in any case."""
        return name.lower() in self._anchors

    def is_inside(self, heading: str) -> bool:
        """Whether a line in a list, quote, callout or comment looks like this heading."""
        return plain(heading) in self._inside

    def heading_line(self, heading: str) -> int | None:
        """The first line that looks like this heading; `None` when there is none."""
        offset = self._anywhere.get(plain(heading))
        return None if offset is None else self._source.position(offset).line

    def written_id(self, name: str) -> WrittenId | None:
        """Where a block id (without `^`) is first written, in any case; `None` when it is nowhere."""
        text, wanted = self._source.text, name.lower()
        word = _WORD.match(wanted)
        for start in self._ids.get(word[0] if word else "", ()):
            end = start + len(name)
            follows = _WORD.match(text, end)
            if text[start:end].lower() == wanted and not (follows and follows[0]):
                return WrittenId(self._source.position(start).line, _REST.match(text, end) is not None)
        return None

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(plain(heading.text) for heading in self._headings)

    @cached_property
    def _anchors(self) -> frozenset[str]:
        tags = _TAG.findall(self._source.text)
        return frozenset("".join(found).lower() for tag in tags for found in _NAME.findall(tag))

    @cached_property
    def _inside(self) -> frozenset[str]:
        return frozenset(_heading(text) for text in _INSIDE.findall(self._source.text))

    @cached_property
    def _anywhere(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for match in _ANYWHERE.finditer(self._source.text):
            found.setdefault(_heading(match[1]), match.start())
        return found

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for match in _ID.finditer(self._source.text):
            found[match[1].lower()].append(match.start(1))
        return found


def _heading(text: str) -> str:
    return plain(text.rstrip(" \t#\r"))


def plain(text: str) -> str:
    """A heading as people compare it: composed accents, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
