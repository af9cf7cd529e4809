"""The anchors that GitHub and other sites make of headings. They work there and never in Obsidian."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vaultcheck.note.model import Heading

_MARKUP = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|!?\[([^\]]*)\]\([^)]*\)|\s\^[A-Za-z0-9-]+$")
_TAG = re.compile(r"<[^>]*>")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")
_DROPPED = re.compile(r"[^\w\- ]")
_DASHES = re.compile(r"-+")
_SERIAL = re.compile(r"-(\d+)$")
_SLUG = re.compile(r"[\w\-]+")


@lru_cache(maxsize=20_000)
def slugs(heading: str) -> frozenset[str]:
    """The anchors of a heading as GitHub makes them, with runs of `-` made one, so that other sites' forms compare
    equal: one that takes `<…>` for a tag and `_` for emphasis where it can be, and one that takes them as written."""
    shown = _MARKUP.sub(lambda match: match[1] or match[2] or "", heading)
    return frozenset({_slug(shown), _slug(_EMPHASIS.sub("", _TAG.sub("", shown))), _slug(_EMPHASIS.sub("", shown))})


def _slug(shown: str) -> str:
    return _DASHES.sub("-", _DROPPED.sub("", shown.strip().lower()).replace(" ", "-")).strip("-")


def heading_of_slug(anchor: str, headings: Iterable[Heading]) -> tuple[Heading, int] | None:
    """The heading that a link's `anchor` (without `#`) would reach on GitHub, and how many of the same anchor come
    before it (Obsidian can reach only the first); `None` when it is no slug or reaches nothing there either."""
    if not _SLUG.fullmatch(anchor):
        return None
    wanted = _DASHES.sub("-", anchor.lower()).strip("-")
    serial = _SERIAL.search(wanted)
    same = [heading for heading in headings if wanted in slugs(heading.text)]
    if same and wanted:
        return same[0], 0
    if serial:
        first = wanted[: serial.start()]
        same = [heading for heading in headings if first in slugs(heading.text)]
        number = int(serial[1])
        if first and number < len(same):
            return same[number], number
    return None
