r"""The unit behind a number, in every spelling notes use: `\,\mathrm{mV}`, `\text{ m/s}^2`, `mV`, `\mu A`, `^\circ C`.

Here it is decided how far a unit reaches and whether letters are a unit at all; what it is worth, `units` says.
"""

from __future__ import annotations

import re

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Negative, Number, PlusMinus, Power, Product, Quotient, Sum, Term, Unit
from vaultcheck.formula.names import closing, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.units import read_unit

_PLAIN = {
    "mu": "µ",
    "Omega": "Ω",
    "degree": "°",
    "angstrom": "Å",
    "%": "%",
    "permille": "‰",
    "AA": "Å",
    "celsius": "°C",
    "degreeCelsius": "°C",
}
_MAX_PIECES = 14
_KELVIN = re.compile("^K°$")
"""A degree sign behind the unit that has none."""
_BEFORE_UNIT = frozenset(("/", "mu", "degree", "}", "circ"))
_MEASURED = re.compile(r"(?:\d\.\d+|10\^\{?-?\d+\}?)\s*(?:\\[,;:!]|~)*\s*$")
_PRECISE = re.compile(r"(?:\d\.\d{3,}|10\^\{?-?\d+\}?)\s*(?:\\[,;:!]|~)*\s*$")
_IN_FRACTION = frozenset(("{", "}", "^", "-", "cdot"))
_UPRIGHT = re.compile(r"\d\s*(?:\\,)?\\(?:text|mathrm)\b")
_SEVERAL_DIGITS = re.compile(r"(?:\{\s*(?:\d+\.\d+|\d{2,})|\(\s*~?\s*\d{3,})\s*(?:\\[,;:!]|~)*\s*$")
_RAISED = frozenset(("m", "cm", "mm", "km", "dm", "µm", "nm", "s", "K"))
"""Bare letters that may be raised as a unit; `mL^2` is a mass times a squared length."""
_STRONG = frozenset(("eV", "keV", "MeV", "GeV", "Hz", "kHz", "MHz", "GHz", "mol", "nm", "kPa", "MPa", "kJ"))
"""Bare letters that nobody means as a product behind a number."""
_LONE = frozenset("mgsVAWJNKFTCMSL")
"""Single bare letters that are taken for a unit where a number and the letter are a whole side."""

Piece = tuple[str, int]


def is_numeric(term: Term) -> bool:
    """Whether a term is digits only: what a unit may follow."""
    match term:
        case Number():
            return True
        case Power(base, exponent):
            return is_numeric(base) and is_numeric(exponent)
        case Quotient(numerator, denominator):
            return is_numeric(numerator) and is_numeric(denominator)
        case Negative(inner):
            return is_numeric(inner)
        case Product(parts) | Sum(parts):
            return all(is_numeric(part) for part in parts)
        case PlusMinus(left, right):
            return (left is None or is_numeric(left)) and is_numeric(right)
        case _:
            return False


def unit_after(reader: Reader, whole: bool, plain: bool) -> Unit | None:
    """The unit that follows a number, stepped over; `whole` where all before it in its product is digits, `plain`
    where the number is written in one piece, so that letters without `\\mathrm` may be a unit."""
    first = reader.peek()
    if (fraction := _plain_fraction(reader)) is not None:
        return fraction
    if first.kind not in ("name", "text", "unit", "word", "cmd", "sym") or not _may_begin(reader, first):
        return None
    bare = first.kind == "word" or first.text == "mu" or first.text == "Omega"
    if bare and not plain:
        return None
    if bare and whole and (unit := _rest_of_side(reader)) is not None:
        return unit
    places = _pieces(reader, bare)
    for text, end in reversed(places):
        unit = read_unit(_KELVIN.sub("K", text))
        if unit is not None and (not bare or _is_bare_unit(reader, text, end, whole)):
            if not bare and _goes_on(reader, end):
                return None
            start = reader.here()
            reader.at = end
            if bare:
                reader.guess(start, f"read {text} as a unit")
            return unit
    return None


def _goes_on(reader: Reader, end: int) -> bool:
    """Whether the unit was cut short before a power or a slash that nobody could read: then it is no unit at all."""
    token, after = reader.tokens[end], reader.tokens[min(end + 1, len(reader.tokens) - 1)]
    return token.kind == "sym" and (token.text == "^" or (token.text == "/" and after.kind in ("name", "text")))


