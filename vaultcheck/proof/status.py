"""What a status tag says of a claim: open, settled or disputed; and which tags are misspellings of one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from vaultcheck.config import TagFamilies
from vaultcheck.note.model import Note, Tag
from vaultcheck.source import NotePath

SHORTEST = 6
"""Shorter words have too many neighbours that are words: `wrong` and `wring`."""

_WORDS = frozenset(
    {
        "checker",
        "checkers",
        "confutata",
        "dispute",
        "disputer",
        "disputes",
        "recheck",
        "rechecked",
        "refused",
        "refuses",
        "refutada",
        "refutados",
        "refute",
        "refutes",
        "reputed",
        "réfuter",
        "réfutée",
        "réfutés",
        "unverify",
        "verificada",
        "verificadas",
        "verificados",
        "verificar",
        "verificata",
        "verificate",
        "verificati",
        "verifier",
        "verifiers",
        "verifies",
        "verily",
        "verity",
        "versified",
        "versify",
        "vérifier",
        "vérifiez",
        "vérifiée",
        "vérifiés",
    }
)
"""Words that stand one edit from a status word and mean something else, or say it in another grammatical form."""


class Status(StrEnum):
    """A family of status tags (named in the configuration): what the author says of a claim."""

    OPEN = "open"
    SETTLED = "settled"
    DISPUTED = "disputed"


class Reading(NamedTuple):
    """A tag read as a status: `meant` is the family's own spelling, `length` how many letters of the tag it stands
    for (a nested tag counts for its parent). `exact` is false for a misspelling, which never settles a claim."""

    status: Status
    meant: str
    length: int
    exact: bool


class StatusTag(NamedTuple):
    """A tag that says something of a claim, or is a misspelling of one that does."""

    tag: Tag
    reading: Reading


def status_tags(notes: Mapping[NotePath, Note], families: TagFamilies) -> Mapping[NotePath, Sequence[StatusTag]]:
    """The status tags of the notes that have some, in the order of the notes and of their tags."""
    readings: dict[str, Reading | None] = {}  # a vault has many tags and few names of them
    found: dict[NotePath, list[StatusTag]] = {}
    for path, note in notes.items():
        for tag in note.tags:
            name = tag.name
            if name not in readings:
                readings[name] = read_status(name, families)
            reading = readings[name]
            if reading is not None:
                found.setdefault(path, []).append(StatusTag(tag, reading))
    return found


@lru_cache(maxsize=4096)
def read_status(tag: str, families: TagFamilies) -> Reading | None:
    """What a tag (without `#`) says of a claim; `None` when it says nothing or is near more than one family."""
    words = _words(families)
    prefixes = [tag[:end] for end, letter in enumerate(tag) if letter == "/"] + [tag]
    for prefix in prefixes:
        status = words.get(prefix.lower())
        if status is not None:
            return Reading(status, prefix, len(prefix), exact=True)
    for prefix in prefixes:
        reading = _misspelt(prefix, words)
        if reading is not None:
            return reading
    return None


@lru_cache(maxsize=8)
def _words(families: TagFamilies) -> dict[str, Status]:
    return {
        word.lower(): status
        for status, words in (
            (Status.DISPUTED, families.disputed),
            (Status.SETTLED, families.settled),
            (Status.OPEN, families.open),
        )
        for word in words
    }


def _misspelt(tag: str, words: dict[str, Status]) -> Reading | None:
    folded = tag.lower()
    if len(folded) < SHORTEST or folded in _WORDS:
        return None
    bare = _bare(folded)
    near = [word for word in words if _bare_word(word) == bare]
    lengths = (len(folded) - 1, len(folded), len(folded) + 1)
    alike = [word for word in words if len(word) in lengths and len(word) >= SHORTEST]
    near = near or [word for word in alike if one_edit_apart(folded, word)]
    if len({words[word] for word in near}) != 1:
        return None
    meant = next((word for word in near if word[0] == folded[0]), near[0])
    return Reading(words[meant], meant, len(tag), exact=False)


def _bare(word: str) -> str:
    """A word without accents and separators."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c.isalnum())


_bare_word = lru_cache(maxsize=256)(_bare)
"""The same for the words of the families, which every tag is compared with."""


def one_edit_apart(left: str, right: str) -> bool:
    """Whether one letter put in, left out, changed, or swapped with its neighbour makes one word of the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    if left[start + 1 :] == right[start + 1 :]:
        return True
    return left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]
