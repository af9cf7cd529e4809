"""Claims that are still to be checked."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, RuleInfo, Severity
from vaultcheck.formula.verdict import Status as Outcome
from vaultcheck.formula.verdict import Verdict, Why
from vaultcheck.proof.model import Claim, Judged, Role, Standing
from vaultcheck.proof.status import Status
from vaultcheck.proof.wording import said, supposed, understood
from vaultcheck.rules.rule import Rule

INFO = RuleInfo("open-claim", "a claim is tagged as still to be checked, and could not be settled", Severity.WARNING)

_PROOFS = frozenset({Outcome.PROVED, Outcome.COMPUTED, Outcome.RECOMPUTED})
_HINTS = {
    Why.NO_PREMISES: "link to the block that it follows from, or write from:: [[…]]",
    Why.UNKNOWN_NAMES: "say what the names mean, or link to the note that does",
    Why.RESTATES: "link to what it follows from, not to another place that says the same",
    Why.FAULT: "please report it",
}


def check(analysis: Analysis) -> Iterator[Finding]:
    """Open claims in words, undecided ones, and proved ones that rest on something open.

    What is refuted, does not follow or holds only in some way is reported by the rules about that.
    """
    for judged in analysis.appraisal.judged:
        claim, verdict = judged.claim, judged.verdict
        if claim.status is not Status.OPEN or judged.standing in {Standing.CIRCULAR, Standing.STALE}:
            continue
        if judged.standing is Standing.SETTLED and (verdict is None or not supposed(verdict)):
            continue
        if claim.role is Role.TEXT:
            yield _finding(judged, "this claim is still to be checked")
        elif verdict is not None and _is_open(claim, verdict):
            yield _finding(judged, f"{said(claim)} is still to be checked")


def _is_open(claim: Claim, verdict: Verdict) -> bool:
    """Whether no other rule reports the verdict: what does not follow from premises that nobody named says little."""
    if verdict.status is Outcome.NOT_FOLLOWING:
        return claim.role is not Role.STEP and not claim.way.named and not claim.explicit
    return verdict.status in _PROOFS or verdict.status is Outcome.UNDECIDED


def _finding(judged: Judged, what: str) -> Finding:
    claim, verdict = judged.claim, judged.verdict
    hint = ""
    if verdict is not None and verdict.status in _PROOFS:
        signs = supposed(verdict)
        what += f": it is {verdict.status.value}, but " + (f"only if {signs}" if signs else judged.why)
    elif verdict is not None and verdict.why is not None:
        what += f": undecided, {verdict.why.value}"
        hint = understood(verdict, verdict.detail, _HINTS.get(verdict.why, ""))
    elif verdict is not None:
        what += f": it does not follow from what stands {claim.way.value}"
        hint = understood(verdict, _HINTS[Why.NO_PREMISES])
    elif judged.standing is not Standing.OPEN:
        hint = judged.why
    return Finding(INFO.name, what, claim.location, INFO.severity, hint=hint)


RULE = Rule(INFO, check)
