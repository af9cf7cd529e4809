"""Words a formula may hold: the functions everybody knows, words that join statements, words that are names."""

from __future__ import annotations

import re

from vaultcheck.formula.tokens import word_set

FUNCTION_WORDS = word_set(
    "sup inf det dim ker deg arg span rank row col var cov tr size diag proj sgn card vol mod im len Tr Var Cov"
)
"""Words that stand before their argument as functions do, and are never products of letters there."""

FUNCTIONS: dict[str, str] = {
    name: name
    for name in word_set(
        """sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan arccot arcsec arccsc arsinh
        arcosh artanh arcoth arsech arcsch ln log exp erf erfc max min sup inf gcd lcm sgn floor ceil
        norm mean det dim deg arg"""
    )
} | {
    "lg": "log",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "asinh": "arsinh",
    "acosh": "arcosh",
    "atanh": "artanh",
    "arcsinh": "arsinh",
    "arccosh": "arcosh",
    "arctanh": "artanh",
    "sign": "sgn",
    "tg": "tan",
    "ctg": "cot",
    "arctg": "arctan",
    "cosec": "csc",
    "argmax": "argmax",
    "argmin": "argmin",
    "sen": "sin",
    "Arcsin": "arcsin",
    "Arccos": "arccos",
    "Arctan": "arctan",
    "Ln": "ln",
    "Arsinh": "arsinh",
    "Arcosh": "arcosh",
    "atan2": "atan2",
    "abs": "abs",
    "sinc": "sinc",
    "Log": "log",
    "ggT": "gcd",
    "kgV": "lcm",
    "logit": "logit",
}
"""Function names, as commands or as upright or plain words, to the name the tree carries."""

_COMMANDS = word_set("sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln log exp max min sup inf gcd")
LATEX_FUNCTIONS = {
    name: f"\\{name}" if name in _COMMANDS else rf"\operatorname{{{name}}}" for name in FUNCTIONS.values()
}
"""The functions of the tree to what they are written as."""

PLAIN = frozenset(FUNCTIONS) - word_set("sec Ln Log inf dim deg arg det mean norm sign abs sup sen tg lg floor ceil")
"""Those that are functions even where they are written as plain letters (`sin(x)`)."""

SEVERAL = frozenset(("max", "min", "gcd", "lcm", "argmax", "argmin", "sup", "inf"))
"""Those of several arguments, or of a condition underneath."""

INVERSE = {
    "sec": "arcsec",
    "csc": "arccsc",
    "sin": "arcsin",
    "cos": "arccos",
    "tan": "arctan",
    "cot": "arccot",
    "sinh": "arsinh",
    "cosh": "arcosh",
    "tanh": "artanh",
    "coth": "arcoth",
    "sech": "arsech",
    "csch": "arcsch",
}

CONNECTIVES = word_set(
    """
    for if where with when and or otherwise since because so then thus hence as is are by in of on at to given
    such while unless only provided assuming from because for all every any each both the a an we have sei
    wenn falls für mit und oder sonst wobei wo ist da also si pour avec et ou sinon où car donc si se e o per
    con where, w.r.t implies means but else if, iff let const. not vs vs. versus
    """
)
"""Words that begin a condition or a remark, in English, German and French."""

_VOWELS = re.compile(r"[aeiouy]", re.IGNORECASE)
_CAMEL = re.compile(r"[A-Za-z]?[a-z]{2,}(?:[A-Z][a-z]{2,}|[A-Z]{2,})+|[A-Z]{2,}[a-z]{3,}")
_ODD = re.compile(r"[^aeiouyAEIOUY]{5,}|[aeiou]{4,}|^[A-Z]{2,}[a-z]+[A-Z]|(.)\1\1")
_COMMON = word_set(
    """
    mol key val idx pos num avg low high key tax net std end day bid ask set map time mass area rate cost base
    work heat load force speed power energy price size half sum total loss gain data true false yes age day
    year hour slope angle range width height length depth volume charge field
    """
)
_OPEN = word_set("between of to from and or than in on at with if for by")
_MIN_WORD = 5
_LONGEST_NAME = 5


def is_wordy(run: str) -> bool:
    """Whether a run of plain letters looks like a word of a language and not like a product of five names."""
    if run.casefold() in _COMMON:
        return True
    if len(run) > _MIN_WORD and _CAMEL.fullmatch(run) and _VOWELS.search(run):
        return True
    if len(run) < _MIN_WORD or _ODD.search(run):
        return False
    vowels = len(_VOWELS.findall(run))
    return 0.2 * len(run) <= vowels <= 0.7 * len(run) and (run[1:].islower() or run.isupper())


def joins(text: str) -> bool:
    """Whether the words of a `\\text{…}` join statements or begin a remark, and are no name."""
    if not any(char.isalpha() for char in text) and not text.strip().isdigit():
        return True
    if len(text) == 1:
        return False
    words = text.strip(" ,.;:()").casefold().split()
    if (len(words) > 1 and words[-1] in _OPEN) or text.rstrip().endswith((".", ":", ",")):
        return True
    return not words or words[0] in CONNECTIVES or len(words) > _LONGEST_NAME or text.strip()[:1] in "(,.;:"
