"""The summary counts what was looked at and found, and says the links to notes not yet written in one number."""

from __future__ import annotations

import pytest

from vaultcheck.findings import Finding, Ignored, Report, Severity
from vaultcheck.reports.summary import only_counted, summary
from vaultcheck.source import Location, NotePath, Span

HERE = Location(NotePath("A.md"), Span(0, 1))


def found(rule: str, severity: Severity, number: int = 1) -> tuple[Finding, ...]:
    return (Finding(rule, "m", HERE, severity),) * number


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("report", "seconds", "line"),
    [
        (
            Report(
                found("broken-link", ERROR, 12) + found("x", WARNING, 40) + found("unwritten-note", NOTE, 1204),
                counts={"notes": 6571, "links": 48000},
            ),
            0.83,
            "Checked 6,571 notes, 48,000 links in 0.83 s: 12 errors, 40 warnings; "
            "1,204 links lead to notes not yet written",
        ),
        (Report((), counts={"notes": 1, "links": 0}), 1.26, "Checked 1 note, 0 links in 1.3 s: nothing wrong"),
        (
            Report(
                found("x", ERROR) + found("y", NOTE, 2) + found("unwritten-note", NOTE),
                ignored=(Ignored(found("x", ERROR)[0], "why"),),
                counts={"notes": 2, "links": 1},
            ),
            None,
            "Checked 2 notes, 1 link: 1 error, 2 of severity note; 1 link leads to a note not yet written; 1 overruled",
        ),
    ],
)
def test_summary(report: Report, seconds: float | None, line: str) -> None:
    assert summary(report, seconds) == line


def test_an_unwritten_note_whose_severity_was_raised_is_shown() -> None:
    assert only_counted(found("unwritten-note", NOTE)[0])
    assert not only_counted(found("unwritten-note", WARNING)[0])
    assert not only_counted(found("broken-link", NOTE)[0])
