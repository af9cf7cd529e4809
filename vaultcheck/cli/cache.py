"""`vaultcheck cache`: where the cache is, and how to empty it."""

from __future__ import annotations

import click

from vaultcheck.cli.terminal import emit


@click.group(no_args_is_help=False, short_help="Empty the cache, or say where it is.")
def cache() -> None:
    """The cache keeps what was read of unchanged notes, for speed only; its folder is readable by you alone."""


@cache.command("clear", short_help="Empty the cache.")
def clear_cache() -> None:
    """Remove everything that was kept of any vault."""
    from vaultcheck.cache import clear, folder

    emit((f"Freed {clear() / 1e6:.1f} MB in {folder()}\n",))


@cache.command("path", short_help="Say where the cache is.")
def show_path() -> None:
    """Print the folder of the cache. The environment variable VAULTCHECK_CACHE_DIR names another one."""
    from vaultcheck.cache import folder

    emit((f"{folder()}\n",))
