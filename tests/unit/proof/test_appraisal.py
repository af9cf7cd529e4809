"""Laws of the appraisal, for vaults that say anything: it never fails, and the ledger changes no verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.analysis import Analysis, analyse
from vaultcheck.config import Config
from vaultcheck.formula.verdict import (
    Clash,
    Comparison,
    Conflict,
    Obligation,
    Refutation,
    Status,
    Verdict,
    Why,
    Witness,
    undecided,
)
from vaultcheck.proof.ledger import Ledger, entry_of, with_entries, write_ledger
from vaultcheck.proof.model import Standing
from vaultcheck.proof.proving import Proving
from vaultcheck.reports import claim_story, claims_table, claims_v1
from vaultcheck.vault import Vault

PIECES = st.sampled_from(
    [
        "$V = R I$",
        r"$I = \frac{V}{R}$",
        "$V = 3\\,\\mathrm{V}$",
        "$2 + 2 = 5$",
        "$x = ",
        "$$a &= b \\\\ &= c$$",
        "#to_verify",
        "#verified",
        "#verifed",
        "#disputed",
        "[[A#^a]]",
        "[[#^b]]",
        "[[B]]",
        "from:: [[B#^b]]",
        "(with:: R = 1/g)",
        "given:: V = 2 V",
        "where $V$ is the voltage in V",
        "> [!question]",
        "words",
        "^a\n\n",
        "^b\n\n",
        "\n\n",
        "\n- ",
        "\n# H\n",
    ]
)
NOTES = st.fixed_dictionaries({f"{name}.md": st.lists(PIECES, max_size=14).map(" ".join) for name in "AB"})


def prover(obligation: Obligation) -> Verdict:
    """Some verdict, the same for the same question, with evidence of every kind."""
    every = tuple(range(len(obligation.premises)))
    goal = obligation.goal.relations[0] if obligation.goal.relations else None
    point = (Fraction(1), Fraction(2))
    verdicts = (
        Verdict(Status.PROVED, used=every),
        Verdict(Status.DERIVABLE, used=every, correspondences=((("V", "I"),),)),
        Verdict(Status.REFUTED, Comparison(point, point), refutation=Refutation.NUMBERS, goal=goal),
        Verdict(Status.REFUTED, Clash("V", "A", ("because",)), refutation=Refutation.DIMENSIONS),
        Verdict(Status.REFUTED, Witness((("V", Fraction(1)),), (), point, point, ("limit",)), goal=goal),
        Verdict(Status.CONFLICT, Conflict(every, None, "1 = 0"), used=every),
        Verdict(Status.NOT_FOLLOWING, missing="a = b"),
        undecided(Why.OPEN),
        undecided(Why.BUDGET),
    )
    return verdicts[sum(obligation.goal.latex.encode()) % len(verdicts)]


def seen(notes: dict[str, str], ledger: str = "") -> Analysis:
    return analyse(Vault.of(notes), Config(), proving=Proving(prover, ledger=ledger))


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_any_vault_is_appraised_and_told(notes: dict[str, str]) -> None:
    analysis = seen(notes)
    judged = analysis.appraisal.judged
    assert [one.claim for one in judged] == list(analysis.appraisal.claims)
    read = analysis.vault.read
    known = {one.claim.id: one for one in judged}
    lines = [claims_table.line_of(one, read(one.claim.path)) for one in judged]
    assert claims_table.summary(lines)
    rows = [claims_v1.row(one, read) for one in judged]
    assert len(json.loads("".join(claims_v1.render(rows)))["claims"]) == len(judged)
    for one in judged:
        assert "".join(claim_story.render(one, known, read)).startswith(one.claim.id)


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_what_was_just_accepted_is_not_stale_and_the_ledger_changes_no_verdict(notes: dict[str, str]) -> None:
    before = seen(notes).appraisal
    day = date(2024, 5, 2)
    entries = [entry_of(one.claim, before.structure.prints[one.claim.id], day, "") for one in before.judged]
    after = seen(notes, write_ledger(with_entries(Ledger(), entries))).appraisal
    assert after.verdicts == before.verdicts
    assert [replace(one, since="") for one in after.judged] == list(before.judged)
    assert all(one.standing is not Standing.STALE for one in after.judged)
