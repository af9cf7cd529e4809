"""From a vault to the rows of its map: what is on it, what is left out, what each row knows."""

from __future__ import annotations

import pytest

from tests.map_rows import FILES, rows_of
from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.findings import Severity
from vaultcheck.reports.concept_map.model import LeftOut, Row, RowKind
from vaultcheck.reports.concept_map.naming import UNLINKED, name_regions
from vaultcheck.reports.concept_map.previous import is_ours, read
from vaultcheck.reports.concept_map.rows import LONGEST_FORMULA, collect
from vaultcheck.vault import Vault

ROWS = rows_of()


def row(path: str) -> Row:
    return next(each for each in ROWS.rows if each.path == path)


def targets(path: str) -> set[str]:
    return {ROWS.rows[number].path for number in row(path).targets}


def collected(
    files: dict[str, str], exclude: tuple[str, ...] = (), *, unpublished: bool = False
) -> tuple[list[str], LeftOut]:
    analysis = analyse(Vault.of(files), Config())
    rows, left_out = collect(analysis, check(analysis), Config(exclude=exclude).excludes, unpublished=unpublished)
    return [each.path for each in rows], left_out


def test_notes_come_first_then_attachments_then_what_is_missing() -> None:
    assert [(each.kind, each.path) for each in ROWS.rows] == [
        (RowKind.NOTE, "Alone.md"),
        (RowKind.NOTE, "Physics/Conductance.md"),
        (RowKind.NOTE, "Physics/Current.md"),
        (RowKind.NOTE, "Physics/Ohm.md"),
        (RowKind.NOTE, "Synapse/Force.md"),
        (RowKind.NOTE, "Synapse/Reversal.md"),
        (RowKind.ATTACHMENT, "trace.png"),
        (RowKind.MISSING, "Curent"),
        (RowKind.MISSING, "Nothing yet"),
    ]


def test_links_reach_notes_attachments_and_missing_notes() -> None:
    assert targets("Physics/Current.md") == {"Physics/Ohm.md", "Physics/Conductance.md", "trace.png"}
    assert targets("Synapse/Reversal.md") == {"Synapse/Force.md", "Curent", "Physics/Ohm.md"}
    assert targets("Alone.md") == set()


def test_a_link_to_a_missing_block_still_reaches_its_note() -> None:
    sources = {ROWS.rows[link.source].path for link in row("Physics/Ohm.md").arriving}
    assert "Synapse/Reversal.md" in sources


def test_an_arriving_link_brings_its_line_and_sentence() -> None:
    [link] = [each for each in row("Physics/Ohm.md").arriving if each.shown == "Ohm's law"]
    assert (ROWS.rows[link.source].path, link.line) == ("Physics/Conductance.md", 5)
    assert (link.before, link.after) == ("By ", " it is $G = 1/R$.")


def test_a_row_knows_tags_aliases_headings_properties_formulas_and_findings() -> None:
    assert row("Physics/Conductance.md").aliases == ("Leitwert",)
    assert row("Physics/Current.md").headings == ("Sign of the current",)
    assert ("state", "done") in row("Physics/Conductance.md").properties
    assert [(f.line, f.latex, f.display) for f in row("Physics/Ohm.md").formulas] == [(3, "V = I R", True)]
    assert row("Synapse/Reversal.md").tags == ("synapse/ampa",)
    assert {(f.rule, f.severity) for f in row("Synapse/Reversal.md").findings} == {
        ("broken-link", Severity.ERROR),
        ("broken-block", Severity.ERROR),
    }


def test_links_in_comments_and_template_code_are_not_drawn() -> None:
    paths, _ = collected({"A.md": "%% [[Thought]] %% [[<% now %>]] [[B]]", "B.md": ""})
    assert paths == ["A.md", "B.md"]


def test_excluded_and_unpublished_notes_are_left_out_and_counted() -> None:
    files = {
        "A.md": "[[Private/P]] [[Draft]]",
        "Private/P.md": "",
        "Draft.md": "---\npublish: false\n---\n[[A]]",
        "Public.md": "---\npublish: true\n---\n[[A]]",
    }
    assert collected(files, ("Private/",)) == (["A.md", "Public.md"], LeftOut(1, 1))
    assert collected(files, unpublished=True)[1] == LeftOut(0, 0)


def test_a_note_that_cannot_be_read_has_a_row_with_its_finding() -> None:
    files = {"A.md": "---\nkey: [\n---\n[[B]]", "B.md": ""}
    paths, _ = collected(files)
    assert paths == ["A.md", "B.md"]


def test_a_formula_of_any_length_is_cut() -> None:
    rows = rows_of({"A.md": "$" + "x" * 100_000 + "$"})
    assert len(rows.rows[0].formulas[0].latex) == LONGEST_FORMULA


def test_names_of_files_are_written_so_that_they_can_be_printed() -> None:
    paths, _ = collected({"A\u202eb\x07.md": "[[B\u2028c]]", "C.md": "[[A\u202eb\x07]]"})
    assert all(path.isprintable() for path in paths)
    assert len(paths) == 3


# What regions are called.


def named(rows: list[Row], region: list[int], inside: list[float]) -> tuple[str, ...]:
    return name_regions(rows, region, inside)


def note(path: str) -> Row:
    folder, _, name = path.rpartition("/")
    return Row(RowKind.NOTE, path, folder, name.removesuffix(".md"))


def test_a_region_is_called_by_the_folder_that_most_of_it_lies_in() -> None:
    rows = [note("02.1 - Cells/A.md"), note("02.1 - Cells/B.md"), note("Else/C.md")]
    assert named(rows, [0, 0, 0], [1, 2, 3]) == ("Cells",)


def test_regions_of_one_folder_are_called_by_their_most_linked_notes() -> None:
    rows = [note(f"Cells/{name}.md") for name in ("A", "B", "2024-01-02", "Untitled")]
    assert named(rows, [0, 0, 1, 1], [1.0, 5.0, 9.0, 1.0]) == ("B", "2024-01-02")


def test_names_of_regions_differ_and_lose_their_ornaments() -> None:
    rows = [note("A/★ Hub.md"), note("B/Hub.md"), note("C/x.md"), note("D/y.md")]
    assert named(rows, [0, 1, 2, 2], [4.0, 3.0, 0.0, 0.0]) == ("A", "B", UNLINKED)


@pytest.mark.parametrize("text", ["", "<html>", '<meta name="generator" content="vaultcheck map 9, format 9">'])
def test_a_page_that_is_not_ours_says_nothing_of_places(text: str) -> None:
    assert read(text) is None


def test_a_foreign_page_is_known_as_such() -> None:
    assert not is_ours("<!doctype html><title>My site</title>")


def test_every_file_of_the_vault_is_on_its_map() -> None:
    assert {each.path for each in ROWS.rows} >= set(FILES)