def _may_begin(reader: Reader, token: Token) -> bool:
    """Whether a unit may begin with this token."""
    if token.kind == "cmd":
        return token.text in _PLAIN or token.text == "frac" or _opens_upright(reader, reader.at)
    if token.kind == "sym":
        after = reader.ahead()
        if token.text == "^":
            return degree_follows(reader)
        if token.text == "[" and after.kind == "word" and len(after.text) > 1 and reader.ahead(2).text == "]":
            return read_unit(after.text) is not None and reader.lexicon.find(after.text) is None
        if token.text == "[" and after.kind == "word" and reader.ahead(2).text == "^":
            end = closing(reader.tokens, reader.at)
            inside = flat(reader.tokens[reader.at + 1 : end])
            undeclared = reader.lexicon.find(after.text) is None and end + 1 < len(reader.tokens)
            return undeclared and read_unit(inside) is not None and _ends_side(reader.tokens[end + 1])
        return token.text == "[" and after.kind in ("name", "text") and reader.ahead(3).text not in ("_", "^")
    return True


def _rest_of_side(reader: Reader) -> Unit | None:
    r"""All that stands behind a power of ten, up to the end of the side, as one unit: `10^{-24} A \cdot m^2`."""
    if (
        reader.tokens[reader.at - 1].text != "}"
        or "10^" not in reader.latex[max(0, reader.here() - 12) : reader.here()]
    ):
        return None
    end = reader.at
    text = ""
    while not _is_relation(reader.tokens[end]) and end - reader.at < _MAX_PIECES:
        token = reader.tokens[end]
        known = token.kind in ("word", "num") or token.text in ("^", "{", "}", "-", "cdot", "/")
        if not known or reader.lexicon.find(token.text) is not None:
            return None
        raised = token.kind == "word" and text[-1:].isdigit()
        text += "·" * raised + {"cdot": "·", "{": "", "}": ""}.get(token.text, token.text)
        end += 1
    words = sum(token.kind == "word" for token in reader.tokens[reader.at : end])
    unit = read_unit(text) if words > 1 or (words == 1 and "^-" in text) else None
    if unit is not None:
        reader.guess(reader.here(), f"read {text} as a unit")
        reader.at = end
    return unit


def degree_follows(reader: Reader) -> bool:
    r"""Whether `^\circ` comes next: the sign of a degree and no exponent."""
    inside = reader.ahead(2) if reader.ahead().text == "{" else reader.ahead()
    return reader.is_sym("^") and inside.kind == "cmd" and inside.text in ("circ", "degree")


def _pieces(reader: Reader, bare: bool) -> list[Piece]:
    """The ever longer texts that may be the unit, each with the token after it."""
    found: list[Piece] = []
    text, at = "", reader.at
    while len(found) < _MAX_PIECES:
        piece = _piece(reader, at, bare, bool(text))
        if piece is None:
            break
        text, at = text + piece[0], piece[1]
        found.append((text, at))
    return found


def _piece(reader: Reader, at: int, bare: bool, inside: bool) -> Piece | None:
    """One more piece of a unit at token `at`, as plain text, and the token after it."""
    tokens = reader.tokens
    token = tokens[at]
    if token.kind == "name" and token.text == "d" and tokens[at + 1].kind in ("word", "cmd"):
        return None
    if token.kind in ("name", "text", "unit"):
        loose = " " if inside and tokens[at - 1].kind in ("name", "text") else ""
        return loose + token.text.strip(), at + 1
    if token.kind == "word" and (bare or (inside and tokens[at - 1].text in ("degree", "circ", "mu", "}", "["))):
        torn = inside and tokens[at - 1].kind == "word"
        return None if torn else (token.text, at + 1)
    if token.kind == "cmd" and token.text in _PLAIN:
        return _PLAIN[token.text], at + 1
    if token.kind == "cmd" and token.text == "cdot" and inside and tokens[at + 1].kind in ("name", "text"):
        return "·", at + 1
    if token.kind == "cmd" and token.text == "frac" and not inside:
        return _fraction(reader, at)
    if _opens_upright(reader, at):
        return _upright_group(reader, at, inside)
    if token.kind == "sym":
        return _sign_piece(reader, at, bare, inside)
    return None


