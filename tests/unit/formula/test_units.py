"""Every unit that notes write is read, exactly; what is not a unit is not one."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from pathlib import Path

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.formula import unit_page
from vaultcheck.formula.dimension_names import describe, symbols_of
from vaultcheck.formula.model import Dimension
from vaultcheck.formula.unit_table import GLUED, PREFIXES, UNITS, dimension_of
from vaultcheck.formula.units import is_sure, read_quantity, read_unit

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "units.toml").read_text(encoding="utf-8"))
BASES = ("m", "kg", "s", "A", "K", "mol", "cd")


def base_dimension(text: str) -> Dimension:
    """What `kg m2 s-3 A-1` says, read apart from the program's own reader of such strings."""
    exponents = dict.fromkeys(BASES, Fraction(0))
    for part in text.split():
        match = re.fullmatch(r"([A-Za-z]+)(-?\d+(?:/\d+)?)?", part)
        assert match is not None
        exponents[match[1]] += Fraction(match[2] or 1)
    return Dimension(tuple(exponents.values()))


def exact(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def test_there_are_at_least_150_of_them() -> None:
    assert len({row[0] for row in CASES["units"]}) >= 150


@pytest.mark.parametrize("row", CASES["units"], ids=lambda row: row[0])
def test_a_unit_is_read_exactly(row: list[str]) -> None:
    text, dimension, scale, *offset = row
    unit = read_unit(text)
    assert unit is not None
    assert unit.dimension == base_dimension(CASES["dimensions"][dimension])
    if "Mpc" in text:  # rests on pi, which no fraction is
        assert abs(unit.scale / exact(scale) - 1) < Fraction(1, 10**25)
    else:
        assert unit.scale == exact(scale)
    assert unit.offset == (exact(offset[0]) if offset else 0)


@pytest.mark.parametrize("text", CASES["not_a_unit"])
def test_what_is_not_a_unit_is_not_read(text: str) -> None:
    assert read_unit(text) is None


@pytest.mark.parametrize("row", CASES["units"], ids=lambda row: row[0])
def test_reading_the_text_of_a_unit_gives_it_back(row: list[str]) -> None:
    unit = read_unit(row[0])
    assert unit is not None
    assert read_unit(unit.text) == unit
    assert read_unit(rf"\mathrm{{{unit.text}}}") == unit


def test_every_symbol_of_the_table_is_read_as_its_row() -> None:
    for entry in UNITS:
        for symbol in entry.symbols:
            found = read_unit(symbol)
            if not entry.alone:
                assert found is None, symbol
                continue
            assert found is not None, symbol
            assert (found.dimension, found.scale, found.offset) == (entry.dimension, entry.scale, entry.offset), symbol


def test_no_spelling_means_two_things() -> None:
    seen: dict[str, str] = {}
    for entry in UNITS:
        for symbol in entry.symbols:
            assert seen.get(symbol, entry.name) == entry.name, symbol
            seen[symbol] = entry.name
    prefixed = [p + s for entry in UNITS for p in entry.prefixes for s in entry.symbols if p + s not in seen]
    assert len(prefixed) == len(set(prefixed))


PINT_TAKES_ANOTHER_VIEW = {
    "Nm": "a textile unit to pint, a newton metre to everybody else",
    "kNm": "the same",
    "J/mol K": "pint divides by what touches the slash only; people mean J/(mol K)",
    "W/m²K": "the same",
    "kg/m·s": "the same",
    "mL/min/1.73 m²": "the same",
    "mg/100 mL": "the same",
    "N-m": "a difference to pint",
    "Nm^2/C^2": "its textile unit again",
    "Nm^{-2}": "the same",
    "Nm^{-1}": "the same",
    "Nmm": "the same",
    "Wm^{-2}": "one run to pint",
    "kgm^{-3}": "the same",
    "Jmol^{-1}": "the same",
    "moldm^{-3}": "the same",
    "kgm/s^2": "one run to pint",
    "kgm^2/s^2": "the same",
    "N.m": "not read by pint",
    "hz": "not read by pint",
    "cu ft": "not read by pint",
    "kbit/s": "information has a dimension to pint",
    "mEq": "not read by pint",
    "in mV": "an inch to pint",
    "in radians": "the same",
    "(en mV)": "not read by pint",
    "1/°C": "pint refuses to multiply temperatures with an offset",
}
SPELLED_FOR_PINT = {
    "mosm/L": None, "mEq/L": None, "U/L": None, "‰": None, "dB": None, "bpm": None, "-": None, "[-]": None,
    "1": None, "Kg": None, "k g": None, "KΩ": None, "kOhm": None, "mcg": None, "°C/min": None,
    "cmH2O": "centimeter_H2O", "cmH_2O": "centimeter_H2O", "M": "molar", "L": "liter", "u": "dalton", "G": None,
    "t": "metric_ton", "h": "hour", "d": "day", "Å": "angstrom", "hp": "horsepower", "ohm": "ohm", "cc": "cc",
    "Stunden": None, "Sekunden": None, "secondes": None, "jours": None, "mètres": None, "Kilogramm": None,
    "Volt": None, "℃": None, "ºC": None, "N*m": "N*m", "AU": "au", "mL/min/1.73 m²": None, "°C": None, "°F": None,
    "°K": None, "W/(m²·°C)": None, "uA/cm^2": "µA/cm^2",
}  # fmt: skip
REGISTRY: pint.UnitRegistry[float] = pint.UnitRegistry(cache_folder=None)


PINT_BASES = {
    "meter": "m", "kilogram": "kg", "second": "s", "ampere": "A", "kelvin": "K", "mole": "mol", "candela": "cd",
}  # fmt: skip


def plain_rows() -> list[str]:
    """The rows without LaTeX and brackets: what pint can be asked."""
    rows = [row[0] for row in CASES["units"]]
    return [
        text
        for text in rows
        if not set(text) & set("\\[]$") and "sq" not in text and text not in PINT_TAKES_ANOTHER_VIEW
    ]


def ask_pint(text: str) -> tuple[Dimension, float]:
    text = text.replace("{", "(").replace("}", ")")
    spelled = text if "H2O" in text else re.sub(r"(?<=[A-Za-z])(-?\d)", r"^\1", text)
    quantity = REGISTRY(spelled) if spelled[0].isdigit() else 1 * REGISTRY.parse_units(spelled)
    based = quantity.to_base_units()
    powers = [(PINT_BASES[name], power) for name, power in based.unit_items() if name != "radian"]
    return base_dimension(" ".join(f"{base}{Fraction(str(power))}" for base, power in powers)), float(based.magnitude)


def test_pint_agrees_on_every_plain_spelling() -> None:
    compared = 0
    for text in plain_rows():
        spelled = SPELLED_FOR_PINT.get(text, text)
        if spelled is None:
            continue
        dimension, scale = ask_pint(spelled)
        unit = read_unit(text)
        assert unit is not None
        assert unit.dimension == dimension, text
        assert float(unit.scale) == pytest.approx(scale, rel=2e-7), text
        compared += 1
    assert compared >= 130


def test_what_pint_misreads_is_read_here() -> None:
    """pint up to 0.25 takes `Nm` for a textile unit, later ones do not know it; all drop the dash of `–100 mV`."""
    newton_metre, joule = read_unit("Nm"), read_unit("J")
    assert newton_metre is not None
    assert joule is not None
    assert newton_metre.dimension == joule.dimension
    value = read_quantity("–100 mV")
    assert value is not None
    assert value[0] == Fraction(-1, 10)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("-70 mV", "-0.07", "0.01"),
        ("–100 mV", "-0.1", "0.1"),
        ("−100\\,\\mathrm{mV}", "-0.1", "0.1"),
        ("$-70$ mV", "-0.07", "0.01"),
        ("+60 mV", "0.06", "0.01"),
        ("1,5 nS", "1.5e-9", "1e-10"),
        ("3.2 \\times 10^{-3} m", "3.2e-3", "1e-4"),
        ("6.022·10²³ 1/mol", "6.022e23", "1e20"),
        ("1.6\\cdot 10^{-19}\\,\\mathrm{C}", "1.6e-19", "1e-20"),
        ("1e-3 V", "1e-3", "1e-3"),
        ("10^{-7} M", "1e-4", "1e-4"),
        ("1.000 kg", "1", "1e-3"),
        ("-70 ± 5 mV", "-0.07", "0.005"),
        ("(-70 \\pm 5) mV", "-0.07", "0.005"),
        ("37 °C", "310.15", "1"),
        ("98.6 °F", "310.15", "1/18"),
        ("50 %", "0.5", "0.1"),
        ("300\\,000 km/s", "3e8", "1e8"),
        ("1 000 000 Pa", "1e6", "1e6"),
        ("1.234,5 m", "1234.5", "0.1"),
        ("1,234.5 m", "1234.5", "0.1"),
        ("≈ 5.00 ms", "0.005", "1e-4"),
        ("about 5.00 ms", "0.005", "5e-4"),
        ("\\SI{5}{\\milli\\volt}", "0.005", "0.001"),
        ("8.314 J/(mol K)", "8.314", "0.001"),
        ("0.33", "0.33", "0.01"),
        ("-1", "-1", "1"),
    ],
)
def test_a_value_is_read_with_its_precision(text: str, value: str, step: str) -> None:
    found = read_quantity(text)
    assert found is not None
    assert found[:2] == (exact(value), exact(step))


