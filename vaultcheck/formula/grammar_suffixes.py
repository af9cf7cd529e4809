r"""What is raised and lowered behind a name: subscripts, primes, charges, and the power that may stand between."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TypeGuard

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Product, Symbol, Term
from vaultcheck.formula.names import closing, compose, flat
from vaultcheck.formula.reader import Reader, Stop
from vaultcheck.formula.tokens import GREEK, Token, word_set

_RAISED_WORDS = word_set("max min ref eq tot obs ext int in out rev th exp calc mod opt crit std eff net sat")
_RAISED_SIGNS = word_set("circ degree ominus dagger ddagger star perp parallel standardstate")
_SIGNS = word_set("approx leq geq neq cdot times quad qquad Rightarrow iff pm equiv \\")
_LONGEST_INDEX = 2
_SPELLED_LETTERS = word_set("pi mu nu xi chi phi psi rho tau")
"""Greek letters that two or three Latin ones spell."""
_TIMES_NOTHING = re.compile(r"\s*[a-z]0\s*=\s*0\s*")
_CHARGE = re.compile(r"\d?[+\-*'°†‡]|\(\w+\)|[+\-]{1,3}|'+|\*+")


def suffixed(reader: Reader, base: str, start: int, sub: str) -> tuple[str, Term | None, int]:
    """The normal form of a name with all that is raised and lowered behind it, and its exponent where it has one."""
    primes, sup, exponent = 0, "", None
    while (behind := reader.tokens[reader.at]).kind == "sym" and behind.text in "'_^":
        if reader.is_sym("'"):
            reader.take()
            primes += 1
        elif reader.is_sym("_") and not sub:
            reader.take()
            sub = _subscript(reader, base)
        elif reader.is_sym("^") and not sup and exponent is None:
            raised = _raised(reader)
            if raised is None:
                lowered = reader.tokens[after_argument(reader.tokens, reader.at + 1)]
                if lowered.text != "_" or lowered.kind != "sym" or sub:
                    break
                reader.take()
                exponent = reader.argument()
            elif set(raised) == {"'"}:
                primes += len(raised)
            else:
                sup = raised
        else:
            break
    touches = reader.adjacent() and reader.tokens[reader.at - 1].kind in ("word", "seg", "cmd")
    if reader.peek().kind == "num" and touches and not (sub or sup or primes) and _is_index(reader, base):
        sub = reader.take().text
        reader.guess(start, f"read {base}{sub} as {compose(base, 0, sub)}")
    return compose(base, primes, sub, sup), exponent, start


def _is_index(reader: Reader, base: str) -> bool:
    """Whether the digits that touch a name are its index: the name with them is declared, is one letter that they end,
    or has an index elsewhere. A 0 or 1 behind a letter that stands alone, too, may be a factor; both are read."""
    digits, after = reader.peek().text, reader.ahead()
    joined = compose(base, 0, digits)
    if joined in reader.lexicon.names:
        return True
    if len(base) > 1:
        return re.search(rf"(?<![A-Za-z]){re.escape(base)}_\{{?\d", reader.latex) is not None
    nought = base == "j" or (digits == "0" and reader.tokens[reader.at - 1].kind == "seg")
    letters = after.text == "^" and reader.ahead(2).text == "{" and reader.ahead(3).kind == "word"
    if (
        nought
        or letters
        or (after.kind in ("word", "cmd") and after.start == reader.peek().end and after.text not in _SIGNS)
    ):
        return False
    alone = digits in ("0", "1") and re.search(rf"(?<![A-Za-z\\]){base}(?![A-Za-z0-9_'(])", reader.latex) is not None
    others = re.search(rf"(?<![A-Za-z\\]){base}_?[2-9]", reader.latex) is not None
    nothing = digits == "0" and _TIMES_NOTHING.fullmatch(reader.latex) is not None
    if not (alone or nothing) or others:
        return True
    start = reader.here()
    return reader.choose(f"digit:{start}", True, start, f"{digits} is an index", f"{digits} is a factor")


def _subscript(reader: Reader, base: str) -> str:
    """A subscript as flat text: a group, one token, or the longest declared one (`V_df`)."""
    token = reader.peek()
    if token.kind == "word" and len(token.text) > 1:
        for size in range(len(token.text), 1, -1):
            if reader.lexicon.find(compose(base, 0, token.text[:size])):
                rest = token.text[size:]
                reader.tokens[reader.at] = Token("word", token.text[:size], token.start, token.start + size)
                if rest:
                    reader.tokens.insert(reader.at + 1, Token("word", rest, token.start + size, token.end))
                return reader.take().text
    inside = reader.group()
    spelled = len(inside) == 1 and inside[0].kind == "word" and inside[0].text in _SPELLED_LETTERS
    if spelled and reader.lexicon.find(compose(base, 0, inside[0].text)) is None:
        raise reader.stop(f"a backslash before {inside[0].text}, or a comma between the indices", inside[0])
    return flat(inside)


def _raised(reader: Reader) -> str | None:
    """What is raised behind a name where it belongs to the name (a charge, a star, a word), stepped over; else none."""
    at = reader.at
    end = after_argument(reader.tokens, at + 1)
    inside = [token for token in reader.tokens[at + 1 : end] if not (token.kind == "sym" and token.text in "{}")]
    if not inside:
        return None
    if reader.tokens[at + 1].kind == "word" and len(reader.tokens[at + 1].text) > 1:
        whole = inside[0]
        inside = [Token("word", whole.text[0], whole.start, whole.start + 1)]
    text = flat(inside)
    first = inside[0]
    if first.text in ("top", "intercal") or (
        (first.kind in ("name", "text") and text in ("T", "H")) and len(inside) == 1
    ):
        raise reader.stop("no transposed matrix", first)
    if text == "T" and len(inside) == 1 and "T" not in reader.lexicon.names:
        raise reader.stop("no transposed matrix (or T declared)", first)
    if first.text == "(" and inside[-1].text == ")" and len(inside) > 3 and _is_numbered(inside):
        raise reader.stop("an exponent without brackets, no number of a derivative or a layer", first)
    lone_sign = text in ("+", "-") and reader.tokens[end].kind == "num" and reader.tokens[at + 1].text != "{"
    belongs = (
        first.kind in ("text", "name")
        or (text == "0" and _is_standard(reader, at, end))
        or text in _RAISED_WORDS
        or (text == "o" and "o" not in reader.lexicon.names)
        or "," in text
        or (first.kind == "cmd" and first.text in _RAISED_SIGNS and len(inside) == 1)
        or (_CHARGE.fullmatch(text) is not None and not lone_sign)
    )
    if first.text == "[" and inside[-1].text == "]":
        raise reader.stop("an exponent without square brackets", first)
    if not belongs:
        return None
    if text.startswith("(") and text[1:-1] in reader.bound:
        raise reader.stop("no derivative of a numbered order", first)
    reader.take()
    reader.group()
    return "°" if text == "o" else text


def _is_standard(reader: Reader, at: int, end: int) -> bool:
    """Whether a raised zero marks a state and is no exponent (`E^0`, `\\mu_i^0`): no other power of the name stands in
    the formula, and its value is not said to be 1."""
    before, after = reader.tokens[at - 1], reader.tokens[end]
    if after.text in ("=", "+") and reader.tokens[min(end + 1, len(reader.tokens) - 1)].text == "1":
        return False
    return before.text == "}" or re.search(rf"{re.escape(before.text)}\s*\^\{{?\s*[1-9a-z-]", reader.latex) is None


def _is_numbered(inside: list[Token]) -> bool:
    """Whether one pair of brackets stands around all that is raised, as around the number of a layer; a second pair
    inside says that an exponent is meant."""
    end = closing(inside, 0)
    return end == len(inside) - 1 and not (inside[1].text == "(" and closing(inside, 1) == end - 1)


def _lowered(inside: list[Token]) -> list[Token]:
    """What a subscript holds: TeX takes one letter where there are no braces."""
    if any(token.kind == "num" and after.kind == "word" for token, after in pairwise(inside)):
        raise Stop((inside[0].start, inside[-1].end), "a comma between the indices")
    if inside and inside[0].kind == "word":
        first = inside[0]
        return [Token("word", first.text[:1], first.start, first.start + 1)]
    return inside


def _are_indices(index: Term) -> TypeGuard[Product]:
    """Whether what was read as a product are several indices, with spaces between them: `P_{i j}`."""
    return isinstance(index, Product) and all(isinstance(part, Symbol | Apply) for part in index.factors)


def indexed_by_bound(reader: Reader, base: str, start: int) -> Term | None:
    """`x_i` under a sum or product over `i`: `x` at `i`. Nothing where no bound index is in the subscript."""
    primes = 0
    while reader.ahead(primes).text == "'":
        primes += 1
    if not reader.bound or reader.ahead(primes).text != "_" or reader.ahead(primes).kind != "sym":
        return None
    behind = reader.at + primes
    end = after_argument(reader.tokens, behind + 1)
    inside = _lowered(reader.tokens[behind + 1 : end])
    letters = {letter for token in inside if token.kind == "word" for letter in token.text}
    letters |= {token.text for token in inside if token.kind == "cmd"}
    if not letters & set(reader.bound) or any(token.kind in ("text", "name") for token in inside):
        return None
    if any(token.kind == "word" and len(token.text) > _LONGEST_INDEX for token in inside):
        reader.at = end
        bound = tuple(Symbol(letter, span=reader.since(start)) for letter in reader.bound if letter in letters)
        return Apply(f"{base}_{flat(inside)}", bound, span=reader.since(start))
    if any(token.kind == "cmd" and token.text not in GREEK for token in inside):
        reader.at = end
        indices = tuple(Symbol(t.text, span=(t.start, t.end)) for t in inside if t.kind == "word")
        return Apply(base + "'" * primes, indices, indexed=True, span=reader.since(start))
    reader.at = behind + 1
    base += "'" * primes
    arguments: list[Term] = []
    brace = reader.is_sym("{")
    if brace:
        reader.take()
        while not reader.is_sym("}"):
            if reader.is_sym(","):
                reader.take()
            elif reader.peek().kind == "word" and len(reader.peek().text) > 1:
                token = reader.take_letter()
                arguments.append(Symbol(token.text, span=(token.start, token.end)))
            else:
                index = reader.term()
                arguments += index.factors if _are_indices(index) else (index,)
        reader.take()
    else:
        token = reader.take_letter()
        arguments.append(Symbol(token.text, span=(token.start, token.end)))
    while reader.is_sym("'"):
        reader.take()
        base += "'"
    if reader.is_sym("^") and (sup := _raised(reader)) is not None:
        base += f"^{sup}"
    return Apply(base, tuple(arguments), indexed=True, span=reader.since(start))
