"""Links and embeds of files that are not in the vault."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.graph.hidden import hidden_target
from vaultcheck.graph.intent import bracketed_address, file_surely_meant, inferred_reading, placeholder, web_address
from vaultcheck.graph.model import Missing, Part
from vaultcheck.graph.wording import did_you_mean, quoted
from vaultcheck.note.model import Link, Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location

INFO = RuleInfo("missing-attachment", "a linked or embedded file is not in the vault", Severity.ERROR)

_LONG_NUMBER = re.compile(r"\d{6,}")


def check(analysis: Analysis) -> Iterator[Finding]:
    """Missing files that are not notes: images, sound, video, PDF, canvases, bases and any other known kind."""
    for path, link, missing in analysis.missing(Part.ATTACHMENT):
        if link.syntax is Syntax.CANVAS:
            continue
        severity, hint = _special(analysis, link, missing)
        near = () if hint else analysis.suggest.near_attachments(missing.name)
        suggestions = tuple(name for name in near if _digits(name) == _digits(missing.name))
        yield Finding(
            rule=INFO.name,
            message=f"there is no file {quoted(missing.name)} in the vault",
            location=Location(path, link.span),
            severity=severity,
            hint=hint or did_you_mean(suggestions),
            suggestions=suggestions,
        )


def _digits(name: str) -> str:
    """The long numbers in a name: `Pasted image 20240502101112.png` is no misspelling of another minute's picture."""
    return "".join(_LONG_NUMBER.findall(name))


def _special(analysis: Analysis, link: Link, missing: Missing) -> tuple[Severity, str]:
    """Severity and hint where the nearest names would not help."""
    hidden = hidden_target(analysis.hidden, missing.name)
    if hidden is not None:
        return Severity.NOTE if hidden.in_cloud else INFO.severity, hidden.why
    if bracketed_address(link):
        return INFO.severity, f"for a web address write {'!' if link.embed else ''}[text]({link.linkpath})"
    if web_address(link):
        return Severity.WARNING, f"for a web address write https://{link.linkpath.lstrip('/')}"
    if not file_surely_meant(link):
        return Severity.NOTE, "if a note of that name is still to be written, this is as it should be"
    return Severity.WARNING if inferred_reading(link) or placeholder(link) else INFO.severity, ""


RULE = Rule(INFO, check)
