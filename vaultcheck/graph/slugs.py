"""The anchors that GitHub and other sites make of headings. They work there and never in Obsidian."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultcheck.note.model import Heading

_MARKUP = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|!?\[([^\]]*)\]\([^)]*\)|<[^>]*>|\s\^[A-Za-z0-9-]+$")
_DROPPED = re.compile(r"[^\w\- ]")
_DASHES = re.compile(r"-+")
_SERIAL = re.compile(r"-(\d+)$")
_SLUG = re.compile(r"[\w\-]+")


def slug(heading: str) -> str:
    """The anchor of a heading as GitHub makes it, with runs of `-` made one: other sites' forms compare equal."""
    shown = _MARKUP.sub(lambda match: match[1] or match[2] or "", heading)
    return _DASHES.sub("-", _DROPPED.sub("", shown.strip().lower()).replace(" ", "-")).strip("-")


def heading_of_slug(anchor: str, headings: Iterable[Heading]) -> tuple[Heading, int] | None:
    """The heading that a link's `anchor` (without `#`) would reach on GitHub, and how many of the same anchor come
    before it (Obsidian can reach only the first); `None` when it is no slug or reaches nothing there either."""
    if not _SLUG.fullmatch(anchor):
        return None
    wanted = _DASHES.sub("-", anchor.lower()).strip("-")
    serial = _SERIAL.search(wanted)
    same = [heading for heading in headings if slug(heading.text) == wanted]
    if same and wanted:
        return same[0], 0
    if serial:
        first = wanted[: serial.start()]
        same = [heading for heading in headings if slug(heading.text) == first]
        number = int(serial[1])
        if first and number < len(same):
            return same[number], number
    return None
