r"""Statements: sides and how they are joined, chains, displays with rows, lists, conditions behind a formula."""

from __future__ import annotations

from vaultcheck.formula.grammar_lists import hold_of_every_name, is_condition, share_bound
from vaultcheck.formula.grammar_remarks import (
    Statements,
    condition,
    counts,
    is_number_of_equation,
    is_remark,
    is_unit_remark,
    remark,
    row_end,
    skip_label,
    unit_ends,
)
from vaultcheck.formula.grammar_signs import SIGNS, relation_sign
from vaultcheck.formula.grammar_tilde import is_distribution, scales
from vaultcheck.formula.model import Apply, Join, Relation, RelationKind, Sum, Symbol, Term
from vaultcheck.formula.reader import Reader, Stop
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.walk import has, names

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


def statements(reader: Reader) -> Statements:
    """Everything up to the end of the formula; raises `Stop` where it cannot be understood."""
    found = Statements()
    join = Join.FIRST
    while True:
        join = _between(reader, join, found)
        token = reader.peek()
        if token.kind == "end":
            if found.relations:
                found.conditions += [reader.latex[slice(*term.span)] for term in found.terms]
                found.terms.clear()
            return found
        start = reader.at
        spaced = reader.tokens[start - 1].text in ("quad", "qquad")
        if token.text == "[" and found.relations and (spaced or unit_ends(reader)):
            condition(reader, found, start)
            continue
        try:
            skip_label(reader)
            if token.kind == "text" and remark(reader, found):
                continue
            _statement(reader, found, join)
        except Stop:
            if not found.relations or not is_remark(reader, start, found):
                raise
            condition(reader, found, start)
        join = Join.LIST


def _between(reader: Reader, join: Join, found: Statements) -> Join:
    """Step over what stands between two statements; how the next one is tied to the last."""
    seen = {join}
    while True:
        token = reader.peek()
        if _skipped(reader, token):
            continue
        if token.kind == "cmd" and token.text.startswith(("begin ", "end ")):
            if not _environment(reader, token):
                break
            continue
        tie = _tie(reader, token, found)
        if tie is not None:
            seen.add(tie)
        elif not (token.kind == "sym" and token.text in ",;.&"):
            break
        reader.take()
    for tie in (Join.STEP, Join.OR, Join.ROW):
        if tie in seen and reader.at:
            return Join.FIRST if Join.FIRST in seen else tie
    return join


def _tie(reader: Reader, token: Token, found: Statements) -> Join | None:
    """How a token ties two statements, if it does. Between bare names `\\wedge` is logic and ties nothing."""
    between = reader.at > 0 and reader.tokens[reader.at - 1].text in ("quad", "qquad")
    if token.kind == "word" and between and token.text in ("where", "with", "and") and reader.ahead().text != "=":
        return Join.LIST
    if token.kind == "text" or (token.kind == "word" and between and token.text in ("or", "and", "und", "oder", "vs")):
        return _WORDS.get(token.text.strip(" ,.").casefold())
    if token.kind != "cmd" or (token.text in ("wedge", "vee") and not _implies(reader, found)):
        return None
    if token.text == "to":
        return Join.STEP if _implies(reader, found) else None
    return _JOINS.get(token.text)


_WORDS = {
    "and": Join.LIST,
    "or": Join.OR,
    "und": Join.LIST,
    "oder": Join.OR,
    "et": Join.LIST,
    "ou": Join.OR,
    "vs": Join.LIST,
    "vs.": Join.LIST,
    "so": Join.STEP,
    "therefore": Join.STEP,
    "thus": Join.STEP,
    "hence": Join.STEP,
    "also": Join.STEP,
}


def _environment(reader: Reader, token: Token) -> bool:
    """Step into or out of a display with rows; false where values by cases begin, which are a term."""
    bracketed = token.text.endswith(" array") and (
        token.text[:3] == "end" or (reader.at and reader.tokens[reader.at - 1].text == "{")
    )
    if token.text.partition(" ")[2] not in _ROWS and not bracketed:
        raise reader.stop("no matrix or table", token)
    if _is_value_by_cases(reader):
        return False
    reader.take()
    if token.text in ("begin alignedat", "begin array") and reader.is_sym("{"):
        reader.group()
    return True


