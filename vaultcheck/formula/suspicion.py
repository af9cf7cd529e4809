r"""Readings that are more often wrong than right: what has to be decided by somebody, and nothing in it decides.

The grammar reads what is written; these are the shapes in which notes write something else than what it says:
`W^{iK}` with a label raised, `\hat x \hat y` with operators, `F = q v \times B` with vectors, `f^k(x_0)` with a
derivative. `suspicion` names the first of them and its place, and the formula is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, get_args

from vaultcheck.formula.model import (
    Apply,
    Constant,
    Derivative,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Relation,
    RelationKind,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader, Stop
from vaultcheck.formula.tokens import GREEK
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.words import FUNCTIONS

_INSIDE: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in kind.__slots__ if name != "span") for kind in (*get_args(Term), Relation)
}
_VECTORS = frozenset("vBrFpELuwSHJAabcijkMn") | {"omega", "tau", "mu"}
"""Plain letters whose product with a cross is as often that of two vectors."""
_CROSSED = {
    *(("v", "B"), ("u", "B"), ("r", "F"), ("r", "p"), ("E", "B"), ("E", "H"), ("d", "F"), ("p", "E")),
    *(("omega", "r"), ("omega", "v"), ("mu", "B"), ("alpha", "r"), ("m", "B")),
}
"""Pairs of letters that are multiplied as vectors even where they are declared."""
_UNIT_LETTERS = frozenset("mscgCNFJKWVATH") | {"kg", "mol", "atm", "L", "Hz", "Pa", "Omega", "cm", "mm", "km"}
_PREFIXES = frozenset("kKMGTB")
_BARE_UNITS = frozenset(("F", "J", "N", "W", "Pa", "Hz", "eV", "C", "A", "V", "m", "s", "kg", "Omega"))
_PRECISE = Fraction(1, 1000)
_FUNCTION_LETTERS = frozenset("fghxyu")
_PROBABLE = frozenset(("P", "p", "Pr", "E", "Var", "det"))
_ESTIMATES = frozenset(("hat(p)", "hat(q)"))
_UPRIGHT = re.compile(r"\\(?:text|mathrm|mathsf|rm)")
_SPACED_WORD = re.compile(r"\\text\{ [A-Za-z]{1,3}\}")
_RAISED = re.compile(r"\^\s*(?:\{[^{}]*\}|\w)")
_BOLD = ("vec(", "mathbf(")
_D = Symbol("d")
_TRANSPOSED = Symbol("T")
_COMMANDS = GREEK | {"hbar", "infty", "imath", "jmath", "aleph"}
_BOTH = re.compile(r"_(?:\{[^{}]*\}|\w|\\[a-z]+)\s*\^(?:\{[^{}]*\}|\\?\w+)|\^(?:\{[^{}]*\}|\w|\\[a-z]+)\s*_")
"""A name with something lowered and something raised."""
_INDICES = frozenset("ijklmnst") | {"mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa", "tau", "ell"}
_TENSOR = frozenset(("mu", "nu", "alpha", "beta", "rho", "sigma", "lambda", "kappa"))
_WORD = 4
_SPELLED = 3
_INSISTS = re.compile(r"\^\{?(?:\s|\\left)*\((?:\s|\\left)*\((?:\s|\\left)*$")
"""Two pairs of brackets around an exponent: it is one, whatever it looks like."""
_NUMBERED = re.compile(r"\s*\(\s*(\d+)\s*\)")
_OPENS = re.compile(r"\s*(?:\\left|\\big|\\Big)?\s*\(")


def suspicion(roots: Sequence[Relation | Term], reader: Reader) -> Stop | None:
    """Why what was read is not to be trusted, with its place; `None` where nothing speaks against it."""
    nodes = list(_walked(roots))
    measured = any(type(node) is Measured for node in nodes)
    for node in nodes:
        if measured and type(node) is Product and _is_unread_unit(node, reader):
            return Stop(node.span, "an upright unit behind the number")
        check = _CHECKS.get(type(node))
        if check is not None and (reason := check(node, reader)):
            return Stop(node.span, reason)
    return None


def _walked(roots: Sequence[Relation | Term]) -> Iterator[Any]:
    """Every node of the trees, in no order that matters; a side that two relations share is met once."""
    waiting: list[Any] = list(roots)
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        inside = _INSIDE.get(type(node))
        if inside is None:
            if type(node) is tuple:
                waiting += node
            continue
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if type(node) is not Symbol and type(node) is not Number:
            waiting += [getattr(node, name) for name in inside]


def _product(term: Product, reader: Reader) -> str:
    """What two factors side by side may be instead of a product."""
    if sum(_is_vectorial(part) for part in term.factors) > 1:
        return "one value, not a product of vectors"
    hats = [part.name for part in term.factors if isinstance(part, Symbol) and part.name.startswith("hat(")]
    if len(hats) > 1 and not {name.partition("_")[0] for name in hats} <= _ESTIMATES:
        return "one value, not a product of operators or unit vectors"
    if "\\int" in reader.latex and any(isinstance(part, Power) and part.base == _D for part in term.factors):
        return "a differential of one variable"
    if _is_loose_unit(term):
        return "an upright unit behind the number"
    for left, right in pairwise(term.factors):
        between = reader.latex[left.span[1] : right.span[0]]
        if reason := _pair(left, right, between, reader):
            return reason
    return ""


def _is_unread_unit(term: Product, reader: Reader) -> bool:
    """Whether a number and a bare unit letter touch in a formula with other units, and the unit was not read."""
    return any(
        isinstance(left, Number)
        and isinstance(right, Symbol)
        and right.name in _BARE_UNITS
        and reader.lexicon.find(right.name) is None
        and not reader.latex[left.span[1] : right.span[0]].strip(" ~\\,;")
        for left, right in pairwise(term.factors)
    )


def _is_vectorial(term: Term) -> bool:
    """Whether a term is written as a vector, or is a sum with one in it."""
    match term:
        case Symbol(name) | Apply(name):
            return name.startswith(_BOLD)
        case Sum(terms):
            return any(map(_is_vectorial, terms))
        case Product(factors):
            return sum(map(_is_vectorial, factors)) == 1
        case Negative(inner) | Power(inner) | Quotient(inner) | Derivative(inner):
            return _is_vectorial(inner)
        case _:
            return False


def _is_loose_unit(term: Product) -> bool:
    r"""Whether a fraction of bare unit letters stands behind a power of ten: `8.9 \\cdot 10^{-12} \\frac{F}{m}`."""
    for left, right in pairwise(term.factors):
        ten = isinstance(left, Power) and isinstance(left.base, Number)
        measured = isinstance(left, Number) and left.step and left.step < 1
        if not isinstance(right, Quotient) or not (ten or measured):
            continue
        names = {node.name for node in _walked((right,)) if isinstance(node, Symbol)}
        sure = (
            ten
            or names == {"m", "s"}
            or (isinstance(left, Number) and left.step <= _PRECISE)
            or any(len(name) > 1 for name in names)
        )
        if sure and names and names <= _UNIT_LETTERS:
            return True
    return False


def _pair(left: Term, right: Term, between: str, reader: Reader) -> str:
    return _signed(left, right, between, reader) or _side_by_side(left, right, between, reader)


def _signed(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What the sign between two factors, or its absence, may mean."""
    if "\\times" in between and _are_vectors(left, right, reader):
        return "one value, not a product of vectors (or the names declared)"
    if not between.strip(" ~{}\\,;") and _are_words(left, right, reader):
        return "a sign between two words, or one name"
    if not between and left == _D and isinstance(right, Symbol) and right.name in GREEK:
        return "one differential, or a sign between d and its factor"
    if "*" in between and _is_function(left) and _is_function(right):
        return "a product, not a convolution"
    return ""


