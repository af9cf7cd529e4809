"""Pieces of the map's script, each tried alone: the address of a view, and what search and filters find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

pytestmark = pytest.mark.slow

PIECES = Path(__file__).parents[2] / "templates" / "map"


def run(browser: webdriver.Chrome, names: str, code: str, *arguments: object) -> Any:
    """What a piece of script returns that sees these files of the templates."""
    browser.get("about:blank")
    source = "\n".join((PIECES / f"{name}.js").read_text(encoding="utf-8") for name in names.split())
    return browser.execute_script(f'"use strict";\n{source}\n{code}', *arguments)


VIEW = {
    "view": "derivations",
    "note": "A & B/Ohm's=law #1.md",
    "claim": "Ohm#^def",
    "colour": "property:état",
    "q": "a=b&c",
    "files": True,
    "depth": 3,
    "filters": [["tag", "a/b"], ["value", "k\nv"]],
    "at": [-1.5, 20.25, 0.5],
}


def test_a_view_comes_back_from_its_address(browser: webdriver.Chrome) -> None:
    assert run(browser, "address", "return viewOf(addressOf(arguments[0]))", VIEW) == VIEW
    assert run(browser, "address", "return addressOf(emptyView())") == ""


@pytest.mark.parametrize(
    "text", ["#%zz&note", "view=elsewhere&depth=99&at=1_2", "at=a_b_c&=&&tag", "at=0_0_-1&depth=x"]
)
def test_an_address_that_makes_no_sense_gives_the_usual_view(browser: webdriver.Chrome, text: str) -> None:
    view = run(browser, "address", "return viewOf(arguments[0])", text)
    assert (view["view"], view["at"], view["note"]) == ("map", None, "")
    assert view["depth"] in {1, 3}


def test_of_each_family_the_later_filter_wins(browser: webdriver.Chrome) -> None:
    code = "let f = chosen([], 'tag', 'a'); f = chosen(f, 'folder', 'F'); f = toggled(f, 'tag', 'b'); return f"
    assert run(browser, "address", code) == [["folder", "F"], ["tag", "b"]]
    assert run(browser, "address", "return toggled([['tag', 'a']], 'tag', 'a')") == []


SCENE = """
const scene = {
  n: 4, kind: [0, 0, 0, 3], folder: ["Physics", "Physics/Waves", "Journal", ""], weight: [3, 2, 1, 0],
  tags: ["course/2024", "écho"], tagged: { 0: [0], 2: [1] }, links: [[1], [], [3], []], arriving: [[], [0], [], [2]],
  properties: [["state", ["done", "draft"], { 0: 0, 1: 1 }]], findings: { 2: [1, 0, 0] },
  severities: [["error"], ["warning"], ["note"]], standings: [["settled"], ["open"]],
  standingsOf: (row) => (row === 0 ? [1] : []),
  ruleRows: (rule) => new Set(rule === "broken-link" ? [2] : []),
  foldedTitle: (row) => folded(["Ohm's law", "Wave", "Énergie", "Missing"][row]),
};
const words = [[["Loi d'Ohm"], ["A heading on drift"], ["V = I R_{m}"]], 0, 0, 0];
"""


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("ohm", [0]),
        ("energie", [2]),
        ("ÉNERGIE", [2]),
        ("loi", [0]),
        ("drift heading", [0]),
        ("V=IR_m", [0]),
        ("V = I R_{m}", [0]),
        ("#course", [0]),
        ("#echo", [2]),
        ("waves", [1]),
        ("wave", [1]),
        ("nothing at all", []),
        ("   ", []),
        ("(", []),
    ],
)
def test_search_finds_titles_aliases_tags_headings_formulas_and_folders(
    browser: webdriver.Chrome, query: str, rows: list[int]
) -> None:
    code = f"{SCENE} return found(scene, words, arguments[0]).map((hit) => hit.row)"
    assert run(browser, "query", code, query) == rows


def test_search_works_before_words_are_loaded(browser: webdriver.Chrome) -> None:
    assert run(browser, "query", f"{SCENE} return found(scene, null, 'ohm').map((hit) => hit.where)") == [""]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ([["folder", "Physics"]], [0, 1]),
        ([["tag", "course"]], [0]),
        ([["severity", "error"]], [2]),
        ([["rule", "broken-link"]], [2]),
        ([["standing", "open"]], [0]),
        ([["value", "state\ndraft"]], [1]),
        ([["only", "unresolved"]], [2, 3]),
        ([["folder", "Physics"], ["tag", "course"]], [0]),
        ([["folder", "Journal"], ["tag", "course"]], [0]),
    ],
)
def test_filters_leave_what_they_name_and_the_latest_is_always_answered(
    browser: webdriver.Chrome, filters: list[list[str]], rows: list[int]
) -> None:
    assert run(browser, "query", f"{SCENE} return [...left(scene, arguments[0]).rows]", filters) == rows


def test_without_filters_everything_is_left(browser: webdriver.Chrome) -> None:
    assert run(browser, "query", f"{SCENE} return left(scene, [])") == {"rows": None, "used": []}


def test_an_orphan_is_linked_to_nothing(browser: webdriver.Chrome) -> None:
    code = f"{SCENE} scene.links[0] = []; scene.arriving[1] = []; return [...left(scene, [['only', 'orphan']]).rows]"
    assert run(browser, "query", code) == [0, 1]


CLAIMS = (
    "const scene = { claims: [{premises: []}, {premises: [0]}, {premises: [1, 3]}, {premises: [2]}, {premises: []}] };"
)


def test_what_rests_on_a_claim_is_followed_to_the_end_through_circles(browser: webdriver.Chrome) -> None:
    assert run(browser, "derivation", f"{CLAIMS} return [...restingOn(scene, 0)].sort()") == [1, 2, 3]
    assert run(browser, "derivation", f"{CLAIMS} return [...restsOn(scene, 2)].sort()") == [0, 1, 3]
    assert run(browser, "derivation", f"{CLAIMS} return [...restingOn(scene, 4)]") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<math><mtext><img src=x onerror=window.hit=1></mtext></math>",
        "<math><mi onclick='window.hit=1'>x</mi></math>",
        "<math><mi href='javascript:window.hit=1'>x</mi></math>",
        "<math><annotation-xml encoding='text/html'><b>x</b></annotation-xml></math>",
        "<p>x</p>",
        "<math></math><script>window.hit=1</script>",
    ],
)
def test_a_formula_that_is_not_only_mathematics_is_shown_as_it_is_written(
    browser: webdriver.Chrome, markup: str
) -> None:
    code = "document.body.replaceChildren(formulaNode(document, 'a^2', arguments[0])); return document.body.innerHTML"
    assert run(browser, "card", code, markup) == '<code class="tex">a^2</code>'
    assert run(browser, "card", "return window.hit === undefined") is True


def test_obsidian_is_asked_for_vault_and_file_in_escaped_form(browser: webdriver.Chrome) -> None:
    link = run(browser, "card", "return obsidianLink('My vault', 'A & B/C#d?.md')")
    assert link == "obsidian://open?vault=My%20vault&file=A%20%26%20B%2FC%23d%3F"
