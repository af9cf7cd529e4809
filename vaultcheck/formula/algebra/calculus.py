"""Derivatives, integrals, series and limits replaced by what they are, and functions of time by their formulas.

Every replacement is remembered in words: a verdict that rests on one says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from vaultcheck.formula.algebra.closed_forms import unbounded, worked_out
from vaultcheck.formula.algebra.initial_values import linear_solution
from vaultcheck.formula.budget import Budget
from vaultcheck.formula.differentiate import NotDifferentiableError, differentiate, repeated, resolved
from vaultcheck.formula.intervals import FUNCTIONS
from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Constant,
    ConstantName,
    Derivative,
    Integral,
    Limit,
    Negative,
    Number,
    Quotient,
    Relation,
    Series,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.question import EQUALITIES
from vaultcheck.formula.walk import changed, has, names, rebuilt, renamed, walk
from vaultcheck.formula.walk import parts as inner_parts
from vaultcheck.formula.write import to_text

ONE = Number(Fraction(1))
CALCULUS = (Derivative, Integral, Limit, Series)
BUILT_IN = frozenset({*FUNCTIONS, "log", "coth", "exp", "ln"})


@dataclass(slots=True)
class Setup:
    """A goal and premises on their way to plain algebra; `origin` gives each premise's index in the obligation."""

    goal: Relation
    premises: list[Relation]
    origin: list[int]
    variable: str = ""
    functions: set[str] = field(default_factory=set)
    still: list[Relation] = field(default_factory=list)
    """What would hold besides if every name that is not differentiated were constant."""
    computed: list[str] = field(default_factory=list)
    behind: set[int] = field(default_factory=set)
    """Premises, by their index in the obligation, that were put into others."""
    constant: set[str] = field(default_factory=set)
    """Names that were taken for constant on the way."""


def prepared(goal: Relation, premises: Iterable[Relation], budget: Budget, positive: Collection[str]) -> Setup:
    """The setup with functions of one variable put in and calculus carried out, as far as that goes."""
    setup = Setup(goal, list(premises), [])
    setup.origin = list(range(len(setup.premises)))
    relations = [goal, *setup.premises]
    if not any(has(relation, (*CALCULUS, Apply)) for relation in relations):
        return setup
    setup.variable = _variable(relations)
    if setup.variable:
        setup.functions = _functions(relations, setup.variable)
        _each(setup, lambda relation: _plain(relation, setup))
        _put_names(setup)
        _put_definitions(setup)
        _put_solution(setup, positive)
    _each(setup, lambda relation: carried_out(relation, setup, budget, positive))
    if setup.premises:
        _each(setup, lambda relation: _summed(relation, setup, budget, positive))
    if setup.variable:
        _differentiated_premises(setup)
    return setup


def _each(setup: Setup, change: Any) -> None:
    setup.goal = change(setup.goal)
    setup.premises = [change(premise) for premise in setup.premises]


def _terms(relations: Iterable[Relation]) -> Iterator[Term]:
    for relation in relations:
        for side in (relation.left, relation.right):
            yield from walk(side)


def _variable(relations: list[Relation]) -> str:
    """The one name that things are differentiated by or functions of, if there is one."""
    by = Counter(part.variable.name for part in _terms(relations) if isinstance(part, Derivative))
    if not by:
        by = Counter(variable for relation in relations for variable in _argument_of(relation))
    return by.most_common(1)[0][0] if len(by) == 1 else ""


