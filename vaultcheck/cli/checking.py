"""What `vaultcheck check` does once it is understood. Knows nothing of click, which a plain check does without."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from vaultcheck.cli.outputs import parsed_outputs, publish
from vaultcheck.cli.place import Place, locate, unsaved_note
from vaultcheck.cli.rule_names import known_rules, rule_infos, rule_names
from vaultcheck.cli.terminal import Progress, remark
from vaultcheck.cli.vaults import chosen
from vaultcheck.config import Config, FailOn, load
from vaultcheck.findings import Report, Severity
from vaultcheck.reports.summary import summary
from vaultcheck.source import NotePath

_LAST_RUN: deque[object] = deque(maxlen=1)
"""What was made of the vault: the process ends without taking it apart."""


class Asked(NamedTuple):
    """The arguments of `vaultcheck check`, each as its option says."""

    paths: tuple[str, ...] = ()
    vault: str | None = None
    form: str | None = None
    outputs: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    show_notes: bool = False
    stdin_path: str | None = None
    quiet: bool = False
    jobs: int | None = None
    no_cache: bool = False


def checked(asked: Asked) -> int:
    """Check, write the report, and give the exit code. Raises `click.UsageError` for a path, a rule or an output that
    cannot be meant, and `VaultcheckError`."""
    started = time.perf_counter()
    files = parsed_outputs(asked.outputs)
    place, unsaved = _place(asked.vault, asked.paths, asked.stdin_path)
    config = chosen(load(place.root, rule_names), asked.jobs, no_cache=asked.no_cache)
    config = config if asked.fail_on is None else config._replace(fail_on=asked.fail_on)
    picked, dropped = known_rules(asked.only), known_rules(asked.without)
    from vaultcheck.check import check_vault, sources

    with Progress("Reading notes", wanted=not asked.quiet) as progress:
        report = check_vault(
            place.root, _enabled(config, picked), unsaved=unsaved, progress=progress, keep=_LAST_RUN.append
        )
    report = _limited(report, place, picked, dropped)
    read = sources(place.root, unsaved)
    publish(report, read, place.root, asked.form, files, everything=asked.show_notes)
    if not asked.quiet:
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

    return report._replace(
        findings=tuple(f for f in report.findings if asked(f.location.path, f.rule)),
        ignored=tuple(i for i in report.ignored if asked(i.finding.location.path, i.finding.rule)),
    )


def _fails(report: Report, fail_on: FailOn) -> bool:
    worst = report.worst()
    return fail_on != "never" and worst is not None and worst.weight >= Severity(fail_on).weight
