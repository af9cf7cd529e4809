"""What stands between factors and is no product of numbers: operations on functions and on vectors, words."""

from __future__ import annotations

from vaultcheck.formula.grammar_units import is_numeric
from vaultcheck.formula.model import Measured, Term
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token

_APPLIED = frozenset("txsznuv")
_OPERATED = frozenset("fgh+-*/")


def note_sign(reader: Reader, sign: Token, factors: list[Term]) -> None:
    r"""Stop where `\cdot` and `\times` both stand between names: these are two products of vectors."""
    if sign.kind == "cmd" and not any(is_numeric(factor) or isinstance(factor, Measured) for factor in factors[-2:]):
        reader.signs.add(sign.text)
        if len(reader.signs) > 1:
            raise reader.stop("one value, not a product of vectors", sign)


def is_worded(reader: Reader) -> bool:
    """Whether a bracket with words and nothing else comes next."""
    if not reader.is_sym("("):
        return False
    inside, behind = reader.ahead(), reader.ahead(2)
    if reader.adjacent() and reader.tokens[reader.at - 1].kind in ("word", "seg", "name"):
        return False
    return inside.kind == "text" and " " in inside.text and behind.text == ")"


def refuse_operator(reader: Reader) -> None:
    """Stop at `(f * g)(t)`: an operation on functions, applied, and no product."""
    argument = reader.ahead().text
    before = reader.tokens[reader.at - 1].text if reader.at else ""
    if reader.is_sym("(") and before == "1" and argument == "t" and reader.ahead(2).text == ")" and reader.adjacent():
        raise reader.stop("a value, not a step function")
    numbered = reader.ahead().kind == "num"
    if not (reader.is_sym("(") and (argument in _APPLIED or numbered) and reader.ahead(2).text == ")"):
        return
    end = reader.at - 1
    if end < 0 or reader.tokens[end].text not in (")", "]"):
        return
    depth, start = 0, end
    while start >= 0:
        text = reader.tokens[start].text if reader.tokens[start].kind == "sym" else ""
        depth += (text in (")", "]")) - (text in ("(", "["))
        if depth == 0:
            break
        start -= 1
    inside = reader.tokens[start + 1 : end]
    letters = "".join(token.text for token in inside)
    lone = all(token.kind in ("word", "seg") or token.text in GREEK for token in inside)
    if letters[1:] in ("^{-1}", "^-1") and inside[0].text in reader.functions | {"f", "g", "h"}:
        raise reader.stop("an inverse function without brackets around it")
    if numbered and not set(letters) <= _OPERATED:
        return
    if lone and len(letters) > 1 and argument not in letters:
        raise reader.stop("one value, not an operation on functions")
    if any(token.text in ("*", "cdot", "+", "-", "/", "circ") for token in inside) and not any(
        token.kind == "num" or token.text == argument for token in inside
    ):
        raise reader.stop("one value, not an operation on functions")
