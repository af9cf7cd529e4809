"""Arguments of a plain check, understood without click, whose import takes as long as reading fifty notes.

What a hook, an editor or a script asks for is all there is to it. The rest, and every mistake, is for click: `None`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from vaultcheck.cli.checking import Asked
from vaultcheck.cli.outputs import FORMATS
from vaultcheck.config import FAIL_ON

_SWITCHES = {"--no-cache": "no_cache", "--quiet": "quiet", "-q": "quiet", "--show-notes": "show_notes"}
_VALUES = {"--fail-on": "fail_on", "--format": "form", "--jobs": "jobs", "--vault": "vault"}
_CHOICES = {"fail_on": FAIL_ON, "form": FORMATS}


def understood(arguments: Sequence[str]) -> Asked | None:
    """What click would hand to `vaultcheck check`; `None` where only click knows.

    Each option at most once, `--option value` or `--option=value`, and no paths: with these nothing can be wrong that
    the vault is not to blame for.
    """
    if sys.platform == "win32" or "_VAULTCHECK_COMPLETE" in os.environ:  # click expands wildcards, or completes
        return None
    found: dict[str, Any] = {}
    rest = iter(arguments[1:] if arguments[:1] == ["check"] else arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        key = _SWITCHES.get(argument) or _VALUES.get(name)
        if key is None or key in found:
            return None
        found[key] = argument in _SWITCHES or _value(key, value if equals else next(rest, ""))
        if found[key] is None:
            return None
    return Asked(**found)


def _value(key: str, text: str) -> str | int | None:
    """The value of an option; `None` unless it is plainly one."""
    if not text or text.startswith("-"):
        return None
    if key == "jobs":
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return text if key not in _CHOICES or text in _CHOICES[key] else None
