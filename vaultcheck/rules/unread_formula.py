"""Formulas that could not be read, where a verdict was wanted."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.model import FormulaClass, Unreadable
from vaultcheck.graph.wording import quoted
from vaultcheck.proof.model import Claim
from vaultcheck.proof.wording import wanted
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("unread-formula", "a formula that is to be checked could not be read", Severity.NOTE)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Claims whose formula stopped the reader. Formulas that nobody asked about are left in peace."""
    for judged in analysis.appraisal.judged:
        claim = judged.claim
        problem = claim.reading.problem
        if problem is not None and claim.reading.formula_class is FormulaClass.UNREADABLE and wanted(claim):
            yield Finding(
                rule=INFO.name,
                message=f"this formula could not be read: {_where(claim, problem)}",
                location=claim.location,
                severity=INFO.severity,
                hint="see the page of the formula language for what is understood",
            )


def _where(claim: Claim, problem: Unreadable) -> str:
    rest = claim.reading.latex[problem.span[0] :].split("\n")[0][:20].strip()
    return f"at {quoted(rest)}, {problem.expected}" if rest else problem.expected


RULE = Rule(INFO, check)
