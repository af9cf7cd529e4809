"""Reads the clauses that say what names are: "where $g$ is the conductance in nS and …", "$F$ er kraften [N]"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultcheck.proof.declared import How
from vaultcheck.proof.declaring_words import (
    ARTICLE,
    BOUNDARY,
    DEFINITE_START,
    EMPTY_MEANING,
    FINITE_VERB,
    HEAD,
    INDEFINITE_START,
    INTRODUCED,
    NO_NOUNS,
    NORDIC_NOUN,
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
_WRAP = re.compile(rf"(?<![,;:(])\n(?=[*_]*[A-ZÀ-Þ]|[*_]*(?:{FORMULA})[*_]*\s*(?:[:=–—-]|[a-zè]+\s))")
_WORD_GOES_ON = re.compile(
    r"(?:and|et|und|e|y|og|och|in|en|i|of|the|de|la|le|der|die|das|is|are|ist|est|by|with|from|,)\s*$"
)
_FORMULA = re.compile(FORMULA)
_BEFORE = re.compile(rf"(?:^|[,;:.(]|{FORMULA}|\b(?:and|og|und|et|e|y|och)|\uf8f3|\uf8f0|\))[\s*_]*$")
_BEFORE_ITEM = re.compile(rf"(?:{BOUNDARY})$", re.IGNORECASE)
_CONJUNCTION_TAIL = re.compile(r"[\s,;:]*(?:\s(?:and|et|und|sowie|e|ed|y|og|och|samt|while|ja))?[\s,;:(*_]*$")
_AFTER_TIME = re.compile(r"\s(?:which|that|such that|so that|because|since|meaning|i\.e\.|so)\s")


class Found(NamedTuple):
    """A name with its meaning; `start` and `end` are the name's place in the passage's text."""

    named: Named
    meaning: Meaning
    start: int
    end: int
    how: How


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a passage: they end with a mark, or with a line behind which a new one begins."""
    begin = 0
    ends = sorted(
        {m.end() for m in _SENTENCE_END.finditer(text)} | {m.start() for m in _WRAP.finditer(text)} | {len(text)}
    )
    for end in ends:
        if end < len(text) and text[end] == "\n" and _WORD_GOES_ON.search(text[begin:end]):
            continue
        if end > begin:
            yield begin, end
            begin = end


def clauses(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """The declarations of a sentence that are introduced by "where" or one of its relatives."""
    text = passage.text
    position = start
    for opener in INTRODUCED.finditer(text, start, end):
        if opener.start() < position or not _BEFORE.search(text[start : opener.start()]):
            continue
        before = text[start : opener.start()]
        strong = opener["where"] is not None
        if SUPPOSED.search(before if len(before) < 80 else before[-80:]) and not strong:
            continue
        for found, stop in _items(passage, opener.end(), end, used, strong=strong, elliptic=not strong):
            position = stop
            yield found


def line_items(passage: Passage, start: int, end: int, used: Used) -> Iterator[Found]:
    """The declarations of a sentence that begins with a name."""
    for found, _ in _items(passage, start, end, used, strong=False, elliptic=False):
        yield found._replace(how=How.LINE)


def _items(
    passage: Passage, start: int, end: int, used: Used, *, strong: bool, elliptic: bool
) -> Iterator[tuple[Found, int]]:
    """Names with their meanings from `start` on; ends at the first piece that declares nothing."""
    text = passage.text
    heads = _heads(text, start, end, elliptic)
    for number, head in enumerate(heads):
        stop = heads[number + 1].start() if number + 1 < len(heads) else end
        body = _CONJUNCTION_TAIL.sub("", text[head.end() : stop])
        if number + 1 < len(heads):
            body = _CONJUNCTION_TAIL.sub(
                "", re.sub(rf"(?:{BOUNDARY})\s*$", "", text[head.end() : stop], flags=re.IGNORECASE)
            )
        accepted = _accepted(passage, head, body, used, strong=strong)
        if accepted is None:
            if number == 0:
                return
            continue
        for found in _named(passage, head, accepted):
            yield found, stop


def _heads(text: str, start: int, end: int, elliptic: bool) -> list[re.Match[str]]:
    """The heads of items: the first at `start`, the others behind a boundary."""
    heads: list[re.Match[str]] = []
    for head in HEAD.finditer(text, start, end):
        first = not heads
        if first and text[start : head.start()].strip(" *_"):
            break
        if not first and not _BEFORE_ITEM.search(text[start : head.start()]):
            continue
        if head["sep"] is not None and (not first or elliptic):
            continue
        if head["link"] is not None and not first:
            continue
        if head["as"] is not None and not elliptic:
            continue
        if head["bare"] is not None and first and not elliptic:
            continue
        heads.append(head)
    return heads


def _accepted(passage: Passage, head: re.Match[str], body: str, used: Used, *, strong: bool) -> Meaning | None:
    """The meaning, if what stands behind the head is one."""
    lead = body.lstrip()
    plain = lead.lstrip("*_ ")
    if is_empty(body) and not re.search(FORMULA, body):
        return None
    meaning = read_meaning(passage, _shortened(body), used)
    sure = meaning.unit is not None or meaning.value is not None
    if EMPTY_MEANING.match(plain) and not sure:
        return None
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
    if sure and (not words or len(words) <= 12):
        return not re.match(
            r"(?:about|around|approximately|roughly|equal|proportional|less|more|greater|given by|at)\b", plain
        )
    if INDEFINITE_START.match(plain):
        return strong or suggests(meaning.text)
    nordic = NORDIC_NOUN.match(plain)
    if nordic is not None and nordic["word"] not in NO_NOUNS:
        return True
    if named_by_link(lead) or re.match(r"\*\*[^*]{3,40}\*\*\s*(?:$|[.,;(\[])", lead):
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
        if assigned is not None:
            value = written_value(assigned.right)
            found.append((assigned.named, with_value(meaning, value), formula.start()))
            continue
        names = names_in(latex)
        if not names:
            return
        found += [(named, meaning, formula.start()) for named in names]
    several = len(found) > 1
    for named, said, at in found:
        said = said._replace(value=None) if several and said.value == meaning.value else said
        yield Found(named, said, at, at + 1, How.CLAUSE)


def starts_with_article(text: str) -> bool:
    """Whether the text begins with an article or a possessive."""
    return ARTICLE.match(text) is not None
