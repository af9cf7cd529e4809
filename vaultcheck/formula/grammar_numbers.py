r"""Numbers as notes write them: `1.5`, `1{,}5`, `1,5`, `1\,000`, `1,000,000`, `1.5e-3`, `3.0 \pm 0.1`.

What a comma or a point means is decided here, by the rule named at each pattern; where both are in use, both are read.
"""

from __future__ import annotations

import re
from fractions import Fraction

from vaultcheck.formula.model import Negative, Number, Power, Product, Term
from vaultcheck.formula.reader import Reader

_GROUPED = re.compile(r"(?:\d{1,3}(?:(?:\\[,; !]|~|\{ \}|[    ])\d{3})+|\d{4,}~\d{3})(?!\d)(?:[.,]\d+)?")
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:(?:,|\{,\})\d{3})+(?![\d,])(?:\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?|[1-9]\d{0,2}(?:\.\d{3})+(?:,|\{,\})\d+(?![\d.])")
_COMMA = re.compile(r"(\d+)(?:,|\{,\})(\d+(?:(?:~|\\,)\d{3}(?!\d))*(?:~\d{4}(?!\d))?)(?!\d|,\d|\^)")
_RAISED_COMMA = re.compile(r"(\d+)(?:,|\{,\})(\d+)(?=\^)")
_FIVES = re.compile(r"(\d+\.\d{5})((?: +\d{5})+)(?!\d)")
_INDEX = re.compile(r"[i-n]\s*=\s*$")
_BRACED = re.compile(r"(\d+)\{,\}(\d+)")
_BRACED_DECIMALS = re.compile(r"\d\{,\}(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0\{,\}\d")
_PLAIN = re.compile(r"\d*\.\d+(?:\\,\d{3})*|\d+")
_EXPONENT = re.compile(r"[eE]([+\-−]?\d{1,4})(?![\dA-Za-z])")
_DECIMAL_COMMA = re.compile(r"(?<![(\[\d])\d+\{?,\}?(?:\d{1,2}|\d{4,})(?!\d)|(?<![(\[\d])\b0\{?,\}?\d")
_LESS = re.compile(r"\s*(?:\\leq?\b|\\lt\b|<)")
_REPEATING = re.compile(r"[.,]\s*\(\d+\)")
_BARRED = re.compile(r"\\(?:overline|bar)\s*\{?\d")
_BELOW_ONE = re.compile(r"(?<![\d.,])0\{?,\}?\d")
_SMALL = 1_000
_WRITTEN_SMALL = 3


def number(reader: Reader) -> Term:
    """The number that begins at the next token, with its error bar and power of ten where they are written."""
    start = reader.here()
    text, end = _literal(reader, start)
    _skip_to(reader, end)
    found = made(text, (start, end))
    repeats = reader.ahead().text == "bar" and reader.ahead(3).kind == "num"
    repeats = repeats or _REPEATING.match(reader.latex, reader.at and reader.here()) is not None
    if reader.peek().text in (",", ".") and reader.adjacent() and repeats:
        raise reader.stop("a number without repeating digits")
    if _BARRED.match(reader.latex, end):
        raise reader.stop("a number without repeating digits")
    match = _EXPONENT.match(reader.latex, end)
    if match and reader.here() == end and "e" not in reader.lexicon.names:
        return _scientific(reader, found, match)
    return _with_error(reader, found)


def made(text: str, place: tuple[int, int]) -> Number:
    """A `Number` from digits with at most one point, exactly as precise as they are written."""
    whole, point, decimals = text.partition(".")
    if point and decimals:
        value = Fraction(int(whole + decimals), 10 ** len(decimals))
        return Number(value, Fraction(1, 10 ** len(decimals)), exact=False, span=place)
    value = Fraction(int(whole))
    zeros = len(whole) - len(whole.rstrip("0")) if value else 0
    return Number(value, Fraction(10**zeros), exact=value < _SMALL, span=place)


def _literal(reader: Reader, start: int) -> tuple[str, int]:
    """The digits of the number at `start`, with a point for the decimal sign, and where it ends."""
    latex, token = reader.latex, reader.peek()
    if token.kind == "num" and latex[start : token.end] != token.text:
        return token.text, token.end
    if match := _GROUPED.match(latex, start):
        return re.sub(r"[^\d.]", "", match.group().replace(",", ".").replace("\\.", "")), match.end()
    if match := _POINTS.match(latex, start):
        whole, _, decimals = match.group().replace("{,}", ",").partition(",")
        return whole.replace(".", "") + (f".{decimals}" if decimals else ""), match.end()
    if match := _FIVES.match(latex, start):
        return match[1] + match[2].replace(" ", ""), match.end()
    found = _comma(reader, start)
    match = _COMMAS.match(latex, start) if found or not reader.listing else None
    if match and _thousands(reader, start, match):
        return match.group().replace("{,}", "").replace(",", ""), match.end()
    if found and latex[start - 1 : start] != ",":
        return f"{found[1]}.{re.sub(r'[^0-9]', '', found[2])}", found.end()
    plain = _PLAIN.match(latex, start)
    assert plain is not None  # the caller saw a digit, or a point before one
    text, end = plain.group(), plain.end()
    if re.fullmatch(r"[1-9]\d{0,2}\.000", text) and not reader.choose(
        f"point:{start}",
        True,
        start,
        f"read {text} with a decimal point",
        f"read {text} with a point between thousands",
    ):
        text = text.replace(".", "")
    return text.replace("\\,", ""), end


def _comma(reader: Reader, start: int) -> re.Match[str] | None:
    """The decimal comma of the number at `start`. Among arguments a comma stands between two of them, unless the
    rest of the formula shows the custom; both are read then."""
    latex = reader.latex
    found = _BRACED.match(latex, start) or _COMMA.match(latex, start) or _raised_comma(latex, start)
    if _BRACED.match(latex, start):
        return found
    if found is not None and _counts(latex, start, found):
        return None
    bounded = found is not None and found[0].endswith(",0") and _LESS.match(latex, found.end())
    if bounded and re.search("[=<>]", latex[:start]) and not _DECIMAL_COMMA.search(latex, 0, start):
        return None
    if found is None or not reader.listing:
        return found
    if reader.listing > 1:
        return None
    custom = _DECIMAL_COMMA.search(latex, 0, start) or _DECIMAL_COMMA.search(latex, found.end())
    decimal = reader.choose(
        f"list:{start}",
        custom is not None,
        start,
        f"read {found[0]} with a decimal comma",
        f"read {found[0]} as two numbers",
    )
    return found if decimal else None


def _raised_comma(latex: str, start: int) -> re.Match[str] | None:
    """The decimal comma of a number with a power (`0,8^2`): surely behind a zero, else where another number of the
    formula has one, too. `1024,2^{12}` is a list."""
    found = _RAISED_COMMA.match(latex, start)
    if found is None or found[1] == "0":
        return found
    return found if len(found[1]) < _WRITTEN_SMALL and _BELOW_ONE.search(latex) else None


def _counts(latex: str, start: int, found: re.Match[str]) -> bool:
    """Whether the digits count an index: `i = 1,2`."""
    first, second = found[1], found[2]
    counted = len(first) == len(second) == 1 and int(second) == int(first) + 1
    return counted and _INDEX.search(latex, max(0, start - 8), start) is not None


def _thousands(reader: Reader, start: int, match: re.Match[str]) -> bool:
    """Whether the comma of `1,000` stands between thousands: surely where there are several, else by the custom of
    the rest of the formula, with the other reading kept."""
    text = match.group()
    if text.replace("{,}", ",").count(",") > 1 or "." in text:
        return True
    if "{,}" in text and _BRACED_DECIMALS.search(reader.latex):
        return False  # the same comma is a decimal one beside it
    custom = _DECIMAL_COMMA.search(reader.latex) is None
    return reader.choose(
        f"comma:{start}",
        custom,
        start,
        f"read the comma of {text} as one between thousands",
        f"read the comma of {text} as a decimal comma",
    )


def _scientific(reader: Reader, found: Number, match: re.Match[str]) -> Term:
    """`1.5e-3` as a product with a power of ten."""
    start, end = found.span[0], match.end()
    place, shown = (match.start(), end), match[1].lstrip("+")
    reader.at += 1
    _skip_to(reader, end)
    power: Term = Number(Fraction(int(shown.lstrip("-−"))), Fraction(1), span=place)
    if shown[0] in "-−":
        power = Negative(power, span=place)
    ten = Power(Number(Fraction(10), Fraction(10), span=place), power, span=place)
    reader.guess(start, f"read {reader.latex[start:end]} as a power of ten")
    return Product((found, ten), span=(start, end))


def _skip_to(reader: Reader, end: int) -> None:
    """Step over the tokens that begin before `end`."""
    while reader.peek().kind != "end" and reader.here() < end:
        reader.at += 1


def _with_error(reader: Reader, found: Number) -> Number:
    r"""The number with the half-width after `\pm`, where both are plain measured numbers."""
    if not reader.is_cmd("pm") or reader.ahead().kind != "num" or (found.exact and not _measured_later(reader)):
        return found
    reader.take()
    text, end = _literal(reader, reader.here())
    _skip_to(reader, end)
    return Number(found.value, found.step, False, made(text, (end, end)).value, span=(found.span[0], end))


def _measured_later(reader: Reader) -> bool:
    """Whether a unit follows the number after the plus-minus sign."""
    after = reader.ahead(2)
    if after.text == ")" and after.kind == "sym":
        after = reader.ahead(3)
    return after.kind in ("name", "text", "unit") or (after.kind == "cmd" and after.text in ("%", "degree"))
