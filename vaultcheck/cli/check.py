"""`vaultcheck check`: what is broken in a vault."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import replace

import click

from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.outputs import FORMATS, parsed_outputs, publish
from vaultcheck.cli.place import Place, locate, unsaved_note
from vaultcheck.cli.rule_names import known_rules, rule_infos, rule_names
from vaultcheck.cli.terminal import Progress, remark
from vaultcheck.cli.vaults import chosen
from vaultcheck.config import FAIL_ON, Config, FailOn, load
from vaultcheck.findings import Report, Severity
from vaultcheck.reports.summary import summary
from vaultcheck.source import NotePath

_LAST_RUN: deque[object] = deque(maxlen=1)
"""What was made of the vault: the process ends without taking it apart."""


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
def check(
    paths: tuple[str, ...],
    vault: str | None,
    form: str | None,
    outputs: tuple[str, ...],
    fail_on: FailOn | None,
    only: tuple[str, ...],
    without: tuple[str, ...],
    show_notes: bool,
    stdin_path: str | None,
    quiet: bool,
    jobs: int | None,
    no_cache: bool,
) -> int:
    """Find what is broken: links, headings, blocks, embeds, attachments, tags, properties.

    PATH limits the report to files and folders; links always reach the whole vault, which is the folder around PATH
    (or around the current folder) that holds .obsidian.
    """
    started = time.perf_counter()
    files = parsed_outputs(outputs)
    place, unsaved = _place(vault, paths, stdin_path)
    config = chosen(load(place.root, rule_names), jobs, no_cache=no_cache)
    config = config if fail_on is None else config._replace(fail_on=fail_on)
    picked, dropped = known_rules(only), known_rules(without)
    from vaultcheck.check import check_vault, sources

    with Progress("Reading notes", wanted=not quiet) as progress:
        report = check_vault(
            place.root, _enabled(config, picked), unsaved=unsaved, progress=progress, keep=_LAST_RUN.append
        )
    report = _limited(report, place, picked, dropped)
    publish(report, sources(place.root, unsaved), place.root, form, files, everything=show_notes)
    if not quiet:
        remark(summary(report, time.perf_counter() - started))
    return int(_fails(report, config.fail_on))


def _place(vault: str | None, paths: tuple[str, ...], stdin_path: str | None) -> tuple[Place, Mapping[NotePath, str]]:
    """Where to look, and the unsaved buffer, if one is handed over. It may belong to a note not yet on the disk."""
    if stdin_path is None:
        return locate(vault, paths), {}
    root, note = unsaved_note(vault, stdin_path)
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return Place(root, locate(str(root), paths).parts if paths else (note,)), {note: text}


def _enabled(config: Config, picked: frozenset[str]) -> Config:
    """The configuration in which rules that are asked for by name run even if they are off."""
    if not picked:
        return config
    infos = rule_infos()
    levels = dict(config.rules)
    for name in sorted(picked):
        if levels.get(name, "off") == "off" and (name in levels or not infos[name].enabled):
            levels[name] = infos[name].severity.value
    return config._replace(rules=levels)


def _limited(report: Report, place: Place, picked: frozenset[str], dropped: frozenset[str]) -> Report:
    """The part of a report that was asked for: what is left out is left out of the exit code too."""
    if not (place.parts or picked or dropped):
        return report

    def asked(path: NotePath, rule: str) -> bool:
        return (not picked or rule in picked) and rule not in dropped and place.holds(path)

    return replace(
        report,
        findings=tuple(f for f in report.findings if asked(f.location.path, f.rule)),
        ignored=tuple(i for i in report.ignored if asked(i.finding.location.path, i.finding.rule)),
    )


def _fails(report: Report, fail_on: FailOn) -> bool:
    worst = report.worst()
    return fail_on != "never" and worst is not None and worst.weight >= Severity(fail_on).weight