@pytest.mark.parametrize(
    "text", ["1,500 kg", "10–20 mV", "120/80 mmHg", "1/2 s", "4 xyz", "9^9 V", "12 1 V", "", "mV", "1,5,5 V", "1.2.3 m"]
)
def test_a_value_that_might_be_another_is_not_read(text: str) -> None:
    assert read_quantity(text) is None


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_any_text_is_read_or_not_but_never_raises(text: str) -> None:
    unit = read_unit(text)
    assert unit is None or read_unit(unit.text) == unit
    read_quantity(text)


SIMPLE = [
    symbol
    for entry in UNITS
    if entry.alone and not entry.offset and entry not in GLUED
    for symbol in entry.symbols
    if symbol.isalpha() and len(symbol) < 4
]


@given(st.lists(st.tuples(st.sampled_from(SIMPLE), st.integers(-3, 3).filter(bool)), min_size=2, max_size=4))
@settings(max_examples=200)
def test_a_product_of_powers_is_the_product_of_the_powers(parts: list[tuple[str, int]]) -> None:
    unit = read_unit("·".join(f"{symbol}^{{{power}}}" for symbol, power in parts))
    dimension, scale = Dimension(), Fraction(1)
    for symbol, power in parts:
        single = read_unit(symbol)
        assert single is not None
        dimension, scale = dimension * single.dimension**power, scale * single.scale**power
    assert unit is not None
    assert (unit.dimension, unit.scale) == (dimension, scale)


