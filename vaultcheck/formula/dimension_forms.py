"""What a term measures, as a linear form over the names in it, and the equations that the term demands.

A form is a known dimension times named unknowns to rational powers. `0` and infinity fit anything and have no form.
Rules: sums and relations join equals; functions and exponents want pure numbers; a derivative divides, an integral
multiplies; the logarithm of a quantity is allowed where the logarithms of one sum gather to that of a ratio.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from vaultcheck.formula import model as m
from vaultcheck.formula.dimension_names import PURE
from vaultcheck.formula.dimension_solver import Key
from vaultcheck.formula.literals import carries_unit, is_absolute_zero, is_zero, rational, stands_alone
from vaultcheck.formula.model import Dimension, Term
from vaultcheck.formula.precision import written
from vaultcheck.formula.walk import names as names_of_term
from vaultcheck.formula.walk import walk

SAME = frozenset({"abs", "min", "max", "floor", "ceil", "mean", "norm", "sup", "inf", "round", "Re", "Im"})
"""Functions that measure what their arguments measure, all of them the same."""
OPEN = frozenset({"argmax", "argmin", "gcd", "lcm", "sgn"})
"""Functions whose arguments may be anything."""
PURE_FUNCTIONS = frozenset(
    {
        "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch", "arcsin",
        "arccos", "arctan", "arccot", "arcsec", "arccsc", "arsinh", "arcosh", "artanh", "arcoth", "erf", "erfc", "sinc",
        "logit",
    }
)  # fmt: skip
_OTHERWISE = frozenset({"°", "M", "G"})
"""Units whose sign also stands for something else: a temperature, a million, a thousand million."""
LOGARITHMS = frozenset({"ln", "log"})


class Demand(StrEnum):
    """Why two things must measure the same."""

    SIDES = "sides"
    SUM = "sum"
    FUNCTION = "function"
    EXPONENT = "exponent"
    LOGARITHM = "logarithm"
    BOUNDS = "bounds"
    ARGUMENTS = "arguments"


@dataclass(frozen=True, slots=True)
class Form:
    """`known` times each part's unknown to its power."""

    known: Dimension = PURE
    parts: tuple[tuple[Key, Fraction], ...] = ()

    def times(self, other: Form, power: Fraction = Fraction(1)) -> Form:
        """This form times a power of another."""
        total = dict(self.parts)
        for key, value in other.parts:
            total[key] = total.get(key, Fraction(0)) + value * power
        kept = tuple((key, value) for key, value in total.items() if value)
        return Form(self.known * other.known**power, kept)

    def to_the(self, power: Fraction) -> Form:
        """This form raised."""
        return Form().times(self, power)