def _skipped(reader: Reader, token: Token) -> bool:
    """Step over the number of an equation, the brace before the rows of a system, a remark on a step."""
    if is_number_of_equation(reader):
        reader.guess(token.start, "the number in brackets at the end numbers the equation")
        reader.at += 3
        return True
    if _opens_rows(reader):
        reader.take()
        return True
    if token.text == "|" and token.kind == "sym" and reader.at and reader.tokens[reader.at - 1].text == "&":
        reader.at = row_end(reader, reader.at)
        reader.guess(token.start, "what stands behind the bar is a remark on the step")
        return True
    return False


def _opens_rows(reader: Reader) -> bool:
    r"""Whether a brace before the rows of a system comes next (`\left\{ \begin{array}`), or what closes it."""
    token, after = reader.peek(), reader.ahead()
    if token.kind == "sym" and token.text == "close.":
        return True
    if not (token.kind == "cmd" and token.text == "{" and after.text.startswith("begin ")):
        return False
    return not _holds_values(reader, reader.at + 2)


def _is_value_by_cases(reader: Reader) -> bool:
    """Whether the cases that begin here are values with conditions, and no system of equations."""
    if reader.peek().text not in ("begin cases", "begin dcases", "begin rcases"):
        return False
    return _holds_values(reader, reader.at + 1)


def _holds_values(reader: Reader, start: int) -> bool:
    """Whether the first cell behind token `start` is a value: no relation stands before its `&`."""
    depth = 0
    for token in reader.tokens[start:]:
        if token.kind == "sym" and token.text in "{}()":
            depth += 1 if token.text in "{(" else -1
        elif (depth == 0 and token.kind != "word" and token.text in SIGNS) or token.text == "\\":
            return False
        elif token.text == "&":
            return True
    return False


def _implies(reader: Reader, found: Statements) -> bool:
    """Whether the arrow that comes next stands between two relations."""
    behind = reader.tokens[reader.at : -1]
    return bool(found.relations) and not found.terms and any(t.text in SIGNS for t in behind)


def _statement(reader: Reader, found: Statements, join: Join) -> None:
    """One side, or sides joined by relation signs."""
    start, begin = reader.here(), reader.at
    kind = relation_sign(reader)
    if kind is not None and join is Join.ROW and _is_left_side(found):
        left = found.terms.pop()
        join = Join.FIRST
    elif kind is not None and not found.relations:
        left = _first_after_sign(reader, found, start, kind)
        kind = relation_sign(reader)
        if kind is None:
            found.terms.append(left)
            return
    elif kind is not None:
        left = found.relations[min(found.main, len(found.relations) - 1) if join is Join.ROW else -1].right
        join = Join.CHAIN
    else:
        left = reader.term()
        kind = relation_sign(reader)
        if kind is None:
            _bare(reader, found, left, join, begin)
            return
    fresh = _chained(reader, start, left, kind)
    if not fresh:
        found.terms.append(left)
    elif is_condition(found, fresh, join):
        found.remark(reader.latex[start : reader.since(start)[1]])
    else:
        _refuse_broken_side(reader, found, join, begin)
        hold_of_every_name(reader, found, fresh[0], start, join)
        if not share_bound(reader, found, fresh, join):
            beside = reader.tokens[begin - 1].text in ("quad", "qquad") and join is Join.LIST
            found.assert_all(fresh, join, beside=beside and bool(found.relations))


def _chained(reader: Reader, start: int, left: Term, kind: RelationKind | None) -> list[Relation]:
    """The relations behind the first side, each beginning with the side before."""
    fresh: list[Relation] = []
    sign = reader.at - 1
    while kind is not None:
        if _nothing_follows(reader):
            reader.guess(start, f"it ends with {kind.value}: the right side is missing")
            break
        right = _right_side(reader)
        written = reader.tokens[sign].text
        if written in ("sim", "approx") and is_distribution(left, right, written):
            raise reader.stop("a value, not a distribution", reader.tokens[sign])
        if written == "sim" and scales(left, right):
            kind = RelationKind.PROPORTIONAL
            reader.guess(reader.tokens[sign].start, "read the tilde before a power as proportional")
        fresh.append(Relation(kind, left, right, span=reader.since(start)))
        sign = reader.at
        left, kind = right, relation_sign(reader)
    return fresh


