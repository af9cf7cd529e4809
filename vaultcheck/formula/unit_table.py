"""The one table of units: what every unit is called, what it measures and what it is worth in SI. Data only.

Scales are exact. Sources: the SI brochure (9th edition) for the SI, its prefixes and the units accepted with it;
NIST SP 811 appendix B for the others; CODATA 2018 for the dalton (measured, so rounded there); IAU 2012 and 2015
for the astronomical unit and the parsec. Angles rest on pi, cut at 70 digits: far below any interval computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.model import Dimension

PI = Fraction(31415926535897932384626433832795028841971693993751058209749445923078164, 10**70)

PREFIXES: dict[str, tuple[str, int]] = {
    "Q": ("quetta", 30), "R": ("ronna", 27), "Y": ("yotta", 24), "Z": ("zetta", 21), "E": ("exa", 18),
    "P": ("peta", 15), "T": ("tera", 12), "G": ("giga", 9), "M": ("mega", 6), "k": ("kilo", 3),
    "h": ("hecto", 2), "da": ("deca", 1), "d": ("deci", -1), "c": ("centi", -2), "m": ("milli", -3),
    "µ": ("micro", -6), "n": ("nano", -9), "p": ("pico", -12), "f": ("femto", -15), "a": ("atto", -18),
    "z": ("zepto", -21), "y": ("yocto", -24), "r": ("ronto", -27), "q": ("quecto", -30),
}  # fmt: skip
"""SI prefixes: symbol to name and power of ten."""

_BASES = ("m", "kg", "s", "A", "K", "mol", "cd")


def dimension_of(text: str) -> Dimension:
    """The dimension that base units with integer exponents spell: `kg m2 s-3 A-1` is that of the volt.

    Raises `ValueError` for anything but the seven base units.
    """
    exponents = [Fraction(0)] * len(_BASES)
    for part in text.split():
        base = part.rstrip("-0123456789")
        exponents[_BASES.index(base)] += Fraction(part[len(base) :] or 1)
    return Dimension(tuple(exponents))


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One row: `value_SI = value * scale + offset`; `prefixes` are the symbols of the SI prefixes in use with it.

    Prefixes that would spell something else in a formula are left out (`pH`, `kT`, `PV`, `GM`). `alone` is false
    for spellings that are a word or a name when they stand alone (`in`, `U`) and a unit only inside a compound.
    `sure` is false where the same spelling is worth different numbers to different people (`rpm`, `MB`).
    """

    name: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]
    dimension: Dimension
    scale: Fraction
    prefixes: tuple[str, ...] = ()
    offset: Fraction = Fraction(0)
    alone: bool = True
    sure: bool = True


_SMALL = "m µ n p f a"


def _unit(
    symbols: str,
    words: str,
    base: str,
    scale: Fraction | int | str = 1,
    prefixes: str = "",
    *,
    offset: str = "0",
    alone: bool = True,
    sure: bool = True,
) -> UnitEntry:
    spelled = tuple(words.split())
    name = spelled[0] if spelled else symbols.split()[0]
    factor = Fraction(scale)
    marks = tuple(prefixes.split())
    return UnitEntry(
        name, tuple(symbols.split()), spelled, dimension_of(base), factor, marks, Fraction(offset), alone, sure
    )


_ENERGY = "kg m2 s-2"
_PRESSURE = "kg m-1 s-2"
_VOLT = "kg m2 s-3 A-1"
_OHM = "kg m2 s-3 A-2"

SI: tuple[UnitEntry, ...] = (
    _unit("m", "metre metres meter meters mètre mètres", "m", 1, "G M k h da d c m µ n p f"),
    _unit("g", "gram grams gramme grammes gramm", "kg", "1/1000", f"G M k h da d c {_SMALL}"),
    _unit("s", "second seconds sec secs sekunde sekunden seconde secondes", "s", 1, "k m µ n p f"),
    _unit("A", "ampere amperes ampère ampères amp amps", "A", 1, f"M k {_SMALL}"),
    _unit("K", "kelvin kelvins", "K", 1, "G M k m µ n p"),
    _unit("mol", "mole moles mols", "mol", 1, f"M k c d {_SMALL}"),
    _unit("cd", "candela candelas", "cd", 1, "k m"),
    _unit("Hz", "hertz", "s-1", 1, "E P T G M k m µ n"),
    _unit("N", "newton newtons", "kg m s-2", 1, f"G M k da d c {_SMALL}"),
    _unit("Pa", "pascal pascals", _PRESSURE, 1, "T G M k h da d m µ n p"),
    _unit("J", "joule joules", _ENERGY, 1, f"Y Z E P T G M k c {_SMALL} z"),
    _unit("W", "watt watts", "kg m2 s-3", 1, f"Y Z E P T G M k {_SMALL}"),
    _unit("C", "coulomb coulombs", "A s", 1, f"k {_SMALL}"),
    _unit("V", "volt volts", _VOLT, 1, f"T G M k {_SMALL}"),
    _unit("F", "farad farads", "kg-1 m-2 s4 A2", 1, _SMALL),
    _unit("Ω", "ohm ohms", _OHM, 1, "T G M k m µ n"),
    _unit("S ℧ mho", "siemens", "kg-1 m-2 s3 A2", 1, f"M k d c {_SMALL}"),
    _unit("Wb", "weber webers", "kg m2 s-2 A-1", 1, f"k {_SMALL}"),
    _unit("T", "tesla teslas", "kg s-2 A-1", 1, _SMALL),
    _unit("H", "henry henrys henries", "kg m2 s-2 A-2", 1, "m µ n"),
    _unit("lm", "lumen lumens", "cd", 1, "k m"),
    _unit("lx", "lux", "cd m-2", 1, "k m µ"),
    _unit("Bq", "becquerel becquerels", "s-1", 1, "P T G M k m µ"),
    _unit("Gy", "gray grays", "m2 s-2", 1, "k c m µ n"),
    _unit("Sv", "sievert sieverts", "m2 s-2", 1, "k m µ n"),
    _unit("kat", "katal katals", "mol s-1", 1, "k m µ n p"),
    _unit("rad", "radian radians", "", 1, "m µ n"),
    _unit("sr", "steradian steradians", "", 1, "m µ"),
)

