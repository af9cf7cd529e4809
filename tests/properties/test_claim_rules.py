"""Laws of the rules about claims, with the real prover: they end, point into the text, say something on one line, and
accuse nobody of what is struck through or asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judges import IN_PROCESS
from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.findings import Finding, Severity
from vaultcheck.rules.claim_registry import CLAIM_RULES
from vaultcheck.vault import Vault

EVERYTHING = Config(rules={rule.info.name: "note" for rule in CLAIM_RULES if not rule.info.enabled}, claims="all")
NAMES = {rule.info.name for rule in CLAIM_RULES}
OHM = """$V = I R$ ^law

The power is $P = V I$. ^power

where $V$ is the voltage in mV, $I$ is the current in nA, $R$ is the resistance in MΩ and $P$ is the power in W.
"""
FORMULAS = (
    "P = I^2 R", "P = I R", r"P = \frac{V^2}{2 R}", "V = 2 I R", "V > 0", "I < V", "1/3 = 0.35", r"\pi \approx 3.15",
    r"V = 12\,\mathrm{V}", "R = 5", "x = 10^{400}", "a = b", "(a + b)^2 = a^2 + b^2", "a = b = c", r"\frac{a}{",
    r"V = I R \Rightarrow I = V / R", r"\int_0^1 x\,dx = 1", "x^2 = 4", "x = 2, x = -2", r"P \propto V^2", "2 + 2 = 5",
)  # fmt: skip
WORDS = (
    "From [[Ohm#^law]]: ", "By [[Ohm#^power]] and [[Ohm#^law]], ", "As in [[Ohm]], ", "where $a$ is a length in m. ",
    " (given:: V = 12 mV, R = 3 MΩ)", " (with:: P = a)", " (from:: [[Ohm#^law]])", " #to_verify", " #verified",
    " #disputed", " #to_verfy", " ^here", "\n\n", "\n- ", "so because of [[#^here]] ", "for small $a$, ",
)  # fmt: skip
pieces = st.one_of(st.sampled_from(FORMULAS).map(lambda latex: f"${latex}$"), st.sampled_from(WORDS))
notes = st.lists(pieces, min_size=1, max_size=9).map("".join)


def found(text: str) -> list[Finding]:
    report = check(analyse(Vault.of({"Ohm.md": OHM, "A.md": text}), EVERYTHING, proving=IN_PROCESS))
    return [finding for finding in report.findings if finding.rule in NAMES]


@settings(max_examples=60, deadline=None)
@given(notes)
def test_what_is_said_of_claims_is_one_sentence_about_a_place(text: str) -> None:
    for finding in found(text):
        span = finding.location.span
        assert finding.location.path in {"A.md", "Ohm.md"}
        assert 0 <= span.start < span.end <= len(text if finding.location.path == "A.md" else OHM)
        assert finding.message == finding.message.strip() != ""
        assert not finding.message.endswith((".", ": "))
        assert "\n" not in finding.message + finding.hint
        assert all(related.location.path in {"A.md", "Ohm.md"} for related in finding.related)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=4))
def test_nobody_is_accused_of_what_is_not_asserted(formulas: list[str]) -> None:
    lines = [f"From [[Ohm#^law]] and [[Ohm#^power]]: ${latex}$" for latex in formulas]
    struck = "\n\n".join(f"~~{line}~~" for line in lines)
    asked = "\n\n".join(f"> [!question]\n> {line}" for line in lines)
    assert [finding for finding in found(f"{struck}\n\n{asked}\n") if finding.severity is Severity.ERROR] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=4))
def test_what_its_author_disputes_is_no_error(formulas: list[str]) -> None:
    lines = [f"From [[Ohm#^law]] and [[Ohm#^power]]: ${latex}$ #disputed" for latex in formulas]
    assert [finding for finding in found("\n\n".join(lines)) if finding.severity is Severity.ERROR] == []
