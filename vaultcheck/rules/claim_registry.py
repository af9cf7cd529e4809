"""The rules about claims, formulas and symbols, by name. Loading them loads the reading of formulas."""

from __future__ import annotations

from vaultcheck.rules import (
    circular_premises,
    claim_does_not_follow,
    claim_not_proved,
    conflicting_premises,
    dimension_mismatch,
    open_claim,
    refuted_claim,
    settled_claim_still_open,
    stale_verification,
    step_does_not_follow,
    symbol_conflict,
    undecided_claim,
    undeclared_symbol,
    unread_formula,
    wrong_number,
)
from vaultcheck.rules.rule import Rule

CLAIM_RULES: tuple[Rule, ...] = (
    circular_premises.RULE,
    claim_does_not_follow.RULE,
    claim_not_proved.RULE,
    conflicting_premises.RULE,
    dimension_mismatch.RULE,
    open_claim.RULE,
    refuted_claim.RULE,
    settled_claim_still_open.RULE,
    stale_verification.RULE,
    step_does_not_follow.RULE,
    symbol_conflict.RULE,
    undecided_claim.RULE,
    undeclared_symbol.RULE,
    unread_formula.RULE,
    wrong_number.RULE,
)
