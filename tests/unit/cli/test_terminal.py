"""What the terminal is shown, and what it is spared."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from vaultcheck.cli import terminal
from vaultcheck.cli.terminal import Progress, has_colour, style_for


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("tty", "env", "colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"CI": "true"}, False),
        (True, {"CI": "true", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colours(tty: bool, env: Mapping[str, str], colour: bool) -> None:
    assert has_colour(tty, env) is colour


@pytest.mark.parametrize(
    ("env", "linked"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "WezTerm"}, True),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "4999"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"WT_SESSION": "x", "CI": "1"}, False),
    ],
)
def test_paths_can_be_clicked_where_the_terminal_is_known_to_show_links(env: Mapping[str, str], linked: bool) -> None:
    style = style_for(Screen(), Path("/some where/vault"), env)
    assert style.base == ("file:///some%20where/vault/" if linked else "")
    assert style_for(io.StringIO(), Path(), env).base == ""


def test_progress_is_silent_until_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    screen, pipe, spared = Screen(), io.StringIO(), Screen()
    with (
        Progress("Reading", screen) as bar,
        Progress("Reading", pipe) as unseen,
        Progress("Reading", spared, wanted=False) as unwanted,
    ):
        for each in (bar, unseen, unwanted):
            each(1, 10)
        assert screen.getvalue() == ""
        now += 1.5
        for each in (bar, unseen, unwanted):
            each(5, 10)
            each(6, 10)
        assert "Reading [###############...............] 5 of 10" in screen.getvalue()
        assert "6 of 10" not in screen.getvalue(), "ten times a second is enough"
    assert screen.getvalue().endswith("\r\x1b[K")
    assert pipe.getvalue() == spared.getvalue() == ""


def test_a_reader_that_has_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    os.close(read)
    with open(write, "w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        terminal.emit(["x" * 100_000])
