r"""Cuts a unit written in LaTeX or Unicode into tokens; knows spelling, not units.

Groups, spacing and fonts become plain text, `\frac{a}{b}` becomes `((a)/(b))`, exponents become fractions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

MAX_LENGTH = 160
"""No unit is longer; prose is."""


class Kind(Enum):
    """What a token of a unit is."""

    NAME = auto()
    MACRO = auto()
    NUMBER = auto()
    POWER = auto()
    TIMES = auto()
    OVER = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `spaced` when space stood before it, `value` for numbers and powers."""

    kind: Kind
    text: str = ""
    value: Fraction = Fraction(0)
    spaced: bool = False


_FONTS = re.compile(
    r"\\(?:mathrm|mathsf|mathit|mathbf|mathnormal|textrm|textsf|textit|textbf|textnormal|text|mbox|hbox|rm|sf|bf"
    r"|operatorname\*?|unit|si|ensuremath|mathop|displaystyle|textstyle|small|large|Large|left|right|bigl?|bigr"
    r"|Bigl?|Bigr|boldsymbol|roman)(?![A-Za-z])"
)
_DEGREE = re.compile(
    r"\^\s*\{?\s*(?:\\circ(?![A-Za-z])|∘|o(?=\}|\s*[CFK](?![A-Za-z])))\s*\}?|\\(?:degree|textdegree|circ)(?![A-Za-z])|[º˚∘]"
)
_REPLACED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\\hspace\*?\{[^{}]*\}|[\u00a0\u2000-\u200b\u202f\u2009\u2060]", " "),
        (r"\\(?:cdot|times|ast|bullet|centerdot)(?![A-Za-z])", "·"),
        (r"[⋅∙•×]|(?<!\*)\*(?!\*)", "·"),
        (r"\\(?:mu|textmu|upmu)(?![A-Za-z])", "µ{}"),
        ("μ", "µ"),
        (r"\\(?:Omega|upOmega|textohm)(?![A-Za-z])|\u2126", "Ω"),
        (r"\\(?:AA|angstrom|r\s*A)(?![A-Za-z])|\u212b|A\u030a", "Å"),
        (r"\\ell(?![A-Za-z])", "L"),
        ("\u212a", "K"),
        (r"\\%", "%"),
        (r"[−–—‐‑]", "-"),
        (r"\\(?:prime)(?![A-Za-z])", "′"),
        (r"\\[dt]frac(?![A-Za-z])|\\sfrac(?![A-Za-z])", r"\\frac"),
        (r"\\slash(?![A-Za-z])|[∕⁄]", "/"),
        (r"(?<![A-Za-z\\])(?:per|pro|par)(?![A-Za-z])", "/"),
        (r"\\ce\s*\{([^{}]*)\}", r"\1"),
        (r"(?<=H)_\{?2\}?(?=O)", "2"),
        (r"(?<=[A-Za-z])-(?=[A-Za-z])", "·"),
        (r"(?<=[A-Za-z0-9}])\.(?=[A-Za-z\\])", "·"),
    )
)
_SUPERSCRIPT = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_SIGNED = r"[-+]?\s*\d+(?:\s*/\s*\d+)?"
_EXPONENT = re.compile(rf"(?:\^|\*\*)\s*(?:[{{(]+\s*(?P<group>{_SIGNED})\s*[}})]+?|(?P<bare>[-+]?\d+))")
_EXPONENT_FRACTION = re.compile(r"\^\s*\{\s*(-?)\s*\\frac\s*\{?(\d)\}?\s*\{?(\d)\}?\s*\}")
_BOUNDARY = "\x1f"
"""Stands where a brace stood: it ends a name, as a space does."""
_MICRO = re.compile(rf"µ[{_BOUNDARY} ]+(?=[A-Za-zΩ])")
_KILOOHM = re.compile(rf"(?<![A-Za-z])([kMGTmnK]){_BOUNDARY}+(?=Ω)")
_TOKENS = re.compile(
    rf"(?P<space>[\s{_BOUNDARY}]+)|(?P<sup>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\^<(?P<power>[^>]*)>|(?P<macro>\\[A-Za-z]+)"
    r"|(?P<word>(?:cm|mm)H2O|[A-Za-zµÅäöüéèêàùûôç]*[Ω℧]|°\s*[CFK](?![A-Za-z])|m?[°℃℉]C?|[A-Za-zµÅäöüéèêàùûôçℓ]+|[%‰′″])"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<times>·)|(?P<over>/)|(?P<open>[(\[])|(?P<close>[)\]])"
)
_TRAILING = re.compile(r"-?\d+")


