"""However many processes read a vault, and whatever becomes of them, the notes are the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from vaultcheck import reading
from vaultcheck.cache import Store
from vaultcheck.reading import read_notes
from vaultcheck.vault import Stamp, Vault, discover

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A vault large enough for several processes, with files that cannot be read."""
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    root.mkdir()
    for number in range(900):
        text = (
            f"---\naliases: N{number}\n---\n# Note {number}\n\nSee [[Note {number + 1}|next]] and $x = {number}$ ^b\n"
        )
        (root / f"Note {number}.md").write_text(text, encoding="utf-8")
    for number in (30, 500, 880):
        (root / f"Note {number}.md").write_bytes(b"caf\xe9 \xff")
    (root / "Board.canvas").write_text('{"nodes": [{"type": "file", "file": "Note 1.md"}]}', encoding="utf-8")
    return discover(root)


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_read_the_same_notes_in_the_same_order(vault: Vault, jobs: int) -> None:
    alone, together = read_notes(vault), read_notes(vault, jobs=jobs)
    assert together == alone
    assert list(together.notes) == list(alone.notes) == sorted(alone.notes)
    assert set(together.unreadable) == {"Note 30.md", "Note 500.md", "Note 880.md"}


def test_processes_started_afresh_read_the_same_notes(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert read_notes(vault, jobs=2) == read_notes(vault)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_several_processes_keep_is_found_again(vault: Vault, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vault.root is not None
    store = Store(vault.root)
    first = read_notes(vault, store, stamp="s", jobs=jobs)
    assert first == read_notes(vault)

    read: list[str] = []
    monkeypatch.setattr(reading, "_read_some", lambda _root, stamps, *_rest: read.extend(s.path for s in stamps))
    assert read_notes(vault, store, stamp="s").notes == first.notes
    assert read == ["Note 30.md", "Note 500.md", "Note 880.md"]


@forking
@pytest.mark.parametrize("name", ["_notes_elsewhere", "_kept_elsewhere"])
def test_notes_of_a_process_that_ends_too_early_are_read_here(
    name: str, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = getattr(reading, name)

    def ending(root: str, stamps: Sequence[Stamp]) -> bytes:
        if any(stamp.path == "Note 400.md" for stamp in stamps):
            os._exit(1)
        made = ordinary(root, stamps)
        assert isinstance(made, bytes)
        return made

    assert vault.root is not None
    store = Store(vault.root) if name == "_kept_elsewhere" else None
    alone = read_notes(vault)
    monkeypatch.setattr(reading, name, ending)
    assert read_notes(vault, store, stamp="s", jobs=3) == alone
    if store:
        assert read_notes(vault, store, stamp="s").notes == alone.notes


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_never_goes_back_nor_beyond_the_end(vault: Vault, jobs: int) -> None:
    told: list[tuple[int, int]] = []
    read_notes(vault, jobs=jobs, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert {total for _, total in told} == {901}
    assert told[0][0] < 100
    assert told[-1][0] > 600
