"""Rows with places and regions: what the page draws."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from vaultcheck.graph.layout import Layout, lay_out
from vaultcheck.graph.seeded import Previous, lay_out_again, usable
from vaultcheck.reports.concept_map.model import ClaimRow, LeftOut, MapRows, Row, RowKind
from vaultcheck.reports.concept_map.naming import name_regions
from vaultcheck.reports.concept_map.previous import Earlier


def arrange(
    vault: str,
    rows: tuple[Row, ...],
    left_out: LeftOut,
    claims: tuple[ClaimRow, ...] = (),
    earlier: Earlier | None = None,
) -> MapRows:
    """Give every row its place and every region its name; places of `earlier` are kept where it can be used."""
    ties = _ties(rows)
    previous = _matched(earlier, rows) if earlier else None
    if previous is not None and usable(previous, len(rows)):
        layout = lay_out_again(previous, ties, _folders(rows), _light(rows))
    else:
        layout = _anew(rows, ties)
    names = name_regions(rows, layout.region, _inside(rows, layout))
    if previous is not None and usable(previous, len(rows)) and earlier is not None:
        names = _kept_names(names, layout, previous, earlier)
    return MapRows(vault, rows, layout, names, claims, left_out)


def _anew(rows: Sequence[Row], ties: Mapping[tuple[int, int], float]) -> Layout:
    """A layout of everything but attachments, which are then put where there is room beside what links to them."""
    drawn = [i for i, row in enumerate(rows) if row.kind is not RowKind.ATTACHMENT]
    number = {i: small for small, i in enumerate(drawn)}
    ranks, folders = _ranks(rows), _folders(rows)
    own = {(number[i], number[j]): weight for (i, j), weight in ties.items() if i in number and j in number}
    layout = lay_out(own, [ranks[i] for i in drawn], [folders[i] for i in drawn])
    places = dict(zip(drawn, layout.places, strict=True))
    region = dict(zip(drawn, layout.region, strict=True))
    return lay_out_again(Previous(places, region, layout.circles, layout.natural), ties, folders, _light(rows))


def _light(rows: Sequence[Row]) -> frozenset[int]:
    """The rows that are only drawn when asked for."""
    return frozenset(i for i, row in enumerate(rows) if row.kind is RowKind.ATTACHMENT)


def _ties(rows: Sequence[Row]) -> dict[tuple[int, int], float]:
    """How strongly rows are linked: a link of a note that links to hundreds says less than one of a few."""
    found: dict[tuple[int, int], float] = {}
    for i, row in enumerate(rows):
        weight = round(1 / math.sqrt(max(len(row.targets), 1)), 4)
        for j in row.targets:
            pair = (i, j) if i < j else (j, i)
            found[pair] = found.get(pair, 0.0) + weight
    return found


def _ranks(rows: Sequence[Row]) -> list[float]:
    """How near the middle a row belongs: by links, notes first, attachments last."""
    floor = {RowKind.NOTE: 0.0, RowKind.CANVAS: 0.0, RowKind.MISSING: -1e6, RowKind.ATTACHMENT: -2e6}
    return [floor[row.kind] + len({link.source for link in row.arriving}) + 0.3 * len(row.targets) for row in rows]


def _folders(rows: Sequence[Row]) -> list[str]:
    return [row.folder for row in rows]


def _inside(rows: Sequence[Row], layout: Layout) -> list[float]:
    """The links of each row within its region; those that arrive count most."""
    counted: Counter[int] = Counter()
    for i, row in enumerate(rows):
        for j in row.targets:
            if layout.region[i] == layout.region[j]:
                counted[j] += 10
                counted[i] += 1
    return [float(counted[i]) for i in range(len(rows))]


def _matched(earlier: Earlier, rows: Sequence[Row]) -> Previous | None:
    """The earlier map in the numbers of these rows."""
    number = {(row.kind is RowKind.MISSING, row.path): i for i, row in enumerate(rows)}
    places: dict[int, tuple[int, int]] = {}
    region: dict[int, int] = {}
    for (missing, path), place, home in zip(earlier.keys, earlier.places, earlier.region, strict=True):
        i = number.get((missing, path))
        if i is not None and home < len(earlier.circles):
            places[i], region[i] = place, home
    return Previous(places, region, earlier.circles, earlier.natural) if places else None


def _kept_names(names: tuple[str, ...], layout: Layout, previous: Previous, earlier: Earlier) -> tuple[str, ...]:
    """The earlier names of regions that are still there."""
    kept = list(names)
    for i, old in previous.region.items():
        kept[layout.region[i]] = earlier.names[old]
    return tuple(kept)
