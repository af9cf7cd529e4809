"""Every Feynman equation, its names declared, is worth what the equation is worth in plain notation."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from tests.unit.formula.evaluate import plain_value, value
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import FormulaClass, Quantity
from vaultcheck.formula.names import normal

_CASES = json.loads((Path(__file__).parents[2] / "cases" / "formula-feynman.json").read_text(encoding="utf-8"))
_POINTS = 5


@pytest.mark.parametrize("case", _CASES["equations"], ids=lambda case: str(case["id"]))
def test_has_the_value_of_its_plain_notation(case: dict[str, str]) -> None:
    names = [case["output"], *case["names"]]
    reading = read(case["latex"], tuple(Quantity(normal(name)) for name in names))
    assert reading.formula_class is FormulaClass.RELATION
    assert reading.alternatives == ()
    relation = reading.relations[0]
    chance = random.Random(case["id"])
    compared = 0
    for _ in range(200):
        plain = {name: chance.uniform(0.3, 1.7) for name in names}
        read_names = {normal(name): number for name, number in plain.items()}
        try:
            expected = plain_value(case["formula"], plain)
            found = value(relation.right, read_names)
        except (ValueError, TypeError, ZeroDivisionError):
            continue  # outside the domain: a root or an arc of what is too large
        assert math.isclose(found, expected, rel_tol=1e-9)
        compared += 1
        if compared == _POINTS:
            return
    pytest.fail("no five points inside the domain")
