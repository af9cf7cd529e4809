r"""What stands applied: calls, events, expectations, elements of a sequence, and their arguments."""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.formula.grammar_arguments import divergence, is_divergence, one_argument
from vaultcheck.formula.grammar_calls import begins_side, bracketed, is_applied, outer, single_argument
from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Power, Symbol, Term
from vaultcheck.formula.names import closing, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token, word_set

_OF_EVENTS = word_set("P Pr p Prob mathbb E Var")
_EVENT = word_set("= < > leq geq neq cap cup in text notin bar wedge vee sim") - {"bar"}
_BETWEEN_EVENTS = word_set("and or und oder et ou given")
_TRANSFORMS = word_set("L F Z mathcal(L) mathcal(F) mathcal(Z)")
_EXPECTED = word_set("E Var Cov Corr V")
_INDICES = frozenset("ijkmn")
_LIKELY = word_set("f g h F G phi varphi psi Phi Psi")


def applied_to(reader: Reader, name: str, start: int) -> Term | None:
    """The name applied to the bracket that comes next, or `None` where they are two factors."""
    inside = bracketed(reader)
    if name.partition("_")[0] in _OF_EVENTS and any(map(_tells, outer(inside))):
        return _event(reader, name, inside, start)
    if not (is_divergence(name, inside) or is_applied(reader, name, start)):
        return None
    function = name.rstrip("'") if "_" not in name else name
    return call(reader, function, len(name) - len(function), start)


def _tells(token: Token) -> bool:
    """Whether a token in the brackets of a probability says that they hold an event and no value."""
    if token.kind == "text":
        return token.text.strip() in _BETWEEN_EVENTS
    return token.text in _EVENT and token.kind != "word"


def _event(reader: Reader, name: str, inside: Sequence[Token], start: int) -> Term:
    """`P(X = x)`, the probability of what is said in the bracket, as one opaque name."""
    reader.at += len(inside) + 1
    reader.expect(")", "a closing bracket")
    reader.guess(start, f"read {name}( … ) as one name")
    said = flat([_spaced(token) for token in inside])
    return Symbol(f"{name}({said})".replace("_", "").replace("^", ""), span=reader.since(start))


def _spaced(token: Token) -> Token:
    """Words with the spaces around them, and the bar before a condition as people write it."""
    if token.kind == "text":
        return token._replace(text=f" {token.text.strip()} ")
    return token._replace(kind="sym", text="|") if token.text == "mid" and token.kind == "cmd" else token


def expectation(reader: Reader, name: str, start: int, raised: str = "", sure: bool = False) -> Term | None:
    """`E[X]` with square brackets, where `E` is undeclared or `sure` to be the expectation."""
    functional = name in reader.lexicon.functional or (name in _EXPECTED and _speaks_of_variables(reader))
    if not reader.is_sym("[") or (name in reader.lexicon.names and not sure and not functional):
        return None
    end = closing(reader.tokens, reader.at)
    transform = name in _TRANSFORMS and any(t.text == "(" for t in reader.tokens[reader.at + 1 : end])
    transform = transform or (functional and reader.adjacent())
    if (
        name.partition("_")[0] not in _EXPECTED
        and not transform
        and not (len(name) > 2 and name.isalpha() and reader.adjacent())
    ):
        return None
    reader.take()
    arguments, given = _arguments(reader, "]", True)
    return Apply(name + raised + "|" * given, arguments, span=reader.since(start))


def _speaks_of_variables(reader: Reader) -> bool:
    """Whether a random variable, a capital X, Y or Z, stands in the square brackets that come next."""
    if not reader.is_sym("["):
        return False
    inside = reader.tokens[reader.at + 1 : closing(reader.tokens, reader.at)]
    return any(token.kind == "word" and token.text[-1] in "XYZ" for token in inside)


