"""`vaultcheck graph`: the graph of a vault, for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.outputs import write_whole
from vaultcheck.cli.terminal import emit
from vaultcheck.cli.vaults import analysed

FORMATS = ("json", "graphml", "gexf", "dot", "csv")


@click.command(short_help="Write the graph of a vault.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", help="How to write it. Default: json.")
@click.option("--output", "-o", metavar="FILE", help="Write to a file. Default: standard output.")
@vault_option
@jobs_option
@cache_option
def graph(form: str, output: str | None, vault: str | None, jobs: int | None, no_cache: bool) -> None:
    """Write the graph of a vault: notes, headings, blocks, tags, files and missing targets, joined by links, embeds,
    tags, containment and evidence, each edge with the place where it is written.

    csv lists the edges; graphml and gexf are read by Gephi and networkx, dot by Graphviz.
    """
    analysis = analysed(vault, jobs=jobs, no_cache=no_cache)
    from vaultcheck.graph import network

    text = network.export(network.build_graph(analysis.notes, analysis.resolutions, analysis.vault.attachments), form)
    if output is None:
        emit((text,))
    else:
        write_whole(Path(output), (text,))