def _refuse_broken_side(reader: Reader, found: Statements, join: Join, begin: int) -> None:
    """Stop where the first side stands on the row before and goes on with a sign on this one."""
    if join is Join.ROW and found.terms and not found.relations and reader.tokens[begin].text in ("+", "-"):
        raise reader.stop("one row for both sides", reader.tokens[begin])


def _is_left_side(found: Statements) -> bool:
    """Whether all that was read is one term on the row before: the left side of what goes on with its sign."""
    return len(found.terms) == 1 and not (found.relations or found.conditions)


def _first_after_sign(reader: Reader, found: Statements, start: int, kind: RelationKind) -> Term:
    """The first side of a formula that begins with its sign; nothing but remarks may stand before it."""
    if found.terms or (found.conditions and reader.tokens[0].kind == "text"):
        raise reader.stop("the left side before the sign, without a remark between")
    reader.guess(start, f"it begins with {kind.value}: the left side stands before the formula")
    return reader.term()


def _bare(reader: Reader, found: Statements, term: Term, join: Join, at: int) -> None:
    """A side without a relation, from token `at` on: the rest of a broken line, one more root, a term of its own."""
    last = found.relations[-1] if found.relations else None
    end = reader.peek()
    if (
        end.kind not in ("end", "text")
        and end.text not in (",", ";", ".", "&", "\\", "quad", "qquad", "(")
        and not (end.kind == "cmd" and (end.text in _JOINS or end.text.startswith(("begin", "end"))))
    ):
        raise reader.stop("a relation sign, a factor or the end")
    if last is not None and join is Join.ROW and reader.tokens[at].text in ("+", "-", "pm"):
        terms = last.right.terms if isinstance(last.right, Sum) else (last.right,)
        more = term.terms if isinstance(term, Sum) else (term,)
        whole = Sum((*terms, *more), span=(last.right.span[0], term.span[1]))
        found.relations[-1] = Relation(last.kind, last.left, whole, span=(last.span[0], term.span[1]))
    elif last is not None and is_unit_remark(term):
        found.remark(reader.latex[slice(*term.span)])
    elif last is not None and isinstance(term, Symbol) and end.text == ",":
        condition(reader, found, at)
    elif last is not None and counts(found, term):
        start = next(at for at, token in enumerate(reader.tokens) if token.start >= last.span[0])
        found.relations.pop()
        found.joins.pop()
        condition(reader, found, start)
    elif last is not None and join in (Join.LIST, Join.OR) and last.kind is RelationKind.EQUAL:
        if not names(last.left) and not has(last, Apply):
            raise reader.stop("a relation for every value")
        if any(token.text == "ldots" for token in reader.tokens):
            raise reader.stop("a relation, not a range")
        reader.guess(term.span[0], "read what stands behind the comma as one more value of the left side")
        found.relations.append(Relation(last.kind, last.left, term, span=term.span))
        found.joins.append(Join.OR)
    elif last is not None:
        numbered = [token.text for token in reader.tokens[at + 2 : at + 3]] == [")"]
        if join is Join.ROW and reader.tokens[at].text == "(" and not numbered:
            raise reader.stop("one row for all factors", reader.tokens[at])
        found.remark(reader.latex[slice(*term.span)])
    else:
        found.terms.append(term)


def _nothing_follows(reader: Reader) -> bool:
    """Whether the formula ends here but for punctuation."""
    rest = reader.tokens[reader.at :]
    return all(t.kind == "end" or t.text in (".", ",", "&") or t.text.startswith("end ") for t in rest)


def _right_side(reader: Reader) -> Term:
    """The side behind a relation sign; it may begin on the next row."""
    while reader.is_sym("&") or (reader.is_cmd("\\") and reader.ahead().kind != "end"):
        reader.take()
    if reader.peek().kind == "end" or (reader.peek().kind == "cmd" and reader.peek().text.startswith("end ")):
        raise reader.stop("a right side")
    return reader.term()
