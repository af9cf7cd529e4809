"""The formats by name, and where a report goes: standard output, files, or both."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vaultcheck.cli.terminal import emit, style_for
from vaultcheck.errors import WriteError
from vaultcheck.findings import Report
from vaultcheck.reports.summary import only_counted
from vaultcheck.reports.text import Style
from vaultcheck.source import NotePath, Source

Sources = Callable[[NotePath], Source]


FORMATS = ("full", "concise", "json", "jsonl")
FOR_PEOPLE = frozenset({"full", "concise"})
"""Formats that count the links to notes not yet written instead of listing them."""


def rendered(name: str, report: Report, sources: Sources, style: Style, *, everything: bool) -> Iterator[str]:
    """A report in a format, in pieces; `everything` lists what is otherwise only counted."""
    if name in FOR_PEOPLE and not everything:
        report = report._replace(findings=tuple(f for f in report.findings if not only_counted(f)))
    match name:
        case "full":
            from vaultcheck.reports import text

            return text.render(report, sources, style)
        case "concise":
            from vaultcheck.reports import concise

            return concise.render(report, sources)
        case "json":
            from vaultcheck.reports import json_v1

            return json_v1.render(report, sources)
        case "jsonl":
            from vaultcheck.reports import json_v1

            return json_v1.render_lines(report, sources)
    raise ValueError(f"no format is called {name}")


def parsed_outputs(values: Iterable[str]) -> list[tuple[str, Path]]:
    """`FORMAT=FILE` as format and file. Raises `click.BadParameter` for anything else."""
    outputs = []
    for value in values:
        import click  # a plain check does without

        name, equals, file = value.partition("=")
        if not equals or not file:
            raise click.BadParameter(f'"{value}" is not FORMAT=FILE', param_hint="--output")
        if name not in FORMATS:
            raise click.BadParameter(f'"{name}" is not one of {", ".join(FORMATS)}', param_hint="--output")
        outputs.append((name, Path(file)))
    return outputs


def publish(
    report: Report, sources: Sources, root: Path, form: str | None, outputs: list[tuple[str, Path]], *, everything: bool
) -> None:
    """Write the report to the files, and to standard output in `form`; when files are asked for and no form is,
    standard output stays empty. Raises `WriteError`."""
    for name, file in outputs:
        write_whole(file, rendered(name, report, sources, Style(), everything=everything))
    if form is not None or not outputs:
        style = style_for(sys.stdout, root)
        emit(rendered(form or "full", report, sources, style, everything=everything))


def write_whole(file: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all; a device or a pipe is written to as it is. Raises `WriteError`."""
    special = file.exists() and not file.is_file()
    target = file if special else file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        try:
            with target.open(
                "w" if special else "x", encoding="utf-8", errors="backslashreplace", newline="\n"
            ) as stream:
                stream.writelines(pieces)
            if not special:
                target.replace(file)
        except BaseException:
            if not special:
                target.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(str(file), error.strerror or str(error)) from None