def _argument_of(relation: Relation) -> Iterator[str]:
    """`t` of `V(t) = formula with t`."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(side, Apply) and side.function not in BUILT_IN and len(side.arguments) == 1:
            argument = side.arguments[0]
            if isinstance(argument, Symbol) and argument.name in names(other):
                yield argument.name


def _functions(relations: list[Relation], variable: str) -> set[str]:
    found: set[str] = set()
    for part in _terms(relations):
        if isinstance(part, Derivative) and isinstance(part.term, Symbol) and part.variable.name == variable:
            found.add(part.term.name)
        if isinstance(part, Apply) and part.function not in BUILT_IN and len(part.arguments) == 1:
            found.add(part.function)
    return found - {variable}


def _plain(relation: Relation, setup: Setup) -> Relation:
    """`V(t)` as `V`, `f'(t)` as a derivative."""

    def change(term: Term) -> Term | None:
        if not isinstance(term, Apply) or term.function not in setup.functions:
            return None
        if term.arguments != (Symbol(setup.variable),):
            return None
        name = Symbol(term.function)
        return Derivative(name, Symbol(setup.variable), term.primes) if term.primes else name

    return changed(relation, change)


def is_algebraic(relation: Relation) -> bool:
    """Whether it holds of values at one moment: no derivative, limit or value elsewhere."""
    parts = _terms([relation])
    return not any(
        isinstance(part, CALCULUS) or (isinstance(part, Apply) and part.function not in BUILT_IN) for part in parts
    )


def _put_names(setup: Setup) -> None:
    """Where the claim is about a function of the variable: names of its formulas (`A = k N`) put into equations."""
    if not any(_at_a_moment(side, setup.variable) for side in (setup.goal.left, setup.goal.right)):
        return
    parts = list(_terms(setup.premises))
    moving = {part.term.name for part in parts if isinstance(part, Derivative) and isinstance(part.term, Symbol)}
    called = {part.function for part in parts if isinstance(part, Apply)}
    for index, premise in enumerate(list(setup.premises)):
        given = _named(premise, moving)
        if given is None or given[0] in moving | called | {setup.variable}:
            continue
        for at, other in enumerate(setup.premises):
            if at != index and has(other, Derivative) and given[0] in names(other.left) | names(other.right):
                setup.premises[at] = renamed(other, {given[0]: given[1]})
                setup.computed.append(f"{given[0]} = {to_text(given[1])}, put in")
                setup.behind.add(setup.origin[index])


def _at_a_moment(term: Term, variable: str) -> bool:
    """Whether the variable stands in it outside derivatives, or a value, limit or integral of a function."""
    if isinstance(term, Derivative):
        return False
    if isinstance(term, Limit | Integral) or (isinstance(term, Apply) and term.function not in BUILT_IN):
        return True
    return term == Symbol(variable) or any(_at_a_moment(part, variable) for part in inner_parts(term))


def _named(premise: Relation, moving: Collection[str]) -> tuple[str, Term] | None:
    """The name that a premise gives a formula of moving names to."""
    if premise.kind not in EQUALITIES or not is_algebraic(premise):
        return None
    for side, other in ((premise.left, premise.right), (premise.right, premise.left)):
        inside = names(other)
        if isinstance(side, Symbol) and side.name not in moving and inside & set(moving) and side.name not in inside:
            return side.name, other
    return None


def definition(relation: Relation, functions: Collection[str], variable: str) -> tuple[str, Term] | None:
    """`f = formula in the variable`, if the relation is one."""
    if relation.kind not in EQUALITIES:
        return None
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(side, Symbol) and side.name in functions and variable in names(other):
            inside = {part for part in walk(other) if isinstance(part, Derivative | Integral)}
            called = {part.function for part in walk(other) if isinstance(part, Apply)}
            if side.name not in names(other) | called and not inside:
                return side.name, other
    return None


def _put_definitions(setup: Setup) -> None:
    """Each function given by a formula replaced by it, everywhere else."""
    for index, premise in enumerate(list(setup.premises)):
        given = definition(premise, setup.functions, setup.variable)
        if given is None:
            continue
        name, formula = given
        try:
            put_in(setup, name, formula, keep=index)
        except NotDifferentiableError:
            continue


def put_in(setup: Setup, name: str, formula: Term, keep: int = -1) -> None:
    """A function's formula in place of its name; the premise `keep` that gives it is dropped."""
    varying = setup.functions - {name}

    def change(relation: Relation) -> Relation:
        return resolved(relation, {name: formula}, setup.variable, varying)

    goal = change(setup.goal)
    others = [premise if index == keep else change(premise) for index, premise in enumerate(setup.premises)]
    touched = goal != setup.goal or any(new != old for new, old in zip(others, setup.premises, strict=True))
    if touched:
        setup.goal, setup.premises = goal, others
        setup.computed.append(f"{name} = {to_text(formula)}, put in and differentiated by {setup.variable}")
        if keep >= 0:
            del setup.premises[keep]
            del setup.origin[keep]
            setup.premises.append(Relation(goal.kind, Number(Fraction(0)), Number(Fraction(0))))
            setup.origin.append(keep)


