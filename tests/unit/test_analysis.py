"""What is true of a vault, as far as the configuration has a say in it."""

from __future__ import annotations

from pathlib import Path

from vaultcheck.analysis import Analysis, analyse
from vaultcheck.check import check, check_vault
from vaultcheck.config import Config
from vaultcheck.proof.asked import asked_for
from vaultcheck.source import NotePath
from vaultcheck.vault import Vault

TAGGED = "---\ntags: physics, to_verify\n---\ntext #here"


def test_one_text_of_tags_is_dropped_or_split() -> None:
    vault = Vault.of({"A.md": TAGGED})
    names = [tag.name for tag in analyse(vault, Config()).notes[NotePath("A.md")].tags]
    assert names == ["here"]
    split = analyse(vault, Config(split_tag_strings=True)).notes[NotePath("A.md")].tags
    assert [tag.name for tag in split] == ["physics", "to_verify", "here"]
    assert {vault.read(NotePath("A.md")).slice(tag.span) for tag in split[:2]} == {"tags"}


def test_a_list_of_tags_is_not_touched() -> None:
    vault = Vault.of({"A.md": "---\ntags: [a, b]\n---\n", "B.md": "---\ntags: solo\n---\n"})
    notes = analyse(vault, Config(split_tag_strings=True)).notes
    assert [tag.name for tag in notes[NotePath("A.md")].tags] == ["a", "b"]
    assert [tag.name for tag in notes[NotePath("B.md")].tags] == ["solo"]


def test_only_what_was_asked_for_and_what_it_rests_on_is_read() -> None:
    vault = Vault.of(
        {
            "Asked.md": "$a = b$ #to_verify, see [[Law]]",
            "Law.md": "$a = b$, from [[Deeper#^x]]",
            "Deeper.md": "$b = a$ ^x",
            "Marked.md": "$c = d$ (from:: [[Words]])",
            "Words.md": "no formula here, but a link to [[Deeper]]",
            "Plain.md": "$1 = 2$ and [[Law]]",
            "Misspelt.md": "$e = f$ #to_verfy",
        }
    )
    asked = asked_for(analyse(vault, Config()))
    assert asked == {"Asked.md", "Law.md", "Deeper.md", "Marked.md", "Misspelt.md"}


def test_status_tags_are_listed_by_note_as_they_are_read() -> None:
    vault = Vault.of({"A.md": "#verified and #other\n\n#verfied", "B.md": "#other", "C.md": "#to_verify/soon"})
    found = analyse(vault, Config()).status_tags
    said = {
        path: [(one.tag.name, one.reading.meant, one.reading.exact) for one in tags] for path, tags in found.items()
    }
    assert said == {
        "A.md": [("verified", "verified", True), ("verfied", "verified", False)],
        "C.md": [("to_verify/soon", "to_verify", True)],
    }


def test_what_was_made_of_a_vault_is_handed_to_who_wants_to_keep_it(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("[[B]]", encoding="utf-8")
    kept: list[object] = []
    report = check_vault(tmp_path, Config(cache=False), keep=kept.append)
    (analysis,) = kept
    assert isinstance(analysis, Analysis)
    assert check(analysis) == report
