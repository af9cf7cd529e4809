"""Verdicts, evidence and terms as JSON values and back: plain lists, texts and numbers, nothing that runs."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from vaultcheck.formula import model, verdict

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]

CLASSES: dict[str, type] = {
    name: kind
    for module in (model, verdict)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and kind.__module__ == module.__name__
}
"""Every type that may be written: those of the model and of the verdicts, and no others."""
MAX_DEPTH = 400
_MOST_BITS = 10_000
"""Python writes integers of up to 4300 digits, some 14,000 bits, in decimal."""


class CodecError(ValueError):
    """The value is not one that `to_json` wrote."""


def to_json(value: Any) -> JsonValue:
    """A dataclass of the model or of a verdict, or what is inside one, as a JSON value. Spans are left out."""
    match value:
        case Enum():
            return {"@": type(value).__name__, "is": str(value.value)}
        case None | bool() | int() | str():
            return value
        case Fraction():
            return {"@": "Fraction", "is": _digits(value)}
        case tuple():
            return [to_json(item) for item in value]
        case _ if is_dataclass(value) and type(value).__name__ in CLASSES:
            row: dict[str, JsonValue] = {"@": type(value).__name__}
            for entry in fields(value):
                item = getattr(value, entry.name)
                if entry.name != "span" and (entry.default is MISSING or item != entry.default):
                    row[entry.name] = to_json(item)
            return row
        case _:
            raise CodecError(f"{type(value).__name__} is not written")


def from_json(value: JsonValue, depth: int = 0) -> Any:
    """The inverse of `to_json`; raises `CodecError` for anything else."""
    if depth > MAX_DEPTH:
        raise CodecError("nested too deeply")
    match value:
        case None | bool() | int() | str():
            return value
        case list():
            return tuple(from_json(item, depth + 1) for item in value)
        case {"@": "Fraction", "is": str() as text}:
            return _fraction(text)
        case {"@": str() as name} if name in CLASSES:
            kind = CLASSES[name]
            try:
                if issubclass(kind, Enum):
                    return kind(value["is"])
                parts = {key: from_json(item, depth + 1) for key, item in value.items() if key != "@"}
                return kind(**parts)
            except (TypeError, ValueError, KeyError) as error:
                raise CodecError(f"{name}: {error}") from error
        case _:
            raise CodecError("an unknown kind of value")


def _digits(value: Fraction) -> str:
    """A fraction in decimal digits, or in hexadecimal ones (`0x…`) where there are more than Python writes out."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) < _MOST_BITS:
        return str(value)
    return f"{value.numerator:#x}/{value.denominator:#x}"


def _fraction(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    try:
        base = 16 if "0x" in text else 10
        return Fraction(int(top, base), int(bottom or "1", base))
    except (ValueError, ZeroDivisionError) as error:
        raise CodecError(f"{text[:40]} is no fraction") from error
