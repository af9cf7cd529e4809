"""Measures the map of concepts, `python -m bench.map --work DIR`, on a vault of 10,000 notes and 40,000 links.

Four things are measured: the time and memory of rows, layout and page; the sizes of the files; the time until the first
frame in Chromium without a window and without a GPU; the frames a second while the map is dragged. What is measured is
compared with what the map promises, and a screenshot is left in the folder to be looked at.
"""

from __future__ import annotations

import argparse
import gc
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.generate import write
from bench.model import Shape
from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.reports.concept_map.page import render
from vaultcheck.reports.concept_map.rows import collect
from vaultcheck.reports.concept_map.scene import arrange
from vaultcheck.vault import discover

SHAPE = Shape(notes=10_000, links_per_note=4)
RUNS = 5
DRAG = """
const done = arguments[arguments.length - 1], over = document.getElementById("over"), times = [];
const held = {bubbles: true, view: window, button: 0, buttons: 1};
const event = (type, x, y) => new MouseEvent(type, {...held, clientX: x, clientY: y});
over.dispatchEvent(event("mousedown", 800, 400));
const step = (now) => {
  times.push(now);
  const turn = times.length / 12;
  window.dispatchEvent(event("mousemove", 800 + 220 * Math.sin(turn), 400 + 160 * Math.sin(turn * 0.7)));
  if (times.length < 181) requestAnimationFrame(step);
  else { window.dispatchEvent(event("mouseup", 800, 400)); done((times.length - 1) * 1000 / (times[180] - times[0])); }
};
requestAnimationFrame(step);
"""


class Measure(NamedTuple):
    """A number, its unit, and what is promised: at most, or at least when `least`."""

    name: str
    value: float
    unit: str
    promised: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.promised if self.least else self.value <= self.promised

    def __str__(self) -> str:
        bound = "at least" if self.least else "at most"
        said = "" if self.kept else "  NOT KEPT"
        return f"{self.name:34} {self.value:10,.2f} {self.unit:9} ({bound} {self.promised:g}){said}"


def made(vault: Path, site: Path) -> Iterator[Measure]:
    """Make the map once, as the command does after the notes are read."""
    gc.disable()  # as the command does
    analysis = analyse(discover(vault), Config())
    report = check(analysis)
    before = peak()
    start, worked = time.perf_counter(), time.process_time()
    rows, left_out = collect(analysis, report, lambda _: False)
    files = render(arrange("bench", rows, left_out))
    worked = time.process_time() - worked
    yield Measure("rows, layout and page", time.perf_counter() - start, "s", 6)
    yield Measure("memory of the whole process", peak(), "MB", 500)
    print(f"  ({worked:.2f} s of work, the rest waiting for a processor; {before:.0f} MB of it before;")
    print(f"  {len(rows):,} rows, {sum(len(row.targets) for row in rows):,} links drawn)")
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8", newline="\n")
    yield Measure("index.html", (site / "index.html").stat().st_size / 1e6, "MB", 1)


def peak() -> float:
    """The most memory that this process has had, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Browser:
    """Chromium without a window and without a GPU, 1280 by 800."""

    def __init__(self) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service

        options = Options()
        options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
        size = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def first_frame(self, address: str) -> float:
        """Open a page; milliseconds until its first frame."""
        self.driver.get("about:blank")
        self.driver.get(address)
        mark = "return (performance.getEntriesByName('vaultcheck-first-frame')[0] || {}).startTime"
        while (shown := self.driver.execute_script(mark)) is None:
            time.sleep(0.02)
        return float(shown)

    def drag(self) -> float:
        """Drag the map that is open; frames a second."""
        return float(self.driver.execute_async_script(DRAG))

    def picture(self, address: str) -> bytes:
        """What is seen of a page once it has come to rest, as PNG."""
        self.first_frame(address)
        time.sleep(0.5)
        return bytes(self.driver.get_screenshot_as_png())


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that is closed again."""
    opened = Browser()
    try:
        yield opened
    finally:
        opened.driver.quit()


def shown(site: Path) -> Iterator[Measure]:
    """Open and drag the page some times; medians."""
    if not shutil.which("chromedriver"):
        print("  (no chromedriver: the page was not opened in a browser)")
        return
    address = (site / "index.html").resolve().as_uri()
    with browser() as opened:
        runs = [(opened.first_frame(address), opened.drag()) for _ in range(RUNS)]
        (site / "screenshot.png").write_bytes(opened.picture(address))
    yield Measure("first frame", statistics.median(first for first, _ in runs) / 1000, "s", 1)
    yield Measure("dragging", statistics.median(frames for _, frames in runs), "frames/s", 30, least=True)


def main() -> int:
    """Measure, print, and fail when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.map", description=main.__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/bench-map"))
    parser.add_argument("--vault", type=Path, help="a vault of your own instead of a generated one")
    given = parser.parse_args()
    vault = given.vault or given.work / "vault"
    if given.vault is None and not vault.is_dir():
        write(vault, SHAPE)
    kept = True
    for measures in (made, lambda _, site: shown(site)):
        for measure in measures(vault, given.work / "site"):
            print(measure)
            kept = kept and measure.kept
    print(f"the page and a screenshot of it: {given.work / 'site'}")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
