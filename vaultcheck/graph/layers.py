"""What rests on what, drawn from left to right: a column for each step of derivation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

ROUNDS = 6
"""Sweeps that put each thing in its column near the things it is joined with."""
GAP = 0.5
"""Lines left free below a part."""
SHAPE = 0.55
"""Columns squared for each thing: a column is three lines wide, and a screen wider than high."""


def layers(rests_on: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Column and line of each of `len(rests_on)` things; what `i` rests on (`rests_on[i]`) stands left of it.

    What has nothing to do with each other stands apart: each connected part is drawn by itself, and the parts are put
    side by side and below one another, the largest first, `GAP` lines apart. An arrow that closes a circle is not
    counted.
    """
    column = _columns(rests_on)
    joined: list[list[int]] = [[] for _ in rests_on]
    for i, premises in enumerate(rests_on):
        for j in premises:
            joined[i].append(j)
            joined[j].append(i)
    parts = sorted(_parts(joined), key=lambda part: (-len(part), part))
    drawn = [_part(part, column, joined) for part in parts]
    places: list[tuple[int, float]] = [(0, 0.0)] * len(rests_on)
    for part, (left, top) in zip(drawn, _beside(drawn), strict=True):
        for i, (x, y) in part.items():
            places[i] = (left + x, top + y)
    return places


def _parts(joined: Sequence[Sequence[int]]) -> list[list[int]]:
    """The connected parts, each sorted."""
    seen: set[int] = set()
    parts = []
    for first in range(len(joined)):
        if first in seen:
            continue
        seen.add(first)
        part = [first]
        for i in part:  # grows while it is read
            new = [j for j in joined[i] if j not in seen]
            seen.update(new)
            part += dict.fromkeys(new)
        parts.append(sorted(part))
    return parts


def _part(part: Sequence[int], column: Sequence[int], joined: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
    """Column and line of each member of a connected part, both from 0, joined ones in neighbouring lines.

    Source of the sweeps: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system
    structures", IEEE SMC 11 (1981) 109-125.
    """
    first = min(column[i] for i in part)
    table: list[list[int]] = [[] for _ in range(max(column[i] for i in part) - first + 1)]
    for i in part:
        table[column[i] - first].append(i)
    line: dict[int, float] = {}
    for members in table:
        _number(members, line)
    for turn in range(ROUNDS):
        for members in table if turn % 2 == 0 else reversed(table):
            members.sort(key=lambda i: (sum(line[j] for j in joined[i]) / max(len(joined[i]), 1), i))
            _number(members, line)
    return {i: (column[i] - first, int(line[i])) for i in part}


def _beside(drawn: Sequence[Mapping[int, tuple[int, int]]]) -> list[tuple[int, float]]:
    """Where each part goes: as high up as it can, then as far left."""
    wide = [max(x for x, _ in part.values()) + 1 for part in drawn]
    high = [max(y for _, y in part.values()) + 1 for part in drawn]
    room = max([math.ceil(math.sqrt(SHAPE * sum(map(len, drawn)))), *wide], default=0)
    used = [0.0] * room
    corners = []
    for w, h in zip(wide, high, strict=True):
        top, left = min((max(used[left : left + w]), left) for left in range(room - w + 1))
        used[left : left + w] = [top + h + GAP] * w
        corners.append((left, top))
    return corners


def _number(members: Sequence[int], line: dict[int, float]) -> None:
    for place, i in enumerate(members):
        line[i] = float(place)


def _columns(rests_on: Sequence[Sequence[int]]) -> list[int]:
    """The length of the longest chain below each thing, found without recursion: chains may be long."""
    column = [0] * len(rests_on)
    state = [0] * len(rests_on)  # 0 new, 1 on the way, 2 done
    for first in range(len(rests_on)):
        stack = [(first, 0)]
        while stack:
            i, place = stack.pop()
            if place == 0:
                if state[i]:
                    continue
                state[i] = 1
            premises = rests_on[i]
            if place and state[premises[place - 1]] == 2:
                column[i] = max(column[i], column[premises[place - 1]] + 1)
            while place < len(premises) and state[premises[place]]:
                if state[premises[place]] == 2:
                    column[i] = max(column[i], column[premises[place]] + 1)
                place += 1
            if place < len(premises):
                stack += [(i, place + 1), (premises[place], 0)]
            else:
                state[i] = 2
    return column
