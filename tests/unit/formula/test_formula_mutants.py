"""Equations of physics with one thing wrong: none is proved, nearly all are refuted; equal ones are set aside first."""

from __future__ import annotations

import json
import random
import tomllib
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from vaultcheck.formula.algebra.values import value
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.derive import derive
from vaultcheck.formula.intervals import Interval, NoValueError, point
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import (
    FormulaClass,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Reading,
    Relation,
    Sign,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import normal
from vaultcheck.formula.unit_table import dimension_of
from vaultcheck.formula.verdict import Obligation
from vaultcheck.formula.walk import names, rebuilt, walk

CASES = Path(__file__).parents[2] / "cases"
EQUATIONS = json.loads((CASES / "formula-feynman.json").read_text(encoding="utf-8"))["equations"]
MEASURES = tomllib.loads((CASES / "formula-feynman-dimensions.toml").read_text(encoding="utf-8"))
SEED = 7


def vocabulary(case: str, measured: bool) -> tuple[Quantity, ...]:
    """The names of an equation, positive; volts are written out."""
    found = []
    for name, text in MEASURES[case].items():
        units = " ".join("kg m2 s-3 A-1" if part == "V" else part for part in text.split())
        known = measured and not any(part.startswith("V") and part != "V" for part in text.split())
        found.append(Quantity(normal(name), dimension=dimension_of(units) if known else None, sign=Sign.POSITIVE))
    return tuple(found)


def once(term: Term, target: Term, new: Term) -> Term:
    """The term with one occurrence, this very one, replaced."""
    return rebuilt(term, lambda part: new if part is target else None)


def mutants(term: Term, source: random.Random) -> Iterator[tuple[str, Term]]:
    """A sign, a factor, an exponent, two names and a dropped term, each where the seed says."""
    parts = list(walk(term))
    symbols = [part for part in parts if isinstance(part, Symbol)]
    sums = [part for part in parts if isinstance(part, Sum)]
    powers = [part for part in parts if isinstance(part, Power) and isinstance(part.exponent, Number)]
    if sums:
        chosen = source.choice(sums)
        place = source.randrange(len(chosen.terms))
        one = chosen.terms[place]
        turned = one.term if isinstance(one, Negative) else Negative(one)
        yield "sign", once(term, chosen, Sum((*chosen.terms[:place], turned, *chosen.terms[place + 1 :])))
        rest = (*chosen.terms[:place], *chosen.terms[place + 1 :])
        yield "dropped", once(term, chosen, rest[0] if len(rest) == 1 else Sum(rest))
    yield "factor", Product((Number(Fraction(2)), term))
    if powers:
        raised = source.choice(powers)
        assert isinstance(raised.exponent, Number)
        yield "exponent", once(term, raised, Power(raised.base, Number(raised.exponent.value + 1)))
    elif symbols:
        chosen_symbol = source.choice(symbols)
        yield "exponent", once(term, chosen_symbol, Power(chosen_symbol, Number(Fraction(2))))
    free = sorted(names(term))
    if len(free) > 1:
        first, second = source.sample(free, 2)
        swap = {first: Symbol(second), second: Symbol(first)}
        yield "names", rebuilt(term, lambda part: swap.get(part.name) if isinstance(part, Symbol) else None)


def differ(one: Term, other: Term) -> bool:
    """Whether two terms have different values at some point where both have one."""
    source = random.Random(SEED)
    for _ in range(60):
        at: dict[Term, Interval] = {}
        for name in sorted(names(one) | names(other)):
            at[Symbol(name)] = point(Fraction(source.randint(1, 60), source.randint(1, 20)))
        try:
            if value(one, at).disjoint(value(other, at)):
                return True
        except NoValueError:
            continue
    return False


def tally(measured: bool) -> Counter[str]:
    """How the mutants of all equations were judged, each from the true equation."""
    source = random.Random(SEED)
    found: Counter[str] = Counter()
    for equation in EQUATIONS:
        known = vocabulary(equation["id"], measured)
        (relation,) = read(equation["latex"], known).relations
        given = (Reading("", FormulaClass.RELATION, (relation,)),)
        for _, mutant in mutants(relation.right, source):
            if not differ(relation.right, mutant):
                continue
            goal = Reading("", FormulaClass.RELATION, (Relation(relation.kind, relation.left, mutant),))
            found[derive(Obligation(goal, given, known), Budget(seconds=5)).outcome] += 1
    return found


def test_no_mutant_is_proved_and_nearly_all_are_refuted_with_dimensions() -> None:
    found = tally(measured=True)
    assert found.total() >= 180
    assert not found["proved"]
    assert found["refuted"] + found["dimension_error"] >= 0.95 * found.total()


def test_no_mutant_is_proved_and_nearly_all_are_refuted_without_dimensions() -> None:
    found = tally(measured=False)
    assert not found["proved"]
    assert found["refuted"] >= 0.95 * found.total()
