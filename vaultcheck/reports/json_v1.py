"""Findings for programs: JSON, version 1 of the format (docs/formats/json-v1.md, `json_v1.schema.json`).

A published format is a promise: this module does not change what it writes, a new version is a new module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from vaultcheck import __version__
from vaultcheck.findings import Finding, Fix, Ignored, Report, Severity
from vaultcheck.source import Location, NotePath, Source

VERSION = 1


def render(report: Report, sources: Callable[[NotePath], Source]) -> Iterator[str]:
    """One JSON object in pieces, a finding a line, so that a difference of two reports is readable."""
    write = _Writer(sources)
    head = json.dumps({"version": VERSION, "vaultcheck": __version__}, ensure_ascii=False)
    yield head[:-1] + ",\n"
    yield f'"summary": {write.text(_summary(report))},\n'
    yield f'"rules": {write.text([_rule(rule.name, rule.summary, rule.severity) for rule in report.rules])},\n'
    yield '"findings": ['
    for number, finding in enumerate(report.findings):
        yield ("," if number else "") + "\n" + write.text(write.finding(finding))
    yield "\n],\n" if report.findings else "],\n"
    yield '"ignored": ['
    for number, ignored in enumerate(report.ignored):
        yield ("," if number else "") + "\n" + write.text(write.ignored(ignored))
    yield "\n]}\n" if report.ignored else "]}\n"


def render_lines(report: Report, sources: Callable[[NotePath], Source]) -> Iterator[str]:
    """One JSON object a line: the findings, what was overruled, and last the summary; `type` tells them apart."""
    write = _Writer(sources)
    for finding in report.findings:
        yield write.text({"version": VERSION, "type": "finding", **write.finding(finding)}) + "\n"
    for ignored in report.ignored:
        yield write.text({"version": VERSION, "type": "ignored", **write.ignored(ignored)}) + "\n"
    yield write.text({"version": VERSION, "type": "summary", "vaultcheck": __version__, **_summary(report)}) + "\n"


def _summary(report: Report) -> dict[str, object]:
    found = [finding.severity for finding in report.findings]
    return {
        "counts": dict(sorted(report.counts.items())),
        "findings": {severity.value: found.count(severity) for severity in Severity},
        "ignored": len(report.ignored),
    }


def _rule(name: str, summary: str, severity: Severity) -> dict[str, object]:
    return {"name": name, "summary": summary, "severity": severity.value}


class _Writer:
    """Turns findings into plain values; keeps the last source, since findings come sorted by path."""

    def __init__(self, sources: Callable[[NotePath], Source]) -> None:
        self._sources = sources
        self._source = Source(NotePath(""), "")
        self._encode = json.JSONEncoder(ensure_ascii=False).encode

    def text(self, value: object) -> str:
        """Compact JSON. A lone surrogate, which UTF-8 cannot carry, becomes JSON's own escape for it."""
        return self._encode(value).encode("utf-8", "backslashreplace").decode("utf-8")

    def finding(self, finding: Finding) -> dict[str, object]:
        return {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "message": finding.message,
            "hint": finding.hint,
            **self._place(finding.location),
            "suggestions": list(finding.suggestions),
            "related": [{"label": related.label, **self._place(related.location)} for related in finding.related],
            "fix": None if finding.fix is None else self._fix(finding.fix),
        }

    def ignored(self, ignored: Ignored) -> dict[str, object]:
        return {"reason": ignored.reason, "finding": self.finding(ignored.finding)}

    def _fix(self, fix: Fix) -> Mapping[str, object]:
        edits = [{"replacement": edit.replacement, **self._place(edit.location)} for edit in fix.edits]
        return {"title": fix.title, "applicability": fix.applicability.value, "edits": edits}

    def _place(self, location: Location) -> dict[str, object]:
        if self._source.path != location.path:
            self._source = self._sources(location.path)
        start, end = location.span
        return {"path": location.path, "start": self._position(start), "end": self._position(end)}

    def _position(self, offset: int) -> dict[str, int]:
        where = self._source.position(offset)
        return {"line": where.line, "column": where.column, "offset": offset}
