"""Anchors as other sites make them of headings."""

from __future__ import annotations

import pytest

from vaultcheck.graph.slugs import SlugIndex, slugs
from vaultcheck.note.model import Heading
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source


def _headings(*texts: str) -> tuple[Heading, ...]:
    return parse(Source(NotePath("A.md"), "".join(f"# {text}\n\n" for text in texts))).headings


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("My heading", "my-heading"),
        ("What is it?", "what-is-it"),
        ("The **bold** `code` one", "the-bold-code-one"),
        ("A & B", "a-b"),
        ("📚 Modules", "modules"),
        ("snake_case stays", "snake_case-stays"),
        ("Été à Paris", "été-à-paris"),
        ("See [the docs](https://example.com)", "see-the-docs"),
        ("About [[Work|labour]] ^id", "about-labour"),
        ("1.2 Setup", "12-setup"),
        ("8. A nightly build _(optional)_", "8-a-nightly-build-optional"),
        ("2. <nodejs.org> access", "2-nodejsorg-access"),
        ("The <br> tag", "the-tag"),
    ],
)
def test_the_anchor_of_a_heading(heading: str, anchor: str) -> None:
    assert anchor in slugs(heading)


@pytest.mark.parametrize("anchor", ["a--b", "A-B", "-a-b"])
def test_dashes_at_the_ends_and_in_runs_do_not_count(anchor: str) -> None:
    found = SlugIndex(_headings("Other", "A & B")).find(anchor)
    assert found is not None
    assert found[0].text == "A & B"


def test_a_number_chooses_among_equal_headings() -> None:
    headings = _headings("Results", "Results", "Results")
    assert SlugIndex(headings).find("results") == (headings[0], 0)
    assert SlugIndex(headings).find("results-2") == (headings[2], 2)
    assert SlugIndex(headings).find("results-3") is None


def test_a_heading_of_that_very_name_comes_before_a_numbered_one() -> None:
    headings = _headings("Part", "Part 1", "Part")
    assert SlugIndex(headings).find("part-1") == (headings[1], 0)


@pytest.mark.parametrize("anchor", ["", "-", "no such", "nowhere", "a.b"])
def test_what_reaches_nothing_is_no_slug(anchor: str) -> None:
    assert SlugIndex(_headings("A", "📚", "")).find(anchor) is None