def _side_by_side(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What two factors without a sign between them may be."""
    if isinstance(left, Number | Measured):
        return _after_number(left, right, between, reader)
    match left, right:
        case Symbol("delta"), Symbol() if not (between.strip() or reader.lexicon.find("delta")):
            return "a variation, or delta declared"
        case Symbol("d"), _ if _OPENS.fullmatch(between) and "d" not in reader.lexicon.names:
            return "one value, not a derivative of what is in the brackets"
        case Symbol(), Product((Symbol(), Symbol())) if _OPENS.fullmatch(between):
            return _torn(right, reader)
        case Power(Number()), Symbol(name) if name in _BARE_UNITS and not between.strip(" ~\\,;"):
            return "" if reader.lexicon.find(name) else "an upright unit behind the number"
        case Power(Symbol(name)), Symbol(inner) if _OPENS.fullmatch(between):
            known = reader.lexicon.find(name) and reader.lexicon.find(inner)
            return "" if known else "a power behind the brackets, or a sign between the factors"
        case Derivative(), (Symbol() | Number()) if _OPENS.fullmatch(between):
            return "a product, not the value of a derivative at a point"
        case Symbol("D"), (Symbol(name) | Apply(name)) if name.startswith(_BOLD) and not between.strip():
            return "one value, not the derivative of a map"
    return ""


def _first_place(reader: Reader) -> int:
    """Where a number in brackets would stand that the formula begins with; -1 where it begins with something else."""
    numbered = _NUMBERED.match(reader.latex)
    return numbered.start(1) if numbered else -1


def _after_number(left: Number | Measured, right: Term, between: str, reader: Reader) -> str:
    """What may stand behind a number instead of a factor: more of its unit, its magnitude, its repeating digits."""
    if left.span[0] == _first_place(reader) and between.lstrip().startswith(")"):
        return "a formula without its number before it"
    start = right.base.span[0] if isinstance(right, Power) else right.span[0]
    match left, right:
        case Measured(), (Symbol(name) | Power(Symbol(name))) if _UPRIGHT.match(reader.latex, start):
            return "one unit" if read_unit(name) is not None else ""
        case Number(), Symbol(name) if _SPACED_WORD.match(reader.latex, start) and not reader.lexicon.find(name):
            return "a unit that is known"
        case Number(value=value), Symbol(name) if value == 1 and name in _PREFIXES and not between.strip(" ~\\,"):
            return f"a unit, or a product with more than 1 {name}"
        case Number(step=step), Number() if 0 < step < 1 and _OPENS.fullmatch(between):
            return "a number without repeating or doubtful digits"
    return ""


def _are_words(left: Term, right: Term, reader: Reader) -> bool:
    """Whether two names side by side are words of a phrase: none declared, one of four letters or more, or both of
    several."""
    if isinstance(right, Power):
        right = right.base
    if not (isinstance(left, Symbol) and isinstance(right, Symbol)):
        return False
    if reader.lexicon.find(left.name) or reader.lexicon.find(right.name):
        return False
    sizes = [
        len(name) if name.replace(" ", "").isalpha() and name not in _COMMANDS else 1 for name in _bases(left, right)
    ]
    return sizes[0] >= _WORD or (min(sizes) > 1 and max(sizes) >= _WORD)


def _bases(*symbols: Symbol) -> list[str]:
    return [parts(symbol.name)[0].rpartition("Delta ")[2] for symbol in symbols]


def _are_vectors(left: Term, right: Term, reader: Reader) -> bool:
    """Whether the factors beside a cross may be vectors: undeclared letters of those, or one of them under a hat."""
    names = [term.name for term in (left, right) if isinstance(term, Symbol)]
    bases = [parts(name)[0] for name in names]
    if any(base.startswith("hat(") for base in bases) or tuple(bases) in _CROSSED:
        return True
    return (
        sum(base in _VECTORS and reader.lexicon.find(name) is None for base, name in zip(bases, names, strict=True)) > 1
    )


def _is_function(term: Term) -> bool:
    """Whether a factor beside a star may be a signal."""
    if isinstance(term, Symbol):
        return parts(term.name)[0] in _FUNCTION_LETTERS or "mathbf(" in term.name
    if not isinstance(term, Apply) or term.function in FUNCTIONS or term.function.partition("_")[0] in _PROBABLE:
        return False
    return not isinstance(term.arguments[0], Quotient)


def _power(term: Power, reader: Reader) -> str:
    """What is raised may be a label, or the number of an iterate or a derivative."""
    base, exponent = term.base, term.exponent
    if isinstance(exponent, Symbol) and _INSISTS.search(reader.latex[: exponent.span[0]]):
        return ""
    if isinstance(base, Apply) and base.arguments and base.function not in FUNCTIONS and not base.indexed:
        raised_first = base.span[0] < exponent.span[0] < base.arguments[0].span[0]
        usual = isinstance(exponent, Number) and exponent.value == 2
        inverse = isinstance(exponent, Negative)
        return "" if usual or inverse or not raised_first else "a power behind the brackets, no iterate or derivative"
    if exponent == _TRANSPOSED and not isinstance(base, Number | Constant) and not _stands(reader, "T"):
        return "no transposed matrix (or T declared)"
    spelled = isinstance(exponent, Product) and len(exponent.factors) >= _SPELLED
    if spelled and isinstance(base, Symbol) and all(isinstance(part, Symbol) for part in _factors(exponent)):
        return "an exponent, not a spaced word"
    if isinstance(base, Symbol) and (_is_label(base, exponent, reader) or _is_index(base, exponent, reader)):
        return "an exponent, not a label (or its letters declared)"
    return ""


def _factors(term: Term) -> tuple[Term, ...]:
    return term.factors if isinstance(term, Product) else (term,)


def _is_index(base: Symbol, exponent: Term, reader: Reader) -> bool:
    r"""Whether a small letter raised behind a name with a letter below is as often an index: `u_i^n`, `\\xi_i^\\mu`.
    What is raised behind something else, too, is an exponent."""
    sub = parts(base.name)[2]
    several = isinstance(exponent, Product) and all(isinstance(part, Symbol) for part in exponent.factors)
    if several and {part.name for part in _factors(exponent) if isinstance(part, Symbol)} <= _TENSOR:
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
    factors = _factors(exponent)
    letters = [factor.name for factor in factors if isinstance(factor, Symbol) and len(factor.name) == 1]
    sub = parts(base.name)[2]
    if not sub or len(letters) != len(factors) or not any(letter.isupper() for letter in letters):
        return False
    if len(sub) == 1 and letters == ["N"]:
        return False
    return not all(_stands(reader, letter) for letter in letters)


def _stands(reader: Reader, letter: str) -> bool:
    """Whether a letter that is raised is declared or stands elsewhere, not raised."""
    return letter in reader.lexicon.names or letter in _RAISED.sub(" ", reader.latex)


def _quotient(term: Quotient, reader: Reader) -> str:
    """A lone `d` over something is the sign of a derivative."""
    under = _factors(term.denominator)[0]
    lone = (
        _factors(term.numerator)[0] == _D
        and isinstance(under, Symbol)
        and (under == _D or re.fullmatch(r"d[a-z]", under.name))
    )
    return "what is differentiated" if lone and "d" not in reader.lexicon.names else ""


def _apply(term: Apply, reader: Reader) -> str:
    """What stands in the brackets may be one name, or a condition written with a slash."""
    if len(term.arguments) != 1:
        return ""
    match term.arguments[0]:
        case Quotient(Symbol(upper), Symbol(lower)) if term.function in ("P", "p", "Pr") and (upper + lower).isupper():
            return "a bar before a condition, not a slash"
        case Product((Symbol(), Symbol())) as inside if len(term.function) == 1 or term.function in GREEK:
            return _torn(inside, reader)
    return ""


def _torn(inside: Product, reader: Reader) -> str:
    """Why two capitals that touch, alone in brackets, are more likely one name: `\\gamma(TE)`."""
    match inside.factors:
        case (Symbol(first, span=one), Symbol(second, span=two)) if one[1] == two[0] and (first + second).isupper():
            if len(first + second) == 2 and reader.lexicon.split(first + second) is None:
                return f"a declared name: {first}{second} is not one"
    return ""


def _relation(relation: Relation, reader: Reader) -> str:
    """What a whole side may be: two ends of a range, or two names for the same."""
    left, right = relation.left, relation.right
    plain = relation.kind is RelationKind.APPROXIMATE and _is_plain(left) and _is_plain(right)
    if plain and re.search(r"\\sim(?![a-z])", reader.latex):
        return "a relation, not a range"
    if "\\cong" in reader.latex and isinstance(right, Symbol | Apply):
        return "a value, not a structure"
    if isinstance(left, Quotient) and isinstance(left.numerator, Symbol) and isinstance(left.denominator, Symbol):
        name, slash = left.numerator.name, reader.latex[left.numerator.span[1] : left.denominator.span[0]]
        if len(name) > 2 and name.isupper() and slash.strip() == "/" and reader.lexicon.find(name) is None:
            return "a quotient of declared names, or one name"
    return ""


def _is_plain(term: Term) -> bool:
    """Whether a side is a plain number, with its unit or without."""
    return isinstance(term, Number | Measured)


_CHECKS: dict[type, Callable[[Any, Reader], str]] = {
    Product: _product,
    Power: _power,
    Quotient: _quotient,
    Apply: _apply,
    Relation: _relation,
}
