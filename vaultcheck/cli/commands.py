"""All commands by name. A command's module is imported when the command is used, so that each costs what it needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from vaultcheck import __version__


class Entry(NamedTuple):
    """Where a command is, and the line about it in `vaultcheck --help`."""

    module: str
    attribute: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "accept": Entry("vaultcheck.cli.accept", "accept", "Record that claims were checked by a person today."),
    "cache": Entry("vaultcheck.cli.cache", "cache", "Empty the cache, or say where it is."),
    "check": Entry(
        "vaultcheck.cli.check", "check", "Find what is broken in a vault. This is what runs without a command."
    ),
    "explain": Entry(
        "vaultcheck.cli.explain", "explain", "Say what a rule looks for, why, and how to mend what it finds."
    ),
    "fix": Entry("vaultcheck.cli.fix", "fix", "Show what fixes would change, and make them."),
    "formula": Entry("vaultcheck.cli.formula", "formula", "Read and judge one formula without a vault."),
    "graph": Entry("vaultcheck.cli.graph", "graph", "Write the graph of notes, headings, blocks, tags and files."),
    "init": Entry("vaultcheck.cli.init", "init", "Write a commented configuration and the entry for pre-commit."),
    "list": Entry("vaultcheck.cli.list_facts", "list_facts", "List notes, links, tags and other facts, one a line."),
    "map": Entry("vaultcheck.cli.map", "concept_map", "Write the map of concepts, a page that works from disk."),
    "verify": Entry("vaultcheck.cli.verify", "verify", "Judge what the notes claim: verdict, standing, and why."),
}

EPILOG = """\b
Examples:
  vaultcheck                           check the vault around the current folder
  vaultcheck Notes/Physics             report on one folder; links still reach the whole vault
  vaultcheck explain broken-link       what that rule means
  vaultcheck check --format json       for programs

\b
Exit codes: 0 clean, 1 findings at or above --fail-on (default: error), 2 usage,
configuration or file that cannot be read, 3 a bug in vaultcheck, 130 interrupted."""


class LazyGroup(click.Group):
    """A group that knows its commands by name only. Arguments without a command are arguments of `check`."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, with_command(args))


def with_command(arguments: list[str]) -> list[str]:
    """The arguments with `check` in front when they name no command.

    Raises `click.UsageError` when the first of them is neither a command nor a path but nearly a command.
    """
    if not arguments:
        return ["check"]
    first = arguments[0]
    if first in COMMANDS or first in {"--help", "-h", "--version"}:
        return arguments
    if not first.startswith("-") and not Path(first).exists():
        import difflib

        near = difflib.get_close_matches(first, COMMANDS, n=1, cutoff=0.6)
        if near:
            raise click.UsageError(f'no command and no file is called "{first}"; did you mean "{near[0]}"?')
    return ["check", *arguments]


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="vaultcheck %(version)s")
def vaultcheck() -> None:
    """Checks that the notes of an Obsidian vault hold together: links, headings, blocks, embeds, attachments, tags,
    properties."""


def invoke(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; gives its exit code, 2 for arguments that cannot be understood."""
    try:
        result = vaultcheck.main(list(arguments), prog_name="vaultcheck", standalone_mode=False)
    except click.ClickException as error:
        sys.stderr.write(f"vaultcheck: error: {error.format_message()}\n")
        if isinstance(error, click.UsageError) and error.ctx is not None:
            sys.stderr.write(f"Try '{error.ctx.command_path} --help'.\n")
        return 2
    except click.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else 0
