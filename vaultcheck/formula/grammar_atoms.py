r"""One factor without what is raised behind it: what each token may begin."""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultcheck.formula.grammar_applied import call
from vaultcheck.formula.grammar_brackets import absolute, braced_group, bracket, double_bars, fenced, norm
from vaultcheck.formula.grammar_calculus import integral, limit, series
from vaultcheck.formula.grammar_combinations import combinations
from vaultcheck.formula.grammar_derivatives import fraction, is_differential, partial_operator, slashed_derivative
from vaultcheck.formula.grammar_evaluated import evaluated
from vaultcheck.formula.grammar_functions import function
from vaultcheck.formula.grammar_names import LETTERS, concentration, finish, is_euler, name_from_command, name_from_word
from vaultcheck.formula.grammar_numbers import made, number
from vaultcheck.formula.grammar_pieces import pieces
from vaultcheck.formula.grammar_remarks import unit_ends
from vaultcheck.formula.grammar_roots import indexed_root, root
from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.grammar_upright import upright
from vaultcheck.formula.model import (
    Apply,
    Binomial,
    Constant,
    ConstantName,
    Symbol,
    Term,
)
from vaultcheck.formula.names import ACCENTS, closing, compose, flat, normal_of
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token
from vaultcheck.formula.words import FUNCTIONS, PLAIN, is_wordy, joins

_RELATIONS = frozenset(
    ("=", "<", ">", "leq", "geq", "neq", "approx", "in", ":=", "ll", "gg", "equiv", "to", ":", "ldots")
)
_LIMITING = frozenset(("in", "<", ">", "leq", "geq", "neq"))
_NAMES = LETTERS | ACCENTS | {"dot", "ddot", "dddot", "infty"}
_FUNCTION_OF = re.compile(r"(sin|cos|tan|ln|log|exp)([a-z])")
_FACTOR_OF = re.compile(r"([A-Za-z]{1,2})(sin|cos|tan|ln|log|exp|Cov|Var)")
_TORN = frozenset(("mod", "sqrt", "frac", "cdot", "text", "quad", "infty", "times"))
_LONGEST_FACTOR = 3
_SUMMED = frozenset("FMWQ")
_WANTED = "a number, a name or a bracket"


def starts_factor(reader: Reader) -> bool:
    """Whether a factor may begin with the next token."""
    token = reader.peek()
    kind = token.kind
    if kind in ("num", "seg"):
        return True
    if kind in ("word", "name"):
        return not (reader.differentials and is_differential(reader, reader.at))
    if kind == "text":
        return not joins(token.text)
    if kind == "sym":
        if token.text == "(":
            stated = _stated(reader)
            if not stated:
                return True
            if (
                stated in _LIMITING
                and reader.adjacent()
                and reader.tokens[reader.at - 1].kind in ("word", "seg", "name", "text")
            ):
                raise reader.stop("a value, not a statement of a set in brackets")
            return False
        if token.text == "|":
            return reader.bars == 0
        if token.text == "[" and unit_ends(reader):
            return False
        return token.text in ("[", "{", "open|", "open‖", "open.")
    if kind == "cmd" and token.text == "Vert":
        return reader.norms == 0
    if kind == "cmd" and token.text == "{":
        return reader.ahead().text == "begin array"
    return kind == "cmd" and (token.text in _NAMES or token.text in _COMMANDS or token.text in FUNCTIONS)


def _stated(reader: Reader) -> str:
    """The relation sign in the bracket that opens next, which is a remark behind a formula then and no factor."""
    depth = 0
    for token in reader.tokens[reader.at :]:
        if (token.kind == "sym" and token.text in "([{") or token.text.startswith("begin "):
            depth += 1
        elif (token.kind == "sym" and token.text in ")]}") or token.text.startswith("end "):
            depth -= 1
            if depth == 0:
                return ""
        elif depth == 1 and token.text in _RELATIONS and token.kind in ("sym", "cmd"):
            return token.text
    return ""


def atom(reader: Reader) -> Term:
    """The factor that begins at the next token."""
    reader.deeper()
    term = _atom(reader, reader.peek())
    reader.depth -= 1
    return term


def _atom(reader: Reader, token: Token) -> Term:
    """The factor that begins at `token`, the next one."""
    match token.kind:
        case "num":
            return number(reader)
        case "word":
            return _word(reader, token)
        case "seg":
            reader.take()
            if token.text == "e" and is_euler(reader, token, reader.at):
                return Constant(ConstantName.E, span=(token.start, token.end))
            return finish(reader, token.text, token.start)
        case "name" | "text":
            return upright(reader, token)
        case "sym":
            return _symbol(reader, token)
        case "cmd":
            return _command(reader, token)
    raise reader.stop(_WANTED)


