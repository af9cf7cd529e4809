"""Every case of the conformance table: one link, tag list or formula list each, as Obsidian's index has it.

`certainty` says where a case comes from: `documented` by Obsidian, `reimplemented` (observed in the app by a third
party, or in independent tools), `inferred`; an inferred one may name several statuses in `accept`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultcheck.library import Answer, answer, math, tags

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases/conformance.json").read_text("utf-8"))
LINKS = [case for case in CASES if case["expect"]["status"] not in {"tags", "math"}]


def _name(case: dict[str, Any]) -> str:
    return f"{case['id']}:{case['topic']}"


@pytest.mark.parametrize("case", LINKS, ids=_name)
def test_a_link_reaches_what_obsidian_says(case: dict[str, Any]) -> None:
    expect = case["expect"]
    got = answer(case["files"], case["source"], case["link"], case.get("config"))
    assert got.status in expect.get("accept", [expect["status"]])
    if got.status == expect["status"]:
        _same_details(got, expect)


def _same_details(got: Answer, expect: dict[str, Any]) -> None:
    assert got.target == expect["target"]
    assert expect["subpath"] is None or got.subpath is not None
    for key, value in (expect["subpath"] or {}).items():
        assert (got.subpath or {}).get(key) == value
    for key in expect.keys() & {"also", "candidates", "embed", "size", "property", "hidden", "excluded"}:
        assert getattr(got, key) == expect[key], key


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"]["status"] == "tags"], ids=_name)
def test_the_tags_of_a_note(case: dict[str, Any]) -> None:
    assert tags(case["files"][case["source"]]) == case["expect"]["tags"]


@pytest.mark.parametrize("case", [case for case in CASES if case["expect"]["status"] == "math"], ids=_name)
def test_the_formulas_of_a_note(case: dict[str, Any]) -> None:
    assert math(case["files"][case["source"]]) == case["expect"]["spans"]
