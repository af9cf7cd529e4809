"""The page of the map in a browser: keys are pressed and things clicked, and what a reader gets is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Page

pytestmark = pytest.mark.slow

OHM = "note=Physics%2FOhm.md"


def colours(page: Page) -> int:
    """How many colours the drawn map has: a blank canvas has one."""
    code = """
    const c = document.getElementById("base"), d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
    const seen = new Set();
    for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
    return seen.size"""
    return int(page.js(code))


def test_the_map_is_drawn_with_regions_dots_and_names(page: Page) -> None:
    assert colours(page) > 30
    assert page.text("header h1") == "vault"
    assert "6 notes" in page.text("header")


def test_ten_seconds_are_enough_to_count_claims_and_reach_a_broken_link(page: Page) -> None:
    head = page.text("#tally")
    assert "2 refuted" in head.replace("\n", " ")
    assert "1 settled" in head.replace("\n", " ")
    assert "1 open" in head.replace("\n", " ")
    page.press("n")
    assert "Reversal" in page.card()
    assert "there is no" in page.text("#card .findings")
    assert "line 1" in page.text("#card .findings")


def test_a_count_in_the_head_filters_and_a_second_press_takes_it_back(page: Page) -> None:
    page.one('#tally [data-value="error"]').click()
    assert page.hash == "severity=error"
    assert "1 of 9" in page.text("#chosen")
    page.one('#tally [data-value="error"]').click()
    assert page.hash == ""


def test_the_legend_comes_from_the_standings_and_filters(page: Page) -> None:
    names = [element.text.split("\n")[0] for element in page.all("#legend button span")]
    assert names == ["settled", "assumed", "conditional", "open", "refuted"]
    page.all("#legend button")[4].click()
    assert page.hash == "standing=refuted"
    assert page.all("#legend button")[4].get_attribute("aria-pressed") == "true"
    page.one("#chosen .chip").click()
    assert page.hash == ""


@pytest.mark.parametrize(
    ("mode", "entries"),
    [
        ("severity", ["error", "note"]),
        ("folder", ["Physics", "Synapse"]),
        ("tag", ["#physics", "#synapse/ampa"]),
        ("property:state", ["done", "draft"]),
    ],
)
def test_the_map_can_be_coloured_by(page: Page, mode: str, entries: list[str]) -> None:
    page.one(f'#colour option[value="{mode}"]').click()
    assert page.js("return new URLSearchParams(location.hash.slice(1)).get('colour')") == mode
    assert [element.text.split("\n")[0] for element in page.all("#legend button span")] == entries


def test_search_finds_formulas_and_enter_opens_the_first(page: Page) -> None:
    page.press("/", *"G=1/R")
    page.until(lambda: page.all("#results button"))
    assert "Conductance" in page.text("#results")
    assert "formula" in page.text("#results")
    page.press(Keys.ENTER)
    assert page.card().startswith("×\nConductance")
    assert "q=G%3D1%2FR" in page.hash


def test_results_are_walked_with_the_arrows(page: Page) -> None:
    page.press("/", "e")
    page.until(lambda: len(page.all("#results button")) > 2)
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    second = page.all("#results button")[1]
    assert page.driver.switch_to.active_element == second
    page.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert page.driver.switch_to.active_element == page.one("#search")


def test_search_and_filters_narrow_map_and_list_together(page: Page) -> None:
    everything = colours(page)
    page.open("view=list&tag=physics&q=conductance")
    page.until(lambda: page.all("#results button"))
    shown = [item.text for item in page.all("#list ol > li") if item.is_displayed()]
    assert shown == ["Conductance"]
    page.press("m", "/")
    page.press(*"zzz")
    assert "nothing found" in page.text("#results")
    assert everything > 30


def test_formulas_that_state_something_stand_apart_from_symbols(page: Page) -> None:
    rows = [[3, "V_m", None, 0, []], [4, "a = b", None, 0, []], [5, "V_m", None, 0, []], [6, "x", None, 1, []]]
    pieces = Path(__file__).parents[2] / "templates" / "map" / "card.js"
    code = (
        pieces.read_text(encoding="utf-8")
        + "\nreturn unique(arguments[0]).map((formula) => [formula[1], states(formula)])"
    )
    assert page.js(code, rows) == [["V_m", False], ["a = b", True], ["x", True]]


def test_the_card_shows_claims_formulas_links_and_sentences(page: Page) -> None:
    page.open(OHM)
    card = page.card()
    assert "Physics/Ohm.md" in card
    assert "assumed" in card
    assert "By Ohm's law it is" in card
    assert {mark.text for mark in page.all("#card mark")} == {"Ohm's law", "Ohm", "Ohm > ^gone"}
    assert page.all("#card .claim math")
    assert page.one("#card a.launch").get_attribute("href") == "obsidian://open?vault=vault&file=Physics%2FOhm"
    assert "Conductance" in page.text("#card")


def test_the_local_graph_goes_one_to_three_links_deep(page: Page) -> None:
    page.open("note=Synapse%2FForce.md")
    page.card()
    sizes = []
    for depth in range(3):
        page.all("#card .depth button")[depth].click()
        sizes.append(len(page.all("#card .inset g")))
    assert sizes[0] == 4
    assert sizes == sorted(sizes)
    assert sizes[2] == 7
    assert "depth=3" in page.hash


def test_a_dot_of_the_local_graph_leads_to_its_note(page: Page) -> None:
    page.open("note=Synapse%2FForce.md")
    page.card()
    page.one('#card .inset g[aria-label="Current"]').click()
    page.until(lambda: "Sign" not in page.hash and "Current" in page.hash)
    assert "Current" in page.card()


def test_a_missing_note_has_a_card_that_says_who_asks_for_it(page: Page) -> None:
    page.open("note=%3FNothing%20yet")
    assert "not written yet" in page.card()
    assert "The force drives the Current, and" in page.text("#card")
    assert not page.all("#card a.launch")


def test_back_and_forward_go_through_what_was_looked_at(page: Page) -> None:
    page.open(OHM)
    page.card()
    page.press(Keys.ESCAPE)
    page.until(lambda: page.hash == "")
    page.driver.back()
    page.until(lambda: page.hash == OHM)
    assert "Ohm" in page.card()
    page.driver.forward()
    page.until(lambda: not page.all("#card:not([hidden])"))


def test_the_whole_view_is_in_the_address(page: Page) -> None:
    page.open("colour=folder&tag=physics&at=10_20_1.5&" + OHM)
    page.card()
    assert page.one("#colour").get_attribute("value") == "folder"
    assert "tag: physics" in page.text("#chosen")
    page.one("#over").send_keys("+")
    page.until(lambda: page.one("#base"))
    assert page.js("return location.hash").count("at=10_20_1.5") == 1


def test_panning_and_the_wheel_are_kept_in_the_address(page: Page) -> None:
    over = page.one("#over")
    ActionChains(page.driver).drag_and_drop_by_offset(over, 90, 40).perform()
    page.until(lambda: "at=" in page.hash)


def test_a_click_on_a_dot_selects_it_and_on_the_ground_lets_go(page: Page) -> None:
    page.open(OHM + "&at=0_0_1")
    page.card()
    page.press(Keys.ESCAPE)
    page.open("at=0_0_1")
    place = page.js("const s = JSON.parse(document.getElementById('map').textContent); return [s.x[3], s.y[3]]")
    offset = [round(place[0]), round(place[1])]
    ActionChains(page.driver).move_to_element_with_offset(page.one("#over"), *offset).click().perform()
    assert "Ohm" in page.card()
    ActionChains(page.driver).move_to_element_with_offset(page.one("#over"), -480, -300).click().perform()
    page.until(lambda: not page.all("#card:not([hidden])"))


def test_arrow_keys_walk_over_the_map_and_say_where_they_are(page: Page) -> None:
    page.one("#over").click()
    page.press(Keys.ARROW_LEFT)
    first = page.until(lambda: page.hash)
    seen = {first}
    for key in (Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_DOWN):
        page.press(key)
        seen.add(page.hash)
    assert len(seen) > 2
    assert "links here" in str(page.one("#spoken").get_attribute("textContent"))


def test_keys_change_view_colour_theme_and_show_themselves(page: Page) -> None:
    page.press("d")
    assert page.hash == "view=derivations"
    page.press("l")
    assert page.one("#list").is_displayed()
    page.press("m", "c")
    assert page.hash == "colour=severity"
    before = page.js("return getComputedStyle(document.body).backgroundColor")
    page.press("t")
    assert page.js("return getComputedStyle(document.body).backgroundColor") != before
    page.press("t", "?")
    assert page.one("#keys").is_displayed()
    page.press(Keys.ESCAPE)
    page.until(lambda: not page.one("#keys").is_displayed())


def test_escape_closes_one_thing_at_a_time(page: Page) -> None:
    page.open("tag=physics&" + OHM)
    page.card()
    page.press(Keys.ESCAPE)
    page.until(lambda: page.hash == "tag=physics")
    page.press(Keys.ESCAPE)
    page.until(lambda: page.hash == "")


def test_everything_can_be_reached_with_the_tabulator(page: Page) -> None:
    reached = set()
    for _ in range(40):
        page.press(Keys.TAB)
        reached.add(
            page.js("const e = document.activeElement; return e.id || e.dataset.view || e.className || e.tagName")
        )
    assert {"search", "colour", "over", "theme", "map", "derivations", "list", "skip"} <= reached


def test_the_skip_link_leads_to_the_list(page: Page) -> None:
    page.press(Keys.TAB, Keys.ENTER)
    page.until(lambda: page.one("#list").is_displayed())


def test_notes_of_the_list_open_their_cards(page: Page) -> None:
    page.open("view=list")
    page.all("#list summary")[1].click()
    button = page.until(lambda: page.all("#list details[open] ol > li > button"))[0]
    assert button.text == "Conductance"
    button.click()
    assert "Conductance" in page.card()


def test_filters_by_control(page: Page) -> None:
    page.one('#filters select[data-family="folder"] option[value="Synapse"]').click()
    assert page.hash == "folder=Synapse"
    page.one('#filters [data-only="unresolved"]').click()
    assert page.hash == "folder=Synapse&only=unresolved"
    assert "2 of 9" in page.text("#chosen")
    page.one("#filters #files").click()
    assert "files=1" in page.hash


# The derivation graph.


def test_claims_stand_from_premise_to_conclusion(page: Page) -> None:
    page.open("view=derivations")
    boxes = page.all("#derivations .box")
    assert len(boxes) == 6
    lefts = [box.location["x"] for box in boxes[:5]]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 5
    assert "refuted" in str(boxes[2].get_attribute("class"))


def test_choosing_a_refuted_premise_lights_all_that_rests_on_it(page: Page) -> None:
    page.open("view=derivations")
    page.all("#derivations .box")[2].click()
    page.card()
    state = [str(box.get_attribute("class")).split() for box in page.all("#derivations .box")]
    assert ["reached" in classes for classes in state] == [False, False, False, True, True, False]
    assert ["ground" in classes for classes in state] == [True, True, False, False, False, False]
    assert ["faint" in classes for classes in state] == [False, False, False, False, False, True]
    assert len(page.all("#derivations path.reach")) == 2
    assert "2 rest on it" in page.text("#card")
    assert "fails at G = 1" in page.text("#card")
    assert page.hash == "view=derivations&claim=Current%23%5Ei"


def test_filters_dim_the_claims_that_they_leave_out(page: Page) -> None:
    page.open("view=derivations&standing=refuted")
    dimmed = ["out" in str(box.get_attribute("class")).split() for box in page.all("#derivations .box")]
    assert dimmed == [True, True, False, False, True, True]


def test_arrow_keys_walk_along_premises(page: Page) -> None:
    page.open("view=derivations&claim=Current%23%5Ei")
    page.card()
    page.press(Keys.ARROW_RIGHT)
    page.until(lambda: "Force" in page.hash)
    page.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    page.until(lambda: "Conductance" in page.hash)


def test_a_derivation_is_shown_with_its_steps(page: Page) -> None:
    page.open("view=derivations&claim=Conductance%23%5Eg")
    page.card()
    assert len(page.all("#card .steps li")) == 3
    assert len(page.all("#card .steps math")) == 2
    page.one("#card .launch").click()
    page.until(lambda: page.hash == "note=Physics%2FConductance.md")


# What a reader may have chosen.


@pytest.fixture
def emulated(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_dark_system_gets_a_dark_page(emulated: webdriver.Chrome, page: Page) -> None:
    emulated.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    page.open()
    assert page.js("return getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"
    corner = page.js("return [...document.getElementById('base').getContext('2d').getImageData(2, 2, 1, 1).data]")
    assert corner == [21, 23, 27, 255]


def test_unwelcome_motion_is_left_out(emulated: webdriver.Chrome, page: Page) -> None:
    emulated.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    )
    page.open()
    before = page.js("return document.getElementById('base').toDataURL().length")
    page.press("+")
    page.js("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.js("return document.getElementById('base').toDataURL().length") != before


def test_without_scripts_there_are_all_notes_claims_and_findings(
    emulated: webdriver.Chrome, browser: webdriver.Chrome, small: Path
) -> None:
    page = Page(browser, small)
    emulated.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.open()
    assert page.one("#list").is_displayed()
    assert not page.one("#side").is_displayed()
    page.all("#list summary")[2].click()
    assert "Reversal" in page.text("#list")
    assert "there is no" in page.text("#list")
    assert "refuted" in page.text("#list .claims")


def test_on_paper_the_map_is_drawn_as_lines_and_letters(emulated: webdriver.Chrome, page: Page) -> None:
    page.js("dispatchEvent(new Event('beforeprint'))")
    emulated.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert page.one("#paper svg").is_displayed()
    assert not page.one("#side").is_displayed()
    assert len(page.all("#paper svg circle")) > 6
    assert "Ohm" in page.text("#paper svg")
    assert "refuted" in page.text("#paper ul")
    page.js("dispatchEvent(new Event('afterprint'))")
    assert not page.all("#paper svg")


def test_a_narrow_screen_keeps_map_and_card_apart(browser: webdriver.Chrome, page: Page) -> None:
    size = {"width": 390, "height": 780, "deviceScaleFactor": 1, "mobile": False}
    wide = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.open(OHM)
        page.card()
        assert page.js("return document.documentElement.scrollWidth") <= 390
        assert page.one("#card").size["width"] <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wide)
