r"""Whether differentials balance: every term of a sum and both sides of an equation hold equally many of them.

`\frac{dy}{dt} = c x y - dy` has a differential in one term only, so `dy` is a product there; `\int f\,dx - g\,dy` has
one behind the integral, so the integral reaches further than was read.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Constant,
    Integral,
    Limit,
    Measured,
    Negative,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    RelationKind,
    Root,
    Series,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import walked
from vaultcheck.formula.tokens import GREEK

_NAME = re.compile(r"d(?:[A-Za-z]|\w{2,}\(.*\))")
_MAY_DIFFER = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{0,2}d(?![a-zA-Z]{2})|d[a-z]d[a-z]")
"""Where a differential may stand in the LaTeX: a `d` that is no part of a longer word."""
_SIDES = frozenset((RelationKind.EQUAL, RelationKind.DEFINED, RelationKind.IDENTICAL))
_NONE = frozenset(("dB", "db", "dL", "df"))
"""Decibels, decilitres and degrees of freedom."""
_REASON = "equally many differentials in every term"


@lru_cache(maxsize=64)
def _may_differ(latex: str) -> bool:
    return _MAY_DIFFER.search(latex) is not None


def unbalanced_sum(term: Sum, reader: Reader) -> str:
    """Why one term of a sum holds a differential and another does not; empty where all hold equally many."""
    if not _may_differ(reader.latex):
        return ""
    counts = {count for part in term.terms if (count := _count(part, reader)) is not None}
    return "" if len(counts) < 2 or _is_shift(term, reader) else _REASON


def unbalanced_relation(relation: Relation, reader: Reader) -> str:
    r"""Why one side holds a differential and the other does not; a lone Latin one may name a step (`dx = h`), and a
    lone name may be a form (`\omega = d\alpha`)."""
    if relation.kind not in _SIDES or not _may_differ(reader.latex):
        return ""
    sides = (relation.left, relation.right)
    if any(isinstance(side, Symbol) and len(side.name) == 2 for side in sides):
        return ""
    if all(isinstance(_bare(side), Symbol) for side in sides):
        return ""
    left, right = (_count(side, reader) for side in sides)
    return _REASON if left is not None and right is not None and left != right else ""


def unbalanced_product(term: Product, reader: Reader) -> str:
    """Why a differential stands behind an integral that has closed with another: there are two integrals."""
    closed = False
    for part in term.factors:
        if closed and isinstance(part, Symbol) and is_differential_name(part.name, reader):
            return "one integral sign for each differential"
        closed = closed or isinstance(part, Integral)
    return ""


def is_differential_name(name: str, reader: Reader) -> bool:
    """Whether a name is that of a differential: `dx`, `d\\theta`, `d\\vec r`, `\\delta W`, undeclared."""
    return name[0] == "d" and name not in reader.lexicon.names and _looks_so(name)


def _looks_so(name: str) -> bool:
    base, _, sub, _ = parts(name)
    if base in _NONE or len(sub) > 2:
        return False
    return _NAME.fullmatch(base) is not None or base[1:] in GREEK


def _is_shift(term: Sum, reader: Reader) -> bool:
    """Whether the differential of a sum shifts another of its terms: `x + dx`."""
    moved = [part.name for part in map(_bare, term.terms) if isinstance(part, Symbol)]
    return any(is_differential_name(name, reader) and name[1:] in moved for name in moved)


def _bare(term: Term) -> Term:
    return term.term if isinstance(term, Negative) else term


def _count(term: Term, reader: Reader) -> int | None:
    """How many differentials a term holds; `None` where that cannot be said or does not matter."""
    match term:
        case Number(value=value):
            return None if value == 0 else 0
        case Constant() | Measured():
            return 0
        case Symbol(name):
            unclear = name[0] == "d" and len(name) > 1
            return 1 if is_differential_name(name, reader) else None if unclear else 0
        case Apply(function) if is_differential_name(function, reader):
            return 1
        case Negative(inner) | Absolute(inner) | Limit(inner) | Series(inner) | Integral(inner):
            return _count(inner, reader)
        case Product(parts_of):
            counts = [_count(part, reader) for part in parts_of]
            return None if None in counts else sum(count for count in counts if count is not None)
        case Quotient(upper, lower):
            above, below = _count(upper, reader), _count(lower, reader)
            return None if above is None or below is None else above - below
        case Sum(terms):
            counts = [_count(part, reader) for part in terms]
            return counts[0] if len(set(counts)) == 1 else None
        case PlusMinus():
            return None
        case Power(base, Number(value=value)):
            return _times(_count(base, reader), value)
        case Root(inner, Number(value=value)):
            return _times(_count(inner, reader), 1 / value) if value else None
        case _:
            inside = any(
                isinstance(node, Symbol) and is_differential_name(node.name, reader) for node in walked((term,))
            )
            return None if inside else 0


def _times(count: int | None, factor: Fraction) -> int | None:
    """The count under a power or a root; `None` where it is no whole number."""
    raised = None if count is None else count * factor
    return None if raised is None or raised.denominator != 1 else int(raised)
