"""Where the keys of properties stand: what is underlined is the key, not the same letters elsewhere."""

from __future__ import annotations

import pytest

from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source

BLOCKS = {
    "a key within an earlier one": ("tags-old: tin\ntags: ore\n", [(0, "tags-old"), (14, "tags")]),
    "a key within an earlier value": ("tone: hue\nhue: tone\n", [(0, "tone"), (10, "hue")]),
    "a key within a text of several lines": ("tone: |\n  hue: red\nhue: blue\n", [(0, "tone"), (19, "hue")]),
    "a key within a comment": ("tone: deep # hue\nhue: blue\n", [(0, "tone"), (17, "hue")]),
    "keys in quotes": ("\"tone\": 'hue'\n'hue': tone\n", [(1, "tone"), (15, "hue")]),
    "a key with an escape": ('"to\\x6ee": hue\nhue: 1\n', [(0, '"to\\x6ee"'), (15, "hue")]),
    "keys in braces": ("{tone: hue, hue: 1}\n", [(1, "tone"), (12, "hue")]),
    "a key of a template": ("{{tone}}: hue\nhue: 1\n", [(0, "{{tone}}"), (14, "hue")]),
    "a key that stands there twice": ("tone: 1\nhue: 2\ntone: 3\n", [(0, "tone"), (8, "hue")]),
    "Windows' line ends": ("tone: hue\r\nhue: 1\r\n", [(0, "tone"), (11, "hue")]),
    "letters of more than one byte": ("тон: 🧲\nhue: |\n  🧲\nж: 1\n", [(0, "тон"), (7, "hue"), (18, "ж")]),
    "a byte-order mark": ("\ufefftone: hue\nhue: &a 1\n", [(1, "tone"), (11, "hue")]),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("opener", ["---\n", "\ufeff---\r\n"])
def test_a_key_is_found_where_it_stands(name: str, opener: str) -> None:
    block, places = BLOCKS[name]
    text = f"{opener}{block}---\nBody with hue and tone.\n"
    spans = [item.span for item in parse(Source(NotePath("Tin.md"), text)).properties]
    assert [(span.start - len(opener), text[span.start : span.end]) for span in spans] == places
