"""`vaultcheck verify`, `accept` and `list claims|formulas|symbols`: what they show, write and return."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import LayOut
from tests.unit.proof.claims_by_hand import Oracle, proved
from vaultcheck import reading
from vaultcheck.cli.main import run
from vaultcheck.formula.verdict import Obligation, Refutation, Status, Verdict
from vaultcheck.proof import proving

NOTES = {
    "Ohm.md": "# Ohm\n\nThe law is $V = R I$. ^law\n\nwhere $V$ is the voltage in V, $R$ the resistance in Ω and $I$ "
    "the current in A.\n",
    "Cell.md": "By [[Ohm#^law]], $I = V / R$ #to_verify ^current\n\nBy [[Ohm#^law]], $I = V R$ #to_verify ^slip\n\n"
    "By [[#^current]], $R = V / I$ #to_verify ^resistance\n\nIt was quiet. #verified ^quiet\n",
    "Sub/Other.md": "Nothing is claimed here, [[Cell]].\n",
}
ANSWERS = {
    "I = V / R": proved(0),
    "I = V R": Verdict(Status.REFUTED, refutation=Refutation.WITNESS, only_if=("R = 1",)),
    "R = V / I": proved(0),
}


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch) -> Oracle:
    """A prover in place of the workers."""
    prover = Oracle(dict(ANSWERS))
    monkeypatch.setattr(proving.Deferred, "__call__", lambda _, obligation: prover(obligation))
    return prover


@pytest.fixture
def vault(lay_out: LayOut) -> Path:
    return lay_out(NOTES)


@pytest.fixture
def table(vault: Path, capsys: pytest.CaptureFixture[str]) -> Table:
    return Table(capsys)


class Table:
    """Runs `verify --json` and gives the claims by id."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code = -1

    def __call__(self, *arguments: str) -> dict[str, Any]:
        self._capsys.readouterr()
        self.code = run(["verify", "--json", *arguments])
        return {claim["id"]: claim for claim in json.loads(self._capsys.readouterr().out)["claims"]}


def standings(claims: dict[str, Any]) -> dict[str, str]:
    return {name: claim["standing"] for name, claim in claims.items()}


def test_the_table_has_place_claim_verdict_standing_and_why(
    vault: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "--jobs", "1"]) == 1
    out, err = capsys.readouterr()
    assert out == (
        "Cell.md\n"
        "  1:18  ^current     proved   settled\n"
        "  3:18  ^slip        refuted  refuted   witness, true only if R = 1\n"
        "  5:19  ^resistance  proved   settled\n"
        "  7:1   ^quiet       -        attested  its author says so; a claim in words\n"
    )
    assert "4 claims: 2 settled, 1 attested, 1 refuted" in err


def test_a_path_limits_the_table_but_not_the_premises(table: Table, oracle: Oracle) -> None:
    assert table("Sub") == {}
    assert table.code == 0
    assert set(standings(table("Cell.md"))) == {"Cell#^current", "Cell#^slip", "Cell#^resistance", "Cell#^quiet"}
    assert table.code == 1


def test_all_lists_definitions_too(table: Table, oracle: Oracle) -> None:
    assert standings(table("--all"))["Ohm#^law"] == "assumed"


def test_the_exit_code_is_clean_when_nobody_is_accused(vault: Path, table: Table, oracle: Oracle) -> None:
    text = NOTES["Cell.md"].replace("$I = V R$ #to_verify", "$I = V R$ #disputed")
    (vault / "Cell.md").write_text(text, encoding="utf-8")
    assert standings(table())["Cell#^slip"] == "refuted"
    assert table.code == 0


def test_the_second_run_asks_no_prover(table: Table, oracle: Oracle) -> None:
    first = table()
    assert len(oracle.asked) == 3
    oracle.asked.clear()
    assert table() == first
    assert oracle.asked == []
    table("--no-cache")
    assert len(oracle.asked) == 3


def test_an_unchanged_vault_is_not_even_read_again(
    table: Table, oracle: Oracle, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "settled", lambda _: True)
    first = table()
    with monkeypatch.context() as closed:
        closed.setattr("vaultcheck.cli.claims.appraised", None)
        assert table() == first
    (vault / "Cell.md").write_text("Nothing is left.\n", encoding="utf-8")
    assert table() == {}


