r"""Readings that are more often wrong than right: what has to be decided by somebody, and nothing in it decides.

The grammar reads what is written; these are the shapes in which notes write something else than what it says:
`W^{iK}` with a label raised, `\hat x \hat y` with operators, `F = q v \times B` with vectors, `f^k(x_0)` with a
derivative. `suspicion` names the first of them and its place, and the formula is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from vaultcheck.formula.model import (
    Apply,
    Measured,
    Power,
    Product,
    Quotient,
    Relation,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.reader import Reader, Stop
from vaultcheck.formula.suspicion_differentials import unbalanced_product, unbalanced_relation, unbalanced_sum
from vaultcheck.formula.suspicion_extents import cut_short
from vaultcheck.formula.suspicion_powers import power
from vaultcheck.formula.suspicion_products import is_unread_unit, product
from vaultcheck.formula.suspicion_shapes import D, factors, torn, walked
from vaultcheck.formula.suspicion_sides import sides
from vaultcheck.formula.suspicion_units import ratio
from vaultcheck.formula.tokens import GREEK


def suspicion(roots: Sequence[Relation | Term], reader: Reader) -> Stop | None:
    """Why what was read is not to be trusted, with its place; `None` where nothing speaks against it."""
    nodes = walked(roots)
    measured = any(type(node) is Measured for node in nodes)
    for node in nodes:
        if measured and type(node) is Product and is_unread_unit(node, reader):
            return Stop(node.span, "an upright unit behind the number")
        check = _CHECKS.get(type(node))
        if check is not None and (reason := check(node, reader)):
            return Stop(node.span, reason)
    return None


def _quotient(term: Quotient, reader: Reader) -> str:
    """A lone `d` over something is the sign of a derivative."""
    under = factors(term.denominator)[0]
    lone = (
        factors(term.numerator)[0] == D
        and isinstance(under, Symbol)
        and (under == D or re.fullmatch(r"d[a-z]", under.name))
    )
    return "what is differentiated" if lone and "d" not in reader.lexicon.names else ratio(term, reader)


def _apply(term: Apply, reader: Reader) -> str:
    """What stands in the brackets may be one name, or a condition written with a slash."""
    if len(term.arguments) != 1:
        return ""
    match term.arguments[0]:
        case Quotient(Symbol(upper), Symbol(lower)) if term.function in ("P", "p", "Pr") and (upper + lower).isupper():
            return "a bar before a condition, not a slash"
        case Product((Symbol(), Symbol())) as inside if len(term.function) == 1 or term.function in GREEK:
            return torn(inside, reader)
    return ""


_CHECKS: dict[type, Callable[[Any, Reader], str]] = {
    Product: lambda term, reader: product(term, reader) or unbalanced_product(term, reader),
    Sum: lambda term, reader: cut_short(term) or unbalanced_sum(term, reader),
    Power: power,
    Quotient: _quotient,
    Apply: _apply,
    Relation: lambda relation, reader: sides(relation, reader) or unbalanced_relation(relation, reader),
}
