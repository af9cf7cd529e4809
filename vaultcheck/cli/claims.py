"""Claims on the command line: told once for every way to show them, and kept while the vault stays as it is."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vaultcheck import cache
from vaultcheck.check import fingerprint
from vaultcheck.cli.rule_names import rule_names
from vaultcheck.cli.vaults import appraised, chosen
from vaultcheck.config import load
from vaultcheck.proof.ledger_file import ledger_text
from vaultcheck.reports.claims_table import Line
from vaultcheck.source import NotePath, Source, shown
from vaultcheck.vault import Unreadable, discover

if TYPE_CHECKING:
    from vaultcheck.analysis import Analysis
    from vaultcheck.proof.model import Judged

NAME = "claims"


class Told(NamedTuple):
    """A claim in all the ways in which it is shown: its line of the table, its JSON, its story.

    `listed` says that somebody wants to know of it, `accused` that it is certainly wrong, `excluded` that the user
    wants no word about its note.
    """

    id: str
    listed: bool
    accused: bool
    excluded: bool
    line: Line
    json: str
    story: str


def told(root: Path, *, jobs: int | None, no_cache: bool) -> tuple[Told, ...]:
    """Every claim of the vault at `root`, in order; from the cache where nothing has changed since they were told."""
    config = chosen(load(root, rule_names), jobs, no_cache=no_cache)
    store = cache.Store(root) if config.cache else None
    vault = discover(root)
    key = fingerprint(vault, config, cache.program_stamp() + ledger_text(root)) if store else b""
    kept = cache.decode(store.get(NAME) or b"", tuple[bytes, tuple[Told, ...]]) if store else None
    if kept is not None and kept[0] == key:
        return kept[1]
    with appraised(str(root), jobs=jobs, no_cache=no_cache) as analysis:
        found = tuple(_tell(analysis))
    from vaultcheck.reading import settled

    if store and settled(vault):
        store.put(NAME, cache.encode((key, found)))
    return found


def _tell(analysis: Analysis) -> Iterable[Told]:
    from vaultcheck.proof.standing import is_accused
    from vaultcheck.reports import claim_story, claims_table, claims_v1

    judged = analysis.appraisal.judged
    known = {one.claim.id: one for one in judged}
    source = sources(analysis)
    for one in judged:
        path = one.claim.path
        yield Told(
            one.claim.id,
            stands_out(one),
            is_accused(one),
            analysis.config.excludes(path) or analysis.vault.excludes(path),
            claims_table.line_of(one, source(path)),
            claims_v1.row(one, source),
            "".join(claim_story.render(one, known, source)),
        )


def sources(analysis: Analysis) -> Callable[[NotePath], Source]:
    """A reader of the notes that claims stand in."""

    def source(path: NotePath) -> Source:
        try:
            return analysis.vault.read(path)
        except Unreadable:
            return Source(path, "")

    return source


def stands_out(judged: Judged) -> bool:
    """Whether somebody wants to know of it: a verdict was wanted, it is tagged, or it is a claim in words."""
    from vaultcheck.proof.model import Role

    return judged.verdict is not None or judged.claim.status is not None or judged.claim.role is Role.TEXT


def named(asked: str, names: Sequence[str]) -> str:
    """The claim that is meant: its id, or as much of the end of it as only one claim has.

    Raises `click.UsageError` with the nearest names, or with those that it could be.
    """
    wanted = asked.strip().removeprefix("[[").removesuffix("]]")
    note, mark, rest = wanted.partition("#")
    wanted = note.removesuffix(".md") + mark + rest
    if wanted in names:
        return wanted
    ends = [name for name in names if _ends(name, wanted)]
    if len(ends) == 1:
        return ends[0]
    if ends:
        raise click.UsageError(f'"{shown(asked)}" may be {_listed(ends)}')
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    near = near or [name for name in names if name.rpartition("#")[2] == wanted.rpartition("#")[2]][:3]
    meant = f"did you mean {_listed(near)}?" if near else "`vaultcheck list claims` names them all"
    raise click.UsageError(f'no claim is called "{shown(asked)}"; {meant}')


def _ends(name: str, wanted: str) -> bool:
    """Whether a name ends as is asked for, at the beginning of a word."""
    if not wanted or not name.lower().endswith(wanted.lower()):
        return False
    return not wanted[0].isalnum() or not name[: -len(wanted)][-1:].isalnum()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{shown(name)}"' for name in names)
