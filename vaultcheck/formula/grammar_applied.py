r"""What stands applied: is `s( … )` a call or a product, and what are the arguments?"""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Term
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token, word_set
from vaultcheck.formula.words import FUNCTIONS

_USUAL_FUNCTIONS = word_set("f F G H P p Q phi psi Phi Psi Gamma zeta delta Theta E Var Cov Pr sinc rect B Beta")
_SIMPLE = frozenset(("t", "x"))


def applied_to(reader: Reader, name: str, start: int) -> Term | None:
    """The name applied to the bracket that comes next, or `None` where they are two factors."""
    if not _is_applied(reader, name, start):
        return None
    function = name.rstrip("'") if "_" not in name else name
    return call(reader, function, len(name) - len(function), start)


def call(reader: Reader, function: str, primes: int, start: int) -> Term:
    """The function applied to the bracket that comes next."""
    reader.expect("(", "an opening bracket")
    arguments, given = _arguments(reader, ")")
    return Apply(function + "|" * given, arguments, primes=primes, span=reader.since(start))


def _arguments(reader: Reader, closing: str) -> tuple[tuple[Term, ...], bool]:
    """The arguments up to the closing bracket, and whether a bar stands among them (`P(A|B)`)."""
    reader.listing += 1
    arguments, given = [reader.term()], False
    while not reader.is_sym(closing):
        if reader.is_cmd("mid") or reader.is_sym("|"):
            given = True
        elif not (reader.is_sym(",") or reader.is_sym(";")):
            raise reader.stop("a comma or a closing bracket")
        reader.take()
        arguments.append(reader.term())
    reader.take()
    reader.listing -= 1
    return tuple(arguments), given


def _is_applied(reader: Reader, name: str, start: int) -> bool:
    """Rule 4: is `s(` a call or a product?"""
    lexicon = reader.lexicon
    inside = _bracketed(reader)
    if lexicon.depends(name) or any(token.text in (",", ";", "mid") for token in _outer(inside)):
        return True
    if name.endswith("'") or name in reader.functions:
        return True
    single = _single(inside)
    declared = name in lexicon.names
    if single is not None:
        if single in _SIMPLE or single == "0" or not declared:
            return True
        usual = single not in lexicon.names
    else:
        usual = not declared and name in _USUAL_FUNCTIONS
        if declared and not usual:
            return False
        if name.isdigit() or (len(name) == 1 and not usual and name in reader.letters):
            return False
    return reader.choose(
        f"apply:{name}", usual, start, f"read {name}( … ) as a function", f"read {name}( … ) as a product"
    )


def _bracketed(reader: Reader) -> Sequence[Token]:
    """The tokens inside the bracket that opens next."""
    tokens, depth = reader.tokens, 0
    for at in range(reader.at, len(tokens)):
        text = tokens[at].text if tokens[at].kind == "sym" else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return tokens[reader.at + 1 : at]
    return tokens[reader.at + 1 : -1]


def _outer(tokens: Sequence[Token]) -> list[Token]:
    """The tokens outside every inner bracket and brace."""
    depth, outer = 0, []
    for token in tokens:
        text = token.text if token.kind == "sym" else ""
        if text and text in "([{":
            depth += 1
        if depth == 0:
            outer.append(token)
        if text and text in ")]}":
            depth -= 1
    return outer


def _single(tokens: Sequence[Token]) -> str | None:
    """The one plain variable or number that the tokens are, if they are."""
    if not tokens:
        return None
    first = tokens[0]
    plain = (
        (first.kind == "word" and len(first.text) == 1)
        or first.kind == "num"
        or (first.kind == "cmd" and first.text in GREEK)
    )
    if plain and (len(tokens) == 1 or (tokens[1].text == "_" and after_argument([*tokens, first], 2) >= len(tokens))):
        return flat(tokens[:1]) + (f"_{flat(tokens[2:])}" if len(tokens) > 1 else "")
    return None


def functions_in(tokens: Sequence[Token], names: frozenset[str]) -> frozenset[str]:
    """The names that are surely functions in a formula: primed, or applied to one plain variable."""
    found = set()
    for at, token in enumerate(tokens[:-1]):
        after = tokens[at + 1]
        if after.kind != "sym" or after.text not in "('" or not (token.kind == "word" or token.text in GREEK):
            continue
        name = token.text[-1:] if token.kind == "word" and token.text not in FUNCTIONS else token.text
        while after.text == "'" and at + 2 < len(tokens):
            at += 1
            after = tokens[at + 1]
        if after.text != "(":
            continue
        inside = tokens[at + 2 : at + 3]
        closing = tokens[at + 3].text if at + 3 < len(tokens) else ""
        single = _single(inside) if closing == ")" and inside[0].kind != "num" else None
        if (single is not None and (single in _SIMPLE or name not in names)) or tokens[at].text == "'":
            found.add(name)
    return frozenset(found)
