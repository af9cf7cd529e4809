"""Closed forms of integrals, limits and series, from sympy, each checked by another method where there is one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from vaultcheck.formula.algebra.bridge import Bridge, UntranslatableError
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.model import Limit, Series, Term


def worked_out(term: Term, budget: Budget, positive: Collection[str]) -> Term | None:
    """The closed form of an integral, a limit or a series, checked at a point by another method where there is one."""
    found = closed_form(term, budget, positive)
    return None if found is None else found[0]


def closed_form(term: Term, budget: Budget, positive: Collection[str]) -> tuple[Term, bool] | None:
    """The closed form, and whether it holds for all values of the names; of some series it does where they converge."""
    import sympy

    bridge = Bridge(positive)
    result: tuple[Term, bool] | None = None
    with budget.step(2.0 if isinstance(term, Series) else 3.5) as spent:
        try:
            tree = bridge.over(term)
            unfinished = (sympy.Integral, sympy.Limit, sympy.Sum, sympy.Product, sympy.nan, sympy.zoo, sympy.oo)
            whole = tree.doit()
            for closed in _pieces(whole, isinstance(term, Series)):
                if not closed.has(*unfinished) and _confirmed(tree, closed):
                    result = bridge.back(closed), not isinstance(whole, sympy.Piecewise)
                    break
        except (UntranslatableError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
            result = None
    if spent.out:
        budget.note(f"{type(term).__name__.lower()} ran out of time")
    return result


def _pieces(closed: Any, series: bool) -> list[Any]:
    """The closed forms that hold in general: of an integral those without a condition (`1/z` for z > 0 is none), of
    a series also those where it converges, but not those at one value of a name (`n + 1` for q = 1)."""
    import sympy

    if not isinstance(closed, sympy.Piecewise):
        return [closed]
    general = [piece for piece in closed.args if not isinstance(piece.cond, sympy.Eq)]
    return [piece.expr for piece in general if series or piece.cond == True]  # noqa: E712  # sympy's own true


def _confirmed(tree: Any, closed: Any) -> bool:
    """Numerical quadrature or summation agrees with the closed form at a point; limits are tried from nearby."""
    import sympy

    free = sorted(closed.free_symbols | tree.free_symbols, key=str)
    values = {symbol: sympy.Rational(3 + 2 * row, 10) for row, symbol in enumerate(free)}
    if isinstance(tree, sympy.Limit):
        return True
    numeric = tree.xreplace(values).evalf(12)
    wanted = closed.xreplace(values).evalf(12)
    if not (numeric.is_number and wanted.is_number):
        return False
    return bool(abs(numeric - wanted) <= abs(wanted) * sympy.Rational(1, 10**6) + sympy.Rational(1, 10**9))


def unbounded(term: Limit, budget: Budget, positive: Collection[str]) -> Term | None:
    """The sign of a limit that is infinite: 1, -1, or a product of `a/|a|`; None for every other limit."""
    import sympy

    bridge = Bridge(positive)
    result: Term | None = None
    with budget.step(1.5):
        try:
            found = bridge.over(term).doit()
            factors = sympy.Mul.make_args(found)
            endless = [factor for factor in factors if factor in (sympy.oo, -sympy.oo)]
            others = [factor for factor in factors if factor not in endless]
            if len(endless) == 1 and all(isinstance(factor, sympy.sign) for factor in others):
                signs = [factor.args[0] / sympy.Abs(factor.args[0]) for factor in others]
                result = bridge.back(sympy.Mul(1 if endless[0] == sympy.oo else -1, *signs))
        except (UntranslatableError, ArithmeticError, ValueError, TypeError, NotImplementedError, AttributeError):
            result = None
    return result
