"""`vaultcheck check`: what is broken in a vault."""

from __future__ import annotations

from typing import Any

import click

from vaultcheck.cli.checking import Asked, checked
from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.outputs import FORMATS
from vaultcheck.config import FAIL_ON


@click.command(short_help="Find what is broken in a vault.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@vault_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="How to write the findings. Default: full.")
@click.option(
    "--output",
    "outputs",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Write the findings to a file too; may be repeated. Without --format nothing is then written to the terminal.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="The severity that makes the exit code 1. Default: as configured, error.",
)
@click.option("--rule", "only", metavar="NAME", multiple=True, help="Report this rule only; may be repeated.")
@click.option("--ignore-rule", "without", metavar="NAME", multiple=True, help="Leave out this rule; may be repeated.")
@click.option(
    "--show-notes", is_flag=True, help="List links to notes not yet written, which are only counted otherwise."
)
@click.option(
    "--stdin-path",
    metavar="NOTE",
    help="Read this note from standard input, not from the disk, and report on it alone.",
)
@click.option("--quiet", "-q", is_flag=True, help="No summary and no progress, only the findings.")
@jobs_option
@cache_option
def check(**arguments: Any) -> int:
    """Find what is broken: links, headings, blocks, embeds, attachments, tags, properties.

    PATH limits the report to files and folders; links always reach the whole vault, which is the folder around PATH
    (or around the current folder) that holds .obsidian.
    """
    return checked(Asked(**arguments))
