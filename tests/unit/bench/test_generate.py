"""The generator makes the same vault from the same seed, of the size asked for, and knows what it broke."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest

from bench.generate import attachments, outlines, pages, write
from bench.model import Page, Shape

SMALL = Shape(notes=300, seed=3, links_per_note=9, faults_per_thousand=40)
LINK = re.compile(r"!?\[\[[^\[\]]+\]\]|\]\([^)]+\)")
NOT_LINKS = re.compile(r"```.*?```|`[^`]*`|%%.*?%%", re.DOTALL)


def links_in(page: Page) -> list[str]:
    """What a reader of the text alone would call links, without code and comments."""
    return LINK.findall(NOT_LINKS.sub("", page.text))


def test_the_same_shape_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    assert write(first, SMALL) == write(second, SMALL)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)


def test_another_seed_gives_another_vault() -> None:
    other = Shape(SMALL.notes, SMALL.seed + 1, SMALL.links_per_note)
    assert [page.text for page in pages(SMALL)] != [page.text for page in pages(other)]


@pytest.mark.parametrize("shape", [SMALL, Shape(40, 1, 23), Shape(1, 1, 5), Shape(12, 9, 0), Shape(1000, 2, 1)])
def test_counts_are_what_was_asked_for(shape: Shape, tmp_path: Path) -> None:
    counts, planted = write(tmp_path / "vault", shape)
    assert counts["notes"] == shape.notes == len(list((tmp_path / "vault").rglob("*.md")))
    assert counts["links"] == shape.notes * shape.links_per_note
    assert counts["links"] == sum(len(links_in(page)) for page in pages(shape))
    assert counts["planted"] == len(planted)
    assert counts["attachments"] == len(list((tmp_path / "vault" / "attachments").iterdir()))


def test_no_two_notes_share_a_path_however_the_disk_folds_case() -> None:
    paths = [outline.path.casefold() for outline in outlines(Shape(5000, 1))]
    assert len(set(paths)) == len(paths)


def test_names_repeat_across_folders_and_are_then_linked_by_path() -> None:
    plan = outlines(SMALL)
    names = Counter(outline.name.casefold() for outline in plan)
    assert any(count > 1 for count in names.values())
    for outline in plan:
        if names[outline.name.casefold()] > 1:
            assert outline.linkpath == outline.path.removesuffix(".md")


def test_every_planted_fault_stands_in_its_note() -> None:
    for page in pages(SMALL):
        for fault in page.planted:
            assert fault.path == page.path
            assert fault.written in page.text


def test_links_that_were_not_broken_on_purpose_reach_something() -> None:
    """An oracle of its own: names, headings and block ids are looked up in plain sets."""
    plan = {outline.path.removesuffix(".md"): outline for outline in outlines(SMALL)}
    by_name = {outline.linkpath: outline for outline in plan.values()}
    images = {PurePosixPath(path).name for path in attachments(SMALL)}
    looked_up = 0
    for page in pages(SMALL):
        faults = {fault.written for fault in page.planted}
        for written in links_in(page):
            if any(written in fault for fault in faults):
                continue
            target, _, subpath = written.strip("!](").strip("[)").partition("#")
            name = target.partition("|")[0]
            if written.startswith("]("):
                folder = PurePosixPath(page.path).parent
                name = _climb(folder, unquote(name).removesuffix(".md"))
            elif name in images:
                looked_up += 1
                continue
            outline = plan.get(name) or by_name.get(name) or (plan[page.path.removesuffix(".md")] if not name else None)
            assert outline, f"{page.path}: {written}"
            anchor = unquote(subpath)
            anchors = {"", *outline.headings, *(f"^{block}" for block in outline.blocks)}
            assert anchor in anchors, f"{page.path}: {written}"
            looked_up += 1
    assert looked_up > 2000


def _climb(folder: PurePosixPath, relative: str) -> str:
    parts = list(folder.parts)
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("keep")
    with pytest.raises(FileExistsError, match="not empty"):
        write(tmp_path, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]
