"""What the author of a link that reaches nothing must have had in mind."""

from __future__ import annotations

import pytest

from vaultcheck.graph.intent import (
    Meant,
    bracketed_address,
    file_surely_meant,
    how_surely_meant,
    inferred_reading,
    is_slip,
    placeholder,
    web_address,
)
from vaultcheck.note.model import Context, Link, Syntax

NOTES = {
    "Synapsse": "Synapse",
    "action-potential": "Action potential",
    "Vitamin C": "Vitamin A",
    "Vector Spaces": "Vector Space",
    "Haskell +": "Haskell $",
    "Haskell -": "Haskell",
    "PSC": "Post-synaptic current|PSC",
}


class _Names:
    def is_near(self, name: str, /) -> str | None:
        return NOTES.get(name)


def _link(linkpath: str, subpath: str = "", syntax: Syntax = Syntax.WIKILINK, embed: bool = False) -> Link:
    return Link(linkpath, subpath, "", embed, syntax, Context.BODY, "", 0, 1)


@pytest.mark.parametrize(
    "link",
    [
        _link("a/B"),
        _link("B", "Part"),
        _link("B.MD"),
        _link("B", embed=True),
        _link("B", syntax=Syntax.MARKDOWN),
        _link("Synapsse"),
        _link("action-potential"),
        _link("Synapsse", syntax=Syntax.PROPERTY),
    ],
)
def test_surely_meant_to_reach_what_exists(link: Link) -> None:
    assert how_surely_meant(link, _Names(), 1) is Meant.SURELY


@pytest.mark.parametrize("name", ["Vitamin C", "Vector Spaces", "PSC"])
def test_another_word_or_an_alias_is_likely_and_no_more(name: str) -> None:
    assert how_surely_meant(_link(name), _Names(), 1) is Meant.LIKELY


def test_what_is_asked_for_again_is_no_slip() -> None:
    assert how_surely_meant(_link("Synapsse"), _Names(), 2) is Meant.LIKELY
    assert how_surely_meant(_link("action-potential"), _Names(), 2) is Meant.SURELY


@pytest.mark.parametrize(
    "link",
    [
        _link("Calcium waves"),
        _link("Plans", syntax=Syntax.PROPERTY),
        _link("v1.2"),
        _link("Haskell +"),
        _link("Haskell -"),
    ],
)
def test_perhaps_still_to_be_written(link: Link) -> None:
    assert how_surely_meant(link, _Names(), 1) is Meant.UNKNOWN


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Synapsse", "Synapse"),
        ("Dijkstra's Algorithm", "Djikstra's Algorithm"),
        ("lactic acid fermenation", "Lactic Acid Fermentation"),
        ("Silcon", "Silicon"),
    ],
)
def test_slips_of_the_fingers(written: str, meant: str) -> None:
    assert is_slip(written, meant)
    assert is_slip(meant, written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Asexual Reproduction", "Sexual Reproduction"),
        ("RNA Polymerase III", "RNA Polymerase II"),
        ("Vitamin C", "Vitamin A"),
        ("Microeconomics", "Macroeconomics"),
        ("Photon", "Proton"),
        ("Absorption", "Adsorption"),
        ("Silver", "Sliver"),
        ("Heart", "Heat"),
        ("Vector Spaces", "Vector Space"),
        ("B Cells", "Cells"),
        ("Amotivation", "Motivation"),
        ("Officer", "Officers"),
        ("Lecture 11", "Lecture 1"),
        ("Synapse", "synapse"),
    ],
)
def test_other_words_are_no_slips(written: str, meant: str) -> None:
    assert not is_slip(written, meant)


@pytest.mark.parametrize(
    "linkpath", ["www.example.com", "example.org", "docs.example.co.uk/a?b", "github.io/x", "//example.com"]
)
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
    assert inferred_reading(_link("pic.png?raw=true", syntax=Syntax.MARKDOWN))
    assert not inferred_reading(_link("A B.md", syntax=Syntax.MARKDOWN))
    assert not inferred_reading(_link("C%23"))
    assert inferred_reading(_link("[Note"))
    assert inferred_reading(_link("shear  modulus"))
    assert not inferred_reading(_link("[draft] Plan"))


def test_an_address_between_double_brackets() -> None:
    assert bracketed_address(_link("https://example.com"))
    assert not bracketed_address(_link("Example"))


def test_what_stands_for_links_in_general() -> None:
    assert placeholder(_link("*.jpg"))
    assert placeholder(_link("...x.jpg"))
    assert placeholder(_link("${name}.md"))
    assert not placeholder(_link("../x.jpg"))


@pytest.mark.parametrize(
    "link",
    [
        _link("a/data.csv"),
        _link("pic.png"),
        _link("Plan.canvas"),
        _link("data.csv", embed=True),
        _link("data.csv", syntax=Syntax.MARKDOWN),
    ],
)
def test_a_file_was_surely_meant(link: Link) -> None:
    assert file_surely_meant(link)


@pytest.mark.parametrize("name", ["Node.js", "socket.io", "ASP.NET"])
def test_a_name_that_ends_like_a_file(name: str) -> None:
    assert not file_surely_meant(_link(name))
    assert not file_surely_meant(_link(name, syntax=Syntax.PROPERTY))
