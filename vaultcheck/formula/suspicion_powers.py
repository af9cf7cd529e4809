"""What is raised and may be no exponent: a label, an index, the number of an iterate, a transposed matrix."""

from __future__ import annotations

import re

from vaultcheck.formula.model import Apply, Constant, Negative, Number, Power, Product, Symbol, Term
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import factors, stands
from vaultcheck.formula.words import FUNCTIONS

_TRANSPOSED = Symbol("T")
_BOTH = re.compile(r"_(?:\{[^{}]*\}|\w|\\[a-z]+)\s*\^(?:\{[^{}]*\}|\\?\w+)|\^(?:\{[^{}]*\}|\w|\\[a-z]+)\s*_")
"""A name with something lowered and something raised."""
_INDICES = frozenset("ijklmnst") | {"mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa", "tau", "ell"}
_TENSOR = frozenset(("mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa"))
_SPELLED = 3
_INSISTS = re.compile(r"\^\{?(?:\s|\\left)*\((?:\s|\\left)*\((?:\s|\\left)*$")
"""Two pairs of brackets around an exponent: it is one, whatever it looks like."""


def power(term: Power, reader: Reader) -> str:
    """What is raised may be a label, or the number of an iterate or a derivative."""
    base, exponent = term.base, term.exponent
    if isinstance(exponent, Symbol) and _INSISTS.search(reader.latex[: exponent.span[0]]):
        return ""
    if exponent == _TRANSPOSED and isinstance(base, Apply) and "T" not in reader.lexicon.names:
        return "no transposed matrix (or T declared)"
    if isinstance(base, Apply) and base.arguments and base.function not in FUNCTIONS and not base.indexed:
        raised_first = base.span[0] < exponent.span[0] < base.arguments[0].span[0]
        usual = isinstance(exponent, Number) and exponent.value == 2
        inverse = isinstance(exponent, Negative)
        return "" if usual or inverse or not raised_first else "a power behind the brackets, no iterate or derivative"
    if exponent == _TRANSPOSED and not isinstance(base, Number | Constant) and not stands(reader, "T"):
        return "no transposed matrix (or T declared)"
    spelled = isinstance(exponent, Product) and len(exponent.factors) >= _SPELLED
    if spelled and isinstance(base, Symbol) and all(isinstance(part, Symbol) for part in factors(exponent)):
        return "an exponent, not a spaced word"
    if isinstance(base, Symbol) and (_is_label(base, exponent, reader) or _is_index(base, exponent, reader)):
        return "an exponent, not a label (or its letters declared)"
    return ""


def _is_index(base: Symbol, exponent: Term, reader: Reader) -> bool:
    r"""Whether a small letter raised behind a name with a letter below is as often an index: `u_i^n`, `\\xi_i^\\mu`.
    What is raised behind something else, too, is an exponent."""
    sub = parts(base.name)[2]
    several = isinstance(exponent, Product) and all(isinstance(part, Symbol) for part in exponent.factors)
    if several and {part.name for part in factors(exponent) if isinstance(part, Symbol)} <= _TENSOR:
        return True
    if not isinstance(exponent, Symbol) or exponent.name not in _INDICES:
        return False
    if exponent.name in reader.lexicon.names and not (len(exponent.name) > 1 and exponent.name in sub):
        return False
    if not sub:
        return (
            exponent.name in ("mu", "nu")
            and re.search(rf"_(?:\{{[^{{}}]*)?\\{exponent.name}", reader.latex) is not None
        )
    if sub.isdigit():
        return False
    plain = _BOTH.sub(" ", reader.latex)
    return re.search(rf"\^\{{?\s*\\?{exponent.name}(?![A-Za-z])", plain) is None


def _is_label(base: Symbol, exponent: Term, reader: Reader) -> bool:
    """Whether a capital is raised behind a name with a subscript and stands nowhere else."""
    raised = factors(exponent)
    letters = [part.name for part in raised if isinstance(part, Symbol) and len(part.name) == 1]
    sub = parts(base.name)[2]
    if not sub or len(letters) != len(raised) or not any(letter.isupper() for letter in letters):
        return False
    if len(sub) == 1 and letters == ["N"]:
        return False
    return not all(stands(reader, letter) for letter in letters)
