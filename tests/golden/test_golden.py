"""The whole report of `sample_vault` in every format, as it stands in the files beside this one.

`pytest --update-cases` rewrites them; read the difference before committing it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from vaultcheck import __version__
from vaultcheck.cli.list_facts import KINDS
from vaultcheck.cli.main import run
from vaultcheck.cli.outputs import FORMATS
from vaultcheck.source import shown

HERE = Path(__file__).parent
VAULT = HERE.parent.parent / "sample_vault"
FILES = {"full": "full.txt", "concise": "concise.txt", "json": "report.json", "jsonl": "report.jsonl"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all of them: the claims of the vault are judged once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(cache))


def unversioned(text: str) -> str:
    return text.replace(f'"vaultcheck": "{__version__}"', '"vaultcheck": "VERSION"')


def compare(name: str, text: str, request: pytest.FixtureRequest) -> None:
    file = HERE / name
    if request.config.getoption("--update-cases"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), "run pytest --update-cases and read the difference"


@pytest.mark.parametrize("form", FORMATS)
def test_the_report_of_the_sample_vault(
    form: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    assert run(["check", "--vault", str(VAULT), "--format", form]) == 1
    compare(FILES[form], unversioned(capsys.readouterr().out), request)


def test_the_summary_of_the_sample_vault(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    run(["check", "--vault", str(VAULT)])
    compare("summary.txt", re.sub(r" in [\d.]+ s:", ":", capsys.readouterr().err), request)


def test_a_second_run_from_the_cache_and_several_processes_give_the_same_bytes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    written = (HERE / FILES["json"]).read_text(encoding="utf-8")
    for more in ([], [], ["--jobs", "2", "--no-cache"]):
        run(["check", "--vault", str(VAULT), "--format", "json", *more])
        assert unversioned(capsys.readouterr().out) == written


def test_list_and_graph_of_the_sample_vault_are_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["list", "links"], ["graph", "--format", "csv"], ["graph", "--format", "gexf"]):
        printed = []
        for _ in range(2):
            assert run([*arguments, "--vault", str(VAULT), "--no-cache"]) == 0
            printed.append(capsys.readouterr().out)
        assert printed[0] == printed[1] != ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fact_is_in_the_sample_vault(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", kind, "--vault", str(VAULT), "--no-cache"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert run(["list", kind, "--json", "--vault", str(VAULT), "--no-cache"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(lines) == len(rows) > 0
    assert all(line.startswith(shown(row.get("path", "#"))) for line, row in zip(lines, rows, strict=True))
