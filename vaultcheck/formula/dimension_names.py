"""What dimensions are called: a table of names, and one function that says a dimension in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from vaultcheck.formula.model import Dimension
from vaultcheck.formula.unit_table import dimension_of

PURE = Dimension()

_ROWS: tuple[tuple[str, str, str], ...] = (
    # name, SI symbol, exponents; the first row of a dimension gives it its name
    ("pure number", "1", ""),
    ("length", "m", "m"),
    ("mass", "kg", "kg"),
    ("time", "s", "s"),
    ("electric current", "A", "A"),
    ("temperature", "K", "K"),
    ("amount of substance", "mol", "mol"),
    ("luminous intensity", "cd", "cd"),
    ("area", "m²", "m2"),
    ("volume", "m³", "m3"),
    ("second moment of area", "m⁴", "m4"),
    ("wave number", "1/m", "m-1"),
    ("number per area", "1/m²", "m-2"),
    ("number density", "1/m³", "m-3"),
    ("frequency", "1/s", "s-1"),
    ("angular acceleration", "1/s²", "s-2"),
    ("velocity", "m/s", "m s-1"),
    ("acceleration", "m/s²", "m s-2"),
    ("jerk", "m/s³", "m s-3"),
    ("diffusion coefficient", "m²/s", "m2 s-1"),
    ("volume flow", "m³/s", "m3 s-1"),
    ("specific energy", "J/kg", "m2 s-2"),
    ("mass flow", "kg/s", "kg s-1"),
    ("mass density", "kg/m³", "kg m-3"),
    ("mass per area", "kg/m²", "kg m-2"),
    ("mass per length", "kg/m", "kg m-1"),
    ("specific volume", "m³/kg", "m3 kg-1"),
    ("moment of inertia", "kg·m²", "kg m2"),
    ("momentum", "kg·m/s", "kg m s-1"),
    ("angular momentum", "J·s", "kg m2 s-1"),
    ("force", "N", "kg m s-2"),
    ("pressure", "Pa", "kg m-1 s-2"),
    ("compressibility", "1/Pa", "kg-1 m s2"),
    ("surface tension", "N/m", "kg s-2"),
    ("energy", "J", "kg m2 s-2"),
    ("power", "W", "kg m2 s-3"),
    ("power per area", "W/m²", "kg s-3"),
    ("power density", "W/m³", "kg m-1 s-3"),
    ("dynamic viscosity", "Pa·s", "kg m-1 s-1"),
    ("hydraulic resistance", "Pa·s/m³", "kg m-4 s-1"),
    ("gravitational constant", "m³/(kg·s²)", "m3 kg-1 s-2"),
    ("gravitational parameter", "m³/s²", "m3 s-2"),
    ("thermal conductivity", "W/(m·K)", "kg m s-3 K-1"),
    ("heat transfer coefficient", "W/(m²·K)", "kg s-3 K-1"),
    ("thermal resistance", "K/W", "kg-1 m-2 s3 K"),
    ("Stefan-Boltzmann constant", "W/(m²·K⁴)", "kg s-3 K-4"),
    ("heat capacity", "J/K", "kg m2 s-2 K-1"),
    ("specific heat capacity", "J/(kg·K)", "m2 s-2 K-1"),
    ("volumetric heat capacity", "J/(m³·K)", "kg m-1 s-2 K-1"),
    ("thermal expansion coefficient", "1/K", "K-1"),
    ("temperature gradient", "K/m", "K m-1"),
    ("warming rate", "K/s", "K s-1"),
    ("molar heat capacity", "J/(mol·K)", "kg m2 s-2 mol-1 K-1"),
    ("molar energy", "J/mol", "kg m2 s-2 mol-1"),
    ("molar mass", "kg/mol", "kg mol-1"),
    ("molar volume", "m³/mol", "m3 mol-1"),
    ("concentration", "mol/m³", "mol m-3"),
    ("molality", "mol/kg", "mol kg-1"),
    ("number per amount", "1/mol", "mol-1"),
    ("catalytic activity", "mol/s", "mol s-1"),
    ("reaction rate", "mol/(m³·s)", "mol m-3 s-1"),
    ("second-order rate constant", "m³/(mol·s)", "m3 mol-1 s-1"),
    ("molar flux", "mol/(m²·s)", "mol m-2 s-1"),
    ("molar absorption coefficient", "m²/mol", "m2 mol-1"),
    ("electric charge", "C", "A s"),
    ("charge per amount", "C/mol", "A s mol-1"),
    ("charge per mass", "C/kg", "A s kg-1"),
    ("charge per length", "C/m", "A s m-1"),
    ("charge per area", "C/m²", "A s m-2"),
    ("charge density", "C/m³", "A s m-3"),
    ("current density", "A/m²", "A m-2"),
    ("electric dipole moment", "C·m", "A s m"),
    ("electric potential", "V", "kg m2 s-3 A-1"),
    ("rate of change of potential", "V/s", "kg m2 s-4 A-1"),
    ("electric field", "V/m", "kg m s-3 A-1"),
    ("electric flux", "V·m", "kg m3 s-3 A-1"),
    ("electric resistance", "Ω", "kg m2 s-3 A-2"),
    ("resistivity", "Ω·m", "kg m3 s-3 A-2"),
    ("resistance times area", "Ω·m²", "kg m4 s-3 A-2"),
    ("resistance per length", "Ω/m", "kg m s-3 A-2"),
    ("conductance", "S", "kg-1 m-2 s3 A2"),
    ("conductivity", "S/m", "kg-1 m-3 s3 A2"),
    ("conductance per area", "S/m²", "kg-1 m-4 s3 A2"),
    ("molar conductivity", "S·m²/mol", "kg-1 s3 A2 mol-1"),
    ("capacitance", "F", "kg-1 m-2 s4 A2"),
    ("capacitance per area", "F/m²", "kg-1 m-4 s4 A2"),
    ("permittivity", "F/m", "kg-1 m-3 s4 A2"),
    ("electric mobility", "m²/(V·s)", "kg-1 s2 A"),
    ("inductance", "H", "kg m2 s-2 A-2"),
    ("permeability", "H/m", "kg m s-2 A-2"),
    ("magnetic flux", "Wb", "kg m2 s-2 A-1"),
    ("magnetic flux density", "T", "kg s-2 A-1"),
    ("magnetic vector potential", "V·s/m", "kg m s-2 A-1"),
    ("magnetic field strength", "A/m", "A m-1"),
    ("magnetic moment", "A·m²", "A m2"),
    ("Coulomb constant", "N·m²/C²", "kg m3 s-4 A-2"),
    ("illuminance", "lx", "cd m-2"),
)

NAMES: Mapping[Dimension, tuple[str, str]] = MappingProxyType(
    {dimension_of(base): (name, symbol) for name, symbol, base in reversed(_ROWS)}
)
"""Dimension to its name and SI symbol."""

_SUPERSCRIPTS = str.maketrans("-0123456789/", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹ᐟ")
_BASES = ("m", "kg", "s", "A", "K", "mol", "cd")


def superscript(power: Fraction | int) -> str:
    """An exponent as Unicode superscripts, empty for one: `⁻²`, `^(1/2)` for a fraction."""
    exact = Fraction(power)
    if exact == 1:
        return ""
    return str(exact).translate(_SUPERSCRIPTS) if exact.denominator == 1 else f"^({exact})"


def symbols_of(dimension: Dimension) -> str:
    """The dimension in SI symbols: `V`, `kg·m²·s⁻²`, `1`."""
    if dimension in NAMES:
        return NAMES[dimension][1]
    parts = [base + superscript(power) for base, power in zip(_BASES, dimension.exponents, strict=True) if power]
    return "·".join(parts)


def describe(dimension: Dimension) -> str:
    """The dimension in words and symbols, `electric potential (V)`; only symbols where it has no name."""
    if dimension == PURE:
        return "a pure number"
    if dimension in NAMES:
        name, symbol = NAMES[dimension]
        return f"{name} ({symbol})"
    return symbols_of(dimension)
