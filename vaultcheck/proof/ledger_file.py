"""The door to the ledger on the disk: `.vaultcheck/ledger.jsonl` in the vault."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from vaultcheck.errors import WriteError

FOLDER = ".vaultcheck"
NAME = "ledger.jsonl"


def ledger_file(root: Path) -> Path:
    """Where the ledger of the vault at `root` is, or would be."""
    return root / FOLDER / NAME


def ledger_text(root: Path) -> str:
    """The text of the ledger; empty where there is none that can be read, as if nothing had been recorded."""
    try:
        return ledger_file(root).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def save_ledger_text(root: Path, text: str) -> None:
    """Write the ledger whole or not at all. Raises `WriteError`, also where a symbolic link leads out of the vault."""
    import tempfile  # three milliseconds that a run which only reads the ledger saves

    file = ledger_file(root)
    try:
        _refuse_to_leave(root, file)
        file.parent.mkdir(exist_ok=True)
        descriptor, partial = tempfile.mkstemp(prefix=f".{NAME}.", suffix=".tmp", dir=file.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(partial).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
            Path(partial).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(partial).unlink()
            raise
    except OSError as error:
        raise WriteError(str(file), (error.strerror or str(error)).lower()) from None


def _refuse_to_leave(root: Path, file: Path) -> None:
    """Neither the folder nor the file may be a link to somewhere else."""
    for place in (file.parent, file):
        if place.is_symlink():
            raise WriteError(str(place), "this is a symbolic link; the ledger is written in the vault alone")
    if not file.parent.resolve().is_relative_to(root.resolve()):
        raise WriteError(str(file), "this lies outside of the vault")
