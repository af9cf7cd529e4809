"""The question that a claim puts to the prover: `oblige(claim, claims)`, and what its answer is worth: `temper`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.dimensions import DimensionConflict, measure
from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Integral,
    Measured,
    Negative,
    Number,
    Quantity,
    Reading,
    Relation,
    Symbol,
    Term,
    Vocabulary,
)
from vaultcheck.formula.verdict import Obligation, Refutation, Status, Verdict, Why, undecided
from vaultcheck.formula.walk import names, names_of, renamed, walk
from vaultcheck.formula.words import FUNCTIONS
from vaultcheck.proof.model import Claim, Premise, Role
from vaultcheck.proof.values import written_value

_LARGE = 12
"""Whole numbers up to here are factors and powers; larger ones may stand for constants and carry a unit."""
_ROUGHLY = Fraction(1, 10)
_SOFT = frozenset({Status.REFUTED, Status.NOT_FOLLOWING})


def oblige(claim: Claim, claims: Sequence[Claim] | Mapping[str, Claim]) -> Obligation:
    """The question whether a claim follows from its premises. `claims` are all of them, in order or by id.

    The premises of the obligation are those of the claim, one for one. The vocabulary holds the names that occur: as
    they are declared where the claim stands, else where its premises stand. What `given::` fixes is exact there. A
    name of a premise that measures something else where the claim stands is given a name of its own.
    """
    by_id = claims if isinstance(claims, Mapping) else _by_id(claim, claims)
    known = {quantity.name: quantity for quantity in claim.vocabulary}
    premises: list[Reading] = []
    for premise in claim.premises:
        source = by_id.get(premise.claim)
        reading = premise.reading
        if source is not None and source.path != claim.path:
            reading = _merged(reading, source, known)
        premises.append(reading)
    for quantity in _given(claim.premises):
        before = known.get(quantity.name)
        known[quantity.name] = (
            quantity
            if before is None
            else replace(
                before,
                value=quantity.value,
                value_step=Fraction(0),
                dimension=before.dimension or quantity.dimension,
                unit=before.unit or quantity.unit,
            )
        )
    occurring = {name for reading in (claim.reading, *premises) for name in _occurring(reading)}
    vocabulary = tuple(quantity for name, quantity in known.items() if name in occurring)
    rtol = _ROUGHLY if claim.rough else None
    return Obligation(claim.reading, tuple(premises), _without_own(claim, vocabulary), rtol)


def temper(claim: Claim, verdict: Verdict) -> Verdict:
    """The verdict as far as the claim's own words let it count.

    A claim that is limited by words which the prover was not told, or that holds a number which may carry a unit
    (`E_K = 58 \\log_{10} …`), is undecided where it would be refuted. One whose names may be matrices is undecided.
    """
    if claim.matrices and verdict.status not in {Status.UNDECIDED, Status.CONFLICT}:
        found = undecided(Why.UNSUPPORTED, claim.matrices)
        return replace(found, reading=verdict.reading, guesses=verdict.guesses)
    if verdict.status not in _SOFT:
        return verdict
    reason = claim.doubt
    by_dimensions = verdict.refutation is Refutation.DIMENSIONS
    if claim.role is Role.SYSTEM:
        reason = reason or "it is one of several equations that hold together"
    if not reason and not by_dimensions and verdict.refutation is not Refutation.NUMBERS:
        reason = _loose_number(claim) or _unknown_function(claim)
    if not reason and not by_dimensions:
        reason = _unit_left_out(claim)
    if not reason:
        return verdict
    return replace(undecided(Why.OPEN, reason), reading=verdict.reading, guesses=verdict.guesses)


def _by_id(claim: Claim, claims: Iterable[Claim]) -> dict[str, Claim]:
    wanted = {premise.claim for premise in claim.premises}
    return {other.id: other for other in claims if other.id in wanted} if wanted else {}


def _merged(reading: Reading, source: Claim, known: dict[str, Quantity]) -> Reading:
    """The premise with its names put beside those of the claim; a name that means something else gets another."""
    mapping: dict[str, Term] = {}
    occurring = _occurring(reading)
    for quantity in source.vocabulary:
        name = quantity.name
        if name not in occurring:
            continue
        here = known.get(name)
        if here is None:
            known[name] = quantity
        elif here.dimension is not None and quantity.dimension is not None and here.dimension != quantity.dimension:
            own = f"{name}_{source.path.rsplit('/', 1)[-1].removesuffix('.md')}"
            mapping[name] = Symbol(own)
            known[own] = replace(quantity, name=own)
        else:
            known[name] = _filled(here, quantity)
    if not mapping:
        return reading
    relations = tuple(renamed(relation, mapping) for relation in reading.relations)
    others = tuple(
        replace(other, relations=tuple(renamed(relation, mapping) for relation in other.relations))
        for other in reading.alternatives
    )
    return replace(reading, relations=relations, alternatives=others)


def _filled(here: Quantity, there: Quantity) -> Quantity:
    """What is declared at the claim, with the dimension that only the premise's note gives."""
    if here.dimension is None and there.dimension is not None and not here.meaning:
        return replace(here, dimension=there.dimension, unit=there.unit, meaning=there.meaning, assumed=there.assumed)
    return here


