"""Whether a differential equation with its side conditions has one solution only."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vaultcheck.formula.algebra.rings import factored
from vaultcheck.formula.isolate import surely_nonzero
from vaultcheck.formula.model import Apply, Constant, ConstantName, Derivative, Limit, Relation, Symbol, Term
from vaultcheck.formula.normal import UnlowerableError, difference, is_positive
from vaultcheck.formula.polynomial import Atom, Poly
from vaultcheck.formula.question import EQUALITIES
from vaultcheck.formula.walk import walk


def is_only_solution(name: str, variable: str, relations: Sequence[Relation], positive: Collection[str]) -> bool:
    """Whether at most one function satisfies the relations.

    First order, solvable for the derivative and polynomial in the function (so Lipschitz), with a value at a point;
    or linear of second order with value and slope at one point, or `f'' = k f`, k > 0, with a value and a limit.
    """
    equation: Poly | None = None
    order = 0
    points: list[tuple[Term, int]] = []
    limits = 0
    for relation in relations:
        parts = [part for side in (relation.left, relation.right) for part in walk(side)]
        orders = [part.order for part in parts if isinstance(part, Derivative) and part.term == Symbol(name)]
        values = [part for part in parts if isinstance(part, Apply) and part.function == name]
        limit = next((part for part in parts if isinstance(part, Limit)), None)
        if limit is not None:
            limits += limit.body == Symbol(name) and limit.point == Constant(ConstantName.INFINITY)
        elif values:
            points.extend((value.arguments[0], value.primes) for value in values)
        elif orders and relation.kind in EQUALITIES and equation is None:
            order = max(orders)
            try:
                equation = difference(relation, positive).top
            except (UnlowerableError, ArithmeticError):
                return False
    if equation is None or not _smooth(equation, variable):
        return False
    if order == 1:
        return len(points) >= 1 and _regular(equation, name, variable, 1)
    if order != 2 or not _linear(equation, name, variable):
        return False
    same_point = {point for point, _ in points}
    if len(same_point) == 1 and {primes for _, primes in points} >= {0, 1}:
        return True
    return bool(points) and limits >= 1 and _decays(equation, name, variable)


def _smooth(equation: Poly, variable: str) -> bool:
    """Whether the variable itself enters without poles: `t V' = V` has more than one solution through zero."""
    own = [atom for atom in equation.atoms() if atom.kind in {"name", "positive"} and atom.parts[0] == variable]
    for atom in equation.atoms():
        hidden = any(inner.kind in {"name", "positive"} and inner.parts[0] == variable for inner in atom.atoms())
        if hidden and atom not in own and atom.kind not in {"derivative", "sin", "cos", "power"}:
            return False
    return all(isinstance(power, int) and power >= 0 for atom in own for power in equation.by_power(atom))


def _atoms(name: str, variable: str, order: int, equation: Poly) -> tuple[Atom, Atom | None]:
    derivative = Atom("derivative", name, variable, str(order))
    own = [atom for atom in equation.atoms() if atom.kind in {"name", "positive"} and atom.parts[0] == name]
    return derivative, own[0] if own else None


def _regular(equation: Poly, name: str, variable: str, order: int) -> bool:
    """Linear in the derivative with a coefficient that cannot vanish, and a polynomial in the function."""
    derivative, own = _atoms(name, variable, order, equation)
    parts = equation.by_power(derivative)
    if set(parts) - {0, 1} or 1 not in parts or not _without_zero(parts[1], own, variable):
        return False
    if own is None:
        return True
    return all(
        atom == own or not any(inner == own for inner in atom.atoms())
        for part in parts.values()
        for atom in part.atoms()
    ) and all(isinstance(power, int) and power >= 0 for part in parts.values() for power in part.by_power(own))


def _without_zero(poly: Poly, own: Atom | None, variable: str) -> bool:
    if own is not None and poly.mentions(own):
        return False
    if any(inner.parts[:1] == (variable,) for atom in poly.atoms() for inner in atom.atoms()):
        return False
    return all(surely_nonzero(factor) or len(factor.terms) == 1 for factor, _ in factored(poly))


def _linear(equation: Poly, name: str, variable: str) -> bool:
    second, own = _atoms(name, variable, 2, equation)
    first = Atom("derivative", name, variable, "1")
    moving = [atom for atom in (second, first, own) if atom is not None]
    for monomial in equation.terms:
        powers = [power for atom, power in monomial if atom in moving]
        hidden = any(inner in moving for atom, _ in monomial if atom not in moving for inner in atom.atoms())
        if hidden or powers not in ([], [1]):
            return False
    parts = equation.by_power(second)
    return 1 in parts and _without_zero(parts[1], own, variable) and surely_nonzero(parts[1])


def _decays(equation: Poly, name: str, variable: str) -> bool:
    """Whether it is `f'' = k f` with positive k: of its solutions only one has a value at a point and a limit of 0."""
    second, own = _atoms(name, variable, 2, equation)
    if own is None:
        return False
    parts = equation.by_power(second)
    rest = parts.get(0, Poly({})).by_power(own)
    if set(rest) != {1}:
        return False
    leading, stiffness = parts[1], rest[1]
    return (is_positive(leading) and is_positive(-stiffness)) or (is_positive(-leading) and is_positive(stiffness))
