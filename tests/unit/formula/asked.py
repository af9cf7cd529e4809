"""Obligations in short hand, for tests: `+x` is positive, `~x` may have any sign, `?x` is declared without a sign."""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.formula.derive import derive
from vaultcheck.formula.latex import read
from vaultcheck.formula.model import Quantity, Sign
from vaultcheck.formula.names import normal
from vaultcheck.formula.verdict import Obligation, Verdict

SIGNS = {"+": Sign.POSITIVE, "~": Sign.SIGNED, "?": Sign.UNKNOWN}


def asked(claim: str, premises: Sequence[str] = (), names: str = "") -> Obligation:
    """The question whether a claim follows."""
    vocabulary = tuple(Quantity(normal(word[1:]), sign=SIGNS[word[0]]) for word in names.split())
    return Obligation(read(claim, vocabulary), tuple(read(premise, vocabulary) for premise in premises), vocabulary)


def judged(claim: str, premises: Sequence[str] = (), names: str = "") -> Verdict:
    """The answer, in this process."""
    return derive(asked(claim, premises, names))
