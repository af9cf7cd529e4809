"""The documents name what there is: floors, targets of make, files, decisions. What they promise exists."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from vaultcheck.cli.commands import COMMANDS
from vaultcheck.cli.main import run
from vaultcheck.rules.registry import every_rule

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("templates/*.md"))
    if not path.is_relative_to(ROOT / "docs" / "rules")  # examples of broken links live there
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def contract(name: str) -> dict[str, list[str]]:
    [found] = [one for one in PROJECT["tool"]["importlinter"]["contracts"] if one["id"] == name]
    assert isinstance(found, dict)
    return found


def without_code(text: str) -> str:
    """A document without its fenced and inline code, in which links are examples."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^(`{3,}|~{3,}).*?^\1", "", text))


def test_the_floors_of_the_architecture_page_are_those_of_the_contract() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("## Floors")[2].partition("\n## ")[0]
    told = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.splitlines() if row.startswith("| `")]
    built = [re.findall(r"\w+", layer) for layer in contract("floors")["layers"]]
    assert told == built


def test_every_dependency_has_a_row_and_a_reason() -> None:
    page = (ROOT / "docs" / "adr" / "0013-dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)
    needed = [re.split(r"[<>=!~ \[]", line)[0] for line in PROJECT["project"]["dependencies"]]
    assert [row for row in rows if row != "package"] == sorted(needed)


def test_every_door_that_the_dependency_table_names_is_in_the_contract() -> None:
    page = (ROOT / "docs" / "adr" / "0013-dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| [^|]*?\(`([^`]+)`\)", page, re.MULTILINE)
    assert len(rows) == len(PROJECT["project"]["dependencies"])
    edges = contract("one-door")["ignore_imports"]
    imported = {"python-frontmatter": "frontmatter", "pyyaml": "yaml", "math-core": "math_core"}
    for package, door in rows:
        start = "vaultcheck." + door.removesuffix(".py").strip("/").replace("/", ".")
        end = f" -> {imported.get(package, package)}"
        assert [edge for edge in edges if edge.startswith(start) and edge.endswith(end)], f"{package} enters by {door}"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@each_document
def test_every_make_target_that_a_document_names_exists(document: Path) -> None:
    code = " ".join(re.findall(r"`+[^`]+`+", document.read_text(encoding="utf-8")))
    named = set(re.findall(r"(?<![\w-])make ([a-z-]+)\b", code))
    assert named <= targets()


def test_every_make_target_says_what_it_is_for_and_is_phony() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert explained == targets() == set(phony.split())


@each_document
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    code = re.findall(r"`+[^`]+`+", document.read_text(encoding="utf-8"))
    named = {name for text in code for name in re.findall(r"(?:^`|^|\$ )vaultcheck ([a-z]+)\b", text, re.MULTILINE)}
    assert named <= {*COMMANDS}


def test_the_readme_names_rules_that_exist_and_all_that_are_on() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## What it checks")[2].partition("\n## ")[0]
    named = {rule for row in section.splitlines() if row.startswith("| ") for rule in re.findall(r"`([a-z-]+)`", row)}
    rules = {rule.info.name: rule.info.enabled for rule in every_rule()}
    assert named <= set(rules)
    assert {name for name, enabled in rules.items() if enabled} <= named


@each_document
def test_links_between_documents_reach_a_file(document: Path) -> None:
    written = re.findall(r"\]\(([^)\s]+)\)", without_code(document.read_text(encoding="utf-8")))
    local = [link.partition("#")[0] for link in written if "://" not in link and not link.startswith(("mailto:", "#"))]
    missing = [link for link in local if not (document.parent / unquote(link)).exists()]
    assert not missing


def test_the_list_of_decisions_has_each_page_once_with_its_own_title() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(
        r"^\| (\d+) \| \[([^\]]+)\]\(([^)]+)\) \|$", (folder / "index.md").read_text("utf-8"), re.MULTILINE
    )
    pages = sorted(path for path in folder.glob("*.md") if path.name != "index.md")
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in pages]
    assert [f"# {number}. {title}" for number, title, _ in listed] == titles
    assert [file for _, _, file in listed] == [path.name for path in pages]


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_has_a_context_a_decision_and_its_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    places = [text.find(f"\n## {part}\n") for part in ("Context", "Decision", "Consequences")]
    assert -1 not in places
    assert places == sorted(places)
    title = re.match(r"# (\d+)\. ", text)
    assert title is not None
    assert int(page.name[:4]) == int(title[1])


def transcripts(page: Path) -> list[tuple[str, list[str]]]:
    """The commands of a page's console blocks that are shown with what they print."""
    blocks = re.findall(
        r"^```console\n\$ vaultcheck(.*)\n((?:(?!```).*\n)+)```$", page.read_text("utf-8"), re.MULTILINE
    )
    return [(arguments, printed.splitlines()) for arguments, printed in blocks if not printed.startswith("$ ")]


def test_getting_started_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = ROOT / "docs" / "getting-started.md"
    notes = re.findall(r"^~~~~note (.+)\n((?:(?!~~~~).*\n)+)~~~~$", page.read_text("utf-8"), re.MULTILINE)
    assert len(notes) == 2
    for name, text in notes:
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / ".obsidian").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    shown = transcripts(page)
    assert len(shown) >= 4
    for arguments, printed in shown:
        run(shlex.split(arguments))
        assert capsys.readouterr().out.splitlines() == printed


def test_the_readme_shows_lines_that_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    [(arguments, printed)] = transcripts(ROOT / "README.md")
    run(shlex.split(arguments))
    lines = capsys.readouterr().out.splitlines()
    shown = [line for line in printed if line != "..."]
    assert shown
    assert [line for line in lines if line in shown] == shown


@pytest.mark.parametrize("page", ["library.md", "verdicts.md"])
def test_examples_in_python_give_what_they_show(page: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / page), module_relative=False, encoding="utf-8")
    assert tried >= 8
    assert not failed


def test_the_matrix_covers_the_pythons_and_systems_that_are_promised() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["tests"]["strategy"]["matrix"]
    promised = [line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if ":: Python :: 3." in line]
    assert matrix["python"] == promised
    assert [system.partition("-")[0] for system in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert {"run": ".ci/run"} in workflow["jobs"]["newcomer"]["steps"]
