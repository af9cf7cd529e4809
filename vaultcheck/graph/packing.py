"""Circles side by side without overlap, those that belong together near each other, and leaves in sunflower order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
"""Successive leaves of a sunflower stand this far apart around its centre: no two ever line up."""
SPACING = 10.0
"""Distance between neighbouring leaves, in the units of the whole map."""
ASPECT = 1.35
"""How much wider than high a pack grows: screens are."""


class Circle(NamedTuple):
    """A circle in the plane."""

    x: float
    y: float
    r: float


def sunflower(count: int) -> list[tuple[float, float]]:
    """The places of leaves around the origin, the first in the middle, about `SPACING` apart."""
    places = []
    for number in range(count):
        radius = 0.56 * SPACING * math.sqrt(number + 0.3 if number else 0)
        angle = number * GOLDEN_ANGLE
        places.append((radius * math.cos(angle), radius * math.sin(angle)))
    return places


def pack(radii: Sequence[float], ties: Mapping[tuple[int, int], float], gap: float) -> list[Circle]:
    """Circles of these radii, at least `gap` apart, around the origin; the same arguments give the same circles.

    Large circles are placed first. Each next one touches two that are placed, where it is nearest to the circles it
    has ties with (`ties[i, j]`, i < j, as a weight) and to the middle.
    """
    order = sorted(range(len(radii)), key=lambda i: (-radii[i], i))
    near: dict[int, list[tuple[int, float]]] = {i: [] for i in order}
    for (i, j), weight in sorted(ties.items()):
        near[i].append((j, weight))
        near[j].append((i, weight))
    placed: dict[int, Circle] = {}
    for i in order:
        if not placed:
            placed[i] = Circle(0.0, 0.0, radii[i])
            continue
        friends = [(placed[j], weight) for j, weight in near[i] if j in placed]
        total = sum(weight for _, weight in friends) or 1.0
        placed[i] = min(
            _touching(list(placed.values()), radii[i], gap),
            key=lambda spot: (_cost(spot, friends, total), spot),
        )
    return _centred([placed[i] for i in range(len(radii))])


def _cost(spot: Circle, friends: Sequence[tuple[Circle, float]], total: float) -> float:
    """How ill a spot suits: its distance from the middle (across counts less), and from its friends by weight."""
    middle = math.hypot(spot.x / ASPECT, spot.y)
    return round(middle + sum(w * math.hypot(f.x - spot.x, f.y - spot.y) for f, w in friends) / total, 6)


def _touching(placed: Sequence[Circle], r: float, gap: float) -> list[Circle]:
    """The free spots for a circle of radius `r` that touch two placed circles (one, while there is only one)."""
    if len(placed) == 1:
        only = placed[0]
        return [Circle(only.x + only.r + gap + r, only.y, r)]
    spots = []
    for j, second in enumerate(placed):
        for first in placed[:j]:
            reach = first.r + second.r + 2 * (r + gap)
            if math.hypot(first.x - second.x, first.y - second.y) < reach:
                spots += [spot for spot in _both(first, second, r, gap) if _free(spot, placed, gap)]
    return spots


def _both(first: Circle, second: Circle, r: float, gap: float) -> list[Circle]:
    """The two circles of radius `r` that stand `gap` from both."""
    a, b = first.r + gap + r, second.r + gap + r
    dx, dy = second.x - first.x, second.y - first.y
    apart = math.hypot(dx, dy)
    along = (a * a - b * b + apart * apart) / (2 * apart)
    square = a * a - along * along
    if square < 0:
        return []
    across = math.sqrt(square)
    ux, uy = dx / apart, dy / apart
    x, y = first.x + along * ux, first.y + along * uy
    return [Circle(x - across * uy, y + across * ux, r), Circle(x + across * uy, y - across * ux, r)]


def _free(spot: Circle, placed: Sequence[Circle], gap: float) -> bool:
    x, y, r = spot
    for other in placed:
        reach = other.r + gap + r - 1e-6
        if (other.x - x) ** 2 + (other.y - y) ** 2 < reach * reach:
            return False
    return True


def _centred(circles: list[Circle]) -> list[Circle]:
    """The circles moved so that the middle of their bounds is the origin."""
    if not circles:
        return []
    x = (min(c.x - c.r for c in circles) + max(c.x + c.r for c in circles)) / 2
    y = (min(c.y - c.r for c in circles) + max(c.y + c.r for c in circles)) / 2
    return [Circle(c.x - x, c.y - y, c.r) for c in circles]


def around(circles: Sequence[Circle], centre: tuple[float, float] = (0.0, 0.0)) -> float:
    """The radius of the circle about `centre` that holds all of them."""
    return max((math.hypot(c.x - centre[0], c.y - centre[1]) + c.r for c in circles), default=0.0)
