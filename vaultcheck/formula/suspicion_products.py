"""What factors side by side may be instead of a product: vectors, words, units, an argument, a differential."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Measured,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import BOLD, OPENS, D, torn, walked
from vaultcheck.formula.suspicion_signs import beside
from vaultcheck.formula.suspicion_units import UNIT, behind
from vaultcheck.formula.tokens import GREEK
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.words import FUNCTIONS

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
_COMMANDS = GREEK | {"hbar", "infty", "imath", "jmath", "aleph"}
_WORD = 4
_ONE = Number(Fraction(1), Fraction(1))
_TWO = Number(Fraction(2), Fraction(1))
_POLYNOMIALS = frozenset("PYHTULJ")
_POINTS = frozenset("ABPQ")
_VARIED = frozenset("xyzt")
_MAPS = frozenset(("f", "g", "h", "phi", "psi", "varphi", "F", "G"))
_OPENS_SQUARE = re.compile(r"\s*(?:\\left|\\big|\\Big)?\s*\[")
_MEETS = re.compile(r"\s*(?:\\right\s*)?\)?'*\s*(?:\\left)?\s*\(")
_DIFFERENTIALS = re.compile(r"(?<![A-Za-z])[a-z]d[a-z](?![A-Za-z]).*(?<![A-Za-z])[a-z]d[a-z](?![A-Za-z])")
_BRACE = re.compile(r"\\(?:under|over)brace")
_NUMBERED = re.compile(r"\s*\(\s*(\d+)\s*\)")


def product(term: Product, reader: Reader) -> str:
    """What two factors side by side may be instead of a product."""
    if sum(_is_vectorial(part) for part in term.factors) > 1:
        return "one value, not a product of vectors"
    hats = [part.name for part in term.factors if isinstance(part, Symbol) and part.name.startswith("hat(")]
    if len(hats) > 1 and not {name.partition("_")[0] for name in hats} <= _ESTIMATES:
        return "one value, not a product of operators or unit vectors"
    if hats and any(isinstance(part, Power) and part.exponent == _ONE for part in term.factors):
        return "an exponent, not the number of a component"
    if "\\int" in reader.latex and any(isinstance(part, Power) and part.base == D for part in term.factors):
        return "a differential of one variable"
    if _is_loose_unit(term) or behind(term, reader):
        return behind(term, reader) or UNIT
    for left, right in pairwise(term.factors):
        between = reader.latex[left.span[1] : right.span[0]]
        if reason := _pair(left, right, between, reader):
            return reason
    return ""


def is_unread_unit(term: Product, reader: Reader) -> bool:
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
            return name.startswith(BOLD)
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
        names = {node.name for node in walked((right,)) if isinstance(node, Symbol)}
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
    return (
        _signed(left, right, between, reader)
        or beside(left, right, between, reader)
        or _called(left, right, between, reader)
        or _side_by_side(left, right, between, reader)
    )


def _signed(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What the sign between two factors, or its absence, may mean."""
    if "\\times" in between and _are_vectors(left, right, reader):
        return "one value, not a product of vectors (or the names declared)"
    if not between.strip(" ~{}\\,;") and _are_words(left, right, reader):
        return "a sign between two words, or one name"
    if not between and left == D and isinstance(right, Symbol) and (right.name in GREEK or right.name.startswith(BOLD)):
        return "one differential, or a sign between d and its factor"
    if not between.strip() and _are_ends(left, right):
        return "a product, or a declared length between two points"
    if between.isspace() and left == D and isinstance(right, Symbol) and right.name in _VARIED:
        return "" if "d" in reader.lexicon.names else "one differential, or a sign between d and its factor"
    if "*" in between and _is_function(left) and _is_function(right):
        return "a product, not a convolution"
    return ""


