r"""What stands applied: is `s( … )` a call or a product, and what are the arguments?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Power, Symbol, Term
from vaultcheck.formula.names import ACCENTS, closing, flat, parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token, word_set
from vaultcheck.formula.words import FUNCTION_WORDS, FUNCTIONS

_USUAL_FUNCTIONS = word_set("f F G H P p phi varphi psi Phi Psi Gamma zeta delta Theta E Var Cov Pr sinc rect Beta")
_OF_EVENTS = word_set("P Pr p Prob mathbb E Var")
_EVENT = word_set("= < > leq geq neq cap cup in text notin bar wedge vee sim") - {"bar"}
_TRANSFORMS = word_set("L F Z mathcal(L) mathcal(F) mathcal(Z)")
_EXPECTED = word_set("E Var Cov Corr V")
_LETTERED = word_set("P Y H T U L J")
"""Names of polynomials and the like, which are applied to a cosine more often than multiplied with it in brackets."""
_UNKNOWNS = frozenset("ABCD")
_COEFFICIENTS = frozenset("abckmn")
_INDICES = frozenset("ijkmn")
_LIKELY = word_set("f g h F G phi varphi psi Phi Psi")
_VARIABLES = word_set("x y z t s u omega X Y")
_SOLUTIONS = frozenset("xyuvzq")
_SIGNALS = frozenset("xyuefgrhqz")
_NONE = Token("end", "", 0, 0)
_SIMPLE = frozenset(("t", "x"))


def applied_to(reader: Reader, name: str, start: int) -> Term | None:
    """The name applied to the bracket that comes next, or `None` where they are two factors."""
    inside = _bracketed(reader)
    if name.partition("_")[0] in _OF_EVENTS and any(t.text in _EVENT and t.kind != "word" for t in _outer(inside)):
        return _event(reader, name, inside, start)
    if not _is_applied(reader, name, start):
        return None
    function = name.rstrip("'") if "_" not in name else name
    return call(reader, function, len(name) - len(function), start)


def _event(reader: Reader, name: str, inside: Sequence[Token], start: int) -> Term:
    """`P(X = x)`, the probability of what is said in the bracket, as one opaque name."""
    reader.at += len(inside) + 1
    reader.expect(")", "a closing bracket")
    reader.guess(start, f"read {name}( … ) as one name")
    return Symbol(f"{name}({flat(inside)})".replace("_", "").replace("^", ""), span=reader.since(start))


def expectation(reader: Reader, name: str, start: int, raised: str = "", sure: bool = False) -> Term | None:
    """`E[X]` with square brackets, where `E` is undeclared or `sure` to be the expectation."""
    if not reader.is_sym("[") or (name in reader.lexicon.names and not sure):
        return None
    end = closing(reader.tokens, reader.at)
    transform = name in _TRANSFORMS and any(t.text == "(" for t in reader.tokens[reader.at + 1 : end])
    if (
        name.partition("_")[0] not in _EXPECTED
        and not transform
        and not (len(name) > 2 and name.isalpha() and reader.adjacent())
    ):
        return None
    reader.take()
    arguments, given = _arguments(reader, "]", True)
    return Apply(name + raised + "|" * given, arguments, span=reader.since(start))


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
    likely = name in reader.functions or (name in _LIKELY and _single(inside) is not None)
    index = text.startswith("(") and text.endswith(")")
    if name in reader.lexicon.names and not index:
        return None
    if not likely and not (text == "-1" and _single(inside) is not None) and not index:
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
    inside = _bracketed(reader)
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
    functional = inside[1:3] in (["]", "="], ["]", "&"]) and _begins_side(reader, start)
    if not (lone or shifted or functional) or f"[{inside[0]}]" in reader.lexicon.names:
        return None
    reader.take()
    index = reader.term()
    reader.expect("]", "a closing ]")
    reader.guess(start, f"read {name}[ … ] as {name} at what is in the brackets")
    return Apply(name, (index,), span=reader.since(start))


def call(reader: Reader, function: str, primes: int, start: int) -> Term:
    """The function applied to the bracket that comes next."""
    reader.expect("(", "an opening bracket")
    arguments, given = _arguments(reader, ")", _given(reader))
    return Apply(function + "|" * given, arguments, primes=primes, span=reader.since(start))


def _given(reader: Reader) -> bool:
    """Whether one bar stands among the arguments (`P(A|B)`), and not a pair around a value."""
    return sum(token.text == "|" and token.kind == "sym" for token in _bracketed(reader, 0)) % 2 == 1


def _arguments(reader: Reader, closes: str, conditional: bool) -> tuple[tuple[Term, ...], int]:
    """The arguments up to the closing bracket, and behind how many of them a bar stands (`P(A|B)`: 1; none: 0)."""
    reader.listing += 1
    bars, reader.bars = reader.bars, 1 if conditional else 0
    arguments, given = [reader.term()], 0
    while not reader.is_sym(closes):
        if reader.is_cmd("mid") or reader.is_sym("|"):
            if given:
                raise reader.stop("one bar before a condition")
            given = len(arguments)
        elif not (reader.is_sym(",") or reader.is_sym(";")):
            raise reader.stop("a comma or a closing bracket")
        reader.take()
        arguments.append(reader.term())
    reader.take()
    reader.listing -= 1
    reader.bars = bars
    return tuple(arguments), given


def _is_applied(reader: Reader, name: str, start: int) -> bool:
    """Rule 4: is `s(` a call or a product?"""
    inside = _bracketed(reader)
    if _is_surely_applied(reader, name, inside):
        return True
    single = _single(inside)
    if single is not None:
        usual, sure = _takes_single(reader, name, single, start)
    else:
        declared = name in reader.lexicon.names
        usual = _is_signal(name, inside) or (not declared and _is_usual(reader, name, inside, start))
        sure = not usual and (declared or bool(reader.arguments) or (len(name) == 1 and name in reader.letters))
        sure = sure and not (declared and _defines(reader, inside, start))
    if sure:
        return usual
    return reader.choose(
        f"apply:{name}", usual, start, f"read {name}( … ) as a function", f"read {name}( … ) as a product"
    )


def _is_signal(name: str, inside: Sequence[Token]) -> bool:
    """Whether a letter of a signal stands before a moment that is shifted: `u(t - \\tau)`."""
    return name in _SIGNALS and len(inside) > 2 and inside[0].text == "t" and inside[1].text in ("+", "-")


def _defines(reader: Reader, inside: Sequence[Token], start: int) -> bool:
    """Whether a name and a bracket with something undeclared are a whole side, as in the definition of a function."""
    if not _begins_side(reader, start) or reader.ahead(len(inside) + 2).text not in ("=", "&", "approx"):
        return False
    if all(token.kind in ("num", "sym", "end") for token in reader.tokens[reader.at + len(inside) + 2 :]):
        return False
    names = {parts(name)[0] for name in reader.lexicon.names}
    return not any(token.text in names for token in inside if token.kind in ("word", "cmd"))


def _is_surely_applied(reader: Reader, name: str, inside: Sequence[Token]) -> bool:
    """What needs no choice: declared as depending on something, primed, of several arguments, a word, or applied to
    a plain variable elsewhere in the formula."""
    declared = name in reader.lexicon.names
    if len(inside) == 1 and inside[0].kind == "text" and reader.adjacent():
        return True
    several = any(token.text in (",", ";", "mid") for token in _outer(inside))
    if several or name.endswith("'") or reader.lexicon.depends(name):
        return True
    if name in reader.functions and (_single(inside) is not None or _varies(inside) or not _stands_bare(reader, name)):
        return True
    head = name.partition("_")[0]
    if head in FUNCTION_WORDS:
        return True
    if len(head) > 2 and head.isalpha() and head not in GREEK and not declared:
        return True
    if name.startswith("mathcal(") or (name in ("Delta", "O") and not declared):
        return True
    return len(inside) > 1 and inside[0].text in FUNCTIONS and inside[0].kind == "cmd" and name in _LETTERED


def _takes_single(reader: Reader, name: str, single: str, start: int) -> tuple[bool, bool]:
    """Whether a name before one variable or number in brackets is usually applied to it, and whether that is sure."""
    declared, head = name in reader.lexicon.names, name.partition("_")[0]
    if not declared and head in _COEFFICIENTS and single not in _SIMPLE:
        usual = single == "0" or not _stands_bare(reader, name)
        return usual, usual
    if head in _UNKNOWNS and single.isdigit() and not _begins_side(reader, start):
        return False, True
    known = single in _SIMPLE or single == "0" or not declared or single not in reader.lexicon.names
    number = single.isdigit() and single != "0" and head not in _LIKELY
    if known and (not number or _begins_side(reader, start)):
        return True, True
    return not number or head in _USUAL_FUNCTIONS, False


def _is_usual(reader: Reader, name: str, inside: Sequence[Token], start: int) -> bool:
    """Whether an undeclared letter before a bracket is more often a function: `f(x + h)`, `y(-1) = 0`."""
    letter = name.partition("_")[0].rpartition(" ")[2]
    variable = _varies(inside)
    if letter == "E" and any(token.kind in ("word", "seg") and token.text[-1] in "XYZ" for token in inside):
        return True
    if (letter in _LIKELY or letter.startswith(("vec(", "mathbf("))) and variable:
        return True
    word_below = len(name.partition("_")[2]) > 1
    if letter in _SOLUTIONS and any(token.text == "t" and token.kind == "word" for token in inside):
        return True
    if letter == "sigma" and "\\log" in reader.latex:
        return True
    if letter.startswith("mathcal(") or flat(inside) in ("jomega", "iomega") or _is_call(inside):
        return True
    digits = not any(token.kind in ("word", "name", "seg") or token.text in GREEK for token in inside)
    behind = reader.ahead(len(inside) + 2)
    if digits and behind.text in ("=", "approx", "&") and _begins_side(reader, start):
        return True
    below = name.partition("_")[2]
    if below.isdigit() and not any(token.text in _VARIABLES for token in inside):
        return False
    if letter in reader.functions:
        return True
    capital = letter.isupper() and letter != "P" and len(letter) == 1
    if (capital or word_below) and not any(token.text in _VARIABLES for token in inside):
        return False
    return letter in _USUAL_FUNCTIONS and not _stands_bare(reader, name)


def is_single_argument(reader: Reader) -> bool:
    """Whether a bracket with one plain variable comes next."""
    if not reader.is_sym("("):
        return False
    inside = _bracketed(reader)
    single = _single(inside)
    return _is_call(inside) or (single is not None and not single.isdigit())


def _is_call(inside: Sequence[Token]) -> bool:
    """Whether the argument is one application: `f(g(x))`."""
    if len(inside) < 4 or inside[0].kind not in ("word", "seg") or inside[1].text != "(":
        return False
    return inside[-1].text == ")" and not any(token.text in "()" for token in inside[2:-1] if token.kind == "sym")


def _varies(inside: Sequence[Token]) -> bool:
    """Whether a plain variable stands among the arguments."""
    pairs = pairwise([*inside, _NONE])
    return any(token.text in _SIMPLE and token.kind == "word" and after.text != "_" for token, after in pairs)


def _begins_side(reader: Reader, start: int) -> bool:
    """Whether nothing of the same side stands before the place `start`."""
    before = next((token for token in reversed(reader.tokens) if token.end <= start and token.kind != "end"), None)
    if before is not None and before.text.startswith("begin "):
        return True
    return before is None or before.text in ("=", ",", ";", "\\", "&", "quad", "qquad", "Rightarrow", "iff", "to")


def _stands_bare(reader: Reader, name: str) -> bool:
    """Whether a letter stands somewhere in the formula without a bracket behind it, as a factor does."""
    return any(
        token.kind in ("word", "seg")
        and name in token.text
        and not (token.text[-1] == name and after.text in ("(", "'"))
        for token, after in pairwise(reader.tokens)
    )


def _bracketed(reader: Reader, inside: int = 1) -> Sequence[Token]:
    """The tokens inside the bracket that opens next, or (`inside` 0) that has just been opened."""
    tokens, depth = reader.tokens, 1 - inside
    for at in range(reader.at, len(tokens)):
        text = tokens[at].text if tokens[at].kind == "sym" else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return tokens[reader.at + inside : at]
    return tokens[reader.at + inside : -1]


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
    while tokens and tokens[-1].text == "'":
        tokens = tokens[:-1]
    if not tokens:
        return None
    if tokens[0].text == "Delta" and len(tokens) > 1:
        rest = _single(tokens[1:])
        return None if rest is None else f"Delta {rest}"
    first = tokens[0]
    if first.kind == "cmd" and first.text in ACCENTS and after_argument([*tokens, first], 1) >= len(tokens):
        return flat(tokens)
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
        if after.kind != "sym" or after.text not in "('_" or not (token.kind == "word" or token.text in GREEK):
            continue
        name = token.text[-1:] if token.kind == "word" and token.text not in FUNCTIONS else token.text
        while after.text == "'" and at + 2 < len(tokens):
            at += 1
            after = tokens[at + 1]
        if after.text == "_":
            at = after_argument(tokens, at + 2) - 1
            after = tokens[min(at + 1, len(tokens) - 1)]
        if after.text != "(":
            continue
        end = next((place for place in range(at + 2, min(at + 9, len(tokens))) if tokens[place].text == ")"), at + 2)
        inside = tokens[at + 2 : end]
        single = _single(inside) if inside and inside[0].kind != "num" else None
        sure = single is not None and (single in _SIMPLE or single not in names or name not in names)
        if sure or tokens[at].text == "'":
            found.add(name)
    return frozenset(found)
