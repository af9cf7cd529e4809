r"""LaTeX to tokens: `tokenise(latex)`.

Total: every string gives tokens, and what carries no meaning (`\left`, `\,`, `\displaystyle`) gives none. Unicode
that notes use for LaTeX (`τ`, `²`, `≤`, the minus sign) becomes the command it stands for, with its own place.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    r"""A piece of a formula. `kind`: `word` (letters), `num` (digits), `cmd` (`text` without its backslash),
    `text` (the words of `\text{…}`), `name` (the letters of `\mathrm{…}`), `sym` (one character), `end`."""

    kind: str
    text: str
    start: int
    end: int


_PIECE = re.compile(
    r"""(?P<word>[A-Za-z]+)(?P<snake>(?:\\_[A-Za-z0-9]+)+)?
      | (?P<num>[0-9]+)
      | (?P<dots>\.\.\.+)
      | (?P<sym>[-+*/=<>(){}\[\]^_!'|,;:.&])
      | (?P<percent>(?<=\d)%(?=\s*(?:$|\n|[=,;)}&]|\\\\)))
      | (?P<space>(?:[\s~]|\\[ ])+|\\[,;:!>\s/]|%[^\n]*\n?)
      | (?P<upright>\\(?P<style>mathrm|operatorname\*?|text|textrm|textit|textbf|textsf|textnormal|mathit|mathsf
            |mbox|rm|hbox|mathtt|texttt)(?![A-Za-z])[ ]*\{(?P<inner>[^{}\\$_^]*)\})
      | (?P<cmd>\\(?:[A-Za-z]+\*?|.))
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: how the longer tables of the reader are written down."""
    return frozenset(text.split())


_DROPPED = word_set(
    """
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits bigl bigr Bigl Bigr biggl biggr Biggl
    Biggr big Big bigg Bigg large Large LARGE small tiny normalsize huge Huge footnotesize rm it nonumber
    notag hline enspace thinspace medspace thickspace negthinspace allowbreak middle mathstrut strut space
    quadspace llcorner bm boldmath cal sf scriptsize centering break nobreak
    """
)
_SKIPPED = word_set(
    "label tag tag* hspace hspace* vspace vspace* color phantom hphantom vphantom eqref ref mspace textcolor colorbox"
)
_RENAMED = {
    "dfrac": "frac",
    "tfrac": "frac",
    "cfrac": "frac",
    "sfrac": "frac",
    "le": "leq",
    "ge": "geq",
    "ne": "neq",
    "leqslant": "leq",
    "geqslant": "geq",
    "triangle": "Delta",
    "lvert": "|",
    "rvert": "|",
    "vert": "|",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "dbinom": "binom",
    "tbinom": "binom",
    "ast": "*",
    "colon": ":",
    "lt": "<",
    "gt": ">",
    "bold": "mathbf",
    "boldsymbol": "mathbf",
    "mathbfit": "mathbf",
    "textmu": "mu",
    "ohm": "Omega",
    "dots": "ldots",
    "cdots": "ldots",
    "dotsc": "ldots",
    "dotsb": "ldots",
    "overrightarrow": "vec",
    "operatorname": "mathrm",
    "textbf": "mathbf",
    "textit": "mathit",
    "newline": "\\",
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "bar",
    "implies": "Rightarrow",
    "Longrightarrow": "Rightarrow",
    "Leftrightarrow": "iff",
    "Longleftrightarrow": "iff",
    "thickapprox": "approx",
    "coloneqq": ":=",
    "Coloneqq": ":=",
    "triangleq": ":=",
    "coloneq": ":=",
    "defeq": ":=",
    "varpropto": "propto",
    "infin": "infty",
    "prime": "'",
    "lor": "vee",
    "land": "wedge",
    "rightarrow": "to",
    "longrightarrow": "to",
    "div": "/",
    "N": "mathbb",
    "R": "mathbb",
    "Z": "mathbb",
    "Q": "mathbb",
    "cdotp": "cdot",
    "dag": "dagger",
    "lnot": "neg",
    "sdot": "cdot",
    "centerdot": "cdot",
    "bullet": "cdot",
    "ldotp": ".",
    "minus": "-",
    "plus": "+",
    "hslash": "hbar",
    "Downarrow": "Rightarrow",
    "perthousand": "permille",
}
_UNICODE = {
    "−": "-",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "·": "cdot",
    "⋅": "cdot",
    "∙": "cdot",
    "•": "cdot",
    "×": "times",
    "÷": "/",
    "∕": "/",
    "≤": "leq",
    "≥": "geq",
    "≠": "neq",
    "≈": "approx",
    "≅": "cong",
    "≡": "equiv",
    "∝": "propto",
    "∼": "sim",
    "≃": "simeq",
    "≪": "ll",
    "≫": "gg",
    "→": "to",
    "⟶": "to",
    "⇒": "Rightarrow",
    "⟹": "Rightarrow",
    "⇔": "iff",
    "⟺": "iff",
    "∞": "infty",
    "∂": "partial",
    "∇": "nabla",
    "∑": "sum",
    "∏": "prod",
    "∫": "int",
    "√": "sqrt",
    "±": "pm",
    "∓": "mp",
    "∈": "in",
    "∉": "notin",
    "⊂": "subset",
    "⊆": "subseteq",
    "∪": "cup",
    "∩": "cap",
    "∅": "emptyset",
    "∀": "forall",
    "∃": "exists",
    "¬": "neg",
    "∧": "wedge",
    "∨": "vee",
    "°": "degree",
    "º": "degree",
    "µ": "mu",
    "Ω": "Omega",
    "ℏ": "hbar",
    "′": "'",
    "’": "'",
    "″": "''",
    "∗": "*",
    "…": "ldots",
    "⋯": "ldots",
    "≔": ":=",
    "≜": ":=",
    "‰": "permille",
    "ϵ": "epsilon",
    "ϕ": "phi",
    "ϑ": "vartheta",
    "∘": "circ",
    "ℓ": "ell",
    "Å": "angstrom",
    "←": "leftarrow",
    "↔": "leftrightarrow",
    "∴": "therefore",
    "ₑ": "e",
}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
GREEK = frozenset([*_GREEK.values(), "varepsilon", "vartheta", "varphi", "varrho", "varkappa", "varpi"])
"""The Greek letters, as their LaTeX names."""
GREEK_SIGNS = {name: sign for sign, name in reversed(_GREEK.items())} | {"varepsilon": "ε", "varphi": "φ"}
"""The letters themselves, for people."""
_UNICODE.update(_GREEK)
_RAISED = {c: d for d, c in zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True)}
_LOWERED = {c: d for d, c in zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True)}
_HALVES = {"½": ("1", "2"), "¼": ("1", "4"), "¾": ("3", "4"), "⅓": ("1", "3"), "⅔": ("2", "3")}
_PLAIN = frozenset(("word", "num", "sym"))
_SIGNS = {"dots": "ldots", "percent": "%"}
_WIDE = 2
"""So many spaces with a backslash still stand inside a formula; more part two."""
_STARRED = frozenset(("tag*", "hspace*", "vspace*", "operatorname*"))
_TEXTS = word_set("text textrm mbox textit textbf intertext textnormal hbox")
_WITH_GROUP = _SKIPPED | _TEXTS | {"begin", "end", "si", "unit", "ce", "pu", "ch", "cancelto"}
_MARKING = {"textcolor": "textcolor", "colorbox": "textcolor", "cancelto": "cancel"}
_ROW_GAP = re.compile(r"\*?(?:\[[^\]]{0,12}(?:em|pt|ex|cm|mm)\])?")
_UPRIGHT_NAMES = frozenset(("mathrm", "operatorname", "operatorname*", "rm"))
_BARS = frozenset(("|", "\\|", "\\vert", "\\lvert", "\\rvert", "."))


def tokenise(latex: str) -> list[Token]:
    """The tokens of `latex` in order, closed by one of kind `end`. Places are code points of `latex`."""
    tokens: list[Token] = []
    at, size = 0, len(latex)
    while at < size:
        match = _PIECE.match(latex, at)
        assert match is not None  # the last alternative takes any character
        kind = match.lastgroup or "other"
        end = match.end()
        if kind in _PLAIN:
            tokens.append(Token(kind, match.group(), at, end))
        elif kind == "space":
            if end - at > _WIDE and ("~~~" in match.group() or match.group().count("\\ ") > _WIDE):
                tokens.append(Token("cmd", "quad", at, end))
        elif kind in _SIGNS:
            tokens.append(Token("cmd", _SIGNS[kind], at, end))
        elif kind == "snake":
            tokens.append(Token("name", match.group().replace("\\_", "_"), at, end))
        elif kind == "other":
            end = _unicode(latex, at, tokens)
        elif kind == "cmd":
            end = _command(latex, match.group()[1:], at, end, tokens)
        else:
            _upright(match, tokens)
        at = end
    tokens.append(Token("end", "", size, size))
    return tokens


def _upright(match: re.Match[str], tokens: list[Token]) -> None:
    """One token for `\\mathrm{df}` or `\\text{…}`; a lone differential `\\mathrm{d}` keeps its own name."""
    style, inner = match["style"], " ".join(match["inner"].replace("~", " ").split())
    if style == "textbf" and len(inner) == 1 and inner.isalpha():
        tokens += [Token("cmd", "mathbf", match.start(), match.end()), Token("word", inner, match.start(), match.end())]
        return
    kind = "name" if style in _UPRIGHT_NAMES else "text"
    if inner.isascii() and inner.isdigit():
        kind = "num"
    tokens.append(Token(kind, inner, match.start(), match.end()))


def _unicode(latex: str, at: int, tokens: list[Token]) -> int:
    """Tokens for one character outside ASCII (or a run of raised or lowered ones); where it ends."""
    char = latex[at]
    for table, mark in ((_RAISED, "^"), (_LOWERED, "_")):
        if char in table:
            end = at
            while end < len(latex) and latex[end] in table:
                end += 1
            tokens += [Token("sym", mark, at, at), Token("sym", "{", at, at)]
            plain = "".join(table[c] for c in latex[at:end])
            for piece in re.finditer(r"\d+|\D", plain):
                kind = "num" if piece.group().isdigit() else "word" if piece.group() == "n" else "sym"
                tokens.append(Token(kind, piece.group(), at + piece.start(), at + piece.end()))
            tokens.append(Token("sym", "}", end, end))
            return end
    if char in _HALVES:
        upper, lower = _HALVES[char]
        tokens.append(Token("cmd", "frac", at, at + 1))
        tokens += [Token("num", upper, at, at + 1), Token("num", lower, at, at + 1)]
    elif char in _UNICODE:
        _plain(_UNICODE[char], at, at + 1, tokens)
    elif char.isalpha():
        end = at + 1
        while end < len(latex) and latex[end].isalpha() and latex[end] not in _UNICODE:
            end += 1
        tokens.append(Token("word", latex[at:end], at, end))
        return end
    elif not char.isspace() and char not in "\u200b\u200c\u200d\ufeff":
        tokens.append(Token("sym", char, at, at + 1))
    return at + 1


def _plain(text: str, start: int, end: int, tokens: list[Token]) -> None:
    """A token for what a command or character was renamed to."""
    if not text:
        return
    kind = "cmd" if text[0].isalpha() and len(text) > 1 else "word" if text.isalpha() else "sym"
    tokens.append(Token(kind, text, start, end))


def _command(latex: str, name: str, start: int, end: int, tokens: list[Token]) -> int:
    """The token of one command, or none where it carries no meaning; where reading goes on."""
    if name.endswith("*") and name not in _STARRED:
        end = _command(latex, name[:-1], start, end - 1, tokens)
        tokens.append(Token("sym", "*", end, end + 1))
        return end + 1
    if name in _DROPPED:
        return end
    if name in ("left", "right", "mleft", "mright"):
        return _fence(latex, name, start, end, tokens)
    group = braced(latex, end) if name in _WITH_GROUP else None
    if group:
        return _with_group(name, start, group, tokens)
    if name in ("|", "Vert", "lVert", "rVert"):
        tokens.append(Token("cmd", "Vert", start, end))
    elif name in ("dif", "dd", "differentialD", "diff"):
        tokens.append(Token("name", "d", start, end))
    elif name == "Pr":
        tokens.append(Token("word", name, start, end))
    elif name == "\\":
        tokens.append(Token("cmd", "\\", start, end))
        optional = _ROW_GAP.match(latex, end)
        return optional.end() if optional else end
    elif name not in _SKIPPED:
        _plain_command(_RENAMED.get(name, name), start, end, tokens)
    return end


def _with_group(name: str, start: int, group: tuple[str, int], tokens: list[Token]) -> int:
    """The token of a command and the group behind it, taken as one."""
    inner, end = group
    if name in _TEXTS:
        tokens.append(Token("text", " ".join(inner.replace("\\_", "_").split()), start, end))
    elif name in ("begin", "end"):
        tokens.append(Token("cmd", f"{name} {inner.strip().rstrip('*')}", start, end))
    elif name in ("si", "unit"):
        tokens.append(Token("unit", inner, start, end))
    elif name in ("hspace", "hspace*") and "em" in inner:
        tokens.append(Token("cmd", "quad", start, end))
    elif name in _MARKING:
        tokens.append(Token("cmd", _MARKING[name], start, end))
    elif name in ("ce", "pu", "ch"):
        tokens.append(Token("cmd", name, start, end))
    return end


def _plain_command(name: str, start: int, end: int, tokens: list[Token]) -> None:
    """A command under the name it is known by; some are one plain character."""
    if name in ("|", "/", "<", ">", ":", ".", "-", "+", "'", "[", "]", "*"):
        tokens.append(Token("sym", name, start, end))
    elif name:
        tokens.append(Token("cmd", name, start, end))


def _fence(latex: str, name: str, start: int, end: int, tokens: list[Token]) -> int:
    r"""`\left(` gives `(`; `\left|` gives `open|`, so that nested bars can be told apart; `\left.` gives `open.`."""
    match = _PIECE.match(latex, end)
    while match is not None and match.lastgroup == "space":
        end = match.end()
        match = _PIECE.match(latex, end)
    if match is None:
        return end
    text = match.group()
    if text in _BARS:
        side = "open" if name.endswith("left") else "close"
        tokens.append(
            Token("sym", f"{side}{'‖' if text == chr(92) + '|' else '.' if text == '.' else '|'}", start, match.end())
        )
        return match.end()
    return end


def braced(latex: str, at: int) -> tuple[str, int] | None:
    """The inside of the braces that open at `at` (spaces before them allowed), and where they end."""
    while at < len(latex) and latex[at] == " ":
        at += 1
    if at >= len(latex) or latex[at] != "{":
        return None
    depth = 0
    for place in range(at, len(latex)):
        if latex[place] == "{":
            depth += 1
        elif latex[place] == "}":
            depth -= 1
            if depth == 0:
                return latex[at + 1 : place], place + 1
    return None
