"""The sentence around a link, as a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.reports.concept_map.sentences import LONGEST, around, clean, subject


def sentence(text: str, link: str = "[[X]]") -> str:
    start = text.index(link)
    before, after = around(text, start, start + len(link))
    return f"{before}<X>{after}"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("First one. The link [[X]] is here. Last one.", "The link <X> is here."),
        ("[[X]] begins it. Another.", "<X> begins it."),
        ("A paragraph.\n\nThen [[X]]\nover two lines\n\nand another", "Then <X> over two lines"),
        ("# Heading\n- item before\n- item with [[X]] in it\n- item after", "item with <X> in it"),
        ("> [!note] Title\n> said of [[X]] here", "said of <X> here"),
        ("1. first [[X]] thing\n2. second", "first <X> thing"),
        ("- [ ] do [[X]] soon", "do <X> soon"),
        ("see **the [[X]]** and *this* `code`", "see the <X> and this code"),
        ("as [[Other#Part|said]] in [[X]] and [text](Url.md)", "as said in <X> and text"),
        ("by [[Other#Part]], [[X]]", "by Other > Part, <X>"),
        ("the end [[X]] ^block-id", "the end <X>"),
        ("a %% comment %% b [[X]] c", "a b <X> c"),
        ("no. small letter follows [[X]] e.g. here", "no. small letter follows <X> e.g. here"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert sentence(text) == seen


def test_a_long_sentence_is_cut_at_words_and_says_so() -> None:
    text = "word " * 200 + "[[X]]" + " word" * 200
    before, after = around(text, 1000, 1005)
    assert before.startswith("… word")
    assert after.endswith("word …")
    assert max(len(before), len(after)) <= LONGEST + 4


def test_nothing_before_the_body_is_shown() -> None:
    text = "---\nsecret: yes\n---\n[[X]] here"
    before, _ = around(text, 20, 25, 20)
    assert before == ""


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .!?\n[]()|#^*_`%>-\r", max_size=120), st.integers(0, 120), st.integers(0, 12))
def test_any_text_gives_one_line_of_bounded_length(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    for part in around(text, start, min(start + length, len(text))):
        assert len(part) <= LONGEST + 4
        assert not set(part) & set("\n\r")


def test_links_are_called_as_obsidian_shows_them() -> None:
    assert subject("Note#Heading#^id") == "Note > Heading > ^id"
    assert clean("![[image.png|a picture]] ==marked== <!-- not this -->") == "a picture marked"
