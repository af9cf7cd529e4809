"""Laws of dimensions and numbers: what the order and the names of things must not change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula.dimensions import DimensionConflict, Measurement, measure
from vaultcheck.formula.model import (
    Dimension,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Relation,
    RelationKind,
    Root,
    Sum,
    Symbol,
    Term,
    Unit,
)
from vaultcheck.formula.numbers import Outcome, compare
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.walk import renamed

NAMES = "abcde"
UNITS = tuple(unit for text in ("m", "s", "kg", "mV", "m/s", "1") if (unit := read_unit(text)) is not None)

whole = st.integers(2, 9).map(lambda n: Number(Fraction(n), Fraction(1)))
decimal = st.integers(101, 9999).map(lambda n: Number(Fraction(n, 100), Fraction(1, 100), exact=False))
leaves = st.one_of(st.sampled_from(NAMES).map(Symbol), whole)


def _deeper(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        st.builds(Quotient, parts, parts),
        st.builds(Power, parts, whole),
        st.builds(Root, parts, st.just(Number(Fraction(2)))),
        parts.map(Negative),
    )


terms: st.SearchStrategy[Term] = st.recursive(leaves, _deeper, max_leaves=6)
relations = st.builds(Relation, st.just(RelationKind.EQUAL), terms, terms)
vocabularies = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(UNITS), max_size=5).map(
    lambda units: tuple(Quantity(name, dimension=unit.dimension, unit=unit) for name, unit in sorted(units.items()))
)


def _kind(found: Measurement | DimensionConflict) -> object:
    return dict(found.inferred) if isinstance(found, Measurement) else (found.assumed, found.literal)


@given(st.lists(relations, min_size=1, max_size=3), vocabularies)
@settings(max_examples=80, deadline=None)
def test_neither_sides_nor_order_change_what_is_measured(
    given_relations: list[Relation], names: tuple[Quantity, ...]
) -> None:
    found = _kind(measure(given_relations, names))
    swapped = [replace(relation, left=relation.right, right=relation.left) for relation in given_relations]
    assert _kind(measure(swapped, names)) == found
    assert _kind(measure(given_relations[::-1], names)) == found


@given(relations, vocabularies)
@settings(max_examples=80, deadline=None)
def test_other_names_measure_the_same(relation: Relation, names: tuple[Quantity, ...]) -> None:
    other = {name: f"{name}_x" for name in NAMES}
    again = renamed(relation, {name: Symbol(new) for name, new in other.items()})
    found = measure([again], tuple(replace(quantity, name=other[quantity.name]) for quantity in names))
    before = measure([relation], names)
    assert type(found) is type(before)
    if isinstance(found, Measurement) and isinstance(before, Measurement):
        assert found.inferred == {other[name]: dimension for name, dimension in before.inferred.items()}


@given(relations, vocabularies)
@settings(max_examples=80, deadline=None)
def test_what_is_inferred_can_be_declared(relation: Relation, names: tuple[Quantity, ...]) -> None:
    found = measure([relation], names)
    if isinstance(found, Measurement):
        known = {quantity.name for quantity in names}
        more = tuple(Quantity(name, dimension=d) for name, d in found.inferred.items() if name not in known)
        assert isinstance(measure([relation], (*names, *more)), Measurement)


@given(relations, vocabularies)
@settings(max_examples=80, deadline=None)
def test_less_is_known_less_is_accused(relation: Relation, names: tuple[Quantity, ...]) -> None:
    found = measure([relation], names)
    if isinstance(found, Measurement):
        for left_out in names:
            rest = tuple(quantity for quantity in names if quantity is not left_out)
            assert isinstance(measure([relation], rest), Measurement)


@given(relations, vocabularies)
@settings(max_examples=80, deadline=None)
def test_a_certain_conflict_needs_no_assumption(relation: Relation, names: tuple[Quantity, ...]) -> None:
    found = measure([relation], tuple(replace(quantity, assumed=True) for quantity in names))
    if isinstance(found, DimensionConflict) and not found.literal:
        assert found.assumed or isinstance(measure([relation], ()), DimensionConflict)


numbers = st.one_of(whole, decimal)
calculations: st.SearchStrategy[Term] = st.recursive(numbers, _deeper, max_leaves=5)


@given(calculations, calculations)
@settings(max_examples=120, deadline=None)
def test_swapped_sides_give_the_same_outcome(left: Term, right: Term) -> None:
    first = compare(Relation(RelationKind.EQUAL, left, right)).outcome
    assert compare(Relation(RelationKind.EQUAL, right, left)).outcome is first


@given(calculations)
@settings(max_examples=80, deadline=None)
def test_what_equals_itself_is_never_wrong(term: Term) -> None:
    assert compare(Relation(RelationKind.EQUAL, term, term)).outcome is not Outcome.WRONG
    assert compare(Relation(RelationKind.LESS_EQUAL, term, term)).outcome is not Outcome.WRONG
    assert compare(Relation(RelationKind.LESS, term, Sum((term, Number(Fraction(1)))))).outcome is not Outcome.WRONG


@given(numbers, st.sampled_from(UNITS), st.sampled_from(UNITS))
@settings(max_examples=60, deadline=None)
def test_units_of_other_dimensions_are_no_wrong_number(number: Number, one: Unit, other: Unit) -> None:
    relation = Relation(RelationKind.EQUAL, Measured(number, one), Measured(number, other))
    found = compare(relation).outcome
    if one.dimension != other.dimension:
        assert found is not Outcome.WRONG
    elif one == other:
        assert found is Outcome.RECOMPUTED
    assert isinstance(measure([relation], ()), Measurement) is (one.dimension == other.dimension)


def test_the_dimension_of_nothing_is_a_pure_number() -> None:
    assert Dimension() ** 3 * Dimension() == Dimension()
