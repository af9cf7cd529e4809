"""What the author's guide says of verdicts and standings is what is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.judges import IN_PROCESS
from vaultcheck.analysis import analyse
from vaultcheck.config import Config
from vaultcheck.formula.tell import headline
from vaultcheck.proof.model import Standing
from vaultcheck.vault import Vault

PAGE = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")
NOTES = dict(re.findall(r"^~~~~note (.+?)\n(.*?)^~~~~$", PAGE, re.DOTALL | re.MULTILINE))
ROWS = {
    what: re.findall(r"^\| `([^`\n]+#\^[^`\n]+)` \| ([^|\n]+) \|$", table, re.MULTILINE)
    for what in ("verdict", "standing", "its premises are")
    for table in ["\n".join(re.findall(rf"^\| claim \| {what} \|\n\|[-|]+\n((?:\|[^\n]*\n)+)", PAGE, re.MULTILINE))]
}


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[str, str, str]]:
    """The verdicts and standings of the notes on the page, and how premises were found."""
    analysis = analyse(Vault.of(NOTES), Config(), proving=IN_PROCESS)
    return {
        one.claim.id: (headline(one.verdict) if one.verdict else "", one.standing.value, one.claim.way.value)
        for one in analysis.appraisal.judged
    }


@pytest.mark.parametrize(("name", "said"), ROWS["verdict"])
def test_each_verdict_is_as_the_page_says(found: dict[str, tuple[str, str, str]], name: str, said: str) -> None:
    assert found[name][0].partition(":")[0] == said


@pytest.mark.parametrize(("name", "said"), ROWS["standing"])
def test_each_standing_is_as_the_page_says(found: dict[str, tuple[str, str, str]], name: str, said: str) -> None:
    assert found[name][1] == said


@pytest.mark.parametrize(("name", "said"), ROWS["its premises are"])
def test_premises_are_found_as_the_page_says(found: dict[str, tuple[str, str, str]], name: str, said: str) -> None:
    assert found[name][2] == said


def test_the_page_says_something() -> None:
    assert len(ROWS["verdict"]) >= 9
    assert len(ROWS["standing"]) >= 11
    assert len(ROWS["its premises are"]) == 4


def test_every_standing_is_explained() -> None:
    table = PAGE.partition("\n## Standing\n")[2]
    assert re.findall(r"^\| `(\w+)` \| [a-z]", table, re.MULTILINE)[: len(Standing)] == [one.value for one in Standing]
