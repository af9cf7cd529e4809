"""A meaning suggests a dimension only when it is plainly that quantity; a sign follows it."""

from __future__ import annotations

import pytest

from vaultcheck.formula.dimension_names import describe
from vaultcheck.formula.lexicon import assumed, assumed_dimension, sign_of, size
from vaultcheck.formula.lexicon_table import ROWS
from vaultcheck.formula.model import Dimension, Quantity, Sign
from vaultcheck.formula.unit_table import dimension_of
from vaultcheck.formula.units import read_unit

MEANT = [
    ("resting membrane potential", "electric potential (V)"),
    ("the membrane potential at zero net current", "electric potential (V)"),
    ("post-synaptic current (pA)", "electric current (A)"),
    ("conductance of the channel", "conductance (S)"),
    ("Conductances", "conductance (S)"),
    ("mass of the ball", "mass (kg)"),
    ("speed of light in vacuum", "velocity (m/s)"),
    ("extracellular concentrations", "concentration (mol/m³)"),
    ("absolute temperature, in kelvin", "temperature (K)"),
    ("change in temperature", "temperature (K)"),
    ("pressure drop across the valve", "pressure (Pa)"),
    ("current density", "current density (A/m²)"),
    ("time constant", "time (s)"),
    ("moment of inertia of the wheel", "moment of inertia (kg·m²)"),
    ("Faraday's constant", "charge per amount (C/mol)"),
    ("Membranpotential in Ruhe", "electric potential (V)"),
    ("Geschwindigkeit der Masse", "velocity (m/s)"),
    ("die Federkraft", "force (N)"),
    ("Stromstärke", "electric current (A)"),
    ("elektrische Feldstärke", "electric field (V/m)"),
    ("potentiel de membrane", "electric potential (V)"),
    ("la température du gaz", "temperature (K)"),
    ("l'énergie cinétique", "energy (J)"),
    ("vitesse initiale", "velocity (m/s)"),
    ("quantité de mouvement", "momentum (kg·m/s)"),
]


@pytest.mark.parametrize(("meaning", "said"), MEANT)
def test_a_plain_meaning_has_a_dimension(meaning: str, said: str) -> None:
    found = assumed_dimension(meaning)
    assert found is not None
    assert describe(found) == said


@pytest.mark.parametrize(
    "meaning",
    [
        "", "?", "number of people", "relative potassium permeability", "voltage gain", "mass flow", "energy density",
        "probability density", "density of states", "centre of mass", "resistance per length", "force per unit area",
        "membrane resistance of unit length", "temperature coefficient", "time derivative of velocity", "rate constant",
        "driving force", "maximal conductance", "membrane capacitance", "tension in the rope", "pressure ratio",
        "a letter that stands for the mass", "potential", "work function", "normalized current", "Drucksache",
        "length of the array", "Gibbs free energy", "activation energy of the reaction",
    ],
)  # fmt: skip
def test_what_may_be_another_thing_has_none(meaning: str) -> None:
    assert assumed_dimension(meaning) is None


def test_there_are_150_entries_and_three_languages() -> None:
    assert size() >= 450
    assert len(ROWS) >= 75
    for english, french, german in (("force", "puissance", "kraft"), ("voltage", "tension électrique", "spannung")):
        assert assumed_dimension(english)
        assert assumed_dimension(french)
        assert assumed_dimension(german)


def test_every_phrase_of_the_table_means_its_row() -> None:
    for base, sign, phrases in ROWS:
        for phrase in phrases.split(","):
            quantity = Quantity("x", phrase)
            assert assumed_dimension(phrase) == (None if base == "?" else dimension_of(base)), phrase
            assert sign_of(quantity) is Sign(sign), phrase


def test_what_is_assumed_is_marked_and_what_is_declared_stays() -> None:
    found = assumed(Quantity("I", "synaptic current"))
    assert found.assumed
    assert found.dimension == dimension_of("A")
    declared = Quantity("I", "synaptic current", dimension=dimension_of("A m-2"))
    assert assumed(declared) is declared
    nothing = Quantity("q", "quirk")
    assert assumed(nothing) is nothing


def _with_unit(text: str) -> Quantity:
    unit = read_unit(text)
    assert unit is not None
    return Quantity("x", dimension=unit.dimension, unit=unit)


@pytest.mark.parametrize(
    ("quantity", "sign"),
    [
        (Quantity("T", "temperature"), Sign.POSITIVE),
        (Quantity("c", "concentration"), Sign.POSITIVE),
        (Quantity("R", "resistance"), Sign.POSITIVE),
        (Quantity("C", "capacitance"), Sign.POSITIVE),
        (Quantity("m", "mass"), Sign.POSITIVE),
        (Quantity("V", "membrane potential"), Sign.SIGNED),
        (Quantity("I", "current"), Sign.SIGNED),
        (Quantity("z", "valence"), Sign.SIGNED),
        (Quantity("x", "coordinate"), Sign.SIGNED),
        (Quantity("x", "change in temperature"), Sign.SIGNED),
        (Quantity("Delta T", "temperature"), Sign.SIGNED),
        (Quantity("g", "maximal conductance"), Sign.POSITIVE),
        (Quantity("q", "quirk"), Sign.UNKNOWN),
        (Quantity("V", "membrane potential", sign=Sign.POSITIVE), Sign.POSITIVE),
        (_with_unit("K"), Sign.POSITIVE),
        (_with_unit("°C"), Sign.POSITIVE),
        (_with_unit("mM"), Sign.POSITIVE),
        (_with_unit("mV"), Sign.SIGNED),
        (_with_unit("pA"), Sign.SIGNED),
        (_with_unit("m"), Sign.UNKNOWN),
        (Quantity("x", dimension=Dimension()), Sign.UNKNOWN),
    ],
    ids=lambda value: f"{value.name} {value.meaning}" if isinstance(value, Quantity) else str(value),
)
def test_signs(quantity: Quantity, sign: Sign) -> None:
    assert sign_of(quantity) is sign
