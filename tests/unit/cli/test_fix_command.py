"""`vaultcheck fix`: what it shows, what it writes, and what it leaves alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from vaultcheck.cli import fix as command
from vaultcheck.cli.main import run
from vaultcheck.errors import WriteError
from vaultcheck.source import NotePath
from vaultcheck.vault import Change, save, unwritable

BROKEN = "\ufeffA #to_verfy\r\n[t](Other note.md)\r\nend"
MENDED = "\ufeffA #to_verify\r\n[t](Other%20note.md)\r\nend"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    write(root / "A.md", BROKEN)
    write(root / "Other note.md", "# Shape\n")
    monkeypatch.chdir(root)
    return root


def write(file: Path, text: str) -> None:
    file.write_bytes(text.encode())


def read(file: Path) -> str:
    return file.read_bytes().decode()


def test_the_difference_is_shown_and_nothing_is_written(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix"]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "--- a/A.md\n+++ b/A.md\n@@ -1,3 +1,3 @@\n"
        "-\ufeffA #to_verfy\r\n-[t](Other note.md)\r\n+\ufeffA #to_verify\r\n+[t](Other%20note.md)\r\n"
        " end\n\\ No newline at end of file\n"
    )
    assert err == "Would fix 2 findings in 1 file; --apply writes this\n"
    assert read(vault / "A.md") == BROKEN


def test_apply_writes_what_was_shown_and_a_second_run_changes_nothing(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["fix"])
    shown = capsys.readouterr().out
    assert run(["fix", "--apply"]) == 0
    out, err = capsys.readouterr()
    assert out == shown
    assert err == "Fixed 2 findings in 1 file\n"
    assert read(vault / "A.md") == MENDED
    before = (vault / "A.md").stat().st_mtime_ns
    assert run(["fix", "--apply"]) == 0
    assert capsys.readouterr() == ("", "Nothing to fix\n")
    assert (vault / "A.md").stat().st_mtime_ns == before
    assert sorted(file.name for file in vault.iterdir()) == [".obsidian", "A.md", "Other note.md"]


def test_unsafe_fixes_are_counted_and_made_only_when_asked_for(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(vault / "B.md", "[[Other note#Shpae]]\n")
    assert run(["fix", "B.md"]) == 1, "the broken heading is an error, and is still there"
    assert capsys.readouterr() == (
        "",
        "Nothing to fix\nLeft out 1 fix that has to be looked at; --unsafe takes them\n",
    )
    assert run(["fix", "B.md", "--unsafe"]) == 1, "nothing was written"
    capsys.readouterr()
    assert run(["fix", "B.md", "--unsafe", "--apply"]) == 0
    assert read(vault / "B.md") == "[[Other note#Shape]]\n"
    assert read(vault / "A.md") == BROKEN, "PATH limits what is fixed"


def test_a_fix_that_would_bring_a_finding_is_left_with_the_reason(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(vault / "A.md", "x\n[u](No note.md)\n")
    assert run(["fix", "--apply"]) == 0
    assert capsys.readouterr() == (
        "",
        "Nothing to fix\nLeft A.md:2:1 [malformed-link] as it is: it would bring broken-link\n",
    )


def test_ignored_findings_are_not_fixed(vault: Path) -> None:
    write(vault / "A.md", "A #to_verfy %% vaultcheck: ignore[near-miss-tag] my own %%\n")
    assert run(["fix", "--apply"]) == 0
    assert "#to_verfy" in read(vault / "A.md")


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of POSIX")
def test_permissions_stay(vault: Path) -> None:
    (vault / "A.md").chmod(0o640)
    run(["fix", "--apply"])
    assert read(vault / "A.md") == MENDED
    assert stat.S_IMODE((vault / "A.md").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right of their own there")
def test_nothing_is_written_through_a_link_that_leads_out_of_the_vault(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    write(outside / "Theirs.md", "#to_verfy\n")
    (vault / "Linked.md").symlink_to(outside / "Theirs.md")
    (vault / "folder").symlink_to(outside)
    run(["fix", "--apply"])
    assert read(outside / "Theirs.md") == "#to_verfy\n"
    assert (vault / "Linked.md").is_symlink()
    assert "a symbolic link leads out of the vault there" in capsys.readouterr().err
    assert unwritable(vault, NotePath("folder/New.md"))
    assert unwritable(vault, NotePath("../New.md"))
    with pytest.raises(WriteError, match="symbolic link"):
        save(vault, [Change(NotePath("folder/New.md"), "text", None)])
    assert sorted(outside.iterdir()) == [outside / "Theirs.md"]


def test_a_note_that_changes_before_it_is_written_is_left(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    show = command.difference

    def typing(change: Change, *, exact: bool) -> object:
        write(vault / "A.md", "typed meanwhile")
        return show(change, exact=exact)

    monkeypatch.setattr(command, "difference", typing)
    assert run(["fix", "--apply"]) == 2
    assert "it has changed in the meantime; nothing was written" in capsys.readouterr().err
    assert read(vault / "A.md") == "typed meanwhile"


def test_several_files_are_written_all_or_none(vault: Path) -> None:
    changes = [Change(NotePath("A.md"), MENDED, BROKEN), Change(NotePath("Other note.md"), "new", "not what it holds")]
    with pytest.raises(WriteError, match="changed in the meantime"):
        save(vault, changes)
    assert read(vault / "A.md") == BROKEN
    assert sorted(file.name for file in vault.iterdir()) == [".obsidian", "A.md", "Other note.md"]


def test_a_disk_that_is_full_leaves_everything_as_it_was(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="no space left on device"):
        save(vault, [Change(NotePath("A.md"), MENDED, BROKEN)])
    assert read(vault / "A.md") == BROKEN
    assert sorted(file.name for file in vault.iterdir()) == [".obsidian", "A.md", "Other note.md"]


def test_a_file_that_is_new_is_made_with_its_folder_and_never_over_another(vault: Path) -> None:
    new = Change(NotePath(".vaultcheck/ledger.jsonl"), "{}\n", None)
    save(vault, [new])
    assert read(vault / ".vaultcheck" / "ledger.jsonl") == "{}\n"
    with pytest.raises(WriteError, match="changed in the meantime"):
        save(vault, [new])
    save(vault, [new._replace(text="{1}\n", before="{}\n")])
    assert read(vault / ".vaultcheck" / "ledger.jsonl") == "{1}\n"


def test_a_file_that_its_owner_made_read_only_stays(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is told to refuse, since a test that runs as root may write everything."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert run(["fix", "--apply"]) == 0
    assert read(vault / "A.md") == BROKEN


def test_control_characters_are_shown_as_escapes_on_a_terminal() -> None:
    change = Change(NotePath("A.md"), "b\x1b[31m\tx\r\n", "a\x1b[31m\r\n")
    assert list(command.difference(change, exact=False))[3:] == ["-a\\x1b[31m\n", "+b\\x1b[31m\tx\n"]
    assert list(command.difference(change, exact=True))[3:] == ["-a\x1b[31m\r\n", "+b\x1b[31m\tx\r\n"]


def test_the_tag_of_a_proved_claim_is_settled_and_no_other(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proved = "$(a + b)^2 = a^2 + 2 a b + b^2$ #to_verify\n"
    left = "$c = a b$ #to_verify\n\nIt is so. #to_verify\n"
    write(vault / "A.md", f"{proved}\n{left}")
    assert run(["fix", "--apply"]) == 0
    assert read(vault / "A.md") == proved.replace("#to_verify", "#verified") + "\n" + left
    capsys.readouterr()
    assert run(["fix", "--apply"]) == 0
    assert capsys.readouterr() == ("", "Nothing to fix\n")
