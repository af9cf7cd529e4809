"""The last line of a run: what was looked at, how long it took, how much was found."""

from __future__ import annotations

from collections import Counter

from vaultcheck.findings import Finding, Report, Severity

UNWRITTEN = "unwritten-note"


def only_counted(finding: Finding) -> bool:
    """Whether reports for people count a finding instead of showing it: a link to a note not yet written is no fault,
    and a vault may have thousands. One whose severity the user raised is shown."""
    return finding.rule == UNWRITTEN and finding.severity is Severity.NOTE


def summary(report: Report, seconds: float | None = None) -> str:
    """The summary of a report in one line; without `seconds` the time is left out."""
    looked = ", ".join(_counted(report.counts.get(f"{what}s", 0), what) for what in ("note", "link"))
    time = "" if seconds is None else f" in {seconds:.{2 if seconds < 0.995 else 1}f} s"
    found = Counter(finding.severity for finding in report.findings if not only_counted(finding))
    faults = [_counted(found[severity], severity.value) for severity in (Severity.ERROR, Severity.WARNING)]
    parts = [
        fault for fault, severity in zip(faults, (Severity.ERROR, Severity.WARNING), strict=True) if found[severity]
    ]
    if found[Severity.NOTE]:
        parts.append(f"{found[Severity.NOTE]:,} of severity note")
    text = f"Checked {looked}{time}: {', '.join(parts) or 'nothing wrong'}"
    if unwritten := sum(map(only_counted, report.findings)):
        lead = "links lead to notes" if unwritten > 1 else "link leads to a note"
        text += f"; {unwritten:,} {lead} not yet written"
    if report.ignored:
        text += f"; {len(report.ignored):,} overruled"
    return text


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
