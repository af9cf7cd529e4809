"""`vaultcheck verify`: what the notes claim, what becomes of it, and why."""

from __future__ import annotations

import sys

import click

from vaultcheck.cli.claims import named, told
from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.place import locate
from vaultcheck.cli.terminal import emit, remark, style_for
from vaultcheck.reports import claims_table, claims_v1


@click.command(short_help="Judge what the notes claim.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--show", "names", metavar="CLAIM", multiple=True, help="Print a claim with its whole derivation.")
@click.option("--all", "everything", is_flag=True, help="List definitions and what is not asserted too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@vault_option
@jobs_option
@cache_option
def verify(
    paths: tuple[str, ...],
    names: tuple[str, ...],
    everything: bool,
    as_json: bool,
    vault: str | None,
    jobs: int | None,
    no_cache: bool,
) -> int:
    """Judge the claims of a vault: place, name, verdict, what each is worth, and why.

    PATH limits the table to files and folders. A CLAIM is named as in the table, `Note#^id` or `Note:line`, or by as
    much of its end as no other has. Exit code 1 when a claim is refuted or its premises contradict each other.
    """
    place = locate(vault, paths)
    every = told(place.root, jobs=jobs, no_cache=no_cache)
    if names:
        by_id = {one.id: one for one in every}
        shown = [by_id[named(name, tuple(by_id))] for name in names]
    else:
        here = [one for one in every if place.holds(one.line.path) and not one.excluded]
        shown = [one for one in here if everything or one.listed]
    lines = [one.line for one in shown]
    if as_json:
        emit(claims_v1.render([one.json for one in shown]))
    elif names:
        emit(("\n" if number else "") + one.story for number, one in enumerate(shown))
    else:
        emit(claims_table.render(lines, style_for(sys.stdout, place.root)))
        remark(claims_table.summary(lines))
    return int(any(one.accused for one in shown))
