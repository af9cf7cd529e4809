"""The data of a report. Knows neither who made a finding nor how it will be shown."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from vaultcheck.source import Location, NotePath, TextEdit


class Severity(StrEnum):
    """How bad, in SARIF's own levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """3 for an error, 2 for a warning, 1 for a note: larger is worse."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


class Applicability(StrEnum):
    """Whether a fix keeps what the author meant for certain (safe) or has to be looked at (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Fix(NamedTuple):
    """Edits that would remove a finding."""

    title: str
    applicability: Applicability
    edits: tuple[TextEdit, ...]


class Related(NamedTuple):
    """Another place that matters for a finding, and in which way."""

    location: Location
    label: str


class RuleInfo(NamedTuple):
    """A rule as it is named everywhere: `severity` is its default, `enabled` whether it runs unasked."""

    name: str
    summary: str
    severity: Severity
    fixable: bool = False
    enabled: bool = True


class Finding(NamedTuple):
    """One thing that is wrong, and where.

    `message` says what is wrong in one sentence that names the thing; `hint` what would help ("did you mean
    …?"); `suggestions` are the nearest existing names, best first, as they would be written in the link.
    """

    rule: str
    message: str
    location: Location
    severity: Severity
    related: tuple[Related, ...] = ()
    hint: str = ""
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None


class Ignored(NamedTuple):
    """A finding that its author overruled, with the reason given."""

    finding: Finding
    reason: str


class Report(NamedTuple):
    """What a run found, in the order path, position, rule.

    `counts` says what was looked at: notes, attachments, links, embeds, headings, blocks, tags, formulas.
    """

    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    counts: Mapping[str, int] = {}

    def worst(self) -> Severity | None:
        """The highest severity among the findings; `None` when there are none."""
        return max((finding.severity for finding in self.findings), key=lambda s: s.weight, default=None)

    def of(self, path: NotePath) -> tuple[Finding, ...]:
        """The findings in one file."""
        return tuple(finding for finding in self.findings if finding.location.path == path)
