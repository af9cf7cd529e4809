"""One name for every spelling of it, and declared names before all else."""

from __future__ import annotations

import pytest

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Apply, Constant, ConstantName, Product, Quantity, Symbol
from vaultcheck.formula.names import lexicon, normal
from vaultcheck.formula.walk import walk
from vaultcheck.formula.write import to_text


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ((r"V_{df}", "V_df", r"V_{\text{df}}", r"V_{\mathrm{df}}", "$V_{df}$", "{V}_{df}"), "V_df"),
        ((r"\tau_m", "τ_m", "tau_m", r"\tau_{m}"), "tau_m"),
        (("[K^+]_o", r"[\mathrm{K}^+]_{o}", "[K+]_o"), "[K+]_o"),
        (("x1", "x_1", "x_{1}", "x₁"), "x_1"),
        (("theta1", r"\theta_1"), "theta_1"),
        ((r"\bar{g}_K", r"\bar g_K", r"\overline{g_K}", r"\bar{g_K}"), "bar(g)_K"),
        ((r"\Delta G", "Delta G", "ΔG"), "Delta G"),
        (("rho_c_0", r"\rho_{c 0}"), "rho_c0"),
        (("g_", "g_{}", "g"), "g"),
        ((r"\text{kinetic energy}", "kinetic energy"), "kinetic energy"),
        (("V_m^*", "V^*_m"), "V_m^*"),
        ((r"t_{1/2}", r"t_{\frac{1}{2}}"), "t_1/2"),
        (("Psc", r"\mathrm{Psc}", r"\text{Psc}"), "Psc"),
    ],
)
def test_every_spelling_has_one_normal_form(spellings: tuple[str, ...], name: str) -> None:
    assert {normal(spelling) for spelling in spellings} == {name}


def test_different_names_stay_different() -> None:
    names = [
        "m",
        "M",
        "V_m",
        "V_M",
        r"\phi",
        r"\varphi",
        r"\Phi",
        "x'",
        "x''",
        r"\bar x",
        r"\hat x",
        r"\vec x",
        "x_i",
        "x_j",
    ]
    assert len({normal(name) for name in names}) == len(names)


def test_case_is_folded_from_three_letters_on_and_only_where_one_name_fits() -> None:
    known = lexicon((Quantity("PSC"), Quantity("Vm"), Quantity("Rho"), Quantity("RHO")))
    assert known.find("psc") == "PSC"
    assert known.find("vm") is None
    assert known.find("rhO") is None


def test_case_of_greek_letters_is_never_folded() -> None:
    assert lexicon((Quantity("Gamma"),)).find("gamma") is None


def test_a_run_is_split_into_the_fewest_declared_names() -> None:
    known = lexicon((Quantity("k"), Quantity("kb"), Quantity("b"), Quantity("T")))
    assert known.split("kbT") == ("kb", "T")
    assert known.split("kbx") is None


def test_what_is_said_to_depend_on_something_is_applied() -> None:
    quantity = Quantity("V", function_of=("t",))
    right = read("x = V(2 + a)", (quantity,)).relations[0].right
    assert isinstance(right, Apply)
    right = read("x = V(2 + a)", (Quantity("V"),)).relations[0].right
    assert isinstance(right, Product)


def test_an_index_of_a_sum_is_never_a_constant_of_it() -> None:
    relation = read(r"s = \sum_{i=1}^{n} m_i v").relations[0]
    assert to_text(relation.right) == "∑[i=1..n] m[i] · v"
    alone = read("s = m_i v").relations[0].right
    assert isinstance(alone, Product)
    assert alone.factors[0] == Symbol("m_i")


def test_every_node_knows_where_it_was_read() -> None:
    latex = r"Psc = g (V_{df} - 2)"
    relation = read(latex, (Quantity("Psc"),)).relations[0]
    assert isinstance(relation.right, Product)
    written = [latex[slice(*term.span)] for term in (relation.left, *relation.right.factors)]
    assert written == ["Psc", "g", "V_{df} - 2"]
    assert latex[slice(*relation.span)] == latex


@pytest.mark.parametrize("latex", ["__import__('os').abort()", "x = exec(1)", "lambda: 0 = 1", "[x for x in y] = 1"])
def test_code_is_text(latex: str) -> None:
    assert read(latex).latex == latex


@pytest.mark.parametrize(
    ("latex", "declared", "euler"),
    [
        ("y = Ae^{-kt}", (), True),
        ("y = Bte^{rt}", (), True),
        (r"y = \frac{ne^x}{1 + qe^x}", (), True),
        ("y = A e^{0}", (), True),
        ("k! = (n/e)^n", (), True),
        ("q = N e", (), False),
        (r"U = \frac{e^2}{4\pi\varepsilon_0 r}", (), False),
        (r"h^2 = \mu a (1 - e^2)", (), False),
        (r"\ln(e^2) = 2", (), True),
        ("q = N e^2", ("e",), False),
        (r"q = Q e^{-t/\tau}", ("e", "Q"), True),
    ],
)
def test_e_is_the_number_or_a_quantity_by_what_is_raised_behind_it(
    latex: str, declared: tuple[str, ...], euler: bool
) -> None:
    relation = read(latex, tuple(Quantity(name) for name in declared)).relations[0]
    found = {node for side in (relation.left, relation.right) for node in walk(side)}
    assert (Constant(ConstantName.E) in found) is euler
    assert (Symbol("e") in found) is not euler


def test_a_declared_e_under_a_raised_name_is_read_both_ways() -> None:
    main, other = (
        read(r"q = Q e^{-t/\tau}", (Quantity("e"),)),
        read(r"q = Q e^{-t/\tau}", (Quantity("e"),)).alternatives[0],
    )
    assert Constant(ConstantName.E) in set(walk(main.relations[0].right))
    assert Symbol("e") in set(walk(other.relations[0].right))


@pytest.mark.parametrize(
    ("meaning", "applied"),
    [("cumulative distribution function", True), ("kernel of the estimate", True), ("partition function", False)],
)
def test_a_name_whose_meaning_is_a_function_is_applied(meaning: str, applied: bool) -> None:
    reading = read(r"q = K(\frac{x - a}{h})", (Quantity("K", meaning),))
    assert isinstance(reading.relations[0].right, Apply) is applied
