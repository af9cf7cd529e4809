"""Where everything stands on the map: regions of what is linked, packed; the same vault in the same places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vaultcheck.graph import force, network
from vaultcheck.graph.packing import SPACING, Circle, around, pack, sunflower
from vaultcheck.graph.regions import regions_of

NATURAL = 300
"""Up to this many things forces shape the map; above it they would draw a hairball."""
DIVIDED = 70
"""A region of more members is divided into regions of its own."""
MARGIN = 1.6 * SPACING

Ties = Mapping[tuple[int, int], float]
"""How strongly two things, by number (i < j), are linked."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in whole units, the region of each thing, and the circle around each region; `natural` when forces
    shaped it, so that the circles may overlap."""

    places: tuple[tuple[int, int], ...]
    region: tuple[int, ...]
    circles: tuple[tuple[int, int, int], ...]
    natural: bool = False


def lay_out(ties: Ties, rank: Sequence[float], folders: Sequence[str]) -> Layout:
    """Places for `len(rank)` things. Pure and deterministic.

    `rank[i]` says how important a thing is (the more, the nearer to the middle of its region); `folders[i]` is where
    it lies, which decides for what is linked to nothing.
    """
    members = regions_of(ties, folders)
    region = [0] * len(rank)
    for number, group in enumerate(members):
        for i in group:
            region[i] = number
    shapes = [_shape(group, ties, rank) for group in members]
    radii = [radius + MARGIN / 2 for _, radius in shapes]
    circles = pack(radii, _between(ties, region), MARGIN)
    places = [(0.0, 0.0)] * len(rank)
    for circle, (inner, _) in zip(circles, shapes, strict=True):
        for i, (x, y) in inner.items():
            places[i] = (circle.x + x, circle.y + y)
    natural = len(rank) <= NATURAL
    if natural:
        places = force.relax(places, ties, region)
        circles = [_circle([places[i] for i in group]) for group in members]
    return Layout(
        tuple((round(x), round(y)) for x, y in places),
        tuple(region),
        tuple((round(c.x), round(c.y), math.ceil(c.r)) for c in circles),
        natural,
    )


def _shape(group: Sequence[int], ties: Ties, rank: Sequence[float]) -> tuple[dict[int, tuple[float, float]], float]:
    """The places of a region's members around its middle, and its radius."""
    parts = _parts(group, ties) if len(group) > DIVIDED else [list(group)]
    if len(parts) == 1:
        ordered = sorted(group, key=lambda i: (-rank[i], i))
        return dict(zip(ordered, sunflower(len(ordered)), strict=True)), _leaf_radius(len(ordered))
    part_of = {i: number for number, part in enumerate(parts) for i in part}
    circles = pack([_leaf_radius(len(part)) for part in parts], _between(ties, part_of), SPACING / 3)
    places = {}
    for circle, part in zip(circles, parts, strict=True):
        ordered = sorted(part, key=lambda i: (-rank[i], i))
        for i, (x, y) in zip(ordered, sunflower(len(ordered)), strict=True):
            places[i] = (circle.x + x, circle.y + y)
    return places, around(circles)


def _parts(group: Sequence[int], ties: Ties) -> list[list[int]]:
    """The communities inside a region; what is linked to nothing inside it makes one of its own."""
    inside = set(group)
    own = {pair: weight for pair, weight in ties.items() if pair[0] in inside and pair[1] in inside}
    found = [sorted(part) for part in network.communities(sorted(inside), own)]
    parts = [part for part in found if len(part) > 1]
    lone = sorted(i for part in found if len(part) == 1 for i in part)
    if lone:
        parts.append(lone)
    return parts if len(parts) <= 60 else [sorted(group)]


def _leaf_radius(count: int) -> float:
    return 0.56 * SPACING * math.sqrt(max(count - 0.7, 0)) + 0.7 * SPACING


def _between(ties: Ties, region: Sequence[int] | Mapping[int, int]) -> dict[tuple[int, int], float]:
    """How strongly regions are linked with each other."""
    found: Counter[tuple[int, int]] = Counter()
    known = region if isinstance(region, Mapping) else None
    for (i, j), weight in ties.items():
        if known is not None and (i not in known or j not in known):
            continue
        a, b = region[i], region[j]
        if a != b:
            found[min(a, b), max(a, b)] += weight  # type: ignore[assignment]  # a Counter may count in parts
    return dict(found)


def _circle(points: Sequence[tuple[float, float]]) -> Circle:
    """The circle around a region's places, about their mean."""
    x = sum(x for x, _ in points) / len(points)
    y = sum(y for _, y in points) / len(points)
    return Circle(x, y, max(math.hypot(a - x, b - y) for a, b in points) + MARGIN)
