"""The table of readings in `cases/formula-reading.toml`, row by row, and the tables of the page for authors."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Quantity, Reading, Vocabulary
from vaultcheck.formula.names import normal
from vaultcheck.formula.write import to_text

_ROOT = Path(__file__).parents[3]
_CASES = tomllib.loads((_ROOT / "tests" / "cases" / "formula-reading.toml").read_text(encoding="utf-8"))["case"]
_PAGE = (_ROOT / "docs" / "formula-language.md").read_text(encoding="utf-8")
_CELL = re.compile(r"(?<!\\)\|")


def _declared(names: list[str]) -> Vocabulary:
    return tuple(Quantity(normal(name)) for name in names)


def _shown(reading: Reading) -> list[str]:
    if reading.relations:
        return [to_text(relation) for relation in reading.relations]
    return [] if reading.expression is None else [to_text(reading.expression)]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: str(case["latex"]))
def test_reads_as_the_table_says(case: dict[str, Any]) -> None:
    reading = read(case["latex"], _declared(case.get("names", [])))
    assert _shown(reading) == case.get("reads", [])
    assert reading.formula_class == case["class"]
    if "joins" in case:
        assert [join.value for join in reading.joins] == case["joins"]
    assert list(reading.conditions) == case.get("conditions", [])
    assert [guess.text for guess in reading.guesses] == case.get("guesses", [])
    assert ["; ".join(_shown(other)) for other in reading.alternatives] == case.get("others", [])
    if "stops" in case:
        assert reading.problem is not None
        assert (reading.problem.span[0], reading.problem.expected) == (case["stops"]["at"], case["stops"]["expected"])
    else:
        assert reading.problem is None


def _rows() -> list[tuple[str, str, str]]:
    """The rows of every table of the page: what is written, which names are declared, what is understood."""
    rows = []
    for line in _PAGE.splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in _CELL.split(line)[1:-1]]
        if len(cells) == 3 and cells[0].startswith("`"):
            rows.append((cells[0].strip("`").strip(), cells[1].replace("`", ""), cells[2].strip("`").strip()))
    return rows


def test_the_page_has_its_tables() -> None:
    assert len(_rows()) > 100


@pytest.mark.parametrize(("latex", "names", "understood"), _rows())
def test_the_page_tells_the_truth(latex: str, names: str, understood: str) -> None:
    reading = read(latex, _declared([name.strip() for name in names.split(",") if name.strip()]))
    if understood.startswith("not read"):
        assert reading.problem is not None
        assert understood == f"not read: {reading.formula_class.value}; expected {reading.problem.expected}"
        return
    shown = "; ".join(_shown(reading))
    if reading.conditions:
        shown += f" (if {', '.join(reading.conditions)})"
    others = [f" or {'; '.join(_shown(other))}" for other in reading.alternatives]
    assert shown + "".join(others) == understood
