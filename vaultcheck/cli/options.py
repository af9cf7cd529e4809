"""Options that several commands share, each said once."""

from __future__ import annotations

import click

vault_option = click.option(
    "--vault",
    metavar="DIR",
    help="The vault's folder. Default: the nearest one upward that holds .obsidian, else this folder.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    metavar="N",
    help="Processes that read notes and judge claims; 0 is one a core. Default: as configured, 0.",
)
cache_option = click.option(
    "--no-cache", is_flag=True, help="Neither use nor write the cache of notes read and claims judged."
)
