"""The real pre-commit in a real repository: a commit that would leave a dead link behind does not come about."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.packaging.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed: the hook was not tried"),
]

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
NOTES = {
    "Mechanics/Work.md": "# Work\n\n## Definition\n\nForce times distance. ^def\n",
    "Mechanics/Energy.md": (
        "See [[Mechanics/Work]], [its definition](Work.md#Definition) and [[Work#^def]].\n\n![[lever arm.png|200]]\n"
    ),
    "Diary/Monday.md": "Nothing about physics. Only [[Tuesday]] is near.\n",
    "Diary/Tuesday.md": "Back to [[Monday]].\n",
}
PIXEL = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository with a vault in it, and pre-commit installed as its hook."""

    root: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository, untouched by the user's own git and pre-commit."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "VAULTCHECK"))}
        mine = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A Student",
            "GIT_AUTHOR_EMAIL": "student@example.org",
            "GIT_COMMITTER_NAME": "A Student",
            "GIT_COMMITTER_EMAIL": "student@example.org",
            "PRE_COMMIT_HOME": str(self.root.parent / "pre-commit"),
            "VAULTCHECK_CACHE_DIR": str(self.root.parent / "cache"),
            "PYTHONUTF8": "1",
        }
        return subprocess.run(
            command, cwd=self.root, env=clean | mine, capture_output=True, encoding="utf-8", check=False
        )

    def git(self, *arguments: str) -> str:
        """What git prints; it must succeed."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self) -> tuple[bool, str]:
        """Stage everything and try to commit: whether a commit came about, and what was said."""
        self.git("add", "--all")
        before = self.git("rev-parse", "HEAD")
        done = self.run("git", "commit", "-m", "A change")
        made = self.git("rev-parse", "HEAD") != before
        assert made == (done.returncode == 0)
        return made, done.stdout + done.stderr


def hook() -> dict[str, object]:
    """The hook exactly as the manifest offers it, but run from this environment instead of a downloaded one."""
    [offered] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    program, *arguments = shlex.split(offered["entry"])
    assert program == "vaultcheck"
    entry = shlex.join([Path(sys.executable).as_posix(), "-m", "vaultcheck", *arguments])
    return dict(offered | {"language": "system", "entry": entry})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose vault is whole and committed, with the hook in place."""
    here = Repository(tmp_path / "repository")
    here.root.mkdir()
    for path, text in NOTES.items():
        (here.root / path).parent.mkdir(exist_ok=True)
        (here.root / path).write_text(text, encoding="utf-8")
    (here.root / "lever arm.png").write_bytes(PIXEL)
    (here.root / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook()]}]}), encoding="utf-8"
    )
    here.git("init", "--quiet", "--initial-branch", "main")
    here.git("add", "--all")
    here.git("commit", "--quiet", "--message", "A vault that is whole")
    done = here.run(sys.executable, "-m", "pre_commit", "install")
    assert done.returncode == 0, done.stderr
    return here


Change = Callable[[Path], object]


def rename(old: str, new: str) -> Change:
    return lambda root: (root / old).rename(root / new)


def delete(path: str) -> Change:
    return lambda root: (root / path).unlink()


def write(path: str, text: str) -> Change:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def rewrite(path: str, old: str, new: str) -> Change:
    return write(path, NOTES.get(path, "").replace(old, new))


BREAKING: dict[str, tuple[Change, str]] = {
    "a note deleted": (delete("Mechanics/Work.md"), "broken-link"),
    "a note renamed": (rename("Mechanics/Work.md", "Mechanics/Labour.md"), "broken-link"),
    "a heading renamed": (rewrite("Mechanics/Work.md", "## Definition", "## What it is"), "broken-heading"),
    "a block id removed": (rewrite("Mechanics/Work.md", " ^def", ""), "broken-block"),
    "an image renamed": (rename("lever arm.png", "lever.png"), "missing-attachment"),
    "an image deleted": (delete("lever arm.png"), "missing-attachment"),
}
HARMLESS: dict[str, Change] = {
    "a note edited": rewrite("Diary/Monday.md", "Nothing", "Still nothing"),
    "a note added": write("Diary/Wednesday.md", "After [[Tuesday]].\n"),
    "a note moved that is linked by name": rename("Diary/Monday.md", "Monday.md"),
    "a file that is no note": write("list.txt", "milk\n"),
}


@pytest.mark.parametrize("change", BREAKING)
def test_a_commit_that_breaks_a_link_in_another_note_is_refused(repository: Repository, change: str) -> None:
    make, rule = BREAKING[change]
    make(repository.root)
    made, said = repository.commit()
    assert not made
    assert f"[{rule}]" in said
    assert "Mechanics/Energy.md" in said
    assert "Diary" not in said


@pytest.mark.parametrize("change", HARMLESS)
def test_a_commit_that_breaks_nothing_passes(repository: Repository, change: str) -> None:
    HARMLESS[change](repository.root)
    made, said = repository.commit()
    assert made, said
    assert "Passed" in said


def test_a_refused_commit_passes_once_the_link_is_mended(repository: Repository) -> None:
    rename("lever arm.png", "lever.png")(repository.root)
    assert not repository.commit()[0]
    rewrite("Mechanics/Energy.md", "lever arm.png", "lever.png")(repository.root)
    assert repository.commit()[0]


def test_bare_links_to_a_deleted_note_are_refused_where_the_vault_says_so(repository: Repository) -> None:
    delete("Diary/Tuesday.md")(repository.root)
    assert repository.commit()[0], "a bare link to a note that does not exist is one not yet written"
    write("vaultcheck.toml", '[rules]\nunwritten-note = "error"\n')(repository.root)
    made, said = repository.commit()
    assert not made
    assert "Tuesday" in said


def test_the_manifest_is_valid_and_runs_on_every_commit_without_file_names() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    [offered] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert offered["id"] == "vaultcheck"
    assert offered["language"] == "python"
    assert offered["always_run"] is True
    assert offered["pass_filenames"] is False
    assert offered["require_serial"] is True


def test_the_configuration_of_the_project_itself_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_page_shows_the_hook_as_the_manifest_has_it() -> None:
    page = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
    shown = [yaml.safe_load(block.partition("```")[0]) for block in page.split("```yaml\n")[1:]]
    [offered] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    [local] = [
        one
        for block in shown
        if isinstance(block, dict)
        for repository in block.get("repos", [])
        if repository["repo"] == "local"
        for one in repository["hooks"]
    ]
    expected = {key: value for key, value in offered.items() if key != "description"} | {"language": "system"}
    assert local == expected
