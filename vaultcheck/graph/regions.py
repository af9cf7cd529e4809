"""Which things belong together: communities of what is linked, folders for what is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from vaultcheck.graph import network

SMALLEST = 4
"""A community of fewer joins another: a map of pairs says nothing."""
MOST = 36
"""More regions than this nobody can take in."""

Ties = Mapping[tuple[int, int], float]


def regions_of(ties: Ties, folders: Sequence[str]) -> list[list[int]]:
    """Every number once, in regions from large to small, members sorted.

    Communities come first. A community that is too small, or one too many, joins as a whole: the region that most of
    its neighbours are in, else the one that holds most of its folder, else what else is in its top folder.
    """
    found = [sorted(group) for group in network.communities(range(len(folders)), ties)]
    found.sort(key=lambda group: (-len(group), group))
    kept = [group for group in found[:MOST] if len(group) >= SMALLEST]
    region = {i: number for number, group in enumerate(kept) for i in group}
    homes = _homes(region, folders)
    loose = found[len(kept) :]
    neighbours = _neighbours((i for group in loose for i in group), ties)
    rest: dict[str, list[int]] = defaultdict(list)
    for group in loose:
        votes = Counter(region[j] for i in group for j in neighbours.get(i, ()) if j in region)
        folder = _folder(group, folders)
        if votes:
            kept[max(sorted(votes), key=votes.__getitem__)].extend(group)
        elif folder in homes:
            kept[homes[folder]].extend(group)
        else:
            rest[folder.partition("/")[0]].extend(group)
    kept += _pooled(rest, MOST - len(kept))
    return sorted((sorted(group) for group in kept), key=lambda group: (-len(group), group))


def _folder(group: Sequence[int], folders: Sequence[str]) -> str:
    """The folder that most of a group lies in; the root only when nothing of it lies elsewhere."""
    counted = Counter(folders[i] for i in group if folders[i])
    return min(counted, key=lambda folder: (-counted[folder], folder), default="")


def _homes(region: Mapping[int, int], folders: Sequence[str]) -> dict[str, int]:
    """The community that holds at least half of what a folder has in communities; the root is no such folder."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for i, number in region.items():
        if folders[i]:
            votes[folders[i]][number] += 1
    homes = {}
    for folder, counted in votes.items():
        number, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
        if 2 * most >= sum(counted.values()):
            homes[folder] = number
    return homes


def _neighbours(loose: Iterable[int], ties: Ties) -> dict[int, list[int]]:
    wanted = set(loose)
    found: dict[int, list[int]] = defaultdict(list)
    for i, j in ties:
        if i in wanted:
            found[i].append(j)
        if j in wanted:
            found[j].append(i)
    return found


def _pooled(rest: Mapping[str, list[int]], room: int) -> list[list[int]]:
    """What is left, by top folder; the smallest folders, and those for which there is no room, together."""
    groups = sorted((group for group in rest.values()), key=lambda group: (-len(group), group))
    large = [group for group in groups[: max(room - 1, 0)] if len(group) >= SMALLEST]
    small = [i for group in groups[len(large) :] for i in group]
    return [*large, small] if small else large
