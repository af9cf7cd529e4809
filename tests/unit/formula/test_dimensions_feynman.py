"""The Feynman equations agree with their published dimensions and give back any that is left out."""

from __future__ import annotations

import json
import re
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from vaultcheck.formula.dimensions import DimensionConflict, Measurement, measure
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Dimension, Number, Power, Quantity, Relation, Symbol, Term, Vocabulary
from vaultcheck.formula.names import normal
from vaultcheck.formula.unit_table import dimension_of
from vaultcheck.formula.walk import changed

CASES = Path(__file__).parents[2] / "cases"
EQUATIONS = {
    case["id"]: case for case in json.loads((CASES / "formula-feynman.json").read_text(encoding="utf-8"))["equations"]
}
MEASURES = tomllib.loads((CASES / "formula-feynman-dimensions.toml").read_text(encoding="utf-8"))
VOLT = dimension_of("kg m2 s-3 A-1")


def _dimension(text: str) -> Dimension:
    total = Dimension()
    for part in text.split():
        match = re.fullmatch(r"([A-Za-z]+)(-?\d+)?", part)
        assert match is not None
        total *= (VOLT if match[1] == "V" else dimension_of(match[1])) ** Fraction(match[2] or 1)
    return total


def _vocabulary(case: str) -> Vocabulary:
    return tuple(Quantity(normal(name), dimension=_dimension(text)) for name, text in MEASURES[case].items())


def _equation(case: str) -> Relation:
    return read(EQUATIONS[case]["latex"], _vocabulary(case)).relations[0]


def test_every_equation_has_its_dimensions() -> None:
    assert set(MEASURES) == set(EQUATIONS)
    assert len(MEASURES) >= 60


@pytest.mark.parametrize("case", MEASURES)
def test_the_equation_is_consistent(case: str) -> None:
    found = measure([_equation(case)], _vocabulary(case))
    assert isinstance(found, Measurement), found


@pytest.mark.parametrize("case", MEASURES)
def test_every_dimension_that_is_left_out_is_inferred(case: str) -> None:
    relation, names = _equation(case), _vocabulary(case)
    for left_out in names:
        rest = tuple(name for name in names if name is not left_out)
        found = measure([relation], rest)
        assert isinstance(found, Measurement)
        assert found.inferred[left_out.name] == left_out.dimension, left_out.name


def _with_another_power(relation: Relation, name: str) -> Relation:
    def change(term: Term) -> Term | None:
        return Power(term, Number(Fraction(3))) if term == Symbol(name) else None

    return changed(relation, change)


def test_a_power_too_many_of_a_quantity_is_seen() -> None:
    """Every name that is no pure number, raised to the third wherever it stands: the dimensions clash."""
    clashes = total = 0
    for case in MEASURES:
        names = _vocabulary(case)
        for name in names:
            if name.dimension == Dimension():
                continue
            total += 1
            clashes += isinstance(measure([_with_another_power(_equation(case), name.name)], names), DimensionConflict)
    assert total > 180
    assert clashes == total
