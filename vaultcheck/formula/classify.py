"""What a formula is, as a whole: the class of a reading, and of what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.grammar_units import is_numeric
from vaultcheck.formula.model import FormulaClass, Join, Measured, Negative, Symbol, Term
from vaultcheck.formula.tokens import GREEK, Token, word_set

_SETS = word_set(
    """
    in notin ni subset subseteq subsetneq supset supseteq cup cap bigcup bigcap setminus emptyset varnothing
    mathbb mapsto  bigoplus oplus otimes bigotimes rightharpoonup hookrightarrow
    twoheadrightarrow triangleleft trianglelefteq restriction upharpoonright amalg sqcup
    uplus complement mathfrak mathscr rtimes ltimes bigwedge bigsqcup preceq succeq prec succ lhd unlhd
    ker dim boxplus boxdot boxminus set backslash
    """
)
_LOGIC = word_set(
    """
    forall exists wedge vee neg vdash models nexists top Leftarrow Longrightarrow vDash
    implies lnot land lor bigvee bigwedge because veebar nvdash vartriangle square Box diamond
    """
)
_VECTORS = word_set("nabla langle rangle cross bra ket braket Vert oint iint iiint odot star flat sharp")
_CONGRUENCES = frozenset(("mod", "bmod", "pmod"))
_CHEMISTRY = word_set("ce rightleftharpoons xrightarrow xrightleftharpoons longleftrightarrow pu ch")
_QUANTIFIERS = word_set("forall exists wedge vee neg nexists vdash models vDash")
_SURE_SETS = word_set("cup cap in notin subset subseteq supset supseteq setminus bigcup bigcap emptyset varnothing")
_ARROWS = word_set("Rightarrow iff to leftarrow leftrightarrow")
_MATRIX = re.compile(r"begin .*(?:matrix|array|tabular|CD|tikz)|^(?:p|b)?matrix$|^underline$|^top$|^intercal$")
_BASES = frozenset(("alpha", "beta", "gamma"))
_LANGUAGE_LETTERS = frozenset(("0", "1", "00", "01", "10", "11", "011", "R", "M", "L", "epsilon", "varepsilon"))
_INDICES = frozenset("ijklnt")
_LONGEST_RANGE = 10
_ELEMENTS = re.compile(r"\d*(?:\(?(?:[A-Z][a-z]?\d*)+\)?\d*)+")


def class_of(relations: int, joins: Sequence[Join], terms: Sequence[Term]) -> FormulaClass:
    """The class of a formula that was read."""
    if relations == 0:
        if len(terms) > 1:
            return FormulaClass.LIST
        if not terms:
            return FormulaClass.TEXT
        term = terms[0].term if isinstance(terms[0], Negative) else terms[0]
        if isinstance(term, Symbol):
            return FormulaClass.TEXT if " " in term.name.removeprefix("Delta ") else FormulaClass.SYMBOL
        if is_numeric(term) or isinstance(term, Measured):
            return FormulaClass.NUMBER
        return FormulaClass.EXPRESSION
    ties = set(joins[1:])
    if ties & {Join.LIST, Join.OR}:
        return FormulaClass.LIST
    if ties & {Join.ROW, Join.STEP}:
        return FormulaClass.SYSTEM
    return FormulaClass.CHAIN if relations > 1 else FormulaClass.RELATION


def _is_map(tokens: Sequence[Token]) -> bool:
    """`f : X → Y` or another colon that is no `:=`."""
    return any(token.text == ":" and token.kind == "sym" and after.text != "=" for token, after in pairwise(tokens))


def _is_reaction(tokens: Sequence[Token]) -> bool:
    """Element symbols with an arrow between them and no equals sign."""
    if not any(token.kind == "cmd" and token.text in ("to", "rightleftharpoons", "leftrightarrow") for token in tokens):
        return False
    words = [token.text for token in tokens if token.kind in ("word", "name", "text") and len(token.text.strip()) > 0]
    return (
        len(words) > 1
        and all(_ELEMENTS.fullmatch(word.strip()) for word in words)
        and (any(len(word) > 1 for word in words) or any(token.kind == "num" for token in tokens))
    )


@dataclass(frozen=True, slots=True)
class _Unread:
    """What is known of a formula where reading stopped."""

    tokens: Sequence[Token]
    commands: frozenset[str]
    expected: str

    def quantified(self) -> bool:
        return bool(self.commands & _QUANTIFIERS)

    def is_text(self) -> bool:
        kinds = {token.kind for token in self.tokens}
        return not self.commands and "text" in kinds and kinds <= {"text", "sym", "end", "name"}

    def is_prose(self) -> bool:
        """Whether a dollar sign stands inside (what is between two formulas), or signs alone are spoken of."""
        if any(token.text == "$" and token.kind == "sym" for token in self.tokens):
            return True
        return all(token.text in SIGNS or token.text == "," for token in self.tokens[:-1])

    def composes(self) -> bool:
        """Whether a circle stands between two functions, and not raised for degrees or a standard state."""
        pairs = pairwise(self.tokens)
        between = any(after.text == "circ" and token.text not in ("^", "{") for token, after in pairs)
        return between and "overset" not in self.commands

    def is_in_basis(self) -> bool:
        r"""Whether a bracket has a basis lowered behind it: `[T]_\alpha^\beta`, the matrix of a map."""
        runs = zip(self.tokens, self.tokens[1:], self.tokens[2:], self.tokens[3:], strict=False)
        return any(
            (one.text, two.text) == ("]", "_") and (three.text if three.text != "{" else four.text) in _BASES
            for one, two, three, four in runs
        )

    def has_columns(self) -> bool:
        """Whether a determinant is taken of several columns."""
        return "det" in self.commands and self.expected == "a closing )" and any(t.text == "," for t in self.tokens)

    def component(self) -> int:
        """How many indices stand behind a bracket whose component is meant: `(A + B)_{ij}`."""
        if not self.expected.startswith("no subscript"):
            return 0
        runs = zip(self.tokens, self.tokens[1:], self.tokens[2:], self.tokens[3:], strict=False)
        below = [
            four if three.text == "{" else three for one, two, three, four in runs if (one.text, two.text) == (")", "_")
        ]
        found = [token.text for token in below if set(token.text) <= _INDICES]
        return max(map(len, found), default=0)

    def is_range(self) -> bool:
        r"""Whether a name runs through numbers, or a sample is of a distribution: `i = 1, \dots, n`."""
        texts = [token.text for token in self.tokens[:-1]]
        if [",", "ldots", ","] not in [texts[at : at + 3] for at in range(len(texts))]:
            return False
        return "sim" in texts or (
            len(texts) < _LONGEST_RANGE and texts[1:2] == ["="] and texts[3:6] == [",", "ldots", ","]
        )

    def abstracts(self) -> bool:
        r"""Whether a lambda binds a name: `\lambda x. x + 1`."""
        runs = zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
        return any((one.text, three.text) == ("lambda", ".") and two.kind == "word" for one, two, three in runs)

    def is_over_boundary(self) -> bool:
        r"""Whether an integral runs over the boundary of a region: `\int_{\partial M}`."""
        runs = zip(self.tokens, self.tokens[1:], self.tokens[2:], self.tokens[3:], strict=False)
        return any(
            (one.text, two.text, three.text) == ("_", "{", "partial") and four.text.isupper()
            for one, two, three, four in runs
        )

    def is_tensor(self) -> bool:
        r"""Whether a derivative is taken by a numbered coordinate: `\\partial_\\mu A`."""
        runs = zip(self.tokens, self.tokens[1:], self.tokens[2:], self.tokens[3:], strict=False)
        return any(
            (one.text, two.text) == ("partial", "_") and (three.text if three.text != "{" else four.text) in GREEK
            for one, two, three, four in runs
        )

    def is_regular(self) -> bool:
        """Whether a star is raised behind what holds digits alone: the words of a language."""
        plain = {token.text for token in self.tokens if token.kind in ("num", "word") or token.kind == "cmd"}
        starred = any(one.text == "*" and before.text in "^{" for before, one in pairwise(self.tokens) if before.text)
        return starred and any(set(text) <= set("01") for text in plain) and plain <= _LANGUAGE_LETTERS

    def divides(self) -> bool:
        bars = sum(token.text == "|" for token in self.tokens)
        return bool(bars % 2 or (self.commands & {"mid", "nmid"} and "closing" not in self.expected))

    def follows(self) -> bool:
        """An arrow from statement to statement, or a congruence; the arrow of a limit says nothing."""
        arrows = _ARROWS - {"to"} if "lim" in self.commands else _ARROWS
        return bool(self.commands & (arrows | _CONGRUENCES))

    def is_interval(self) -> bool:
        return self.expected.startswith("a closing") and any(token.text == ";" for token in self.tokens)


_RULES: tuple[tuple[FormulaClass, Callable[[_Unread], bool]], ...] = (
    (FormulaClass.TEXT, _Unread.is_prose),
    (FormulaClass.CHEMISTRY, lambda it: bool(it.commands & _CHEMISTRY) or _is_reaction(it.tokens)),
    (FormulaClass.MATRIX, lambda it: any(map(_MATRIX.search, it.commands)) or "matrix" in it.expected),
    (FormulaClass.TEXT, _Unread.is_text),
    (FormulaClass.SET, lambda it: "{" in it.commands and not it.quantified()),
    (FormulaClass.LOGIC, _Unread.divides),
    (FormulaClass.SET, _Unread.is_interval),
    (FormulaClass.VECTOR, lambda it: "circ" in it.commands and bool(it.commands & {"vec", "mathbf"})),
    (FormulaClass.SET, lambda it: bool(it.commands & _SURE_SETS) and not it.quantified()),
    (FormulaClass.LOGIC, lambda it: bool(it.commands & _LOGIC)),
    (FormulaClass.VECTOR, lambda it: bool(it.commands & _VECTORS) or "vector" in it.expected or "pair" in it.expected),
    (FormulaClass.SET, lambda it: bool(it.commands & _SETS) or "{" in it.commands),
    (FormulaClass.LOGIC, lambda it: "congruence" in it.expected),
    (FormulaClass.SET, lambda it: any(word in it.expected for word in ("set", "distribution", "operation"))),
    (FormulaClass.SET, lambda it: ("to" in it.commands and "lim" not in it.commands) or _is_map(it.tokens)),
    (FormulaClass.LOGIC, lambda it: it.follows()),
    (FormulaClass.LOGIC, lambda it: ("not" in it.commands and "equiv" in it.commands) or it.abstracts()),
    (FormulaClass.MATRIX, lambda it: it.is_in_basis() or it.has_columns() or it.component() > 1),
    (FormulaClass.SET, lambda it: it.composes() or it.is_regular() or it.is_range()),
    (
        FormulaClass.VECTOR,
        lambda it: "no operator" in it.expected or it.is_over_boundary() or it.is_tensor() or it.component() == 1,
    ),
)


def class_of_unread(tokens: Sequence[Token], expected: str) -> FormulaClass:
    """The class of a formula where reading stopped, by what stands in it: the first rule that holds."""
    commands = frozenset(token.text for token in tokens if token.kind == "cmd")
    unread = _Unread(tokens, commands, expected)
    return next((kind for kind, holds in _RULES if holds(unread)), FormulaClass.UNREADABLE)
