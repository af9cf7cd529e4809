"""Properties on which there is nothing to parse: keys with a word, a quoted word or a list of them.

Most vaults hold hardly anything else, and a parser of the whole of YAML is a long way round. What is read here is what
YAML says without doubt, and all else is left to the parser. Sections are those of YAML 1.2.2.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from vaultcheck.note import core_schema
from vaultcheck.note.entries import Entries, Entry, make_entry
from vaultcheck.note.model import Property
from vaultcheck.source import Span, make_record

# Within ASCII; beyond it, see `_is_plain`.
_CONTROL = r"\x00-\x1f\x7f"
# A scalar without quotes (7.3.3) in one line, with the blanks behind it. It begins with no indicator (5.3), and only
# `: ` and ` #` would end it before its line does.
_WORDS = rf"[^{_CONTROL} ?:,\[\]{{}}#&*!|>'\"%@`-][^{_CONTROL}:#]*+(?:(?::(?![ \n])|(?<! )#)[^{_CONTROL}:#]*+)*"
# Quotes (7.3.1, 7.3.2) that hold neither their own mark nor an escape.
_QUOTED = rf"\"[^{_CONTROL}\"\\]*+\"|'[^{_CONTROL}']*+'"
# A list in brackets (7.4.1), where a comma, a bracket or a brace would end a word.
_LISTED = r"""(?:\w[\w./ -]*+|"[\w./# -]*+" *|'[\w./# -]*+' *)"""
_LIST = rf"\[ *(?:{_LISTED}(?:, *{_LISTED})*)?\]"
_ENTRY = re.compile(
    # A key stands at the beginning of its line and has at most 1,024 characters (7.4.2).
    r"(\w[\w -]{0,98}+(?<! )):"
    # What stands behind it, or below it as items that are indented alike (8.2.1).
    rf"(?: *\n( *-))?(?: +({_WORDS}|{_QUOTED}|{_LIST}))? *\n((?:\2(?: +(?:{_WORDS}|{_QUOTED}))? *\n)*)\n*"
)
# Lines up to the next that begins with neither a blank nor a dash.
_LINES = re.compile(r"[^\n]*\n(?:[ -][^\n]*\n|\n)*")


def read_plain(block: str, start: int) -> Entries | None:
    """What a properties block says, given the text between its two `---` lines and where in the note it begins;
    `None` when the block is not plain, which does not say that it is wrong."""
    parts = _LINES.findall(block)
    if not block.endswith("\n"):  # its last line is in none of the parts
        return None
    properties: dict[str, Property] = {}
    telling: list[tuple[Property, Any]] = []
    for lines in parts:
        entry = _read_entry(lines)
        if entry is None:
            return None
        key, value, written, tells = entry
        span = make_record(Span, (start, start + len(key)))
        properties[key] = said = make_record(Property, (key, written, span))
        if tells:
            telling.append((said, value))
        start += len(lines)
    # What a key means that stands there twice is for the parser to say.
    return Entries(tuple(properties.values()), telling) if len(properties) == len(parts) else None


def forget() -> None:
    """Let go of the entries that were remembered for the sake of the next block."""
    _read_entry.cache_clear()


@lru_cache(maxsize=1024)
def _read_entry(lines: str) -> Entry | None:
    """A key with its value, given the line of the key and those up to the next; many notes have such lines alike."""
    found = _ENTRY.fullmatch(lines)
    if found is None or not (lines.isascii() or lines.replace("\n", "").isprintable()):
        return None
    key, dash, text, rest = found.groups()
    value = _read_value(text) if text else None
    if dash:
        value = [value]
        if rest:
            items = [line.lstrip(" ")[1:].lstrip(" ") for line in rest[:-1].split("\n")]
            value += [_read_value(item) if item else None for item in items]
    return make_entry(key, value)


def _read_value(text: str) -> Any:
    text = text.rstrip(" ")
    first = text[0]
    if first in "\"'":
        return text[1:-1]
    if first == "[":
        inner = text[1:-1].strip(" ")
        return [_read_value(item.strip(" ")) for item in inner.split(",")] if inner else []
    return core_schema.value(text)
