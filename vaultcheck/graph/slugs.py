"""The anchors that GitHub and other sites make of headings. They work there and never in Obsidian."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from vaultcheck.note.model import Heading

_MARKUP = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|!?\[([^\]]*)\]\([^)]*\)|\s\^[A-Za-z0-9-]+$")
_TAG = re.compile(r"<[^>]*>")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")
_DROPPED = re.compile(r"[^\w\- ]")
_DASHES = re.compile(r"-+")
_SERIAL = re.compile(r"-(\d{1,6})$")
_SLUG = re.compile(r"[\w\-]+")


@lru_cache(maxsize=20_000)
def slugs(heading: str) -> frozenset[str]:
    """The anchors of a heading as GitHub makes them, with runs of `-` made one, so that other sites' forms compare
    equal: one that takes `<…>` for a tag and `_` for emphasis where it can be, and one that takes them as written."""
    shown = _MARKUP.sub(lambda match: match[1] or match[2] or "", heading)
    return frozenset({_slug(shown), _slug(_EMPHASIS.sub("", _TAG.sub("", shown))), _slug(_EMPHASIS.sub("", shown))})


def _slug(shown: str) -> str:
    return _DASHES.sub("-", _DROPPED.sub("", shown.strip().lower()).replace(" ", "-")).strip("-")


class SlugIndex:
    """The headings of one note by their anchors."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self._found: dict[str, list[Heading]] = defaultdict(list)
        for heading in headings:
            for anchor in slugs(heading.text):
                self._found[anchor].append(heading)

    def find(self, anchor: str) -> tuple[Heading, int] | None:
        """The heading that a link's `anchor` (without `#`) would reach on GitHub, and how many of the same anchor come
        before it (Obsidian can reach only the first); `None` when it is no slug or reaches nothing there either."""
        if not _SLUG.fullmatch(anchor):
            return None
        wanted = _DASHES.sub("-", anchor.lower()).strip("-")
        if wanted and wanted in self._found:
            return self._found[wanted][0], 0
        serial = _SERIAL.search(wanted)
        if serial is None:
            return None
        same = self._found.get(wanted[: serial.start()], [])
        number = int(serial[1])
        return (same[number], number) if number < len(same) and wanted[: serial.start()] else None
