"""Reads the clauses that say what names are: "where $g$ is the conductance in nS and …", "$F$ er kraften [N]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from vaultcheck.proof.declared import How
from vaultcheck.proof.declaring_words import (
    BOUNDARY,
    DEFINITE_START,
    EMPTY_MEANING,
    FINITE_VERB,
    HEAD,
    INDEFINITE_START,
    INFINITE,
    INTRODUCED,
    NO_NOUNS,
    NORDIC_NOUN,
    PLURAL,
    SUPPOSED,
    VERB_LAST,
)
from vaultcheck.proof.meanings import Meaning, is_empty, named_by_link, read_meaning, suggests, with_value
from vaultcheck.proof.passages import FORMULA, LINK_OPEN, Passage
from vaultcheck.proof.symbol_names import Named, Used, assigned_in, names_in
from vaultcheck.proof.values import written_value

_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bz\.B)(?<!\bca)(?<!\bapprox)(?<!\bresp)(?<!\bbzw)(?<!\bvs)(?<!\bf\.eks)(?<!\betc)"
    rf"[.!?](?=\s+(?:[A-ZÀ-ÞΑ-Ω*_(\[{LINK_OPEN}]|{FORMULA})|\s*$)|\n(?=\s*\n)"
)
_ANEW = re.compile(rf"[ \t]*[*_]*(?:[A-ZÀ-Þ]|{FORMULA}[*_]*\s*(?:[:=–—-]|[a-zè]+\s))")
_CONTINUES = re.compile(r"[ \t]*(?:in|and|or|of|et|en|og|och|und|y|e|i|oder|ou|per)\s")
_WRAPPED = 45
"""Lines that somebody's editor has broken are at least this long (a formula counts as one character)."""
_WORD_GOES_ON = re.compile(
    r"(?<!\w)(?:and|et|und|e|y|og|och|in|en|i|of|the|de|la|le|der|die|das|is|are|ist|est|by|with|from|where|hvor|où|wobei|donde|dove|där|,)\s*$"
)
_JOINED = re.compile(rf"{FORMULA}[*_]*\s+\w+\s+$")
_FORMULA = re.compile(FORMULA)
_MARKED = re.compile(r"(\*\*?|__?)[^*_]{3,40}(?:$|\1\s*(?:$|[.,;(\[]))")
_DOMAIN = re.compile(r"\s*(?:\\in(?![A-Za-z])|∈).*$", re.DOTALL)
_MOST_WORDS = 12
_RELATIVE = frozenset({"where", "hvor", "wobei", "où", "dove", "donde", "där"})
"""Words that only ever introduce a clause about what was named before, whatever stands in front of them."""
_NUMBER = re.compile(r"[-+\d.,{}/\s]+")
_BEFORE = re.compile(rf"(?:^|[,;:.(]|{FORMULA}|\b(?:and|og|und|et|e|y|och)|\uf8f3|\uf8f0|\))[\s*_]*$")
_BEFORE_ITEM = re.compile(rf"(?:{BOUNDARY})$", re.IGNORECASE)
_CONJUNCTION_TAIL = re.compile(r"[\s,;:]*(?:\s(?:and|et|und|sowie|e|ed|y|og|och|samt|while|ja))?[\s,;:(*_]*$")
_AFTER_TIME = re.compile(r"\s(?:which|that|such that|so that|because|since|meaning|i\.e\.|so)\s")


class _Mode(Enum):
    """Where the names stand: behind a word that introduces a clause, behind one that may, or first in a line."""

    WHERE = auto()
    WITH = auto()
    LINE = auto()