def test_prefixes_are_powers_of_ten() -> None:
    for mark, (_, power) in PREFIXES.items():
        found = read_unit(mark + "m") if mark not in "QRYZEPT" and mark not in "zyrq" else None
        assert found is None or found.scale == Fraction(10) ** power


def test_what_a_unit_is_worth_may_be_unsure() -> None:
    for text, sure in (("rpm", False), ("dB", False), ("MB/s", False), ("mV", True), ("°C", True), ("m/s^2", True)):
        unit = read_unit(text)
        assert unit is not None
        assert is_sure(unit) is sure, text


def test_a_dimension_is_said_in_words() -> None:
    assert describe(dimension_of("kg m2 s-3 A-1")) == "electric potential (V)"
    assert describe(Dimension()) == "a pure number"
    assert describe(dimension_of("kg m5 s-1")) == "m⁵·kg·s⁻¹"
    assert symbols_of(dimension_of("m s-2")) == "m/s²"


def test_the_page_shows_the_table_that_is_used() -> None:
    page = unit_page.PAGE.read_text(encoding="utf-8")
    assert page == unit_page.renewed(page), "docs/units.md is behind: python tests/unit/formula/unit_page.py renews it"


def test_the_units_that_the_page_names_are_read_as_it_says() -> None:
    page = unit_page.PAGE.read_text(encoding="utf-8").partition("## Dimensions")[0]
    quoted = set(re.findall(r"`([^`]+)`", page))
    for text in (r"\mathrm{mV}", "[mV]", "µA/cm²", r"\Omega\cdot cm", "kg m^2 s^{-2}", "J/mol K", "10^9/L", "U/L"):
        assert text in quoted
        assert read_unit(text) is not None
    for text in ("m V", "pH", "kT", "GM", "PV", "Vm"):
        assert text in quoted
        assert read_unit(text) is None
