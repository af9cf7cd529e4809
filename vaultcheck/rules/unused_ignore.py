"""Ignores that silence nothing."""

from __future__ import annotations

from collections.abc import Iterable

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("unused-ignore", "an ignore that silences no finding", Severity.WARNING)


def check(analysis: Analysis) -> Iterable[Finding]:  # noqa: ARG001  (the shape of every rule)
    """Nothing: which ignores were of use is known only when all other rules have spoken, so `check` yields these."""
    return ()


RULE = Rule(INFO, check)