def test_check_starts_no_worker_where_every_verdict_is_known_or_none_is_wanted(
    table: Table, oracle: Oracle, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table()
    monkeypatch.setattr(proving.Deferred, "__call__", None)
    (vault / "Sub" / "Other.md").write_text("One more note, and [[Cell]] again.\n", encoding="utf-8")
    assert run(["check", "--quiet"]) in {0, 1}
    assert set(table()) == {"Cell#^current", "Cell#^slip", "Cell#^resistance", "Cell#^quiet"}


def test_an_interrupted_run_keeps_what_it_had(
    table: Table, oracle: Oracle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(obligation: Obligation) -> Verdict:
        if len(oracle.asked) == 2:
            raise KeyboardInterrupt
        return oracle(obligation)

    with monkeypatch.context() as stopped:
        stopped.setattr(proving.Deferred, "__call__", lambda _, obligation: interrupted(obligation))
        assert run(["verify", "--jobs", "1"]) == 130
    assert "interrupted" in capsys.readouterr().err
    table("--jobs", "1")
    assert len(oracle.asked) == 3


def test_json_says_what_was_read_from_where_and_what_came_of_it(table: Table, oracle: Oracle) -> None:
    claim = table()["Cell#^resistance"]
    assert (claim["path"], claim["line"], claim["column"]) == ("Cell.md", 5, 19)
    assert claim["understood"] == ["R = V/I"]
    assert (claim["tagged"], claim["way"]) == ("open", "linked blocks and headings")
    (premise,) = claim["premises"]
    assert (premise["claim"], premise["line"], premise["needed"]) == ("Cell#^current", 1, True)
    assert claim["verdict"]["status"] == "proved"
    assert claim["since"] is None


def test_the_page_of_the_format_names_every_member(table: Table, oracle: Oracle) -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats" / "claims-v1.md").read_text(encoding="utf-8")
    of_claim, of_verdict = page.split("A verdict has")
    claim = table()["Cell#^resistance"]
    for members, text in ((claim, of_claim), (claim["verdict"], of_verdict)):
        rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE)
        assert {name for row in rows for name in re.findall(r"\w+", row)} == set(members)


@pytest.mark.parametrize("name", ["Cell#^resistance", "[[Cell#^resistance]]", "Cell.md#^resistance", "^resistance"])
def test_a_claim_is_shown_with_its_derivation(
    vault: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["verify", "--show", name]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Cell#^resistance   Cell.md:5:19\nwritten: R = V / I\nunderstood as: R = V/I\n")
    assert "verdict: proved" in out
    assert "standing: settled" in out
    assert "(1) I = V/R   Cell.md:1:18   settled" in out
    assert "from I = V/R" in out


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Cell#^curent", 'did you mean "Cell#^current"'),
        ("nothing like it", "`vaultcheck list claims` names them all"),
        ("", "no claim is called"),
    ],
)
def test_a_claim_that_is_not_there(
    vault: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str], asked: str, answer: str
) -> None:
    assert run(["verify", "--show", asked]) == 2
    assert answer in capsys.readouterr().err


