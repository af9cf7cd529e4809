r"""Names: letters, Greek, accents, concentrations, changes, and what follows them.

Vocabulary first: a declared name wins over every other way to read its letters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from vaultcheck.formula.grammar_applied import applied_to, element_of, expectation, raised_function
from vaultcheck.formula.grammar_calls import is_single_argument
from vaultcheck.formula.grammar_runs import after_argument, split_run
from vaultcheck.formula.grammar_suffixes import indexed_by_bound, suffixed
from vaultcheck.formula.model import Apply, Constant, ConstantName, Derivative, Negative, Number, Power, Symbol, Term
from vaultcheck.formula.names import ACCENTS, accented, closing, compose, flat, parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token
from vaultcheck.formula.words import FUNCTIONS, joins

LETTERS = GREEK | {"hbar", "ell", "imath", "jmath", "Re", "Im", "aleph", "wp", "mathbb", "dif"}
"""Commands that are letters."""
_OPERATIONS = frozenset(("cdot", "frac", "prod", "sum", "times", "sqrt", "pm", "mp", "cap", "cup", "circ", "oplus"))
_DOTS = {"dot": 1, "ddot": 2, "dddot": 3}
_DIFFERENTIAL = re.compile(r"(?<![A-Za-z\\])[A-Za-z]?d[A-Z](?![A-Za-z])")
_EULER = re.compile(r"(?<![A-Za-z\\])e\s*\^")
_EULERS = re.compile(r"(?<!\\)(?<![a-z]{2})e\s*\^\s*(?:\{\s*([^{}]*)\}?|([^\s{]))")
_BESIDE_CHARGE = re.compile(r"\\(?:var)?epsilon|\\hbar|\\mu(?![a-z])|m_\{?e")
_DIFFERENTIATED = GREEK | ACCENTS
_SPECIES = re.compile(r"\(?[A-Z][A-Za-z0-9()·]*[+\-]?|[A-Z]\d*[+\-]?|[a-z]{3,}(?: [a-z]+)*")


def name_from_word(reader: Reader) -> Term:
    """What a run of letters stands for, or its first part; the rest is left as tokens of kind `seg`."""
    token = reader.peek()
    if token.text == "d" and _is_differential(reader):
        reader.take()
        return _differential(reader, token)
    if token.text == "e" and is_euler(reader, token, reader.at + 1):
        reader.take()
        return Constant(ConstantName.E, span=(token.start, token.end))
    split_run(reader)
    token = reader.take()
    return finish(reader, token.text, token.start)


def _is_differential(reader: Reader) -> bool:
    """Whether a lone `d` is that of a differential: undeclared, and so is every lone `d` of the formula, before a
    letter, twice at least."""
    if "d" in reader.lexicon.names:
        return False
    places = [at for at, token in enumerate(reader.tokens) if token.kind == "word" and token.text == "d"]
    followers = [reader.tokens[at + 1] for at in places]
    runs = sum(
        token.kind in ("word", "seg") and len(token.text) == 2 and token.text[0] == "d" for token in reader.tokens
    )
    touching = (
        followers[:1] and followers[0].text in _DIFFERENTIATED and followers[0].start == reader.tokens[places[0]].end
    )
    return (len(places) + runs > 1 or bool(touching)) and all(
        (token.kind == "word" and len(token.text) == 1) or (token.kind == "cmd" and token.text in _DIFFERENTIATED)
        for token in followers
    )


def _differential(reader: Reader, token: Token) -> Term:
    """`d x` as one name."""
    letter = reader.take_letter()
    base = accented(letter.text, reader.group()) if letter.text in ACCENTS else letter.text
    reader.guess(token.start, f"read d {base} as one name, a differential")
    return finish(reader, f"d{base}", token.start)


def is_euler(reader: Reader, token: Token, at: int) -> bool:
    """Whether the `e` that `token` is, with `at` the place of the token behind it, is Euler's number: something is
    raised behind it, or behind another `e` of the formula. A declared `e` is that only with a name raised."""
    after = reader.tokens[at]
    if after.text == "^" and after.kind == "sym":
        return _raises_euler(reader, token, at)
    if "e" in reader.lexicon.names or after.text in ("_", "'"):
        return False
    if "!" in reader.latex and "n" in reader.letters:
        return True
    return _EULER.search(reader.latex) is not None and not _is_charge(reader)


def _raises_euler(reader: Reader, token: Token, at: int) -> bool:
    """The same for an `e` with something raised behind it."""
    raised = reader.tokens[at + 1 : after_argument(reader.tokens, at + 1)]
    inside = [piece for piece in raised if not (piece.kind == "sym" and piece.text in "{}")]
    if len(inside) == 1 and inside[0].text in ("+", "-"):
        return len(raised) == 1 and inside[0].text == "-" and reader.tokens[at + 2].kind in ("num", "word", "cmd")
    if "e" not in reader.lexicon.names:
        return not _is_charge(reader)
    named = any(piece.kind == "word" or piece.text in GREEK for piece in inside)
    if not named or [piece.text for piece in inside] == ["T"]:
        return False
    return reader.choose("euler", True, token.start, "read e as Euler's number", "read e as the declared e")


def _is_charge(reader: Reader) -> bool:
    r"""Whether `e^2` is the square of a charge or an eccentricity: nothing else is raised behind an `e`, and letters
    of such formulas stand beside it."""
    raised = {(braced or lone).strip() for braced, lone in _EULERS.findall(reader.latex)}
    return bool(raised) and raised <= {"2", "4"} and _BESIDE_CHARGE.search(reader.latex) is not None


def name_from_command(reader: Reader) -> Term:
    r"""`\tau`, `\Delta G`, `\bar{g}`, `\dot V`, `\mathbb{E}`, with what follows."""
    token = reader.take()
    if token.text in _DOTS:
        return _dotted(reader, token, reader.group())
    if token.text in ACCENTS:
        return _accented(reader, token)
    if token.text == "mathbb":
        inner = flat(reader.group()) if reader.is_sym("{") or reader.peek().kind == "word" else ""
        if inner not in ("E", "P", "V"):
            raise reader.stop("a number or a name, not a set", token)
        if reader.is_sym("[") and (expected := expectation(reader, inner, token.start, sure=True)) is not None:
            return expected
        return finish(reader, inner, token.start)
    if token.text == "delta" and reader.peek().kind == "cmd" and reader.peek().text in ACCENTS - {"hat"}:
        mark = reader.take().text
        return finish(reader, f"delta {accented(mark, reader.group())}", token.start)
    if token.text == "delta" and _is_inexact(reader):
        letter = reader.take_letter()
        reader.guess(token.start, f"read δ{letter.text} as one name, a differential")
        return finish(reader, f"delta {letter.text}", token.start)
    if token.text == "Delta" and _delta_takes(reader):
        return _change(reader, token)
    named = reader.is_sym("_") or reader.is_sym("'") or (is_single_argument(reader) and not _is_raised(reader))
    if token.text == "pi" and "pi" not in reader.lexicon.names and not named:
        return Constant(ConstantName.PI, span=(token.start, token.end))
    return finish(reader, token.text, token.start)


def _spans(inside: list[Token], points: bool) -> bool:
    r"""Whether what stands under an accent is no name: an operation, a power, several names with subscripts; two of
    those under an arrow are the ends of a vector (`points`)."""
    if any(t.kind == "cmd" and t.text in _OPERATIONS for t in inside) or any(
        t.kind == "sym" and t.text in "+-=(<>/" for t in inside
    ):
        return True
    for at, (token, after) in () if points else enumerate(pairwise(inside)):
        if token.kind != "sym" or token.text not in "^_":
            continue
        raised = inside[at + 2] if after.text == "{" and at + 2 < len(inside) else after
        if token.text == "^" and (raised.kind == "num" or inside[at - 1].text == "e"):
            return True
        behind = after_argument([*inside, token], at + 1)
        if token.text == "_" and behind < len(inside) and inside[behind].kind in ("word", "seg"):
            return True
    return False


def _is_raised(reader: Reader) -> bool:
    """Whether a power stands behind the bracket that comes next: `\\pi (r)^2`."""
    return reader.tokens[closing(reader.tokens, reader.at) + 1].text == "^"


def _accented(reader: Reader, token: Token) -> Term:
    """A name under an accent, or the accent as a function of what is no name (`\\overline{x + y}`)."""
    at = reader.at
    inside = reader.group()
    if any(t.text == "mathbb" for t in inside):
        raise reader.stop("a number or a name, not a set", token)
    if inside and inside[0].kind == "cmd" and inside[0].text == "nabla":
        raise reader.stop("one value, not a vector of derivatives", token)
    if inside and inside[0].kind == "cmd" and inside[0].text in _DOTS:
        return _dotted(reader, inside[0], [token, *inside[1:]])
    if token.text == "mathbf" and _holds_several(inside):
        raise reader.stop("one value, not a product of vectors", token)
    run = inside[0].text if token.text == "mathbf" and inside and inside[0].kind == "word" else ""
    if len(run) > 1 and reader.lexicon.find(f"mathbf({run})") is None:
        raise reader.stop("one value, not a product of vectors", token)
    if _spans(inside, token.text == "vec"):
        if token.text == "mathbf":
            raise reader.stop("one value, not a product of vectors", token)
        if len(inside) == 1:
            raise reader.stop("a name, not a sign of correspondence", token)
        reader.at = at
        return Apply(token.text, (reader.argument(),), span=reader.since(token.start))
    base, primes, sub, sup = parts(accented(token.text, inside))
    if _is_bound(reader, sub):
        index = tuple(Symbol(letter, span=reader.since(token.start)) for letter in sub if letter.isalpha())
        return Apply(base + "'" * primes, index, indexed=True, span=reader.since(token.start))
    if sub or sup or primes:
        start = token.start
        name, exponent, _ = suffixed(reader, base + "'" * primes, start, sub)
        term: Term = Symbol(name + (f"^{sup}" if sup else ""), span=reader.since(start))
        if reader.is_sym("("):
            term = applied_to(reader, name, start) or term
        return term if exponent is None else Power(term, exponent, span=reader.since(start))
    return finish(reader, base, token.start)


def _holds_several(inside: list[Token]) -> bool:
    r"""Whether several letters are set in bold together: a product of vectors or matrices, `\mathbf{A \vec x}`."""
    first = next((at for at, token in enumerate(inside) if token.text not in ACCENTS | {"{"}), 0)
    behind = [token for token in inside[first + 1 :] if token.text not in ("{", "}", "'")]
    return bool(behind) and all(
        token.kind in ("word", "seg") or token.text in GREEK | ACCENTS for token in (inside[first], *behind)
    )


def _is_inexact(reader: Reader) -> bool:
    r"""Whether `\\delta W` is one name: differentials stand in the formula."""
    if reader.peek().kind != "word" and reader.peek().text not in GREEK:
        return False
    behind = [after for token, after in pairwise(reader.tokens) if token.kind == "cmd" and token.text == "delta"]
    several = len(behind) > 1 and all(token.kind in ("word", "seg") or token.text in GREEK for token in behind)
    return several or _DIFFERENTIAL.search(reader.latex) is not None


def _is_bound(reader: Reader, sub: str) -> bool:
    """Whether a subscript speaks of the index of a sum around it."""
    return any(letter in reader.bound for letter in sub)


def _delta_takes(reader: Reader) -> bool:
    r"""Whether `\Delta` and the name after it are one name: a change of something."""
    after = reader.peek()
    if _stands_alone(reader):
        return False
    if after.kind == "text":
        return after.text.isalpha() and not joins(after.text)
    return after.kind in ("word", "name", "seg") or (
        after.kind == "cmd" and after.text in (LETTERS | ACCENTS) - {"Delta"}
    )


def _stands_alone(reader: Reader) -> bool:
    r"""Whether a `\Delta` of the formula is a name of its own, a step: one stands before a brace, a sign or a power."""
    return any(
        token.text == "Delta" and (after.kind == "end" or after.text in ("}", "=", "+", "-", "^", ")", ","))
        for token, after in pairwise(reader.tokens)
    )


def _change(reader: Reader, token: Token) -> Term:
    """`\\Delta G` and `\\Delta t` as one name, the subscript of the letter being that of the change."""
    after = reader.peek()
    derived = rf"\\partial\s*_|frac\s*\{{\s*\\partial\s*(?:\^\{{?\d\}}?\s*)?\{{?\\?{re.escape(after.text)}(?![A-Za-z])"
    if re.search(derived, reader.latex):
        raise reader.stop("a change, not the Laplace operator", token)
    if after.kind == "word" and len(after.text) > 1 and reader.lexicon.find(f"Delta {after.text}") is None:
        if after.text in ("KE", "PE") or reader.lexicon.find(after.text) is not None:
            reader.take()
            return finish(reader, f"Delta {after.text}", token.start)
        if after.text.isupper() and not set(after.text) <= reader.letters:
            raise reader.stop(f"a declared name: {after.text} is not one", after)
        after = reader.take_letter()
        return finish(reader, f"Delta {after.text}", token.start)
    if after.kind == "cmd" and after.text in ACCENTS:
        reader.take()
        return finish(reader, f"Delta {accented(after.text, reader.group())}", token.start)
    reader.take()
    return finish(reader, f"Delta {after.text}", token.start)


def _dotted(reader: Reader, token: Token, tokens: list[Token]) -> Term:
    """A derivative by time, written as dots over the name that `tokens` spell."""
    inner = flat(tokens)
    if len(tokens) > 1 and tokens[0].text in ("delta", "Delta"):
        raise reader.stop("one name under the dot", token)
    sub, base = "", inner
    for place, piece in enumerate(tokens):
        if piece.text == "_" and piece.kind == "sym":
            base, sub = flat(tokens[:place]), flat(tokens[place + 1 :])
            break
    if tokens and tokens[0].kind == "cmd" and tokens[0].text in ACCENTS:
        base, _, sub, _ = parts(accented(tokens[0].text, tokens[1:]))
    if (indexed := indexed_by_bound(reader, base, token.start)) is not None or _is_bound(reader, sub):
        if indexed is None:
            raise reader.stop("the index behind the dot and not under it", token)
        return Derivative(indexed, Symbol("t", span=indexed.span), _DOTS[token.text], span=indexed.span)
    name, exponent, start = suffixed(reader, base, token.start, sub)
    if reader.is_sym("("):
        inner_term = applied_to(reader, name, start)
        if isinstance(inner_term, Apply) and inner_term.arguments != (Symbol("t"),):
            order = _DOTS[token.text]
            return Apply(inner_term.function, inner_term.arguments, primes=order, span=reader.since(start))
        if inner_term is not None:
            return Derivative(inner_term, Symbol("t", span=(start, start)), _DOTS[token.text], span=reader.since(start))
    declared = reader.lexicon.find(compose(f"dot({base})", 0, sub))
    span = reader.since(start)
    term: Term = Derivative(Symbol(name, span=span), Symbol("t", span=span), _DOTS[token.text], span=span)
    if declared:
        term = Symbol(declared, span=span)
    return term if exponent is None else Power(term, exponent, span=reader.since(start))


def finish(reader: Reader, base: str, start: int) -> Term:
    """The name that begins with `base`: its primes, subscript and charge, then what it is applied to, its power."""
    bound = indexed_by_bound(reader, base, start)
    if isinstance(bound, Apply):
        applied = applied_to(reader, base, start) if reader.is_sym("(") else None
        if not isinstance(applied, Apply):
            return bound
        reader.guess(start, f"read {base} as a function of its index, too")
        return Apply(bound.function, (*bound.arguments, *applied.arguments), span=reader.since(start))
    name, exponent, start = suffixed(reader, base, start, "")
    found = reader.lexicon.find(name)
    if found is not None and found != name:
        reader.guess(start, f"read {name} as the declared {found}")
        name = found
    term: Term = Symbol(name, span=reader.since(start))
    if exponent is None and (raised := raised_function(reader, name, start)) is not None:
        return raised
    if reader.is_sym("("):
        applied = applied_to(reader, name, start)
        if applied is not None:
            term = applied
    elif (expected := expectation(reader, name, start)) is not None:
        term = expected
    elif (element := element_of(reader, name, start)) is not None:
        term = element
    if exponent is not None:
        if isinstance(term, Apply) and exponent == Negative(Number(Fraction(1), Fraction(1))):
            return replace(term, function=f"{term.function}^-1")
        term = Power(term, exponent, span=reader.since(start))
    return term


def concentration(reader: Reader) -> Term | None:
    """`[K^+]_o`: the bracket that opens next as a name, or `None` where it only groups."""
    tokens, end = reader.tokens, reader.at + 1
    while end < len(tokens) - 1 and not (tokens[end].kind == "sym" and tokens[end].text in "[]"):
        end += 1
    if tokens[end].text != "]":
        return None
    inside = tokens[reader.at + 1 : end]
    if any(token.kind == "cmd" and token.text in FUNCTIONS for token in inside):
        return None
    text = flat(inside)
    declared = any(known.startswith(f"[{text}]") for known in reader.lexicon.names)
    if not declared and (_SPECIES.fullmatch(text) is None or any(token.text in ("cdot", "times") for token in inside)):
        return None
    start = reader.here()
    reader.at = end + 1
    return finish(reader, f"[{text}]", start)
