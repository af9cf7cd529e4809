"""Copies that synchronising programs leave beside a note, told from notes by their names.

Read are the names given by Obsidian Sync (`Note (Conflicted copy Phone 202405021213).md`), Dropbox and Nextcloud
(`Note (Ada's conflicted copy 2024-05-02).md`), Syncthing (`Note.sync-conflict-20240502-101112-ABCDEFG.md`), other
programs of the same habit (`Note (conflict 2024-05-02).md`), and the placeholder that iCloud keeps for a file which
is not on this machine (`.Note.md.icloud`). A date is required, so `Vietnam (conflict).md` is a note like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultcheck.source import NotePath

_IN_BRACKETS = re.compile(
    r" ?\((?=[^()]*(?:\d{4}-\d\d-\d\d|\d{8}))(?:[^()]*\b)?conflict(?:ed(?: copy)?)?\b[^()]*\)", re.IGNORECASE
)
_SYNCTHING = re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?", re.IGNORECASE)


def copies(paths: Iterable[NotePath]) -> dict[NotePath, NotePath]:
    """The conflict copies among some files, each with the file that it is a copy of."""
    named = [path for path in paths if "onflict" in path or "ONFLICT" in path]
    return {path: original for path in named if (original := copied_from(path)) is not None}


def copied_from(path: NotePath) -> NotePath | None:
    """The file that a conflict copy is a copy of, whether or not it exists; `None` for every other file."""
    if "onflict" not in path and "ONFLICT" not in path:
        return None
    folder, slash, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    if not stem:
        return None
    for pattern in (_SYNCTHING, _IN_BRACKETS):
        found = pattern.search(stem)
        if found and found.end() == len(stem):
            return NotePath(f"{folder}{slash}{stem[: found.start()]}{dot}{extension}")
    return None


def placeholder_for(path: NotePath) -> NotePath | None:
    """The file that an iCloud placeholder stands for; `None` for every other file."""
    folder, slash, name = path.rpartition("/")
    if name.startswith(".") and name.endswith(".icloud") and len(name) > len(".x.icloud"):
        return NotePath(f"{folder}{slash}{name[1 : -len('.icloud')]}")
    return None
