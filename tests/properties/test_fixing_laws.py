"""Laws of fixing: twice is once, no error is new, and what was not edited stays as it was."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.test_rules import EVERYTHING, vaults
from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.findings import Applicability, Finding, Fix, Report, Severity
from vaultcheck.fix import apply
from vaultcheck.repair import Repair, repair
from vaultcheck.source import Location, NotePath, Source, Span, TextEdit
from vaultcheck.vault import Vault


def _checked(vault: Vault) -> Report:
    return check(analyse(vault, EVERYTHING))


def _repaired(files: dict[str, str], *, unsafe: bool) -> Repair:
    def wanted(finding: Finding) -> str:
        assert finding.fix is not None
        return "" if unsafe or finding.fix.applicability is Applicability.SAFE else "unsafe"

    return repair(Vault.of(files), _checked, wanted)


@settings(max_examples=120, deadline=None)
@given(vaults, st.booleans())
def test_fixing_twice_is_fixing_once_and_brings_nothing(files: dict[str, str], unsafe: bool) -> None:
    repaired = _repaired(files, unsafe=unsafe)
    fixed = files | {change.path: change.text for change in repaired.changes}
    before, after = _checked(Vault.of(files)), _checked(Vault.of(fixed))
    assert after == repaired.report
    assert all(change.before == files[change.path] != change.text for change in repaired.changes)
    assert len(after.findings) <= len(before.findings) - len(repaired.fixed)
    assert not _counted(after) - _counted(before), "a rule has found more than before"
    assert _repaired(fixed, unsafe=unsafe).changes == ()


def _counted(report: Report) -> Counter[tuple[str, str]]:
    """How many errors each rule finds in each file; lowered ones count as what they are."""
    return Counter((f.rule, f.location.path) for f in report.findings if f.severity is Severity.ERROR)


A = NotePath("A.md")
edits = st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from(["", "x", "\r\n", "long text"])).map(
    lambda of: TextEdit(Location(A, Span(of[0], of[0] + of[1])), of[2])
)
fixes = st.lists(edits, min_size=1, max_size=3).map(lambda some: Fix("mend", Applicability.SAFE, tuple(some)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=14), st.lists(fixes, max_size=6))
def test_text_outside_of_the_edits_stays_as_it_is(text: str, wanted: list[Fix]) -> None:
    applied = apply({A: Source(A, text)}, wanted)
    rest, expected, done = applied.texts.get(A, text), "", 0
    for edit in applied.edits.get(A, ()):
        start, end = edit.location.span
        assert start >= done
        expected += text[done:start] + edit.replacement
        done = end
    assert rest == expected + text[done:]
    kept = [fix for fix in wanted if fix not in applied.skipped]
    assert {edit for fix in kept for edit in fix.edits} == set(applied.edits.get(A, ()))
