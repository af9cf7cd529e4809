"""Measures relations: what undeclared names must measure, or why the dimensions cannot agree.

Declared names are known, the others are unknowns; every sum, relation, exponent and function argument is an equation
(`dimension_forms`), solved over the rationals (`dimension_solver`). A conflict is told as the shortest chain of
reasons that leads to it, with two findings that weaken it: that it rests on dimensions taken from a meaning and not
from a unit, and that it vanishes when a bare number carries a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.dimension_forms import Builder, Demand, Equation, Form, varied_functions
from vaultcheck.formula.dimension_names import PURE, describe
from vaultcheck.formula.dimension_solver import Key, Row, solve
from vaultcheck.formula.model import NOWHERE, Dimension, Place, Quantity, Relation, Term, Vocabulary
from vaultcheck.formula.write import to_text

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One link of the chain: a sentence, the relation (by index; -1 for a declaration) and the place it speaks of."""

    text: str
    relation: int = -1
    span: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DimensionConflict:
    """Dimensions that cannot agree. `left` and `right` are those of the last link's two sides, where they are known.

    `assumed`: it rests on a dimension that was taken from a meaning. `literal`: it vanishes when a bare number (not
    0 or 1) carries a unit. `relations` are the relations (by index) that the chain runs through, the last one last.
    """

    left: Dimension | None
    right: Dimension | None
    reasons: tuple[Reason, ...]
    relations: tuple[int, ...]
    assumed: bool = False
    literal: bool = False

    @property
    def certain(self) -> bool:
        """Whether nothing weakens it."""
        return not self.assumed and not self.literal


@dataclass(frozen=True, slots=True)
class Measurement:
    """Dimensions that agree. `inferred` are those of undeclared names; `sides` those of each relation's two sides,
    `None` where they are not determined; `compared` whether something was checked in the last relation.
    """

    inferred: Mapping[str, Dimension]
    sides: tuple[tuple[Dimension | None, Dimension | None], ...]
    compared: bool


def measure(
    relations: Sequence[Relation], vocabulary: Vocabulary, show: Callable[[Term], str] = to_text
) -> Measurement | DimensionConflict:
    """What the names of the relations measure, all relations taken together.

    `show` writes a term for the author. Names that the vocabulary gives no dimension are inferred.
    """
    declared = {quantity.name: quantity for quantity in vocabulary if quantity.dimension is not None}
    builder = Builder(varied_functions(relations, declared))
    for relation in relations:
        builder.relate(relation)
    known: dict[Key, Dimension] = {
        ("name", name): quantity.dimension for name, quantity in declared.items() if quantity.dimension is not None
    }
    found = _solve(builder.equations, known, literals_free=False)
    if isinstance(found, tuple):
        return _conflict(builder, found, known, declared, show)
    solution = known | found
    sides = tuple((_value(left, solution), _value(right, solution)) for left, right in builder.sides)
    inferred = {
        str(key[1]): value
        for key, value in found.items()
        if isinstance(key, tuple) and key[0] == "name" and key not in known
    }
    return Measurement(inferred, sides, _compared(builder, known))


def dimension_of_term(term: Term, vocabulary: Vocabulary, inferred: Mapping[str, Dimension]) -> Dimension | None:
    """The dimension of a term from declared and inferred ones; `None` where it is open or `0` fits anything."""
    known: dict[Key, Dimension] = {("name", name): value for name, value in inferred.items()}
    known |= {("name", q.name): q.dimension for q in vocabulary if q.dimension is not None}
    form = Builder().form(term)
    return None if form is None else _value(form, known)


def _solve(
    equations: Sequence[Equation], known: Mapping[Key, Dimension], *, literals_free: bool
) -> dict[Key, Dimension] | tuple[int, ...]:
    """The unknowns, or the indices of equations in conflict; symbolic powers wait until their bases are known."""
    solution: dict[Key, Dimension] = {}
    for _ in range(_ROUNDS):
        rows = [_row(equation, dict(known) | solution, literals_free) for equation in equations]
        found = solve(rows)
        if isinstance(found, tuple):
            return found
        new = {key: value for key, value in found.items() if key not in solution}
        solution |= new
        if not any(isinstance(key, tuple) and key[0] == "name" for key in new):
            break
    return solution


def _row(equation: Equation, known: Mapping[Key, Dimension], literals_free: bool) -> Row:
    difference = equation.left.times(equation.right, Fraction(-1))
    right = difference.known**-1
    coefficients: dict[Key, Fraction] = {}
    for key, power in difference.parts:
        if key in known:
            right /= known[key] ** power
        elif isinstance(key, tuple) and key[0] == "literal" and not literals_free:
            continue
        elif isinstance(key, tuple) and key[0] == "power":
            unknown = _power_key(key, known)
            if unknown is not None:
                coefficients[unknown] = coefficients.get(unknown, Fraction(0)) + power
        else:
            coefficients[key] = coefficients.get(key, Fraction(0)) + power
    return Row({key: power for key, power in coefficients.items() if power}, right)


