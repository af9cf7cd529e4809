"""What the suspicions of all kinds of terms look at: the nodes of a tree, factors, brackets, what stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from vaultcheck.formula.model import Number, Product, Relation, Symbol, Term
from vaultcheck.formula.reader import Reader

INSIDE: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in kind.__slots__ if name != "span") for kind in (*get_args(Term), Relation)
}
BOLD = ("vec(", "mathbf(")
D = Symbol("d")
OPENS = re.compile(r"\s*(?:\\left|\\big|\\Big)?\s*\(\s*")
_RAISED = re.compile(r"\^\s*(?:\{[^{}]*\}|\w)")


def walked(roots: Sequence[Relation | Term]) -> list[Any]:
    """Every node of the trees, in no order that matters; a side that two relations share is met once."""
    found: list[Any] = []
    waiting: list[Any] = list(roots)
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is tuple:
            waiting += node
            continue
        inside = INSIDE.get(kind)
        if inside is None or id(node) in seen:
            continue
        seen.add(id(node))
        found.append(node)
        if kind is not Symbol and kind is not Number:
            for name in inside:
                waiting.append(getattr(node, name))
    return found


def factors(term: Term) -> tuple[Term, ...]:
    return term.factors if isinstance(term, Product) else (term,)


def stands(reader: Reader, letter: str) -> bool:
    """Whether a letter that is raised is declared or stands elsewhere, not raised."""
    return letter in reader.lexicon.names or letter in _RAISED.sub(" ", reader.latex)


def stands_apart(reader: Reader, letter: str) -> bool:
    """Whether a letter stands alone somewhere in the formula without being raised, at any depth of braces."""
    text = reader.latex
    while (shorter := _RAISED.sub(" ", text)) != text:
        text = shorter
    return re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", text) is not None


def torn(inside: Product, reader: Reader) -> str:
    """Why two capitals that touch, alone in brackets, are more likely one name: `\\gamma(TE)`."""
    match inside.factors:
        case (Symbol(first, span=one), Symbol(second, span=two)) if one[1] == two[0] and (first + second).isupper():
            if len(first + second) == 2 and reader.lexicon.split(first + second) is None:
                return f"a declared name: {first}{second} is not one"
    return ""
