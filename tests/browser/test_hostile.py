"""A vault that means harm: its page executes nothing, with the content security policy and without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser.conftest import Page, written
from tests.map_rows import claim, rows_of
from vaultcheck.proof.model import Standing
from vaultcheck.reports.concept_map import page as pages
from vaultcheck.reports.concept_map.page import render

pytestmark = pytest.mark.slow

SCRIPT = "<script>window.hit=1<\\/script>".replace("\\", "")
IMAGE = "<img src=x onerror=window.hit=1>"
TITLE = '"><img src=x onerror=window.hit=1>'
FILES = {
    f"{TITLE}.md": f"---\ntags: ['{TITLE}']\naliases: ['{IMAGE}']\nkey: '{SCRIPT}'\n---\n# {SCRIPT}\n[[B]] {IMAGE}",
    "'onmouseover=window.hit=1 x='/B.md": f"[[{TITLE}|{IMAGE}]] [js](javascript:window.hit=1) [[{SCRIPT}]] #a\u2028b",
    "C.md": (
        f"---\nkey: [\n---\n$\\text{{{SCRIPT}}}$ $\\text{{{IMAGE}}}$ $\\href{{javascript:window.hit=1}}{{x}}$\n"
        f"$$ {'x' * 100_000} $$\n$$ {'{' * 9_000} $$\n[[B|{SCRIPT}]] `{IMAGE}` <svg onload=window.hit=1>"
    ),
    "D.md": "line\u2028separator\u2029 [[C]] ]]>--> <!-- </script> $a</script>b$",
    "javascript:window.hit=1.md": "[[C]] [[D#^<b>]]",
    "\u202egnp.md": "[[D]] \x00 [[C]]",
}
CLAIMS = (
    claim(
        SCRIPT,
        "C.md",
        4,
        f"\\text{{{SCRIPT}}}",
        Standing.REFUTED,
        understood=IMAGE,
        verdict=SCRIPT,
        why=IMAGE,
        premises=(TITLE,),
        steps=(IMAGE, f"$\\text{{{IMAGE}}}$"),
    ),
)


@pytest.fixture(scope="module", params=["policy", "no policy", "beside", "beside, no policy"])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: webdriver.Chrome
) -> Page:
    """The page of the hostile vault: whole or with files beside it, with its policy or with the policy removed."""
    with pytest.MonkeyPatch.context() as patch:
        if "beside" in request.param:
            patch.setattr(pages, "MANY", 2)
        made = dict(render(rows_of(FILES, CLAIMS)))
    if "no policy" in request.param:
        made["index.html"], count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", made["index.html"])
        assert count == 1
    return Page(browser, written(tmp_path_factory.mktemp("hostile"), made))


def test_nothing_of_the_notes_is_executed_wherever_it_is_shown(hostile: Page) -> None:
    hostile.asked()
    hostile.said()
    hostile.open()
    keys = hostile.js(
        "return [...document.querySelectorAll('#list ol')].flatMap((ol) => [...ol.children].map((li) =>"
        " (ol.dataset.kind === 'missing' ? '?' : '') + (ol.dataset.folder ? ol.dataset.folder + '/' : '') +"
        " li.firstChild.data.replace(/\\n$/, '') + (ol.dataset.kind === 'note' ? '.md' : '')))"
    )
    assert len(keys) >= len(FILES)
    for key in keys:
        hostile.js("location.hash = '#note=' + encodeURIComponent(arguments[0])", key)
        hostile.until(lambda: hostile.all("#card:not([hidden]) .path"))
        assert "map-data is not beside" not in hostile.text("#card")
    for view in (
        "view=list",
        "view=derivations",
        "colour=tag",
        "colour=folder",
        "q=img",
        "q=script",
        "note=x<b>&tag=<img>",
    ):
        hostile.js("location.hash = '#' + arguments[0]", view)
        hostile.js("return new Promise((done) => setTimeout(done, 30))")
    hostile.open("view=derivations&claim=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E")
    assert "window.hit" in hostile.card()
    for details in hostile.all("#list summary"):
        hostile.js("arguments[0].parentElement.open = true", details)
    hostile.js("dispatchEvent(new Event('beforeprint'))")
    assert hostile.js("return window.hit === undefined") is True
    assert hostile.said() == []
    assert not [url for url in hostile.asked() if "/map-data/" not in url]


def test_only_the_pages_own_scripts_and_harmless_elements_are_there(hostile: Page) -> None:
    hostile.open("note=C.md")
    hostile.card()
    assert (
        hostile.js("return document.querySelectorAll('img, iframe, object, embed, form, base, svg script').length") == 0
    )
    attributes = hostile.js(
        "return [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].map((a) => a.name))"
        ".filter((name) => name.startsWith('on'))"
    )
    assert attributes == []
    links = hostile.js("return [...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
    assert all(link.startswith(("#", "obsidian:")) for link in links)


def test_formulas_that_cannot_be_shown_are_there_as_text(hostile: Page) -> None:
    hostile.open("note=C.md")
    hostile.card()
    assert hostile.all("#card .formula code.tex")
    assert len(hostile.text("#card")) < 20_000


def test_names_are_shown_as_they_are(hostile: Page) -> None:
    hostile.open("q=onerror")
    hostile.until(lambda: hostile.all("#results button"))
    assert TITLE in hostile.text("#results")


def test_a_note_with_invalid_properties_is_on_the_map_with_its_finding(hostile: Page) -> None:
    hostile.open("note=C.md")
    assert "malformed-properties" in hostile.card()


def test_a_file_of_the_page_is_not_mistaken_for_one_of_ours(tmp_path: Path) -> None:
    """The policy of a page without files beside it does not let its script load any."""
    page = render(rows_of(FILES))["index.html"]
    assert "strict-dynamic" not in page[: page.index("</head>")].split("<style>")[0]
