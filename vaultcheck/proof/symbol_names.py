r"""Which formulas are names of quantities: `V_m`, `\bar{g}_K`, `[K^+]_o`, `CL`, `V(t)`, and lists of them.

What is taken for a name is checked against the reader of formulas, so that a declared name is one a formula can use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Apply, FormulaClass, Quantity, Symbol
from vaultcheck.formula.names import normal

_MAX_NAME = 80
_MAX_LIST = 12
_STYLE = re.compile(r"\\(?:display|text|script)style(?![A-Za-z])|\\(?:large|Large|small|normalsize|limits)(?![A-Za-z])")
_EDGES = re.compile(r"^(?:\s|\\[,;:!]|~|\\q?quad(?![A-Za-z]))+|(?:\s|\\[,;:!]|\\\s|~|\\q?quad(?![A-Za-z])|[.,;:])+$")
_RUN = re.compile(r"(?P<letters>[A-Z][A-Za-z]{1,5})(?:_(?:\{[^{}]*\}|\w))?")
_BRACKETED = re.compile(r"^\[[^\[\]]{1,20}\](?:_(?:\{[^{}]*\}|\\?\w+))?$")
_PRODUCT_TAIL = re.compile(r"[A-Z][xyztd]")
_ASSIGNED = re.compile(
    r"(?P<sign>:=|=|\\coloneqq(?![A-Za-z])|\\approx(?![A-Za-z])|\\simeq(?![A-Za-z])|\\equiv(?![A-Za-z])|≈|≡)"
)
_WORDS = re.compile(r"\\(?:text|mathrm|operatorname|textrm|mathsf|textbf|rm)\s*\{[^{}]*\}|\\[A-Za-z]+")
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
_RUNS = re.compile(r"[A-Za-z]+")
_PLAIN = re.compile(r"[A-Za-zΑ-Ωα-ω][A-Za-z0-9]{0,7}(?:_(?:\{[A-Za-z0-9,+-]{1,12}\}|[A-Za-z0-9]{1,8}))?")
_RELATION = re.compile(r"[=|<>]|\\mid(?![A-Za-z])")
_NEVER = frozenset({"pi", "infty"})


class Named(NamedTuple):
    """A name in normal form and, for a function, the names that it depends on; `run` holds the letters of a name
    that would be a product if nobody declared it."""

    name: str
    function_of: tuple[str, ...] = ()
    run: str = ""


def trimmed(latex: str) -> str:
    """LaTeX without what changes only its looks, and without punctuation at its end."""
    return _EDGES.sub("", _STYLE.sub(" ", latex))


@lru_cache(maxsize=8192)
def name_in(latex: str) -> Named | None:
    """The name that the formula is, `None` where it is anything else."""
    latex = trimmed(latex)
    if (
        not latex
        or len(latex) > _MAX_NAME
        or latex[0].isdigit()
        or _RELATION.search(latex) is not None
        or (latex[0] in "([" and not _BRACKETED.match(latex))
    ):
        return None
    run = _RUN.fullmatch(latex)
    name = normal(latex)
    if run is not None:
        if _PRODUCT_TAIL.fullmatch(run["letters"]):
            return None
        return Named(name, (), run["letters"]) if _is_symbol(latex, name) else None
    return _single(latex)


def _is_symbol(latex: str, name: str) -> bool:
    reading = read(latex, (Quantity(name),))
    return reading.formula_class is FormulaClass.SYMBOL and reading.expression == Symbol(name)


def _single(latex: str) -> Named | None:
    reading = read(latex)
    if reading.problem is not None:
        return None
    match reading.expression:
        case Symbol(name=name) if reading.formula_class is FormulaClass.SYMBOL and name not in _NEVER:
            if _RUNS.match(latex, 0, 2) and latex[1:2].isalpha():  # the reader takes `dA` and `mg` for names when alone
                return None
            return Named(name)
        case Apply(function=function, arguments=arguments, base=None, primes=0):
            on = tuple(argument.name for argument in arguments if isinstance(argument, Symbol))
            plain = len(on) == len(arguments) and 0 < len(on) <= 4 and function != "P"
            named = name_in(latex.partition("(")[0].removesuffix(r"\left")) if plain else None
            return Named(named.name, on) if named is not None and not named.run else None
    return None


def names_in(latex: str) -> tuple[Named, ...]:
    r"""The names of a list (`\alpha, \beta`), or the one name; nothing where any of it is something else."""
    latex = trimmed(latex)
    single = name_in(latex)
    if single is not None:
        return (single,)
    parts = _split(latex)
    if not 1 < len(parts) <= _MAX_LIST:
        return ()
    found = [name_in(part) for part in parts]
    named = tuple(name for name in found if name is not None)
    return named if len(named) == len(found) else ()


def _split(latex: str) -> list[str]:
    """The parts of a list, split at commas outside brackets."""
    parts, depth, begin = [], 0, 0
    for at, character in enumerate(latex):
        depth += (character in "{([") - (character in "})]")
        if character == "," and depth == 0 and latex[at - 1 : at] != "\\":
            parts.append(latex[begin:at])
            begin = at + 1
    return [*parts, latex[begin:]]


class Assigned(NamedTuple):
    """`name = right`, with the sign between them."""

    named: Named
    sign: str
    right: str


@lru_cache(maxsize=8192)
def assigned_in(latex: str) -> Assigned | None:
    """The parts of a formula that is one name, one sign of equality and something else."""
    found = list(_ASSIGNED.finditer(latex))
    if len(found) != 1:
        return None
    sign = found[0]
    named = name_in(latex[: sign.start()])
    right = trimmed(latex[sign.end() :])
    return Assigned(named, sign["sign"], right) if named is not None and right else None


@lru_cache(maxsize=2048)
def plain_name(text: str) -> Named | None:
    """The name that plain text outside of formulas spells (`PSC`, `V_df`, `g`), `None` where it spells none."""
    text = text.strip()
    if not _PLAIN.fullmatch(text):
        return None
    name = normal(text)
    if name in _NEVER:
        return None
    base = re.split("_", text)[0]
    letters = base if base.isalpha() and base.isascii() and len(base) > 1 else ""
    return Named(name, (), letters) if _is_symbol(text if "_" not in text else _braced(text), name) else None


def _braced(text: str) -> str:
    base, _, sub = text.partition("_")
    return f"{base}_{{{sub.strip('{}')}}}"


class Used(NamedTuple):
    """What the formulas of a note use: letters that stand alone, and runs of letters in small letters."""

    letters: frozenset[str]
    runs: frozenset[str]


def used_in(formulas: Iterable[str]) -> Used:
    """The letters and runs that the formulas use as names."""
    letters: set[str] = set()
    runs: set[str] = set()
    for latex in formulas:
        bare = _WORDS.sub(" ", latex)
        letters.update(_LETTER.findall(bare))
        runs.update(run.casefold() for run in _RUNS.findall(latex))
    return Used(frozenset(letters), frozenset(runs))
