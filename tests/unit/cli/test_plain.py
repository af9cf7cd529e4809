"""A plain check is understood as click would understand it, or is left to click."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultcheck.cli import main
from vaultcheck.cli.check import check
from vaultcheck.cli.checking import Asked
from vaultcheck.cli.commands import with_command
from vaultcheck.cli.plain import understood

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="on Windows everything is left to click")

# fmt: off
WORDS = [
    "check", "list", "--vault", "--vault=", "--vault=V", "V", "-V", "--format", "--format=json", "json", "jsonl",
    "full", "concise", "xml", "--format=", "--jobs", "--jobs=2", "2", "0", "-1", "+1", "1_000", "٣", "007",
    "99999999999", "--fail-on", "never", "error", "--fail-on=note", "bad", "--no-cache", "--no-cache=1", "--quiet",
    "-q", "-qq", "--quie", "--show-notes", "--rule", "broken-link", "--ignore-rule", "--output", "--stdin-path", "--",
    "-", "--help", "-h", "--version",
]
# fmt: on


def as_click_does(arguments: list[str]) -> Asked | None:
    """What click hands to the command; `None` when it refuses, says something else, or runs another command."""
    try:
        name, *rest = with_command(list(arguments))
        if name != "check":
            return None
        context = check.make_context("check", rest, help_option_names=["-h", "--help"])
    except (click.ClickException, click.exceptions.Exit):
        return None
    return Asked(**context.params)


@given(st.lists(st.sampled_from([*WORDS, "", " ", "a b"]), max_size=6))
def test_whatever_is_understood_is_what_click_understands(arguments: list[str]) -> None:
    asked = understood(arguments)
    assert asked is None or asked == as_click_does(arguments)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], Asked()),
        (["check"], Asked()),
        (["--quiet", "--vault", "My vault"], Asked(vault="My vault", quiet=True)),
        (["check", "--vault=V=W", "-q", "--no-cache"], Asked(vault="V=W", quiet=True, no_cache=True)),
        (["--jobs", "0", "--format=json"], Asked(jobs=0, form="json")),
        (["--fail-on", "never", "--show-notes", "--jobs=12"], Asked(fail_on="never", show_notes=True, jobs=12)),
    ],
)
def test_what_hooks_and_scripts_ask_for_is_understood(arguments: list[str], asked: Asked) -> None:
    assert understood(arguments) == asked == as_click_does(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "links"],
        ["Notes"],
        ["--help"],
        ["--vault"],
        ["--vault="],
        ["--vault", "-x"],
        ["--vault", "A", "--vault", "B"],
        ["--no-cache=1"],
        ["--format", "sarif"],
        ["--jobs", "-1"],
        ["--jobs", "two"],
        ["--rule", "broken-link"],
        ["check", "check"],
    ],
)
def test_the_rest_is_left_to_click(arguments: list[str]) -> None:
    assert understood(arguments) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_VAULTCHECK_COMPLETE", "bash_complete")
    assert understood([]) is None


def test_both_ways_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "A.md").write_text("[[Nowhere/else#x]] [[A#Nothing]]\n", encoding="utf-8")
    plain = ["--vault", str(tmp_path), "--no-cache", "--quiet", "--show-notes"]
    said = []
    for more in ([], ["--ignore-rule", "orphan-note"]):
        assert main.run([*plain, *more]) == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert "Nothing" in said[0].out


def test_a_folder_without_notes_is_the_same_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--ignore-rule", "orphan-note"]):
        assert main.run(["--vault", str(tmp_path / "none"), *more]) == 2
        assert "there is no such folder" in capsys.readouterr().err
