"""What a whole side may be instead of a value: the ends of a range, a label, one name with a slash, a list, a unit."""

from __future__ import annotations

import re

from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import (
    Apply,
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
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_units import side

_TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{")
_THREE_DIGITS = 100


def sides(relation: Relation, reader: Reader) -> str:
    """Why a side of a relation is no value."""
    left, right = relation.left, relation.right
    if relation.kind is RelationKind.APPROXIMATE and (reason := _range(left, right, reader)):
        return reason
    if "\\cong" in reader.latex and isinstance(right, Symbol | Apply):
        return "a value, not a structure"
    if _is_quotient_of_name(left, reader):
        return "a quotient of declared names, or one name"
    if relation.kind is RelationKind.EQUAL and isinstance(left, Number) and _is_word(right, reader):
        return "a relation, not a label"
    if relation.kind is RelationKind.EQUAL and isinstance(right, Number) and _is_cut(left, right, reader):
        return "a decimal point, or a space behind the comma of a list"
    if relation.kind is RelationKind.EQUAL and _is_mixed(left, right, reader):
        return "a sum or a product, not a whole beside a fraction"
    return side(relation, reader)


def _is_mixed(left: Term, right: Term, reader: Reader) -> bool:
    r"""Whether a letter beside a fraction is the whole of a mixed number: `a\\frac{z}{n} = \\frac{a n + z}{n}`."""
    match left, right:
        case Product((Symbol() as whole, Quotient(upper, lower) as part)), Quotient(
            Sum((Product(scaled), more)), below
        ):
            beside = not reader.latex[whole.span[1] : part.span[0]].strip()
            return beside and more == upper and below == lower and set(scaled) == {whole, lower}
    return False


def _range(left: Term, right: Term, reader: Reader) -> str:
    """`1 \\sim 4`, `\\approx 0.15 - 0.3`: from here to there."""
    plain = _is_plain(left) and _is_plain(right)
    if plain and re.search(r"\\sim(?![a-z])", reader.latex):
        return "a relation, not a range"
    match right:
        case Sum((Number(value=low), Negative(Number(value=high)))) if 0 < low < high and not rational(left):
            return "a relation, not a range"
    return ""


def _is_plain(term: Term) -> bool:
    """Whether a side is a plain number, with its unit or without."""
    return isinstance(term, Number | Measured)


def _is_quotient_of_name(left: Term, reader: Reader) -> bool:
    """Whether a side is capitals over a letter with a slash, which may be one name."""
    if not (isinstance(left, Quotient) and isinstance(left.numerator, Symbol) and isinstance(left.denominator, Symbol)):
        return False
    name, slash = left.numerator.name, reader.latex[left.numerator.span[1] : left.denominator.span[0]]
    return len(name) > 2 and name.isupper() and slash.strip() == "/" and reader.lexicon.find(name) is None


def _is_word(term: Term, reader: Reader) -> bool:
    """Whether a side is one upright word: what a number stands for."""
    if not isinstance(term, Symbol) or reader.lexicon.find(term.name):
        return False
    return len(term.name) > 2 and _TEXT.match(reader.latex, term.span[0]) is not None


def _is_cut(left: Term, right: Number, reader: Reader) -> bool:
    """`2^{14} = 16384,1`: a power that is exactly what stands before the comma."""
    if right.step >= 1 or right.value < _THREE_DIGITS or "," not in reader.latex[slice(*right.span)]:
        return False
    return isinstance(left, Power) and rational(left) == int(right.value)
