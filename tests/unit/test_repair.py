"""Fixes are kept only where the vault, checked anew, has lost their findings and gained none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vaultcheck.findings import Applicability, Finding, Fix, Report, Severity
from vaultcheck.repair import Repair, repair
from vaultcheck.source import Location, NotePath, Span, TextEdit
from vaultcheck.vault import Vault, paths_of

Rule = Callable[[NotePath, str], Iterator[Finding]]


def words(rule: str, word: str, by: str, severity: Severity = Severity.WARNING) -> Rule:
    """A rule that finds a word, and would write another in its place."""

    def find(path: NotePath, text: str) -> Iterator[Finding]:
        start = text.find(word)
        while start >= 0:
            place = Location(path, Span(start, start + len(word)))
            fix = Fix(f"write {by}", Applicability.SAFE, (TextEdit(place, by),)) if by else None
            yield Finding(rule, f"{word} is there", place, severity, fix=fix)
            start = text.find(word, start + len(word))

    return find


def repaired(files: dict[str, str], *rules: Rule) -> tuple[Repair, dict[str, str], int]:
    """What becomes of the fixes, of the files, and how often the vault was checked."""
    runs = []

    def checked(vault: Vault) -> Report:
        runs.append(vault)
        found = [f for path in paths_of(vault) for rule in rules for f in rule(path, vault.read(path).text)]
        return Report(tuple(sorted(found, key=lambda finding: (finding.location, finding.rule))))

    result = repair(Vault.of(files), checked, lambda finding: "" if finding.fix else "no fix")
    return result, files | {change.path: change.text for change in result.changes}, len(runs)


def test_fixes_that_help_are_made_at_once() -> None:
    result, files, runs = repaired({"A.md": "colour colour", "B.md": "x colour"}, words("us", "colour", "color"))
    assert files == {"A.md": "color color", "B.md": "x color"}
    assert (len(result.fixed), result.refused, runs) == (3, (), 2)
    assert [(change.path, change.before) for change in result.changes] == [
        ("A.md", "colour colour"),
        ("B.md", "x colour"),
    ]


def test_a_fix_that_brings_another_finding_is_refused_and_the_others_are_made() -> None:
    rules = (words("a", "aaa", "bad"), words("b", "bbb", "good"), words("c", "bad", "", Severity.NOTE))
    result, files, _ = repaired({"A.md": "bbb aaa bbb", "B.md": "aaa"}, *rules)
    assert files == {"A.md": "good aaa good", "B.md": "aaa"}
    assert [(one.finding.location.span.start, one.reason) for one in result.refused] == [
        (5, "it would bring c"),
        (0, "it would bring c"),
    ]
    assert {one.finding.rule for one in result.refused} == {"a"}


def test_a_fix_whose_finding_stays_is_refused() -> None:
    result, files, _ = repaired({"A.md": "aaa bbb"}, words("a", "a", "aa"), words("b", "bbb", "c"))
    assert files == {"A.md": "aaa c"}
    assert {one.reason for one in result.refused} <= {"the finding would still be there", "it would bring a"}


def test_a_finding_far_from_the_edit_counts_too() -> None:
    """Nothing tells which of the fixes is to blame, so that they are tried apart."""

    def far(path: NotePath, text: str) -> Iterator[Finding]:
        if "trigger" in text:
            yield Finding("far", "seen from afar", Location(path, Span(0, 0)), Severity.NOTE)

    rules = (words("a", "aaa", "fine"), words("b", "bbb", "trigger"), words("c", "ccc", "good"), far)
    result, files, _ = repaired({"A.md": "start aaa bbb ccc bbb aaa"}, *rules)
    assert files == {"A.md": "start fine bbb good bbb fine"}
    assert [one.reason for one in result.refused] == ["it would bring far"] * 2


def test_a_finding_that_becomes_worse_is_a_gain() -> None:
    def louder(path: NotePath, text: str) -> Iterator[Finding]:
        severity = Severity.ERROR if "bbb" in text else Severity.NOTE
        yield Finding("louder", "it is so", Location(path, Span(0, 0)), severity)

    _, files, _ = repaired({"A.md": "x aaa"}, words("a", "aaa", "bbb"), louder)
    assert files == {"A.md": "x aaa"}
    _, files, _ = repaired({"A.md": "x bbb"}, words("a", "bbb", "aaa"), louder)
    assert files == {"A.md": "x aaa"}


def test_of_two_that_overlap_the_second_has_its_turn_on_the_text_that_results() -> None:
    result, files, _ = repaired({"A.md": "abcd"}, words("a", "abc", "xbc"), words("b", "bcd", "bcy"))
    assert files == {"A.md": "xbcy"}
    assert len(result.fixed) == 2


def test_of_two_that_overlap_the_second_is_made_when_the_first_would_do_harm() -> None:
    rules = (words("a", "abc", "bad"), words("b", "bcd", "bcy"), words("c", "bad", "", Severity.ERROR))
    _, files, _ = repaired({"A.md": "abcd"}, *rules)
    assert files == {"A.md": "abcy"}


def test_what_is_left_is_placed_in_the_text_that_results() -> None:
    rules = (words("a", "colour", "color"), words("b", "bbb", "bad"), words("c", "bad", ""))
    result, files, _ = repaired({"A.md": "colour bbb"}, *rules)
    (left,) = result.refused
    assert files["A.md"][left.finding.location.span.start :] == "bbb"


def test_fixes_that_are_not_wanted_are_told_with_their_reason() -> None:
    def checked(vault: Vault) -> Report:
        rule = words("a", "aaa", "b")
        found = [finding for path in vault.notes for finding in rule(path, vault.read(path).text)]
        unsafe = [f._replace(fix=f.fix._replace(applicability=Applicability.UNSAFE)) for f in found if f.fix]
        return Report(tuple(unsafe))

    result = repair(Vault.of({"A.md": "aaa"}), checked, lambda finding: "not today")
    assert result.changes == ()
    assert [one.reason for one in result.refused] == ["not today"]
