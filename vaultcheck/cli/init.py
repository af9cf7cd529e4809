"""`vaultcheck init`: a commented configuration, and the entry for pre-commit. Never overwrites anything."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from vaultcheck.cli.options import vault_option
from vaultcheck.cli.place import locate
from vaultcheck.cli.terminal import emit
from vaultcheck.config import FILE_NAME
from vaultcheck.errors import VaultError, WriteError

CONFIGURATION = """\
# Configuration of vaultcheck. Every line that is commented out shows a default.

# Files and folders whose findings are not reported, as in a .gitignore; links still reach them.
# exclude = []

# What makes the exit code 1: "error", "warning", "note" or "never".
# fail-on = "error"

# Report links in %% comments %% and HTML comments, and in template code such as <% %> and {{ }}.
# check-comments = false
# check-templates = false

# Read `tags: a, b` as two tags. Obsidian drops such a string.
# split-tag-strings = false

# Notes that declare symbols for the whole vault.
# symbol-notes = []

# Which claims are judged: "marked", in notes with a status tag or a from::, with:: or given::; or "all".
# claims = "marked"

# Processes that read notes, 0 for one a core; and whether notes already read are kept for the next run.
# jobs = 0
# cache = true

# Severities of single rules: "error", "warning", "note" or "off". `vaultcheck explain` lists the rules.
[rules]
# orphan-note = "off"

# Tags that say how a claim stands, added to those known already (docs/configuration.md).
[tags]
# open = []
# settled = []
# disputed = []
"""

HOOKS = ".pre-commit-config.yaml"


@click.command(short_help="Write a commented configuration and the hook entry.")
@vault_option
def init(vault: str | None) -> None:
    """Write vaultcheck.toml with every key and its default, and in a git checkout the entry for pre-commit.

    What exists already is left as it is; the lines to add are printed instead.
    """
    root = locate(vault, ()).root
    if not root.is_dir():
        raise VaultError(str(root), "not a folder")
    file = root / FILE_NAME
    if _new_file(file, CONFIGURATION):
        emit((f"Wrote {file}\n",))
    else:
        emit((f"{file} exists and is left as it is.\n",))
    here = root.resolve()
    checkout = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if checkout is not None:
        emit((_hook(checkout, here),))


def _hook(checkout: Path, root: Path) -> str:
    """Write the hook entry of a checkout that has none; gives what to tell."""
    file = checkout / HOOKS
    entry = hook_entry(root.relative_to(checkout).as_posix())
    if _new_file(file, "repos:\n" + entry):
        return f"Wrote {file}; `pre-commit install` makes git run it.\n"
    if "vaultcheck" in file.read_text(encoding="utf-8", errors="replace"):
        return f"{file} names vaultcheck already and is left as it is.\n"
    return f"{file} exists and is left as it is. Add under `repos:`\n\n{entry}"


def hook_entry(vault: str) -> str:
    """The item of `repos:` that checks a vault in a folder of the checkout (`.` for the checkout itself).

    `always_run`, without file names: a link is broken by the other file, and a commit that only deletes a note has no
    file to check.
    """
    command = "vaultcheck check" if vault == "." else f"vaultcheck check --vault {shlex.quote(vault)}"
    entry = command if shlex.split(command) == command.split(" ") else json.dumps(command, ensure_ascii=False)
    return f"""\
  - repo: local
    hooks:
      - id: vaultcheck
        name: vaultcheck
        entry: {entry}
        language: system
        always_run: true
        pass_filenames: false
        require_serial: true
"""


def _new_file(file: Path, text: str) -> bool:
    """Write a file that is not there yet; `False` when it is. Raises `WriteError`."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(str(file), error.strerror or str(error)) from None
    return True
