r"""Is `s( … )` a call or a product? What is declared decides, then the letter, the argument and the other names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vaultcheck.formula.grammar_arguments import names_its_argument
from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.names import ACCENTS, closing, flat, parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token, word_set
from vaultcheck.formula.words import FUNCTION_WORDS, FUNCTIONS

_USUAL_FUNCTIONS = word_set("f F G H P p phi varphi psi Phi Psi Gamma zeta delta Theta E Var Cov Pr sinc rect Beta")
_LETTERED = word_set("P Y H T U L J")
"""Names of polynomials and the like, which are applied to a cosine more often than multiplied with it in brackets."""
_UNKNOWNS = frozenset("ABCD")
_COEFFICIENTS = frozenset("abckmn")
_UNKNOWN_PAIR = frozenset("xyz")
_IMAGINARY = frozenset("ij")
_SCALARS = frozenset("abcklmnrst") | {"lambda", "mu"}
_LIKELY = word_set("f g h F G phi varphi psi Phi Psi")
_VARIABLES = word_set("x y z t s u omega X Y")
_SOLUTIONS = frozenset("xyuvzq")
_SIGNALS = frozenset("xyuefgrhqz")
_NONE = Token("end", "", 0, 0)
_SIMPLE = frozenset(("t", "x"))


def is_applied(reader: Reader, name: str, start: int) -> bool:
    """Rule 4: is `s(` a call or a product?"""
    inside = bracketed(reader)
    if _is_surely_applied(reader, name, inside):
        return True
    single = single_argument(inside)
    if single is not None:
        usual, sure = _takes_single(reader, name, single, start)
    else:
        declared = name in reader.lexicon.names
        usual = _is_signal(name, inside) or (not declared and _is_usual(reader, name, inside, start))
        unsure = name == "f" and any(token.text == "(" for token in inside)
        sure = not usual and ((declared and not unsure) or bool(reader.arguments) or _is_factor(reader, name))
        sure = sure and not (declared and _defines(reader, inside, start))
    if name in reader.lexicon.functional and not _stands_bare(reader, name):
        usual, sure = True, sure and usual
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
    if not begins_side(reader, start) or reader.ahead(len(inside) + 2).text not in ("=", "&", "approx"):
        return False
    if all(token.kind in ("num", "sym", "end") for token in reader.tokens[reader.at + len(inside) + 2 :]):
        return False
    names = {parts(name)[0] for name in reader.lexicon.names}
    return not any(token.text in names for token in inside if token.kind in ("word", "cmd"))


def _is_surely_applied(reader: Reader, name: str, inside: Sequence[Token]) -> bool:
    """What needs no choice: declared as depending on something, primed, of several arguments, a word, or applied to
    a plain variable elsewhere in the formula."""
    declared = name in reader.lexicon.names
    if _is_differential_of(name, reader):
        return False
    if inside and inside[0].kind == "text" and reader.adjacent() and (len(inside) == 1 or inside[1].text == "_"):
        return True
    several = any(token.text in (",", ";", "mid") for token in outer(inside))
    several = several or names_its_argument(outer(inside), reader.ahead(len(inside) + 2))
    if several or reader.lexicon.depends(name):
        return True
    if name.endswith("'"):
        summed = any(token.text in ("+", "-") for token in outer(inside))
        return not summed or not any(token.text == name.rstrip("'") for token in inside)
    if name in reader.functions and (
        single_argument(inside) is not None or _varies(inside) or not _stands_bare(reader, name)
    ):
        return True
    head = name.partition("_")[0]
    if head in FUNCTION_WORDS:
        return True
    if len(head) > 2 and head.isalpha() and head not in GREEK and not declared:
        return True
    if len(name) == 2 and name.isalpha() and name not in GREEK and not declared:
        return single_argument(inside) is not None or name in reader.functions
    if name.startswith("mathcal("):
        return not declared or name in reader.lexicon.functional or single_argument(inside) is not None
    if name in ("Delta", "O") and not declared:
        return True
    return len(inside) > 1 and inside[0].text in FUNCTIONS and inside[0].kind == "cmd" and head in _LETTERED


def _takes_single(reader: Reader, name: str, single: str, start: int) -> tuple[bool, bool]:
    """Whether a name before one variable or number in brackets is usually applied to it, and whether that is sure."""
    declared, head = name in reader.lexicon.names, name.partition("_")[0]
    begins = begins_side(reader, start)
    behind = reader.ahead(len(bracketed(reader)) + 2)
    if not declared and _is_unknown(reader.tokens, name):
        return begins and behind.text in ("=", "&"), False
    if single.startswith("Delta "):
        return head in _LIKELY or name in reader.functions or (begins and behind.text == "="), False
    if not declared and single.startswith(("vec(", "mathbf(")) and (head in _SCALARS or name == "F"):
        return name == "F", False
    if not declared and name in _COEFFICIENTS and single != "t":
        return single in ("0", "x") or not _stands_bare(reader, name), begins and behind.text == "="
    if not declared and head in _COEFFICIENTS and single not in _SIMPLE:
        usual = single == "0" or not _stands_bare(reader, name)
        return usual, usual
    if name == "t" and "_" in single and not declared:
        return False, False
    if name in _UNKNOWN_PAIR and single in _UNKNOWN_PAIR and reader.tokens[max(reader.at - 2, 0)].kind == "num":
        return False, False
    if head in _UNKNOWNS and single.isdigit():
        return begins and behind.text not in ("+", "-"), not begins
    known = single in _SIMPLE or single == "0" or not declared or single not in reader.lexicon.names
    number = single.isdigit() and single != "0" and head not in _LIKELY
    if known and (not number or begins):
        return True, not (single.isdigit() and not declared and _is_summand(reader, name, behind))
    return not number or head in _USUAL_FUNCTIONS, False


def _is_summand(reader: Reader, name: str, behind: Token) -> bool:
    """Whether a letter with a number in brackets is as likely a product, one term of several: `x(0) + (1 - x) y`."""
    if behind.text not in ("+", "-") or "'" in reader.latex or re.search(r"\\frac\s*\{\s*d|\\d*dot", reader.latex):
        return False
    return _is_factor(reader, name)


def _is_differential_of(name: str, reader: Reader) -> bool:
    r"""Whether a name is the differential of a Greek letter, which is multiplied with brackets: `d\tau (1+z)`."""
    return name[0] == "d" and name[1:] in GREEK and name not in reader.lexicon.names


def _is_factor(reader: Reader, name: str) -> bool:
    """Whether a letter is no function here: it stands as a factor elsewhere, or is one of those for coefficients."""
    if name in _COEFFICIENTS | _UNKNOWNS | _IMAGINARY:
        return True
    return len(name) == 1 and any(
        token.kind in ("word", "seg")
        and name in token.text
        and not (token.text[-1] == name and after.text in ("(", "'", "_"))
        and not (before.text == "(" and after.text == ")")
        for before, token, after in zip([_NONE, *reader.tokens], reader.tokens, reader.tokens[1:], strict=False)
    )


def _is_usual(reader: Reader, name: str, inside: Sequence[Token], start: int) -> bool:
    """Whether an undeclared letter before a bracket is more often a function: `f(x + h)`, `y(-1) = 0`."""
    letter = name.partition("_")[0].rpartition(" ")[2]
    variable = _varies(inside)
    if letter in _LIKELY and (letter in reader.functions or (inside[0].text == "-" and len(inside) == 2)):
        return True
    if letter == "E" and any(token.kind in ("word", "seg") and token.text[-1] in "XYZ" for token in inside):
        return True
    if (letter in _LIKELY or letter.startswith(("vec(", "mathbf("))) and variable:
        return True
    word_below = len(name.partition("_")[2]) > 1
    if letter in _SOLUTIONS and any(token.text == "t" and token.kind == "word" for token in inside):
        return True
    if letter == "sigma" and "\\log" in reader.latex:
        return True
    if letter.startswith("mathcal(") or flat(inside).lstrip("-").startswith(("jomega", "iomega")) or _is_call(inside):
        return True
    digits = not any(token.kind in ("word", "name", "seg") or token.text in GREEK for token in inside)
    behind = reader.ahead(len(inside) + 2)
    whole = behind.text in ("=", "approx", "&") or (behind.kind == "end" and name not in _COEFFICIENTS | _UNKNOWNS)
    if digits and whole and begins_side(reader, start):
        return True
    below = name.partition("_")[2]
    if below.isdigit() and not any(token.text in _VARIABLES for token in inside):
        return False
    if letter in reader.functions:
        return not (below and letter not in _LIKELY and _is_one_and_more(inside))
    capital = letter.isupper() and letter != "P" and len(letter) == 1
    if (capital or word_below) and not any(token.text in _VARIABLES for token in inside):
        return False
    return letter in _USUAL_FUNCTIONS and not _stands_bare(reader, name)


def _is_one_and_more(inside: Sequence[Token]) -> bool:
    r"""Whether a bracket begins with a one to which something is added, as a correction does: `T_0 (1 + \frac z h)`."""
    return len(inside) > 2 and inside[0].text == "1" and inside[1].text in ("+", "-")


def is_single_argument(reader: Reader) -> bool:
    """Whether a bracket with one plain variable comes next."""
    if not reader.is_sym("("):
        return False
    inside = bracketed(reader)
    single = single_argument(inside)
    return _is_call(inside) or (single is not None and not single.isdigit())


def _is_call(inside: Sequence[Token]) -> bool:
    """Whether the argument is one application: `f(g(x))`."""
    opens = next((at for at, token in enumerate(inside) if token.text == "(" and token.kind == "sym"), 0)
    if not opens or closing(inside, opens) != len(inside) - 1:
        return False
    single = single_argument(inside[:opens])
    return (opens == 1 and inside[0].kind in ("word", "seg")) or (single is not None and not single.isdigit())


def _varies(inside: Sequence[Token]) -> bool:
    """Whether a plain variable stands among the arguments."""
    pairs = pairwise([*inside, _NONE])
    return any(token.text in _SIMPLE and token.kind == "word" and after.text != "_" for token, after in pairs)


def begins_side(reader: Reader, start: int) -> bool:
    """Whether nothing of the same side stands before the place `start`."""
    before = next((token for token in reversed(reader.tokens) if token.end <= start and token.kind != "end"), None)
    if before is not None and before.text.startswith("begin "):
        return True
    return before is None or before.text in (
        *("=", "approx", ",", ";", "\\", "&", "quad", "qquad", "Rightarrow", "iff", "to"),
    )


def _stands_bare(reader: Reader, name: str) -> bool:
    """Whether a letter stands somewhere in the formula without a bracket behind it, as a factor does."""
    return any(
        token.kind in ("word", "seg")
        and name in token.text
        and not (token.text[-1] == name and after.text in ("(", "'"))
        for token, after in pairwise(reader.tokens)
    )


def bracketed(reader: Reader, inside: int = 1) -> Sequence[Token]:
    """The tokens inside the bracket that opens next, or (`inside` 0) that has just been opened."""
    tokens, depth = reader.tokens, 1 - inside
    for at in range(reader.at, len(tokens)):
        text = tokens[at].text if tokens[at].kind == "sym" else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return tokens[reader.at + inside : at]
    return tokens[reader.at + inside : -1]


def outer(tokens: Sequence[Token]) -> list[Token]:
    """The tokens outside every inner bracket and brace."""
    depth, found = 0, []
    for token in tokens:
        text = token.text if token.kind == "sym" else ""
        if text and text in "([{":
            depth += 1
        if depth == 0:
            found.append(token)
        if text and text in ")]}":
            depth -= 1
    return found


def single_argument(tokens: Sequence[Token]) -> str | None:
    """The one plain variable or number that the tokens are, if they are."""
    while tokens and tokens[-1].text == "'":
        tokens = tokens[:-1]
    if not tokens:
        return None
    if tokens[0].text == "Delta" and len(tokens) > 1:
        rest = single_argument(tokens[1:])
        return None if rest is None else f"Delta {rest}"
    first = tokens[0]
    if first.kind == "cmd" and first.text in ACCENTS:
        end = after_argument([*tokens, first], 1)
        if end < len(tokens) and tokens[end].text == "_":
            end = after_argument([*tokens, first], end + 1)
        return f"{first.text}({flat(tokens[1:])})" if end >= len(tokens) else None
    plain = (
        (first.kind in ("word", "name") and len(first.text) == 1)
        or first.kind == "num"
        or (first.kind == "cmd" and first.text in GREEK)
    )
    if plain and first.kind != "num" and (starred := _starred(tokens)):
        return starred
    if plain and (len(tokens) == 1 or (tokens[1].text == "_" and after_argument([*tokens, first], 2) >= len(tokens))):
        return flat(tokens[:1]) + (f"_{flat(tokens[2:])}" if len(tokens) > 1 else "")
    return None


def _starred(tokens: Sequence[Token]) -> str:
    """The name under a raised star that the tokens are (`x^*`, `x^{\\ast}`), empty where they are none."""
    cut = next((at for at, token in enumerate(tokens) if token.text == "^"), 0)
    raised = [token.text for token in tokens[cut + 1 :] if token.text not in ("{", "}")] if cut else []
    before = single_argument(tokens[:cut]) if raised in (["*"], ["star"]) else None
    return f"{before}^*" if before else ""


def _is_doubtful(name: str, single: str, lowered: bool, multiplied: bool) -> bool:
    """Whether a name before one argument in brackets is as often a factor: `a(\\Delta t)`, `c(w)`, `s(\\vec u)`."""
    if lowered is False and name in _UNKNOWN_PAIR and single in _UNKNOWN_PAIR and multiplied:
        return True
    if (
        (name == "t" and "_" in single)
        or (name, single[:3]) == ("F", "vec")
        or (name == "g" and multiplied and single[:5] == "Delta")
    ):
        return True
    if single.startswith(("Delta ", "vec(", "mathbf(")):
        return name not in _LIKELY and not name.startswith(("vec(", "mathbf("))
    return name in _COEFFICIENTS and single != "t" and not lowered


def functions_in(tokens: Sequence[Token], names: frozenset[str]) -> frozenset[str]:
    """The names that are surely functions in a formula: primed, or applied to one plain variable."""
    found = set()
    for at, token in enumerate(tokens[:-1]):
        after = tokens[at + 1]
        if at and tokens[at - 1].text == "_":
            continue
        if after.kind != "sym" or after.text not in "('_^" or not (token.kind == "word" or token.text in GREEK):
            continue
        name = token.text[-1:] if token.kind == "word" and token.text not in FUNCTIONS else token.text
        lowered = after.text == "_"
        multiplied = (at > 0 and tokens[at - 1].kind == "num") or (token.kind == "word" and len(token.text) > 1)
        if after.text == "^":
            if [raised.text for raised in tokens[at + 2 : at + 4]] == ["{", "("] and token.text[-1:] in _LIKELY:
                found.add(token.text[-1:])
            continue
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
        single = single_argument(inside) if inside and inside[0].kind != "num" else None
        sure = single is not None and (single in _SIMPLE or single not in names or name not in names)
        sure = sure and not (single is not None and _is_doubtful(name, single, lowered, multiplied))
        if (sure and not _is_unknown(tokens, name)) or tokens[at].text == "'":
            found.add(name)
    return frozenset(found)


def _is_unknown(tokens: Sequence[Token], name: str) -> bool:
    """Whether a capital of a sum of fractions stands somewhere by itself: the A of `A/(x + 1)` in `A (x)(x - 2)`."""
    if name not in _UNKNOWNS:
        return False
    for at, (token, after) in enumerate(pairwise(tokens)):
        lowered = "_" in [before.text for before in tokens[max(0, at - 2) : at]]
        if token.text == name and after.text in ("}", "+", "-", "=") and not lowered:
            return True
    return False
