"""What rests on what, drawn from left to right: a column for each step of derivation."""

from __future__ import annotations

from collections.abc import Sequence

ROUNDS = 6
"""Sweeps that put each thing in its column near the things it is joined with."""


def layers(rests_on: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Column and row of each of `len(rests_on)` things, both from 0; what `i` rests on (`rests_on[i]`) stands left of
    it. An arrow that closes a circle is not counted. What is joined stands in neighbouring rows as far as it goes.

    Source of the sweeps: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system
    structures", IEEE SMC 11 (1981) 109-125.
    """
    column = _columns(rests_on)
    joined: list[list[int]] = [[] for _ in rests_on]
    for i, premises in enumerate(rests_on):
        for j in premises:
            joined[i].append(j)
            joined[j].append(i)
    table: list[list[int]] = [[] for _ in range(max(column, default=-1) + 1)]
    for i in sorted(range(len(rests_on)), key=lambda i: (not joined[i], i)):
        table[column[i]].append(i)
    row = [0.0] * len(rests_on)
    for members in table:
        _number(members, row)
    for turn in range(ROUNDS):
        for members in table if turn % 2 == 0 else reversed(table):
            members.sort(key=lambda i: (not joined[i], _middle(joined[i], row, row[i]), i))
            _number(members, row)
    return [(column[i], int(row[i])) for i in range(len(rests_on))]


def _number(members: Sequence[int], row: list[float]) -> None:
    for place, i in enumerate(members):
        row[i] = float(place)


def _middle(joined: Sequence[int], row: Sequence[float], otherwise: float) -> float:
    return sum(row[j] for j in joined) / len(joined) if joined else otherwise


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
