"""The cases of `tests/cases` and the examples of `docs/rules`: each gives exactly the report it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases_reader import Case, cases_in, update

ROOT = Path(__file__).parent.parent
CASES = [
    case
    for folder in ("tests/cases", "docs/rules")
    for file in sorted((ROOT / folder).glob("*.md"))
    for case in cases_in(file)
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_gives_its_report(case: Case, request: pytest.FixtureRequest) -> None:
    report, fixed = case.answer()
    if request.config.getoption("--update-cases"):
        update(case, report, fixed)
        return
    assert report == case.report
    assert {path: fixed[path] for path in case.fixed} == case.fixed


def test_titles_are_unique_in_their_file() -> None:
    titles = [(case.file, case.title) for case in CASES]
    assert len(set(titles)) == len(titles)


def test_a_wrong_report_is_noticed(tmp_path: Path) -> None:
    """The reader itself: a case that shows another report than its vault gives does not pass."""
    file = tmp_path / "cases.md"
    file.write_text("## One\n\n~~~~note A.md\n[[B/C]]\n~~~~\n\n~~~~report\n~~~~\n", encoding="utf-8")
    (case,) = cases_in(file)
    report, fixed = case.answer()
    assert report.startswith("A.md:1:1: error: ")
    assert report != case.report
    update(case, report, fixed)
    (rewritten,) = cases_in(file)
    assert rewritten.report == report
