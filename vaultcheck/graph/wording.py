"""How notes, names and suggestions are put into a sentence. Rules that speak of the same thing use the same words."""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.source import NotePath, shown

_LONGEST = 120


def note_name(path: NotePath) -> str:
    """A file as people call it: its path in the vault, without `.md` when it is a note."""
    name = shown(path)
    return name[:-3] if name.lower().endswith(".md") else name


def quoted(text: str) -> str:
    """What a note says, in quotation marks: on one line, printable, and not longer than a line can bear."""
    text = shown(" ".join(text.split(" ")))
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def did_you_mean(names: Sequence[str]) -> str:
    """`did you mean "A" or "B"?` for the names given, best first; empty when there are none."""
    return f"did you mean {listed([quoted(name) for name in names], 'or')}?" if names else ""
