"""What a configuration file may say, and what is said about one that cannot be used."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from vaultcheck.config import FILE_NAME, Config, TagFamilies, load
from vaultcheck.errors import ConfigError

RULES = ("broken-heading", "broken-link", "orphan-note")


def rules() -> Collection[str]:
    return RULES


def written(folder: Path, text: str, name: str = FILE_NAME) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def complaint(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), rules)
    return caught.value


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load(tmp_path, rules) == Config()
    assert load(tmp_path / "no such folder", rules) == Config()


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
exclude = ["Archive"]
fail-on = "warning"
check-comments = true
check-templates = true
split-tag-strings = true
symbol-notes = ["Symbols.md"]
jobs = 2
cache = false

[rules]
orphan-note = "note"
broken-link = "off"

[tags]
open = ["#todo", "checked"]
settled = ["done"]
disputed = ["nonsense"]
"""
    (tmp_path / "Symbols.md").touch()
    config = load(written(tmp_path, text), rules)
    assert config == Config(
        rules={"broken-link": "off", "orphan-note": "note"},
        exclude=("Archive",),
        fail_on="warning",
        check_comments=True,
        check_templates=True,
        split_tag_strings=True,
        tags=config.tags,
        symbol_notes=("Symbols.md",),
        jobs=2,
        cache=False,
    )
    assert config.tags.open == (*TagFamilies().open, "todo", "checked")
    assert "done" in config.tags.settled
    assert "checked" not in config.tags.settled
    assert config.tags.disputed[-1] == "nonsense"


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ('fail_on = "note"', "line 1, fail_on", 'unknown key; did you mean "fail-on"?'),
        ("\n\nqqq = 1", "line 3, qqq", "unknown key; known are cache, check-comments"),
        ('[rules]\nbroken-lnik = "off"', "line 2, rules.broken-lnik", 'unknown rule; did you mean "broken-link"?'),
        ('[rules]\nbroken_link = "off"', "line 2, rules.broken_link", 'unknown rule; did you mean "broken-link"?'),
        ('rules.broken-link = "fatal"', "line 1, rules.broken-link", 'must be "error", "warning", "note" or "off"'),
        ("[rules]\n'broken-link' = 3", "line 2, rules.broken-link", '"note" or "off", not 3'),
        ("rules = { broken-link = true }", "line 1, rules.broken-link", "not true"),
        ("rules = 1", "line 1, rules", "must be a table, not 1"),
        ('# a word\nexclude = "Archive"', "line 2, exclude", 'must be a list of strings, not "Archive"'),
        ("exclude = [1]", "line 1, exclude", "must be a list of strings"),
        ("[tags]\n open = [ ]\n setled = []", "line 3, tags.setled", 'did you mean "settled"?'),
        ("check-comments = 1", "line 1, check-comments", "must be true or false, not 1"),
        ('check-comments = "yes"', "line 1, check-comments", 'must be true or false, not "yes"'),
        ("jobs = true", "line 1, jobs", "must be a whole number, 0 or more, not true"),
        ("jobs = -1", "line 1, jobs", "not -1"),
        ('symbol-notes = ["Names.md"]', "line 1, symbol-notes", 'there is no note "Names.md" in the vault'),
        (
            '[tags]\nopen = ["Todo"]\nsettled = ["#todo"]',
            "line 3, tags.settled",
            '"todo" is in the family open already',
        ),
        ("a = 1\nb = = 2", "line 2", "not valid TOML: "),
        ("a = 'open", "line 1", "not valid TOML: "),
        ("[rules", "line 1", "not valid TOML: "),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, where: str, reason: str) -> None:
    error = complaint(tmp_path, text)
    assert error.where == where
    assert reason in error.reason
    assert str(error) == f"{tmp_path / FILE_NAME}: {where}: {error.reason}"
    assert "\n" not in str(error)


def test_a_note_of_symbols_is_named_with_its_extension(tmp_path: Path) -> None:
    (tmp_path / "Names.md").touch()
    assert complaint(tmp_path, 'symbol-notes = ["Names"]').reason.endswith('; did you mean "Names.md"?')


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"exclude = ['\xe9']")
    with pytest.raises(ConfigError, match=r"byte 13: not UTF-8"):
        load(tmp_path, rules)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(ConfigError):
        load(tmp_path, rules)


def test_rule_names_are_asked_for_only_when_a_rule_is_set(tmp_path: Path) -> None:
    def never() -> Collection[str]:
        raise AssertionError("the rules were imported for nothing")

    assert load(written(tmp_path, "jobs = 3"), never).jobs == 3


def test_pyproject_is_found_up_to_the_root_of_the_checkout(tmp_path: Path) -> None:
    vault = tmp_path / "checkout" / "docs" / "vault"
    vault.mkdir(parents=True)
    written(tmp_path, "[tool.vaultcheck]\njobs = 7", "pyproject.toml")
    written(tmp_path / "checkout", "[tool.vaultcheck]\njobs = 5", "pyproject.toml")
    assert load(vault, rules) == Config(), "outside a checkout only the vault's own folder is looked at"
    (tmp_path / "checkout" / ".git").mkdir()
    assert load(vault, rules).jobs == 5
    written(tmp_path / "checkout" / "docs", "[project]\nname = 'x'", "pyproject.toml")
    assert load(vault, rules).jobs == 5, "a pyproject.toml without the table is passed over"
    written(vault, "[tool.vaultcheck]\njobs = 4", "pyproject.toml")
    assert load(vault, rules).jobs == 4
    written(vault, "jobs = 3")
    assert load(vault, rules).jobs == 3


def test_a_mistake_in_pyproject_is_named_with_its_line(tmp_path: Path) -> None:
    written(tmp_path, "[project]\njobs = 1\n[tool.vaultcheck]\njobs = 'x'", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"pyproject\.toml: line 4, jobs: must be a whole number"):
        load(tmp_path, rules)


@pytest.mark.parametrize(
    ("glob", "path", "excluded"),
    [
        ("Archive", "Archive/Old.md", True),
        ("Archive", "Deep/Archive/Old.md", True),
        ("Archive", "Archives/Old.md", False),
        ("/Archive", "Deep/Archive/Old.md", False),
        ("Archive/", "Archive/Deep/Old.md", True),
        ("Deep/*.md", "Deep/A.md", True),
        ("Deep/*.md", "Deep/Deeper/A.md", False),
        ("Deep/**/A.md", "Deep/A.md", True),
        ("Deep/**/A.md", "Deep/a/b/A.md", True),
        ("**/A.md", "A.md", True),
        ("Deep/**", "Deep/a/b/A.md", True),
        ("*.canvas", "Deep/x.canvas", True),
        ("?.md", "A.md", True),
        ("?.md", "AB.md", False),
        ("[A-C].md", "B.md", True),
        ("[!A-C].md", "B.md", False),
        ("[z-a].md", "[z-a].md", True),
        ("[^a].md", "^.md", True),
        ("a.md", "axmd", False),
        ("[x", "[x", True),
        ("Notes (old)+", "Notes (old)+/A.md", True),
    ],
)
def test_globs(glob: str, path: str, excluded: bool) -> None:
    assert Config(exclude=("Nowhere", glob)).excludes(path) is excluded


def test_nothing_is_excluded_unasked() -> None:
    assert not Config().excludes("A.md")
