r"""Arguments of a special shape: `F(x = 0)`, and the two distributions of `D_{KL}(P \| Q)`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Term
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token, word_set

_DIVERGENCES = word_set("D KL JSD D_KL D_JS D_f D_alpha")


def is_divergence(name: str, inside: Sequence[Token]) -> bool:
    r"""Whether double bars stand between two distributions, once: `D_{KL}(P \\| Q)`."""
    if name not in _DIVERGENCES:
        return False
    if [token.text for token in inside].count("Vert") == 1:
        return True
    bars = [after.text == "|" for token, after in pairwise(inside) if token.text == "|"]
    return bars == [True, False]


def divergence(reader: Reader, name: str, start: int) -> Term:
    """A divergence as the function of two arguments that it is."""
    reader.expect("(", "an opening bracket")
    bars, norms, reader.bars, reader.norms = reader.bars, reader.norms, 1, 1
    first = reader.term()
    while reader.is_sym("|") or reader.is_cmd("Vert"):
        reader.take()
    second = reader.term()
    reader.expect(")", "a closing bracket")
    reader.bars, reader.norms = bars, norms
    return Apply(name, (first, second), span=reader.since(start))


def one_argument(reader: Reader, conditional: bool) -> Term:
    """One argument; what it is called may stand before it: `F(x = 0)` is `F` at 0."""
    at = reader.at
    token = reader.peek()
    if conditional or not _is_variable(token):
        return reader.term()
    behind = at + 1
    if reader.tokens[behind].text == "_":
        behind = after_argument(reader.tokens, behind + 1)
    if reader.tokens[behind].text == "=" and reader.tokens[behind].kind == "sym":
        reader.at = behind + 1
        reader.guess(token.start, f"read what {flat(reader.tokens[at:behind])} is as the argument")
    return reader.term()


def _is_variable(token: Token) -> bool:
    return (token.kind == "word" and len(token.text) == 1 and token.text.islower()) or token.text in GREEK


def names_its_argument(inside: Sequence[Token], behind: Token) -> bool:
    """Whether a variable and an equals sign stand in brackets: `F(x = 0)`; with a power behind, it is no call."""
    if not inside or not _is_variable(inside[0]) or behind.text == "^":
        return False
    return any(token.text == "=" and token.kind == "sym" for token in inside)
