r"""Names: one normal form for every spelling, and the names a note has declared.

The normal form is `base`, then primes, then `_sub`, then `^sup`, in plain letters: `V_df` for `V_{df}`, `V_df`,
`V_{\text{df}}` and `V_{\mathrm{df}}`; `tau_m` for `\tau_m` and `τ_m`; `[K+]_o` for `[\mathrm{K}^+]_o`; `bar(g)_K` for
`\bar{g}_K`; `Delta G`; `R_infty`; `x_1` for `x_{1}` and for a declared `x1`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vaultcheck.formula.model import Vocabulary
from vaultcheck.formula.tokens import GREEK, Token, tokenise, word_set

ACCENTS = word_set("bar hat vec tilde check breve acute grave mathbf mathcal mathfrak mathscr mathring underline")
"""Marks over a letter, and alphabets, that make it another name. A dot is a derivative and not among them."""
_SIGNS = {
    "infty": "infty",
    "circ": "°",
    "degree": "°",
    "ominus": "°",
    "standardstate": "°",
    "times": "×",
    "cdot": "·",
    "to": "→",
    "star": "*",
    "ldots": "…",
    "|": "|",
    "parallel": "∥",
    "perp": "⊥",
    "{": "{",
    "}": "}",
    "pm": "±",
    "mp": "∓",
    "%": "%",
    "rightleftharpoons": "⇌",
    "leftrightarrow": "↔",
    "in": "∈",
    "notin": "∉",
    "leq": "≤",
    "geq": "≥",
    "neq": "≠",
    "dagger": "†",
    "ddagger": "‡",
}
_KEPT = word_set("bar hat tilde")
"""Accents that make another subscript: `sigma_bar(x)` is not `sigma_x`."""
_LETTERS_DIGITS = re.compile(r"([A-Za-z]|" + "|".join(sorted(GREEK, key=len, reverse=True)) + r")(\d+)")
_FUNCTIONAL = re.compile(
    r"(?<!partition )(?<!work )(?<!wave )(?<!state )(?<!objective )(?<!cost )(?<!loss )"
    r"\b(?:function(?:al)?|kernel|operator|[cp]df|wavelet|sigmoid|map(?:ping)?|Funktion|fonction|expectation|Erwartungswert|espérance)\b"
    r"(?!s)(?! of state| value)",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"[,;:(\[|]|\b(?:of|that|which|in|as|from|for|with|describing|representing|defining|where|and)\b")
"""Where the head of a meaning ends."""
_RAISED_CHARGE = re.compile(r"\^(\d?[+\-]|['°*†‡])")
_FOLD_FROM = 3


def flat(tokens: Sequence[Token]) -> str:
    """The inside of a subscript or of brackets as plain text: braces, styles and raising are left out."""
    out: list[str] = []
    at = -1
    while (at := at + 1) < len(tokens):
        token = tokens[at]
        if token.kind == "cmd":
            if token.text == "frac":
                middle = _argument_end(tokens, at + 1)
                end = _argument_end(tokens, middle)
                out.append(f"{flat(tokens[at + 1 : middle])}/{flat(tokens[middle:end])}")
                at = end - 1
                continue
            if token.text in _KEPT:
                end = _argument_end(tokens, at + 1)
                out.append(f"{token.text}({flat(tokens[at + 1 : end])})")
                at = end - 1
                continue
            if token.text in ACCENTS or token.text in ("mathrm", "mathit", "mathsf", "text", "textrm"):
                continue
            out.append(_SIGNS.get(token.text, token.text))
        elif token.kind != "sym" or token.text not in "{}":
            out.append(token.text)
    return _RAISED_CHARGE.sub(r"\1", "".join(out))


def _argument_end(tokens: Sequence[Token], at: int) -> int:
    """The token after the argument that begins at `at`: a group, or one token."""
    if at < len(tokens) and tokens[at].kind == "sym" and tokens[at].text == "{":
        return closing(tokens, at) + 1
    return min(at + 1, len(tokens))


def compose(base: str, primes: int = 0, sub: str = "", sup: str = "") -> str:
    """The normal form of a name from its parts."""
    return base + "'" * primes + (f"_{sub}" if sub else "") + (f"^{sup}" if sup else "")


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, int, str, str]:
    """Base, number of primes, subscript and superscript of a name in normal form."""
    inside = name.rfind("]") + 1 if name.startswith("[") else 0
    cut = name.find("_", inside)
    up = name.find("^", max(cut, inside))
    sup = name[up + 1 :] if up >= 0 else ""
    rest = name[:up] if up >= 0 else name
    sub = rest[cut + 1 :] if cut >= 0 else ""
    base = rest[:cut] if cut >= 0 else rest
    bare = base.rstrip("'")
    return bare, len(base) - len(bare), sub, sup


@lru_cache(maxsize=4096)
def normal(latex_name: str) -> str:
    r"""The normal form of a name as a note declares it: `V_{\text{df}}`, `V_df`, `tau_m`, `x1`, `[K^+]_o`.

    Total: what is no name comes back as its own flat text, so that it is never mistaken for another one.
    """
    return normal_of(tokenise(latex_name.strip().strip("$"))[:-1])


def normal_of(tokens: list[Token]) -> str:
    """The normal form of the name that the tokens spell."""
    tokens = _unwrapped(tokens)
    split = _cut(tokens)
    base, primes = _base(tokens[:split])
    sub, sup = _suffixes(tokens[split:])
    if not sub and (match := _LETTERS_DIGITS.fullmatch(base)):
        base, sub = match[1], match[2]
    return compose(base, primes, sub, sup)


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without braces around the whole, which say nothing."""
    while len(tokens) > 1 and tokens[0].text == "{" and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def closing(tokens: Sequence[Token], at: int) -> int:
    """Where the bracket or brace that opens at `at` closes (the last token if nowhere)."""
    pairs = {"{": "}", "[": "]", "(": ")"}
    opening, closing, depth = tokens[at].text, pairs[tokens[at].text], 0
    for place in range(at, len(tokens)):
        text = tokens[place].text if tokens[place].kind == "sym" else ""
        depth += (text == opening) - (text == closing)
        if depth == 0:
            return place
    return len(tokens) - 1


