"""Laws of the reader: printing and reading are inverse, reading is total, nothing is dropped without a word."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Derivative,
    Factorial,
    FormulaClass,
    Integral,
    Limit,
    Measured,
    Negative,
    Number,
    Piecewise,
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
from vaultcheck.formula.names import normal
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.write import to_latex, to_text
from vaultcheck.formula.write_names import latex_name

NAMES = ["x", "g", "V_df", "tau_m", "[K+]_o", "bar(g)_K", "Delta G", "PSC", "x_1", "V_m^*", "y'", "R_infty", "E_Na+"]
UNITS = [unit for text in ("mV", "m/s²", "%", "°C", "J/(kg·K)", "µA/cm²") if (unit := read_unit(text)) is not None]
FUNCTIONS = ["sin", "ln", "exp", "arsinh", "max", "sgn", "tanh", "f", "alpha_n"]


def _number(digits: int, places: int) -> Number:
    if places:
        return Number(Fraction(digits, 10**places), Fraction(1, 10**places), exact=False)
    zeros = len(str(digits)) - len(str(digits).rstrip("0")) if digits else 0
    return Number(Fraction(digits), Fraction(10**zeros), exact=digits < 1000)


numbers = st.builds(_number, st.integers(0, 20_000), st.integers(0, 4))
symbols = st.sampled_from(NAMES).map(Symbol)
measured = st.builds(
    lambda number, unit: Measured(Number(number.value, number.step, exact=False), unit), numbers, st.sampled_from(UNITS)
)
leaves: st.SearchStrategy[Term] = st.one_of(
    symbols, symbols, numbers, measured, st.sampled_from([Constant(name) for name in ConstantName if name != "e"])
)


def _wider(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    variables = st.sampled_from(["t", "x", "theta"]).map(Symbol)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        parts.map(Negative),
        st.builds(Quotient, parts, parts),
        st.builds(Power, parts, parts),
        st.builds(Power, st.just(Constant(ConstantName.E)), parts),
        st.builds(Root, parts, st.sampled_from([_number(2, 0), _number(3, 0), Symbol("n")])),
        st.builds(PlusMinus, st.none() | symbols, parts, st.sampled_from([1, -1])),
        parts.map(Absolute),
        parts.map(Factorial),
        st.builds(Binomial, parts, parts),
        st.builds(lambda name, argument: Apply(name, (argument,)), st.sampled_from(FUNCTIONS), parts),
        st.builds(lambda base, argument: Apply("log", (argument,), base), st.none() | parts, parts),
        st.builds(lambda arguments, primes: Apply("h", arguments, primes=primes), several, st.integers(0, 2)),
        st.builds(Derivative, parts, variables, st.integers(1, 3), st.booleans()),
        st.builds(Integral, parts, variables),
        st.builds(lambda body, lower, upper: Integral(body, Symbol("x"), lower, upper), parts, parts, parts),
        st.builds(lambda body, lower, upper, product: Series(body, Symbol("k"), lower, upper, product), parts, parts,
                  st.none() | parts, st.booleans()),
        st.builds(Limit, parts, variables, parts, st.sampled_from(["", "+", "-"])),
        st.builds(lambda one, other, limit: Piecewise(
            ((one, Relation(RelationKind.GREATER, Symbol("x"), limit)), (other, None))), parts, parts, parts),
    )  # fmt: skip


terms = st.recursive(leaves, _wider, max_leaves=9)
relations = st.builds(Relation, st.sampled_from(RelationKind), terms, terms)


@given(relations)
@settings(max_examples=400, deadline=None)
def test_a_printed_relation_reads_back(relation: Relation) -> None:
    reading = read(to_latex(relation))
    assert reading.problem is None, to_latex(relation)
    assert reading.relations == (relation,)


@given(terms)
@settings(max_examples=150, deadline=None)
def test_a_printed_term_reads_back_and_shows_its_names(term: Term) -> None:
    reading = read(to_latex(term))
    assert reading.problem is None
    assert reading.expression == term
    assert to_text(term)


@given(st.sampled_from(NAMES))
def test_the_normal_form_of_a_name_is_a_fixed_point(name: str) -> None:
    assert normal(name) == name
    assert normal(latex_name(name)) == name


PIECES = [
    r"\boxed{", r"\mathbf{", "|", "[n]", r"\ldots", r"\delta ", r"\Delta ", "~~~", r"\underbrace{", r"\left.", r"\not",
    "x", "V_", "^", "{", "}", "(", ")", "[", "]", "|", "=", "+", "-", "/", "2", "3.5", "1,000", ",", "&",
    r"\\", r"\frac", r"\sqrt", r"\sin", r"\left(", r"\right)", r"\int", "dx", r"\sum_{i=1}^n", r"\text{if }",
    r"\begin{cases}", "Psc", r"\end{cases}", r"\lim_{x \to 0}", r"\dot", r"\bar", "'", "!", r"\mathrm{mV}",
    r"\partial", "e^", r"\pm", r"\approx", r"\Rightarrow", r"\in", r"\ldots", r"\log_", r"\Delta", "°", "µ",
    "²", "−", "f(", " ", r"\begin{matrix}", r"\{", "d/dt",
]  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=40)))
@settings(max_examples=500, deadline=None)
def test_any_string_is_read_or_said_why_not(latex: str) -> None:
    reading = read(latex)
    if reading.problem is not None:
        start, end = reading.problem.span
        assert 0 <= start <= end <= len(latex)
        assert reading.problem.expected
        assert reading.relations == ()
    elif reading.formula_class is not FormulaClass.EMPTY:
        assert (
            reading.relations or reading.expression or reading.formula_class in (FormulaClass.LIST, FormulaClass.TEXT)
        )
    assert len(reading.joins) == len(reading.relations)
    for relation in reading.relations:
        assert 0 <= relation.span[0] <= relation.span[1] <= len(latex)
