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
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    RelationKind,
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
from vaultcheck.formula.tokens import GREEK


def suspicion(roots: Sequence[Relation | Term], reader: Reader) -> Stop | None:
    """Why what was read is not to be trusted, with its place; `None` where nothing speaks against it."""
    nodes = list(walked(roots))
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
    return "what is differentiated" if lone and "d" not in reader.lexicon.names else ""


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


def _relation(relation: Relation, reader: Reader) -> str:
    """What a whole side may be: two ends of a range, or two names for the same."""
    left, right = relation.left, relation.right
    plain = relation.kind is RelationKind.APPROXIMATE and _is_plain(left) and _is_plain(right)
    if plain and re.search(r"\\sim(?![a-z])", reader.latex):
        return "a relation, not a range"
    if "\\cong" in reader.latex and isinstance(right, Symbol | Apply):
        return "a value, not a structure"
    if isinstance(left, Quotient) and isinstance(left.numerator, Symbol) and isinstance(left.denominator, Symbol):
        name, slash = left.numerator.name, reader.latex[left.numerator.span[1] : left.denominator.span[0]]
        if len(name) > 2 and name.isupper() and slash.strip() == "/" and reader.lexicon.find(name) is None:
            return "a quotient of declared names, or one name"
    return ""


def _is_plain(term: Term) -> bool:
    """Whether a side is a plain number, with its unit or without."""
    return isinstance(term, Number | Measured)


_CHECKS: dict[type, Callable[[Any, Reader], str]] = {
    Product: lambda term, reader: product(term, reader) or unbalanced_product(term, reader),
    Sum: lambda term, reader: cut_short(term) or unbalanced_sum(term, reader),
    Power: power,
    Quotient: _quotient,
    Apply: _apply,
    Relation: lambda relation, reader: _relation(relation, reader) or unbalanced_relation(relation, reader),
}
