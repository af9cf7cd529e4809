"""Exit codes, and one line for whatever ends a run."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultcheck import __version__
from vaultcheck.cli import checking, commands, main
from vaultcheck.errors import ConfigError, RuleCrash, VaultError


@pytest.fixture(params=[["check"], ["check", "Notes"]], ids=["plain", "with click"])
def fails_with(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], int]:
    """Runs a check that fails with an error, and gives its exit code."""

    def fails(error: BaseException) -> int:
        def run(_arguments: object) -> int:
            raise error

        monkeypatch.setattr(checking, "checked", run)
        monkeypatch.setattr(commands, "invoke", run)
        return main.run(request.param)

    return fails


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (VaultError("no\nwhere", "there is no such folder"), "vaultcheck: error: no\\nwhere: there is no such folder"),
        (ConfigError("v.toml", "line 2, jobs", "must be 1"), "vaultcheck: error: v.toml: line 2, jobs: must be 1"),
        (PermissionError(13, "Permission denied", "x.md"), "vaultcheck: error: x.md: Permission denied"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_exit_code_2(
    fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str], error: Exception, line: str
) -> None:
    assert fails_with(error) == 2
    assert capsys.readouterr().err == line + "\n"


def test_a_bug_is_said_to_be_one_and_exit_code_3(
    fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    crash = RuleCrash("broken-link")
    crash.__cause__ = ZeroDivisionError("of the rule")
    assert fails_with(crash) == 3
    said = capsys.readouterr().err
    assert "ZeroDivisionError: of the rule" in said
    assert said.splitlines()[-1].startswith("vaultcheck: this is a bug in vaultcheck in the rule broken-link")
    assert fails_with(ValueError("odd")) == 3
    assert "this is a bug in vaultcheck, not in your vault" in capsys.readouterr().err


def test_an_interrupt_is_exit_code_130(
    fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails_with(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "vaultcheck: interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], 'no command and no file is called "chekc"; did you mean "check"?'),
        (["check", "--fromat", "json"], "--format"),
        (["--fromat", "json"], "--format"),
        (["check", "--rule", "broken_lnk"], 'no rule is called "broken_lnk"; did you mean "broken-link"?'),
        (["explain", "zzz"], "`vaultcheck explain` lists them all"),
        (["check", "--output", "json"], '"json" is not FORMAT=FILE'),
        (["check", "--output", "jsn=x"], '"jsn" is not one of full, concise, json, jsonl'),
        (["list", "note"], "note"),
        (["no such path here"], 'there is no file or folder "no such path here"'),
        (["check", "--vault", "no such vault"], "no such vault: there is no such folder"),
        (["check", "--vault", __file__], "this is a file, not a folder"),
        (["cache"], "Missing command"),
        (["init", "--vault", __file__], "not a folder"),
        ([".", "no such path"], 'there is no file or folder "no such path"'),
    ],
)
def test_arguments_that_cannot_be_understood(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main.run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("vaultcheck: error: ")
    assert words in err.splitlines()[0]


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, entry in commands.COMMANDS.items():
        assert name in shown
        assert entry.summary.split()[0] in shown
    assert "Examples:" in shown
    assert "Exit codes:" in shown
    assert main.run(["list", "-h"]) == 0
    assert "unresolved" in capsys.readouterr().out


def test_the_version_is_said_in_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"vaultcheck {__version__}\n"
    done = subprocess.run([sys.executable, "-m", "vaultcheck", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"vaultcheck {__version__}\n"


def test_explain_prints_a_page_and_lists_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["explain", "broken-link"]) == 0
    assert capsys.readouterr().out.startswith("# broken-link\n")
    assert main.run(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.split()[:2] == ["broken-link", "error"] for line in lines)
    assert any(line.split()[:2] == ["orphan-note", "off"] for line in lines)


def test_explain_draws_the_page_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main.run(["explain", "broken-link"]) == 0
    shown = capsys.readouterr().out
    assert "broken-link" in shown
    assert "\x1b[" in shown
    assert "## What" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_ends_a_run_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("x", encoding="utf-8")
    command = [sys.executable, "-m", "vaultcheck", "--vault", str(tmp_path), "--stdin-path", "A.md"]
    pipe = subprocess.PIPE
    waiting = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    time.sleep(2)  # until it waits for the buffer, which never comes
    os.killpg(waiting.pid, signal.SIGINT)
    out, err = waiting.communicate(timeout=30)
    assert (waiting.returncode, out, err.strip()) == (130, "", "vaultcheck: interrupted")


@pytest.mark.skipif(sys.platform == "win32", reason="closing a stream is said in the words of a POSIX shell")
def test_closed_and_full_streams_change_no_exit_code(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("[[A#Nothing]]", encoding="utf-8")
    program = f"{shlex.quote(sys.executable)} -m vaultcheck --no-cache --vault {shlex.quote(str(tmp_path))}"
    for streams, code, said in ((">&-", 1, "Checked 1 note"), (">&- 2>&-", 1, ""), ("| true", 0, "Checked 1 note")):
        done = subprocess.run(f"{program} {streams}", shell=True, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith(said)
        assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are read as UTF-8 there in any locale")
def test_names_are_read_as_obsidian_writes_them_in_any_locale(tmp_path: Path) -> None:
    (tmp_path / "Équation.md").write_text("# É\n", encoding="utf-8")
    (tmp_path / "A.md").write_text("[[Équation#É]] and [[Équation#E]]\n", encoding="utf-8")
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "vaultcheck", "check", "Équation.md", "A.md", "--format", "concise", "--quiet"],
        cwd=tmp_path,
        env={**os.environ, **locale},
        capture_output=True,
        check=False,
    )
    said = done.stdout.decode("utf-8").splitlines()
    assert [line.split(":")[0] for line in said] == ["A.md"], done.stderr
    assert 'Équation has no heading "E"' in said[0]
