"""What a short run may not import: packages, and modules of the standard library, that cost more than they give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("sympy", "networkx", "jinja2", "rich", "mpmath")
SPARED = ("click", "dataclasses", "difflib", "html", "multiprocessing")
"""What a plain check does without: together as much as the check of a small vault."""
PROGRAM = f"""
import sys
from vaultcheck.cli.main import run
code = run(sys.argv[1:])
print("imported:", *(name for name in {(*HEAVY, *SPARED)} if name in sys.modules))
sys.exit(code)
"""


def imported(*arguments: str) -> set[str]:
    """Which of the packages a run in a process of its own has imported."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return set(done.stdout.splitlines()[-1].removeprefix("imported:").split())


@pytest.fixture
def ten_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    vault = tmp_path / "vault"
    vault.mkdir()
    for number in range(10):
        text = f"# Note {number}\n\nSee [[Note {number + 1}]], $E = m c^2$, #physics and [[Note {number}#Nothing]].\n"
        (vault / f"Note {number}.md").write_text(text, encoding="utf-8")
    return vault


def test_the_version_imports_nothing() -> None:
    assert imported("--version") == set()


def test_help_imports_nothing_heavy() -> None:
    assert not imported("--help") & set(HEAVY)


def test_a_claim_to_verify_is_judged_without_computer_algebra_in_this_process(ten_notes: Path) -> None:
    (ten_notes / "Claim.md").write_text("$V = R I$ ^law\n\nBy [[#^law]] $I = V / R$. #to_verify\n", encoding="utf-8")
    found = imported("check", "--vault", str(ten_notes), "--format", "json")
    assert not found & {"sympy", "networkx", "jinja2", "rich"}


@pytest.mark.skipif(sys.platform == "win32", reason="click expands wildcards on Windows, so all arguments go there")
def test_a_plain_check_imports_nothing_that_it_can_spare(ten_notes: Path) -> None:
    for arguments in (["--no-cache"], ["--format", "json", "--no-cache", "--jobs", "2"], ["check", "--quiet"]):
        found = imported(*arguments, "--vault", str(ten_notes))
        assert not found & {*HEAVY, "click", "multiprocessing"}
        assert "--no-cache" not in arguments or not found & set(SPARED)


def test_a_check_of_ten_notes_imports_nothing_heavy(ten_notes: Path) -> None:
    assert not imported("check", "--vault", str(ten_notes)) & set(HEAVY)
    assert not imported("check", "--vault", str(ten_notes), "--format", "json", "--no-cache") & set(HEAVY)
    assert not imported("list", "links", "--vault", str(ten_notes)) & set(HEAVY)
