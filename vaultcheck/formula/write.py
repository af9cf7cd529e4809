r"""Prints a tree: `to_latex(term)` reads back to the same tree, `to_text(term)` is for people (`PSC = g · V_df`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from vaultcheck.formula.model import (
    Absolute,
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Derivative,
    Factorial,
    Integral,
    Limit,
    Measured,
    Negative,
    Number,
    Piecewise,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Relation,
    RelationKind,
    Root,
    Series,
    Sum,
    Symbol,
    Term,
)
from vaultcheck.formula.words import LATEX_FUNCTIONS
from vaultcheck.formula.write_names import latex_name, latex_unit, text_name

_SIGNS = {
    RelationKind.EQUAL: "=",
    RelationKind.DEFINED: ":=",
    RelationKind.IDENTICAL: r"\equiv",
    RelationKind.APPROXIMATE: r"\approx",
    RelationKind.PROPORTIONAL: r"\propto",
    RelationKind.LESS: "<",
    RelationKind.LESS_EQUAL: r"\leq",
    RelationKind.GREATER: ">",
    RelationKind.GREATER_EQUAL: r"\geq",
    RelationKind.MUCH_LESS: r"\ll",
    RelationKind.MUCH_GREATER: r"\gg",
    RelationKind.UNEQUAL: r"\neq",
}
_CONSTANTS = {
    ConstantName.PI: (r"\pi", "π"),
    ConstantName.E: (r"\mathrm{e}", "e"),
    ConstantName.INFINITY: (r"\infty", "∞"),
}
_SUM, _NEGATIVE, _PRODUCT, _ATOM = range(4)


def to_latex(tree: Term | Relation) -> str:
    """The tree as LaTeX that `latex.read` reads back to an equal tree."""
    if isinstance(tree, Relation):
        return f"{_latex(tree.left, _SUM)} {_SIGNS[tree.kind]} {_latex(tree.right, _SUM)}"
    return _latex(tree, _SUM)


def to_text(tree: Term | Relation) -> str:
    """The tree in plain Unicode, for reports: what was understood."""
    if isinstance(tree, Relation):
        return f"{_text(tree.left, _SUM)} {tree.kind.value} {_text(tree.right, _SUM)}"
    return _text(tree, _SUM)


@dataclass(frozen=True, slots=True)
class _Style:
    """What differs between the two ways to print: a part at a level, brackets, the signs."""

    part: Callable[[Term, int], str]
    bracket: Callable[[str], str]
    minus: str
    pm: tuple[str, str]


def _latex(term: Term, level: int) -> str:
    """LaTeX of a term, in brackets where it binds more loosely than `level`."""
    shown, own = _shared(term, _LATEX) or _LATEX_FORMS[type(term)](term)
    return _LATEX.bracket(shown) if own < level else shown


def _text(term: Term, level: int) -> str:
    """Plain text of a term, in brackets where it binds more loosely than `level`."""
    shown, own = _shared(term, _TEXT) or _TEXT_FORMS[type(term)](term)
    return _TEXT.bracket(shown) if own < level else shown


_LATEX = _Style(_latex, lambda inside: rf"\left({inside}\right)", "-", (r"\pm", r"\mp"))
_TEXT = _Style(_text, lambda inside: f"({inside})", "−", ("±", "∓"))


def _shared(term: Term, style: _Style) -> tuple[str, int] | None:
    """What both styles print alike: sums and signs."""
    match term:
        case Sum(terms):
            shown = style.part(terms[0], _NEGATIVE)
            for part in terms[1:]:
                if isinstance(part, Negative):
                    shown += f" {style.minus} {style.part(part.term, _PRODUCT)}"
                else:
                    shown += f" + {style.part(part, _PRODUCT)}"
            return shown, _SUM
        case Negative(inner):
            return f"{style.minus}{style.part(inner, _PRODUCT)}", _NEGATIVE
        case PlusMinus(left, right, sign):
            before = "" if left is None else style.part(left, _SUM) + " "
            if isinstance(left, Number) and style is _LATEX:
                before = style.bracket(style.part(left, _SUM)) + " "
            return f"{before}{style.pm[sign < 0]} {style.part(right, _PRODUCT)}", _SUM
        case _:
            return None


def digits(number: Number) -> str:
    """The digits of a number as precise as it was written, without its error bar."""
    places = 0
    step = number.step
    while step and step < 1:
        step *= 10
        places += 1
    if not places and number.value.denominator != 1:
        return f"{number.value.numerator}/{number.value.denominator}"
    scaled = number.value * 10**places
    whole = str(abs(round(scaled))).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)


def _error(number: Number) -> str:
    """The half-width of a number's error bar, in as many digits as it needs."""
    error = number.error or Fraction(0)
    step = Fraction(1)
    while error % step and step > Fraction(1, 10**30):
        step /= 10
    return digits(Number(error, step))


