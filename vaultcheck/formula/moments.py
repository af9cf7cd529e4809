"""Values of functions at a moment: `V(2 \\tau)` beside `dV/dt` is the value of V there, not a product.

A declared name before a bracket is a quantity, so that `g (V - E)` is a product. Where other formulas of the same
question differentiate the name or define its values, its formula is read once more with the name as a function, and
that reading is taken only if every argument can be a value of the variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vaultcheck.formula.dimension_names import PURE
from vaultcheck.formula.dimensions import dimension_of_term
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Apply, Derivative, Reading, Relation, Symbol, Term, Vocabulary
from vaultcheck.formula.verdict import Obligation
from vaultcheck.formula.walk import names, walk


def with_moments(obligation: Obligation) -> Obligation:
    """The obligation with the values of its differentiated names read as such."""
    readings = (obligation.goal, *obligation.premises)
    moving = _moving(readings)
    if not moving:
        return obligation
    known = tuple(
        replace(quantity, function_of=(moving[quantity.name],)) if quantity.name in moving else quantity
        for quantity in obligation.vocabulary
    )
    again = [_better(reading, read(reading.latex, known), moving, obligation.vocabulary) for reading in readings]
    if all(new is old for new, old in zip(again, readings, strict=True)):
        return obligation
    return replace(obligation, goal=again[0], premises=tuple(again[1:]))


def _moving(readings: Iterable[Reading]) -> dict[str, str]:
    """The names that are differentiated, or given as `g(t) = formula in t`, each with the one name it depends on."""
    found: dict[str, set[str]] = {}
    relations = [relation for reading in readings for relation in reading.relations]
    for part in _parts(relations):
        if isinstance(part, Derivative) and isinstance(part.term, Symbol):
            found.setdefault(part.term.name, set()).add(part.variable.name)
    for relation in relations:
        for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
            argument = side.arguments[0] if isinstance(side, Apply) and len(side.arguments) == 1 else None
            if isinstance(side, Apply) and isinstance(argument, Symbol) and argument.name in names(other):
                found.setdefault(side.function, set()).add(argument.name)
    return {name: next(iter(by)) for name, by in found.items() if len(by) == 1}


def _parts(relations: Iterable[Relation]) -> Iterable[Term]:
    return (part for relation in relations for side in (relation.left, relation.right) for part in walk(side))


def _better(old: Reading, new: Reading, moving: Mapping[str, str], vocabulary: Vocabulary) -> Reading:
    """The new reading, if it has values of moving names that the old one has not, and all of them can be such."""
    if old.problem is not None or new.problem is not None or new.relations == old.relations:
        return old
    before = {part for part in _parts(old.relations) if isinstance(part, Apply) and part.function in moving}
    values = {part for part in _parts(new.relations) if isinstance(part, Apply) and part.function in moving}
    sides = [side for relation in new.relations for side in (relation.left, relation.right)]
    sure = all(_is_moment(value, value in sides, moving, vocabulary) for value in values - before)
    return new if values > before and sure else old


def _is_moment(value: Apply, whole_side: bool, moving: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    """Whether the argument measures what the variable does; of pure or unknown ones only where it is a whole side."""
    if len(value.arguments) != 1 or names(value.arguments[0]) & moving.keys():
        return False
    dimension = dimension_of_term(Symbol(moving[value.function]), vocabulary, {})
    inside = dimension_of_term(value.arguments[0], vocabulary, {})
    return inside == dimension and (whole_side or dimension not in (None, PURE))