def _opens_upright(reader: Reader, at: int) -> bool:
    r"""Whether `\mathrm{` opens a group of more than letters (`\mathrm{m^2}`, `\mathrm{m\,s^{-1}}`)."""
    token, after = reader.tokens[at], reader.tokens[min(at + 1, len(reader.tokens) - 1)]
    return token.kind == "cmd" and token.text in ("mathrm", "mathsf") and after.kind == "sym" and after.text == "{"


def _upright_group(reader: Reader, at: int, inside: bool) -> Piece | None:
    """The whole group as it is written, for the unit reader to judge."""
    tokens, depth = reader.tokens, 0
    for end in range(at + 1, len(tokens)):
        text = tokens[end].text if tokens[end].kind == "sym" else ""
        depth += (text == "{") - (text == "}")
        if depth == 0:
            loose = " " if inside and tokens[at - 1].kind in ("name", "text") else ""
            return loose + reader.latex[tokens[at + 1].start + 1 : tokens[end].start], end + 1
    return None


def _sign_piece(reader: Reader, at: int, bare: bool, inside: bool) -> Piece | None:
    """A slash, an exponent, a degree sign or a bracket inside a unit."""
    tokens = reader.tokens
    text, after = tokens[at].text, tokens[at + 1]
    if text == "/" and inside and (after.kind in ("name", "text") or (bare and after.kind == "word")):
        return "/", at + 1
    if text in "[]" and (inside or text == "["):
        return ("[" if text == "[" else "]"), at + 1
    if text in "{}" and inside and text == "}":
        return None
    if text != "^":
        return None
    end = at + 2
    if after.text == "{" and after.kind == "sym":
        while end < len(tokens) - 1 and tokens[end].text != "}":
            end += 1
        end += 1
    raised = flat(tokens[at + 1 : end])
    if raised in ("°", "degree"):
        return "°", end
    if inside and raised.lstrip("+-").isdigit():
        return f"^{raised}", end
    return None


def _plain_fraction(reader: Reader) -> Unit | None:
    r"""`9.8\\frac{m}{s}` and `8.31 \\frac{J}{mol K}` behind a number with decimals or a power of ten: a unit in
    plain letters, which are not declared or cannot be anything but a unit together."""
    before = reader.latex[max(0, reader.here() - 16) : reader.here()]
    if not reader.is_cmd("frac") or not _MEASURED.search(before):
        return None
    end = after_argument(reader.tokens, after_argument(reader.tokens, reader.at + 1))
    inside = reader.tokens[reader.at + 1 : end]
    words = [token.text for token in inside if token.kind == "word"]
    if not all(token.kind in ("word", "num") or token.text in _IN_FRACTION for token in inside):
        return None
    unit = read_unit(reader.latex[reader.here() : inside[-1].end])
    if unit is None or not (_ends_side(reader.tokens[end]) or reader.tokens[end].text in ("}", ")")):
        return None
    start, said = reader.here(), f"read {unit.text} as a unit"
    if not _is_surely_unit(reader, words, before):
        if any(map(reader.lexicon.find, words)):
            return None
        if not reader.choose(f"unit:{start}", True, start, said, "read it as a fraction"):
            return None
        reader.at = end
        return unit
    reader.at = end
    reader.guess(start, said)
    return unit


def _is_surely_unit(reader: Reader, words: list[str], before: str) -> bool:
    """Whether the letters of a fraction are a unit even where some are declared: one of several letters that nobody
    declared is among them, or they are three and more behind a power of ten or three decimals."""
    if any(len(word) > 1 and reader.lexicon.find(word) is None and read_unit(word) is not None for word in words):
        return True
    return sum(map(len, words)) > 2 and _PRECISE.search(before) is not None


