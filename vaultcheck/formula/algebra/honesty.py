"""Whether values at one moment belong to functions of time: derivatives are never free numbers by themselves."""

from __future__ import annotations

from collections.abc import Collection

from vaultcheck.formula.algebra.eliminate import Eliminated
from vaultcheck.formula.differentiate import NotDifferentiableError, repeated
from vaultcheck.formula.intervals import FUNCTIONS
from vaultcheck.formula.lift import term_of
from vaultcheck.formula.model import Apply, Derivative, Integral, Limit, Relation, Symbol
from vaultcheck.formula.normal import UnlowerableError, lower, substituted
from vaultcheck.formula.polynomial import Atom, TooLargeError
from vaultcheck.formula.question import Question
from vaultcheck.formula.walk import walk


def honest(question: Question, found: Eliminated, varying: Collection[str]) -> bool:
    """Whether functions exist that take the witness's values and satisfy the premises at every moment.

    A function that nothing solves for may have any value and any first derivative, or follows the differential
    equation that gives its derivative. Everything else is refused.
    """
    relations = (*question.premises, question.goal)
    parts = [part for relation in relations for side in (relation.left, relation.right) for part in walk(side)]
    if any(isinstance(part, Integral | Limit) for part in parts):
        return False
    if any(isinstance(part, Apply) and _unknown(part) for part in parts):
        return False
    derivatives = {part for part in parts if isinstance(part, Derivative)}
    if not derivatives:
        return True
    if any(not isinstance(part.term, Symbol) for part in derivatives):
        return False
    if len({part.variable for part in derivatives}) > 1:
        return False
    functions = {part.term.name for part in derivatives if isinstance(part.term, Symbol)} | set(varying)
    functions |= {part.variable.name for part in derivatives}
    names = [(step.premise, step.name) for step in found.steps if isinstance(step.name, Symbol)]
    defined = {name.name for index, name in names if _defines(question, index, name)}
    (variable,) = {part.variable.name for part in derivatives}
    for atom, ratio in found.values.items():
        inner = {leaf for poly in (ratio.top, ratio.bottom) for outer in poly.atoms() for leaf in outer.atoms()}
        moving = any(_moves(leaf, functions) for leaf in inner)
        name = str(atom.parts[0])
        if atom.kind == "derivative":
            continue
        if name in functions and not _consistent(question, found, atom, variable, functions):
            return False
        if name not in functions and moving and name not in defined:
            return False
    return True


def _consistent(question: Question, found: Eliminated, atom: Atom, variable: str, functions: Collection[str]) -> bool:
    """Whether a function that is solved for has the derivatives that its own formula has."""
    name = str(atom.parts[0])
    slopes = [known for known in found.values if known.kind == "derivative" and known.parts[0] == name]
    try:
        for slope in slopes:
            expected = repeated(term_of(found.values[atom]), variable, int(str(slope.parts[2])), functions)
            value = substituted(lower(expected, question.positive), found.values)
            if (value - found.values[slope]).top:
                return False
    except (NotDifferentiableError, UnlowerableError, TooLargeError):
        return False
    return bool(slopes)


def _unknown(part: Apply) -> bool:
    return part.function not in FUNCTIONS and part.function != "log"


def _moves(leaf: Atom, functions: Collection[str]) -> bool:
    return leaf.kind == "derivative" or (leaf.kind in {"name", "positive"} and leaf.parts[0] in functions)


def _defines(question: Question, index: int, name: Symbol) -> bool:
    premise: Relation = question.premises[index]
    return name in (premise.left, premise.right)
