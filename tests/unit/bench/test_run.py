"""The comparison measures whole processes, runs everyone in turn and prints a table that Markdown can show."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.contenders import Contender, ours, peers
from bench.measure import Measure, run, summarise
from bench.run import compare, table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are measured with os.wait4, which is Unix")


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_a_measure_has_the_time_the_memory_and_the_exit_code_of_the_child(tmp_path: Path) -> None:
    output = tmp_path / "output.txt"
    code = "import time, sys; print('said'); block = b'x' * 200_000_000; time.sleep(0.05); sys.exit(3)"
    measure = run(python(code), output, os.environ)
    assert measure.code == 3
    assert measure.seconds >= 0.05
    assert 200_000_000 <= measure.peak < 2_000_000_000
    assert output.read_text().strip() == "said"


def test_a_summary_has_the_median_the_range_and_the_largest_peak() -> None:
    summary = summarise([Measure(3.0, 10, 0), Measure(1.0, 30, 0), Measure(2.0, 20, 0)])
    assert (summary.seconds, summary.fastest, summary.slowest, summary.peak, summary.runs) == (2.0, 1.0, 3.0, 30, 3)


def test_the_median_of_an_even_number_of_runs_lies_between_the_middle_two() -> None:
    assert summarise([Measure(seconds, 1, 0) for seconds in (4.0, 1.0, 3.0, 9.0)]).seconds == 3.5


def test_contenders_run_in_turn_and_a_slow_one_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    said = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    contenders = [Contender(name, "", (*python(said), str(log), name), once=name == "C") for name in ("A", "B", "C")]
    summaries, _ = compare(contenders, 3, tmp_path)
    assert log.read_text() == "ABCABAB"
    assert {name: summary.runs for name, summary in summaries.items()} == {"A": 3, "B": 3, "C": 1}


def test_a_contender_that_fails_to_run_stops_the_comparison(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="wrong ended with 2"):
        compare([Contender("wrong", "", python("import sys; sys.exit(2)"))], 1, tmp_path)


def test_the_table_states_ratios_to_the_program_named() -> None:
    summaries = {"ours": summarise([Measure(1.0, 50_000_000, 0)]), "lychee": summarise([Measure(2.0, 0, 0)])}
    lines = list(table(summaries, "lychee", {"ours": "everything"}, {"ours": "7"}))
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2] == "| ours | 1.000 s | 1.000–1.000 | 0.50 | 50 MB | 1 | 7 | everything |"
    assert "| ? |" in next(line for line in table(summaries, "absent", {}, {}) if line.startswith("| ours"))


def test_reports_are_counted_in_the_words_of_each_program(tmp_path: Path) -> None:
    (tmp_path / "Note.md").write_text("text")
    mine, *_ = ours(tmp_path, tmp_path / "work")
    assert mine.reported
    said = ("a.md:1:2: error: no [x] [broken-link]\n", "b: c\n", "a.md:3:1: note: y [unwritten-note]\n")
    assert mine.reported(said) == "2"
    assert peers(tmp_path, tmp_path / "nothing-installed") == ()


def test_one_note_changed_changes_one_note_and_cold_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, work = tmp_path / "vault", tmp_path / "work"
    monkeypatch.setattr("bench.contenders.SETTLED", 0.0)
    (vault / ".trash").mkdir(parents=True)
    for name in ("A.md", "B.md", ".trash/0.md"):
        (vault / name).write_text("text")
    (work / "cache").mkdir(parents=True)
    cold, _, _, changed = ours(vault, work)
    changed.prepare()
    texts = {path.name: path.read_text() for path in vault.rglob("*.md")}
    assert texts == {"A.md": "text\nEdited 1 times.\n", "B.md": "text", "0.md": "text"}
    cold.prepare()
    assert not (work / "cache").exists()
