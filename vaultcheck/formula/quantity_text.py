r"""Reads a value with its unit from text: `-70 mV`, `1,5 nS`, `3.2 \times 10^{-3} m`, `-70 ± 5 mV`, `37 °C`."""

from __future__ import annotations

import re
from fractions import Fraction

from vaultcheck.formula.model import Unit
from vaultcheck.formula.unit_reader import PURE_NUMBER, read_unit

_SPACE = re.compile(r"\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|[\u00a0\u2000-\u200b\u202f\u2060]")
_MACRO = re.compile(r"^\\(?:SI|qty)\s*(?:\[[^\]]*\])?\s*\{(?P<number>[^{}]*)\}\s*\{(?P<unit>.*)\}$")
_ABOUT = re.compile(
    r"^(?:\\approx|\\sim(?:eq)?|\\simeq|≈|~|∼|≃|(?:about|around|approximately|approx\.?|ca\.?|c\.|circa|environ|etwa"
    r"|ungefähr|rund)(?![A-Za-z]))\s*(?P<rest>.*)$"
)
_LOOSE_WORDS = (
    "about",
    "around",
    "environ",
    "etwa",
    "ungefähr",
    "rund",
    "approximately",
    "approx",
    "ca",
    "c.",
    "circa",
)
_DIGITS = r"\d+(?:[ ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+"
_NUMBER = re.compile(rf"(?P<sign>[-+])?\s*(?P<digits>{_DIGITS})")
_TEN = re.compile(
    r"\s*[·×x*]\s*10\s*(?:\^\s*(?:\{\s*(?P<braced>[-+]?\s*\d+)\s*\}|(?P<bare>[-+]?\d+))|(?P<up>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
_POWER_OF_TEN = re.compile(
    r"(?P<sign>[-+])?\s*10\s*(?:\^\s*(?:\{\s*(?P<braced>[-+]?\s*\d+)\s*\}|(?P<bare>[-+]?\d+))|(?P<up>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
_E = re.compile(r"[eE](?P<power>[-+]?\d+)(?![0-9A-Za-z])")
_UP = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_MAX_TEN = 300
_MAX_LENGTH = 200

Reading = tuple[Fraction, Fraction, Unit]


def read_quantity(text: str) -> Reading | None:
    r"""The value, one unit of its last digit, and the unit: the first two in SI, all exact. `None` when unreadable.

    An error bar takes the place of the last digit's unit; a sign or word of approximation widens it to 2 % or 10 %.
    A range (`10–20 mV`), a fraction and a number whose comma may separate thousands (`1,500`) are not read.
    """
    if len(text) > _MAX_LENGTH:
        return None
    plain = _plain(text)
    share = Fraction(0)
    about = _ABOUT.match(plain)
    if about is not None:
        share = Fraction(1, 10) if plain.casefold().startswith(_LOOSE_WORDS) else Fraction(1, 50)
        plain = about["rest"].strip()
    found = _macro(plain) or _bracketed(plain) or _written(plain)
    if found is None:
        return None
    value, step, unit_text = found
    unit = read_unit(unit_text) if unit_text else PURE_NUMBER
    if unit is None:
        return None
    step = max(step, abs(value) * share)
    return value * unit.scale + unit.offset, step * unit.scale, unit


def read_number(text: str) -> tuple[Fraction, Fraction] | None:
    """The value of written digits and one unit of the last: `1,5` is 1.5 and 0.1; `None` for `1,500`.

    Trailing zeros of a whole number are no digits: `300000` is known to a hundred thousand.
    """
    digits = _decimal(text.replace(" ", ""))
    if digits is None:
        return None
    value = Fraction(digits)
    _, point, decimals = digits.partition(".")
    if point:
        return value, Fraction(1, 10 ** len(decimals))
    zeros = len(digits) - len(digits.rstrip("0")) if value else 0
    return value, Fraction(10**zeros)


def _decimal(text: str) -> str | None:
    """The digits with a decimal point or none, thousands separators gone; `None` where a comma may be either."""
    commas, points = text.count(","), text.count(".")
    if commas and points:
        last = max(text.rfind(","), text.rfind("."))
        thousands, rest = ("," if text[last] == "." else "."), text[last]
        if text.count(rest) > 1 or not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", text[:last]):
            return None
        return text[:last].replace(thousands, "") + "." + text[last + 1 :]
    mark = "," if commas else "."
    if max(commas, points) > 1:
        whole = re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", text)
        return text.replace(mark, "") if whole else None
    if commas and re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        return None
    return text.replace(",", ".")


def _plain(text: str) -> str:
    plain = text.strip().strip("$").strip()
    plain = re.sub(r"\{,\}", ",", plain)
    plain = re.sub(r"(?<=\d)(?:\\,|\\ |[\u2009\u202f\u00a0])(?=\d{3}(?!\d))", " ", plain)
    plain = _SPACE.sub(" ", plain) if not plain.startswith("~") else "~" + _SPACE.sub(" ", plain[1:])
    plain = re.sub(r"\\(?:times|cdot)(?![A-Za-z])", "·", plain).replace("⋅", "·")
    plain = re.sub(r"\\pm(?![A-Za-z])|\+/-|\+-", "±", plain)
    return re.sub("[−–—‐‑]", "-", plain).strip()


def _macro(plain: str) -> tuple[Fraction, Fraction, str] | None:
    match = _MACRO.match(plain)
    if match is None:
        return None
    found = _written(match["number"].strip())
    return (found[0], found[1], match["unit"]) if found is not None and not found[2] else None


def _bracketed(plain: str) -> tuple[Fraction, Fraction, str] | None:
    """`(-70 ± 5) mV`."""
    match = re.match(r"^\((?P<inner>[^()]*±[^()]*)\)\s*(?P<unit>.*)$", plain)
    found = _written(match["inner"].strip()) if match is not None else None
    if match is None or found is None or found[2]:
        return None
    return found[0], found[1], match["unit"]


def _written(plain: str) -> tuple[Fraction, Fraction, str] | None:
    first = _number_at(plain, 0)
    if first is None:
        return None
    value, step, at = first
    rest = plain[at:].lstrip()
    if rest.startswith("±"):
        second = _number_at(rest, len(rest) - len(rest[1:].lstrip()))
        if second is None:
            return None
        error, _, end = second
        return value, abs(error), rest[end:].strip()
    if re.match(r"-\s*\d|/\s*\d|[\d.,]", rest) and not re.match(r"1\s*/\s*[A-Za-z]", rest):
        return None
    return value, step, rest


def _number_at(plain: str, at: int) -> tuple[Fraction, Fraction, int] | None:
    bare = _POWER_OF_TEN.match(plain, at)
    if bare is not None:
        ten = _ten(bare)
        if ten is None:
            return None
        return (-ten if bare["sign"] == "-" else ten), ten, bare.end()
    match = _NUMBER.match(plain, at)
    number = read_number(match["digits"]) if match is not None else None
    if match is None or number is None:
        return None
    value, step = number
    end, factor = match.end(), Fraction(1)
    after = _TEN.match(plain, end) or _E.match(plain, end)
    if after is not None:
        ten = _ten(after)
        if ten is None:
            return None
        factor, end = ten, after.end()
        step = step if step < 1 else Fraction(1)  # in scientific notation every digit counts
    signed = -value if match["sign"] == "-" else value
    return signed * factor, step * factor, end


def _ten(match: re.Match[str]) -> Fraction | None:
    groups = match.groupdict()
    written = next(groups[name] for name in ("braced", "bare", "up", "power") if groups.get(name))
    power = int(written.translate(_UP).replace(" ", ""))
    return Fraction(10) ** power if abs(power) <= _MAX_TEN else None
