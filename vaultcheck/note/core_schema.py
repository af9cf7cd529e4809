"""What a YAML scalar without quotes means: the core schema of YAML 1.2 (10.3.2), which Obsidian reads.

`yes` and a date are words. Octal and hexadecimal numbers, `.inf` and `.nan` are left as words too.
"""

from __future__ import annotations

import re
from typing import Any

# With these a scalar begins that may be more than a word.
_BEGINNINGS = frozenset("~nNtTfF-+.0123456789")
_CORE = re.compile(
    r"(?P<null>~|null|Null|NULL|)"
    r"|(?P<bool>true|True|TRUE|false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
)


def value(text: str) -> Any:
    """The value of a scalar; a number of more digits than anyone counts with is left as text."""
    if text and text[0] not in _BEGINNINGS:
        return text
    core = _CORE.fullmatch(text)
    match core and core.lastgroup:
        case "null":
            return None
        case "bool":
            return text[0] in "tT"
        case "int" if len(text) < 20:
            return int(text)
        case "float" if len(text) < 40:
            return float(text)
    return text
