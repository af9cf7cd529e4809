"""`vaultcheck map`: what it writes, what it says, what it will not overwrite."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.map_rows import FILES
from vaultcheck.cli import main
from vaultcheck.reports.concept_map import page as pages


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "My vault"
    for path, text in {**FILES, "Draft.md": "---\npublish: false\n---\nSecret.", "Private/Diary.md": "Dear"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return root


def run(vault: Path, site: Path, *more: str) -> int:
    return main.run(["map", "--vault", str(vault), "-o", str(site), *more])


def test_the_page_is_written_and_what_it_holds_is_said(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "a" / "site"
    assert run(vault, site, "--exclude", "Private/") == 0
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "Secret" not in page
    assert "Diary" not in page
    assert str(tmp_path) not in page
    said = capsys.readouterr().err
    assert "The page holds text of the notes." in said
    assert "1 with publish: false left out. 1 excluded." in said


def test_the_vaults_name_is_its_folders_or_the_one_given(vault: Path, tmp_path: Path) -> None:
    run(vault, tmp_path / "one")
    assert '"vault":"My vault"' in (tmp_path / "one" / "index.html").read_text(encoding="utf-8")
    run(vault, tmp_path / "two", "--vault-name", "Other")
    assert '"vault":"Other"' in (tmp_path / "two" / "index.html").read_text(encoding="utf-8")


def test_the_same_vault_gives_the_same_bytes_over_an_earlier_page_or_not(vault: Path, tmp_path: Path) -> None:
    run(vault, tmp_path / "one")
    first = (tmp_path / "one" / "index.html").read_bytes()
    run(vault, tmp_path / "one")
    run(vault, tmp_path / "two", "--no-cache")
    assert (tmp_path / "one" / "index.html").read_bytes() == first == (tmp_path / "two" / "index.html").read_bytes()


def test_fresh_places_everything_anew(vault: Path, tmp_path: Path) -> None:
    site, other = tmp_path / "one", tmp_path / "two"
    run(vault, site)
    (vault / "New.md").write_text("[[Ohm]] [[Force]]", encoding="utf-8")
    run(vault, other)
    run(vault, site)
    seeded = (site / "index.html").read_bytes()
    run(vault, site, "--fresh")
    assert (site / "index.html").read_bytes() == (other / "index.html").read_bytes() != seeded


def test_unpublished_notes_are_shown_when_asked_for(vault: Path, tmp_path: Path) -> None:
    run(vault, tmp_path / "site", "--unpublished")
    assert "<li>Draft" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_a_page_that_is_not_ours_is_never_overwritten(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<title>My home page</title>", encoding="utf-8")
    assert run(vault, tmp_path / "site") == 2
    assert "no map of vaultcheck" in capsys.readouterr().err
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "<title>My home page</title>"


def test_a_folder_that_is_a_file_is_an_error_of_one_line(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").write_text("", encoding="utf-8")
    assert run(vault, tmp_path / "site") == 2
    assert capsys.readouterr().err.startswith("vaultcheck: error: ")


def test_files_of_an_earlier_large_map_are_removed_and_no_others(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    monkeypatch.setattr(pages, "MANY", 3)
    run(vault, site)
    assert {file.name for file in (site / "map-data").iterdir()} == {"words.js", "cards-0.js"}
    (site / "map-data" / "mine.js").write_text("", encoding="utf-8")
    monkeypatch.setattr(pages, "MANY", 3000)
    run(vault, site)
    assert {file.name for file in (site / "map-data").iterdir()} == {"mine.js"}


def test_the_day_of_source_date_epoch_is_on_the_page(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "981173106")
    run(vault, tmp_path / "site")
    assert "2001-02-03" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_claims_of_the_vault_are_judged_and_shown_with_what_they_rest_on(vault: Path, tmp_path: Path) -> None:
    (vault / "Power.md").write_text(
        "from:: [[Ohm#^def]]\nwith:: $P = V I$\nSo the **power P** is $P = I^2 R$. #verified ^power\n", encoding="utf-8"
    )
    run(vault, tmp_path / "site")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    [scene] = re.findall(r'<script type="application/json" id="map">(.*?)</script>', page, re.DOTALL)
    claims = {claim["id"]: claim for claim in json.loads(scene)["claims"]}
    power = claims["Power#^power"]
    assert [list(claims)[premise] for premise in power["premises"]] == ["Physics/Ohm#^def"]
    assert power["elsewhere"] == ["$P = V I$"]
    assert power["verdict"].startswith("proved")
    assert power["latex"] == "P = I^2 R"


def test_claims_of_notes_that_are_left_out_are_not_on_the_map(vault: Path, tmp_path: Path) -> None:
    (vault / "Draft.md").write_text("---\npublish: false\n---\n$Z = 7 Q$ ^secret\n", encoding="utf-8")
    text = "from:: [[Draft#^secret]], [[Ohm#^def]]\nSo $Z + V = 7 Q + I R$. #verified ^sum\n"
    (vault / "Sum.md").write_text(text, encoding="utf-8")
    run(vault, tmp_path / "site")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Sum#^sum" in page
    assert "7 Q + I R" in page
    assert "Z = 7 Q" not in page
    assert "Draft#^secret" not in page
    run(vault, tmp_path / "site", "--unpublished")
    assert "Z = 7 Q" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