class NotATokenError(ValueError):
    """A character that no unit contains."""


def tokens(text: str) -> list[Token]:
    """The tokens of `text`. Raises `NotATokenError` where a character belongs to no unit."""
    if len(text) > MAX_LENGTH:
        raise NotATokenError(text[:20])
    plain = _flatten(text)
    found: list[Token] = []
    at, spaced = 0, False
    while at < len(plain):
        match = _TOKENS.match(plain, at)
        if match is None:
            raise NotATokenError(plain[at])
        at = match.end()
        if match.lastgroup == "space":
            spaced = True
            continue
        token = _token(match, spaced)
        found.append(token)
        spaced = False
        if token.kind is Kind.NAME and token.text not in ("cmH2O", "mmH2O"):
            trailing = _TRAILING.match(plain, at)
            if trailing is not None:
                found.append(Token(Kind.POWER, trailing[0], Fraction(trailing[0])))
                at = trailing.end()
    return found


def _token(match: re.Match[str], spaced: bool) -> Token:
    group, text = match.lastgroup, match[0]
    if group in ("sup", "power"):
        written = match[group].translate(_SUPERSCRIPT).replace(" ", "")
        top, _, bottom = written.partition("/")
        if bottom and int(bottom) == 0:
            raise NotATokenError(text)
        return Token(Kind.POWER, written, Fraction(int(top), int(bottom or 1)), spaced)
    if group == "number":
        return Token(Kind.NUMBER, text, Fraction(text), spaced)
    kind = {
        "macro": Kind.MACRO, "word": Kind.NAME, "times": Kind.TIMES, "over": Kind.OVER, "open": Kind.OPEN,
        "close": Kind.CLOSE,
    }[group or ""]  # fmt: skip
    return Token(kind, "".join(text.split()), spaced=spaced)


def _flatten(text: str) -> str:
    plain = _FONTS.sub("", _DEGREE.sub("°", text.strip().strip("$")))
    for pattern, new in _REPLACED:
        plain = pattern.sub(new, plain)
    plain = _EXPONENT_FRACTION.sub(r"^<\1\2/\3>", plain)
    plain = _EXPONENT.sub(lambda found: f"^<{found['group'] or found['bare']}>", plain)
    plain = re.sub("[{}]", _BOUNDARY, _fractions(plain))
    plain = _KILOOHM.sub(r"\1", _MICRO.sub("µ", plain))
    return plain.strip(_BOUNDARY + " ")


def _fractions(text: str) -> str:
    r"""`\frac{a}{b}` and `\frac ab` as `((a)/(b))`; innermost last, so each pass shortens the list of fractions."""
    while (at := text.rfind("\\frac")) >= 0:
        top, after = _argument(text, at + 5)
        bottom, end = _argument(text, after)
        text = f"{text[:at]}(({top})/({bottom})){text[end:]}"
    return text


def _argument(text: str, at: int) -> tuple[str, int]:
    while at < len(text) and text[at] == " ":
        at += 1
    if at >= len(text):
        raise NotATokenError("\\frac")
    if text[at] != "{":
        return text[at], at + 1
    depth = 0
    for end in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth == 0:
            return text[at + 1 : end], end + 1
    raise NotATokenError("{")