NUMBER = Form()


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` and `right` must measure the same; the terms say where, for the author; no second: a pure number."""

    demand: Demand
    left: Form
    right: Form
    first: Term
    second: Term | None
    relation: int
    note: str = ""


@dataclass(slots=True)
class Builder:
    """Collects the equations of one relation after the other. `equations` and `sides` are what it is for.

    `varied` are functions whose values need not all measure the same (`E[a X] = a E[X]`).
    """

    varied: frozenset[str] = frozenset()
    relation: int = 0
    equations: list[Equation] = field(default_factory=list)
    sides: list[tuple[Form | None, Form | None]] = field(default_factory=list)
    _fresh: int = 0
    _bound: list[str] = field(default_factory=list)

    def relate(self, relation: m.Relation) -> None:
        """Take in a relation of the formula."""
        left, right = self._inner(relation)
        self.sides.append((left, right))
        self.relation += 1

    def _inner(self, relation: m.Relation) -> tuple[Form | None, Form | None]:
        left, right = self._side(relation.left), self._side(relation.right)
        if relation.kind is not m.RelationKind.PROPORTIONAL:
            self._equal(Demand.SIDES, left, right, relation.left, relation.right)
            self._gathered((relation.left, relation.right))
        return left, right

    def _side(self, term: Term) -> Form | None:
        if stands_alone(term):
            return None if is_zero(term) or self.form(term) is None else self._carrier()
        return self._addend(term)

    def _equal(
        self, demand: Demand, left: Form | None, right: Form | None, first: Term, second: Term | None, note: str = ""
    ) -> None:
        if left is not None and right is not None:
            self.equations.append(Equation(demand, left, right, first, second, self.relation, note))

    def _new(self, kind: str) -> Form:
        self._fresh += 1
        return Form(PURE, (((kind, self._fresh), Fraction(1)),))

    def _carrier(self) -> Form:
        """A number that may have lost its unit."""
        return self._new("literal")

    def _addend(self, term: Term) -> Form | None:
        """A term of a sum, a whole side or a whole argument: here it is settled which numbers may carry a unit."""
        if is_absolute_zero(term):
            return None
        carriers = carries_unit(term)
        form = self.form(term)
        if form is None or not carriers:
            return form
        return form.times(self._carrier())

    def form(self, term: Term) -> Form | None:  # noqa: C901  # one arm for each kind of term, none of them long
        match term:
            case m.Number():
                return None if term.value == 0 else NUMBER
            case m.Constant():
                return None if term.name is m.ConstantName.INFINITY else NUMBER
            case m.Symbol():
                return NUMBER if term.name in self._bound else _named(term.name)
            case m.Measured():
                inner = (self.form(term.number) or NUMBER).times(Form(term.unit.dimension))
                sure = written(term.number) is not None and term.unit.text not in _OTHERWISE
                return inner if sure else inner.times(self._carrier())
            case m.Sum():
                return self._same(Demand.SUM, term.terms)
            case m.PlusMinus():
                return self._same(Demand.SUM, [part for part in (term.left, term.right) if part is not None])
            case m.Negative() | m.Absolute():
                return self.form(term.term)
            case m.Product():
                return self._product(term.factors)
            case m.Quotient():
                top, bottom = self.form(term.numerator), self.form(term.denominator)
                self._gathered((term.denominator,))
                return None if top is None or bottom is None else top.times(bottom, Fraction(-1))
            case m.Power():
                return self._power(term)
            case m.Root():
                return self._raised(term.radicand, term.index, inverse=True)
            case m.Factorial() | m.Binomial():
                return NUMBER
            case m.Apply():
                return self._apply(term)
            case m.Derivative():
                top, below = self.form(term.term), self.form(term.variable)
                return None if top is None or below is None else top.times(below, Fraction(-term.order))
            case m.Integral():
                return self._integral(term)
            case m.Series():
                return self._series(term)
            case m.Limit():
                return self._limit(term)
            case m.Piecewise():
                return self._piecewise(term)

    def _same(self, demand: Demand, terms: Iterable[Term], note: str = "") -> Form | None:
        """Several terms that must measure the same; the form of the first that measures anything."""
        first: tuple[Term, Form] | None = None
        for term in terms:
            form = self._addend(term)
            if form is None:
                continue
            if first is None:
                first = (term, form)
            else:
                self._equal(demand, first[1], form, first[0], term, note)
        return None if first is None else first[1]

    def _product(self, factors: tuple[Term, ...]) -> Form | None:
        total = NUMBER
        for factor in factors:
            form = self.form(factor)
            if form is None:
                return None
            total = total.times(form)
        return total

    def _pure(self, term: Term, demand: Demand, note: str = "") -> None:
        self._equal(demand, self._addend(term), NUMBER, term, None, note)
        self._gathered((term,))

    def _power(self, term: m.Power) -> Form | None:
        bare_base = isinstance(term.base, m.Constant) or rational(term.base) is not None
        if bare_base and rational(term.exponent) is None:
            self._equal(Demand.EXPONENT, self._addend(term.exponent), NUMBER, term.exponent, None)
            if list(_logs(term.exponent)):
                return self._new("free")
            return NUMBER if isinstance(term.base, m.Constant) else self._carrier()
        return self._raised(term.base, term.exponent)

    def _raised(self, base: Term, exponent: Term, *, inverse: bool = False) -> Form | None:
        form, power = self.form(base), rational(exponent)
        self._gathered((base,))
        if form is None:
            return None
        if power is not None:
            if inverse and power == 0:
                return self._new("free")
            return form.to_the(1 / power if inverse else power)
        if not isinstance(exponent, m.Symbol):  # a lone letter may be an index: `A^T`, `x^i`
            self._equal(Demand.EXPONENT, self._addend(exponent), NUMBER, exponent, None)
        sign = "1/" if inverse else ""
        keys = tuple(((("power", sign + repr(exponent), key)), value) for key, value in form.parts)
        known = ((("power", sign + repr(exponent), form.known), Fraction(1)),) if form.known != PURE else ()
        return Form(PURE, keys + known)

    def _apply(self, term: m.Apply) -> Form | None:
        if term.function in LOGARITHMS:
            for argument in term.arguments:
                self._addend(argument)
            return NUMBER
        head = term.function.partition("_")[0]
        if head in SAME:
            return self._same(Demand.ARGUMENTS, term.arguments, term.function)
        if head in OPEN:
            return NUMBER
        if term.function in PURE_FUNCTIONS:
            for argument in term.arguments:
                gathers = term.function == "exp" and list(_logs(argument))
                self._pure(argument, Demand.FUNCTION, term.function)
                if gathers:
                    return self._new("free")
            return NUMBER
        if term.function == "atan2":
            self._same(Demand.ARGUMENTS, term.arguments, term.function)
            return NUMBER
        return self._unknown_function(term)

    def _unknown_function(self, term: m.Apply) -> Form | None:
        form = _named(term.function)
        if term.function in self.varied:
            form = Form(PURE, ((("value", term.function, repr(term.arguments)), Fraction(1)),))
        inner = [self.form(argument) for argument in term.arguments]
        if not term.primes:
            return form
        if len(inner) != 1 or inner[0] is None:
            return self._new("free")
        return form.times(inner[0], Fraction(-term.primes))

    def _integral(self, term: m.Integral) -> Form | None:
        variable = self.form(term.variable)
        for bound in (term.lower, term.upper):
            if bound is not None:
                self._equal(Demand.BOUNDS, self._addend(bound), variable, bound, term.variable)
        body = self.form(term.body)
        return None if body is None or variable is None else body.times(variable)

    def _series(self, term: m.Series) -> Form | None:
        self._bound.append(term.index.name)
        body = self.form(term.body)
        self._bound.pop()
        return self._new("free") if term.product and body not in (None, NUMBER) else body

    def _limit(self, term: m.Limit) -> Form | None:
        self._equal(Demand.BOUNDS, self._addend(term.point), self.form(term.variable), term.point, term.variable)
        return self.form(term.body)

    def _piecewise(self, term: m.Piecewise) -> Form | None:
        for _, condition in term.pieces:
            if condition is not None:
                self._inner(condition)
        return self._same(Demand.ARGUMENTS, [value for value, _ in term.pieces], "cases")

    def _gathered(self, context: tuple[Term, ...]) -> None:
        """Logarithms with the same factor before them must together be the logarithm of a pure number.

        Demanded only where nothing else can have absorbed a unit: every argument is more than one name, a factor
        with a name stands before the logarithm, and its sum holds logarithms alone.
        """
        groups: dict[tuple[str, ...], list[tuple[Term, Fraction]]] = {}
        for at, term in enumerate(context):
            sign = Fraction(-1) if at else Fraction(1)
            for factor, weight, argument, lonely in _logs(term):
                strict = lonely and factor[1:] and len(names_of_term(argument)) > 1
                groups.setdefault(factor, []).append((argument, sign * weight if strict else Fraction(0)))
        for found in groups.values():
            if any(weight == 0 for _, weight in found):
                continue
            quiet = Builder(self.varied, _bound=list(self._bound), _fresh=10_000 * (1 + len(self.equations)))
            total: Form | None = NUMBER
            for argument, weight in found:
                form = quiet._addend(argument)
                total = None if total is None or form is None else total.times(form, weight)
            self._equal(Demand.LOGARITHM, total, NUMBER, found[0][0], None)


def varied_functions(relations: Iterable[m.Relation], declared: Collection[str]) -> frozenset[str]:
    """The undeclared functions that may be operators: applied to more than one variable and numbers."""
    arguments: dict[str, set[str]] = {}
    for relation in relations:
        for side in (relation.left, relation.right):
            for part in walk(side):
                if isinstance(part, m.Apply) and part.function not in declared:
                    plain = [argument for argument in part.arguments if not isinstance(argument, m.Number)]
                    arguments.setdefault(part.function, set()).update(repr(argument) for argument in plain)
    return frozenset(name for name, found in arguments.items() if len(found) > 1)


def _named(name: str) -> Form:
    return Form(PURE, ((("name", name), Fraction(1)),))


_Log = tuple[tuple[str, ...], Fraction, Term, bool]


def _logs(term: Term) -> Iterator[_Log]:
    """The logarithms a term is linear in: (base and factors before it, numeric factor, argument, in a sum of logs)."""
    match term:
        case m.Apply(function, (argument,), base) if function in LOGARITHMS:
            yield (f"{function}{base!r}",), Fraction(1), argument, True
        case m.Negative(inner):
            for factor, weight, argument, lonely in _logs(inner):
                yield factor, -weight, argument, lonely
        case m.Sum(terms):
            found = [list(_logs(part)) for part in terms]
            for group in found:
                for factor, weight, argument, lonely in group:
                    yield factor, weight, argument, lonely and all(found)
        case m.Product(factors):
            yield from _scaled(factors)
        case m.Quotient(numerator, denominator):
            for factor, weight, argument, lonely in _logs(numerator):
                number = rational(denominator)
                if number:
                    yield factor, weight / number, argument, lonely
                else:
                    yield (factor[0], *sorted((*factor[1:], f"1/{denominator!r}"))), weight, argument, lonely


def _scaled(factors: tuple[Term, ...]) -> Iterator[_Log]:
    logs = [(at, list(_logs(part))) for at, part in enumerate(factors)]
    holding = [(at, found) for at, found in logs if found]
    if len(holding) != 1:
        return
    at, found = holding[0]
    scale, symbols = Fraction(1), []
    for place, part in enumerate(factors):
        if place != at:
            number = rational(part)
            if number is None:
                symbols.append(repr(part))
            else:
                scale *= number
    for factor, weight, argument, lonely in found:
        yield (factor[0], *sorted((*factor[1:], *symbols))), weight * scale, argument, lonely
