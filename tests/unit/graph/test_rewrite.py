"""Edits that change what a link asks for and nothing else."""

from __future__ import annotations

import pytest

from vaultcheck.graph.rewrite import escaped, linkable, linkpath_edit, subpath_edit
from vaultcheck.note.model import Context, Link, Syntax
from vaultcheck.source import NotePath, Source, Span, TextEdit


def _link(written: str, syntax: Syntax) -> tuple[Source, Link]:
    text = f"Before {written} after"
    span = Span(7, 7 + len(written))
    return Source(NotePath("A.md"), text), Link(
        "", "", "", False, syntax, Context.BODY, "", span.start, span.end - span.start
    )


def _applied(source: Source, edit: TextEdit | None) -> str:
    assert edit is not None
    span = edit.location.span
    return (source.text[: span.start] + edit.replacement + source.text[span.end :])[7:-6]


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[[N#Old]]", "[[N#New one]]"),
        ("![[N#Old|shown # here]]", "![[N#New one|shown # here]]"),
        ("[[N#Old\\|shown]]", "[[N#New one\\|shown]]"),
        ("[[#A#B]]", "[[#New one]]"),
    ],
)
def test_the_subpath_of_a_wikilink(written: str, after: str) -> None:
    source, link = _link(written, Syntax.WIKILINK)
    assert _applied(source, subpath_edit(source, link, "New one")) == after


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[t](#old)", "[t](#New%20one)"),
        ("[t #1](a/N.md#old)", "[t #1](a/N.md#New%20one)"),
        ('[t](N.md#old "the # title")', '[t](N.md#New%20one "the # title")'),
        ("[t](<N o.md#old>)", "[t](<N o.md#New%20one>)"),
        ("![t](N.md#old)", "![t](N.md#New%20one)"),
        ("[![p](p.png)](N.md#old)", "[![p](p.png)](N.md#New%20one)"),
    ],
)
def test_the_subpath_of_a_markdown_link(written: str, after: str) -> None:
    source, link = _link(written, Syntax.MARKDOWN)
    assert _applied(source, subpath_edit(source, link, "New one")) == after


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[[Old]]", "[[New]]"),
        ("![[Old|100]]", "![[New|100]]"),
        ("[[Old\\|x]]", "[[New\\|x]]"),
        ("[[Old#h]]", "[[New#h]]"),
    ],
)
def test_the_note_of_a_wikilink(written: str, after: str) -> None:
    source, link = _link(written, Syntax.WIKILINK)
    assert _applied(source, linkpath_edit(source, link, "New")) == after


def test_where_the_place_cannot_be_told_there_is_no_edit() -> None:
    for written, syntax in [("[[N]]", Syntax.WIKILINK), ("[t](N.md)", Syntax.MARKDOWN), ("N#h", Syntax.CANVAS)]:
        source, link = _link(written, syntax)
        assert subpath_edit(source, link, "New") is None
    source, link = _link("[t](N.md)", Syntax.MARKDOWN)
    assert linkpath_edit(source, link, "New") is None


def test_what_would_end_a_link_becomes_a_space() -> None:
    assert linkable("A: B #c [[d]] ^e %%f%% g|h \\ i") == "A B c d e f g h i"
    assert escaped('100% (a) <b> "c" `d`') == "100%25%20%28a%29%20%3Cb%3E%20%22c%22%20%60d%60"
