"""What is in the folder of a vault and is no file is no part of the vault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_is_called_like_a_note_is_not_opened(tmp_path: Path) -> None:
    """In a process of its own: opening a pipe that nobody writes to would wait without end."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Note.md").write_text("See [[folder/Pipe]].\n", encoding="utf-8")
    os.mkfifo(vault / "Pipe.md")
    command = [sys.executable, "-m", "vaultcheck", "check", "--vault", str(vault), "--format", "concise", "--no-cache"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.stdout.splitlines() == ['Note.md:1:5: error: there is no note "folder/Pipe" [broken-link]']
    assert "Checked 1 note," in done.stderr
