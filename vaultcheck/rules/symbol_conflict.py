"""One symbol with two meanings."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Related, RuleInfo, Severity
from vaultcheck.formula.dimension_names import describe
from vaultcheck.formula.write_names import text_name
from vaultcheck.graph.wording import quoted
from vaultcheck.proof.conflicts import symbol_conflicts
from vaultcheck.proof.declared import Declared, Disagreement
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("symbol-conflict", "one symbol is declared twice, as different things", Severity.WARNING)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Declarations of one symbol that disagree where both count."""
    for conflict in symbol_conflicts(analysis.asked, analysis.vault.read):
        name = text_name(conflict.name)
        first, second = _told(conflict.first, conflict.kind), _told(conflict.second, conflict.kind)
        yield Finding(
            rule=INFO.name,
            message=f"{quoted(name)} is {second} here, and {first} before",
            location=conflict.second.location,
            severity=INFO.severity,
            related=(Related(conflict.first.location, "declared here first"),),
            hint="give one of them another name, or a section of its own",
        )


def _told(declared: Declared, kind: Disagreement) -> str:
    """What a declaration says of the symbol, as far as it matters."""
    quantity = declared.quantity
    if kind is Disagreement.VALUE and quantity.value is not None:
        unit = quantity.unit
        value = (quantity.value - unit.offset) / unit.scale if unit is not None else quantity.value
        return f"{float(value):.6g} {unit.text if unit is not None else ''}".strip()
    measured = describe(quantity.dimension) if quantity.dimension is not None else ""
    words = quoted(quantity.meaning) if quantity.meaning else ""
    if words and measured:
        return f"{words}, {measured},"
    return words or measured


RULE = Rule(INFO, check)
