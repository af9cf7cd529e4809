"""A map drawn again: what it showed stays where it was, what is new goes where its neighbours are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vaultcheck.graph.layout import MARGIN, Layout, Ties
from vaultcheck.graph.packing import GOLDEN_ANGLE, SPACING

ENOUGH = 0.8
"""The share of things that have to be known from before; below it the old map says nothing about the new one."""
CLEAR = 0.9 * SPACING
"""Free room that a new thing looks for around itself."""


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier map in the numbers of the new one: places and regions of the things known, circles of the regions."""

    places: Mapping[int, tuple[int, int]]
    region: Mapping[int, int]
    circles: Sequence[tuple[int, int, int]]
    natural: bool = False


def usable(previous: Previous, count: int) -> bool:
    """Whether enough of `count` things was on the earlier map to draw the new one from it."""
    known = len(previous.places)
    return known > 0 and known >= ENOUGH * count


def lay_out_again(
    previous: Previous, ties: Ties, folders: Sequence[str], light: Collection[int] = frozenset()
) -> Layout:
    """The earlier layout with what is gone left out and what is new put in. Pure and deterministic.

    A region grows around what is new in it, except around what is in `light`.
    """
    count = len(folders)
    region = dict(previous.region)
    places = dict(previous.places)
    taken = _Taken(places.values())
    near: dict[int, list[int]] = {i: [] for i in range(count) if i not in places}
    for i, j in sorted(ties):
        if i in near:
            near[i].append(j)
        if j in near:
            near[j].append(i)
    largest = max(range(len(previous.circles)), key=lambda number: previous.circles[number][2])
    homes: dict[str, Counter[int]] = {}
    for i, number in region.items():
        homes.setdefault(folders[i], Counter())[number] += 1
    for i in sorted(near):
        votes = Counter(region[j] for j in near[i] if j in region) or homes.get(folders[i], Counter({largest: 1}))
        region[i] = min(votes, key=lambda number: (-votes[number], number))
        friends = [places[j] for j in near[i] if j in places and region[j] == region[i]]
        x, y, _ = previous.circles[region[i]]
        places[i] = taken.free_near(friends[0] if friends else (x, y))
    return _settled(count, places, region, previous, [i for i in near if i not in light])


class _Taken:
    """The places in use, in squares of `CLEAR`, so that a look around costs the same on any map."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        self.squares: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.tried: dict[tuple[int, int], int] = {}
        for place in places:
            self._add(place)

    def _add(self, place: tuple[int, int]) -> None:
        self.squares.setdefault((int(place[0] // CLEAR), int(place[1] // CLEAR)), []).append(place)

    def _free(self, x: float, y: float) -> bool:
        column, row = int(x // CLEAR), int(y // CLEAR)
        around = (self.squares.get((column + a, row + b), ()) for a in (-1, 0, 1) for b in (-1, 0, 1))
        return all(math.hypot(x - a, y - b) >= CLEAR for places in around for a, b in places)

    def free_near(self, centre: tuple[int, int]) -> tuple[int, int]:
        """The first free place of the leaves of a sunflower around `centre`, now taken."""
        number = self.tried.get(centre, 0)  # places only fill up: what was taken once need not be tried again
        while True:
            radius, angle = 0.4 * SPACING * math.sqrt(number), number * GOLDEN_ANGLE
            place = (round(centre[0] + radius * math.cos(angle)), round(centre[1] + radius * math.sin(angle)))
            if self._free(*place):
                self._add(place)
                self.tried[centre] = number
                return place
            number += 1


def _settled(
    count: int, places: Mapping[int, tuple[int, int]], region: Mapping[int, int], previous: Previous, new: Iterable[int]
) -> Layout:
    """The layout without the regions that have lost their last member; circles grow where they have to."""
    left = sorted(set(region.values()))
    number = {old: place for place, old in enumerate(left)}
    grown = [list(previous.circles[old]) for old in left]
    for i in new:
        x, y, r = grown[number[region[i]]]
        far = math.hypot(places[i][0] - x, places[i][1] - y)
        if far > r:
            grown[number[region[i]]][2] = math.ceil(far + MARGIN / 2)
    return Layout(
        tuple(places[i] for i in range(count)),
        tuple(number[region[i]] for i in range(count)),
        tuple((x, y, r) for x, y, r in grown),
        previous.natural,
    )
