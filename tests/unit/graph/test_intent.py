"""What the author of a link that reaches nothing must have had in mind."""

from __future__ import annotations

import pytest

from vaultcheck.graph.intent import bracketed_address, inferred_reading, surely_meant, web_address
from vaultcheck.note.model import Context, Link, Syntax
from vaultcheck.source import Span


class _Names:
    def is_near(self, name: str, /) -> str | None:
        return "Synapse" if name == "Synapsse" else None


def _link(linkpath: str, subpath: str = "", syntax: Syntax = Syntax.WIKILINK, embed: bool = False) -> Link:
    return Link(linkpath, subpath, "", embed, syntax, Context.BODY, "", Span(0, 1))


@pytest.mark.parametrize(
    "link",
    [
        _link("a/B"),
        _link("B", "Part"),
        _link("B.MD"),
        _link("B", embed=True),
        _link("B", syntax=Syntax.MARKDOWN),
        _link("Synapsse"),
        _link("Synapsse", syntax=Syntax.PROPERTY),
    ],
)
def test_meant_to_reach_what_exists(link: Link) -> None:
    assert surely_meant(link, _Names())


@pytest.mark.parametrize("link", [_link("Calcium waves"), _link("Plans", syntax=Syntax.PROPERTY), _link("v1.2")])
def test_perhaps_still_to_be_written(link: Link) -> None:
    assert not surely_meant(link, _Names())


@pytest.mark.parametrize("linkpath", ["www.example.com", "example.org", "docs.example.co.uk/a?b", "github.io/x"])
def test_a_web_address_without_its_scheme(linkpath: str) -> None:
    assert web_address(_link(linkpath, syntax=Syntax.MARKDOWN))
    assert inferred_reading(_link(linkpath, syntax=Syntax.MARKDOWN))
    assert not web_address(_link(linkpath))


@pytest.mark.parametrize("linkpath", ["Note.md", "a/b.png", "Setup.py", "Version 1.2", "Dr. Who", "comments"])
def test_a_file_is_no_web_address(linkpath: str) -> None:
    assert not web_address(_link(linkpath, syntax=Syntax.MARKDOWN))


def test_escapes_that_stay_are_inferred() -> None:
    assert inferred_reading(_link("C%23.md", syntax=Syntax.MARKDOWN))
    assert inferred_reading(_link("100%.png", syntax=Syntax.MARKDOWN))
    assert not inferred_reading(_link("A B.md", syntax=Syntax.MARKDOWN))
    assert not inferred_reading(_link("C%23"))


def test_an_address_between_double_brackets() -> None:
    assert bracketed_address(_link("https://example.com"))
    assert not bracketed_address(_link("Example"))
