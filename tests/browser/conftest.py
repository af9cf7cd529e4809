"""A real browser for the pages of the map: Chromium without a window, driven by selenium, with no network."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.map_rows import CLAIMS, rows_of
from vaultcheck.reports.concept_map.page import render

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def found() -> tuple[str, str] | None:
    """The programs of a browser and of its driver."""
    browser = next((path for path in map(shutil.which, BROWSERS) if path), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium with its driver, or the reason why the browser tests were not run."""
    programs = found()
    if programs is None:
        pytest.skip("no Chromium with chromedriver here: the pages of the map were not tried in a browser")
    options = Options()
    options.binary_location = programs[0]
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(programs[1]))
    size = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield driver
    driver.quit()


class Page:
    """A page in the browser, and what it said and asked for."""

    def __init__(self, driver: webdriver.Chrome, file: Path) -> None:
        self.driver = driver
        self.address = file.as_uri()

    def open(self, view: str = "") -> Page:
        """Load the page anew with a view in its address."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.address}#{view}")
        return self

    def js(self, code: str, *arguments: object) -> Any:
        """What a piece of script returns."""
        return self.driver.execute_script(code, *arguments)

    def one(self, css: str) -> WebElement:
        """The only element that a selector finds."""
        [element] = self.all(css)
        return element

    def all(self, css: str) -> list[WebElement]:
        """Every element that a selector finds."""
        return list(self.driver.find_elements(By.CSS_SELECTOR, css))

    def text(self, css: str) -> str:
        """The text that a reader sees of an element."""
        return str(self.one(css).text)

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def until(self, condition: Callable[[], object]) -> Any:
        """Wait until something is so; what was waited for."""
        return WebDriverWait(self.driver, 20, poll_frequency=0.03).until(lambda _: condition())

    def card(self) -> str:
        """The text of the card, once there is one."""
        return str(self.until(lambda: self.all("#card:not([hidden]) h2") and self.text("#card")))

    @property
    def hash(self) -> str:
        """The view in the address."""
        return str(self.js("return location.hash.slice(1)"))

    def _log(self, name: str) -> list[dict[str, Any]]:
        return list(self.driver.execute(Command.GET_LOG, {"type": name})["value"])

    def said(self) -> list[str]:
        """The messages in the console since the last time."""
        return [entry["message"] for entry in self._log("browser")]

    def asked(self) -> set[str]:
        """The addresses asked for since the last time, without the page itself and data in addresses."""
        events = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        urls = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
        return {
            url for url in urls if not url.startswith(("data:", "about:")) and url.partition("#")[0] != self.address
        }


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """The page of a map, on the disk."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return folder / "index.html"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of the vault made by hand, with claims of every kind that it has."""
    return written(tmp_path_factory.mktemp("small"), render(rows_of(claims=CLAIMS)))


@pytest.fixture
def page(browser: webdriver.Chrome, small: Path) -> Iterator[Page]:
    """The page of the small map, opened; it must stay silent and ask for nothing."""
    opened = Page(browser, small)
    opened.said()
    opened.asked()
    opened.open()
    yield opened
    assert opened.said() == []
    assert opened.asked() == set()
