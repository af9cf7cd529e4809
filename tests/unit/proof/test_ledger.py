"""The ledger: what it holds, that it merges, and where it is written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.errors import WriteError
from vaultcheck.proof.ledger import Entry, Ledger, read_ledger, with_entries, write_ledger
from vaultcheck.proof.ledger_file import ledger_file, ledger_text, save_ledger_text

ONE = Entry("Ohm#^law", "0123456789abcdef0123", (("Volt#^d", "fedcba9876543210ffff"),), "2024-05-02", "proved")
TWO = ONE._replace(claim="Watt#^p", premises=())


def test_one_sorted_line_a_claim() -> None:
    text = write_ledger(with_entries(Ledger(), [TWO, ONE]))
    assert [json.loads(line)["claim"] for line in text.splitlines()] == ["Ohm#^law", "Watt#^p"]
    assert text.endswith("\n")
    assert json.loads(text.splitlines()[0]) == {
        "claim": "Ohm#^law",
        "day": "2024-05-02",
        "premises": {"Volt#^d": "fedcba9876543210ffff"},
        "read": "0123456789abcdef0123",
        "verdict": "proved",
    }


def test_what_is_written_is_read_back() -> None:
    ledger = with_entries(Ledger(), [ONE, TWO])
    assert read_ledger(write_ledger(ledger)) == ledger


def test_two_branches_merge_by_lines_and_the_later_day_counts() -> None:
    later = ONE._replace(day="2024-06-01", read="ffffffffffffffffffff")
    ours, theirs = write_ledger(with_entries(Ledger(), [ONE])), write_ledger(with_entries(Ledger(), [later, TWO]))
    torn = f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    assert read_ledger(torn).entries == {"Ohm#^law": later, "Watt#^p": TWO}
    assert read_ledger(theirs + ours).entries["Ohm#^law"] == later


@pytest.mark.parametrize(
    "line",
    [
        "",
        "null",
        "[]",
        "{",
        '{"claim": 3, "read": "0123456789", "premises": {}, "day": "2024-05-02"}',
        '{"claim": "A", "read": "not hex", "premises": {}, "day": "2024-05-02"}',
        '{"claim": "A", "read": "0123456789", "premises": [], "day": "2024-05-02"}',
        '{"claim": "A", "read": "0123456789", "premises": {"B": 1}, "day": "2024-05-02"}',
        '{"claim": "A", "read": "0123456789", "premises": {}, "day": "yesterday"}',
        "[" * 100_000,
    ],
)
def test_lines_that_are_none_of_its_own_are_passed_over(line: str) -> None:
    text = f"{line}\n{write_ledger(with_entries(Ledger(), [ONE]))}"
    assert read_ledger(text).entries == {"Ohm#^law": ONE}


@settings(max_examples=50)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read_ledger(text), Ledger)


def test_it_is_written_whole_in_a_folder_of_its_own(tmp_path: Path) -> None:
    text = write_ledger(with_entries(Ledger(), [ONE]))
    assert ledger_text(tmp_path) == ""
    save_ledger_text(tmp_path, text)
    save_ledger_text(tmp_path, text + text)
    assert ledger_text(tmp_path) == text + text
    assert [file.name for file in ledger_file(tmp_path).parent.iterdir()] == ["ledger.jsonl"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
@pytest.mark.parametrize("part", [".vaultcheck", ".vaultcheck/ledger.jsonl"])
def test_it_is_never_written_through_a_link(tmp_path: Path, part: str) -> None:
    outside, vault = tmp_path / "outside", tmp_path / "vault"
    outside.mkdir()
    vault.mkdir()
    (outside / "ledger.jsonl").write_text("theirs", encoding="utf-8")
    link = vault / part
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside if part == ".vaultcheck" else outside / "ledger.jsonl")
    with pytest.raises(WriteError, match="symbolic link"):
        save_ledger_text(vault, "ours")
    assert (outside / "ledger.jsonl").read_text(encoding="utf-8") == "theirs"


def test_a_folder_that_cannot_be_made_is_an_error_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / ".vaultcheck").write_text("a file", encoding="utf-8")
    with pytest.raises(WriteError, match=r"ledger\.jsonl"):
        save_ledger_text(tmp_path, "ours")