def _cut(tokens: Sequence[Token]) -> int:
    """Where the first subscript or superscript outside brackets begins."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "sym" and token.text in "{[(":
            at = closing(tokens, at)
        elif token.kind == "sym" and token.text in "_^":
            return at
        at += 1
    return at


def _base(tokens: Sequence[Token]) -> tuple[str, int]:
    """The letters of a name with their accent, and how many primes follow."""
    primes = 0
    while tokens and tokens[-1].text == "'":
        primes += 1
        tokens = tokens[:-1]
    if tokens and tokens[0].kind == "cmd" and tokens[0].text in ACCENTS:
        return accented(tokens[0].text, list(tokens[1:])), primes
    if len(tokens) > 1 and tokens[0].text == "Delta":
        return "Delta " + flat(tokens[1:]), primes
    if len(tokens) > 1 and all(token.kind == "word" and len(token.text) > 1 for token in tokens):
        return " ".join(token.text for token in tokens), primes
    return flat(tokens), primes


def accented(mark: str, tokens: list[Token]) -> str:
    r"""The name of a letter under an accent; what is lowered inside belongs to the whole: `\bar{x_i}` is `bar(x)_i`."""
    base, primes, sub, sup = parts(normal_of(tokens))
    return compose(f"{mark}({base})", primes, sub, sup) if mark != "underline" else compose(base, primes, sub, sup)


def _suffixes(tokens: Sequence[Token]) -> tuple[str, str]:
    """Subscript and superscript; several subscripts of a plain key (`rho_c_0`) are one."""
    found = {"_": "", "^": ""}
    at = 0
    while at < len(tokens):
        mark = tokens[at].text if tokens[at].text in found else "_"
        at += tokens[at].text in found
        end = at
        while end < len(tokens) and tokens[end].text not in found:
            end = (closing(tokens, end) if tokens[end].text == "{" and tokens[end].kind == "sym" else end) + 1
        found[mark] += flat(tokens[at:end])
        at = max(end, at)
    return found["_"], found["^"]


def _folds(base: str) -> bool:
    """Whether case is folded in a name: from three plain letters on, and never in a Greek letter."""
    return len(base) >= _FOLD_FROM and base.isalpha() and base not in GREEK


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The declared names, ready to be asked for. `functions` maps a name to what it depends on; `functional` are the
    names whose meaning says that they are functions, without saying of what."""

    names: frozenset[str] = frozenset()
    folded: tuple[tuple[str, str], ...] = ()
    functions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    functional: frozenset[str] = frozenset()

    def find(self, name: str) -> str | None:
        """The declared name that `name` is: itself, or the only one that differs in case from three letters on."""
        if name in self.names:
            return name
        base, primes, sub, sup = parts(name)
        if not self.folded or not _folds(base):
            return None
        wanted = compose(base.casefold(), primes, sub, sup)
        found = [declared for fold, declared in self.folded if fold == wanted]
        return found[0] if len(found) == 1 else None

    def depends(self, name: str) -> tuple[str, ...]:
        """What a declared function depends on; empty for a plain quantity."""
        return next((on for function, on in self.functions if function == name), ())

    def split(self, run: str) -> tuple[str, ...] | None:
        """A run of letters as declared names, the fewest that cover it; `None` where they do not."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(end):
                before = best[start]
                if before is None or run[start:end] not in self.names:
                    continue
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = (*before, run[start:end])
        return best[-1]


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The declared names of `vocabulary`, remembered from one formula of a note to the next."""
    return _lexicon(
        tuple((quantity.name, quantity.function_of, _is_functional(quantity.meaning)) for quantity in vocabulary)
    )


@lru_cache(maxsize=4096)
def _is_functional(meaning: str) -> bool:
    """Whether the head of the meaning is a function, a kernel, an operator: `coupling function`, `Dirac delta
    function`; not a `partition function` or a `wave function`, which are quantities."""
    head = _PHRASE.split(meaning, maxsplit=1)[0]
    return _FUNCTIONAL.search(head) is not None


@lru_cache(maxsize=256)
def _lexicon(declared: tuple[tuple[str, tuple[str, ...], bool], ...]) -> Lexicon:
    names = [name for name, _, _ in declared]
    folded = []
    for name in names:
        base, primes, sub, sup = parts(name)
        if _folds(base):
            folded.append((compose(base.casefold(), primes, sub, sup), name))
    functional = frozenset(name for name, _, is_function in declared if is_function)
    return Lexicon(frozenset(names), tuple(folded), tuple((name, on) for name, on, _ in declared if on), functional)