def argument(reader: Reader) -> Term:
    """The argument of a command: a group in braces, or the one token TeX takes without them."""
    token = reader.peek()
    if token.kind == "num":
        token = reader.take_letter()
        return made(token.text, (token.start, token.end))
    if token.kind in ("word", "seg"):
        token = reader.take_letter()
        if token.text == "e" and "e" not in reader.lexicon.names and "e^" in reader.latex:
            return Constant(ConstantName.E, span=(token.start, token.end))
        return Symbol(token.text, span=(token.start, token.end))
    if token.kind == "cmd" and token.text in LETTERS:
        reader.take()
        if token.text == "pi" and "pi" not in reader.lexicon.names:
            return Constant(ConstantName.PI, span=(token.start, token.end))
        return Symbol(token.text, span=(token.start, token.end))
    return braced_group(reader, lone=True) if reader.is_sym("{") else atom(reader)


def _word(reader: Reader, token: Token) -> Term:
    """A run of letters: a derivative by a slash, a known function in plain letters, or names."""
    if token.text in _TORN and reader.lexicon.find(token.text) is None:
        raise reader.stop("no congruence" if token.text == "mod" else f"a backslash before {token.text}")
    if token.text in PLAIN and reader.lexicon.find(token.text) is None:
        return function(reader)
    if (found := slashed_derivative(reader)) is not None:
        return found
    joined = _FACTOR_OF.fullmatch(token.text)
    if joined is not None and not (reader.lexicon.find(token.text) or token.text in FUNCTIONS):
        cut = token.start + len(joined[1])
        reader.tokens[reader.at : reader.at + 1] = [
            Token("word", joined[1], token.start, cut),
            Token("word", joined[2], cut, token.end),
        ]
        return name_from_word(reader)
    torn = _FUNCTION_OF.fullmatch(token.text)
    if torn is not None and reader.ahead().text == "(":
        torn = None
    if torn is not None and reader.lexicon.find(token.text) is None and reader.lexicon.split(token.text) is None:
        cut = token.start + len(torn[1])
        reader.tokens[reader.at : reader.at + 1] = [
            Token("word", torn[1], token.start, cut),
            Token("word", torn[2], cut, token.end),
        ]
        reader.guess(token.start, f"read {token.text} as {torn[1]} of {torn[2]}")
        return function(reader)
    if _ends_in_euler(reader, token):
        cut = token.end - 1
        reader.tokens[reader.at : reader.at + 1] = [
            Token("word", token.text[:-1], token.start, cut),
            Token("word", "e", cut, token.end),
        ]
    if reader.differentials and len(token.text) > 2 and token.text[-2] == "d" and not reader.lexicon.find(token.text):
        cut = token.end - 2
        reader.tokens[reader.at : reader.at + 1] = [
            Token("word", token.text[:-2], token.start, cut),
            Token("word", token.text[-2:], cut, token.end),
        ]
    return name_from_word(reader)


def _ends_in_euler(reader: Reader, token: Token) -> bool:
    """Whether a run of up to three letters before something raised with letters ends in Euler's number: `Bte^{kt}`."""
    if not 2 <= len(token.text) <= _LONGEST_FACTOR or token.text[-1] != "e" or reader.ahead().text != "^":
        return False
    if reader.lexicon.find(token.text) is not None or token.text in FUNCTIONS or is_wordy(token.text):
        return False
    raised = reader.tokens[reader.at + 2 : after_argument(reader.tokens, reader.at + 2)]
    return any(piece.kind == "word" or piece.text in GREEK for piece in raised)


def _symbol(reader: Reader, token: Token) -> Term:
    """A bracket, a bar, or a number that begins with its point."""
    text = token.text
    if text == "(":
        return bracket(reader, ")")
    if text == "{":
        return braced_group(reader)
    if text == "[":
        return concentration(reader) or bracket(reader, "]")
    if text == "|" and reader.ahead().text == "|" and reader.ahead().start == token.end:
        return double_bars(reader)
    if text in ("|", "open|"):
        return absolute(reader, "|" if text == "|" else "close|")
    if text == "open.":
        return evaluated(reader)
    if text == "open‖":
        return norm(reader, "close‖")
    if text == "_" and (found := combinations(reader)) is not None:
        return found
    if text == "^" and reader.tokens[after_argument(reader.tokens, reader.at + 1)].text == "sqrt":
        return indexed_root(reader)
    if text == "." and reader.ahead().kind == "num" and reader.ahead().start == token.end:
        return number(reader)
    raise reader.stop(_WANTED)


def _command(reader: Reader, token: Token) -> Term:
    """What a command begins."""
    text = token.text
    if text in ("Pi", "Sigma") and (_has_index(reader) or _sums(reader)):
        return series(reader)
    if text == "{" and reader.ahead().text == "begin array":
        return pieces(reader)
    if text in _COMMANDS:
        return _COMMANDS[text](reader)
    if text in FUNCTIONS:
        return function(reader)
    if text == "infty":
        reader.take()
        return Constant(ConstantName.INFINITY, span=(token.start, token.end))
    if text in _NAMES:
        return name_from_command(reader)
    raise reader.stop("every term written out, no dots" if text == "ldots" else _WANTED)


