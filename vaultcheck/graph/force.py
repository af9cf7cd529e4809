"""Springs between what is linked, a push between what is near: a small map grown into a natural shape."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from vaultcheck.graph.packing import SPACING

ROUNDS = 120
LENGTH = 2.6 * SPACING
"""The length that a link would have."""
NEAREST = 1.8 * SPACING
"""No two end up nearer than about this, so that each can be pointed at."""
REACH = 9 * SPACING
"""Beyond this distance nothing pushes."""

Point = tuple[float, float]


def relax(start: Sequence[Point], links: Mapping[tuple[int, int], float], region: Sequence[int]) -> list[Point]:
    """The places after a fixed number of rounds of forces, from `start` on; nothing is drawn by lot.

    Linked places attract each other to `LENGTH`, near ones push apart, and each is drawn a little to the middle of
    its region, so that regions stay together.
    """
    xs, ys = [x for x, _ in start], [y for _, y in start]
    degree = [0.0] * len(start)
    for i, j in links:
        degree[i] += 1
        degree[j] += 1
    springs = [(i, j, 0.5 / max(1.0, min(degree[i], degree[j]))) for i, j in sorted(links)]
    for turn in range(ROUNDS):
        heat = 1.0 - turn / ROUNDS
        dx, dy = _pushes(xs, ys, region)
        _pull(xs, ys, dx, dy, springs)
        _gather(xs, ys, dx, dy, region)
        limit = 1.2 * SPACING * heat + 0.2
        for i in range(len(xs)):
            far = math.hypot(dx[i], dy[i])
            scale = min(1.0, limit / far) if far else 0.0
            xs[i] += dx[i] * scale
            ys[i] += dy[i] * scale
    return apart(list(zip(xs, ys, strict=True)))


def _pushes(xs: list[float], ys: list[float], region: Sequence[int]) -> tuple[list[float], list[float]]:
    """What near places do to each other; those of other regions push harder."""
    count = len(xs)
    dx, dy = [0.0] * count, [0.0] * count
    for i in range(count):
        x, y, mine = xs[i], ys[i], region[i]
        for j in range(i):
            ax, ay = x - xs[j], y - ys[j]
            if abs(ax) > REACH or abs(ay) > REACH:
                continue
            square = ax * ax + ay * ay + 0.01
            force = (SPACING * SPACING * (1.5 if mine == region[j] else 3.2)) / square
            dx[i] += ax * force
            dy[i] += ay * force
            dx[j] -= ax * force
            dy[j] -= ay * force
    return dx, dy


def _pull(
    xs: list[float], ys: list[float], dx: list[float], dy: list[float], springs: list[tuple[int, int, float]]
) -> None:
    for i, j, strength in springs:
        ax, ay = xs[j] - xs[i], ys[j] - ys[i]
        length = math.hypot(ax, ay) or 1.0
        force = strength * (length - LENGTH) / length
        dx[i] += ax * force
        dy[i] += ay * force
        dx[j] -= ax * force
        dy[j] -= ay * force


def _gather(xs: list[float], ys: list[float], dx: list[float], dy: list[float], region: Sequence[int]) -> None:
    """A small pull to the middle of the own region, and a smaller one to the middle of all."""
    sums: dict[int, list[float]] = {}
    for i, mine in enumerate(region):
        total = sums.setdefault(mine, [0.0, 0.0, 0.0])
        total[0] += xs[i]
        total[1] += ys[i]
        total[2] += 1
    for i, mine in enumerate(region):
        sx, sy, number = sums[mine]
        dx[i] += 0.12 * (sx / number - xs[i]) - 0.008 * xs[i]
        dy[i] += 0.12 * (sy / number - ys[i]) - 0.014 * ys[i]


def apart(places: list[Point], least: float = NEAREST) -> list[Point]:
    """The places with those that are nearer than `least` moved apart, as far as a fixed number of rounds gets."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    for _ in range(30):
        moved = False
        for i in range(len(xs)):
            for j in range(i):
                ax, ay = xs[i] - xs[j], ys[i] - ys[j]
                if abs(ax) >= least or abs(ay) >= least:
                    continue
                far = math.hypot(ax, ay)
                if far >= least - 1e-3:
                    continue
                if far < 1e-6:  # the same place: parted along a direction that depends on their numbers alone
                    ax, ay, far = math.cos(i), math.sin(i), 1.0
                half = (least - far) / 2 / far if far < least else 0.0
                xs[i] += ax * half
                ys[i] += ay * half
                xs[j] -= ax * half
                ys[j] -= ay * half
                moved = True
        if not moved:
            break
    return list(zip(xs, ys, strict=True))
