"""Edits to texts: which are made together, and where things stand afterwards."""

from __future__ import annotations

import pytest

from vaultcheck.findings import Applicability, Fix
from vaultcheck.fix import Applied, apply, moved
from vaultcheck.source import Location, NotePath, Source, Span, TextEdit

A, B = NotePath("A.md"), NotePath("B.md")
SOURCES = {A: Source(A, "0123456789"), B: Source(B, "abc\r\n")}


def edit(start: int, end: int, replacement: str, path: NotePath = A) -> TextEdit:
    return TextEdit(Location(path, Span(start, end)), replacement)


def made(*edits: TextEdit) -> Fix:
    return Fix("mend it", Applicability.SAFE, edits)


def test_edits_of_several_fixes_are_made_in_one_go() -> None:
    applied = apply(SOURCES, [made(edit(8, 10, "")), made(edit(2, 4, "xyz")), made(edit(0, 3, "ABC", B))])
    assert applied.texts == {A: "01xyz4567", B: "ABC\r\n"}
    assert applied.skipped == ()


def test_neighbours_do_not_overlap() -> None:
    applied = apply(
        SOURCES, [made(edit(2, 4, "x")), made(edit(4, 6, "y")), made(edit(2, 2, "<")), made(edit(6, 6, ">"))]
    )
    assert applied.texts == {A: "01<xy>6789"}


@pytest.mark.parametrize("second", [edit(3, 5, "y"), edit(2, 4, "y"), edit(3, 3, "y"), edit(0, 10, "")])
def test_the_later_of_two_that_overlap_is_skipped(second: TextEdit) -> None:
    first, late = made(edit(2, 4, "x")), made(second)
    assert apply(SOURCES, [first, late]).skipped == (late,)
    assert apply(SOURCES, [first, late]).texts == {A: "01x456789"}


def test_two_things_put_at_one_place_have_no_order() -> None:
    first, late = made(edit(2, 2, "x")), made(edit(2, 2, "y"))
    assert apply(SOURCES, [first, late]) == Applied({A: "01x23456789"}, {A: first.edits}, (late,))


def test_a_fix_is_made_wholly_or_not_at_all() -> None:
    late = made(edit(0, 1, "A", B), edit(3, 4, "y"))
    assert apply(SOURCES, [made(edit(2, 4, "x")), late]) == Applied({A: "01x456789"}, {A: (edit(2, 4, "x"),)}, (late,))
    torn = made(edit(2, 4, "x"), edit(3, 5, "y"))
    assert apply(SOURCES, [torn]) == Applied({}, {}, (torn,))


def test_the_same_edit_asked_for_twice_is_made_once() -> None:
    assert apply(SOURCES, [made(edit(2, 2, "x")), made(edit(2, 2, "x"))]) == apply(SOURCES, [made(edit(2, 2, "x"))])


@pytest.mark.parametrize("wrong", [edit(9, 11, "x"), edit(-1, 2, "x"), edit(4, 3, "x"), edit(0, 1, "x", NotePath("C"))])
def test_an_edit_outside_of_the_texts_is_skipped(wrong: TextEdit) -> None:
    assert apply(SOURCES, [made(wrong)]).texts == {}
    assert apply(SOURCES, [made(wrong)]).skipped == (made(wrong),)


def test_a_text_that_stays_the_same_is_not_among_the_changed() -> None:
    assert apply(SOURCES, [made(edit(0, 2, "01"))]).texts == {}


@pytest.mark.parametrize(
    ("start", "wanted"),
    [(0, 0), (2, 2), (3, 3), (4, 5), (6, 7), (7, 7), (8, 7), (9, 8), (10, 9)],
)
def test_a_place_moves_with_its_text(start: int, wanted: int) -> None:
    """2–4 becomes three letters, 6–8 nothing but for its first place, and what lies within is clamped."""
    applied = apply(SOURCES, [made(edit(2, 4, "xyz")), made(edit(6, 8, ""))])
    assert moved(Location(A, Span(start, start + 1)), applied.edits).span.start == wanted
    assert moved(Location(B, Span(start, start + 1)), applied.edits).span.start == start