TIME_AND_ANGLE: tuple[UnitEntry, ...] = (
    _unit("min", "minute minutes mins minuten", "s", 60),
    _unit("h hr hrs", "hour hours stunde stunden heure heures", "s", 3600),
    _unit("d", "day days tag tage jour jours", "s", 86400),
    _unit("wk", "week weeks woche wochen semaine semaines", "s", 604800),
    _unit("yr", "year years jahr jahre", "s", 31557600, "G M k"),
    _unit("a", "", "s", 31557600, alone=False),
    _unit("° deg", "degree degrees degré degrés", "", PI / 180, "m"),
    _unit("′ arcmin", "arcminute arcminutes", "", PI / 10800),
    _unit("″ arcsec", "arcsecond arcseconds", "", PI / 648000, "m µ"),
    _unit("rev", "revolution revolutions turn turns", "", 2 * PI, sure=False),
    _unit("rpm RPM", "", "s-1", 2 * PI / 60, sure=False),
    _unit("bpm", "", "s-1", "1/60"),
)

TEMPERATURE: tuple[UnitEntry, ...] = (
    _unit("°C ℃ degC", "celsius", "K", 1, "m", offset="273.15"),
    _unit("°F ℉ degF", "fahrenheit", "K", "5/9", offset="45967/180"),
    _unit("°K degK", "", "K", 1),
)

RATIOS: tuple[UnitEntry, ...] = (
    _unit("%", "percent pct prozent pourcent", "", "1/100"),
    _unit("‰", "permille promille", "", "1/1000"),
    _unit("ppm", "", "", "1/1000000"),
    _unit("ppb", "", "", "1/1000000000", sure=False),
    _unit("dB", "decibel decibels dezibel", "", 1, sure=False),
    _unit("bit", "bits", "", 1, "k M G T", sure=False),
    _unit("b", "", "", 1, "k M G T", sure=False, alone=False),
    _unit("byte", "bytes octet octets", "", 8, sure=False),
    _unit("B", "", "", 8, "k M G T P", sure=False, alone=False),
    _unit("KB KiB", "kibibyte", "", 8192, sure=False),
    _unit("MiB", "mebibyte", "", 8 * 2**20, sure=False),
    _unit("GiB", "gibibyte", "", 8 * 2**30, sure=False),
)

CHEMISTRY: tuple[UnitEntry, ...] = (
    _unit("L l ℓ", "litre litres liter liters", "m3", "1/1000", f"M k h d c {_SMALL}"),
    _unit("cc ccm", "", "m3", "1/1000000"),
    _unit("M", "molar", "mol m-3", 1000, _SMALL),
    _unit("molal", "", "mol kg-1", 1, "m"),
    _unit("Eq eq", "equivalents", "mol", 1, "m µ", alone=False),
    _unit("Osm osm Osmol osmol", "osmole osmoles", "mol", 1, "m"),
    _unit("U IU", "", "mol s-1", "1/60000000", "k m µ", alone=False, sure=False),
    _unit("Da amu", "dalton daltons", "kg", Fraction(166053906660, 10**38), "G M k"),
    _unit("u", "", "kg", Fraction(166053906660, 10**38)),
    _unit("Å angstrom", "ångström ångströms angström", "m", "1/10000000000"),
    _unit("cal", "calorie calories kalorie kalorien", _ENERGY, "4.184", "M k"),
    _unit("Ci", "curie curies", "s-1", 37 * 10**9, "M k m µ n p"),
    _unit("mcg", "", "kg", "1/1000000000"),
)

