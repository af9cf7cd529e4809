"""Linear equations between dimensions over the rationals: solve them, or name a smallest set that cannot hold.

An unknown stands for a dimension. An equation says that a sum of unknowns, each times a fraction, is a dimension.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from vaultcheck.formula.dimension_names import PURE
from vaultcheck.formula.model import Dimension

Key = Hashable


@dataclass(frozen=True, slots=True)
class Row:
    """`sum of coefficient * unknown = right`."""

    coefficients: Mapping[Key, Fraction]
    right: Dimension


@dataclass(slots=True)
class _Reduced:
    coefficients: dict[Key, Fraction]
    right: Dimension
    origin: dict[int, Fraction] = field(default_factory=dict)

    def add(self, other: _Reduced, factor: Fraction) -> None:
        for key, value in other.coefficients.items():
            total = self.coefficients.get(key, Fraction(0)) + factor * value
            if total:
                self.coefficients[key] = total
            else:
                self.coefficients.pop(key, None)
        self.right *= other.right**factor
        for index, value in other.origin.items():
            self.origin[index] = self.origin.get(index, Fraction(0)) + factor * value


def solve(rows: Sequence[Row]) -> dict[Key, Dimension] | tuple[int, ...]:
    """The unknowns that the rows determine; or the indices of rows that contradict each other, none of them idle."""
    pivots: dict[Key, _Reduced] = {}
    for index, row in enumerate(rows):
        reduced = _Reduced(dict(row.coefficients), row.right, {index: Fraction(1)})
        for key in [key for key in reduced.coefficients if key in pivots]:
            reduced.add(pivots[key], -reduced.coefficients[key])
        if not reduced.coefficients:
            if reduced.right != PURE:
                return _smallest(rows, sorted(i for i, weight in reduced.origin.items() if weight))
            continue
        _enter(pivots, reduced)
    return {key: row.right for key, row in pivots.items() if len(row.coefficients) == 1}


def _enter(pivots: dict[Key, _Reduced], row: _Reduced) -> None:
    key = next(iter(row.coefficients))
    lead = row.coefficients[key]
    scaled = _Reduced({}, PURE)
    scaled.add(row, 1 / lead)
    for other in pivots.values():
        if key in other.coefficients:
            other.add(scaled, -other.coefficients[key])
    pivots[key] = scaled


def _consistent(rows: Sequence[Row]) -> bool:
    pivots: dict[Key, _Reduced] = {}
    for row in rows:
        reduced = _Reduced(dict(row.coefficients), row.right)
        for key in [key for key in reduced.coefficients if key in pivots]:
            reduced.add(pivots[key], -reduced.coefficients[key])
        if reduced.coefficients:
            _enter(pivots, reduced)
        elif reduced.right != PURE:
            return False
    return True


def _smallest(rows: Sequence[Row], support: list[int]) -> tuple[int, ...]:
    """Leave out what is not needed, the longest rows first, so that the chain that stays is short."""
    kept = list(support)
    for index in sorted(support, key=lambda i: -len(rows[i].coefficients)):
        rest = [i for i in kept if i != index]
        if not _consistent([rows[i] for i in rest]):
            kept = rest
    return tuple(kept)
