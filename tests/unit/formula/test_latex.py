"""What the reader understands, and that it says so when it does not."""

from __future__ import annotations

import pytest

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import FormulaClass, Quantity, Vocabulary
from vaultcheck.formula.write import to_text


def declared(*names: str) -> Vocabulary:
    """A vocabulary of bare names."""
    return tuple(Quantity(name) for name in names)


@pytest.mark.parametrize(
    ("latex", "names", "text"),
    [
        ("Psc = g V_{df}", ("Psc", "g", "V_df"), "Psc = g · V_df"),
        ("psc = g (V_m - E_{rev})", ("PSC", "g", "V_m", "E_rev"), "PSC = g · (V_m − E_rev)"),
        (r"E_K = \frac{RT}{zF}\ln\frac{[K^+]_o}{[K^+]_i}", (), "E_K = (R · T)/(z · F) · ln([K+]_o/[K+]_i)"),
        (r"\tau \frac{dV}{dt} = -(V - E_L) + R I", (), "τ · dV/dt = −(V − E_L) + R · I"),
        (r"V_{df} = -40\,\mathrm{mV}", (), "V_df = −40 mV"),
    ],
)
def test_reads_what_was_written(latex: str, names: tuple[str, ...], text: str) -> None:
    reading = read(latex, declared(*names))
    assert reading.formula_class is FormulaClass.RELATION
    assert [to_text(relation) for relation in reading.relations] == [text]


@pytest.mark.parametrize(
    "latex",
    ["9^{9^{9^{9}}}", "{" * 900 + "x" + "}" * 900, "+".join(["x"] * 900), "x" * 1_000_000, "-" * 1_500, r"\sqrt" * 300],
)
def test_hostile_input_ends_with_a_tree_or_a_reason(latex: str) -> None:
    reading = read(latex)
    assert (reading.problem is None) is (reading.expression is not None)