def test_a_name_that_two_claims_end_with_is_not_guessed(
    vault: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    (vault / "Sub" / "Other.md").write_text("By [[Ohm#^law]], $I = V / R$ ^current\n", encoding="utf-8")
    assert run(["verify", "--show", "^current"]) == 2
    err = capsys.readouterr().err
    assert '"Cell#^current"' in err
    assert '"Sub/Other#^current"' in err


# Accepting --------------------------------------------------------------------------------------------------------


def ledger(vault: Path) -> list[dict[str, Any]]:
    file = vault / ".vaultcheck" / "ledger.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_only_accept_writes_and_only_what_it_shows(
    vault: Path, table: Table, oracle: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    table()
    assert ledger(vault) == []
    assert run(["accept", "^current"]) == 0
    out, err = capsys.readouterr()
    assert "^current" in out
    assert "^resistance" not in out
    assert "1 recorded in" in err
    assert [entry["claim"] for entry in ledger(vault)] == ["Cell#^current"]
    assert run(["accept"]) == 0
    assert [entry["claim"] for entry in ledger(vault)] == ["Cell#^current", "Cell#^quiet", "Cell#^resistance"]
    assert not [path for path in vault.rglob("*") if path.name not in {*NOTES, "Other.md"} and path.suffix == ".md"]


def test_what_is_refuted_is_not_recorded_as_checked(
    vault: Path, oracle: Oracle, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["accept", "^slip"]) == 2
    assert "Cell#^slip" in capsys.readouterr().err
    assert ledger(vault) == []


def test_a_changed_premise_makes_stale_what_rests_on_it_until_it_is_accepted_again(
    vault: Path, table: Table, oracle: Oracle
) -> None:
    run(["accept"])
    before = table()
    law = NOTES["Ohm.md"].replace("$V = R I$", r"$V = R \cdot I$")
    (vault / "Ohm.md").write_text(law, encoding="utf-8")
    assert standings(table()) == standings(before), "typography is nothing to the ledger"
    (vault / "Ohm.md").write_text(law.replace(r"R \cdot I", "2 R I"), encoding="utf-8")
    changed = table()
    assert standings(changed) == {
        "Cell#^current": "stale",
        "Cell#^slip": "refuted",
        "Cell#^resistance": "stale",
        "Cell#^quiet": "attested",
    }
    assert "Ohm#^law" in changed["Cell#^current"]["why"]
    (vault / ".vaultcheck" / "ledger.jsonl").unlink()
    without = table()
    assert {name: claim["verdict"] for name, claim in without.items()} == {
        name: claim["verdict"] for name, claim in changed.items()
    }
    assert standings(without)["Cell#^current"] == "settled"
    run(["accept"])
    assert standings(table())["Cell#^current"] == "settled"
    assert len(table()["Cell#^current"]["since"]) == 10


def test_a_vault_without_claims_has_nothing_to_accept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAULTCHECK_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "empty"
    root.mkdir()
    (root / "A.md").write_text("Nothing.\n", encoding="utf-8")
    assert run(["accept", "--vault", str(root)]) == 0
    assert run(["verify", "--vault", str(root)]) == 0
    assert "No claim" in capsys.readouterr().err
    assert [path.name for path in root.iterdir()] == ["A.md"]


# Facts ------------------------------------------------------------------------------------------------------------


def listed(capsys: pytest.CaptureFixture[str], kind: str) -> list[str]:
    capsys.readouterr()
    assert run(["list", kind]) == 0
    return capsys.readouterr().out.splitlines()


def test_claims_formulas_and_symbols_are_listed(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys, "claims") == [
        "Cell.md:1:18: Cell#^current (claim, tagged open): I = V/R",
        "Cell.md:3:18: Cell#^slip (claim, tagged open): I = V · R",
        "Cell.md:5:19: Cell#^resistance (claim, tagged open): R = V/I",
        "Cell.md:7:1: Cell#^quiet (text, tagged settled): It was quiet. #verified ^quiet",
        "Ohm.md:3:12: Ohm#^law (definition): V = R · I",
    ]
    assert "Ohm.md:3:12: V = R · I" in listed(capsys, "formulas")
    assert "R: resistance [Ω]" in "\n".join(listed(capsys, "symbols"))


def test_a_formula_that_cannot_be_read_says_where(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "Sub" / "Other.md").write_text("$V = \\frac{$\n", encoding="utf-8")
    (line,) = (line for line in listed(capsys, "formulas") if line.startswith("Sub/"))
    assert "not understood at" in line


# With the real prover ---------------------------------------------------------------------------------------------


def test_the_real_prover_proves_and_refutes(table: Table) -> None:
    found = table("--jobs", "1")
    assert found["Cell#^current"]["verdict"]["status"] == "proved"
    assert found["Cell#^slip"]["verdict"]["status"] == "refuted"
    assert found["Cell#^resistance"]["verdict"]["status"] == "proved"
    assert found["Cell#^resistance"]["standing"] == "settled"
