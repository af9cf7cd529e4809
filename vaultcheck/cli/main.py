"""The command `vaultcheck`: arguments in, exit code out, and the one place where a run that failed is explained."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from vaultcheck import __version__

CLEAN, FINDINGS, CANNOT_RUN, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def main() -> NoReturn:
    """Run the command line and exit."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us: there is still an exit code to give
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  (stays open to the end)
    _meet_names_in_utf8()
    gc.disable()  # what a run makes lives as long as the run, and looking for circles costs a tenth of a short one
    _leave(run(sys.argv[1:]))


def _meet_names_in_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale would have file names read otherwise.

    Obsidian names files in UTF-8 whatever the locale is; read as Latin-1 or ASCII, `É.md` is another name, and every
    link to it looks broken.
    """
    if sys.getfilesystemencoding() == "utf-8" or os.environ.get("PYTHONUTF8") == "1" or not sys.executable:
        return
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})


def _leave(code: int) -> NoReturn:
    """End the process without taking the notes of a vault apart first, which takes longer than a cached run."""
    processes = sys.modules.get("multiprocessing")
    if processes is not None and processes.active_children():  # somebody has to end them
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        pass
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line; gives the exit code: 0 clean, 1 findings, 2 cannot run, 3 a bug, 130 interrupted."""
    if list(arguments) == ["--version"]:  # answered before anything is imported: editors and scripts ask it often
        sys.stdout.write(f"vaultcheck {__version__}\n")
        return CLEAN
    try:
        from vaultcheck.cli.plain import understood
        from vaultcheck.cli.terminal import speak_utf8

        speak_utf8()
        asked = understood(arguments)
        if asked is not None:
            from vaultcheck.cli.checking import checked

            return checked(asked)
        from vaultcheck.cli.commands import invoke

        return invoke(arguments)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except Exception as error:
        return _explained(error)


def _explained(error: Exception) -> int:
    """What ended the run: one line for what the user can mend, the traceback for what only we can."""
    from vaultcheck.errors import RuleCrash, VaultcheckError
    from vaultcheck.source import shown

    if isinstance(error, VaultcheckError):
        return _say(f"error: {shown(str(error))}", CANNOT_RUN)
    if isinstance(error, OSError) and error.filename is not None:
        return _say(f"error: {shown(str(error.filename))}: {error.strerror}", CANNOT_RUN)
    import traceback

    traceback.print_exception(error, file=sys.stderr)
    who = f" in the rule {error.rule}" if isinstance(error, RuleCrash) else ""
    return _say(f"this is a bug in vaultcheck{who}, not in your vault. Please report it with the lines above.", BUG)


def _say(line: str, code: int) -> int:
    sys.stderr.write(f"vaultcheck: {line}\n")
    return code
