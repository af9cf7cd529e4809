"""The door to the terminal: what it can show, and the only writer of results and of words on the side."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self, TextIO

from vaultcheck.errors import WriteError
from vaultcheck.reports.text import Style

PATIENCE = 1.0
"""Seconds that a run may last before its progress is shown."""


def speak_utf8() -> None:
    """Make the standard streams write UTF-8 and plain line feeds, whatever the console and the locale say."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def emit(pieces: Iterable[str]) -> None:
    """Write results to standard output. A reader that has gone away (`| head`) is no error.

    Raises `WriteError` when there is no room.
    """
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_stdout()
    except OSError as error:
        _discard_stdout()
        raise WriteError("standard output", (error.strerror or str(error)).lower()) from None


def _discard_stdout() -> None:
    """Send what is still buffered nowhere, or Python complains again as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def remark(line: str) -> None:
    """Write a line to standard error, beside the results."""
    sys.stderr.write(line + "\n")


def style_for(stream: TextIO, root: Path, env: Mapping[str, str] | None = None) -> Style:
    """What a stream can show of a vault at `root`: colours, width, clickable paths."""
    env = os.environ if env is None else env
    tty = stream.isatty()
    base = ""
    if tty and not env.get("CI") and _opens_links(env):
        base = root.absolute().as_uri() + "/"
    return Style(colour=has_colour(tty, env), width=_width(stream) if tty else Style().width, base=base)


def has_colour(tty: bool, env: Mapping[str, str]) -> bool:
    """`NO_COLOR` forbids, `FORCE_COLOR` demands; else a terminal that is not dumb and not the log of a CI has them."""
    if env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return tty and env.get("TERM") != "dumb" and not env.get("CI")


def _opens_links(env: Mapping[str, str]) -> bool:
    """Whether the terminal is one of those known to show OSC 8 links; an unknown one might print the address."""
    if env.get("TERM_PROGRAM") in {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"}:
        return True
    if env.get("VTE_VERSION", "").isdigit() and int(env["VTE_VERSION"]) >= 5000:
        return True
    known = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
    return any(env.get(name) for name in known) or env.get("TERM") in {"xterm-kitty", "alacritty", "foot"}


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or Style().width
    except (OSError, ValueError):
        return Style().width


def show_markdown(text: str) -> None:
    """Print a page: drawn for a terminal, as it is written everywhere else."""
    if not has_colour(sys.stdout.isatty(), os.environ):
        emit((text,))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(file=sys.stdout, force_terminal=True, width=min(_width(sys.stdout), 100)).print(Markdown(text))


class Progress:
    """A bar on standard error for a run that lasts; silent unless that is a terminal. A context manager."""

    def __init__(self, label: str, stream: TextIO | None = None, *, wanted: bool = True) -> None:
        self._label = label
        self._stream = sys.stderr if stream is None else stream
        self._wanted = wanted and self._stream.isatty() and not os.environ.get("CI")
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` parts are done; cheap, so it may be told often."""
        if not self._wanted or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        self._shown = True
        filled = 30 * done // max(total, 1)
        self._stream.write(f"\r{self._label} [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,}\x1b[K")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
