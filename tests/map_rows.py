"""Rows made by hand for tests of the map: a small vault in memory, and claims of every standing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.proof.model import Standing
from vaultcheck.reports.concept_map.model import ClaimRow, MapRows
from vaultcheck.reports.concept_map.previous import Earlier
from vaultcheck.reports.concept_map.rows import collect
from vaultcheck.reports.concept_map.scene import arrange
from vaultcheck.vault import Vault

FILES: Mapping[str, str] = {
    "Physics/Ohm.md": "# Ohm's law\n\n$$V = I R$$ ^def\n\nThe law of #physics that [[Conductance]] turns around.\n",
    "Physics/Conductance.md": (
        "---\naliases: [Leitwert]\nstate: done\n---\nBy [[Ohm#^def|Ohm's law]] it is $G = 1/R$. #physics\n"
    ),
    "Physics/Current.md": (
        "---\nstate: draft\n---\n## Sign of the current\nSee [[Ohm]] and [[Conductance]].\n\n![[trace.png]]\n"
    ),
    "Synapse/Force.md": "---\nstate: done\n---\nThe force drives the [[Current]], and [[Nothing yet]] says how.\n",
    "Synapse/Reversal.md": "From [[Force]] and [[Curent]]. Ends at [[Ohm#^gone]]. #synapse/ampa\n",
    "Alone.md": "Nobody comes here.\n",
    "trace.png": "",
}
"""Six notes, one attachment, a note not written yet, a misspelt link and a missing block."""


def claim(name: str, path: str, line: int, latex: str, standing: Standing, **more: Any) -> ClaimRow:
    """A claim with the words that a test does not look at."""
    said: dict[str, Any] = {"understood": latex, "verdict": "undecided", **more}
    return ClaimRow(name, path, line, latex, standing=standing, **said)


CLAIMS: tuple[ClaimRow, ...] = (
    claim("Ohm#^def", "Physics/Ohm.md", 3, "V = I R", Standing.ASSUMED),
    claim(
        "Conductance#^g",
        "Physics/Conductance.md",
        5,
        "G = 1/R",
        Standing.SETTLED,
        verdict="proved",
        why="1 · goal = 1 · premise",
        premises=("Ohm#^def",),
        steps=("$G = I/V$", "by Ohm's law", "$G = 1/R$"),
    ),
    claim(
        "Current#^i",
        "Physics/Current.md",
        5,
        "I = -G V",
        Standing.REFUTED,
        verdict="refuted",
        why="fails at G = 1, V = 1",
        premises=("Conductance#^g",),
    ),
    claim("Force#^f", "Synapse/Force.md", 4, "F = V - E", Standing.REFUTED, premises=("Current#^i",)),
    claim("Reversal#^e", "Synapse/Reversal.md", 1, "E = V", Standing.CONDITIONAL, premises=("Force#^f", "Else#^where")),
    claim("Alone#^a", "Alone.md", 1, "a = b", Standing.OPEN, why="no premises"),
)
"""A chain in which the third claim is refuted and spoils the two behind it, and one claim beside it."""


def rows_of(
    files: Mapping[str, str] = FILES, claims: tuple[ClaimRow, ...] = (), earlier: Earlier | None = None
) -> MapRows:
    """The rows of a vault in memory."""
    analysis = analyse(Vault.of(files), Config())
    rows, left_out = collect(analysis, check(analysis), lambda _: False)
    return arrange("vault", rows, left_out, claims, earlier)
