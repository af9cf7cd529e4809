r"""Reads a unit as notes write it: `\mathrm{µA/cm^2}`, `mmol/L`, `J K^{-1} mol^{-1}`.

Exact throughout. What might be something other than a unit is not one: the answer is `None`, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from vaultcheck.formula.dimension_names import NAMES, superscript
from vaultcheck.formula.model import Dimension, Unit
from vaultcheck.formula.unit_table import GLUED, NO_UNIT, PREFIXES, UNITS, UnitEntry
from vaultcheck.formula.unit_tokens import Kind, NotATokenError, Token, tokens

PURE_NUMBER = Unit("1", Dimension())
"""The unit of a pure number."""

_MAX_POWER = 12
_MAX_TEN = 40


@dataclass(frozen=True, slots=True)
class _Factor:
    """A part of a unit: a named one, a number, or a bracketed compound with its `parts`."""

    text: str
    dimension: Dimension
    scale: Fraction
    offset: Fraction = Fraction(0)
    power: Fraction = Fraction(1)
    alone: bool = True
    number: bool = False
    parts: tuple[_Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    """A factor, a slash or a product sign in a row of them."""

    factor: _Factor | None
    over: bool = False
    loose: bool = False


class _NotAUnitError(ValueError):
    """Raised inside this module only."""


def _table() -> tuple[dict[str, tuple[UnitEntry, str]], dict[str, tuple[UnitEntry, str]]]:
    symbols: dict[str, tuple[UnitEntry, str]] = {}
    words: dict[str, tuple[UnitEntry, str]] = {}
    for entry in UNITS:
        for symbol in entry.symbols:
            symbols[symbol] = (entry, "")
        for word in entry.words:
            words[word] = (entry, "")
    for entry in UNITS:
        for prefix in entry.prefixes:
            for written in (prefix, "u") if prefix == "µ" else (prefix,):
                for symbol in entry.symbols:
                    symbols.setdefault(written + symbol, (entry, prefix))
                if entry.name == "ohm":
                    words.setdefault(written + "ohm", (entry, prefix))
            for word in entry.words:
                words.setdefault(PREFIXES[prefix][0] + word, (entry, prefix))
    ohm, gram, hertz = symbols["Ω"][0], symbols["g"][0], symbols["Hz"][0]
    symbols |= {
        "KΩ": (ohm, "k"),
        "Kg": (gram, "k"),
        "KHz": (hertz, "k"),
        "Khz": (hertz, "k"),
        "khz": (hertz, "k"),
        "hz": (hertz, ""),
    }
    for written, prefix in (("Ohm", ""), ("kOhm", "k"), ("KOhm", "k"), ("MOhm", "M"), ("Mohm", "M"), ("GOhm", "G")):
        symbols[written] = (ohm, prefix)
    return symbols, words


_SYMBOLS, _WORDS = _table()
_MACRO_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3, "squared": 2, "cubed": 3}
_MACRO_PREFIXES = {name: symbol for symbol, (name, _) in PREFIXES.items()} | {"deka": "da"}
_HEATS = frozenset({"W", "mW", "kW", "J", "kJ", "cal"})
_SPLIT_METRE = frozenset({"V", "A", "W", "L", "Hz", "mol", "F", "S", "Ω", "M", "bar", "g", "s", "H", "C", "l"})
"""After a lone `m` and a space, each of these may as well be a torn milli-unit (`m V`)."""


_IN = re.compile(r"^([\[(]?)\s*(?:in|en)\s+(?=\S)")
"""`in mV`, `(en mV)`: the word, not the inch."""


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    r"""The unit that `text` spells, in LaTeX or Unicode, with or without brackets; `None` when it is not one.

    A product after a slash (`J/mol K`) is read the way that gives a dimension with a name, `None` where both or
    neither do. A degree Celsius alone carries its offset; inside a compound it is a difference of temperatures.
    """
    stripped = text.strip()
    if stripped.rstrip(".") == "s.t":  # such that
        return None
    if stripped.strip("$[]() ").casefold() in NO_UNIT or stripped == r"\mathrm{1}":
        return PURE_NUMBER
    try:
        found = tokens(_IN.sub(r"\1", stripped))
        items, rest = _row(found, 0)
        if rest != len(found):
            return None
        return _settle(items)
    except (NotATokenError, _NotAUnitError):
        return None


def is_sure(unit: Unit) -> bool:
    """Whether everybody means the same number by the unit: `rpm`, `dB` and `MB` are not sure."""
    names = [token.text for token in tokens(unit.text) if token.kind is Kind.NAME]
    return all(found[0].sure for name in names if (found := _lookup(name)) is not None)


def _lookup(name: str) -> tuple[UnitEntry, str] | None:
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    return _WORDS.get(name.casefold()) if len(name) > 2 else None


def _factor(entry: UnitEntry, prefix: str) -> _Factor:
    scale = entry.scale * (Fraction(10) ** PREFIXES[prefix][1] if prefix else 1)
    symbol = entry.symbols[0] if entry.symbols else entry.name
    offset = entry.offset if not prefix else Fraction(0)
    return _Factor(prefix + symbol, entry.dimension, scale, offset, alone=entry.alone or bool(prefix))


def _named(name: str) -> _Factor:
    found = _lookup(name)
    if found is None:
        raise _NotAUnitError(name)
    return _factor(*found)


def _number(token: Token) -> _Factor:
    return _Factor(token.text, Dimension(), token.value, number=True)


def _raised(factor: _Factor, power: Fraction) -> _Factor:
    total = factor.power * power
    if abs(total) > _MAX_POWER and not (factor.number and factor.scale == 10 and abs(total) <= _MAX_TEN):
        raise _NotAUnitError(factor.text)
    return replace(factor, offset=Fraction(0), power=total, alone=factor.alone or total != 1)


def _row(found: list[Token], at: int) -> tuple[list[_Item], int]:
    """The factors, slashes and products from `at` to the closing bracket or the end."""
    items: list[_Item] = []
    while at < len(found) and found[at].kind is not Kind.CLOSE:
        token = found[at]
        if token.kind is Kind.OVER:
            items.append(_Item(None, over=True))
            at += 1
        elif token.kind is Kind.TIMES:
            after_spaced = at + 1 < len(found) and found[at + 1].spaced
            items.append(_Item(None, loose=token.spaced and after_spaced))
            at += 1
        elif token.kind is Kind.OPEN:
            inner, after = _row(found, at + 1)
            if after >= len(found):
                raise _NotAUnitError("(")
            at = _append_group(items, inner, found, after + 1)
        elif token.kind is Kind.MACRO:
            at = _macro(found, at, items)
        else:
            at = _simple(found, at, items)
    return items, at


def _append_group(items: list[_Item], inner: list[_Item], found: list[Token], at: int) -> int:
    power = Fraction(1)
    if at < len(found) and found[at].kind is Kind.POWER:
        power, at = found[at].value, at + 1
    flat = [_raised(factor, power) if power != 1 else factor for factor in _factors(inner)]
    if not flat:
        raise _NotAUnitError("()")
    if len(flat) == 1:
        items.append(_Item(flat[0]))
    else:
        total = _product(flat)
        items.append(_Item(_Factor("", total.dimension, total.scale, parts=tuple(flat))))
    return at


def _simple(found: list[Token], at: int, items: list[_Item]) -> int:
    token = found[at]
    if token.kind is Kind.POWER:
        if not items or items[-1].factor is None or items[-1].factor.power != 1:
            raise _NotAUnitError(token.text)
        items[-1] = _Item(_raised(items[-1].factor, token.value))
        return at + 1
    if token.kind is Kind.NUMBER:
        items.append(_Item(_number(token)))
        return at + 1
    if token.text in ("squared", "cubed") and items and items[-1].factor is not None:
        items[-1] = _Item(_raised(items[-1].factor, Fraction(_MACRO_POWERS[token.text])))
        return at + 1
    if token.text in ("square", "sq", "cubic", "cu") and at + 1 < len(found) and found[at + 1].kind is Kind.NAME:
        items.append(_Item(_raised(_named(found[at + 1].text), Fraction(_MACRO_POWERS[token.text]))))
        return at + 2
    after = found[at + 1] if at + 1 < len(found) else None
    if after is not None and after.kind is Kind.POWER:
        run = _run_before_power(token.text, after.value)
        if run is not None:
            items += [_Item(_named(run[0])), _Item(_raised(_named(run[1]), after.value))]
            return at + 2
    torn = after is not None and after.kind is Kind.NAME and _lookup(token.text) is None and token.text in PREFIXES
    if torn and after is not None:  # `k g`, as some programs print it
        items.append(_Item(_named(token.text + after.text)))
        return at + 2
    items.append(_Item(_named(token.text)))
    return at + 1


def _run_before_power(name: str, power: Fraction) -> tuple[str, str] | None:
    """The two units of a run whose power belongs to the second only: `Nm^2` is N·m², `Wm^{-2}` is W/m².

    Raises where the run may be one unit too: `ms^{-1}` is a metre per second to some and per millisecond to others.
    """
    if name == "ms" and power < 0:
        raise _NotAUnitError(name)
    glued = next((name[len(name) - cut :] for cut in (1, 2) if _is_glued(name, cut)), None)
    if glued is not None:
        return name[: -len(glued)], glued
    if power > 0 or _lookup(name) is not None:
        return None
    splits = [(name[:at], name[at:]) for at in range(1, len(name))]
    known = [split for split in splits if all(part in _SYMBOLS and _SYMBOLS[part][0].alone for part in split)]
    return known[0] if len(known) == 1 else None


def _is_glued(name: str, cut: int) -> bool:
    """Whether the name is a product in one run whose second unit has `cut` letters (`kNm`, `Ncm`)."""
    found = _SYMBOLS.get(name)
    if found is None or found[0] not in GLUED or len(name) <= cut:
        return False
    return name[-cut:] in _SYMBOLS and name[:-cut] in _SYMBOLS and (cut > 1 or name[-2:] not in ("cm", "mm"))


def _macro(found: list[Token], at: int, items: list[_Item]) -> int:
    r"""One unit of siunitx: `\per\square\centi\metre`, `\metre\squared`."""
    power, prefix = Fraction(1), ""
    while at < len(found) and found[at].kind is Kind.MACRO:
        name = found[at].text[1:]
        at += 1
        if name == "per":
            power = -power
        elif name in ("square", "cubic"):
            power *= _MACRO_POWERS[name]
        elif name in ("squared", "cubed") and items and items[-1].factor is not None:
            items[-1] = _Item(_raised(items[-1].factor, Fraction(_MACRO_POWERS[name])))
            return at
        elif name in ("tothe", "raiseto"):
            raise _NotAUnitError(name)
        elif name in _MACRO_PREFIXES and not prefix:
            prefix = _MACRO_PREFIXES[name]
        else:
            factor = _named(PREFIXES[prefix][0] + name if prefix else _MACRO_NAMES.get(name, name))
            items.append(_Item(_raised(factor, power) if power != 1 else factor))
            return at
    raise _NotAUnitError("macro")


_MACRO_NAMES = {"degreeCelsius": "°C", "electronvolt": "eV", "astronomicalunit": "AU", "arcminute": "′", "degC": "°C"}


def _factors(items: list[_Item]) -> list[_Factor]:
    """The factors with their exponents; decides what a product after a slash belongs to."""
    _well_formed(items)
    slash = next((at for at, item in enumerate(items) if item.over), None)
    strict = list(_signed(items, lenient=False))
    if slash is None or not _doubtful(items[slash + 1 :]):
        return strict
    lenient = list(_signed(items, lenient=True))
    loose = any(item.loose for item in items[slash + 1 :])
    candidates = [strict, lenient]
    known = [factors for factors in candidates if _product(factors).dimension in NAMES]
    if len(known) != 1 or (loose and known[0] is lenient):
        raise _NotAUnitError("ambiguous slash")
    return known[0]


def _doubtful(tail: list[_Item]) -> bool:
    """Whether two factors behind a slash are joined by anything but another slash (a number binds to its unit)."""
    for before, here in pairwise(tail):
        if here.factor is not None and before.factor is not None and not before.factor.number:
            return True
        if here.factor is None and not here.over:
            return True
    return False


def _signed(items: list[_Item], *, lenient: bool) -> Iterator[_Factor]:
    sign = 1
    bound = False
    for item in items:
        if item.over:
            sign, bound = -1, False
        elif item.factor is not None:
            yield _raised(item.factor, Fraction(sign)) if sign < 0 else item.factor
            bound = item.factor.number
        if item.factor is not None and not lenient and not bound:
            sign = 1


def _well_formed(items: list[_Item]) -> None:
    previous: _Item | None = None
    for at, item in enumerate(items):
        if item.factor is None:
            leading_times = at == 0 and not item.over
            if (previous is None and not leading_times) or (previous is not None and previous.factor is None):
                raise _NotAUnitError("sign without a factor")
        elif item.factor.number:
            _check_number(item.factor, behind_slash=previous is not None and previous.over, first=at == 0)
        previous = item
    if previous is None or previous.factor is None:
        raise _NotAUnitError("nothing")


def _check_number(factor: _Factor, *, behind_slash: bool, first: bool) -> None:
    """A unit contains powers of ten, a leading one, and numbers behind a slash (`mg/100 mL`): nothing else."""
    ten = factor.scale == 10 and factor.power != 1
    one = first and factor.scale == 1
    if not (ten or one or (behind_slash and factor.scale > 0)):
        raise _NotAUnitError(factor.text)


def _product(factors: list[_Factor]) -> Unit:
    dimension, scale = Dimension(), Fraction(1)
    for factor in factors:
        dimension *= factor.dimension**factor.power
        if factor.power.denominator == 1:
            scale *= factor.scale ** int(factor.power)
        elif factor.scale != 1:
            raise _NotAUnitError("root of a scale")
    return Unit("", dimension, scale)


def _parts(factors: Iterable[_Factor]) -> Iterator[_Factor]:
    for factor in factors:
        if factor.parts:
            yield from _parts(_raised(part, factor.power) for part in factor.parts)
        else:
            yield factor


def _spell(factors: list[_Factor]) -> str:
    """The unit in Unicode, one slash at most, so that reading it again gives it back."""
    flat = list(_parts(factors))
    upper = [f.text + superscript(f.power) for f in flat if f.power > 0]
    lower = [f.text + superscript(-f.power) for f in flat if f.power < 0]
    above = "·".join(upper) or "1"
    if any(f.number and f.scale != 10 for f in flat):  # `mg/100 mL`: a number stays with its unit
        chain = "/".join(f.text + (" " if f.number else superscript(-f.power)) for f in flat if f.power < 0)
        return f"{above}/{chain.replace(' /', ' ')}"
    if not lower:
        return above
    return f"{above}/{lower[0]}" if len(lower) == 1 else f"{above}/({'·'.join(lower)})"


def _settle(items: list[_Item]) -> Unit:
    factors = [factor for factor in _factors(items) if not (factor.number and factor.scale == 1)]
    if any(f.text == "mK" and f.power < 0 for f in _parts(factors)) and any(f.text in _HEATS for f in factors):
        raise _NotAUnitError("W/mK")  # a millikelvin by the book, a metre kelvin to those who write it
    if not any(not factor.number for factor in factors):
        raise _NotAUnitError("only numbers")
    if len(factors) == 1 and factors[0].power == 1:
        only = factors[0]
        if not only.alone:
            raise _NotAUnitError(only.text)
        return Unit(only.text or _spell([only]), only.dimension, only.scale, only.offset)
    if len(factors) == 2 and factors[0].text == "m" and factors[1].text in _SPLIT_METRE and factors[1].power == 1:
        raise _NotAUnitError("m V")
    total = _product(factors)
    return Unit(_spell(factors), total.dimension, total.scale)
