"""What one note states, before anybody asks what it follows from: `facts_of`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from vaultcheck.config import TagFamilies
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import FormulaClass, Join, Reading, RelationKind, Unreadable
from vaultcheck.note.model import BlockKind, Math, Note
from vaultcheck.proof.claim_blocks import TextBlock, TextBlocks, blocks_of
from vaultcheck.proof.claim_tags import Tagged, tagged_blocks
from vaultcheck.proof.commuting import turned_round
from vaultcheck.proof.declared import Symbols
from vaultcheck.proof.doubts import doubt_of
from vaultcheck.proof.model import NO_MARKS, Claim, Role, Unasserted
from vaultcheck.proof.premises import Fact
from vaultcheck.proof.roles import Met, Setting, free_names, introduced, is_arithmetic, left_name, roles
from vaultcheck.proof.scoping import SymbolBook
from vaultcheck.proof.stated import Mark, explicit_of, marks_in
from vaultcheck.proof.symbols import section_of
from vaultcheck.proof.unasserted import Unclaimed
from vaultcheck.source import Location, Source, Span

_SIGN = re.compile(
    r"[=<>≈≤≥∝≡≠≪≫≃∼]|\\(?:approx|sim|simeq|cong|propto|leq?|geq?|lt|gt|equiv|neq?|ll|gg|coloneqq|doteq|leqslant|geqslant)"
    r"(?![A-Za-z])"
)
_ROUGH = re.compile(
    r"(?<![\w-])(?:about|around|some|environ|à peu près|etwa|ungefähr|rund|circa|cerca de|alrededor de|unos)\s*$",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_STATED = frozenset({FormulaClass.UNREADABLE})
_ALIKE = frozenset({FormulaClass.SET, FormulaClass.LOGIC, FormulaClass.VECTOR, FormulaClass.MATRIX})
_WORD = re.compile(r"[^\W\d_]{2,}")
_SEVERAL = 2
_BEHIND = 20


class _Written(NamedTuple):
    """A formula in its block."""

    math: Math
    block: TextBlock
    reading: Reading
    symbols: Symbols
    introduced: bool
    rough: bool
    unasserted: Unasserted | None
    number: int


def facts_of(note: Note, source: Source, book: SymbolBook, families: TagFamilies) -> tuple[Fact, ...]:
    """The relations of a note and its tagged blocks of text, in the order of the text."""
    return tuple(_Gatherer(note, source, book, families).run())


class _Gatherer:
    """Gathers the facts of one note."""

    def __init__(self, note: Note, source: Source, book: SymbolBook, families: TagFamilies) -> None:
        self.note, self.source, self.book = note, source, book
        self.blocks: TextBlocks = blocks_of(note, source)
        self.tags = tagged_blocks(note, source.text, self.blocks, families)
        self.unclaimed = Unclaimed(note, source.text)
        self.known: dict[Span, Symbols] = {}
        self.marks: dict[Span, tuple[Mark, ...]] = {}
        self.hidden = list(self._comments())
        self.names: set[str] = set()
        self.lefts: set[str] = set()
        self.used: Counter[str] = Counter()
        self.stem = note.path.removesuffix(".md")

    def run(self) -> Iterator[Fact]:
        """The facts in order, with the ids that they keep."""
        facts = [fact for written in self._formulas() for fact in self._facts(written)]
        facts += self._texts({fact.block.span for fact in facts})
        facts.sort(key=lambda fact: (fact.claim.location.span, fact.claim.reading.relations != ()))
        for fact in _tabled(_listed(_told_apart(facts))):
            yield replace(fact, claim=replace(fact.claim, id=self._id(fact)))

    def _comments(self) -> Iterator[tuple[int, int]]:
        """The comments. `%%` in a code block opens none."""
        at = self.note.text_start
        while found := _COMMENT.search(self.source.text, at):
            in_text = self.blocks.at(found.start()) is not None
            if in_text:
                yield found.span()
            at = found.end() if in_text else found.start() + 2

    # Formulas ----------------------------------------------------------------------------------------------------

    def _formulas(self) -> Iterator[_Written]:
        sentence, last, goes_on = Span(-1, -1), 0, False
        for number, math in enumerate(self.note.maths):
            block = self.blocks.at(math.span.start)
            if block is None or block.kind is BlockKind.HEADING or self._is_hidden(math, block):
                continue
            own = self.unclaimed.sentence(math.span, block)
            if own != sentence:
                sentence, last, goes_on = own, own.start, False
            before = self.unclaimed.plain(Span(min(max(last, own.start), math.span.start), math.span.start))
            last = math.span.end
            if _SIGN.search(math.latex) is None:
                continue
            goes_on = introduced(before, goes_on)
            symbols = self._symbols(block)
            reading = read(math.latex, symbols.vocabulary)
            if reading.relations or self._stated(reading, block):
                why = self.unclaimed.why(math, block)
                rough = _ROUGH.search(before) is not None
                yield _Written(math, block, reading, symbols, goes_on, rough, why, number)

    def _stated(self, reading: Reading, block: TextBlock) -> bool:
        """Whether a formula without a readable relation is a claim: it may be one, or its author tagged it."""
        kind = reading.formula_class
        return kind in _STATED or (kind in _ALIKE and block.span in self.tags)

    def _is_hidden(self, math: Math, block: TextBlock) -> bool:
        if any(start < math.span.start < end for start, end in self.hidden):
            return True
        return any(mark.span.start <= math.span.start < mark.span.end for mark in self._marks(block))

    def _marks(self, block: TextBlock) -> tuple[Mark, ...]:
        if block.whole not in self.marks:
            self.marks[block.whole] = marks_in(self.source.text, block.whole)
        return self.marks[block.whole]

    def _symbols(self, block: TextBlock) -> Symbols:
        if block.span not in self.known:
            self.known[block.span] = self.book.at(self.note.path, block.span)
        return self.known[block.span]

    # Facts -------------------------------------------------------------------------------------------------------

    def _facts(self, written: _Written) -> Iterator[Fact]:
        """One fact for each relation of a formula; one without a relation where it could not be read."""
        reading, block = written.reading, written.block
        if not reading.relations:
            yield self._fact(written, replace(reading, alternatives=()), Role.CLAIM, Join.FIRST)
            return
        valued = frozenset(q.name for q in written.symbols.vocabulary if q.value is not None)
        setting = Setting(Met(frozenset(self.names), frozenset(self.lefts)), valued, written.introduced)
        joins = reading.joins or (Join.FIRST,) * len(reading.relations)
        shapes = roles(reading, setting)
        for at, (role, join) in enumerate(zip(shapes, joins, strict=True)):
            fact = self._fact(written, _single(reading, at), role, join)
            supposed = Join.STEP in joins and at < joins.index(Join.STEP)
            yield replace(fact, antecedent=True) if supposed else fact
        for relation in reading.relations:
            self.names |= free_names(relation)
            left = left_name(relation.left)
            if left is not None and block.kind is not BlockKind.HEADING:
                self.lefts.add(left)

    def _fact(self, written: _Written, reading: Reading, role: Role, join: Join) -> Fact:
        block, math = written.block, written.math
        relation = reading.relations[0] if reading.relations else None
        unasserted = written.unasserted
        if unasserted is None and relation is not None and relation.kind is RelationKind.UNEQUAL:
            unasserted = Unasserted.QUESTIONED
        marks = self._marks(block)
        sentence = self.unclaimed.sentence(math.span, block)
        words = self.unclaimed.plain(sentence)
        doubt = doubt_of(reading, words, marks, self.source.text[math.span.end : math.span.end + _BEHIND])
        names = frozenset(free_names(relation)) if relation is not None else frozenset()
        claim = Claim(
            id="",
            path=self.note.path,
            location=Location(self.note.path, self._place(written, reading)),
            block=block.whole,
            math=math,
            reading=reading,
            role=role,
            unasserted=unasserted,
            explicit=explicit_of(marks),
            vocabulary=written.symbols.vocabulary,
            conflicts=tuple(conflict for conflict in written.symbols.conflicts if conflict.name in names),
            arithmetic=relation is not None and unasserted is None and not doubt and is_arithmetic(relation),
            doubt=doubt,
            matrices=turned_round(self.source.text, relation, written.symbols.vocabulary)
            if relation is not None
            else "",
            rough=written.rough,
        )
        section = section_of(self.note, math.span.start, len(self.source.text))
        return Fact(
            self._with_tag(claim, self.tags.get(block.span)),
            block,
            names,
            section,
            introduced=written.introduced,
            formula=written.number,
            join=join,
            sentence=sentence,
            marks=marks,
        )

    def _place(self, written: _Written, reading: Reading) -> Span:
        """Where the relation stands: the whole formula, or its part of one that holds several."""
        math = written.math
        as_written = self.source.text[math.body.start : math.body.end] == math.latex
        if len(written.reading.relations) < _SEVERAL or not as_written:
            return math.span
        start, end = reading.relations[0].span
        return Span(math.body.start + start, math.body.start + end) if start < end else math.span

    def _with_tag(self, claim: Claim, tagged: Tagged | None) -> Claim:
        return claim if tagged is None else replace(claim, status=tagged.status, misspelt=tagged.misspelt)

    # Text --------------------------------------------------------------------------------------------------------

    def _texts(self, stated: set[Span]) -> Iterator[Fact]:
        """The claims in words: tagged blocks without a relation."""
        for block in self.blocks.blocks:
            tagged = self.tags.get(block.span)
            if tagged is None or block.span in stated:
                continue
            words = re.sub(r"#[^\s#]+", " ", self.source.text[block.span.start : block.span.end])
            if _WORD.search(words) is None:
                continue
            marks = self._marks(block)
            claim = Claim(
                id="",
                path=self.note.path,
                location=Location(self.note.path, block.span),
                block=block.whole,
                math=None,
                reading=Reading("", FormulaClass.TEXT),
                role=Role.TEXT,
                explicit=explicit_of(marks),
            )
            section = section_of(self.note, block.span.start, len(self.source.text))
            yield Fact(self._with_tag(claim, tagged), block, frozenset(), section, marks=marks)

    # Ids ---------------------------------------------------------------------------------------------------------

    def _id(self, fact: Fact) -> str:
        name = self._block_id(fact)
        if name:
            stem = f"{self.stem}#^{name}"
        else:
            start = fact.claim.math.span.start if fact.claim.math is not None else fact.block.span.start
            stem = f"{self.stem}:{self.source.position(start).line}"
        self.used[stem] += 1
        return stem if self.used[stem] == 1 else f"{stem}.{self.used[stem]}"

    def _block_id(self, fact: Fact) -> str:
        """The id of the smallest block that holds the formula, else one that the text around it ends with."""
        place = fact.claim.location.span.start
        holding = [b for b in self.note.blocks if b.covers.start <= place < b.covers.end]
        if holding:
            return min(holding, key=lambda b: b.covers.end - b.covers.start).id
        span = fact.block.span
        touching = (b.id for b in self.note.blocks if span.start <= b.span.start < span.end)
        return next(touching, "")


def _single(reading: Reading, at: int) -> Reading:
    """The reading of one relation of a formula. Where another way to read it finds other relations, none can be told
    apart, and that is said."""
    others = [other for other in reading.alternatives if other.problem is None]
    alternatives = tuple(_single(replace(other, alternatives=()), at) for other in others if _fits(reading, other))
    problem = None
    if any(not _fits(reading, other) for other in others):
        problem = Unreadable((0, len(reading.latex)), "one way to tell its relations apart")
    return Reading(
        reading.latex,
        FormulaClass.RELATION,
        (reading.relations[at],),
        (Join.FIRST,),
        None,
        reading.conditions,
        reading.guesses,
        problem,
        alternatives,
    )


def _fits(reading: Reading, other: Reading) -> bool:
    return len(other.relations) == len(reading.relations)


def _told_apart(facts: list[Fact]) -> list[Fact]:
    """A tag speaks of what a block concludes, not of what it supposes on the way (*if*, *where*, before ⇒)."""
    concluding = {fact.block.span for fact in facts if not fact.supposed}
    return [
        replace(fact, claim=replace(fact.claim, status=None, misspelt=False, explicit=NO_MARKS))
        if fact.supposed and fact.block.span in concluding
        else fact
        for fact in facts
    ]


def _listed(facts: list[Fact]) -> list[Fact]:
    """Equations that stand one an item in one list hold together."""
    items: Counter[Span] = Counter()
    for block in {fact.block for fact in facts if fact.block.kind is BlockKind.LIST_ITEM and fact.names}:
        items[block.container] += 1
    return [
        replace(fact, listed=True, claim=replace(fact.claim, role=Role.SYSTEM))
        if fact.claim.role is Role.CLAIM
        and fact.block.kind is BlockKind.LIST_ITEM
        and fact.names
        and items[fact.block.container] >= _SEVERAL
        else fact
        for fact in facts
    ]


def _tabled(facts: list[Fact]) -> list[Fact]:
    """A table whose rows give one name several values is one of cases."""
    rows: dict[tuple[Span, str], set[Span]] = {}
    for fact in facts:
        if fact.block.kind is BlockKind.TABLE and fact.claim.reading.relations:
            left = left_name(fact.claim.reading.relations[0].left)
            if left is not None:
                rows.setdefault((fact.block.container, left), set()).add(fact.block.span)
    cases = {table for (table, _), blocks in rows.items() if len(blocks) >= _SEVERAL}
    return [
        replace(fact, claim=replace(fact.claim, unasserted=fact.claim.unasserted or Unasserted.CASES))
        if fact.block.container in cases and fact.block.kind is BlockKind.TABLE
        else fact
        for fact in facts
    ]
