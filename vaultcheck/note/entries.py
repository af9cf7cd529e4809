"""The entries of a properties block: what is kept of a key and its value."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultcheck.source import make_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultcheck.note.model import Property

_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


class Entries(NamedTuple):
    """What a properties block says: nothing when `problem` tells why it cannot be read; `at` is where. `telling` has
    the values, with their properties, that may hold tags, aliases or links."""

    properties: tuple[Property, ...] = ()
    telling: Sequence[tuple[Property, Any]] = ()
    problem: str = ""
    at: int = 0


class Entry(NamedTuple):
    """One of them before it has a place: `written` is the JSON text of the value."""

    key: str
    value: Any
    written: str
    telling: bool


def make_entry(key: str, value: Any) -> Entry:
    """The entry of a key and a value as YAML has them."""
    written = _json(value)
    telling = '"' in written and ("[[" in written or key.lower() in _TELLING)
    return make_record(Entry, (key, value, written, telling))


_TELLING = frozenset({"aliases", "tags"})


def _json(value: object) -> str:
    """The JSON text of a value. Most are words or lists of words, for which the encoder is a long way round."""
    if value.__class__ is str:
        return encode_basestring(value)
    if value.__class__ is list:
        return f"[{', '.join([_json(item) for item in value])}]"
    return "null" if value is None else _ENCODER.encode(value)
