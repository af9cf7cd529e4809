"""What a region of the map is called: the folder that most of it lies in, else its most linked note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from vaultcheck.reports.concept_map.model import Row, RowKind

MOSTLY = 0.6
"""The share of a region that has to lie in a folder to be called by it."""
LOOSELY = 0.3
"""The same for a region that nothing holds together."""
HELD = 0.08
ENOUGH = 5
"""A note holds a region together when this share of its members link to it, or so many."""
UNLINKED = "Not linked"

_NUMBERED = re.compile(r"\A[\d.]+\s*[-–.)]?\s+")
_ORNAMENT = re.compile(r"\A[^\w(]+(?=\w)|(?<=\w)[^\w)!?.]+\Z")
_DATED = re.compile(r"\d{4}-\d\d|\A\d+\Z|\AUntitled")


def name_regions(rows: Sequence[Row], region: Sequence[int], inside: Sequence[float]) -> tuple[str, ...]:
    """A name for each region, no two alike. `inside[i]` counts the links of row `i` within its region."""
    members: dict[int, list[int]] = {}
    for i, number in enumerate(region):
        members.setdefault(number, []).append(i)
    folders = {number: _folder(rows, group, MOSTLY) for number, group in members.items()}
    shared = Counter(name for name in folders.values() if name)
    titles = Counter(row.title for row in rows if row.kind is RowKind.NOTE)
    common = {title for title, count in titles.items() if count > 1}
    names: list[str] = []
    for number in range(len(members)):
        folder = folders[number] or _loose_folder(rows, members[number], inside)
        hubs = _hubs(rows, members[number], inside, common)
        if folder and shared[folder] <= 1:
            choices = [folder, *hubs]
        elif hubs:
            choices = [*hubs, *(f"{folder}: {hub}" for hub in hubs if folder)]
        else:
            linked = [rows[i].title for i in members[number] if inside[i] > 0]
            choices = [each for each in (folder, *linked[:1]) if each] or [UNLINKED]
        names.append(_new(choices, names))
    return tuple(names)


def _new(choices: Sequence[str], taken: Sequence[str]) -> str:
    for choice in choices:
        if choice not in taken:
            return choice
    number = 2
    while f"{choices[0]} ({number})" in taken:
        number += 1
    return f"{choices[0]} ({number})"


def _loose_folder(rows: Sequence[Row], group: Sequence[int], inside: Sequence[float]) -> str:
    """The folder of a good part of a group in which no note is linked much, or a name that says so."""
    if len(group) < 8 or max(inside[i] for i in group) >= 10 * min(max(HELD * len(group), 2), ENOUGH):
        return ""
    return _folder(rows, group, LOOSELY) or UNLINKED


def _folder(rows: Sequence[Row], group: Sequence[int], share: float) -> str:
    """The deepest folder that most of a group lies in, its last part without a number in front; else empty."""
    counted: Counter[str] = Counter()
    notes = [rows[i] for i in group if rows[i].kind is RowKind.NOTE]
    for row in notes:
        parts = row.folder.split("/") if row.folder else []
        counted.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    deep = [folder for folder, count in counted.items() if count >= share * len(notes)]
    best = max(deep, key=lambda folder: (folder.count("/"), counted[folder], folder), default="")
    last = best.rpartition("/")[2]
    return _NUMBERED.sub("", last) or last


def _hubs(rows: Sequence[Row], group: Sequence[int], inside: Sequence[float], shared: Collection[str]) -> list[str]:
    """The titles of the most linked notes of a group; dates, shared names and untitled notes come last."""
    linked = [i for i in group if rows[i].kind is RowKind.NOTE and inside[i] > 0]
    ordered = sorted(
        linked, key=lambda i: (bool(_DATED.search(rows[i].title)) or rows[i].title in shared, -inside[i], i)
    )
    return [_ORNAMENT.sub("", rows[i].title) for i in ordered[:4]]
