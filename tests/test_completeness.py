"""Nothing that has a name is left out: rules, their files, lines in the registry, pages and cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases_reader import cases_in
from vaultcheck.rules.claim_registry import CLAIM_RULES
from vaultcheck.rules.registry import RULES, every_rule, rule_named
from vaultcheck.rules.rule import Rule

ROOT = Path(__file__).parent.parent
RULE_FILES = sorted(
    file.stem
    for file in (ROOT / "vaultcheck" / "rules").glob("*.py")
    if file.stem not in {"__init__", "registry", "claim_registry", "rule"}
)
PAGES = ROOT / "docs" / "rules"
CASES = ROOT / "tests" / "cases"
EVERY_RULE = every_rule()
NAMES = [rule.info.name for rule in EVERY_RULE]
PARTS = ("## What", "## Why", "## Example", "## How to fix")

each_rule = pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.info.name)


def test_every_rule_file_is_registered_in_alphabetical_order() -> None:
    assert [name.replace("-", "_") for name in NAMES] == RULE_FILES
    for rules in (RULES, CLAIM_RULES):
        names = [rule.info.name for rule in rules]
        assert sorted(names) == names


def test_every_page_and_every_file_of_cases_belongs_to_a_rule() -> None:
    assert sorted(page.stem for page in PAGES.glob("*.md")) == sorted([*NAMES, "index"])
    named = {file.stem for file in CASES.glob("*.md")}
    assert named >= set(NAMES)


@each_rule
def test_a_rule_is_found_by_its_name(rule: Rule) -> None:
    assert rule_named(rule.info.name) is rule


def test_no_rule_has_another_name() -> None:
    assert rule_named("no-such-rule") is None


@each_rule
def test_a_page_says_what_why_and_how_to_fix_and_its_examples_run(rule: Rule) -> None:
    text = (PAGES / f"{rule.info.name}.md").read_text(encoding="utf-8")
    level = rule.info.severity if rule.info.enabled else "off"
    fix = " A fix is offered where there is one right answer." if rule.info.fixable else ""
    assert text.startswith(f"# {rule.info.name}\n\nDefault: **{level}**.{fix}\n")
    places = [text.find(f"\n{part}") for part in PARTS]
    assert -1 not in places, f"the page wants {PARTS}"
    assert places == sorted(places)
    reports = [case.report for case in cases_in(PAGES / f"{rule.info.name}.md")]
    assert any(f"[{rule.info.name}]" in report for report in reports)


@each_rule
def test_a_rule_has_a_case_that_gives_it_and_two_that_stay_silent(rule: Rule) -> None:
    reports = [case.report for case in cases_in(CASES / f"{rule.info.name}.md")]
    speaking = [report for report in reports if f"[{rule.info.name}]" in report]
    assert speaking
    assert len(reports) - len(speaking) >= 2


@each_rule
def test_a_rule_that_offers_fixes_shows_one(rule: Rule) -> None:
    fixes = [case for folder in (CASES, PAGES) for case in cases_in(folder / f"{rule.info.name}.md") if case.fixed]
    assert bool(fixes) == rule.info.fixable


def test_the_index_lists_every_rule_as_the_registry_has_it() -> None:
    rows = []
    for info in (rule.info for rule in EVERY_RULE):
        severity, fix = info.severity if info.enabled else "off", "yes" if info.fixable else ""
        rows.append(f"| [{info.name}]({info.name}.md) | {severity} | {fix} | {info.summary} |")
    text = (PAGES / "index.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("| [")] == rows
