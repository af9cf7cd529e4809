"""Links that several files answer equally well."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.graph.model import Ambiguous
from vaultcheck.graph.wording import listed, note_name, quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, Span

INFO = RuleInfo("ambiguous-link", "a link that several files answer equally well", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Ties: Obsidian opens whichever of the candidates it indexed first."""
    for path, link, resolution in analysis.reported:
        if not isinstance(resolution, Ambiguous):
            continue
        names = tuple(note_name(candidate) for candidate in resolution.candidates)
        some = [quoted(name) for name in names[:3]] + ([f"{len(names) - 3} more"] if len(names) > 3 else [])
        yield Finding(
            rule=INFO.name,
            message=f"{quoted(link.linkpath)} may be {listed(some, 'or')}",
            location=Location(path, link.span),
            severity=INFO.severity,
            related=tuple(Related(Location(other, Span(0, 0)), "may be meant") for other in resolution.candidates),
            hint="write the path from the vault's root",
            suggestions=names,
        )


RULE = Rule(INFO, check)
