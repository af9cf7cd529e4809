"""Going through a term: its parts, its names, and copies of it with parts replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeGuard, get_args

from vaultcheck.formula.model import Apply, Derivative, Integral, Limit, Relation, Series, Symbol, Term

TERMS: tuple[type, ...] = get_args(Term)
_ENTRIES = {kind: tuple(entry.name for entry in fields(kind) if entry.name != "span") for kind in TERMS}
"""The fields that may hold terms, by class: a vault's formulas ask for them a million times."""


def is_term(value: object) -> TypeGuard[Term]:
    """Whether a value is a term (and not a relation, a unit or a plain number)."""
    return value.__class__ in _ENTRIES


def parts(term: Term) -> Iterator[Term]:
    """The terms directly inside a term, bound variables among them."""
    for entry in _ENTRIES[term.__class__]:
        value: Any = getattr(term, entry)
        if is_term(value):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if is_term(item):
                    yield item
                elif isinstance(item, tuple):  # the pieces of a Piecewise
                    for inner in item:
                        if isinstance(inner, Relation):
                            yield from (inner.left, inner.right)
                        elif is_term(inner):
                            yield inner


def walk(term: Term) -> Iterator[Term]:
    """The term and everything inside it."""
    pending = [term]
    while pending:
        current = pending.pop()
        yield current
        pending += reversed(tuple(parts(current)))


def names(term: Term) -> set[str]:
    """The free names of a term (a bound index or variable of integration is not one)."""
    if isinstance(term, Symbol):
        return {term.name}
    found: set[str] = set()
    for part in parts(term):
        found |= names(part)
    if isinstance(term, Series):
        return (found - {term.index.name}) | _bounds(term)
    if isinstance(term, Integral):
        return found - {term.variable.name} | _bounds(term) if term.upper is not None else found
    if isinstance(term, Limit):
        return (found - {term.variable.name}) | names(term.point)
    return found


def _bounds(term: Series | Integral) -> set[str]:
    return {name for bound in (term.lower, term.upper) if bound is not None for name in names(bound)}


def names_of(relation: Relation) -> set[str]:
    """The free names of both sides."""
    return names(relation.left) | names(relation.right)


def has(relation: Relation, kinds: type | tuple[type, ...]) -> bool:
    """Whether a term of these kinds occurs."""
    return any(isinstance(part, kinds) for side in (relation.left, relation.right) for part in walk(side))


def rebuilt(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """A copy in which `change` gave new terms, from the outside in; where it gives None the walk goes on inside."""
    new = change(term)
    if new is not None:
        return new
    updates: dict[str, Any] = {}
    for entry in _ENTRIES[term.__class__]:
        value: Any = getattr(term, entry)
        if is_term(value):
            updates[entry] = rebuilt(value, change)
        elif isinstance(value, tuple) and entry != "pieces":
            updates[entry] = tuple(rebuilt(v, change) if is_term(v) else v for v in value)
    same = all(getattr(term, key) is value or getattr(term, key) == value for key, value in updates.items())
    return term if same else replace(term, **updates)


def changed(relation: Relation, change: Callable[[Term], Term | None]) -> Relation:
    """Both sides rebuilt."""
    return Relation(relation.kind, rebuilt(relation.left, change), rebuilt(relation.right, change), span=relation.span)


def renamed(relation: Relation, mapping: dict[str, Term]) -> Relation:
    """Free and bound names replaced by terms; a name that is differentiated by or applied must map to a name."""

    def change(term: Term) -> Term | None:
        if isinstance(term, Symbol):
            return mapping.get(term.name)
        if isinstance(term, Apply) and isinstance(mapping.get(term.function), Symbol):
            target = mapping[term.function]
            assert isinstance(target, Symbol)
            return replace(term, function=target.name, arguments=tuple(rebuilt(a, change) for a in term.arguments))
        if isinstance(term, Derivative) and not isinstance(mapping.get(term.variable.name, term.variable), Symbol):
            raise ValueError(f"{term.variable.name} is differentiated by")
        return None

    return changed(relation, change)
