"""`vaultcheck list`: the facts of a vault, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import click

from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.terminal import emit
from vaultcheck.cli.vaults import analysed

KINDS = (
    "attachments",
    "blocks",
    "claims",
    "formulas",
    "headings",
    "links",
    "notes",
    "orphans",
    "symbols",
    "tags",
    "unresolved",
)


@click.command("list", short_help="List the facts of a vault.")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option("--json", "as_json", is_flag=True, help="One JSON array for programs.")
@vault_option
@jobs_option
@cache_option
def list_facts(kind: str, as_json: bool, vault: str | None, jobs: int | None, no_cache: bool) -> None:
    """List facts of a vault, one a line, sorted.

    KIND is attachments, blocks, claims (all that notes state; verify judges them), formulas (as they were understood),
    headings, links, notes, orphans (notes that no other note links to), symbols (as they are declared), tags (each
    with how often it is used) or unresolved (links that reach nothing, or several files).
    """
    analysis = analysed(vault, jobs=jobs, no_cache=no_cache)
    from vaultcheck.cli import fact, facts

    found = facts.KINDS[kind](analysis)
    emit(_array(one.values for one in found) if as_json else map(fact.escaped, found))


def _array(rows: Iterable[object]) -> Iterator[str]:
    """The rows as one JSON array, a row a line."""
    yield "["
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
