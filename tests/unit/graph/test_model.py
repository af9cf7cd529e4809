"""What a link reaches is told apart by its kind, not by its parts alone."""

from __future__ import annotations

from itertools import permutations
from operator import eq, ne

from vaultcheck.graph.model import (
    Ambiguous,
    BlockTarget,
    FileTarget,
    HeadingTarget,
    Missing,
    NoteTarget,
    Part,
    Resolved,
)
from vaultcheck.note.model import Block, BlockKind, Heading
from vaultcheck.source import NotePath, Span

PATH = NotePath("A.md")
HEADING = Heading(1, "H", 0, 3, 9)
BLOCK = Block("b", BlockKind.PARAGRAPH, Span(0, 2), Span(0, 9))


def test_the_same_parts_in_another_kind_are_something_else() -> None:
    everything = [
        NoteTarget(PATH),
        HeadingTarget(PATH, HEADING),
        BlockTarget(PATH, BLOCK),
        FileTarget(PATH),
        Resolved(NoteTarget(PATH)),
        Ambiguous((PATH,)),
        Missing(Part.NOTE, "A"),
        (PATH,),
        (PATH, ""),
        ((PATH,),),
        (Part.NOTE, "A", None),
    ]
    for one, other in permutations(everything, 2):
        assert ne(one, other)
        assert not eq(one, other)


def test_the_same_kind_with_the_same_parts_is_the_same() -> None:
    for one, again in (
        (Resolved(HeadingTarget(PATH, HEADING)), Resolved(HeadingTarget(PATH, Heading(1, "H", 0, 3, 9)))),
        (Missing(Part.NOTE, "A"), Missing(Part.NOTE, "A", None)),
        (Ambiguous((PATH,)), Ambiguous((NotePath("A.md"),))),
    ):
        assert eq(one, again)
        assert not ne(one, again)
        assert hash(one) == hash(again)
    assert Missing(Part.NOTE, "A") != Missing(Part.HEADING, "A")
