"""The report for people: what is printed for a finding, and that no note can break it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultcheck.findings import Finding, Related, Report, Severity
from vaultcheck.reports.text import NARROWEST, Style, excerpt, render
from vaultcheck.source import Location, NotePath, Source, Span

PATH = NotePath("Folder/Énergie.md")


def finding(start: int, end: int, **more: object) -> Finding:
    fields: dict[str, object] = {"message": 'Work has no heading "Definiton"', "severity": Severity.ERROR, **more}
    return Finding(rule="broken-heading", location=Location(PATH, Span(start, end)), **fields)  # type: ignore[arg-type]  # keyword arguments of a test


def text_of(source: Source, *findings: Finding, style: Style | None = None) -> str:
    return "".join(render(Report(findings), lambda path: source, style or Style()))


def marked(line: str, start: int, end: int, limit: int = 80) -> tuple[str, str]:
    source = Source(PATH, line)
    found = excerpt(source, Location(PATH, Span(start, end)), limit)
    return found.text, " " * found.start + "^" * found.width


def test_a_finding_shows_message_place_line_mark_and_hint() -> None:
    source = Source(PATH, "# Énergie\n\nSee [[Work#Definiton]].\n")
    found = finding(15, 33, hint='did you mean "Definition"?', related=(Related(Location(PATH, Span(0, 9)), "here"),))
    assert text_of(source, found) == (
        'error: Work has no heading "Definiton" [broken-heading]\n'
        " --> Folder/Énergie.md:3:5\n"
        "  |\n"
        "3 | See [[Work#Definiton]].\n"
        "  |     ^^^^^^^^^^^^^^^^^^\n"
        "  = Folder/Énergie.md:1:1: here\n"
        '  = did you mean "Definition"?\n'
    )


def test_an_empty_line_stands_between_two_findings() -> None:
    printed = text_of(Source(PATH, "ab"), finding(0, 1), finding(1, 2))
    assert printed.count("\n\n") == 1
    assert not printed.startswith("\n")


def test_a_finding_on_a_whole_file_shows_no_line() -> None:
    assert text_of(Source(PATH, "# Énergie"), finding(0, 0)).splitlines()[1:] == [" --> Folder/Énergie.md:1:1"]


def test_control_characters_never_reach_the_terminal() -> None:
    path = NotePath("a\nb\x1b.md")
    found = Finding("broken-link", "no note \x1b[31m\n", Location(path, Span(2, 5)), Severity.ERROR, hint="\x07")
    printed = "".join(render(Report((found,)), lambda _: Source(path, "x\x1b[0m\x9b\u202ey"), Style()))
    assert all(character == "\n" or character.isprintable() for character in printed)
    assert "a\\nb\\x1b.md:1:3" in printed
    assert printed.count("\n") == 6


@pytest.mark.parametrize(
    ("line", "start", "end", "text", "mark"),
    [
        ("see [[B]]", 4, 9, "see [[B]]", "    ^^^^^"),
        ("\t- [[B]]", 3, 8, "    - [[B]]", "      ^^^^^"),
        ("漢字 [[B]]", 3, 8, "漢字 [[B]]", "     ^^^^^"),
        ("[[漢字]]", 0, 6, "[[漢字]]", "^^^^^^^^"),
        ("e\u0301 [[B]]", 3, 8, "e\u0301 [[B]]", "  ^^^^^"),
        ("a\u00a0[[B]]", 2, 7, "a\u00a0[[B]]", "  ^^^^^"),
        ("\x00 [[B]]", 2, 7, "\\x00 [[B]]", "     ^^^^^"),
        ("[[B]]\nnext", 0, 9, "[[B]]", "^^^^^"),
        ("end", 3, 3, "end", "   ^"),
        ("end", 90, 99, "end", "   ^"),
    ],
)
def test_the_mark_stands_under_the_words(line: str, start: int, end: int, text: str, mark: str) -> None:
    assert marked(line, start, end) == (text, mark)


def test_a_long_line_is_cut_around_the_words() -> None:
    line = "a" * 500 + "[[B]]" + "z" * 500
    text, mark = marked(line, 500, 505, limit=40)
    assert len(text) <= 40
    assert text.startswith("…a")
    assert text.endswith("z…")
    assert text[len(mark) - 5 : len(mark)] == "[[B]]"


def test_words_longer_than_the_terminal_are_cut_at_the_end() -> None:
    text, mark = marked("x " + "[[" + "n" * 300 + "]]", 2, 306, limit=40)
    assert len(text) <= 40
    assert text.endswith("n…")
    assert len(mark) <= len(text)


def test_a_line_of_many_millions_costs_no_more_than_what_is_shown() -> None:
    text, _ = marked("漢" * 3_000_000 + "[[B]]", 3_000_000, 3_000_005, limit=40)
    assert text.endswith("[[B]]")


@given(st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=120), st.data(), st.integers(0, 60))
def test_what_is_shown_fits_and_is_printable(line: str, data: st.DataObject, limit: int) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line) + 3))
    found = excerpt(Source(PATH, line), Location(PATH, Span(start, end)), limit)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in found.text)
    assert found.start + found.width <= max(limit, NARROWEST) + 1
    assert found.width >= 1


def test_colours_and_links_only_when_the_style_has_them() -> None:
    source = Source(PATH, "See [[B]].")
    plain = text_of(source, finding(4, 9))
    assert "\x1b" not in plain
    coloured = text_of(source, finding(4, 9), style=Style(colour=True, base="file:///v%20x/"))
    assert "\x1b[1;31merror:\x1b[0m" in coloured
    assert "\x1b]8;;file:///v%20x/Folder/%C3%89nergie.md\x1b\\Folder/Énergie.md:1:5\x1b]8;;\x1b\\" in coloured
