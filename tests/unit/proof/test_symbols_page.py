"""What the author's guide shows of symbols is what is read."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from vaultcheck.formula.units import read_unit
from vaultcheck.note.parse import parse
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath, Source

PAGE = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Symbols\n")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```markdown\n(.*?)```\n\n\| name [^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)*)", SECTION, re.DOTALL)


def test_every_example_has_its_table() -> None:
    assert len(EXAMPLES) == SECTION.count("```markdown") >= 8


@pytest.mark.parametrize(("text", "table"), EXAMPLES)
def test_the_guide_is_right(text: str, table: str) -> None:
    source = Source(NotePath("Note.md"), text)
    read = [
        (one.quantity.name, one.quantity.meaning, one.quantity.unit, one.quantity.value)
        for one in declared_in(parse(source), source)
    ]
    rows = [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in table.splitlines()]
    assert read == [
        (name, meaning, read_unit(unit) if unit else None, Fraction(value) if value else None)
        for name, meaning, unit, value in rows
    ]
