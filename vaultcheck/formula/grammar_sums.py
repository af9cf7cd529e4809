"""Sums, products, quotients, powers: how factors are put together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from vaultcheck.formula.grammar_derivatives import is_differential
from vaultcheck.formula.grammar_evaluated import has_foot, one_value
from vaultcheck.formula.grammar_numbers import made
from vaultcheck.formula.grammar_operations import is_worded, note_sign, refuse_operator
from vaultcheck.formula.grammar_units import degree_follows, is_numeric, unit_after
from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import (
    Apply,
    Derivative,
    Factorial,
    Measured,
    Negative,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.names import flat, parts
from vaultcheck.formula.reader import Reader

_BEFORE_TEMPERATURE = frozenset("kR")
_BEHIND = frozenset("^!'_|")
"""What may stand behind a factor and belong to it."""
_TIMES = frozenset(("cdot", "times"))


def read_sum(reader: Reader) -> Term:
    """Terms with plus and minus between them; one term stays itself."""
    start = reader.here()
    terms: list[Term] = []
    steps = 0
    while True:
        sign = _sign(reader)
        begin = reader.here()
        if sign in ("pm", "mp"):
            left = _joined(terms, reader, start) if terms else None
            right = _signed_product(reader)
            reader.deeper()
            steps += 1
            terms = [PlusMinus(left, right, 1 if sign == "pm" else -1, span=reader.since(start))]
        elif sign == "" and terms:
            reader.depth -= steps
            return _joined(terms, reader, start)
        else:
            term = _signed_product(reader)
            terms.append(Negative(term, span=reader.since(begin)) if sign == "-" else term)


def _joined(terms: list[Term], reader: Reader, start: int) -> Term:
    return terms[0] if len(terms) == 1 else Sum(tuple(terms), span=reader.since(start))


def _sign(reader: Reader) -> str:
    """The plus, minus or plus-minus that comes next, stepped over; empty if none."""
    token = reader.peek()
    if token.kind == "sym" and token.text in "+-" and token.text:
        reader.take()
        return token.text
    if token.kind == "cmd" and token.text in ("pm", "mp"):
        reader.take()
        return token.text
    return ""


def _signed_product(reader: Reader) -> Term:
    """A product that may itself begin with signs: `a + -b`."""
    start = reader.here()
    if (reader.is_sym("-") or reader.is_sym("+")) and reader.at:
        reader.deeper()
        sign = reader.take().text
        term = _signed_product(reader)
        reader.depth -= 1
        return Negative(term, span=reader.since(start)) if sign == "-" else term
    return product(reader)


def product(reader: Reader) -> Term:
    """Factors, written with or without a sign between them, and divisions by a slash."""
    start = reader.here()
    factors = [_measured(reader, [])]
    slashes = 0
    while True:
        reader.count()
        token = reader.peek()
        if (token.kind == "sym" and token.text == "*") or (token.kind == "cmd" and token.text in _TIMES):
            if reader.differentials and is_differential(reader, reader.at + 1):
                reader.take()
                break
            sign = reader.take()
            factors.append(_signed_factor(reader, factors))
            note_sign(reader, sign, factors)
        elif token.kind == "sym" and token.text == "/":
            reader.take()
            numerator = _times(factors, reader, start)
            reader.deeper()
            slashes += 1
            factors = [_quotient(reader, numerator, start)]
        elif is_worded(reader):
            reader.guess(reader.here(), "the words in brackets are a remark")
            reader.at += 3
            continue
        elif reader.starts():
            refuse_operator(reader)
            if reader.is_sym("{") and reader.ahead().text in ("+", "-"):
                raise reader.stop("the sign before the brace")
            written = reader.peek().text
            factors.append(_measured(reader, factors))
            if written == "frac":
                _mix(reader, factors)
        else:
            break
        _absorb(reader, factors, start)
    reader.depth -= slashes
    return _times(factors, reader, start)


def _mix(reader: Reader, factors: list[Term]) -> None:
    r"""`2\frac{1}{3}`: two and a third, or two thirds; both are read."""
    last = factors[-1]
    part = last.number if isinstance(last, Measured) else last
    match factors[-2:-1], part:
        case [Number(whole) as number], Quotient(Number(upper), Number(lower)) if _is_mixed(whole, upper, lower):
            start = number.span[0]
            mixed = reader.choose(
                f"mixed:{start}", True, start, "a whole number and a fraction are added", "they are multiplied"
            )
            if mixed and number.error is None:
                added = Sum((number, part), span=(start, part.span[1]))
                both = replace(last, number=added, span=reader.since(start)) if isinstance(last, Measured) else added
                factors[-2:] = [both]


def _is_mixed(whole: Fraction, upper: Fraction, lower: Fraction) -> bool:
    """Whether a number before a fraction may be the whole of it: all are whole, and the fraction is less than one."""
    return upper < lower and whole >= 1 and whole.denominator == upper.denominator == lower.denominator == 1


def _times(factors: list[Term], reader: Reader, start: int) -> Term:
    vectors = [factor for factor in factors if _is_vector(factor)]
    hats = [factor for factor in factors if isinstance(factor, Symbol) and factor.name.startswith("hat(")]
    if len(vectors) > 1 or (vectors and hats and "times" in reader.signs):
        raise reader.stop("one value, not a product of vectors")
    return factors[0] if len(factors) == 1 else Product(tuple(factors), span=reader.since(start))


def _is_vector(factor: Term) -> bool:
    """Whether a factor is written as a vector or a matrix: an arrow, or bold."""
    match factor:
        case Symbol(name) | Apply(name, _):
            return name.startswith(("vec(", "mathbf("))
        case Power(base, _):
            return _is_vector(base)
        case _:
            return False


def _signed_factor(reader: Reader, before: list[Term]) -> Term:
    """A factor after an explicit sign, which may be negative: `2 \\cdot -3`."""
    start = reader.here()
    if reader.is_sym("-"):
        reader.deeper()
        reader.take()
        term = _signed_factor(reader, [])
        reader.depth -= 1
        return Negative(term, span=reader.since(start))
    return _measured(reader, before)


def _measured(reader: Reader, before: list[Term]) -> Term:
    """One factor, with the unit that follows it where it is a plain number."""
    start = reader.here()
    factor = reader.factor()
    if not is_numeric(factor):
        return factor
    whole = all(is_numeric(part) for part in before)
    unit = unit_after(reader, whole, plain=isinstance(factor, Number | Power))
    if unit is None:
        return factor
    if isinstance(factor, Number):
        factor = replace(factor, exact=False)
    return Measured(factor, unit, span=reader.since(start))


def _absorb(reader: Reader, factors: list[Term], start: int) -> None:
    r"""The unit of `3 \times 10^8\,\mathrm{m/s}` belongs to the whole number."""
    last = factors[-1]
    if len(factors) < 2 or not isinstance(last, Measured) or reader.tokens[reader.at - 1].text == ")":
        return
    if all(is_numeric(factor) for factor in factors[:-1]):
        number = Product((*factors[:-1], last.number), span=(start, last.span[0]))
        factors[:] = [Measured(number, last.unit, span=reader.since(start))]


def _quotient(reader: Reader, numerator: Term, start: int) -> Term:
    r"""What stands before a slash over what stands behind it; the unit of `15/2 \mathrm{m}` is that of both."""
    under = _denominator(reader, numerator)
    span = reader.since(start)
    if isinstance(under, Measured) and isinstance(under.number, Number) and is_numeric(numerator):
        of_both = reader.choose(
            f"both:{start}",
            rational(numerator) != 1,
            start,
            "the unit is that of the quotient",
            "the unit is under the slash",
        )
        if of_both:
            number = Quotient(numerator, under.number, span=(start, under.number.span[1]))
            return Measured(number, under.unit, span=span)
    return Quotient(numerator, under, span=span)


def _denominator(reader: Reader, numerator: Term) -> Term:
    """What stands under a slash: one factor, and the factors that touch it (`RT/zF`)."""
    start = reader.here()
    factors = [_signed_factor(reader, [])]
    while reader.starts() and _touches(reader) and not reader.is_sym("("):
        if reader.is_cmd("pi") and isinstance(factors[0], Number) and not is_numeric(numerator):
            factors.append(reader.factor())
            continue
        both = isinstance(factors[0], Number) and is_numeric(numerator)
        if not reader.choose(
            f"slash:{start}",
            not both,
            start,
            "all that touches is under the slash",
            "only the first is under the slash",
        ):
            break
        factors.append(reader.factor())
        reader.count()
    _take_rest(reader, factors, start)
    number = len(factors) == 1 and isinstance(factors[0], Number) and not is_numeric(numerator)
    if number and reader.peek().kind in ("word", "cmd") and reader.starts():
        under = reader.choose(
            f"slash:{start}", True, start, "what follows is under the slash", "what follows is not under it"
        )
        while under and reader.peek().kind in ("word", "seg", "cmd") and reader.starts():
            factors.append(reader.factor())
    lone = len(factors) == 1 and isinstance(factors[0], Symbol) and not _touches(reader)
    if lone and isinstance(factors[0], Symbol) and reader.peek().kind in ("word", "seg", "name") and reader.starts():
        under = reader.choose(
            f"slash:{start}",
            parts(factors[0].name)[0] in _BEFORE_TEMPERATURE and reader.peek().text == "T",
            start,
            "what follows is under the slash",
            "what follows is not under it",
        )
        if under:
            factors.append(reader.factor())
    if reader.is_sym("(") and reader.adjacent() and not isinstance(factors[-1], Number):
        reader.choose(f"slash:{start}", False, start, "the bracket is under the slash", "the bracket is not under it")
        if f"slash:{start}" in reader.flips:
            factors.append(reader.factor())
    return _times(factors, reader, start)


def _take_rest(reader: Reader, factors: list[Term], start: int) -> None:
    """Take what stands apart behind a number and a factor under a slash, where it is chosen so: `/2N a^2`."""
    apart = len(factors) > 1 and isinstance(factors[0], Number) and reader.peek().kind == "word" and reader.starts()
    if apart and reader.choose(
        f"rest:{start}", False, start, "all that follows is under the slash", "what stands apart is not under the slash"
    ):
        while reader.peek().kind in ("word", "seg") and reader.starts():
            factors.append(reader.factor())


def _touches(reader: Reader) -> bool:
    r"""Whether the next factor touches what is under the slash; the space that ends a command is none (`/\\pi x`)."""
    if reader.adjacent():
        return True
    before, token = reader.tokens[reader.at - 1], reader.peek()
    return before.kind == "cmd" and token.kind == "word" and token.start == before.end + 1


def read_factor(reader: Reader) -> Term:
    """An atom with what is raised behind it: powers and factorials."""
    start, begin = reader.here(), reader.at
    term = reader.atom()
    steps = 0
    while True:
        token = reader.tokens[reader.at]
        if token.kind != "sym" or token.text not in _BEHIND:
            reader.depth -= steps
            return term
        if reader.is_sym("^") and not (is_numeric(term) and degree_follows(reader)):
            term = Power(term, exponent(reader), span=reader.since(start))
        elif reader.is_sym("!") and (reader.ahead().text != "=" or reader.adjacent()):
            reader.take()
            term = Factorial(term, span=reader.since(start))
        elif reader.is_sym("'") and isinstance(term, Apply) and term.indexed:
            reader.take()
            term = replace(term, function=f"{term.function}'", span=reader.since(start))
        elif reader.is_sym("'") and not isinstance(term, Symbol | Number):
            reader.take()
            reader.guess(start, "a prime behind a bracket is read as the derivative of what is in it")
            term = Apply("derivative", (term,), span=reader.since(start))
        elif reader.is_sym("_") and isinstance(term, Derivative):
            reader.take()
            term = Apply(f"held_{flat(reader.group())}", (term,), span=reader.since(start))
            reader.guess(start, "what is lowered behind a derivative is held constant")
        elif reader.is_sym("|") and not reader.bars and _may_have_foot(reader, term, begin) and has_foot(reader):
            reader.take()
            term = one_value(reader, term, start)
        elif reader.is_sym("_") and not isinstance(term, Symbol):
            raise reader.stop("no subscript on what is not a name")
        else:
            reader.depth -= steps
            return term
        steps += 1
        reader.deeper()


def _may_have_foot(reader: Reader, term: Term, begin: int) -> bool:
    """Whether a bar behind a factor takes this factor alone: a derivative, or a function that begins its side."""
    if isinstance(term, Derivative):
        return True
    before = reader.tokens[begin - 1] if begin else None
    return isinstance(term, Apply) and (before is None or before.text in ("=", "&", "approx", ",", ":="))


def exponent(reader: Reader) -> Term:
    """What is raised after `^`."""
    start = reader.expect("^", "an exponent").start
    if reader.is_sym("-") and reader.ahead().kind in ("num", "word"):
        reader.take()
        term = Negative(reader.argument(), span=reader.since(start + 1))
        reader.guess(start, "the minus after ^ and what follows it are the exponent")
        return term
    digits = reader.peek()
    if digits.kind == "num" and len(digits.text) > 1 and reader.adjacent():
        whole = reader.choose(
            f"raised:{start}", True, start, f"all digits of {digits.text} are raised", "only the first digit is raised"
        )
        if whole:
            reader.take()
            return made(digits.text, (digits.start, digits.end))
    return reader.argument()