def _latex_number(term: Number) -> tuple[str, int]:
    if term.error is not None:
        return f"{digits(term)} \\pm {_error(term)}", _SUM
    return digits(term), _ATOM if term.value >= 0 else _NEGATIVE


def _latex_product(term: Product) -> tuple[str, int]:
    shown, before = "", None
    for factor in term.factors:
        part = _latex(factor, _ATOM)
        if isinstance(factor, Measured) and before is not None:
            part = _LATEX.bracket(_latex(factor, _SUM))
        sign = r" \times " if isinstance(before, Measured) else r" \cdot "
        shown += part if before is None else sign + part
        before = factor
    return shown, _PRODUCT


def _latex_power(term: Power) -> tuple[str, int]:
    if term.base == Constant(ConstantName.E):
        base = "e"
    elif isinstance(term.base, Symbol) and "^" in term.base.name:
        base = f"{{{_latex(term.base, _ATOM)}}}"
    elif isinstance(term.base, Measured | Power | Derivative | Integral | Series | Limit | Apply | Quotient):
        base = _LATEX.bracket(_latex(term.base, _SUM))
    else:
        base = _latex(term.base, _ATOM)
    exponent = _latex(term.exponent, _SUM)
    if isinstance(term.exponent, Symbol) or (isinstance(term.exponent, Number) and term.exponent.value == 0):
        exponent = _LATEX.bracket(_LATEX.bracket(exponent))
    return f"{base}^{{{exponent}}}", _ATOM