def _given(premises: Iterable[Premise]) -> Iterator[Quantity]:
    """The names that `given::` and the block itself fix at a number with a unit, exactly."""
    for premise in premises:
        for relation in premise.reading.relations if premise.stated else ():
            if not isinstance(relation.left, Symbol) or not _is_measured(relation.right):
                continue
            found = written_value(premise.reading.latex.partition("=")[2])
            if found is not None:
                value, _, unit = found
                yield Quantity(relation.left.name, dimension=unit.dimension, unit=unit, value=value)


def _is_measured(term: Term) -> bool:
    return isinstance(term, Measured) or (isinstance(term, Negative) and _is_measured(term.term))


def _without_own(claim: Claim, vocabulary: Vocabulary) -> Vocabulary:
    """Without a value that only the claim itself gives to its left side: nothing is recomputed from itself."""
    relation = claim.reading.relations[0] if claim.reading.relations else None
    if relation is None or not isinstance(relation.left, Symbol) or names_of(relation) != {relation.left.name}:
        return vocabulary
    name = relation.left.name
    stated = {quantity.name for quantity in _given(claim.premises)}
    if name in stated:
        return vocabulary
    return tuple(replace(q, value=None, value_step=Fraction(0)) if q.name == name else q for q in vocabulary)


def _occurring(reading: Reading) -> set[str]:
    """The names of a reading and of the other ways to read it, functions among them."""
    found: set[str] = set()
    for one in (reading, *reading.alternatives):
        for relation in one.relations:
            found |= names_of(relation)
            for side in (relation.left, relation.right):
                found |= {part.function for part in walk(side) if isinstance(part, Apply)}
    return found


def _loose_number(claim: Claim) -> str:
    """Why a number in the claim may stand for constants and a unit: it is no small whole number, and no premise has
    it; empty where there is none."""
    relation = claim.reading.relations[0] if claim.reading.relations else None
    if relation is None or not names_of(relation):
        return ""
    given = {number for premise in claim.premises for number in _numbers(premise.reading.relations)}
    loose = [number for number in _numbers((relation,)) if number not in given and _is_loose(number)]
    if not loose:
        return ""
    sides = (relation.left, relation.right)
    measured = {part.number for side in sides for part in walk(side) if isinstance(part, Measured)}
    if any(isinstance(number, Number) and number.value == loose[0] for number in measured):
        return f"no premise gives a number to compare {float(loose[0]):g} with"
    return f"the number {float(loose[0]):g} in it may stand for constants and carry a unit"


def _unknown_function(claim: Claim) -> str:
    """Why a derivative or an integral without premises is a law, not an identity: it is of something whose formula
    the note does not give (`C dV/dt = I - V/R`)."""
    relation = claim.reading.relations[0] if claim.reading.relations else None
    if relation is None or claim.premises:
        return ""
    for side in (relation.left, relation.right):
        for part in walk(side):
            inner = part.term if isinstance(part, Derivative) else part.body if isinstance(part, Integral) else None
            if inner is not None and isinstance(part, Derivative | Integral) and part.variable.name not in names(inner):
                return f"nothing says how what is differentiated or integrated depends on {part.variable.name}"
            if isinstance(inner, Apply) and inner.function not in FUNCTIONS.values():
                return f"nothing says what {inner.function} is"
    return ""


def _unit_left_out(claim: Claim) -> str:
    """Why numbers that differ may be meant with a unit (`2.64 A / 240 g cm = 0.011`): their dimensions agree only if a
    bare number carries one; empty where they agree as they are."""
    found = measure(claim.reading.relations, claim.vocabulary)
    left_out = isinstance(found, DimensionConflict) and found.literal
    return "a number in it may carry a unit that is not written" if left_out else ""


def _is_loose(value: Fraction) -> bool:
    return value.denominator != 1 or abs(value) > _LARGE


def _numbers(relations: Iterable[Relation]) -> list[Fraction]:
    return [
        part.value
        for relation in relations
        for side in (relation.left, relation.right)
        for part in walk(side)
        if isinstance(part, Number)
    ]
