"""Vaults as they should not be: each gives one clear line or finding and the right exit code, and the rest is checked.

Every vault holds a note with a broken heading link, so that a test sees that the rest was looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from vaultcheck import vault as door
from vaultcheck.cli.main import run
from vaultcheck.source import NotePath, Source

NOBODY = 65_534
REST = "Rest.md:1:1: error: "
Check = Callable[..., tuple[int, list[str], list[str]]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "Rest.md").write_text("[[Other#Nothing]]", encoding="utf-8")
    (folder / "Other.md").write_text("# Something", encoding="utf-8")
    return folder


@pytest.fixture
def check(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs the check; gives the exit code, the lines about other files than `Rest.md`, and standard error."""
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(root.parent / "cache"))
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def checked(*arguments: str, rest: bool = True) -> tuple[int, list[str], list[str]]:
        code = run(["check", "--vault", str(root), "--format", "concise", *arguments])
        out, err = capsys.readouterr()
        lines = out.splitlines()
        assert any(line.startswith(REST) for line in lines) is rest
        return code, [line for line in lines if not line.startswith("Rest.md:")], err.splitlines()

    return checked


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere", "there is no such folder"),
        ("Rest.md", "this is a file, not a folder"),
        ("empty", "there are no notes (*.md) in this folder"),
    ],
)
def test_no_vault_is_one_line_and_exit_code_2(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (root / "empty").mkdir()
    assert run(["check", "--vault", str(root / name)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"vaultcheck: error: {root / name}: {words}\n")


def test_a_note_without_permission_is_a_finding(check: Check, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The door to the disk is told to refuse, since a test that runs as root may read everything."""
    from vaultcheck import reading

    read = door.read_source

    def refusing(folder: Path, path: NotePath) -> Source:
        if path == "Private.md":
            raise door.Unreadable("permission denied")
        return read(folder, path)

    for module in (door, reading):
        monkeypatch.setattr(module, "read_source", refusing)
    (root / "Private.md").write_text("[[Rest#gone]]", encoding="utf-8")
    code, lines, _ = check()
    assert code == 1
    (line,) = lines
    assert line.startswith("Private.md:1:1: error: ")
    assert "permission denied" in line
    assert line.endswith("[unreadable-file]")


@contextmanager
def rights_of_anybody() -> Iterator[None]:
    """Those of a user whom the file system can refuse: root, whom it cannot, takes those of nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits that refuse a reader")
def test_a_note_that_the_file_system_refuses_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:  # not below tmp_path, which nobody but its owner may enter
        root = Path(folder)
        root.chmod(0o755)
        (root / "Other.md").write_text("[[Private]]", encoding="utf-8")
        private = root / "Private.md"
        private.write_text("x", encoding="utf-8")
        arguments = ["check", "--vault", folder, "--format", "concise", "--no-cache"]
        assert run(arguments) == 0, capsys.readouterr()
        private.chmod(0)
        with rights_of_anybody():
            assert run(arguments) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Private.md:1:1: error: ")
    assert "permission denied" in line


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits that refuse a reader")
@pytest.mark.parametrize("cache", [["--no-cache"], []])
def test_what_a_folder_holds_that_may_only_be_listed_is_there_and_cannot_be_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: list[str]
) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as beside:
        monkeypatch.setenv("VAULTCHECK_CACHE_DIR", beside)
        root = Path(folder)
        root.chmod(0o755)
        (root / "Other.md").write_text("[[Private]]", encoding="utf-8")
        shut = root / "Shut"
        shut.mkdir()
        (shut / "Private.md").write_text("x", encoding="utf-8")
        shut.chmod(0o444)
        with rights_of_anybody():
            assert run(["check", "--vault", folder, "--format", "concise", *cache]) == 1
        shut.chmod(0o755)
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Shut/Private.md:1:1: error: ")
    assert "permission denied" in line


def test_a_note_that_is_not_utf_8_is_a_finding(check: Check, root: Path) -> None:
    (root / "Latin.md").write_bytes("# Été\n[[Rest]]".encode("latin-1"))
    code, (line,), _ = check()
    assert code == 1
    assert line.startswith("Latin.md:1:1: error: ")
    assert "UTF-8" in line
    assert line.endswith("[unreadable-file]")


def test_nul_bytes_are_text_like_any_other(check: Check, root: Path) -> None:
    (root / "Nul.md").write_bytes(b"\x00\x00 [[Other#Nope\x00]]\n\x00---\n[[Rest]]\x00")
    code, (line,), _ = check()
    assert code == 1
    assert line.startswith("Nul.md:1:4: error: ")
    assert line.endswith("[broken-heading]")
    assert line.isprintable()


def test_a_large_note_is_read_like_any_other(check: Check, root: Path) -> None:
    paragraph = "Some words about [[Other]] and $x_1$ and `code` and #a/tag, é.\n\n"
    (root / "Large.md").write_text(paragraph * 40_000 + "[[Other#Nope]]", encoding="utf-8")
    code, (line,), _ = check("--no-cache")
    assert (code, line.split(":")[1]) == (1, "80001")


def test_one_line_of_many_brackets_is_read_like_any_other(check: Check, root: Path) -> None:
    (root / "Brackets.md").write_text("[[" * 50_000 + "$" * 20_001 + "%%" * 10_001 + "`" * 999, encoding="utf-8")
    (root / "Deep.md").write_text("> " * 2_000 + "x\n" + "- " * 2_000 + "[[Other]]", encoding="utf-8")
    code, lines, _ = check("--no-cache")
    assert code == 1
    assert not any("error" in line for line in lines)


def test_a_hundred_thousand_links_in_one_note(check: Check, root: Path) -> None:
    (root / "Links.md").write_text("".join(f"[[Other#H{n % 50}]] [[Other]]\n" for n in range(50_000)), encoding="utf-8")
    code, lines, err = check("--no-cache")
    assert code == 1
    assert len(lines) == 50_000
    assert "100,001 links" in err[-1]


def test_circles_of_symbolic_links_are_walked_once(check: Check, root: Path) -> None:
    (root / "circle").symlink_to(root, target_is_directory=True)
    (root / "Sub").mkdir()
    (root / "Sub" / "up").symlink_to(root.parent, target_is_directory=True)
    (root / "a.md").symlink_to(root / "b.md")
    (root / "b.md").symlink_to(root / "a.md")
    (root / "dangling.md").symlink_to(root / "gone.md")
    code, lines, err = check()
    assert (code, lines) == (1, [])
    assert err[-1].startswith("Checked 2 notes")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_with_control_characters_stay_on_one_line(check: Check, root: Path) -> None:
    (root / "two\nlines\x1b[31m.md").write_text("[[Other#Nope]]", encoding="utf-8")
    code, (line,), _ = check()
    assert code == 1
    assert line.startswith("two\\nlines\\x1b[31m.md:1:1: error: ")


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names are Unicode there")
def test_a_name_that_is_not_unicode_is_a_finding(check: Check, root: Path) -> None:
    (root / os.fsdecode(b"caf\xe9.md")).write_text("x", encoding="utf-8")
    code, (line,), _ = check()
    assert code == 1
    assert line.startswith("caf\\xe9.md:1:1: error: ")
    assert line.endswith("[unreadable-file]")


def test_a_folder_that_is_called_like_a_note(check: Check, root: Path) -> None:
    (root / "Folder.md").mkdir()
    (root / "Folder.md" / "In.md").write_text("[[Other]]", encoding="utf-8")
    code, lines, err = check()
    assert (code, lines) == (1, [])
    assert err[-1].startswith("Checked 3 notes")


def test_a_broken_cache_is_as_if_it_were_empty(check: Check, root: Path) -> None:
    first = check()
    for file in (root.parent / "cache").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x93nonsense")
    assert check()[:2] == first[:2]
    for file in (root.parent / "cache").rglob("*"):
        if file.is_file():
            file.unlink()
            file.mkdir()
    assert check()[:2] == first[:2]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"nodes": 3}', '{"nodes": [null, {"type": "file"}]}', "\x00", "[" * 100_000]
)
def test_a_canvas_of_any_content(check: Check, root: Path, text: str) -> None:
    (root / "Board.canvas").write_text(text, encoding="utf-8")
    code, lines, _ = check()
    assert code == 1
    assert all(line.startswith("Board.canvas:") for line in lines)


@pytest.mark.parametrize("text", ["{", "[]", '{"userIgnoreFilters": [3, "/(/", ""]}', "\x00"])
def test_settings_of_obsidian_that_cannot_be_read_change_nothing(check: Check, root: Path, text: str) -> None:
    (root / ".obsidian").mkdir()
    (root / ".obsidian" / "app.json").write_text(text, encoding="utf-8")
    code, lines, _ = check()
    assert (code, lines) == (1, [])
