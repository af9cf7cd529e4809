"""Copies of synchronising programs, told from notes by their names."""

from __future__ import annotations

import pytest

from vaultcheck.graph.conflicts import copied_from, placeholder_for
from vaultcheck.source import NotePath


@pytest.mark.parametrize(
    "path",
    [
        "a/Note (conflict 2024-05-02).md",
        "a/Note (conflict 2024-05-02 10-11-12).md",
        "a/Note (Ada's conflicted copy 2024-05-02).md",
        "a/Note (conflicted copy 2024-05-02 101112).md",
        "a/Note (Conflicted copy Phone 202405021213).md",
        "a/Note.sync-conflict-20240502-101112-ABCDEFG.md",
        "a/Note.sync-conflict-20240502-101112.md",
    ],
)
def test_a_copy_is_told_by_its_name(path: str) -> None:
    assert copied_from(NotePath(path)) == "a/Note.md"


@pytest.mark.parametrize(
    "path",
    [
        "Vietnam (conflict).md",
        "Korea (conflict of 1950).md",
        "Conflict 2024-05-02.md",
        "Note (2024-05-02).md",
        "Conflicts/2024-05-02.md",
        "Meeting (conflict 2024-05-02) and after.md",
        "(conflict 2024-05-02)",
        "Note.md",
    ],
)
def test_other_names_are_notes(path: str) -> None:
    assert copied_from(NotePath(path)) is None


def test_a_placeholder_stands_for_its_file() -> None:
    assert placeholder_for(NotePath("a/.Note.md.icloud")) == "a/Note.md"
    assert placeholder_for(NotePath("a/Note.md.icloud")) is None
    assert placeholder_for(NotePath(".icloud")) is None
    assert placeholder_for(NotePath("a/.hidden.md")) is None
