"""Laws of derivation: how a question is written does not matter, and evidence is what it says it is."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.codec import from_json, to_json
from vaultcheck.formula.derive import derive
from vaultcheck.formula.differentiate import put
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.kernel import accepts_certificate
from vaultcheck.formula.lift import term_of
from vaultcheck.formula.model import (
    Apply,
    FormulaClass,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Reading,
    Relation,
    RelationKind,
    Root,
    Sign,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.normal import UnlowerableError, lower
from vaultcheck.formula.polynomial import TooLargeError
from vaultcheck.formula.question import Question
from vaultcheck.formula.recheck import holds_up
from vaultcheck.formula.verdict import Certificate, Obligation, Status, Verdict
from vaultcheck.formula.walk import names_of, renamed

PROOFS = {Status.PROVED, Status.COMPUTED}
NAMES = ("a", "b", "c", "d")
DEFINED = ("u", "v", "w")
EQUAL = RelationKind.EQUAL


def numbers() -> st.SearchStrategy[Term]:
    """Small whole numbers."""
    return st.integers(1, 4).map(lambda value: Number(Fraction(value)))


def terms(names: tuple[str, ...], functions: bool = False) -> st.SearchStrategy[Term]:
    """Terms over names: sums, products, quotients, small powers; roots and logarithms where asked for."""
    leaves: st.SearchStrategy[Term] = st.one_of(st.sampled_from(names).map(Symbol), numbers())

    def grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        pairs = st.tuples(inner, inner)
        options: list[st.SearchStrategy[Term]] = [
            pairs.map(Sum),
            pairs.map(lambda pair: Sum((pair[0], Negative(pair[1])))),
            pairs.map(Product),
            pairs.map(lambda pair: Quotient(*pair)),
            st.tuples(inner, st.integers(2, 3)).map(lambda pair: Power(pair[0], Number(Fraction(pair[1])))),
        ]
        if functions:
            options += [
                inner.map(lambda term: Root(term, Number(Fraction(2)))),
                inner.map(lambda term: Apply("ln", (term,))),
                inner.map(lambda term: Apply("exp", (term,))),
                inner.map(lambda term: Apply("sin", (term,))),
            ]
        return st.one_of(options)

    return st.recursive(leaves, grow, max_leaves=5)


@st.composite
def obligations(draw: st.DrawFn) -> Obligation:
    """Names defined one after the other, and a claim that follows, or one that was changed in one place."""
    known: tuple[str, ...] = NAMES
    relations: list[Relation] = []
    values: dict[str, Term] = {}
    for name in DEFINED[: draw(st.integers(1, 3))]:
        term = draw(terms(known))
        relations.append(Relation(EQUAL, Symbol(name), term))
        values[name] = term
        known = (*known, name)
    target = draw(st.sampled_from(sorted(values)))
    body = values[target]
    for name in reversed(DEFINED):
        if name in values and draw(st.booleans()):
            body = put(body, name, values[name])
    changes = (Negative(body), Sum((body, Number(Fraction(1)))), Product((Number(Fraction(2)), body)))
    claimed: Term = changes[draw(st.integers(0, 2))] if draw(st.booleans()) else body
    claim = Relation(EQUAL, Symbol(target), claimed)
    signs = {name: draw(st.sampled_from([Sign.POSITIVE, Sign.SIGNED])) for name in (*NAMES, *values)}
    vocabulary = tuple(Quantity(name, sign=sign) for name, sign in signs.items())
    return Obligation(_reading(claim), tuple(_reading(relation) for relation in relations), vocabulary)


def _reading(relation: Relation) -> Reading:
    return Reading("", FormulaClass.RELATION, (relation,))


def _answer(obligation: Obligation) -> Verdict:
    return derive(obligation, Budget(seconds=3))


def _agree(one: Verdict, other: Verdict) -> bool:
    """Never proved on one side and refuted on the other."""
    wrong = {Status.REFUTED, Status.NOT_FOLLOWING}
    return not ((one.status in PROOFS and other.status in wrong) or (one.status in wrong and other.status in PROOFS))


@settings(max_examples=40, deadline=None)
@given(obligations(), st.randoms(use_true_random=False))
def test_how_the_question_is_written_does_not_matter(obligation: Obligation, source: random.Random) -> None:
    verdict = _answer(obligation)
    (claim,) = obligation.goal.relations
    swapped = replace(obligation, goal=_reading(Relation(EQUAL, claim.right, claim.left)))
    assert _agree(verdict, _answer(swapped))
    shuffled = list(obligation.premises)
    source.shuffle(shuffled)
    assert _agree(verdict, _answer(replace(obligation, premises=tuple(shuffled))))
    mapping: dict[str, Term] = {name: Symbol(f"{name}_x") for name in (*NAMES, *DEFINED)}
    other = Obligation(
        _reading(renamed(claim, mapping)),
        tuple(_reading(renamed(premise.relations[0], mapping)) for premise in obligation.premises),
        tuple(replace(quantity, name=f"{quantity.name}_x") for quantity in obligation.vocabulary),
    )
    assert _agree(verdict, _answer(other))


@settings(max_examples=60, deadline=None)
@given(obligations(), st.integers(0, 10**6))
def test_what_is_proved_holds_at_random_models(obligation: Obligation, seed: int) -> None:
    verdict = _answer(obligation)
    if verdict.status not in PROOFS:
        return
    assert holds_up(verdict) is not False
    source = random.Random(seed)
    signs = {quantity.name: quantity.sign for quantity in obligation.vocabulary}
    (claim,) = obligation.goal.relations
    for _ in range(5):
        at: dict[Term, Interval] = {}
        for name in NAMES:
            size = Fraction(source.randint(1, 30), source.randint(1, 9))
            at[Symbol(name)] = point(size if signs[name] is Sign.POSITIVE or source.random() < 0.5 else -size)
        try:
            for premise in obligation.premises:
                (relation,) = premise.relations
                at[relation.left] = value(relation.right, at)
            left, right = value(claim.left, at), value(claim.right, at)
        except NoValueError:
            continue
        assert not left.disjoint(right)


@settings(max_examples=40, deadline=None)
@given(obligations(), st.data())
def test_a_certificate_with_one_changed_cofactor_is_refused(obligation: Obligation, data: st.DataObject) -> None:
    verdict = _answer(obligation)
    if not isinstance(verdict.evidence, Certificate) or not verdict.evidence.cofactors or verdict.goal is None:
        return
    question = Question(verdict.goal, verdict.given, frozenset(verdict.positive))
    place = data.draw(st.integers(0, len(verdict.evidence.cofactors) - 1))
    index, cofactor = verdict.evidence.cofactors[place]
    if not question.top(verdict.given[index]):
        return
    assert accepts_certificate(question, verdict.evidence) is not None
    rows = list(verdict.evidence.cofactors)
    rows[place] = (index, Sum((cofactor, Number(Fraction(1)))))
    assert accepts_certificate(question, Certificate(verdict.evidence.factors, tuple(rows))) is None


@settings(max_examples=30, deadline=None)
@given(obligations())
def test_one_premise_more_does_not_undo_a_proof(obligation: Obligation) -> None:
    fewer = replace(obligation, premises=obligation.premises[:-1])
    if not fewer.premises or _answer(fewer).status not in PROOFS:
        return
    verdict = _answer(obligation)
    spent = verdict.why is not None and "spent" in verdict.why.value
    assert verdict.status in {*PROOFS, Status.CONFLICT} or spent


@settings(max_examples=150, deadline=None)
@given(terms(NAMES, functions=True), st.integers(0, 10**6))
def test_the_normal_form_is_worth_what_the_term_is_worth(term: Term, seed: int) -> None:
    source = random.Random(seed)
    positive = frozenset(name for name in NAMES if source.random() < 0.5)
    try:
        again = term_of(lower(term, positive))
    except (UnlowerableError, TooLargeError):
        return
    for _ in range(3):
        at: dict[Term, Interval] = {}
        for name in NAMES:
            sign = 1 if name in positive else source.choice((1, -1))
            at[Symbol(name)] = point(sign * Fraction(source.randint(1, 9), source.randint(1, 4)))
        try:
            before, after = value(term, at), value(again, at)
        except (NoValueError, ArithmeticError):
            continue
        assert not before.disjoint(after)


@settings(max_examples=60, deadline=None)
@given(obligations())
def test_a_verdict_is_written_and_read_back(obligation: Obligation) -> None:
    verdict = _answer(obligation)
    assert from_json(to_json(verdict)) == verdict
    assert verdict == _answer(obligation)
    assert names_of(obligation.goal.relations[0])
