"""How names are put into a sentence."""

from __future__ import annotations

from vaultcheck.graph.hidden import by_name
from vaultcheck.graph.wording import did_you_mean, listed, note_name, quoted
from vaultcheck.source import NotePath


def test_a_note_is_called_by_its_path_without_extension() -> None:
    assert note_name(NotePath("a/B.md")) == "a/B"
    assert note_name(NotePath("a/B.png")) == "a/B.png"
    assert note_name(NotePath("a\nb.md")) == "a\\nb"


def test_what_is_quoted_stays_on_its_line_and_is_not_endless() -> None:
    assert quoted("a\nb") == '"a\\nb"'
    assert len(quoted("x" * 500)) < 130


def test_lists() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"], "or") == "a or b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert did_you_mean(["A", "B"]) == 'did you mean "A" or "B"?'
    assert did_you_mean([]) == ""


def test_hidden_files_are_known_by_name() -> None:
    found = by_name([NotePath(".x/Note.md"), NotePath("a/.Note.md.icloud"), NotePath(".y/Other.png")])
    assert found["note.md"].in_cloud
    assert found["note.md"].path == "a/Note.md"
    assert not found["other.png"].in_cloud
    assert ".y/Other.png" in found["other.png"].why