class Found(NamedTuple):
    """A name with its meaning; `start` and `end` are the name's place in the passage's text."""

    named: Named
    meaning: Meaning
    start: int
    end: int
    how: How


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage: they end with a mark, or with a line behind which a new one begins."""
    ends = {found.end() for found in _SENTENCE_END.finditer(text)}
    ends |= {at for at, character in enumerate(text) if character == "\n" and _ends_there(text, at)}
    begin = 0
    for end in sorted(ends | {len(text)}):
        if end > begin:
            yield begin, end
            begin = end


def _ends_there(text: str, at: int) -> bool:
    """Whether a statement ends with the line that ends at `at`: what follows begins anew, or the line was ended
    although it was short."""
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    if not line or line[-1] in ",;:(" or _WORD_GOES_ON.search(line):
        return not line
    if _CONTINUES.match(text, at + 1):
        return False
    return len(line) < _WRAPPED or _ANEW.match(text, at + 1) is not None


def clauses(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """The declarations of a sentence that are introduced by "where" or one of its relatives."""
    text = passage.text
    position = start
    for opener in INTRODUCED.finditer(text, start, end):
        before = text[start : opener.start()]
        strong = opener["where"] is not None
        loose = not _BEFORE.search(before)
        if opener.start() < position or (loose and (not strong or opener["where"].casefold() not in _RELATIVE)):
            continue
        if SUPPOSED.search(before if len(before) < 80 else before[-80:]) and not strong:
            continue
        for found, stop in _items(passage, opener.end(), end, used, mode=_Mode.WHERE if strong else _Mode.WITH):
            position = stop
            if not loose or found.meaning.unit is not None or suggests(found.meaning.text):
                yield found


def line_items(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """The declarations of a sentence that begins with a name."""
    for found, _ in _items(passage, start, end, used, mode=_Mode.LINE):
        yield found._replace(how=How.LINE)


def _items(passage: Passage, start: int, end: int, used: Used, *, mode: _Mode) -> Iterator[tuple[Found, int]]:
    """Names with their meanings from `start` on; ends at the first piece that declares nothing."""
    text = passage.text
    heads = _heads(text, start, end, mode)
    for number, head in enumerate(heads):
        stop = heads[number + 1].start() if number + 1 < len(heads) else end
        body = _CONJUNCTION_TAIL.sub("", text[head.end() : stop])
        if number + 1 < len(heads):
            body = _CONJUNCTION_TAIL.sub(
                "", re.sub(rf"(?:{BOUNDARY})\s*$", "", text[head.end() : stop], flags=re.IGNORECASE)
            )
        accepted = _accepted(passage, head, body, used, strong=mode is _Mode.WHERE)
        if accepted is None:
            if number == 0:
                return
            continue
        for found in _named(passage, head, accepted):
            yield found, stop


def _heads(text: str, start: int, end: int, mode: _Mode) -> list[re.Match[str]]:
    """The heads of items: the first at `start`, the others behind a boundary."""
    heads: list[re.Match[str]] = []
    position = start
    while (head := HEAD.search(text, position, end)) is not None:
        if not heads and text[start : head.start()].strip(" *_"):
            break
        if not heads or _begins_item(text, start, head):
            position = head.end()
            if _allowed(head, mode, heads[0] if heads else None):
                heads.append(head)
        else:  # a formula of the meaning before, then perhaps one that begins an item
            position = head.start() + 1
    return heads


def _begins_item(text: str, start: int, head: re.Match[str]) -> bool:
    """Whether a boundary stands before the head: a mark, or a conjunction that does not join two formulas."""
    before = text[start : head.start()]
    if not _BEFORE_ITEM.search(before):
        return False
    if re.search(r"[,;:(]\s*(?:\w+\s+)?$", before) or not _JOINED.search(before):
        return True
    alone = len(_FORMULA.findall(head["names"])) == 1
    return alone and head["verb"] is not None and PLURAL.match(head["verb"]) is None


def _allowed(head: re.Match[str], mode: _Mode, first: re.Match[str] | None) -> bool:
    """Whether the way in which the head is joined to its meaning counts in this place, behind the `first` one."""
    if head["sep"] is not None:
        return mode is not _Mode.WITH and (first is None or first["sep"] == head["sep"] in (":", "="))
    if head["link"] is not None:
        return first is None
    if head["as"] is not None:
        return mode is _Mode.WITH
    if head["verb"] is not None:
        return mode is not _Mode.WITH or INFINITE.match(head["verb"]) is not None
    return first is not None or mode is not _Mode.LINE


def _accepted(passage: Passage, head: re.Match[str], body: str, used: Used, *, strong: bool) -> Meaning | None:
    """The meaning, if what stands behind the head is one."""
    lead = body.lstrip()
    plain = lead.lstrip("*_ ")
    if is_empty(body) and not re.search(FORMULA, body):
        return None
    meaning = read_meaning(passage, VERB_LAST.sub("", _shortened(body)), used)
    sure = meaning.unit is not None or meaning.value is not None
    if EMPTY_MEANING.match(plain) and not sure:
        return None
    if head["bare"] is not None and re.match(r"(?:in|en|i)\s", lead):
        return meaning if sure and not meaning.text else None
    if head["verb"] is not None or head["as"] is not None or head["bare"] is not None:
        return meaning if _is_noun(lead, plain, meaning, sure=sure, strong=strong) else None
    if head["link"] is not None:
        return meaning if named_by_link(body) or (sure and not FINITE_VERB.search(meaning.text)) else None
    return meaning if _is_explained(meaning, sure) else None


def _shortened(body: str) -> str:
    """The body without a relative clause, unless a unit may stand behind it."""
    cut = _AFTER_TIME.search(body)
    return (
        body[: cut.start()] if cut and cut.start() > 0 and not re.search(r"[\[(]|\bin\s", body[cut.end() :]) else body
    )


def _is_noun(lead: str, plain: str, meaning: Meaning, *, sure: bool, strong: bool) -> bool:
    """Whether what follows the verb says what the name is, and not how large it is or what it does."""
    if VERB_LAST.search(lead):
        return True
    if DEFINITE_START.match(plain):
        return True
    words = meaning.text.split()
    if meaning.value is not None and not words:
        return False
    if sure and len(words) <= _MOST_WORDS:
        return not re.match(
            r"(?:about|around|approximately|roughly|equal|proportional|less|more|greater|given by|at)\b", plain
        )
    if INDEFINITE_START.match(plain):
        return strong or suggests(meaning.text)
    nordic = NORDIC_NOUN.match(plain)
    if nordic is not None and nordic["word"] not in NO_NOUNS:
        return True
    if named_by_link(lead) or _MARKED.match(lead):
        return True
    return bool(words) and len(words) <= 8 and suggests(meaning.text)


def _is_explained(meaning: Meaning, sure: bool) -> bool:
    """Whether what stands behind a mark is a meaning: a few words without a verb, or any with a unit."""
    words = meaning.text.split()
    if sure:
        return len(words) <= 20
    if not words or len(words) > 10 or re.match(r"[\d$\\+−(-]", meaning.text):
        return False
    return FINITE_VERB.search(meaning.text) is None and "=" not in meaning.text


def _named(passage: Passage, head: re.Match[str], meaning: Meaning) -> Iterator[Found]:
    """One declaration for each name before the verb; a value belongs to one name only."""
    found: list[tuple[Named, Meaning, int]] = []
    for formula in _FORMULA.finditer(passage.text, head.start("names"), head.end("names")):
        latex = passage.math(formula[0]).latex
        assigned = assigned_in(latex)
        if assigned is not None and head["verb"] is None and _NUMBER.fullmatch(assigned.right):
            return
        if assigned is not None:
            value = written_value(assigned.right)
            found.append((assigned.named, with_value(meaning, value), formula.start()))
            continue
        names = names_in(_DOMAIN.sub("", latex))
        if not names:
            return
        found += [(named, meaning, formula.start()) for named in names]
    several = len(found) > 1
    for named, said, at in found:
        said = said._replace(value=None) if several and said.value == meaning.value else said
        yield Found(named, said, at, at + 1, How.CLAUSE)
