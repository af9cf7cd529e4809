"""What a formula is, as a whole: the class of a reading, and of what could not be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vaultcheck.formula.grammar_units import is_numeric
from vaultcheck.formula.model import FormulaClass, Join, Measured, Negative, Symbol, Term
from vaultcheck.formula.tokens import Token, word_set

_SETS = word_set(
    """
    in notin ni subset subseteq subsetneq supset supseteq cup cap bigcup bigcap setminus emptyset varnothing
    mathbb mapsto times mathcal bigoplus oplus otimes bigotimes rightharpoonup hookrightarrow
    twoheadrightarrow triangleleft trianglelefteq leq_s cong simeq restriction upharpoonright amalg sqcup
    uplus complement circ mathfrak mathscr rtimes ltimes bigwedge bigsqcup preceq succeq prec succ lhd unlhd
    ker dim
    """
)
_LOGIC = word_set(
    """
    forall exists wedge vee neg vdash models nexists top bot Leftarrow Rightarrow iff Longrightarrow vDash
    implies lnot land lor bigvee bigwedge therefore because veebar nvdash vartriangle square Box diamond
    """
)
_VECTORS = word_set("nabla langle rangle cross bra ket braket Vert oint iint iiint")
_CHEMISTRY = word_set("ce rightleftharpoons xrightarrow xrightleftharpoons longleftrightarrow pu ch")
_MATRIX = re.compile(r"begin .*(?:matrix|array|tabular|CD|tikz)|^(?:p|b)?matrix$|^underline$|^top$|^intercal$")
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
            return FormulaClass.SYMBOL
        if is_numeric(term) or isinstance(term, Measured):
            return FormulaClass.NUMBER
        return FormulaClass.EXPRESSION
    ties = set(joins[1:])
    if terms or ties & {Join.LIST, Join.OR}:
        return FormulaClass.LIST
    if ties & {Join.ROW, Join.STEP}:
        return FormulaClass.SYSTEM
    return FormulaClass.CHAIN if relations > 1 else FormulaClass.RELATION


def class_of_unread(tokens: Sequence[Token], expected: str) -> FormulaClass:
    """The class of a formula where reading stopped, by what stands in it."""
    commands = {token.text for token in tokens if token.kind == "cmd"}
    kinds = {token.kind for token in tokens}
    if commands & _CHEMISTRY or _is_reaction(tokens):
        return FormulaClass.CHEMISTRY
    if any(_MATRIX.search(command) for command in commands) or "matrix" in expected:
        return FormulaClass.MATRIX
    if kinds <= {"text", "sym", "end", "name"} and "text" in kinds and not commands:
        return FormulaClass.TEXT
    if commands & (_LOGIC - {"Rightarrow", "iff", "therefore"}):
        return FormulaClass.LOGIC
    if commands & _VECTORS or "vector" in expected or "pair" in expected:
        return FormulaClass.VECTOR
    if commands & (_SETS - {"times", "circ", "mathcal", "cong", "simeq"}) or "{" in commands or "set" in expected:
        return FormulaClass.SET
    if ("to" in commands and "lim" not in commands) or _is_map(tokens):
        return FormulaClass.SET
    if commands & {"Rightarrow", "iff", "to", "leftarrow", "leftrightarrow"}:
        return FormulaClass.LOGIC
    return FormulaClass.UNREADABLE


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
        and any(len(word) > 1 for word in words)
    )
