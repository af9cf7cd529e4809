"""What a note declares of its symbols is read, and nothing else."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from vaultcheck.formula.model import Quantity
from vaultcheck.formula.units import read_unit
from vaultcheck.note.parse import parse
from vaultcheck.proof.declared import Declared
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath, Source

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "symbols.toml").read_text(encoding="utf-8"))


def declared(text: str) -> tuple[Declared, ...]:
    """What a note of this text declares."""
    source = Source(NotePath("Note.md"), text)
    return declared_in(parse(source), source)


def row(quantity: Quantity) -> tuple[str, str, str, str]:
    """A quantity as the table writes it, with the unit and the value in a form that does not depend on spelling."""
    name = quantity.name + (f" ({', '.join(quantity.function_of)})" if quantity.function_of else "")
    unit = "" if quantity.unit is None else f"{quantity.unit.dimension.exponents} {quantity.unit.scale}"
    return name, quantity.meaning, unit, "" if quantity.value is None else str(quantity.value)


def wanted(line: str) -> tuple[str, str, str, str]:
    """The same from a row of the table."""
    name, meaning, unit, value = ([part.strip() for part in line.split("|")] + ["", "", ""])[:4]
    known = read_unit(unit) if unit else None
    assert (known is None) == (not unit), unit
    spelled = "" if known is None else f"{known.dimension.exponents} {known.scale}"
    return name, meaning, spelled, str(Fraction(value)) if value else ""


@pytest.mark.parametrize(("text", "lines"), CASES["read"])
def test_reads(text: str, lines: list[str]) -> None:
    assert [row(one.quantity) for one in declared(text)] == [wanted(line) for line in lines]


@pytest.mark.parametrize("text", CASES["nothing"])
def test_reads_nothing(text: str) -> None:
    assert [row(one.quantity) for one in declared(text)] == []


def test_the_table_is_as_large_as_promised() -> None:
    assert len(CASES["read"]) >= 120
    assert len(CASES["nothing"]) >= 50


@pytest.mark.parametrize(("text", "lines"), CASES["read"])
def test_says_where_the_name_stands(text: str, lines: list[str]) -> None:
    for one in declared(text):
        span = one.location.span
        assert one.location.path == "Note.md"
        assert text[span.start : span.end].strip("$")
        assert one.block.start <= span.start < span.end <= one.block.end or one.how.value == "symbols property"


def test_an_empty_field_at_the_end_of_a_section_says_nothing() -> None:
    assert declared("# Heading\n\ngiven:: ") == ()
