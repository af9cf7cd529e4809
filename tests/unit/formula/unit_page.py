"""Writes the table of `docs/units.md` from the unit table. Run it as a program to renew the page."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from vaultcheck.formula.dimension_names import describe
from vaultcheck.formula.unit_table import GROUPS, PREFIXES, UnitEntry

PAGE = Path(__file__).parents[3] / "docs" / "units.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def table() -> str:
    """The tables of all groups and of the prefixes, as Markdown."""
    parts: list[str] = []
    for title, entries in GROUPS.items():
        parts += [f"### {title}", "", "| written | also | measures | worth in SI | prefixes |", "|---|---|---|---|---|"]
        parts += [_row(entry) for entry in entries]
        parts.append("")
    parts += ["### Prefixes", "", "| prefix | name | power of ten |", "|---|---|---|"]
    parts += [f"| {symbol} | {name} | {power} |" for symbol, (name, power) in PREFIXES.items()]
    return "\n".join(parts) + "\n"


def _row(entry: UnitEntry) -> str:
    written = " ".join(f"`{symbol}`" for symbol in entry.symbols) or f"`{entry.name}`"
    worth = _worth(entry.scale)
    if entry.offset:
        worth += f", from {_worth(entry.offset)} K"
    if not entry.sure:
        worth += " (not sure)"
    remark = "" if entry.alone else " only in a compound"
    cells = (written + remark, ", ".join(entry.words), describe(entry.dimension), worth, " ".join(entry.prefixes))
    return f"| {' | '.join(cells)} |"


def _worth(value: Fraction) -> str:
    if value.denominator == 1 and value < 10**9:
        return str(value)
    number = float(value)
    return str(value) if len(str(value)) <= 9 else f"{number:.10g}"


def renewed(page: str) -> str:
    """The page with its table replaced."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
