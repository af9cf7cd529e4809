"""`vaultcheck map`: the map of concepts, a page to keep open."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.outputs import write_whole
from vaultcheck.cli.terminal import remark
from vaultcheck.cli.vaults import appraised
from vaultcheck.errors import WriteError
from vaultcheck.source import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultcheck.reports.concept_map.model import LeftOut
    from vaultcheck.reports.concept_map.previous import Earlier


@click.command("map", short_help="Write the map of concepts.")
@click.option("--output", "-o", metavar="DIR", required=True, help="The folder for the page; made when there is none.")
@click.option("--vault-name", metavar="NAME", help="The vault's name in Obsidian. Default: the name of its folder.")
@click.option(
    "--exclude", metavar="GLOB", multiple=True, help="Leave notes out of the map, as in .gitignore; may be repeated."
)
@click.option("--unpublished", is_flag=True, help="Show notes with the property publish: false too.")
@click.option(
    "--all-claims",
    is_flag=True,
    help="Judge every claim, not only those that check judges; may take minutes the first time.",
)
@click.option("--fresh", is_flag=True, help="Place everything anew, not as the page that is in the folder has it.")
@vault_option
@jobs_option
@cache_option
def concept_map(
    output: str,
    vault_name: str | None,
    exclude: tuple[str, ...],
    unpublished: bool,
    all_claims: bool,
    fresh: bool,
    vault: str | None,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Write the map of concepts: a page that shows what is in the vault, what is wrong, where, and what rests on what.

    The page works from disk, without a network. It holds sentences, formulas and properties of the notes: whoever gets
    the page can read them.
    """
    folder = Path(output)
    earlier = _earlier(folder)
    from vaultcheck.check import check
    from vaultcheck.config import Config
    from vaultcheck.reports.concept_map.claims import claim_rows
    from vaultcheck.reports.concept_map.page import render
    from vaultcheck.reports.concept_map.rows import collect
    from vaultcheck.reports.concept_map.scene import arrange

    with _no_collecting(), appraised(vault, jobs=jobs, no_cache=no_cache, everything=all_claims) as analysis:
        report = check(analysis)
        rows, left_out = collect(analysis, report, Config(exclude=exclude).excludes, unpublished=unpublished)
        paths = {row.path for row in rows}
        shown_claims = [one for one in analysis.appraisal.judged if shown(one.claim.path) in paths]
        claims = claim_rows(shown_claims, analysis.vault.read)
        name = vault_name or analysis.vault.name
        pages = render(arrange(name, rows, left_out, claims, None if fresh else earlier), _date())
    _write(folder, pages)
    remark(_said(folder, len(rows), left_out))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Neither an analysis nor a map holds circles, and looking for them takes as long as drawing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _earlier(folder: Path) -> Earlier | None:
    """What the page in the folder says of places. Raises `WriteError` for a file that would be lost."""
    from vaultcheck.reports.concept_map import previous

    file = folder / "index.html"
    try:
        page = file.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WriteError(str(file), error.strerror or str(error)) from None
    if not previous.is_ours(page):
        raise WriteError(str(file), "there is a page that is no map of vaultcheck; name another folder")
    return previous.read(page)


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the files of the map, the page last, and remove those of an earlier map that it no longer names."""
    from vaultcheck.reports.concept_map.page import FOLDER

    beside = folder / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if len(pages) > 1:
            beside.mkdir(exist_ok=True)
        for path in sorted(pages, key=lambda path: path == "index.html"):
            write_whole(folder / path, (pages[path],))
        for file in sorted(beside.glob("*.js")):
            if f"{FOLDER}/{file.name}" not in pages and re.fullmatch(r"words\.js|cards-\d+\.js", file.name):
                file.unlink()
    except OSError as error:
        raise WriteError(str(folder), error.strerror or str(error)) from None


def _date() -> str:
    """The day that SOURCE_DATE_EPOCH names; without it the page bears none, so that it changes only with the vault."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else ""


def _said(folder: Path, rows: int, left_out: LeftOut) -> str:
    """What was written, and what whoever gets it can read."""
    words = [f"{folder / 'index.html'}: {rows:,} notes and files. The page holds text of the notes."]
    if left_out.unpublished:
        words.append(f"{left_out.unpublished:,} with publish: false left out.")
    if left_out.excluded:
        words.append(f"{left_out.excluded:,} excluded.")
    return " ".join(words)