def _power_key(key: tuple[object, ...], known: Mapping[Key, Dimension]) -> Key | None:
    """The unknown for a quantity to a symbolic power: the same for equal dimensions, none for a pure number."""
    _, exponent, base = key
    if not isinstance(base, Dimension):
        inner = base
        if isinstance(inner, tuple) and inner[0] == "literal":
            return None
        base = known.get(inner, inner)
    return None if base == PURE else ("power", exponent, base)


def _value(form: Form | None, known: Mapping[Key, Dimension]) -> Dimension | None:
    if form is None:
        return None
    total = form.known
    for key, power in form.parts:
        if isinstance(key, tuple) and key[0] == "literal":
            continue
        if isinstance(key, tuple) and key[0] == "power" and _power_key(key, known) is None:
            continue
        if key not in known:
            return None
        total *= known[key] ** power
    return total


def _compared(builder: Builder, known: Mapping[Key, Dimension]) -> bool:
    """Whether an equation of the last relation held between known dimensions that are not all pure numbers."""
    for equation in builder.equations:
        if equation.relation != builder.relation - 1:
            continue
        left, right = _value(equation.left, known), _value(equation.right, known)
        if left is not None and left == right and (left != PURE or equation.left.parts or equation.right.parts):
            return True
    return False


def _conflict(
    builder: Builder,
    indices: tuple[int, ...],
    known: Mapping[Key, Dimension],
    declared: Mapping[str, Quantity],
    show: Callable[[Term], str],
) -> DimensionConflict:
    equations = [builder.equations[index] for index in indices]
    equations.sort(key=lambda equation: (equation.relation, equation.demand is Demand.SIDES))
    last = equations[-1]
    others = _solve(equations[:-1], known, literals_free=False)
    solution = dict(known) | (others if isinstance(others, dict) else {})
    left, right = _value(last.left, solution), _value(last.right, solution)
    reasons = [Reason(_declaration(declared[name]), span=NOWHERE) for name in _names(equations) if name in declared]
    reasons += [_reason(equation, solution, show) for equation in equations]
    weak_known = {key: value for key, value in known.items() if not _is_assumed(key, declared)}
    all_equations = builder.equations
    assumed = isinstance(_solve(all_equations, weak_known, literals_free=False), dict)
    literal = isinstance(_solve(all_equations, known, literals_free=True), dict)
    if not assumed and not literal:
        assumed = literal = isinstance(_solve(all_equations, weak_known, literals_free=True), dict)
    relations = tuple(dict.fromkeys(equation.relation for equation in equations))
    return DimensionConflict(left, right, tuple(reasons), relations, assumed, literal)


def _is_assumed(key: Key, declared: Mapping[str, Quantity]) -> bool:
    return isinstance(key, tuple) and key[0] == "name" and key[1] in declared and declared[key[1]].assumed


def _names(equations: Sequence[Equation]) -> list[str]:
    """The names that matter to the chain, in the order in which they appear."""
    found: dict[str, None] = {}
    for equation in equations:
        for form in (equation.left, equation.right):
            for key, _ in form.parts:
                inner = key
                while isinstance(inner, tuple) and inner[0] == "power":
                    inner = inner[2]
                if isinstance(inner, tuple) and inner[0] == "name":
                    found[str(inner[1])] = None
    return list(found)


def _declaration(quantity: Quantity) -> str:
    dimension = describe(quantity.dimension or PURE)
    if quantity.assumed:
        return f"{quantity.name} is taken for {dimension}, because it means “{quantity.meaning}”"
    if quantity.unit is not None and quantity.unit.text not in ("", "1"):
        return f"{quantity.name} is declared in {quantity.unit.text}: {dimension}"
    return f"{quantity.name} is declared as {dimension}"


def _reason(equation: Equation, known: Mapping[Key, Dimension], show: Callable[[Term], str]) -> Reason:
    left, right = (_said(_value(form, known)) for form in (equation.left, equation.right))
    first = show(equation.first)
    second = "" if equation.second is None else show(equation.second)
    match equation.demand:
        case Demand.SIDES:
            text = f"both sides must measure the same: {first} is {left}, {second} is {right}"
        case Demand.SUM:
            text = f"what is added must measure the same: {first} is {left}, {second} is {right}"
        case Demand.FUNCTION:
            text = f"{equation.note} is taken of a pure number: {first} is {left}"
        case Demand.EXPONENT:
            text = f"an exponent is a pure number: {first} is {left}"
        case Demand.LOGARITHM:
            text = f"the logarithms together are taken of {left}, not of a pure number: {first}"
        case Demand.BOUNDS:
            text = f"{first} is a value of {second}: {first} is {left}, {second} is {right}"
        case Demand.ARGUMENTS:
            text = f"the values of {equation.note} must measure the same: {first} is {left}, {second} is {right}"
    return Reason(text, equation.relation, equation.first.span)


def _said(dimension: Dimension | None) -> str:
    return "not known by itself" if dimension is None else describe(dimension)
