"""`init` writes what is not there and leaves what is."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

from vaultcheck.cli.init import hook_entry
from vaultcheck.cli.main import run


def test_a_folder_gets_a_configuration_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--vault", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Wrote {tmp_path / 'vaultcheck.toml'}\n"
    (tmp_path / "vaultcheck.toml").write_text("jobs = 2", encoding="utf-8")
    assert run(["init", "--vault", str(tmp_path)]) == 0
    assert "is left as it is" in capsys.readouterr().out
    assert (tmp_path / "vaultcheck.toml").read_text(encoding="utf-8") == "jobs = 2"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["vaultcheck.toml"]


def test_a_checkout_gets_the_hook_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    vault = tmp_path / "My notes"
    vault.mkdir()
    file = tmp_path / ".pre-commit-config.yaml"
    assert run(["init", "--vault", str(vault)]) == 0
    (repo,) = yaml.safe_load(file.read_text(encoding="utf-8"))["repos"]
    (hook,) = repo["hooks"]
    assert shlex.split(hook["entry"]) == ["vaultcheck", "check", "--vault", "My notes"]
    assert (hook["always_run"], hook["pass_filenames"], hook["require_serial"]) == (True, False, True)
    capsys.readouterr()
    assert run(["init", "--vault", str(vault)]) == 0
    assert "names vaultcheck already" in capsys.readouterr().out
    file.write_text("repos: []\n", encoding="utf-8")
    assert run(["init", "--vault", str(vault)]) == 0
    assert "Add under `repos:`" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == "repos: []\n"


@pytest.mark.parametrize("vault", [".", "Notes", 'it\'s #1: "x"', "Été"])
def test_the_hook_entry_is_valid_yaml_for_any_folder(vault: str) -> None:
    entry = yaml.safe_load(hook_entry(vault))[0]["hooks"][0]["entry"]
    assert shlex.split(entry) == ["vaultcheck", "check"] + ([] if vault == "." else ["--vault", vault])


def test_a_vault_that_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--vault", str(tmp_path / "nowhere")]) == 2
    assert "not a folder" in capsys.readouterr().err
