"""Regular expressions mean the same on every Python that is supported.

Before Python 3.11.5 a possessive group, as in `(?:ab?)*+`, matches what it should not, or nothing at all
(python/cpython#106052, #100061). A possessive character or class is sound; an atomic group `(?>…)` says the rest.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from re import _parser as parser  # type: ignore[attr-defined]  # what a pattern consists of is nowhere else to be had
from typing import Any

import vaultcheck

SINGLE = {"ANY", "CATEGORY", "IN", "LITERAL", "NOT_LITERAL", "RANGE"}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of the package keeps."""
    for info in pkgutil.walk_packages(vaultcheck.__path__, "vaultcheck."):
        if info.name != "vaultcheck.__main__":
            for name, value in vars(import_module(info.name)).items():
                for item in value if isinstance(value, tuple | list) else (value,):
                    if isinstance(item, re.Pattern) and isinstance(item.pattern, str):
                        yield f"{info.name}.{name}", item


def possessive_groups(tree: Any) -> Iterator[str]:
    """The repeated parts of a parsed pattern that are possessive and more than one character."""
    for operator, argument in tree:
        if str(operator) == "POSSESSIVE_REPEAT":
            _, _, body = argument
            if len(body) != 1 or str(body[0][0]) not in SINGLE:
                yield str(body)
        for part in argument if isinstance(argument, tuple | list) else (argument,):
            if isinstance(part, parser.SubPattern):
                yield from possessive_groups(part)
            elif isinstance(part, list):
                for branch in part:
                    if isinstance(branch, parser.SubPattern):
                        yield from possessive_groups(branch)


def test_no_pattern_holds_a_possessive_group() -> None:
    found = [
        (name, group)
        for name, pattern in patterns()
        for group in possessive_groups(parser.parse(pattern.pattern, pattern.flags))
    ]
    assert not found


def test_patterns_are_looked_at() -> None:
    assert len(list(patterns())) > 100
    for bad in (r"(?:ab?)*+", r"x(?:(a|b[c]++d)++|e)", r"(?=(?:ab)++)"):
        assert list(possessive_groups(parser.parse(bad)))
    for good in (r"a*+", r"[ab]++c?+", r"(?>(?:ab)*)", r"\s*+.++"):
        assert not list(possessive_groups(parser.parse(good)))
