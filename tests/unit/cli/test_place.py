"""Which vault is meant, from where one stands and what one names."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from vaultcheck.cli.place import Place, locate, unsaved_note
from vaultcheck.source import NotePath


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault in `home/vault`, one inside it in `inner`, and loose notes beside it; one stands in `home`."""
    for folder in ("vault/.obsidian", "vault/Sub/Deep", "vault/inner/.obsidian", "loose/notes"):
        (tmp_path / folder).mkdir(parents=True)
    for note in ("vault/A.md", "vault/Sub/Deep/B.md", "vault/inner/C.md", "loose/D.md", "loose/notes/E.md"):
        (tmp_path / note).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("vault", "given", "root", "parts"),
    [
        ("vault", (), "vault", ()),
        ("vault", ("vault/Sub",), "vault", ("Sub",)),
        ("vault", ("Sub/Deep/B.md",), "vault", ("Sub/Deep/B.md",)),
        ("vault", ("vault",), "vault", ()),
        ("loose/notes", (), "loose/notes", ()),
        (None, (), ".", ()),
        (None, ("vault/A.md",), "vault", ("A.md",)),
        (None, ("vault/Sub/Deep", "vault/A.md"), "vault", ("Sub/Deep", "A.md")),
        (None, ("vault/inner",), "vault/inner", ()),
        ("vault", ("vault/inner",), "vault", ("inner",)),
        (None, ("loose",), "loose", ()),
        (None, ("loose/D.md",), ".", ("loose/D.md",)),
        (None, ("loose", "vault/A.md"), ".", ("loose", "vault/A.md")),
        (None, ("vault/../vault/Sub/../A.md",), "vault", ("A.md",)),
    ],
)
def test_the_vault_and_the_part_of_it(
    home: Path, vault: str | None, given: tuple[str, ...], root: str, parts: tuple[str, ...]
) -> None:
    place = locate(vault, given)
    assert place.root.resolve() == (home / root).resolve()
    assert place.parts == parts


def test_the_nearest_folder_upward_that_is_a_vault(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "vault" / "Sub" / "Deep")
    assert locate(None, ()).root.resolve() == home / "vault"
    assert locate(None, ("B.md",)).parts == ("Sub/Deep/B.md",)
    monkeypatch.chdir(home / "vault" / "inner")
    assert locate(None, ()).root.resolve() == home / "vault" / "inner"


@pytest.mark.parametrize(
    ("vault", "given", "words"),
    [
        ("vault", ("nothing.md",), 'there is no file or folder "nothing.md"'),
        (None, ("nothing\n.md",), 'there is no file or folder "nothing\\\\n.md"'),
        ("vault", ("loose/D.md",), '"loose/D.md" is not in the vault vault'),
    ],
)
def test_a_path_that_is_not_in_the_vault(home: Path, vault: str | None, given: tuple[str, ...], words: str) -> None:
    with pytest.raises(click.UsageError, match=words):
        locate(vault, given)


def test_a_vault_behind_a_symbolic_link(home: Path) -> None:
    (home / "link").symlink_to(home / "vault", target_is_directory=True)
    assert locate("link", ("vault/A.md",)).parts == ("A.md",)
    assert locate("vault", ("link/Sub",)).parts == ("Sub",)


def test_what_a_place_holds() -> None:
    place = Place(Path(), (NotePath("Sub"), NotePath("Été.md")))
    assert place.holds(NotePath("Sub/A.md"))
    assert place.holds(NotePath("E\u0301te\u0301.md")), "composed and decomposed accents are the same name"
    assert not place.holds(NotePath("Subway/A.md"))
    assert Place(Path()).holds(NotePath("anything"))


@pytest.mark.parametrize(
    ("vault", "given", "root", "note"),
    [
        ("vault", "vault/New.md", "vault", "New.md"),
        ("vault", "Sub/New.md", "vault", "Sub/New.md"),
        ("vault", "New.md", "vault", "New.md"),
        (None, "vault/Sub/New.md", "vault", "Sub/New.md"),
        (None, "New.md", ".", "New.md"),
    ],
)
def test_a_note_that_need_not_exist(home: Path, vault: str | None, given: str, root: str, note: str) -> None:
    found, name = unsaved_note(vault, given)
    assert (found.resolve(), name) == ((home / root).resolve(), note)


def test_a_note_that_is_in_no_vault(home: Path) -> None:
    with pytest.raises(click.UsageError, match="is not in the vault"):
        unsaved_note("vault", str(home / "loose" / "New.md"))
