r"""Which right sides are a value with a unit: `-90\,\mathrm{mV}`, `340.29\ m/s`."""

from __future__ import annotations

import re
from fractions import Fraction

from vaultcheck.formula.model import Unit
from vaultcheck.formula.units import PURE_NUMBER, is_sure, read_quantity

Value = tuple[Fraction, Fraction, Unit]
_UPRIGHT = re.compile(
    r"\\(?:mathrm|text|textrm|operatorname|unit|rm|SI|qty|Omega|mathsf|ce|celsius|degree|circ|mu|%)|°|Ω|µ|μ"
)
_TORN = re.compile(r"/\s*\(\s*ms\s*\)|kg\s*/\s*ms(?![A-Za-z])")
_LETTERS = re.compile(r"[A-Za-z]+")


def written_value(latex: str, letters: frozenset[str] = frozenset()) -> Value | None:
    r"""The value that LaTeX spells with its unit; `None` where the unit may be a product of names.

    A unit in italics (`5 kPa`) counts only if it has two letters or more and they are not all among `letters`, which
    are those that the note's formulas use as names.
    """
    found = read_quantity(latex)
    if found is None or found[2] == PURE_NUMBER or not is_sure(found[2]):
        return None
    if _UPRIGHT.search(latex):
        return found
    unit_letters = "".join(_LETTERS.findall(re.sub(r"\\[A-Za-z]+", "", latex)))
    if len(unit_letters) < 2 or set(unit_letters) <= letters:
        return None
    return found


def is_torn(text: str) -> bool:
    """Whether a compound holds an `ms` that may be a metre times a second as well as a millisecond."""
    return _TORN.search(text) is not None
