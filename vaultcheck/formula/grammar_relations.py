r"""Statements: sides and how they are joined, chains, displays with rows, lists, conditions behind a formula."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultcheck.formula.model import Join, Relation, RelationKind, Sum, Term
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader, Stop
from vaultcheck.formula.tokens import word_set
from vaultcheck.formula.words import joins

_KINDS = {
    "=": RelationKind.EQUAL,
    ":=": RelationKind.DEFINED,
    "equiv": RelationKind.IDENTICAL,
    "approx": RelationKind.APPROXIMATE,
    "sim": RelationKind.APPROXIMATE,
    "simeq": RelationKind.APPROXIMATE,
    "cong": RelationKind.APPROXIMATE,
    "approxeq": RelationKind.APPROXIMATE,
    "propto": RelationKind.PROPORTIONAL,
    "doteq": RelationKind.APPROXIMATE,
    "<": RelationKind.LESS,
    ">": RelationKind.GREATER,
    "leq": RelationKind.LESS_EQUAL,
    "geq": RelationKind.GREATER_EQUAL,
    "ll": RelationKind.MUCH_LESS,
    "gg": RelationKind.MUCH_GREATER,
    "neq": RelationKind.UNEQUAL,
    "lesssim": RelationKind.LESS_EQUAL,
    "gtrsim": RelationKind.GREATER_EQUAL,
}
_ASSERTING = frozenset(
    (
        RelationKind.EQUAL,
        RelationKind.DEFINED,
        RelationKind.IDENTICAL,
        RelationKind.APPROXIMATE,
        RelationKind.PROPORTIONAL,
    )
)
_JOINS = {
    "Rightarrow": Join.STEP,
    "iff": Join.STEP,
    "therefore": Join.STEP,
    "leadsto": Join.STEP,
    "vee": Join.OR,
    "wedge": Join.LIST,
    "quad": Join.LIST,
    "qquad": Join.LIST,
    "\\": Join.ROW,
}
_REMARKS = word_set(
    """
    in notin forall exists ldots mathbb subset mid to pmod cup cap setminus { subseteq mapsto neg
    """
)
_ROWS = frozenset(
    (
        "aligned",
        "align",
        "gathered",
        "gather",
        "split",
        "cases",
        "equation",
        "eqnarray",
        "alignedat",
        "multline",
        "rcases",
        "dcases",
        "flalign",
    )
)


@dataclass(slots=True)
class Statements:
    """What the statements of a formula gave."""

    relations: list[Relation] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)


def statements(reader: Reader) -> Statements:
    """Everything up to the end of the formula; raises `Stop` where it cannot be understood."""
    found = Statements()
    join = Join.FIRST
    while True:
        join = _between(reader, join)
        token = reader.peek()
        if token.kind == "end":
            return found
        start = reader.at
        try:
            if token.kind == "text" and _remark(reader, found):
                continue
            _statement(reader, found, join)
        except Stop:
            if not found.relations or not _is_remark(reader, start):
                raise
            _condition(reader, found, start)
        join = Join.LIST


def _between(reader: Reader, join: Join) -> Join:
    """Step over what stands between two statements; how the next one is tied to the last."""
    seen = {join}
    while True:
        token = reader.peek()
        if token.kind == "cmd" and token.text in _JOINS:
            seen.add(_JOINS[token.text])
        elif token.kind == "cmd" and token.text.startswith(("begin ", "end ")):
            if token.text.partition(" ")[2] not in _ROWS:
                raise reader.stop("no matrix or table", token)
            reader.take()
            if token.text == "begin alignedat" and reader.is_sym("{"):
                reader.group()
            continue
        elif token.kind == "text" and token.text.strip(" ,.").casefold() in _WORDS:
            seen.add(_WORDS[token.text.strip(" ,.").casefold()])
        elif not (token.kind == "sym" and token.text in ",;.&") and not (token.kind == "cmd" and token.text == "colon"):
            break
        reader.take()
    for found in (Join.STEP, Join.OR, Join.ROW):
        if found in seen and reader.at:
            return Join.FIRST if Join.FIRST in seen else found
    return join


_WORDS = {
    "and": Join.LIST,
    "or": Join.OR,
    "und": Join.LIST,
    "oder": Join.OR,
    "et": Join.LIST,
    "ou": Join.OR,
    "so": Join.STEP,
    "therefore": Join.STEP,
    "thus": Join.STEP,
    "hence": Join.STEP,
    "also": Join.STEP,
}


def _remark(reader: Reader, found: Statements) -> bool:
    """Take words for a remark: all up to the end of the row behind a relation, else the words alone."""
    token = reader.peek()
    if not joins(token.text):
        return False
    if found.relations:
        _condition(reader, found, reader.at)
    else:
        reader.take()
        if token.text.strip():
            found.conditions.append(token.text.strip())
    return True


def _is_remark(reader: Reader, start: int) -> bool:
    """Whether what could not be read from token `start` on is a condition: it speaks of sets, ranges, or in words."""
    row = reader.tokens[start : _row_end(reader, start)]
    if row and row[0].text == "(":
        return True
    return any((t.kind == "cmd" and t.text in _REMARKS) or t.kind == "text" for t in row)


def _row_end(reader: Reader, start: int) -> int:
    """The token after the row that `start` stands in."""
    at = start
    while reader.tokens[at].kind != "end" and not (reader.tokens[at].kind == "cmd" and reader.tokens[at].text == "\\"):
        at += 1
    return at


def _condition(reader: Reader, found: Statements, start: int) -> None:
    """Keep the rest of the row, as it is written, as a condition."""
    end = _row_end(reader, start)
    raw = reader.latex[reader.tokens[start].start : reader.tokens[end].start].strip(" \n,;.&")
    found.conditions.append(raw)
    reader.at = end
    reader.settle()


def _statement(reader: Reader, found: Statements, join: Join) -> None:
    """One side, or sides joined by relation signs."""
    start, first = reader.here(), reader.peek()
    fresh: list[Relation] = []
    kind = relation_sign(reader)
    if kind is not None:
        if not found.relations:
            raise reader.stop("a left side", first)
        left = found.relations[-1].right
        join = Join.CHAIN
    else:
        left = reader.term()
        kind = relation_sign(reader)
        if kind is None:
            _bare(reader, found, left, join, first.text in ("+", "-", "pm"))
            return
    while kind is not None:
        right = _right_side(reader)
        fresh.append(Relation(kind, left, right, span=reader.since(start)))
        left, kind = right, relation_sign(reader)
    if (
        join is Join.LIST
        and found.relations
        and found.relations[-1].kind in _ASSERTING
        and not any(relation.kind in _ASSERTING for relation in fresh)
    ):
        found.conditions.append(reader.latex[start : reader.since(start)[1]])
        return
    found.joins += [join if found.relations else Join.FIRST, *([Join.CHAIN] * (len(fresh) - 1))]
    found.relations += fresh


def _bare(reader: Reader, found: Statements, term: Term, join: Join, signed: bool) -> None:
    """A side without a relation: the rest of a broken line, one more root, or a term of its own."""
    last = found.relations[-1] if found.relations else None
    end = reader.peek()
    if (
        end.kind not in ("end", "text")
        and end.text not in (",", ";", ".", "&", "\\", "quad", "qquad", "(")
        and not (end.kind == "cmd" and (end.text in _JOINS or end.text.startswith(("begin", "end"))))
    ):
        raise reader.stop("a relation sign, a factor or the end")
    if last is not None and join is Join.ROW and signed:
        terms = last.right.terms if isinstance(last.right, Sum) else (last.right,)
        more = term.terms if isinstance(term, Sum) else (term,)
        whole = Sum((*terms, *more), span=(last.right.span[0], term.span[1]))
        found.relations[-1] = Relation(last.kind, last.left, whole, span=(last.span[0], term.span[1]))
    elif last is not None and join in (Join.LIST, Join.OR) and last.kind is RelationKind.EQUAL:
        if any(token.text == "ldots" for token in reader.tokens):
            raise reader.stop("a relation, not a range")
        reader.guess(term.span[0], "read what stands behind the comma as one more value of the left side")
        found.relations.append(Relation(last.kind, last.left, term, span=term.span))
        found.joins.append(Join.OR)
    else:
        found.terms.append(term)


def _right_side(reader: Reader) -> Term:
    """The side behind a relation sign; it may begin on the next row."""
    while reader.is_sym("&") or (reader.is_cmd("\\") and reader.ahead().kind != "end"):
        reader.take()
    if reader.peek().kind == "end" or (reader.peek().kind == "cmd" and reader.peek().text.startswith("end ")):
        raise reader.stop("a right side")
    return reader.term()


def relation_sign(reader: Reader) -> RelationKind | None:
    """The relation sign that comes next, stepped over; alignment marks beside it are no part of it."""
    at = reader.at
    while reader.is_sym("&"):
        reader.take()
    token = reader.peek()
    kind = _KINDS.get(token.text) if token.kind in ("sym", "cmd") else None
    if kind is not None:
        reader.take()
        return _widened(reader, kind)
    if token.text == ":" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.DEFINED
    if token.text == "!" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.UNEQUAL
    if token.kind == "cmd" and token.text == "not" and reader.ahead().text == "=":
        reader.at += 2
        return RelationKind.UNEQUAL
    if token.kind == "cmd" and token.text in ("stackrel", "overset", "underset"):
        return _marked(reader)
    reader.at = at
    return None


def _widened(reader: Reader, kind: RelationKind) -> RelationKind:
    """`<=`, `==`, `=:` as one sign; alignment marks behind it are dropped."""
    while reader.is_sym("&"):
        reader.take()
    if kind in (RelationKind.LESS, RelationKind.GREATER) and reader.is_sym("=") and reader.adjacent():
        reader.take()
        return RelationKind.LESS_EQUAL if kind is RelationKind.LESS else RelationKind.GREATER_EQUAL
    if kind is RelationKind.EQUAL and (reader.is_sym("=") or reader.is_sym(":")) and reader.adjacent():
        return RelationKind.DEFINED if reader.take().text == ":" else kind
    return kind


def _marked(reader: Reader) -> RelationKind:
    r"""`\stackrel{!}{=}`: the sign with what is written over it."""
    token = reader.take()
    over, sign = flat(reader.group()), reader.group()
    if "?" in over:
        raise reader.stop("an assertion, not a question", token)
    kind = _KINDS.get(sign[0].text) if len(sign) == 1 else None
    if kind is None:
        raise reader.stop("a relation sign", token)
    if over.casefold().startswith("def") or over == "Δ":
        return RelationKind.DEFINED
    reader.guess(token.start, f"what is written over the sign is a remark: {over}")
    return kind
