"""What the tests of commands share: a vault on the disk, with a cache of its own, as the current folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

LayOut = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def lay_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LayOut:
    """Writes notes by path into a vault, goes there, and gives its folder."""

    def laid_out(notes: Mapping[str, str]) -> Path:
        monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.delenv("FORCE_COLOR", raising=False)
        root = tmp_path / "vault"
        (root / ".obsidian").mkdir(parents=True)
        for path, text in notes.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        monkeypatch.chdir(root)
        return root

    return laid_out
