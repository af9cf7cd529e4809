"""Text that is made to hurt a reader gives a note like any other, in a time that grows with its length."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source

SIZE = 30_000
BOMB = (
    "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "---\nStill [[linked]].\n"
)
HOSTILE = {
    "brackets": "[" * SIZE,
    "open wikilinks": "[[a " * SIZE,
    "open embeds": "![" * SIZE,
    "open destinations": "[a](" * SIZE,
    "comment marks": "%% " * SIZE,
    "dollars": "$ " * SIZE,
    "display dollars": "$$\n" * SIZE,
    "backticks of every length": " ".join("`" * length for length in range(1, 250)),
    "quotes in quotes": "> " * SIZE,
    "lists in lists": "- " * SIZE,
    "indented lists": "".join(f"{' ' * 2 * depth}- a\n" for depth in range(300)),
    "tags": "#a" * SIZE,
    "block ids": "a ^b\n\n" * SIZE,
    "angle brackets": "<a " * SIZE,
    "comments never closed": "<!--" * SIZE,
    "template code never closed": "<% " * SIZE,
    "braces never closed": "{{ " * SIZE,
    "emphasis": "**a_ " * SIZE,
    "cells": "|a" * SIZE,
    "footnotes": "[^1] " * SIZE,
    "fields": "(a:: " * SIZE,
    "references": "[a]: b\n\n" + "[a] " * SIZE,
    "carriage returns": "\r" * SIZE,
    "NUL": "\0" * SIZE,
    "flow sequences in properties": f"---\na: {'[' * SIZE}\n---\n",
    "flow mappings in properties": f"---\na: {'{' * SIZE}\n---\n",
    "flow on many lines": "---\n" + "a: [\n" * SIZE + "---\n",
    "block sequences in properties": f"---\n{'- ' * SIZE}\n---\n",
    "keys in properties": f"---\n{'? ' * SIZE}\n---\n",
    "aliases of aliases": BOMB,
    "an alias of itself": "---\na: &a [*a, *a, *a, *a]\n---\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_gives_a_note_in_a_process_that_lives(kind: str) -> None:
    """In a process of its own: what is guarded against here would end, or never end, the one that reads it."""
    code = "import sys; from tests.unit.note.test_hostile import read_here; read_here(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, kind], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]


def read_here(kind: str) -> None:
    """Read one of the texts; what stands behind its properties must still be seen."""
    parse(Source(NotePath("Hostile.md"), HOSTILE[kind]))


@pytest.mark.parametrize(
    "kind", ["aliases of aliases", "flow sequences in properties", "block sequences in properties"]
)
def test_properties_that_cannot_be_read_are_a_defect_and_hide_nothing_else(kind: str) -> None:
    note = parse(Source(NotePath("Hostile.md"), HOSTILE[kind] + "Still [[linked]].\n"))
    assert [defect.kind for defect in note.defects] == ["properties"]
    assert note.links[-1].linkpath == "linked"


def test_nesting_that_people_write_is_read() -> None:
    deep = "---\n" + "".join(f"{'  ' * depth}k{depth}:\n" for depth in range(30)) + f"{'  ' * 30}end: [[[[1]]]]\n---\n"
    assert not parse(Source(NotePath("Deep.md"), deep)).defects


def test_template_code_behind_a_mark_that_is_never_closed_is_still_seen() -> None:
    note = parse(Source(NotePath("Template.md"), "<% never closed, {{ [[inside]] }} and [[outside]]\n"))
    assert [(link.linkpath, link.context) for link in note.links] == [("inside", "template"), ("outside", "body")]