def _side_by_side(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What two factors without a sign between them may be."""
    if isinstance(left, Number | Measured):
        return _after_number(left, right, between, reader)
    match left, right:
        case Symbol("delta"), (Symbol() | Apply(indexed=True)) if not between.strip() and _is_variation(reader):
            return "a variation, or delta declared"
        case Symbol("delta" | "Delta" as sign), Derivative() if not between.strip(" {") and not reader.lexicon.find(
            sign
        ):
            return f"a change, or {sign} declared"
        case Symbol(), Product((Symbol(), Symbol())) if OPENS.fullmatch(between):
            return torn(right, reader)
        case ((Power(Number()) | Symbol()), Number()) if not _BRACE.sub("", between).strip(" ~{}\\,;"):
            return _before_number(left, right, between, reader)
        case Power(Number()), Symbol(name) if name in _BARE_UNITS and not between.strip(" ~\\,;"):
            return "" if reader.lexicon.find(name) else UNIT
    return ""


def _before_number(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What a number behind a name or a power may be, without a sign between them: a digit of a code, of a word over an
    alphabet, of a designation."""
    if not isinstance(left, Symbol):
        return "a sign between the factors"
    after = reader.latex[right.span[1] :].lstrip()[:1]
    word = len(parts(left.name)[0]) > 1 and left.name not in _COMMANDS and left.name.isalpha()
    return "a sign between the factors" if word or (between == " " and after.isalpha()) else ""


def _is_variation(reader: Reader) -> bool:
    """Whether a delta is no factor: nobody declared it, or it is declared as an operator."""
    return reader.lexicon.find("delta") is None or "delta" in reader.lexicon.functional


def _called(left: Term, right: Term, between: str, reader: Reader) -> str:
    """What stands before a bracket, or touches an application, and is applied to it rather than multiplied with it."""
    opens = OPENS.fullmatch(between)
    match left, right:
        case Symbol("d"), _ if opens and ("d" not in reader.lexicon.names or _DIFFERENTIALS.search(reader.latex)):
            return "one value, not a derivative of what is in the brackets"
        case Symbol(name), Apply(inner) if not between.strip() and _is_operator(name, inner, reader):
            return "one value, not the derivative of a map of vectors"
        case Symbol("D"), (Symbol(name) | Apply(name)) if name.startswith(BOLD) and not between.strip():
            return "one value, not the derivative of a map of vectors"
        case Power(Symbol(name), exponent), _ if opens or _OPENS_SQUARE.fullmatch(between):
            known = reader.lexicon.find(name) and isinstance(right, Symbol) and reader.lexicon.find(right.name)
            if not known and _is_raised_function(name, exponent, right):
                return "a power behind the brackets, or a sign between the factors"
        case Derivative(), (Symbol() | Number()) if opens:
            return "a product, not the value of a derivative at a point"
        case Apply("derivative"), _ if _MEETS.fullmatch(between):
            return "one value, not a derivative named by brackets at a point"
        case Apply(function), Symbol(name) if (
            (opens or _MEETS.fullmatch(between)) and function not in FUNCTIONS and not name.startswith("Delta ")
        ):
            if not _ends_bracket(reader, left, right):
                return ""
            return "a product, not a function that is the value of a function"
    return ""


def _is_raised_function(name: str, exponent: Term, right: Term) -> bool:
    """Whether what is raised behind a name may be raised behind its value: before a lone name, behind a word, a delta,
    a chi before a plain number."""
    if isinstance(right, Symbol):
        return True
    base = parts(name)[0]
    if base == "chi" and isinstance(right, Number):
        return True
    if base in _POLYNOMIALS and parts(name)[2] and not isinstance(exponent, Number):
        return True
    return base == "delta" or (len(base) >= _WORD and base.isalpha() and base not in _COMMANDS and exponent == _TWO)


def _is_operator(name: str, function: str, reader: Reader) -> bool:
    """Whether an undeclared `D` or `d` touches a function that it derives: `Df(x)`, `D_a\\phi(x)`, `df_p(v)`."""
    if reader.lexicon.find(name) is not None or function.partition("_")[0] in FUNCTIONS:
        return False
    if parts(name)[0] == "D":
        return function[0].islower() and function.partition("_")[0] in _MAPS
    return name == "d" and "_" in function and re.search(r"(?<![A-Za-z\\])[bc](?=[A-Za-z])", reader.latex) is None


def _ends_bracket(reader: Reader, left: Term, right: Term) -> bool:
    """Whether a function stands before its bracket, and the bracket behind it holds one name and nothing else."""
    closes = re.match(r"\s*(?:\\right|\\big|\\Big)?\s*\)", reader.latex[right.span[1] :])
    return closes is not None and reader.latex[: left.span[1]].endswith(")")


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
        case Number(), Number() if not between.strip(" ~{}\\,;"):
            return "one number, or a sign between two"
        case Number(step=step), Number() if 0 < step < 1 and OPENS.fullmatch(between):
            return "a number without repeating or doubtful digits"
    return ""


def _are_words(left: Term, right: Term, reader: Reader) -> bool:
    """Whether two names side by side are words of a phrase: none declared, one of four letters or more, or both of
    several; or the first is an operator of words (`ess sup`)."""
    if isinstance(left, Symbol) and parts(left.name)[0].endswith((" sup", " inf")):
        return True
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
    if any("hat(" in base for base in bases) or tuple(bases) in _CROSSED:
        return True
    return (
        sum(base in _VECTORS and reader.lexicon.find(name) is None for base, name in zip(bases, names, strict=True)) > 1
    )


def _are_ends(left: Term, right: Term) -> bool:
    """Whether two names of points with neighbouring numbers touch, as the ends of a segment do: `P_{i-1} P_i`."""
    if isinstance(left, Symbol) and isinstance(right, Symbol):
        (base, _, sub, _), (other, _, behind, _) = parts(left.name), parts(right.name)
        return base == other and base in _POINTS and sub in (f"{behind}-1", f"{behind}+1")
    if not (isinstance(left, Apply) and isinstance(right, Apply) and left.indexed and right.indexed):
        return False
    one, two = left.arguments[0], right.arguments[0]
    return left.function == right.function and left.function in _POINTS and isinstance(one, Sum) and two in one.terms


def _is_function(term: Term) -> bool:
    """Whether a factor beside a star may be a signal."""
    if isinstance(term, Symbol):
        return parts(term.name)[0] in _FUNCTION_LETTERS or "mathbf(" in term.name
    if not isinstance(term, Apply) or term.function in FUNCTIONS or term.function.partition("_")[0] in _PROBABLE:
        return False
    return not isinstance(term.arguments[0], Quotient)
