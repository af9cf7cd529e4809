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


TAGS = {
    "a tag within an earlier one": ("tags:\n- tinned\n- tin\n", ["tinned", "tin"], [8, 17]),
    "in brackets": ("tags: [ore/tin, tin, ore]\n", ["ore/tin", "tin", "ore"], [7, 16, 21]),
    "in quotes, with marks": ("tags: ['#tinned', \"#tin\"]\n", ["tinned", "tin"], [9, 20]),
    "the same tag twice": ("tags: [tin, tinned, tin]\n", ["tin", "tinned", "tin"], [7, 12, 20]),
    "at the end of a text of several lines": ("tags: >-\n  tin\n", ["tin"], [11]),
    "with an escape": ('tags: ["t\\x69n"]\n', ["tin"], [0]),
}


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_is_found_where_it_stands(name: str) -> None:
    block, names, places = TAGS[name]
    tags = parse(Source(NotePath("Tin.md"), f"---\n{block}---\n")).tags
    assert [tag.name for tag in tags] == names
    assert [tag.span.start - 4 for tag in tags] == places


def test_a_link_is_found_where_it_stands() -> None:
    text = '---\nup: "[[Tin]]"\nrel:\n  - "[[Ore]]s"\n  - "[[Ore]]"\n---\n'
    links = parse(Source(NotePath("Tin.md"), text)).links
    assert [(link.relation, text[link.start : link.end]) for link in links] == [("up", "[[Tin]]"), ("rel.1", "[[Ore]]")]
    assert text[: links[1].start].count("\n") == 4
