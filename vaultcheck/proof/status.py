"""What a status tag says of a claim: open, settled or disputed; and which tags are misspellings of one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vaultcheck.config import TagFamilies

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


@dataclass(frozen=True, slots=True)
class Reading:
    """A tag read as a status: `meant` is the family's own spelling, `length` how many letters of the tag it stands
    for (a nested tag counts for its parent). `exact` is false for a misspelling, which never settles a claim."""

    status: Status
    meant: str
    length: int
    exact: bool


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
    near = [word for word in words if _bare(word) == bare]
    near = near or [word for word in words if len(word) >= SHORTEST and one_edit_apart(folded, word)]
    if len({words[word] for word in near}) != 1:
        return None
    meant = next((word for word in near if word[0] == folded[0]), near[0])
    return Reading(words[meant], meant, len(tag), exact=False)


def _bare(word: str) -> str:
    """A word without accents and separators."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c.isalnum())


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
