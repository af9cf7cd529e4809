"""The shape of a rule: what it is called, and a question put to an analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo


class Rule(NamedTuple):
    """`check` reads the analysis and yields findings; it never parses, proves, prints or asks another rule."""

    info: RuleInfo
    check: Callable[[Analysis], Iterable[Finding]]
