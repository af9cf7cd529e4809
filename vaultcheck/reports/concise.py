"""One line a finding: `path:line:col: severity: message [rule]`, as compilers write it and editors read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vaultcheck.findings import Finding, Report
from vaultcheck.source import NotePath, Source, shown


def render(report: Report, sources: Callable[[NotePath], Source]) -> Iterator[str]:
    """The findings in the order of the report, a line each; `sources` is asked only for files with findings."""
    source = Source(NotePath(""), "")
    for finding in report.findings:
        if source.path != finding.location.path:
            source = sources(finding.location.path)
        yield line(finding, source) + "\n"


def line(finding: Finding, source: Source) -> str:
    """A finding in one line without its line end; control characters in names are written as escapes."""
    where = source.position(finding.location.span.start)
    message = f"{finding.message}; {finding.hint}" if finding.hint else finding.message
    path = shown(finding.location.path)
    return f"{path}:{where.line}:{where.column}: {finding.severity}: {shown(message)} [{finding.rule}]"