def raised_function(reader: Reader, name: str, start: int) -> Term | None:
    """`f^{-1}(x)`, the inverse of a function, and `f^2(x)`, a power of its value; `None` and no step where `name` is
    no function."""
    if not reader.is_sym("^"):
        return None
    end = after_argument(reader.tokens, reader.at + 1)
    if reader.tokens[end].text == "[" and name in _TRANSFORMS and reader.tokens[end - 1].text == "}":
        inverse = flat(reader.tokens[reader.at + 2 : end - 1])
        reader.at = end
        return expectation(reader, name, start, f"^{inverse}")
    if reader.tokens[end].text != "(":
        return None
    text = flat([token for token in reader.tokens[reader.at + 1 : end] if token.text not in ("{", "}")])
    inside = _bracketed_at(reader, end)
    likely = name in reader.functions or (name in _LIKELY and single_argument(inside) is not None)
    index = text.startswith("(") and text.endswith(")")
    single = single_argument(inside) is not None
    inverted = text == "-1" and single and name in reader.functions
    quantile = text == "-1" and name.partition("_")[0] in ("F", "Phi") and all(t.kind in ("num", "sym") for t in inside)
    if name in reader.lexicon.names and not index and not inverted:
        return None
    if not likely and not quantile and not (text == "-1" and single) and not index:
        return None
    if text == "-1" or index:
        reader.at = end
        if not index:
            reader.guess(start, f"read the raised -1 as the inverse function of {name}")
        return call(reader, f"{name}^{text}", 0, start)
    reader.take()
    exponent = reader.argument()
    value = call(reader, name, 0, start)
    reader.guess(start, f"what is raised behind {name} is the power of its value")
    return Power(value, exponent, span=reader.since(start))


def _bracketed_at(reader: Reader, at: int) -> Sequence[Token]:
    """The tokens inside the bracket that opens at token `at`."""
    kept, reader.at = reader.at, at
    inside = bracketed(reader)
    reader.at = kept
    return inside


def element_of(reader: Reader, name: str, start: int) -> Term | None:
    """`x[n]`, `h[n - k]`: a sequence at an index, written with square brackets that touch the name."""
    if not (reader.is_sym("[") and reader.adjacent()):
        return None
    at = reader.at
    inside = [token.text for token in reader.tokens[at + 1 : at + 5]]
    lone = inside[1:2] == ["]"] and inside[0] in _INDICES
    shifted = inside[3:4] == ["]"] and inside[0] in _INDICES and inside[1] in ("+", "-")
    end = closing(reader.tokens, at)
    plain = single_argument(reader.tokens[at + 1 : end]) is not None
    functional = plain and reader.tokens[min(end + 1, len(reader.tokens) - 1)].text in ("=", "&")
    functional = (functional and begins_side(reader, start)) or (plain and f"{name}[" in reader.functions)
    if not (lone or shifted or functional) or f"[{inside[0]}]" in reader.lexicon.names:
        return None
    reader.take()
    reader.functions |= {f"{name}["}
    index = reader.term()
    reader.expect("]", "a closing ]")
    reader.guess(start, f"read {name}[ … ] as {name} at what is in the brackets")
    return Apply(name, (index,), span=reader.since(start))


def call(reader: Reader, function: str, primes: int, start: int) -> Term:
    """The function applied to the bracket that comes next."""
    if is_divergence(function, bracketed(reader)):
        return divergence(reader, function, start)
    reader.expect("(", "an opening bracket")
    arguments, given = _arguments(reader, ")", _given(reader))
    return Apply(function + "|" * given, arguments, primes=primes, span=reader.since(start))


def _given(reader: Reader) -> bool:
    """Whether one bar stands among the arguments (`P(A|B)`), and not a pair around a value."""
    return sum(token.text == "|" and token.kind == "sym" for token in bracketed(reader, 0)) % 2 == 1


def _arguments(reader: Reader, closes: str, conditional: bool) -> tuple[tuple[Term, ...], int]:
    """The arguments up to the closing bracket, and behind how many of them a bar stands (`P(A|B)`: 1; none: 0)."""
    reader.listing += 1
    bars, reader.bars = reader.bars, 1 if conditional else 0
    arguments, given = [one_argument(reader, conditional)], 0
    while not reader.is_sym(closes):
        if reader.is_cmd("mid") or reader.is_sym("|"):
            if given:
                raise reader.stop("one bar before a condition")
            given = len(arguments)
        elif not (reader.is_sym(",") or reader.is_sym(";")):
            raise reader.stop("a comma or a closing bracket")
        reader.take()
        arguments.append(one_argument(reader, conditional))
    reader.take()
    reader.listing -= 1
    reader.bars = bars
    return tuple(arguments), given
