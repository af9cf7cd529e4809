"""What looks like an anchor and is none: found by looks alone, each text searched once."""

from __future__ import annotations

import pytest

from vaultcheck.note.model import Heading
from vaultcheck.note.traces import Traces, WrittenId
from vaultcheck.source import NotePath, Source

TEXT = """<a id="Old-Anchor"></a> <span class=x name='second'> <p id=third>
- # In a list
> [!note] ## In a callout #
```
# In  code\t
```
 text ^first more
^my_id
block ^first
#^link [[#^linked]] ^last\t
"""
HEADINGS = (Heading(1, "Caf\u0065\u0301", 0, 1, 1),)
TRACES = Traces(Source(NotePath("A.md"), TEXT), HEADINGS)


@pytest.mark.parametrize(("name", "found"), [("old-anchor", True), ("second", True), ("THIRD", True), ("x", False)])
def test_html_anchors(name: str, found: bool) -> None:
    assert TRACES.is_html_anchor(name) is found


@pytest.mark.parametrize(("name", "found"), [("in a LIST", True), ("In a callout", True), ("In code", False)])
def test_headings_inside_other_blocks(name: str, found: bool) -> None:
    assert TRACES.is_inside(name) is found


def test_headings_that_something_holds() -> None:
    assert TRACES.heading_line("in code") == 5
    assert TRACES.heading_line("in a list") is None


def test_the_headings_of_the_note_whatever_the_form_of_their_accents() -> None:
    assert TRACES.is_heading("café")
    assert not TRACES.is_heading("cafe")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("FIRST", WrittenId(7, False)),
        ("my_id", WrittenId(8, True)),
        ("my", None),
        ("last", WrittenId(10, True)),
        ("first more", WrittenId(7, True)),
        ("link", None),
        ("linked", None),
        ("", None),
        ("é", None),
    ],
)
def test_block_ids_that_are_written(name: str, written: WrittenId | None) -> None:
    assert TRACES.written_id(name) == written
