"""What is released works where there is no checkout, and a checkout uses its own pages and templates."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from importlib.resources import files
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Built, Installed, build
from vaultcheck import __version__
from vaultcheck.cli.explain import page

pytestmark = pytest.mark.slow

PAGES = sorted(path.name for path in (ROOT / "docs" / "rules").glob("*.md"))


def test_the_wheel_holds_the_package_its_pages_and_its_templates_and_nothing_else(built: Built) -> None:
    names = set(zipfile.ZipFile(built.wheel).namelist())
    for file in (ROOT / "vaultcheck").rglob("*"):
        if file.suffix in {".py", ".json", ".typed"}:
            assert file.relative_to(ROOT).as_posix() in names
    assert {f"vaultcheck/rule_pages/{name}" for name in PAGES} <= names
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert templates
    assert {f"vaultcheck/{path.relative_to(ROOT).as_posix()}" for path in templates} <= names
    assert "vaultcheck/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"vaultcheck", f"vaultcheck-{__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_says_what_it_is(built: Built) -> None:
    archive = zipfile.ZipFile(built.wheel)
    info = f"vaultcheck-{__version__}.dist-info"
    metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
    assert metadata["Name"] == "vaultcheck"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{info}/licenses/LICENSE" in archive.namelist()


def test_the_source_archive_is_enough_to_build_the_same_wheel(built: Built, tmp_path: Path) -> None:
    shutil.unpack_archive(built.sdist, tmp_path / "source")
    [source] = (tmp_path / "source").iterdir()
    parts = ["Makefile", "README.md", ".ci/run", "sample_vault/README.md", "tests/conftest.py"]
    if shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        parts += [part for part in listed.stdout.split("\0") if part]
    assert not [part for part in parts if not (source / part).exists()]
    again = build(source, tmp_path / "dist")
    assert sorted(zipfile.ZipFile(again.wheel).namelist()) == sorted(zipfile.ZipFile(built.wheel).namelist())


def test_an_installed_vaultcheck_is_the_wheel_and_not_the_checkout(installed: Installed) -> None:
    done = installed.run("python", "-c", "import vaultcheck; print(vaultcheck.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.folder)


def test_an_installed_vaultcheck_says_its_version(installed: Installed) -> None:
    assert installed.run("vaultcheck", "--version").stdout == f"vaultcheck {__version__}\n"
    assert installed.run("python", "-m", "vaultcheck", "--version").stdout == f"vaultcheck {__version__}\n"


@pytest.mark.parametrize("rule", ["broken-link", "near-miss-tag"])
def test_an_installed_vaultcheck_explains_rules_with_its_own_pages(installed: Installed, rule: str) -> None:
    done = installed.run("vaultcheck", "explain", rule)
    assert done.returncode == 0, done.stderr
    title, *_ = (ROOT / "docs" / "rules" / f"{rule}.md").read_text(encoding="utf-8").split("\n")
    assert title.removeprefix("# ") in done.stdout
    assert len(done.stdout.splitlines()) > 10


def test_an_installed_vaultcheck_checks_a_vault_as_the_checkout_does(installed: Installed) -> None:
    command = ("check", "--vault", str(ROOT / "sample_vault"), "--format", "json", "--quiet")
    done = installed.run("vaultcheck", *command)
    assert done.returncode == 1, done.stderr
    ours = subprocess.run(
        [sys.executable, "-m", "vaultcheck", *command, "--no-cache"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert json.loads(done.stdout) == json.loads(ours.stdout)


def test_an_archive_that_was_never_unpacked_finds_its_pages(installed: Installed, built: Built) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from vaultcheck.cli.explain import page; print(page(sys.argv[2]))"
    )
    done = installed.run("python", "-c", code, str(built.wheel), "broken-link")
    assert done.stdout.rstrip("\n") == (ROOT / "docs/rules/broken-link.md").read_text(encoding="utf-8").rstrip("\n")


def test_a_checkout_uses_its_own_pages_and_templates() -> None:
    package = files("vaultcheck")
    assert Path(str(package)) == ROOT / "vaultcheck"
    assert not (package / "rule_pages").is_dir()
    assert not (package / "templates").is_dir()
    assert page("broken-link") == (ROOT / "docs" / "rules" / "broken-link.md").read_text(encoding="utf-8")


def test_an_installed_vaultcheck_writes_the_same_map_as_the_checkout(installed: Installed, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("[[B]] and $x^2$\n", encoding="utf-8")
    (vault / "B.md").write_text("[[A]]\n", encoding="utf-8")
    command = ("map", "--vault", str(vault), "--no-cache", "--output")
    done = installed.run("vaultcheck", *command, str(tmp_path / "one"))
    assert done.returncode == 0, done.stderr
    subprocess.run([sys.executable, "-m", "vaultcheck", *command, str(tmp_path / "two")], cwd=ROOT, check=True)
    assert (tmp_path / "one" / "index.html").read_bytes() == (tmp_path / "two" / "index.html").read_bytes()


def test_the_wheel_holds_the_licence_of_each_borrowed_script(built: Built) -> None:
    names = set(zipfile.ZipFile(built.wheel).namelist())
    scripts = {name for name in names if name.startswith("vaultcheck/templates/vendor/") and name.endswith(".min.js")}
    assert scripts
    assert {name.replace(".min.js", ".LICENSE") for name in scripts} <= names
