"""Claims on the command line: which are meant, and the texts they stand in."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from vaultcheck.source import NotePath, Source, shown
from vaultcheck.vault import Unreadable

if TYPE_CHECKING:
    from vaultcheck.analysis import Analysis
    from vaultcheck.proof.model import Judged


def sources(analysis: Analysis) -> Callable[[NotePath], Source]:
    """A reader of the notes that claims stand in; the file read last is kept."""
    kept: dict[NotePath, Source] = {}

    def source(path: NotePath) -> Source:
        if path not in kept:
            while len(kept) > 1:
                kept.pop(next(iter(kept)))
            try:
                kept[path] = analysis.vault.read(path)
            except Unreadable:
                kept[path] = Source(path, "")
        return kept[path]

    return source


def stands_out(judged: Judged) -> bool:
    """Whether somebody wants to know of it: a verdict was wanted, it is tagged, or it is a claim in words."""
    from vaultcheck.proof.model import Role

    return judged.verdict is not None or judged.claim.status is not None or judged.claim.role is Role.TEXT


def reported(analysis: Analysis) -> tuple[Judged, ...]:
    """The claims of the files that reports speak of: those that neither the user nor Obsidian's settings exclude."""
    excluded = (analysis.config.excludes, analysis.vault.excludes)
    return tuple(one for one in analysis.appraisal.judged if not any(excludes(one.claim.path) for excludes in excluded))


def named(asked: str, judged: Sequence[Judged]) -> Judged:
    """The claim that is meant by a name: its id, or as much of the end of it as only one claim has.

    Raises `click.UsageError` with the nearest names, or with those that it could be.
    """
    by_id = {one.claim.id: one for one in judged}
    wanted = asked.strip().removeprefix("[[").removesuffix("]]")
    note, mark, rest = wanted.partition("#")
    wanted = note.removesuffix(".md") + mark + rest
    if wanted in by_id:
        return by_id[wanted]
    ends = [name for name in by_id if _ends(name, wanted)]
    if len(ends) == 1:
        return by_id[ends[0]]
    if ends:
        raise click.UsageError(f'"{shown(asked)}" may be {_listed(ends)}')
    near = difflib.get_close_matches(wanted, by_id, n=3, cutoff=0.5)
    near = near or [name for name in by_id if name.rpartition("#")[2] == wanted.rpartition("#")[2]][:3]
    meant = f"did you mean {_listed(near)}?" if near else "`vaultcheck list claims` names them all"
    raise click.UsageError(f'no claim is called "{shown(asked)}"; {meant}')


def _ends(name: str, wanted: str) -> bool:
    """Whether a name ends as is asked for, at the beginning of a word."""
    if not wanted or not name.lower().endswith(wanted.lower()):
        return False
    return not wanted[0].isalnum() or not name[: -len(wanted)][-1:].isalnum()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{shown(name)}"' for name in names)
