"""`vaultcheck formula` shows how a formula was read, what it measures, the verdict and the derivation."""

from __future__ import annotations

import json

from click.testing import CliRunner

from vaultcheck.cli.formula import formula

WHERE = ["V=voltage [V]", "I=current [A]", "R=resistance [Ω]", "P=power [W]"]


def run(*arguments: str, where: list[str] = WHERE) -> tuple[int, str]:
    """The exit code and what was written."""
    result = CliRunner().invoke(formula, [*arguments, *(part for text in where for part in ("--where", text))])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def test_a_proof_is_shown_as_a_person_would_write_it() -> None:
    code, text = run("P = I^2 R", "--from", "V = I R", "--from", "P = V I")
    lines = text.splitlines()
    assert code == 0
    assert lines[0] == "understood as: P = I^2 · R"
    assert lines[1].startswith("dimensions: ")
    assert lines[2] == "verdict: proved"
    assert "(checked by the kernel)" in lines[-1]


def test_a_refuted_claim_ends_with_one() -> None:
    code, text = run("P = 2 I^2 R", "--from", "V = I R", "--from", "P = V I")
    assert code == 1
    assert "verdict: refuted (witness)" in text
    assert "for instance" in text


def test_dimensions_that_clash_are_told_with_their_reasons() -> None:
    code, text = run("P = V / I", "--from", "V = I R", "--from", "P = V I")
    assert code == 1
    assert "refuted (dimensions)" in text


def test_a_reading_of_symbols_is_printed() -> None:
    where = [*WHERE, "PSC=post-synaptic current [A]", "g=conductance [S]", "V_{df}=driving force [V]"]
    code, text = run("PSC = g V_{df}", "--from", "V = I R", where=where)
    assert code == 0
    assert "derivable under this reading" in text
    assert "1/R as g" in text


def test_a_word_alone_before_an_equals_sign_is_one_name_in_the_premises_too() -> None:
    code, text = run("Psc = g*V_{df}", "--from", r"V_{df} = Psc \cdot R", "--from", "g = 1/R", where=[])
    assert code == 0
    assert "verdict: proved" in text.splitlines()


def test_values_are_used() -> None:
    code, text = run("I = 2", "--from", "V = I R", "--rtol", "1e-9", where=["V=10 V", "R=5 Ω", "I=current [A]"])
    assert code == 0, text
    assert "verdict: recomputed" in text


def test_programs_get_the_evidence() -> None:
    code, text = run("P = I^2 R", "--from", "V = I R", "--from", "P = V I", "--json")
    found = json.loads(text)
    assert code == 0
    assert found["outcome"] == "proved"
    assert found["verdict"]["evidence"]["@"] == "Certificate"


def test_what_cannot_be_read_is_said() -> None:
    code, text = run(r"P = \frac{", "--from", "V = I R")
    assert code == 0
    assert "undecided (unread formula)" in text


def test_a_value_that_is_none_is_a_usage_error() -> None:
    result = CliRunner().invoke(formula, ["x = y", "--where", "x=3 blobs"])
    assert result.exit_code == 2
    assert "3 blobs" in result.output
