"""What stands beside a formula: conditions, words, labels, the numbers of equations; and what the statements gave."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.model import Join, Number, Relation, RelationKind, Symbol, Term
from vaultcheck.formula.names import closing, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token, word_set
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.walk import names
from vaultcheck.formula.words import joins

_REMARKS = word_set(
    """
    in notin forall exists ldots mathbb subset mid to cup cap setminus { subseteq mapsto neg
    """
)
_BESIDE = word_set("in notin forall exists subset subseteq to mid ldots")
_OF_UNITS = frozenset(("word", "name", "text"))
_SURE_UNITS = frozenset(("Nm", "Hz", "Pa", "J", "W"))
"""Units with a capital that in square brackets are no concentration."""
_INDICES = frozenset("ijklmn") | {"mu", "nu"}
_DOMAINS = frozenset((Symbol("D"), Symbol("L"), Symbol("W"), Symbol("M")))
"""What sets are called in notes that write them without braces."""
_SEPARATORS = word_set(", ; . & quad qquad \\ and")
_AFTER_NAME = word_set("cdot times pm mp") | frozenset(SIGNS)


@dataclass(slots=True)
class Statements:
    """What the statements of a formula gave."""

    relations: list[Relation] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    main: int = 0
    """The last relation that does not stand beside another one in its row."""
    aside: bool = False
    """Whether a condition was the last that was found."""

    def remark(self, text: str) -> None:
        """Keep a condition as it is written."""
        self.conditions.append(text)
        self.aside = True

    def assert_all(self, fresh: list[Relation], join: Join, *, beside: bool = False) -> None:
        """Add relations that begin each with the side before; `beside` another one, they do not go on with its row."""
        self.joins += [join if self.relations else Join.FIRST, *([Join.CHAIN] * (len(fresh) - 1))]
        self.relations += fresh
        self.aside = False
        if not beside:
            self.main = len(self.relations) - 1


def remark(reader: Reader, found: Statements) -> bool:
    """Take words for a remark: all up to the end of the row behind a relation, else the words alone."""
    token = reader.peek()
    after = reader.ahead()
    labels = (
        " " in token.text
        and not found.relations
        and after.kind in ("word", "name", "cmd")
        and after.text not in _AFTER_NAME
    )
    if (after.kind == "cmd" and after.text in ("quad", "qquad") and token.text.isalpha()) or labels:
        reader.take()
        if labels:
            found.conditions.append(token.text.strip())
        return True
    closes = after.kind == "end" or after.text in (",", ";", ".", "\\", "&") or after.text.startswith("end ")
    if not joins(token.text) and not (found.relations and closes):
        return False
    if found.relations:
        condition(reader, found, reader.at)
    else:
        reader.take()
        if token.text.strip():
            found.conditions.append(token.text.strip())
    return True


def is_remark(reader: Reader, start: int, found: Statements) -> bool:
    """Whether what could not be read from token `start` on is a condition: it speaks of sets, ranges, or in words.
    Dots with something behind them are no remark: they stand for terms that are not written."""
    row = reader.tokens[start : row_end(reader, start)]
    begins = start > 0 and reader.tokens[start - 1].text in ("\\", "quad", "qquad")
    if begins and row and row[0].kind != "text" and _asserts(row):
        return False
    ranges = row and any(token.text == "ldots" for token in row) and (row[0].kind == "num" or row[0].text == "ldots")
    if ranges and reader.tokens[start - 1].text == ",":
        return _is_range(found)
    dots = next((at for at, token in enumerate(row) if token.text == "ldots"), None)
    listed = dots is not None and dots > 0 and row[dots - 1].text == ","
    if dots is not None and dots + 1 < len(row) and not (listed and any(t.text in ("=", "in") for t in row)):
        return False
    if row and row[0].text == "(":
        opens = begins or (reader.tokens[start - 1].text == "&" and reader.tokens[start - 2].text == "\\")
        return closing(row, 0) >= len(row) - 2 and (not opens or _states(row))
    before = reader.tokens[start - 1] if start else None
    if row and before is not None and before.text not in _SEPARATORS and row[0].text == "ldots":
        return False
    if row and before is not None and before.text not in _SEPARATORS:
        return row[0].kind == "text" or row[0].text in _BESIDE
    if row and row[0].text in SIGNS:
        return False
    return any((t.kind == "cmd" and t.text in _REMARKS) or (t.kind == "text" and joins(t.text)) for t in row)


def _states(row: list[Token]) -> bool:
    """Whether the bracket that a row begins with holds words or a relation, and is no factor of the row before."""
    depth = 0
    for token in row:
        if token.kind == "text":
            return True
        text = token.text if token.kind in ("sym", "cmd") else ""
        depth += (text in ("(", "{", "[")) - (text in (")", "}", "]"))
        if depth == 1 and text and (text in SIGNS or text in _REMARKS):
            return True
    return False


def _asserts(row: list[Token]) -> bool:
    """Whether a row of a display says that something equals something, of no set and for no quantified name."""
    texts = {token.text for token in row if token.kind in ("cmd", "sym")}
    return "=" in texts and not texts & {"in", "forall", "exists", "to", "mapsto", "subset", "mid", "|", "ldots"}


def row_end(reader: Reader, start: int) -> int:
    """The token after the row that `start` stands in."""
    at = start
    while reader.tokens[at].kind != "end" and not (reader.tokens[at].kind == "cmd" and reader.tokens[at].text == "\\"):
        at += 1
    return at


def _is_range(found: Statements) -> bool:
    """Whether the last relation may be the beginning of a range behind a formula: `…, i = 1, 2, …, n`."""
    return bool(found.relations) and isinstance(found.relations[-1].right, Number) and found.joins[-1] is Join.LIST


def counts(found: Statements, more: Term) -> bool:
    """Whether the last relation and one more whole number behind it tell which values an index takes: `…, i = 1, 2`."""
    last = found.relations[-1]
    index = isinstance(last.left, Symbol) and last.left.name in _INDICES
    whole = all(isinstance(term, Number) and term.value.denominator == 1 for term in (last.right, more))
    return index and whole and found.joins[-1] is Join.LIST


def condition(reader: Reader, found: Statements, start: int) -> None:
    """Keep the rest of the row, as it is written, as a condition."""
    end = row_end(reader, start)
    last = found.relations[-1] if found.relations else None
    first = reader.tokens[start]
    if last is not None and (first.kind == "num" or first.text == "ldots") and _is_range(found):
        start = next(at for at, token in enumerate(reader.tokens) if token.start >= last.span[0])
        found.relations.pop()
        found.joins.pop()
    _refuse_continued(reader, found, start, end)
    raw = reader.latex[reader.tokens[start].start : reader.tokens[end].start].strip(" \n,;.&")
    found.remark(raw)
    reader.at = end
    reader.settle()


def _refuse_continued(reader: Reader, found: Statements, start: int, end: int) -> None:
    """Stop where what would be a condition is more of the last side: a sequence, a set, another value."""
    if not found.relations:
        return
    row, last = reader.tokens[start:end], found.relations[-1]
    texts = [token.text for token in row]
    before = reader.tokens[start - 1]
    if before.text == "Rightarrow" and before.kind == "cmd" and Join.STEP not in found.joins:
        raise reader.stop("a relation behind the arrow", row[0] if row else before)
    if texts[:1] == ["to"] and "to" in texts[1:] and "ldots" in texts:
        raise reader.stop("a relation, not a sequence", row[0])
    if row and row[0].kind == "text" and texts[0].strip() in ("to", "bis") and not names(last.right):
        raise reader.stop("a relation, not a range", row[0])
    if texts[:1] == ["mid"] and texts[1:] in (["infty"], ["0"]) and last.kind is RelationKind.EQUAL:
        raise reader.stop("one value, not another behind a bar", row[0])
    if texts[:1] == ["in"] and isinstance(last.right, Symbol) and last.left in _DOMAINS:
        raise reader.stop("a relation, not a set without braces", row[0])
    lists = "ldots" in texts and not {"=", "in"} & set(texts)
    if lists and before.text == "," and isinstance(last.right, Symbol) and row[0].kind != "num" and texts[0] != "ldots":
        raise reader.stop("one value, not a list", row[0])


def skip_label(reader: Reader) -> None:
    """Step over the name that a line or a plane is given: `E: 2x_1 - x_2 = 4`, `g: \\vec{x} = …`."""
    at = reader.at
    token = reader.tokens[at]
    if not (token.kind == "word" and len(token.text) == 1):
        return
    at += 1
    if reader.tokens[at].text == "_":
        at += 4 if reader.tokens[at + 1].text == "{" else 2
    if at >= len(reader.tokens) or reader.tokens[at].text != ":":
        return
    row = reader.tokens[at + 1 : row_end(reader, at)]
    texts = [t.text if t.text not in SIGNS else "=" for t in row]
    if ":" in texts or "=" not in texts[1 if at > reader.at + 1 else 2 :]:
        return
    if "to" in texts or "mapsto" in texts or "in" in texts or texts[0] == "=":
        return
    reader.at = at + 1
    reader.guess(token.start, f"read {token.text}: as a label")


def is_unit_remark(term: Term) -> bool:
    """`[N]` behind a formula: the unit of what was said."""
    return isinstance(term, Symbol) and term.name.startswith("[") and term.name.endswith("]")


def unit_ends(reader: Reader) -> bool:
    """Whether a unit in square brackets ends the formula: `F = m a [N]`, `c = 4 [J/K]`. Nothing of it is declared."""
    end = closing(reader.tokens, reader.at)
    inside, after = reader.tokens[reader.at + 1 : end], reader.tokens[min(end + 1, len(reader.tokens) - 1)]
    if not (after.kind == "end" or after.text in ",.;") or not all(
        t.kind in _OF_UNITS or t.text == "/" for t in inside
    ):
        return False
    text = flat(inside).strip()
    if not (text[:1].islower() or "/" in text or text in _SURE_UNITS) or reader.lexicon.find(text) is not None:
        return False
    return read_unit(text) is not None


def is_number_of_equation(reader: Reader) -> bool:
    """Whether `(3)` stands behind a wide space at the end: the number of the equation."""
    three = [reader.ahead(place) for place in range(4)]
    shape = [t.text for t in (three[0], three[2])] == ["(", ")"] and three[1].kind == "num"
    closes = three[3].kind == "end" or three[3].text == "\\" or three[3].text.startswith("end ")
    return shape and closes and reader.at > 0 and reader.tokens[reader.at - 1].text in ("quad", "qquad", "hspace")
