"""The colours and marks of the map, and the words of its legend: one table an enumeration, complete by test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vaultcheck.findings import Severity
from vaultcheck.proof.model import Standing


class Swatch(NamedTuple):
    """How a state is shown: a colour on light and on dark ground, a mark besides it, and what it means."""

    light: str
    dark: str
    mark: str
    meaning: str


STANDINGS: Mapping[Standing, Swatch] = {
    Standing.SETTLED: Swatch("#23805c", "#5cc49a", "✓", "proved, and so is all it rests on"),
    Standing.ASSUMED: Swatch("#3f6fb5", "#82aaf0", "≡", "a definition"),
    Standing.ATTESTED: Swatch("#6d8b3a", "#a9c76f", "†", "the author vouches for it"),
    Standing.CONDITIONAL: Swatch("#b5850f", "#e3bd55", "◐", "proved from something still open"),
    Standing.OPEN: Swatch("#7a7a88", "#a6a6b5", "○", "neither shown nor refuted"),
    Standing.STALE: Swatch("#96683a", "#cfa277", "↻", "changed since it was settled"),
    Standing.CIRCULAR: Swatch("#8a4fa8", "#c795e0", "∞", "rests on itself"),
    Standing.REFUTED: Swatch("#bf3a32", "#f0857c", "✗", "refuted, or rests on what is"),
}
"""By standing, in the order of the legend."""

WEIGHTS: Mapping[Standing, int] = {
    standing: 0 if standing is Standing.ASSUMED else number for number, standing in enumerate(STANDINGS, start=1)
}
"""A dot shows the claim of its note that weighs most: the worst, and a definition only when there is nothing else."""

SEVERITIES: Mapping[Severity, Swatch] = {
    Severity.ERROR: Swatch("#bf3a32", "#f0857c", "◆", "something is broken"),
    Severity.WARNING: Swatch("#b5750f", "#e8b457", "▲", "probably not meant so"),
    Severity.NOTE: Swatch("#3f6fb5", "#82aaf0", "■", "worth knowing"),
}
"""By severity, the worst first. On the map a dot has the shape of its mark too."""