def _is_two(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 2


def _latex_root(term: Root) -> tuple[str, int]:
    index = "" if _is_two(term.index) else f"[{_latex(term.index, _SUM)}]"
    return rf"\sqrt{index}{{{_latex(term.radicand, _SUM)}}}", _ATOM


def _latex_factorial(term: Factorial) -> tuple[str, int]:
    plain = isinstance(term.term, Symbol | Number | Absolute) and not isinstance(term.term, Measured)
    inner = _latex(term.term, _ATOM) if plain else _LATEX.bracket(_latex(term.term, _SUM))
    return f"{inner}!", _ATOM


def _latex_apply(term: Apply) -> tuple[str, int]:
    inside = ", ".join(_latex(argument, _SUM) for argument in term.arguments)
    if term.indexed:
        return f"{latex_name(term.function)}_{{{inside}}}", _ATOM
    head, mark, label = term.function.partition("_")
    if head in ("sum", "prod", "int") and term.base is None and not term.primes:
        body = _LATEX.bracket(_latex(term.arguments[0], _SUM))
        behind = "".join(rf" \, \mathrm{{d}} {_latex(argument, _ATOM)}" for argument in term.arguments[1:])
        return rf"\{head}{f'_{{{label}}}' if mark else ''} {body}{behind}", _NEGATIVE
    if term.function.endswith("|"):
        given = _LATEX.bracket(_conditional(term, r" \mid ", _latex))
        return rf"\mathop{{{latex_name(term.function.rstrip('|'))}}}{given}", _ATOM
    if head in LATEX_FUNCTIONS:
        base = f"_{{{_latex(term.base, _SUM)}}}" if term.base is not None else f"_{{{label}}}" if mark else ""
        return f"{LATEX_FUNCTIONS[head]}{base}{_LATEX.bracket(inside)}", _ATOM
    return rf"\mathop{{{latex_name(term.function)}}}" + "'" * term.primes + _LATEX.bracket(inside), _ATOM


def _conditional(term: Apply, bar: str, shown: Callable[[Term, int], str]) -> str:
    """The arguments with a bar behind as many of them as bars stand behind the name: `P||` of a, b, c is `a, b | c`."""
    inside = [shown(argument, _SUM) for argument in term.arguments]
    count = len(term.function) - len(term.function.rstrip("|"))
    return bar.join(", ".join(some) for some in (inside[:count], inside[count:]) if some)


def _latex_derivative(term: Derivative) -> tuple[str, int]:
    mark = r"\partial" if term.partial else r"\mathrm{d}"
    order = f"^{{{term.order}}}" if term.order > 1 else ""
    body = _LATEX.bracket(_latex(term.term, _SUM))
    return rf"\frac{{{mark}{order}}}{{{mark} {latex_name(term.variable.name)}{order}}}{body}", _PRODUCT


def _latex_integral(term: Integral) -> tuple[str, int]:
    bounds = ""
    if term.lower is not None and term.upper is not None:
        bounds = f"_{{{_latex(term.lower, _SUM)}}}^{{{_latex(term.upper, _SUM)}}}"
    return rf"\int{bounds} {_latex(term.body, _PRODUCT)} \, \mathrm{{d}} {latex_name(term.variable.name)}", _NEGATIVE


def _latex_series(term: Series) -> tuple[str, int]:
    lower = "" if term.lower is None else f"={_latex(term.lower, _SUM)}"
    upper = "" if term.upper is None else f"^{{{_latex(term.upper, _SUM)}}}"
    sign = r"\prod" if term.product else r"\sum"
    body = _LATEX.bracket(_latex(term.body, _SUM))
    return f"{sign}_{{{latex_name(term.index.name)}{lower}}}{upper} {body}", _NEGATIVE


def _latex_limit(term: Limit) -> tuple[str, int]:
    side = f"^{{{term.direction}}}" if term.direction else ""
    plain = isinstance(term.point, Number | Constant) or term.point == Symbol("x")
    point = _latex(term.point, _SUM) if plain else _LATEX.bracket(_latex(term.point, _SUM))
    body = _LATEX.bracket(_latex(term.body, _SUM))
    return rf"\lim_{{{latex_name(term.variable.name)} \to {point}{side}}} {body}", _NEGATIVE


def _latex_pieces(term: Piecewise) -> tuple[str, int]:
    rows = [
        f"{_latex(value, _SUM)} & " + (r"\text{otherwise}" if condition is None else to_latex(condition))
        for value, condition in term.pieces
    ]
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", _ATOM


def _latex_measured(term: Measured) -> tuple[str, int]:
    plain = isinstance(term.number, Number | Product | Power | Quotient)
    number = _latex(term.number, _SUM) if plain else _LATEX.bracket(_latex(term.number, _SUM))
    return rf"{number}\,{latex_unit(term.unit.text)}", _PRODUCT


_LATEX_FORMS: dict[type, Callable[..., tuple[str, int]]] = {
    Number: _latex_number,
    Constant: lambda term: (_CONSTANTS[term.name][0], _ATOM),
    Symbol: lambda term: (latex_name(term.name), _ATOM),
    Product: _latex_product,
    Quotient: lambda term: (rf"\frac{{{_latex(term.numerator, _SUM)}}}{{{_latex(term.denominator, _SUM)}}}", _ATOM),
    Power: _latex_power,
    Root: _latex_root,
    Absolute: lambda term: (rf"\left|{_latex(term.term, _SUM)}\right|", _ATOM),
    Factorial: _latex_factorial,
    Binomial: lambda term: (rf"\binom{{{_latex(term.upper, _SUM)}}}{{{_latex(term.lower, _SUM)}}}", _ATOM),
    Apply: _latex_apply,
    Derivative: _latex_derivative,
    Integral: _latex_integral,
    Series: _latex_series,
    Limit: _latex_limit,
    Piecewise: _latex_pieces,
    Measured: _latex_measured,
}


def _text_number(term: Number) -> tuple[str, int]:
    shown = digits(term).replace("-", "−")
    if term.error is not None:
        return f"{shown} ± {_error(term)}", _PRODUCT
    return shown, _ATOM if term.value >= 0 else _NEGATIVE


def _text_quotient(term: Quotient) -> tuple[str, int]:
    return f"{_text(term.numerator, _ATOM)}/{_text(term.denominator, _ATOM)}", _PRODUCT


def _text_apply(term: Apply) -> tuple[str, int]:
    inside = ", ".join(_text(argument, _SUM) for argument in term.arguments)
    if term.indexed:
        return f"{text_name(term.function)}[{inside}]", _ATOM
    if term.function.endswith("|"):
        return f"{text_name(term.function.rstrip('|'))}({_conditional(term, ' | ', _text)})", _ATOM
    base = "" if term.base is None else f"_{_text(term.base, _ATOM)}"
    primes = "'" * term.primes
    return f"{text_name(term.function)}{base}{primes}({inside})", _ATOM


def _text_derivative(term: Derivative) -> tuple[str, int]:
    mark = "∂" if term.partial else "d"
    order = f"^{term.order}" if term.order > 1 else ""
    under = f"{mark}{text_name(term.variable.name)}{order}"
    if isinstance(term.term, Symbol):
        return f"{mark}{order}{text_name(term.term.name)}/{under}", _PRODUCT
    return f"{mark}{order}/{under} ({_text(term.term, _SUM)})", _NEGATIVE


def _text_integral(term: Integral) -> tuple[str, int]:
    bounds = ""
    if term.lower is not None and term.upper is not None:
        bounds = f"[{_text(term.lower, _SUM)}..{_text(term.upper, _SUM)}]"
    return f"∫{bounds} {_text(term.body, _PRODUCT)} d{text_name(term.variable.name)}", _NEGATIVE


def _text_series(term: Series) -> tuple[str, int]:
    sign = "∏" if term.product else "∑"
    lower = "" if term.lower is None else f"={_text(term.lower, _SUM)}"
    upper = "" if term.upper is None else f"..{_text(term.upper, _SUM)}"
    return f"{sign}[{text_name(term.index.name)}{lower}{upper}] {_text(term.body, _PRODUCT)}", _NEGATIVE


def _text_limit(term: Limit) -> tuple[str, int]:
    head = f"lim[{text_name(term.variable.name)}→{_text(term.point, _SUM)}{term.direction}]"
    return f"{head} {_text(term.body, _PRODUCT)}", _NEGATIVE


def _text_pieces(term: Piecewise) -> tuple[str, int]:
    rows = [
        f"{_text(value, _SUM)} {'otherwise' if condition is None else 'if ' + to_text(condition)}"
        for value, condition in term.pieces
    ]
    return "{" + "; ".join(rows) + "}", _ATOM


def _text_root(term: Root) -> tuple[str, int]:
    if _is_two(term.index):
        return f"√{_TEXT.bracket(_text(term.radicand, _SUM))}", _ATOM
    return f"root_{_text(term.index, _ATOM)}({_text(term.radicand, _SUM)})", _ATOM


_TEXT_FORMS: dict[type, Callable[..., tuple[str, int]]] = {
    Number: _text_number,
    Constant: lambda term: (_CONSTANTS[term.name][1], _ATOM),
    Symbol: lambda term: (text_name(term.name), _ATOM),
    Product: lambda term: (
        " · ".join(_text(factor, _ATOM if isinstance(factor, Product) else _PRODUCT) for factor in term.factors),
        _PRODUCT,
    ),
    Quotient: _text_quotient,
    Power: lambda term: (
        f"{_text(term.base, _ATOM) if not isinstance(term.base, Power) else _TEXT.bracket(_text(term.base, _SUM))}"
        f"^{_text(term.exponent, _ATOM)}",
        _ATOM,
    ),
    Root: _text_root,
    Absolute: lambda term: (f"|{_text(term.term, _SUM)}|", _ATOM),
    Factorial: lambda term: (f"{_text(term.term, _ATOM)}!", _ATOM),
    Binomial: lambda term: (f"binom({_text(term.upper, _SUM)}, {_text(term.lower, _SUM)})", _ATOM),
    Apply: _text_apply,
    Derivative: _text_derivative,
    Integral: _text_integral,
    Series: _text_series,
    Limit: _text_limit,
    Piecewise: _text_pieces,
    Measured: lambda term: (f"{_text(term.number, _PRODUCT)} {term.unit.text}", _PRODUCT),
}
