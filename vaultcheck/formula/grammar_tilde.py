r"""What a tilde says: nearly equal, grows like a power, or is distributed as."""

from __future__ import annotations

from vaultcheck.formula.model import Apply, Number, Power, Product, Quotient, Sum, Symbol, Term
from vaultcheck.formula.names import parts
from vaultcheck.formula.tokens import GREEK
from vaultcheck.formula.walk import names, walk
from vaultcheck.formula.words import FUNCTIONS

_LONGEST_SHORT = 2
_RANDOM = frozenset("XYZ")
_LAWS = frozenset("pqPNUBDtF") | {"chi", "mathbb(P)"}


def is_distribution(left: Term, right: Term, sign: str) -> bool:
    """Whether what stands behind a tilde is a distribution or another of a class, and no value: `N(0, 1)`, a script
    letter, any single name, whatever stands behind a random variable."""
    if sign == "sim" and _is_random(left):
        return True
    if sign == "sim" and any(isinstance(part, Apply) and _is_script(part.function) for part in walk(right)):
        return True
    row = right.factors if isinstance(right, Product) else (right,)
    term, behind = row[0], len(row) > 1
    if isinstance(term, Power):
        term = term.base
    if isinstance(term, Apply):
        if sign == "approx":
            return _is_script(term.function)
        law = isinstance(left, Symbol) and term.function.partition("_")[0] in _LAWS
        word = len(term.function) > _LONGEST_SHORT and term.function.partition("_")[0] not in FUNCTIONS.keys() | GREEK
        return len(term.arguments) > 1 or _is_script(term.function) or law or (word and not behind)
    if not isinstance(term, Symbol):
        return False
    if behind:
        return sign == "sim" and (_is_script(term.name) or (term.name in _LAWS and _of_freedom(row)))
    return sign == "sim" or _is_script(term.name)


def _is_script(name: str) -> bool:
    return name.startswith("mathcal(")


def _is_random(term: Term) -> bool:
    """Whether a side is a random variable: a late capital, perhaps barred, perhaps numbered."""
    return isinstance(term, Symbol) and parts(term.name)[0].removeprefix("bar(").rstrip(")") in _RANDOM


def _of_freedom(row: tuple[Term, ...]) -> bool:
    """Whether degrees of freedom stand behind the letter of a law: `t(n - 1)`."""
    return len(row) == _LONGEST_SHORT and isinstance(row[1], Sum | Symbol | Number)


def scales(left: Term, right: Term) -> bool:
    """Whether a tilde says how something grows, up to a factor: a power with a name in its exponent stands behind it,
    of something with a name in it."""
    if not isinstance(left, Symbol | Apply):
        return False
    if isinstance(right, Quotient) and isinstance(right.numerator, Number):
        right = right.denominator
    if not isinstance(right, Power) or not names(right.exponent):
        return False
    return bool(names(right.base)) or not isinstance(right.base, Number)