def _put_solution(setup: Setup, positive: Collection[str]) -> None:
    """Where the claim speaks of a value or a limit of `f`, and a linear equation with a start gives f: its formula."""
    every = [setup.goal, *setup.premises]
    asked = {part.function for part in _terms(every) if isinstance(part, Apply) and names(part.arguments[0])} - BUILT_IN
    asked |= {part.function for part in _terms([setup.goal]) if isinstance(part, Apply)} - BUILT_IN
    asked |= {name for part in _terms([setup.goal]) if isinstance(part, Limit | Integral) for name in names(part.body)}
    asked |= _behind(setup)
    for name in sorted(asked & setup.functions):
        others = setup.functions - {name}
        formula = linear_solution(name, setup.variable, others, setup.premises, positive)
        if formula is not None:
            put_in(setup, name, formula)
            setup.computed.append(f"the linear differential equation solved: {name} = {to_text(formula)}")


def _behind(setup: Setup) -> set[str]:
    """The functions that the claim's own function is a formula of: N where `A = k N` and the claim is `A(t) = …`."""
    given = definition(setup.goal, setup.functions, setup.variable)
    moved = {part.term for part in _terms(setup.premises) if isinstance(part, Derivative)}
    if given is None or Symbol(given[0]) in moved:
        return set()
    sides = [(premise.left, premise.right) for premise in setup.premises if premise.kind in EQUALITIES]
    pairs = [pair for one, other in sides for pair in ((one, other), (other, one))]
    return {name for side, other in pairs if side == Symbol(given[0]) for name in names(other)}


def _differentiated_premises(setup: Setup) -> None:
    """What equations between functions of time say about their derivatives, all other names being constant.

    An equation with one such function alone (`V = I R`) says nothing of the kind: then I or R may change with it.
    """
    moving = {
        part.term.name
        for part in _terms([setup.goal, *setup.premises])
        if isinstance(part, Derivative) and isinstance(part.term, Symbol) and part.variable.name == setup.variable
    }
    if not moving:
        return
    for index, premise in list(enumerate(setup.premises)):
        inside = names(premise.left) | names(premise.right)
        if premise.kind not in EQUALITIES or has(premise, CALCULUS) or not inside & moving:
            continue
        if any(isinstance(part, Apply) and part.function not in BUILT_IN for part in _terms([premise])):
            continue
        try:
            sides = [differentiate(side, setup.variable, setup.functions) for side in (premise.left, premise.right)]
        except NotDifferentiableError:
            continue
        new = Relation(premise.kind, sides[0], sides[1])
        if len(inside & moving) < 2 and setup.variable not in inside:
            given = _named(premise, moving)
            if given is None or isinstance(given[1], Symbol):
                setup.still.append(new)
            continue
        setup.premises.append(new)
        setup.origin.append(setup.origin[index])
        setup.constant |= inside - setup.functions - {setup.variable}
        setup.computed.append(f"premise {setup.origin[index] + 1} differentiated by {setup.variable}")


# Integrals, series, limits ---------------------------------------------------------------------------------------


