"""What is raised and may be no exponent: a label, an index, the number of an iterate, a transposed matrix."""

from __future__ import annotations

import re
from itertools import pairwise

from vaultcheck.formula.model import (
    Apply,
    Constant,
    ConstantName,
    Negative,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import BOLD, factors, stands, stands_apart
from vaultcheck.formula.tokens import GREEK
from vaultcheck.formula.words import FUNCTIONS

_TRANSPOSED = Symbol("T")
_BOTH = re.compile(r"_(?:\{[^{}]*\}|\w|\\[a-z]+)\s*\^(?:\{[^{}]*\}|\\?\w+)|\^(?:\{[^{}]*\}|\w|\\[a-z]+)\s*_")
"""A name with something lowered and something raised."""
_INDICES = frozenset("ijklmnst") | {"mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa", "tau", "ell"}
_TENSOR = frozenset(("mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa"))
_BASES = frozenset(("alpha", "beta", "gamma"))
_SPELLED = 3
_PROBABILITY = re.compile(r"(?<![A-Za-z\\])Pr?\s*(?:\\left)?\(|\\(?:cap|cup)(?![a-z])")
_DERIVED_BY = re.compile(r"\}\s*\{\s*(?:\\partial|d)\s*(?:\\[a-z]+\s*)?\{?\s*[A-Za-z]\}?\s*\^\{?\s*\\?([a-z]+)\}?\s*\}")
"""A quotient of differentials, with the letter that is raised under its bar."""
_MATRIX_POWERS = frozenset("nkmNptr")
_PLACES = frozenset("ijkm")
_BOTH_SUM = re.compile(r"_\{?\w\}?\s*\^\{[^{}]*\}")
_INSISTS = re.compile(r"\^\{?(?:\s|\\left)*\((?:\s|\\left)*\((?:\s|\\left)*$")
"""Two pairs of brackets around an exponent: it is one, whatever it looks like."""


def power(term: Power, reader: Reader) -> str:
    """What is raised may be a label, or the number of an iterate or a derivative."""
    base, exponent = term.base, term.exponent
    if isinstance(exponent, Symbol) and _INSISTS.search(reader.latex[: exponent.span[0]]):
        return ""
    if reason := _of_matrix(base, exponent, reader):
        return reason
    if isinstance(base, Apply) and base.arguments and base.function not in FUNCTIONS and not base.indexed:
        raised_first = base.span[0] < exponent.span[0] < base.arguments[0].span[0]
        usual = isinstance(exponent, Number) and exponent.value == 2
        inverse = isinstance(exponent, Negative)
        return "" if usual or inverse or not raised_first else "a power behind the brackets, no iterate or derivative"
    spelled = isinstance(exponent, Product) and len(exponent.factors) >= _SPELLED
    if spelled and isinstance(base, Symbol) and all(isinstance(part, Symbol) for part in factors(exponent)):
        return "an exponent, not a spaced word"
    if isinstance(base, Symbol) and _is_in_bases(base.name, exponent):
        return "an exponent, not the basis of a matrix"
    if _is_derived_by(exponent, reader):
        return "an exponent, not a label (or its letters declared)"
    looks = (_is_label, _is_letter_label, _is_index, _is_repeated, _is_running)
    if isinstance(base, Symbol) and any(look(base, exponent, reader) for look in looks):
        return "an exponent, not a label (or its letters declared)"
    return ""


def _of_matrix(base: Term, exponent: Term, reader: Reader) -> str:
    """What a capital raised behind a matrix or an event means: transposed, conjugate transposed, not the event."""
    if isinstance(base, Number | Constant) or not isinstance(exponent, Symbol):
        return ""
    letter = exponent.name
    applied = isinstance(base, Apply) and "T" not in reader.lexicon.names
    if letter == "T" and (applied or not stands(reader, "T")):
        return "no transposed matrix (or T declared)"
    if letter not in ("T", "H", "C", "c") or stands_apart(reader, letter):
        return ""
    named = isinstance(base, Symbol) and (base.name.startswith(BOLD) or base.name[:1].isupper() or "_" in base.name)
    if letter == "T" and _is_transposed(base, reader):
        return "no transposed matrix"
    if letter == "H" and named and letter not in reader.lexicon.names:
        return "no transposed matrix (or H declared)"
    event = isinstance(base, Symbol) and base.name.isupper() and _PROBABILITY.search(reader.latex) is not None
    return "an exponent, not the complement of a set" if letter in "Cc" and event else ""


def _is_transposed(base: Term, reader: Reader) -> bool:
    """Whether a `T` that is declared, too, transposes: behind a bold or lowered name, a bracket that a name touches,
    the second of two capitals."""
    if isinstance(base, Apply):
        return not base.indexed and base.function not in FUNCTIONS
    if not isinstance(base, Symbol):
        return False
    touched = base.name.isupper() and reader.latex[max(0, base.span[0] - 1) : base.span[0]].isupper()
    return base.name.startswith(BOLD) or "_" in base.name or touched


def _is_in_bases(name: str, exponent: Term) -> bool:
    r"""Whether a bracket has one basis lowered and one raised: `[T]_\beta^\gamma`, the matrix of a map."""
    raised = isinstance(exponent, Symbol) and exponent.name in _BASES
    return raised and name.startswith("[") and name.partition("]_")[2] in _BASES


def _is_derived_by(exponent: Term, reader: Reader) -> bool:
    r"""Whether something is differentiated by a name with this letter raised: `\partial x / \partial q^i`."""
    if not isinstance(exponent, Symbol):
        return False
    return exponent.name in _DERIVED_BY.findall(reader.latex)


def _is_letter_label(base: Symbol, exponent: Term, reader: Reader) -> bool:
    """Whether a word, an e or a letter behind a bold name is raised, which no power has; or letters behind a name
    with a subscript that stand nowhere else."""
    lowered = bool(parts(base.name)[2])
    if exponent == Constant(ConstantName.E) and lowered:
        return True
    raised = factors(exponent)
    if len(raised) > 1 and lowered and all(isinstance(part, Symbol) and len(part.name) == 1 for part in raised):
        touching = all(left.span[1] == right.span[0] for left, right in pairwise(raised))
        names = {part.name for part in raised if isinstance(part, Symbol)}
        return touching and not all(stands(reader, name) for name in names)
    letter = exponent.name if isinstance(exponent, Symbol) else ""
    if base.name.startswith("mathbf(") and len(letter) == 1 and letter not in _MATRIX_POWERS:
        return True
    if letter in reader.lexicon.names:
        return False
    single = len(parts(base.name)[0]) == 1 or parts(base.name)[0] in GREEK
    word = len(letter) > _SPELLED and letter.isalpha() and letter.islower() and letter not in GREEK
    return (word and single) or (lowered and letter == "e")


def _is_repeated(base: Symbol, exponent: Term, reader: Reader) -> bool:
    """Whether the same is raised that is one of several things lowered: `\\omega_{i-1,i}^{i-1}`; or two names at least
    carry the same raised i or j, which stands nowhere else."""
    sub = parts(base.name)[2]
    written = re.sub(r"[\s{}]", "", reader.latex[slice(*exponent.span)])
    if "," in sub and written in sub.split(","):
        return True
    if not isinstance(exponent, Symbol) or exponent.name not in ("i", "j") or stands_apart(reader, exponent.name):
        return False
    bases = set(re.findall(rf"(\\?[A-Za-z]+|[}})])\s*\^\{{?\s*{exponent.name}\}}?(?![A-Za-z])", reader.latex))
    return len(bases) > 1


def _is_running(base: Symbol, exponent: Term, reader: Reader) -> bool:
    r"""Whether the number of a step is raised behind a place that is lowered: `u_i^{n+1}`, `u_i^n` at `n\Delta t`."""
    if parts(base.name)[2] not in _PLACES:
        return False
    match exponent:
        case Sum((Symbol(name), Number(value=one))) if one == 1 and name in _INDICES:
            return re.search(rf"\^\{{?\s*{name}(?![A-Za-z])", _BOTH_SUM.sub(" ", reader.latex)) is None
        case Symbol(name) if name in _INDICES:
            return re.search(rf"(?<![A-Za-z\\]){name}\s*\\Delta", reader.latex) is not None
    return False


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
