"""`vaultcheck check`: what it reports, where it writes, and which exit code it gives."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import LayOut
from vaultcheck.cli.main import run

NOTES = {
    "A.md": "[[B#Nothing]] and [[not yet written]]\n",
    "B.md": "# Something\n",
    "Sub/C.md": "[[A]] ![[gone.png]]\n",
    "Sub/Clean.md": "[[A]]\n",
}


@pytest.fixture
def vault(lay_out: LayOut) -> Path:
    return lay_out(NOTES)


@pytest.fixture
def concise(vault: Path, capsys: pytest.CaptureFixture[str]) -> Concise:
    return Concise(capsys)


class Concise:
    """Runs `check --format concise` and keeps the exit code, the rules found with their files, and the summary."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.code = -1
        self.err = ""

    def __call__(self, *arguments: str) -> list[tuple[str, str]]:
        self.code = run(["check", "--format", "concise", *arguments])
        out, self.err = self._capsys.readouterr()
        return [(line.split(":")[0], line.rsplit("[", 1)[1].rstrip("]")) for line in out.splitlines()]


BOTH = [("A.md", "broken-heading"), ("Sub/C.md", "missing-attachment")]


def test_findings_and_summary(concise: Concise) -> None:
    assert concise() == BOTH
    assert concise.code == 1
    assert concise.err.startswith("Checked 4 notes, 4 links in ")
    assert concise.err.endswith(" s: 2 errors; 1 link leads to a note not yet written\n")


def test_quiet_leaves_out_the_summary_and_show_notes_lists_what_is_counted(concise: Concise) -> None:
    assert ("A.md", "unwritten-note") in concise("--quiet", "--show-notes")
    assert concise.err == ""


def test_a_path_limits_the_report_and_the_exit_code_but_not_the_index(concise: Concise) -> None:
    assert concise("Sub") == BOTH[1:]
    assert concise.code == 1
    assert concise("Sub/Clean.md") == []
    assert concise.code == 0
    assert concise("A.md", "Sub/C.md") == BOTH


def test_rules_are_picked_and_left_out(concise: Concise) -> None:
    assert concise("--rule", "broken-heading") == BOTH[:1]
    assert concise("--ignore-rule", "broken-heading", "--ignore-rule", "missing-attachment") == []
    assert concise.code == 0
    assert concise("--rule", "orphan-note") == [("Sub/C.md", "orphan-note"), ("Sub/Clean.md", "orphan-note")]
    assert concise.code == 0, "a note is below --fail-on"


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on(concise: Concise, level: str, code: int) -> None:
    concise("--fail-on", level)
    assert concise.code == code


def test_fail_on_counts_what_is_only_counted(concise: Concise) -> None:
    concise("--rule", "unwritten-note", "--fail-on", "note")
    assert concise.code == 1
    concise("--rule", "unwritten-note", "--fail-on", "warning")
    assert concise.code == 0


def test_the_configuration_is_read_and_the_command_line_goes_before_it(vault: Path, concise: Concise) -> None:
    (vault / "vaultcheck.toml").write_text('fail-on = "never"\nexclude = ["Sub"]\n', encoding="utf-8")
    assert concise() == BOTH[:1]
    assert concise.code == 0
    concise("--fail-on", "error")
    assert concise.code == 1
    (vault / "vaultcheck.toml").write_text("fail-on = 1\n", encoding="utf-8")
    assert concise() == []
    assert concise.code == 2
    assert concise.err.startswith("vaultcheck: error: ")
    assert "vaultcheck.toml: line 1, fail-on: must be" in concise.err


def test_outputs_go_to_files_and_standard_output_stays_empty(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, data = tmp_path / "report.txt", tmp_path / "report.json"
    assert run(["check", "--output", f"full={text}", "--output", f"json={data}"]) == 1
    assert capsys.readouterr().out == ""
    assert "[broken-heading]" in text.read_text(encoding="utf-8")
    assert len(json.loads(data.read_text(encoding="utf-8"))["findings"]) == 3, "json lists what is only counted"
    assert run(["--output", f"json={data}", "--format", "concise"]) == 1
    assert "[broken-heading]" in capsys.readouterr().out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cache", "report.json", "report.txt", "vault"]


def test_an_output_that_cannot_be_written(vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (tmp_path / "no such folder" / "x", tmp_path):
        assert run(["check", "--output", f"json={file}"]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"vaultcheck: error: {file}: ")


def test_a_buffer_from_standard_input_takes_the_place_of_the_note(
    concise: Concise, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buffer(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    buffer("[[B#Something]]")
    assert concise("--stdin-path", "A.md") == []
    buffer("[[B#Somthing]]")
    assert concise("--stdin-path", "Sub/New.md") == [("Sub/New.md", "broken-heading")]
    buffer("# Nothing")
    assert concise("--stdin-path", "B.md", "A.md") == [], "the note that links into the buffer is mended by it"
    assert concise() == BOTH, "the cache has learnt nothing from the buffers"


def test_list_prints_facts(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def listed(*arguments: str) -> list[str]:
        assert run(["list", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    assert listed("notes") == ["A.md", "B.md", "Sub/C.md", "Sub/Clean.md"]
    assert listed("headings") == ["B.md:1:1: # Something"]
    assert listed("orphans") == ["Sub/C.md", "Sub/Clean.md"]
    assert listed("links")[:2] == [
        "A.md:1:1: [[B#Nothing]] -> no heading Nothing in B.md",
        "A.md:1:19: [[not yet written]] -> no note not yet written",
    ]
    assert "Sub/C.md:1:1: [[A]] -> A.md" in listed("links")
    assert len(listed("unresolved")) == 3
    assert listed("attachments") == listed("tags") == listed("blocks") == []
    rows = json.loads("\n".join(listed("links", "--json")))
    assert rows[0]["status"] == "missing"
    assert rows[0]["missing"] == "heading"
    assert (rows[2]["status"], rows[2]["target"]) == ("resolved", "A.md")


def test_graph_is_written(vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["graph"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {node["id"] for node in data["nodes"]} >= {"note:A.md", "heading:B.md#Something", "missing:not yet written"}
    assert run(["graph", "--format", "graphml", "-o", str(tmp_path / "g.graphml")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8").startswith("<")


def test_the_cache_is_cleared(vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--quiet"])
    assert run(["cache", "path"]) == 0
    assert str(tmp_path / "cache") in capsys.readouterr().out
    kept = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    assert kept
    assert run(["cache", "clear"]) == 0
    assert not any(file.exists() for file in kept)
    assert capsys.readouterr().out.startswith("Freed ")