def _fraction(reader: Reader, at: int) -> Piece | None:
    r"""`\frac{\mathrm{m}}{\mathrm{s}}` as a unit; nothing where an upright name is missing."""
    tokens = reader.tokens
    end, depth, groups = at + 1, 0, 0
    upright = False
    while end < len(tokens) - 1 and groups < 2:
        text = tokens[end].text if tokens[end].kind == "sym" else ""
        depth += (text == "{") - (text == "}")
        upright = upright or tokens[end].kind in ("name", "text")
        groups += depth == 0
        end += 1
    if not upright or groups < 2:
        return None
    span = reader.latex[tokens[at].start : tokens[end - 1].end]
    return span, end


def _is_bare_unit(reader: Reader, text: str, end: int, whole: bool) -> bool:
    """Whether letters without `\\mathrm` are a unit: not made of declared names, and nothing follows that would make
    them factors. One lone letter is a unit only where the number and it are a whole side."""
    letters = [token.text for token in reader.tokens[reader.at : end] if token.kind == "word"]
    if any(reader.lexicon.find(run) or reader.lexicon.split(run) for run in letters):
        return False
    after = reader.tokens[end]
    if after.kind in ("word", "num", "name", "seg") or (after.kind == "sym" and after.text in "_([{'!"):
        return False
    if after.kind == "sym" and after.text == "^":
        return False
    if text in _STRONG:
        return True
    if "^" in text and re.split("[/·]", text.partition("^")[0])[-1] not in _RAISED:
        return False
    if any(run in reader.letters or set(run) <= reader.letters for run in letters):
        return False
    if text.isascii() and not _only_units(reader):
        return False
    if len(text) > 1 or text == "Ω":
        return not text.isascii() or len(letters[0]) > 1 or "/" in text
    lone = text in ("K", "M") and not any(t.kind in ("word", "name") and t is not after for t in _others(reader, end))
    if lone and not _in_fraction(reader, after):
        return False
    touching = text.islower() and reader.here() == reader.tokens[reader.at - 1].end
    if touching and not (_UPRIGHT.search(reader.latex) and _MEASURED.search(reader.latex[: reader.here()])):
        return False
    return (
        text in _LONE
        and whole
        and (_ends_side(after) or _next_number(reader, end) or _in_fraction(reader, after))
        and reader.choose(f"unit:{text}", True, reader.here(), f"read {text} as a unit", f"read {text} as a name")
    )


def _in_fraction(reader: Reader, after: Token) -> bool:
    r"""Whether a number of several digits and the letter alone fill braces or brackets: `\\frac{6.25 V}{12 V}`."""
    return after.text in ("}", ")") and _SEVERAL_DIGITS.search(reader.latex[: reader.here()]) is not None


def _next_number(reader: Reader, end: int) -> bool:
    """Whether a product sign and another number follow: `2 A \\cdot 3 \\Omega`."""
    return (
        reader.tokens[end].text in ("cdot", "times", "/")
        and reader.tokens[min(end + 1, len(reader.tokens) - 1)].kind == "num"
    )


def _others(reader: Reader, end: int) -> list[Token]:
    """All tokens but those of the unit that ends before `end`."""
    return reader.tokens[: reader.at] + reader.tokens[end:]


def _only_units(reader: Reader) -> bool:
    """Whether every run of letters of this side stands behind a number, as a unit does; names make it a product."""
    start = end = reader.at
    while start and not _is_relation(reader.tokens[start - 1]):
        start -= 1
    while not _is_relation(reader.tokens[end]):
        end += 1
    before = Token("sym", "", 0, 0)
    for token in reader.tokens[start:end]:
        if (
            token.kind in ("word", "seg")
            and before.kind != "num"
            and before.text not in ("/", "mu", "degree", "}", "circ")
        ):
            return False
        before = token
    return True


def _is_relation(token: Token) -> bool:
    return (
        token.kind == "end"
        or (token.kind == "sym" and token.text in "=<>")
        or (token.kind == "cmd" and token.text in ("approx", "leq", "geq", "Rightarrow", "\\", "sim", "iff", "to"))
    )


def _ends_side(token: Token) -> bool:
    """Whether a side of a relation ends before this token."""
    if token.kind == "cmd":
        return (
            token.text in ("approx", "Rightarrow", "quad", "qquad", "\\", "leq", "geq", "iff")
            or token.text[:3] == "end"
        )
    return token.kind in ("end", "text") or token.text in ("=", ",", ";", ".", "<", ">", "&")