ENERGY_AND_PRESSURE: tuple[UnitEntry, ...] = (
    _unit("eV", "electronvolt electronvolts elektronenvolt", _ENERGY, "1.602176634e-19", "E P T G M k m µ n"),
    _unit("erg", "ergs", _ENERGY, "1/10000000"),
    _unit("BTU Btu", "", _ENERGY, "1055.05585262"),
    _unit("Wh", "", _ENERGY, 3600, "T G M k m µ"),
    _unit("hp", "horsepower", "kg m2 s-3", Fraction("0.3048") * Fraction("0.45359237") * Fraction("9.80665") * 550),
    _unit("bar", "bars", _PRESSURE, 100000, "M k d m µ"),
    _unit("atm", "atmosphere atmospheres", _PRESSURE, 101325),
    _unit("Torr torr", "", _PRESSURE, Fraction(101325, 760), "m µ"),
    _unit("mmHg", "", _PRESSURE, "133.322387415"),
    _unit("cmHg", "", _PRESSURE, "1333.22387415"),
    _unit("inHg", "", _PRESSURE, "3386.388640341"),
    _unit("cmH2O", "", _PRESSURE, "98.0665"),
    _unit("mmH2O", "", _PRESSURE, "9.80665"),
    _unit("psi", "", _PRESSURE, Fraction("0.45359237") * Fraction("9.80665") / Fraction("0.0254") ** 2, "k"),
)

MECHANICS: tuple[UnitEntry, ...] = (
    _unit("t", "tonne tonnes", "kg", 1000, "G M"),
    _unit("ha", "hectare hectares hektar", "m2", 10000),
    _unit("in", "", "m", "0.0254", alone=False),
    _unit("inch", "inches", "m", "0.0254"),
    _unit("ft", "foot feet", "m", "0.3048"),
    _unit("yd", "yard yards", "m", "0.9144"),
    _unit("mi", "mile miles", "m", "1609.344"),
    _unit("nmi", "", "m", 1852),
    _unit("mph", "", "m s-1", "0.44704"),
    _unit("kmh kph kmph", "", "m s-1", "5/18"),
    _unit("kn", "knot knots", "m s-1", Fraction(1852, 3600)),
    _unit("lb lbs lbm", "pound pounds", "kg", "0.45359237"),
    _unit("oz", "ounce ounces", "kg", Fraction("0.45359237") / 16),
    _unit("lbf", "", "kg m s-2", Fraction("0.45359237") * Fraction("9.80665"), "k"),
    _unit("kgf kp", "", "kg m s-2", "9.80665"),
    _unit("dyn", "dyne dynes", "kg m s-2", "1/100000", "m µ"),
    _unit("P", "poise", "kg m-1 s-1", "1/10", "c m"),
    _unit("St", "stokes", "m2 s-1", "1/10000", "c"),
    _unit("gal", "gallon gallons", "m3", "0.003785411784", sure=False),
)

ELECTRICITY: tuple[UnitEntry, ...] = (
    _unit("G Gs", "gauss", "kg s-2 A-1", "1/10000", "k m µ"),
    _unit("Ah", "", "A s", 3600, "k m"),
    _unit("VA", "", "kg m2 s-3", 1, "M k"),
    _unit("var", "", "kg m2 s-3", 1, "M k", alone=False),
)

ASTRONOMY: tuple[UnitEntry, ...] = (
    _unit("AU au", "", "m", 149597870700),
    _unit("ly", "lightyear lightyears lichtjahr lichtjahre", "m", 9460730472580800, "M k"),
    _unit("pc", "parsec parsecs", "m", 149597870700 * 648000 / PI, "G M k"),
)

GLUED: tuple[UnitEntry, ...] = (
    # Products that people write in one run. Nothing else is split: `Vm` is a name far more often than a volt metre.
    _unit("Nm", "", _ENERGY, 1, "M k m µ"),
    _unit("Ncm", "", _ENERGY, "1/100"),
    _unit("Nmm", "", _ENERGY, "1/1000"),
    _unit("Ns", "", "kg m s-1", 1, "k m"),
    _unit("kgm", "", "kg m"),
    _unit("Ws", "", _ENERGY, 1, "M k m"),
    _unit("Js", "", "kg m2 s-1"),
    _unit("Vs", "", "kg m2 s-2 A-1", 1, "m µ"),
    _unit("As", "", "A s", 1, "m µ"),
    _unit("Pas", "", "kg m-1 s-1", 1, "m"),
    _unit("eVs", "", "kg m2 s-1", "1.602176634e-19"),
)

NO_UNIT: tuple[str, ...] = (
    "1", "-", "–", "—", "dimensionless", "unitless", "dimensionslos", "einheitenlos", "sans dimension",
    "sans unité", "adimensionnel", "no unit", "no units", "none", "pure number", "without unit",
)  # fmt: skip
"""What notes write in the place of a unit for a pure number."""

GROUPS: dict[str, tuple[UnitEntry, ...]] = {
    "SI": SI,
    "Time and angle": TIME_AND_ANGLE,
    "Temperature": TEMPERATURE,
    "Ratios and counts": RATIOS,
    "Chemistry and physiology": CHEMISTRY,
    "Energy and pressure": ENERGY_AND_PRESSURE,
    "Mechanics": MECHANICS,
    "Electricity": ELECTRICITY,
    "Astronomy": ASTRONOMY,
    "Products written in one run": GLUED,
}

UNITS: tuple[UnitEntry, ...] = tuple(entry for group in GROUPS.values() for entry in group)
