"""Reads the explicit declarations: the `symbols:` property and `given::` fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from vaultcheck.formula.units import PURE_NUMBER, is_sure, read_quantity
from vaultcheck.note.model import Field, Property
from vaultcheck.proof.declared import How
from vaultcheck.proof.meanings import Meaning, read_meaning, with_value
from vaultcheck.proof.passages import Passage
from vaultcheck.proof.symbol_names import Named, Used, name_in, plain_name
from vaultcheck.proof.values import Value
from vaultcheck.source import Span

KEY = "symbols"
GIVEN = "given"
_EVERYTHING = Used(frozenset(), frozenset())
_PARTS = re.compile(r",(?!\d)|;")
_MAX_SYMBOLS = 2000

Explicit = tuple[Named, Meaning, Span, How]


def property_symbols(written: Property, text: str) -> Iterator[Explicit]:
    """The symbols of a `symbols:` property: a mapping from name to meaning, or a list of such mappings."""
    try:
        value = json.loads(written.value)
    except ValueError:
        return
    for key, said in list(_pairs(value))[:_MAX_SYMBOLS]:
        found = re.compile(rf"""^[ \t]*-?[ \t]*['"]?({re.escape(key)})['"]?[ \t]*:""", re.MULTILINE).search(
            text, written.span.start
        )
        span = Span(*found.span(1)) if found else written.span
        named = _name(key)
        if named is not None and isinstance(said, str | int | float):
            passage = Passage(str(said), (), span, None, False, ((0, span.start),))
            meaning = read_meaning(passage, str(said), _EVERYTHING)
            if meaning.value is None and meaning.unit is None:
                value_only = _value(str(said))
                meaning = with_value(Meaning(), value_only) if value_only else meaning
            yield named, meaning, span, How.PROPERTY


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, dict):
                yield from one.items()
            elif isinstance(one, str) and ":" in one:
                name, _, said = one.partition(":")
                yield name.strip(), said.strip()


def given_symbols(field: Field) -> Iterator[Explicit]:
    """The values that a `given::` field fixes: `V_m = -100 mV, R = 5 MΩ`. What is not a value is no symbol."""
    begin = 0
    for part in _PARTS.split(field.value):
        left, sign, right = part.partition("=")
        start = field.value.find(left, begin)
        begin = start + len(part)
        named = _name(left.strip().strip("$"))
        value = _value(right) if sign else None
        if named is not None and value is not None:
            at = field.span.start + start + len(left) - len(left.lstrip())
            yield named, with_value(Meaning(), value), Span(at, at + len(left.strip())), How.GIVEN


def _value(right: str) -> Value | None:
    """A field holds no formulas, so that what stands behind the number is its unit."""
    found = read_quantity(right)
    return found if found is not None and found[2] != PURE_NUMBER and is_sure(found[2]) else None


def _name(written: str) -> Named | None:
    return plain_name(written) or name_in(written.strip().strip("$"))