def _has_index(reader: Reader) -> bool:
    r"""Whether a capital letter stands for `\sum` or `\prod`: an index with a first value is under it."""
    at = reader.at + 1
    if reader.tokens[at].text == "^":
        at = after_argument(reader.tokens, at + 1)
    if reader.tokens[at].text != "_" or reader.tokens[min(at + 1, len(reader.tokens) - 1)].text != "{":
        return False
    inside = reader.tokens[at + 2 : closing(reader.tokens, at + 1)]
    return any(token.text in ("=", "neq", "in") and token.kind != "word" for token in inside)


def _sums(reader: Reader) -> bool:
    r"""Whether a `\Sigma` that is not declared begins a term and stands before a force, a moment or a work."""
    before = reader.tokens[reader.at - 1].text if reader.at else "="
    after = reader.ahead()
    begins = before in ("=", "+", "-", "(", "\\", "&")
    return reader.is_cmd("Sigma") and begins and after.text in _SUMMED and "Sigma" not in reader.lexicon.names


def _binomial(reader: Reader) -> Term:
    start = reader.take().start
    return Binomial(reader.argument(), reader.argument(), span=reader.since(start))


def _braced(reader: Reader) -> Term:
    r"""`\underbrace{a}_{\text{…}}`: the term, and the words under it as a remark."""
    start = reader.take().start
    if reader.is_sym("{") and reader.ahead().text in ("+", "-"):
        raise reader.stop("the sign before the brace")
    term = reader.argument()
    while reader.is_sym("_") or reader.is_sym("^"):
        reader.take()
        reader.guess(start, f"the words at the brace are a remark: {flat(reader.group())}")
    return term


def _styled(reader: Reader) -> Term:
    r"""`\mathrm{…}` around more than letters: one name where it is one, else the term inside."""
    token = reader.take()
    inside = reader.tokens[reader.at + 1 : reader.at + 1]
    at = reader.at
    if reader.is_sym("{"):
        inside = reader.group()
    if all(piece.kind in ("word", "num", "seg") or piece.text in ("_", "{", "}", "-") for piece in inside) and inside:
        cut = next((place for place, piece in enumerate(inside) if piece.text == "_"), len(inside))
        base, sub = flat(inside[:cut]), flat(inside[cut + 1 :])
        if not sub or not reader.is_sym("_"):
            return (
                finish(reader, compose(base, 0, sub), token.start)
                if not sub
                else Symbol(compose(base, 0, sub), span=reader.since(token.start))
            )
    reader.at = at
    return reader.atom()


def _operator_name(reader: Reader) -> Term:
    r"""`\mathop{f}(x)`: always an application."""
    token = reader.take()
    name = normal_of(reader.group())
    primes = 0
    while reader.is_sym("'"):
        reader.take()
        primes += 1
    if not reader.is_sym("("):
        return finish(reader, name, token.start)
    return call(reader, name, primes, token.start)


def _angle(reader: Reader) -> Term:
    r"""`\angle ABC` as one name, and `\angle H(j\omega)`, the argument of a number, as a function of it."""
    token = reader.take()
    before = reader.tokens[reader.at - 2] if reader.at > 1 else None
    if (
        before is not None
        and not reader.bound
        and (before.kind in ("num", "word", "seg") or before.text in (")", "}", "]"))
    ):
        raise reader.stop("a sum or a product, no angle behind a length", token)
    if reader.is_sym("_"):
        return finish(reader, "angle", token.start)
    corner = reader.peek()
    if corner.kind == "word" and corner.text.isupper() and (len(corner.text) > 1 or reader.ahead().kind != "sym"):
        reader.take()
        return finish(reader, f"angle {corner.text}", token.start)
    return Apply("angle", (reader.product(),), span=reader.since(token.start))


_COMMANDS: dict[str, Callable[[Reader], Term]] = {
    "frac": fraction,
    "partial": partial_operator,
    "angle": _angle,
    "sqrt": root,
    "binom": _binomial,
    "int": integral,
    "sum": series,
    "prod": series,
    "lim": limit,
    "underbrace": _braced,
    "overbrace": _braced,
    "mathrm": _styled,
    "mathit": _styled,
    "mathsf": _styled,
    "mathop": _operator_name,
    "lfloor": fenced("lfloor", "rfloor", "floor"),
    "lceil": fenced("lceil", "rceil", "ceil"),
    "langle": fenced("langle", "rangle", "mean"),
    "begin cases": pieces,
    "begin dcases": pieces,
    "begin rcases": pieces,
    "Vert": lambda reader: norm(reader, "Vert"),
}
