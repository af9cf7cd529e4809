"""One line a finding, whatever the names hold."""

from __future__ import annotations

from vaultcheck.findings import Finding, Report, Severity
from vaultcheck.reports.concise import render
from vaultcheck.source import Location, NotePath, Source, Span


def test_a_line_holds_place_severity_message_hint_and_rule() -> None:
    path = NotePath("Energy.md")
    where = Location(path, Span(4, 22))
    message = 'Work has no heading "Definiton"'
    findings = (
        Finding("broken-heading", message, where, Severity.ERROR, hint='did you mean "Definition"?'),
        Finding("ambiguous-link", "Work is two notes", where, Severity.WARNING),
    )
    asked = []

    def sources(path: NotePath) -> Source:
        asked.append(path)
        return Source(path, "See [[Work#Definiton]].")

    assert "".join(render(Report(findings), sources)) == (
        'Energy.md:1:5: error: Work has no heading "Definiton"; did you mean "Definition"? [broken-heading]\n'
        "Energy.md:1:5: warning: Work is two notes [ambiguous-link]\n"
    )
    assert asked == [path], "a file is read once for all its findings"


def test_a_name_with_a_newline_stays_on_its_line() -> None:
    path = NotePath("two\nlines.md")
    found = Finding("broken-link", "no note \x1b[1m\udc80", Location(path, Span(0, 0)), Severity.ERROR)
    printed = "".join(render(Report((found,)), lambda path: Source(path, "")))
    assert printed.startswith("two\\nlines.md:1:1: error: no note \\x1b[1m")
    assert printed.count("\n") == 1
    printed.encode("utf-8")


def test_nothing_is_printed_for_a_clean_vault() -> None:
    assert "".join(render(Report(()), lambda path: Source(path, ""))) == ""
