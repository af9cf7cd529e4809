r"""How far a sum, a limit and an integral reach: what speaks of their index behind their end was meant inside.

`\sum_i a_i x_i + b_i` ends before the plus, yet `b_i` speaks of the index; `\lim_{h \to 0} f(h) + g(h)` likewise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaultcheck.formula.model import Apply, Integral, Limit, Negative, Product, Series, Sum, Symbol, Term
from vaultcheck.formula.names import parts
from vaultcheck.formula.suspicion_shapes import INSIDE

_REASON = "brackets around all that is summed, or that the limit is taken of"


def cut_short(term: Sum) -> str:
    """Why a term of a sum belongs to the sum or the limit before it; empty where none does."""
    bound: set[str] = set()
    for part in term.terms:
        if bound and any(_speaks(node, bound) for node in _free(part, frozenset(bound))):
            return _REASON
        bound |= _bound(part)
    return ""


def _bound(term: Term) -> set[str]:
    """The names that a term binds as a whole: those of a sum or a limit that it ends with."""
    match term:
        case Negative(inner):
            return _bound(inner)
        case Product(factors):
            return _bound(factors[-1])
        case Series(index=index, body=body):
            return {index.name} | _bound(body)
        case Limit(variable=variable):
            return {variable.name}
        case Apply(function) if function.startswith(("sum_", "prod_")):
            return {letter for letter in function.partition("_")[2].partition("=")[0] if letter.islower()}
        case _:
            return set()


def _free(term: Term, bound: frozenset[str]) -> Iterator[Any]:
    """The nodes of a term but for those under a sum or a limit that binds one of the names again."""
    waiting: list[Any] = [term]
    while waiting:
        node = waiting.pop()
        if type(node) is tuple:
            waiting += node
            continue
        if _binds_again(node, bound):
            continue
        if type(node) in INSIDE:
            yield node
            waiting += [getattr(node, name) for name in INSIDE[type(node)]]


def _binds_again(node: Any, bound: frozenset[str]) -> bool:
    """Whether a node is a sum, a limit or an integral over one of the names."""
    match node:
        case Series(index=Symbol(name)) | Limit(variable=Symbol(name)) | Integral(variable=Symbol(name)):
            return name in bound
        case Apply(function) if function.startswith(("sum_", "prod_")):
            return not bound.isdisjoint(function.partition("_")[2])
        case _:
            return False


def _speaks(node: Any, bound: set[str]) -> bool:
    """Whether a node is one of the bound names, or has one as its index."""
    if isinstance(node, Symbol):
        return node.name in bound or parts(node.name)[2] in bound
    return (
        isinstance(node, Apply)
        and node.indexed
        and any(isinstance(index, Symbol) and index.name in bound for index in node.arguments)
    )
