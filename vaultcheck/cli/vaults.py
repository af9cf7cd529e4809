"""The way from a folder on the disk to what is true of it, through the cache."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultcheck.cli.place import locate
from vaultcheck.cli.rule_names import rule_names
from vaultcheck.cli.terminal import Progress
from vaultcheck.config import Config, load

if TYPE_CHECKING:
    from vaultcheck.analysis import Analysis


def analysed(vault: str | None, *, jobs: int | None, no_cache: bool) -> Analysis:
    """The analysis of the vault that is meant, with its configuration and what the command line says over it."""
    from vaultcheck import cache
    from vaultcheck.analysis import analyse
    from vaultcheck.vault import discover

    root = locate(vault, ()).root
    config = chosen(load(root, rule_names), jobs, no_cache=no_cache)
    store = cache.Store(root) if config.cache else None
    with Progress("Reading notes") as progress:
        return analyse(discover(root), config, store, stamp=cache.program_stamp() if store else "", progress=progress)


@contextmanager
def appraised(vault: str | None, *, jobs: int | None, no_cache: bool, everything: bool = True) -> Iterator[Analysis]:
    """The same, with provers that judge the claims when they are asked for; they end with the block.

    Unless `everything`, they judge the claims of which `check` wants a verdict, as configured.
    """
    from vaultcheck import cache
    from vaultcheck.analysis import analyse
    from vaultcheck.proof.ledger_file import ledger_text
    from vaultcheck.proof.proving import proving
    from vaultcheck.vault import discover

    root = locate(vault, ()).root
    config = chosen(load(root, rule_names), jobs, no_cache=no_cache)
    store = cache.Store(root) if config.cache else None
    stamp = cache.program_stamp() if store else ""
    with Progress("Judging claims") as judging, proving(store, ledger_text(root), config.jobs, judging) as judges:
        with Progress("Reading notes") as progress:
            judges = judges._replace(asked_only=config.claims == "marked" and not everything)
            analysis = analyse(discover(root), config, store, stamp=stamp, progress=progress, proving=judges)
        yield analysis


def chosen(config: Config, jobs: int | None, *, no_cache: bool) -> Config:
    """The configuration with what the options common to all commands say over it."""
    return config._replace(jobs=config.jobs if jobs is None else jobs, cache=config.cache and not no_cache)
