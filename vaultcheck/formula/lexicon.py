"""From what a quantity means to what it measures, in English, French and German; always an assumption.

The entry must be the head of the phrase: the longest one that ends it, or ends before `of`, `in`, `der`, `du` ("mass of
the ball", not "centre of mass"; "resting membrane potential", not "voltage gain"). A word like `relative`, `specific`
or `per` that is not part of the entry makes it something else, and then nothing is assumed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from vaultcheck.formula.lexicon_table import (
    ARTICLES,
    CHANGES,
    FRENCH_ADJECTIVES,
    GERMAN_HEADS,
    OPEN,
    PLAIN_WORDS,
    POSITIVE,
    ROWS,
    TURNING,
    TURNING_BEHIND,
)
from vaultcheck.formula.model import Dimension, Quantity, Sign
from vaultcheck.formula.unit_table import dimension_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_END = re.compile(r"[,;:(\[{–—|/=]|\.\s")
_MAX_WORDS = 30


_Entry = tuple[Dimension | None, Sign]


@lru_cache(maxsize=2048)
def assumed_dimension(meaning: str) -> Dimension | None:
    """The dimension that the meaning suggests, `None` where it suggests none or two."""
    found = _best(meaning)
    return None if found is None else found[0]


def assumed(quantity: Quantity) -> Quantity:
    """The quantity with a dimension taken from its meaning, marked as assumed, where nobody declared one."""
    if quantity.dimension is not None:
        return quantity
    dimension = assumed_dimension(quantity.meaning)
    return quantity if dimension is None else replace(quantity, dimension=dimension, assumed=True)


def sign_of(quantity: Quantity) -> Sign:
    """What the declaration, else the meaning, else the dimension says of the sign.

    Temperatures, concentrations, resistances, capacitances and masses are positive; potentials, currents, charges,
    charge numbers and coordinates are signed; differences and changes are signed whatever they are of.
    """
    if quantity.sign is not Sign.UNKNOWN:
        return quantity.sign
    words = _words(quantity.meaning)
    if CHANGES & set(words) or quantity.name.startswith(("Delta", "d ")):
        return Sign.SIGNED
    found = _best(quantity.meaning)
    if found is not None:
        return found[1]
    if quantity.dimension is not None and not quantity.assumed:
        if quantity.unit is not None and quantity.unit.offset:
            return Sign.POSITIVE  # in SI, where °C has become K
        return _SIGN_OF_DIMENSION.get(quantity.dimension, Sign.UNKNOWN)
    return Sign.UNKNOWN


def _best(meaning: str) -> _Entry | None:
    """The dimension and sign of the head of the phrase before the first comma or bracket."""
    phrase = _END.split(meaning, maxsplit=1)[0]
    words = _words(phrase if phrase.strip() else meaning)[:_MAX_WORDS]
    while words and words[0] in ARTICLES:
        words = words[1:]
    changed = _without_change(words)
    if changed is not None:
        found = _head(changed)
        return None if found is None else (found[0], Sign.SIGNED)
    return _head(words)


def _without_change(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What changes, in `change in temperature` and `temperature difference`; `None` where the phrase is an entry."""
    if " ".join(words) in _TABLE:
        return None
    if words and words[0] in CHANGES and len(words) > 2 and words[1] in PLAIN_WORDS:
        rest = words[2:]
        while rest and rest[0] in ARTICLES:
            rest = rest[1:]
        return rest
    cut = next((at for at, word in enumerate(words) if word in PLAIN_WORDS), len(words))
    if cut > 1 and words[cut - 1] in CHANGES and " ".join(words[max(0, cut - 2) : cut]) not in _TABLE:
        return words[: cut - 1]
    return None


def _head(words: tuple[str, ...]) -> _Entry | None:
    best: tuple[int, str] = (0, "")
    for start, first in enumerate(words):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            key = " ".join(words[start:end])
            if key in _TABLE and end - start > best[0] and _ends(words, end) and _stays(words[:start], words[end:]):
                best = (end - start, key)
        if first in PLAIN_WORDS:
            break
    if best[1]:
        return _TABLE[best[1]]
    return _compound(words)


def _stays(before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """Whether nothing around the entry makes it another quantity (`relative`, `per`, the `energy` of its density)."""
    if TURNING_BEHIND & set(behind) or TURNING & set(_until_plain(behind)):
        return False
    return not any(word in TURNING or word in _TABLE for word in before)


def _ends(words: tuple[str, ...], end: int) -> bool:
    rest = words[end:]
    return not rest or rest[0] in PLAIN_WORDS or all(word in FRENCH_ADJECTIVES for word in _until_plain(rest))


def _until_plain(words: tuple[str, ...]) -> tuple[str, ...]:
    cut = next((at for at, word in enumerate(words) if word in PLAIN_WORDS), len(words))
    return words[:cut]


def _compound(words: tuple[str, ...]) -> _Entry | None:
    """A German compound by its last part: `Federkraft` is a Kraft."""
    head = _until_plain(words)
    if not head or TURNING & set(words):
        return None
    last = next((part for part in GERMAN_HEADS if head[-1].endswith(part) and head[-1] != part), None)
    return None if last is None else _TABLE[last]


def _words(meaning: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", meaning).casefold().replace("’", "'")
    return tuple(_singular(word) for word in _WORD.findall(plain))


def _singular(word: str) -> str:
    if word in _KEPT or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_KEPT = frozenset({"mass", "gas", "lens", "stress", "bias", "corps", "temps", "masse", "poids", "axis"})


def _table() -> Mapping[str, _Entry]:
    table: dict[str, _Entry] = {}
    for base, sign, phrases in ROWS:
        entry = (None if base == OPEN else dimension_of(base), Sign(sign))
        for phrase in phrases.split(","):
            key = " ".join(_words(phrase))
            assert key, phrases
            assert key not in table, f"{key} stands twice in the lexicon"
            table[key] = entry
    return MappingProxyType(table)


_TABLE = _table()
_LONGEST = max(len(key.split()) for key in _TABLE)
_SIGN_OF_DIMENSION: Mapping[Dimension, Sign] = MappingProxyType(
    {dimension_of(base): Sign.POSITIVE for base in POSITIVE}
    | {dimension_of(base): Sign.SIGNED for base in ("kg m2 s-3 A-1", "A", "A s")}
)


def size() -> int:
    """How many phrases the lexicon knows."""
    return len(_TABLE)
