"""What an earlier page says of where things stood. Any text may come in; one that is no page of ours says nothing."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

MARK = '<meta name="generator" content="vaultcheck map'
"""Stands near the beginning of every page, so that no other file is ever overwritten or read."""
FORMAT = 1

_DATA = re.compile(r'<script type="application/json" id="map">(.*?)</script>', re.DOTALL)
_GROUP = re.compile(r'<ol data-kind="(\w+)" data-folder="([^"]*)">(.*?)</ol>', re.DOTALL)
_ITEM = re.compile(r"<li>([^<]*)")


@dataclass(frozen=True, slots=True)
class Earlier:
    """Places by what was on the page: `keys` are pairs of "is missing" and path."""

    keys: tuple[tuple[bool, str], ...]
    places: tuple[tuple[int, int], ...]
    region: tuple[int, ...]
    circles: tuple[tuple[int, int, int], ...]
    names: tuple[str, ...]
    natural: bool


def is_ours(page: str) -> bool:
    """Whether a text is a page that this program wrote."""
    return MARK in page[:2000]


def read(page: str) -> Earlier | None:
    """The places on an earlier page; `None` when it is not one, or another version of one."""
    data = _DATA.search(page)
    if not is_ours(page) or data is None:
        return None
    try:
        scene = json.loads(data[1])
        places = tuple((int(x), int(y)) for x, y in zip(scene["x"], scene["y"], strict=True))
        region = tuple(int(number) for number in scene["region"])
        circles = tuple((int(x), int(y), int(r)) for _, x, y, r in scene["regions"])
        names = tuple(str(name) for name, *_ in scene["regions"])
        version, natural = scene["version"], bool(scene["natural"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    keys = tuple(_keys(page))
    if version != FORMAT or not len(keys) == len(places) == len(region) or not all(0 <= n < len(names) for n in region):
        return None
    return Earlier(keys, places, region, circles, names, natural)


def _keys(page: str) -> list[tuple[bool, str]]:
    """What the page lists, in order: whether it is missing, and its path."""
    keys: list[tuple[bool, str]] = []
    for kind, folder, items in _GROUP.findall(page):
        prefix = html.unescape(folder) + "/" if folder else ""
        ending = ".md" if kind == "note" else ""
        titles = (html.unescape(title.rstrip("\n")) for title in _ITEM.findall(items))
        keys.extend((kind == "missing", prefix + title + ending) for title in titles)
    return keys
