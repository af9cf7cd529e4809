r"""Prints names and units: `V_df` as `V_{\mathrm{df}}`, `tau_m` as `τ_m`, `m/s²` as `\mathrm{m/s²}`."""

from __future__ import annotations

import re

from vaultcheck.formula.names import ACCENTS, parts
from vaultcheck.formula.tokens import GREEK, GREEK_SIGNS

_COMMANDS = GREEK | {"hbar", "ell", "imath", "jmath", "Re", "Im", "aleph", "wp", "infty"}
_ACCENTED = re.compile(r"(\w+)\((.*)\)")
_SHORT = re.compile(r"\d?[+\-*'°†‡]|\(\w+\)|\w|[^,]*,.*|[+\-]+")
UPRIGHT = r"\mathrm"
_CHARGED = re.compile(r"(.*?[A-Za-z)])(\d?[+\-])")
_COMBINING = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7", "check": "\u030c"}
_SHOWN = GREEK_SIGNS | {"hbar": "ħ", "ell": "ℓ", "infty": "∞"}


def latex_name(name: str) -> str:
    """A name in normal form as LaTeX that reads back to it."""
    base, primes, sub, sup = parts(name)
    shown = _latex_base(base) + "'" * primes
    if sub:
        shown += f"_{{{_latex_word(sub)}}}"
    if sup:
        shown += f"^{{{_latex_word(sup) if _SHORT.fullmatch(sup) else rf'{UPRIGHT}{{{sup}}}'}}}"
    return shown


def _latex_base(base: str) -> str:
    if base == "e":
        return r"\mathit{e}"
    if len(base) == 1 and base.isalpha():
        return base
    if base in _COMMANDS:
        return rf"\{base}"
    if base.startswith("Delta "):
        return rf"\Delta {_latex_base(base[6:])}"
    if base.startswith("["):
        inside = base[1:-1]
        charged = _CHARGED.fullmatch(inside)
        return f"[{charged[1]}^{{{charged[2]}}}]" if charged else f"[{inside}]"
    accented = _ACCENTED.fullmatch(base)
    if accented and accented[1] in ACCENTS:
        return rf"\{accented[1]}{{{_latex_word(accented[2])}}}"
    return rf"\mathrm{{{base}}}"


def _latex_word(word: str) -> str:
    """The inside of a subscript, a superscript or an accent."""
    if word in _COMMANDS:
        return rf"\{word}"
    if word in ("°", "*"):
        return r"\circ" if word == "°" else "*"
    if " " in word:
        return rf"\text{{{word}}}"
    if _ACCENTED.fullmatch(word):
        return _latex_base(word)
    return rf"\mathrm{{{word}}}" if len(word) > 1 and word.isalpha() else word


def latex_unit(text: str) -> str:
    """A unit in the text of `units.read_unit` as LaTeX that reads back to it."""
    return r"\%" if text == "%" else rf"\mathrm{{{text}}}"


def text_name(name: str) -> str:
    """A name in normal form for people: Greek letters and accents as one sees them."""
    base, primes, sub, sup = parts(name)
    shown = _text_base(base) + "'" * primes
    if sub:
        shown += f"_{_SHOWN.get(sub, sub)}"
    return shown + (f"^{sup}" if sup else "")


def _text_base(base: str) -> str:
    if base.startswith(("Delta ", "delta ")):
        return ("Δ" if base[0] == "D" else "δ") + _text_base(base[6:])
    accented = _ACCENTED.fullmatch(base)
    if accented and accented[1] in ACCENTS:
        inner = _SHOWN.get(accented[2], accented[2])
        mark = _COMBINING.get(accented[1])
        return inner + mark if mark and len(inner) == 1 else f"{accented[1]}({inner})"
    return _SHOWN.get(base, base)
