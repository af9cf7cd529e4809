"""Solving the premises one after the other, names outside the claim first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from vaultcheck.formula.algebra.rings import cancelled
from vaultcheck.formula.isolate import Isolated, isolate, surely_nonzero
from vaultcheck.formula.lift import term_of, term_of_atom
from vaultcheck.formula.model import Apply, Derivative, Negative, Power, Quotient, Relation, RelationKind, Symbol, Term
from vaultcheck.formula.normal import (
    Ratio,
    UnlowerableError,
    difference,
    is_positive,
    is_positive_atom,
    lower,
    quotient_of,
    substituted,
)
from vaultcheck.formula.polynomial import ONE, Atom, Poly
from vaultcheck.formula.question import EQUALITIES, STRICT, Question
from vaultcheck.formula.verdict import Solved
from vaultcheck.formula.walk import walk

SOLVABLE = frozenset({"name", "positive", "derivative"})


@dataclass(frozen=True, slots=True)
class Preference:
    """Which names to solve for: `kept` last, `lead` (the claim's lone left side) before the other kept ones."""

    kept: Collection[Atom]
    lead: Collection[Atom] = ()
    known: Collection[Atom] = ()
    """Names with values: never solved for."""


@dataclass(slots=True)
class Eliminated:
    """What solving the premises gave."""

    steps: list[Solved] = field(default_factory=list)
    values: dict[Atom, Ratio] = field(default_factory=dict)
    nonzero: list[Poly] = field(default_factory=list)
    unsolved: dict[int, Poly] = field(default_factory=dict)
    """Premises that could not be solved for any name, after the others."""
    impossible: tuple[int, Poly] | None = None
    """A premise that became `constant = 0`, or `something that cannot vanish = 0`."""
    ties: bool = False
    """Whether the premises say anything about the kept names alone."""
    doubtful: list[tuple[int, Atom]] = field(default_factory=list)
    """Steps that divided by what may vanish: another name could have been solved for on another branch."""


def eliminate(question: Question, preference: Preference, banned: Collection[tuple[int, Atom]] = ()) -> Eliminated:
    """Greedy elimination: at each step the cheapest name of the cheapest premise; `banned` steps are not taken."""
    result = Eliminated()
    rest = {
        index: question.top(premise) for index, premise in enumerate(question.premises) if premise.kind in EQUALITIES
    }
    divisors = divisors_of(question)
    while rest:
        rest = {index: _bare(poly, divisors) for index, poly in rest.items() if poly}
        for index, poly in rest.items():
            if not poly.atoms() or (poly.constant() is None and surely_nonzero(poly)):
                result.impossible = (index, poly)
                return result
        choice = _cheapest(rest, preference, (*result.nonzero, *divisors), banned)
        if choice is None:
            result.unsolved = rest
            result.ties = result.ties or any(_only_kept(poly, preference) for poly in rest.values())
            return _signed(result)
        index, atom, found = choice
        result.ties = result.ties or (atom in preference.kept and _only_kept(rest[index], preference))
        if not all(surely_nonzero(poly, divisors) for poly in found.nonzero):
            result.doubtful.append((index, atom))
        _take(result, index, atom, found)
        del rest[index]
        divisors = [substituted(Ratio(poly), {atom: result.values[atom]}).top for poly in divisors]
        rest = {
            other: cancelled(substituted(Ratio(poly), {atom: result.values[atom]})).top if poly.mentions(atom) else poly
            for other, poly in rest.items()
        }
    return _signed(result)


def _signed(result: Eliminated) -> Eliminated:
    """Marked impossible where a positive name was given a value that is zero or negative."""
    for step in result.steps:
        for atom, ratio in result.values.items():
            below = is_positive(-ratio.top) and is_positive(ratio.bottom)
            if term_of_atom(atom) == step.name and is_positive_atom(atom) and (not ratio.top or below):
                result.impossible = (step.premise, Poly.atom(atom))
    return result


def _only_kept(poly: Poly, preference: Preference) -> bool:
    """Whether every name in the polynomial is one of the claim's (or has a value)."""
    inner = {leaf for atom in poly.atoms() for leaf in atom.atoms() if leaf.kind in SOLVABLE}
    return all(leaf in preference.kept or leaf in preference.known for leaf in inner)


def _take(result: Eliminated, index: int, atom: Atom, found: Isolated) -> None:
    value = cancelled(found.value)
    name = term_of_atom(atom)
    assert isinstance(name, Symbol | Derivative)
    result.steps.append(Solved(index, name, term_of(value)))
    result.values = {
        known: cancelled(substituted(old, {atom: value})) if _mentions(old, atom) else old
        for known, old in result.values.items()
    }
    result.values[atom] = value
    result.nonzero.extend(found.nonzero)


def _mentions(ratio: Ratio, atom: Atom) -> bool:
    return ratio.top.mentions(atom) or ratio.bottom.mentions(atom)


def divisors_of(question: Question) -> list[Poly]:
    """What the formulas divide by, not zero where they mean anything, and what premises such as `x > 2` keep apart."""
    found: list[Poly] = []
    for premise in question.premises:
        if premise.kind in STRICT | {RelationKind.UNEQUAL}:
            found.extend(_apart(premise, question.positive))
    for relation in (*question.premises, question.goal):
        for side in (relation.left, relation.right):
            for term in walk(side):
                found.extend(_below(term, question.positive))
    return list(dict.fromkeys(found))


def _apart(premise: Relation, positive: Collection[str]) -> list[Poly]:
    """The difference of two sides that are never equal."""
    try:
        top = difference(premise, positive).top
    except UnlowerableError:
        return []
    return [] if top.constant() is not None else [top]


def _below(term: Term, positive: Collection[str]) -> list[Poly]:
    """What must not vanish for a term to have a value: its denominator, or what it is the logarithm of."""
    inside: Term | None = None
    match term:
        case Quotient(denominator=lower_part):
            inside = lower_part
        case Power(base=base, exponent=Negative()):
            inside = base
        case Apply(function="ln" | "log", arguments=(argument,)):
            inside = argument
        case Apply(function="tan" | "sec", arguments=(argument,)):
            inside = Apply("cos", (argument,))
    try:
        ratio = Ratio(ONE) if inside is None else lower(inside, positive)
    except UnlowerableError:
        return []
    return [poly for poly in (ratio.top, ratio.bottom) if poly.constant() is None]


def _bare(poly: Poly, divisors: Collection[Poly]) -> Poly:
    """Without the factors that cannot vanish: `V (g - h) = 0` says `g - h = 0` of a positive V."""
    if poly.single() is not None:
        return poly
    _, monomial = poly.content()
    apart = tuple(
        (a, power) for a, power in monomial if is_positive_atom(a) or (power > 0 and Poly.atom(a) in divisors)
    )
    poly = poly.over(Fraction(1), apart)
    for divisor in divisors:
        bare = divisor.over(*divisor.content()) if divisor else ONE
        whole = quotient_of(poly, bare) if bare != ONE and poly.constant() is None else None
        if whole is not None and whole:
            poly = whole
    return poly


def _cheapest(
    rest: dict[int, Poly], preference: Preference, nonzero: Collection[Poly], banned: Collection[tuple[int, Atom]]
) -> tuple[int, Atom, Isolated] | None:
    best: tuple[tuple[int, ...], str, int, Atom, Isolated] | None = None
    for index, poly in rest.items():
        leaves = {leaf for atom in poly.atoms() for leaf in atom.atoms() if leaf.kind in SOLVABLE}
        for atom in leaves:
            if atom in preference.known or (index, atom) in banned:
                continue
            found = isolate(poly, atom)
            if found is None or (
                not found.value.top and not all(surely_nonzero(part, nonzero) for part in found.nonzero)
            ):
                continue  # of `x (y - 1) = 0` the branch x = 0 is not the one meant
            conditions = sum(not surely_nonzero(part, nonzero) for part in found.nonzero)
            rank = 0 if atom not in preference.kept else 1 if atom in preference.lead else 2
            size = len(found.value.top.terms) + len(found.value.bottom.terms)
            cost = (rank, min(conditions, 1), found.depth, atom.kind == "positive" and rank == 2, size)
            key = (cost, atom.key, index, atom, found)
            if best is None or key[:3] < best[:3]:
                best = key
    return None if best is None else best[2:]
