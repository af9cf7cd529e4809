"""Identities that polynomials do not carry: trigonometric, exponential, logarithmic. They rest on sympy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from vaultcheck.formula.algebra.bridge import Bridge, UntranslatableError
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.model import Term

MAX_OPERATIONS = 1500


def _routes() -> Iterator[tuple[str, Callable[[Any], Any]]]:
    import sympy

    yield "expansion", sympy.expand
    yield "logarithms expanded", lambda tree: sympy.expand(sympy.expand_log(tree, force=False))
    yield "squares under roots", lambda tree: sympy.expand(_factored_roots(tree))
    yield "addition theorems", lambda tree: sympy.expand(sympy.expand_trig(tree))
    yield "common denominator", lambda tree: sympy.expand(sympy.fraction(sympy.together(tree))[0])
    yield "trigonometric identities", lambda tree: sympy.trigsimp(sympy.expand_trig(tree))
    yield "exponential form", lambda tree: sympy.simplify(sympy.expand(tree.rewrite(sympy.exp)))
    yield "powers gathered", lambda tree: sympy.powsimp(sympy.expand(tree), force=False)
    yield "simplification", sympy.simplify
    yield "radicals", lambda tree: sympy.simplify(sympy.sqrtdenest(sympy.radsimp(tree)))


def _factored_roots(tree: Any) -> Any:
    """Each square root of the factors of what stands under it: the root of a square comes out by its sign."""
    import sympy

    half = sympy.Rational(1, 2)
    return tree.replace(lambda e: e.is_Pow and e.exp == half, lambda e: sympy.sqrt(sympy.factor(e.base)))


def vanishes(
    left: Term, right: Term, positive: Collection[str], budget: Budget, whole: Collection[str] = ()
) -> str | None:
    """The name of the first route that brings `left - right` to zero, or None."""
    try:
        bridge = Bridge(positive, whole)
        tree = bridge.over(left) - bridge.over(right)
    except (UntranslatableError, ArithmeticError, ValueError, TypeError):
        return None
    if tree == 0:
        return "evaluation"
    if tree.count_ops() > MAX_OPERATIONS:
        return None
    for name, route in _routes():
        with budget.step(1.5) as spent:
            try:
                if route(tree) == 0:
                    return name
            except (ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError):
                continue
        if spent.out:
            budget.note(f"{name} ran out of time")
        if budget.over:
            return None
    return None