def carried_out(relation: Relation, setup: Setup, budget: Budget, positive: Collection[str]) -> Relation:
    """The relation with every integral, limit and derivative of a formula worked out."""
    if not has(relation, (Derivative, Integral, Limit)):
        return relation
    computed = setup.computed
    antiderivative = _antiderivative(relation, setup.functions)
    endless = _endless(relation, setup, budget, positive)
    if endless is not None:
        return endless
    if antiderivative is not None:
        computed.append("both sides differentiated; an antiderivative is known up to a constant")
        return antiderivative

    def change(term: Term) -> Term | None:
        if isinstance(term, Derivative) and not isinstance(term.term, Symbol):
            try:
                inner = rebuilt(term.term, change)
                result = repeated(inner, term.variable.name, term.order, setup.functions)
            except NotDifferentiableError:
                return None
            computed.append(f"the derivative of {to_text(term.term)} by {term.variable.name}")
            return result
        if isinstance(term, Integral | Limit) and not _hides_functions(term, setup.functions):
            closed = worked_out(term, budget, positive)
            if closed is not None:
                computed.append(f"{to_text(term)} = {to_text(closed)}")
            return closed
        return None

    return changed(relation, change)


def _endless(relation: Relation, setup: Setup, budget: Budget, positive: Collection[str]) -> Relation | None:
    """An equation whose side is a limit that is infinite, both sides brought to between -1 and 1 by `y / (1 + |y|)`."""
    if relation.kind not in EQUALITIES:
        return None
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if (
            not isinstance(side, Limit)
            or _hides_functions(side, setup.functions)
            or has(relation, (Derivative, Integral))
        ):
            continue
        sign = unbounded(side, budget, positive)
        brought = None if sign is None else _brought(other)
        if sign is None or brought is None:
            continue
        setup.computed.append(f"{to_text(side)} is infinite; both sides compared by y / (1 + |y|)")
        return Relation(relation.kind, sign, brought)
    return None


def _brought(term: Term) -> Term | None:
    """`y / (1 + |y|)`, which is 1 and -1 at the two ends."""
    inner = term.term if isinstance(term, Negative) else term
    if isinstance(inner, Constant) and inner.name is ConstantName.INFINITY:
        return Negative(ONE) if isinstance(term, Negative) else ONE
    if any(isinstance(part, Limit) or part == Constant(ConstantName.INFINITY) for part in walk(term)):
        return None
    return Quotient(term, Sum((ONE, Absolute(term))))


def _summed(relation: Relation, setup: Setup, budget: Budget, positive: Collection[str]) -> Relation:
    """The relation with its series in closed form, where premises have to be solved with it."""

    def change(term: Term) -> Term | None:
        closed = worked_out(term, budget, positive) if isinstance(term, Series) else None
        if closed is not None:
            setup.computed.append(f"{to_text(term)} = {to_text(closed)}")
        return closed

    return changed(relation, change) if has(relation, Series) else relation


def _hides_functions(term: Integral | Limit, functions: Collection[str]) -> bool:
    """Whether what is integrated, or has a limit, may depend on the variable without saying so."""
    inside = names(term.body)
    if inside & set(functions) or has_unknown(term.body):
        return True
    return term.variable.name not in inside and bool(inside)


def has_unknown(term: Term) -> bool:
    """Whether a function without a formula, or a derivative of a name, occurs."""
    return any(
        (isinstance(part, Apply) and part.function not in BUILT_IN) or isinstance(part, Derivative)
        for part in walk(term)
    )


def _antiderivative(relation: Relation, functions: Collection[str]) -> Relation | None:
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(side, Integral) and side.lower is None and side.upper is None:
            if _hides_functions(side, functions) or has_unknown(other):
                return None
            try:
                return Relation(relation.kind, side.body, differentiate(other, side.variable.name))
            except NotDifferentiableError:
                return None
    return None
