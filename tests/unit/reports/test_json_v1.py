"""The JSON report keeps to its schema, whatever a vault holds."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from vaultcheck.findings import Applicability, Finding, Fix, Ignored, Related, Report, RuleInfo, Severity
from vaultcheck.reports.json_v1 import render, render_lines
from vaultcheck.source import Location, NotePath, Source, Span, TextEdit

SCHEMA: dict[str, Any] = json.loads(files("vaultcheck.reports").joinpath("json_v1.schema.json").read_text("utf-8"))
REPORT = Draft202012Validator(SCHEMA)
RECORD = Draft202012Validator({"$ref": "#/$defs/record", "$defs": SCHEMA["$defs"]})

PATH, OTHER = NotePath("Énergie.md"), NotePath("Work.md")
TEXTS = {PATH: "# É\nSee [[Work#Definiton]].", OTHER: "# Definition\n"}
FOUND = Finding(
    rule="broken-heading",
    message='Work has no heading "Definiton"',
    location=Location(PATH, Span(8, 26)),
    severity=Severity.ERROR,
    related=(Related(Location(OTHER, Span(0, 12)), "the nearest heading"),),
    hint='did you mean "Definition"?',
    suggestions=("Definition",),
    fix=Fix("write Definition", Applicability.SAFE, (TextEdit(Location(PATH, Span(15, 24)), "Definition"),)),
)
FULL = Report(
    (FOUND,),
    ignored=(Ignored(FOUND, "next week"),),
    rules=(RuleInfo("broken-heading", "A link to a heading that is not there.", Severity.ERROR),),
    counts={"notes": 2, "links": 1},
)


def sources(path: NotePath) -> Source:
    return Source(path, TEXTS.get(path, ""))


def test_a_report_says_everything_that_is_known_of_a_finding() -> None:
    report = json.loads("".join(render(FULL, sources)))
    REPORT.validate(report)
    assert report["summary"] == {
        "counts": {"links": 1, "notes": 2},
        "findings": {"error": 1, "warning": 0, "note": 0},
        "ignored": 1,
    }
    assert report["rules"][0]["name"] == "broken-heading"
    assert report["findings"] == [
        {
            "rule": "broken-heading",
            "severity": "error",
            "message": 'Work has no heading "Definiton"',
            "hint": 'did you mean "Definition"?',
            "path": "Énergie.md",
            "start": {"line": 2, "column": 5, "offset": 8},
            "end": {"line": 2, "column": 23, "offset": 26},
            "suggestions": ["Definition"],
            "related": [
                {
                    "label": "the nearest heading",
                    "path": "Work.md",
                    "start": {"line": 1, "column": 1, "offset": 0},
                    "end": {"line": 1, "column": 13, "offset": 12},
                }
            ],
            "fix": {
                "title": "write Definition",
                "applicability": "safe",
                "edits": [
                    {
                        "replacement": "Definition",
                        "path": "Énergie.md",
                        "start": {"line": 2, "column": 12, "offset": 15},
                        "end": {"line": 2, "column": 21, "offset": 24},
                    }
                ],
            },
        }
    ]
    assert report["ignored"] == [{"reason": "next week", "finding": report["findings"][0]}]


def test_a_clean_report_has_all_its_parts() -> None:
    report = json.loads("".join(render(Report(()), sources)))
    REPORT.validate(report)
    assert report["findings"] == report["ignored"] == report["rules"] == []


def test_every_finding_has_a_line_of_its_own() -> None:
    report = Report((FOUND, FOUND), ignored=(Ignored(FOUND, ""),))
    lines = "".join(render(report, sources)).splitlines()
    assert sum(line.startswith('{"rule": "broken-heading", "severity"') for line in lines) == 2


def test_lines_of_jsonl_are_records_and_end_with_the_summary() -> None:
    records = [json.loads(line) for line in "".join(render_lines(FULL, sources)).splitlines()]
    for record in records:
        RECORD.validate(record)
    assert [record["type"] for record in records] == ["finding", "ignored", "summary"]
    assert records[0]["rule"] == records[1]["finding"]["rule"] == "broken-heading"
    assert records[2]["findings"]["error"] == 1


def test_the_schema_refuses_what_is_no_report() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = json.loads("".join(render(FULL, sources)))
    for spoiled in (
        {**report, "version": 2},
        {**report, "extra": 1},
        {**report, "findings": [{**report["findings"][0], "severity": "fatal"}]},
        {**report, "findings": [{**report["findings"][0], "column": 1}]},
    ):
        assert not REPORT.is_valid(spoiled)
    assert not RECORD.is_valid({"version": 1, "type": "finding"})


@given(st.text(), st.text(st.characters(exclude_categories=())))
def test_any_name_survives(name: str, message: str) -> None:
    found = Finding("broken-link", message, Location(NotePath(name), Span(0, 3)), Severity.NOTE)
    for text in ("".join(render(Report((found,)), sources)), "".join(render_lines(Report((found,)), sources))):
        text.encode("utf-8")
    assert json.loads("".join(render(Report((found,)), sources)))["findings"][0]["path"] == name
