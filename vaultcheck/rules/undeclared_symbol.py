"""Symbols that nobody says the meaning of."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.walk import names_of
from vaultcheck.formula.write_names import text_name
from vaultcheck.graph.wording import quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import NotePath

INFO = RuleInfo("undeclared-symbol", "nobody says what a symbol of a claim means", Severity.NOTE, enabled=False)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Names in claims that are declared neither in the note nor where it links to; each once a note."""
    seen: set[tuple[NotePath, str]] = set()
    for judged in analysis.appraisal.judged:
        claim = judged.claim
        if not claim.judged:
            continue
        known = {quantity.name for quantity in claim.vocabulary if quantity.meaning or quantity.dimension is not None}
        used = {name for relation in claim.reading.relations for name in names_of(relation)}
        for name in sorted(used - known):
            if (claim.path, name) in seen:
                continue
            seen.add((claim.path, name))
            yield Finding(
                rule=INFO.name,
                message=f"nothing says what {quoted(text_name(name))} means",
                location=claim.location,
                severity=INFO.severity,
                hint=f"for instance: where ${name}$ is its meaning in its unit",
            )


RULE = Rule(INFO, check)
