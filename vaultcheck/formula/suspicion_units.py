r"""Letters behind a number that are more likely its unit, or thousands and millions, than a factor.

`16 \cdot 2 = 32u`, `2^{20} \approx 1 M`, `P = 86400s`, `\frac{kJ}{mol}`: as a product each of them says that a name has
a value that nobody gave it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import (
    Constant,
    Derivative,
    Measured,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    Symbol,
    Term,
)
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import factors
from vaultcheck.formula.units import read_unit

UNIT = "an upright unit behind the number"
_NO_UNIT = frozenset("xyzabcntpq")
_MAGNITUDES = {"k": 3, "K": 3, "M": 6, "B": 9, "G": 9, "T": 12}
_POWER_OF_TWO = re.compile(r"(?<![\d.])2\s*\^")
_NEAR = Fraction(1, 50)
_NEARLY = Fraction(1, 10)
_LONG = 1_000
_LETTERS = frozenset("msgKNJWVACTHuLF")
_LONG_UNITS = frozenset(("cd", "Wb", "kJ", "kW", "Hz", "Pa", "eV", "lm", "lx", "kg", "mol", "km", "cm"))
_BEHIND_TERM = frozenset(("ft", "sec", "lb", "lbs", "mi", "min", "km", "kg", "Hz", "kHz", "rad", "rpm", "mph"))
_UPRIGHT = re.compile(r"\\(?:mathrm|text|mathsf|textrm)\s*\{")
_RUN = re.compile(r"[A-Za-z]+")


def side(relation: Relation, reader: Reader) -> str:
    """Why a side that is a number and a letter is a measured number, judged by the other side."""
    for one, other in ((relation.left, relation.right), (relation.right, relation.left)):
        match one:
            case Product((Number(value=count) as number, Symbol(letter))) if len(letter) == 1:
                if letter in reader.lexicon.names:
                    continue
                touching = not reader.latex[number.span[1] : one.factors[1].span[0]].strip(" ~")
                if touching and _is_counted(count, letter, other, reader):
                    return UNIT
            case Measured(Number(), unit) if unit.text in _MAGNITUDES and _POWER_OF_TWO.search(reader.latex):
                return "a number, or a unit that is none of size"
    return ""


def _is_counted(count: Fraction, letter: str, other: Term, reader: Reader) -> bool:
    """Whether the letter can only be a unit or a magnitude: the other side is the number itself."""
    if letter in _MAGNITUDES and _POWER_OF_TWO.search(reader.latex):
        return True
    if letter == "s" and count >= _LONG and isinstance(other, Symbol):
        return True
    if isinstance(other, Measured) and count == 1:
        return True
    value = rational(other)
    if not value or not count or letter in _NO_UNIT:
        return False
    size = 10 ** _MAGNITUDES.get(letter, 0)
    return abs(value / count - 1) <= _NEAR or abs(value / (count * size) - 1) <= _NEARLY


def ratio(term: Quotient, reader: Reader) -> str:
    """Why a quotient of letters is one of units."""
    top, bottom = factors(term.numerator), factors(term.denominator)
    if any(isinstance(part, Measured) for part in bottom) and _is_mass(term.numerator):
        return UNIT
    if not all(isinstance(part, Symbol | Power) for part in (*top, *bottom)):
        return ""
    written = re.sub(r"\\\w+", " ", reader.latex[slice(*term.span)])
    runs = _RUN.findall(written)
    if not set(runs) & _LONG_UNITS or any(reader.lexicon.find(run) for run in runs if len(run) > 1):
        return ""
    return UNIT if all(run in _LONG_UNITS or run in _LETTERS for run in runs) else ""


def _is_mass(term: Term) -> bool:
    """Whether a term is a number that a bare `g` touches."""
    match term:
        case Product((Number() as number, Symbol("g") as letter)):
            return number.span[1] == letter.span[0]
    return False


def behind(term: Product, reader: Reader) -> str:
    """Why the last factors of a product are a unit: upright behind a term, bare behind a power of ten, a ringed A."""
    for left, right in pairwise(term.factors):
        between = reader.latex[left.span[1] : right.span[0]].strip(" ~\\,;{}")
        match left, right:
            case Number(step=step), Derivative(Symbol("A")) if step < 1 and not between:
                return UNIT
            case Number(), Symbol(name) if name.startswith("[") and right is not term.factors[-1]:
                return "a number without a remark before its unit"
            case Number(value=value), Quotient(Symbol("m"), Symbol("s")) if value >= 10 and not between:
                if not {"m", "s"} & reader.lexicon.names:
                    return UNIT
    last = term.factors[-1]
    if _is_upright(last, reader) or _is_bare(term):
        return UNIT
    return ""


def _is_upright(term: Term, reader: Reader) -> bool:
    r"""Whether a term is `\mathrm{ft}` or another unit of several upright letters."""
    if not isinstance(term, Symbol) or term.name not in _BEHIND_TERM or reader.lexicon.find(term.name):
        return False
    return _UPRIGHT.match(reader.latex, term.span[0]) is not None and read_unit(term.name) is not None


def _is_bare(term: Product) -> bool:
    """Whether nothing but unit letters stands behind a power of ten, of a number with decimals or with an exponent
    behind a letter."""
    at = next((place for place, part in enumerate(term.factors) if _is_ten(part)), None)
    if at is None or at + 1 == len(term.factors) or not all(_is_number(part) for part in term.factors[:at]):
        return False
    rest = term.factors[at + 1 :]
    if not all(_letter(part) in _LETTERS | _LONG_UNITS for part in rest):
        return False
    decimal = any(isinstance(part, Number) and part.step < 1 for part in term.factors[:at])
    return decimal or len(rest) > 1


def _is_ten(term: Term) -> bool:
    return isinstance(term, Power) and isinstance(term.base, Number) and term.base.value == 10


def _is_number(term: Term) -> bool:
    return isinstance(term, Number | Constant)


def _letter(term: Term) -> str:
    base = term.base if isinstance(term, Power) else term
    return base.name if isinstance(base, Symbol) else ""
