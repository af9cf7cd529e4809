r"""Customs of writing that a calculation in SI units must respect, so that its numbers are those the author means.

The logarithm of a concentration is that of its number in mol/L (`pH = -\log_{10} [H^+]`). A temperature that is
declared in degrees Celsius is kept in kelvin, so the 273.15 that is added to it or taken from it is nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.dimension_names import PURE
from vaultcheck.formula.dimensions import dimension_of_term
from vaultcheck.formula.literals import is_absolute_zero
from vaultcheck.formula.model import Term
from vaultcheck.formula.unit_table import dimension_of
from vaultcheck.formula.walk import changed, names, names_of, rebuilt, walk

CONCENTRATION = dimension_of("mol m-3")
MOLAR = m.Unit("mol/L", CONCENTRATION, Fraction(1000))
_LOGARITHMS = frozenset({"ln", "log"})
_CHEMICAL = re.compile(r"p(?:[A-Z]|\[)")


def as_meant(relation: m.Relation, vocabulary: m.Vocabulary, *, declared: bool = False) -> m.Relation:
    """The relation with both customs carried out; with `declared`, a logarithm is taken in the unit of the name."""
    units = {q.name: q.unit for q in vocabulary if q.unit is not None and q.dimension not in (None, PURE)}
    shifted = {quantity.name for quantity in vocabulary if quantity.unit is not None and quantity.unit.offset}

    def change(term: Term) -> Term | None:
        if isinstance(term, m.Sum) and shifted & names_of(relation):
            rest = tuple(part for part in term.terms if not is_absolute_zero(_unsigned(part)))
            if len(rest) < len(term.terms) and rest:
                inside = tuple(rebuilt(part, change) for part in rest)
                return inside[0] if len(inside) == 1 else replace(term, terms=inside)
        if isinstance(term, m.Apply) and term.function in _LOGARITHMS and len(term.arguments) == 1:
            argument = rebuilt(term.arguments[0], change)
            unit = units.get(argument.name) if declared and isinstance(argument, m.Symbol) else None
            if unit is None and dimension_of_term(term.arguments[0], vocabulary, {}) == CONCENTRATION:
                unit = MOLAR
            if unit is not None and not unit.offset:
                argument = m.Quotient(argument, m.Measured(m.Number(Fraction(1)), unit))
            return replace(term, arguments=(argument,))
        return None

    return changed(relation, change)


def _unsigned(term: Term) -> Term:
    return term.term if isinstance(term, m.Negative) else term


def depends_on_unit(relation: m.Relation, vocabulary: m.Vocabulary) -> bool:
    """Whether a logarithm is taken of something with a unit, so that its number depends on which.

    Not where a name such as `pH` says that the unit is mol/L.
    """
    if any(_CHEMICAL.match(name) for name in names_of(relation)):
        return False
    for side in (relation.left, relation.right):
        for part in walk(side):
            if isinstance(part, m.Apply) and part.function in _LOGARITHMS and len(part.arguments) == 1:
                dimension = dimension_of_term(part.arguments[0], vocabulary, {})
                if dimension not in (PURE, None) or (dimension is None and names(part.arguments[0])):
                    return True
    return False
