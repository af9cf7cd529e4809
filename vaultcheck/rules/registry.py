"""The rules about links, tags, properties and files, by name; `every_rule` has those about claims too.

These tuples are the plug-in system.
"""

from __future__ import annotations

from vaultcheck.rules import (
    ambiguous_link,
    broken_block,
    broken_canvas,
    broken_heading,
    broken_link,
    conflict_copy,
    contradicting_tags,
    duplicate_block_id,
    duplicate_note_name,
    link_leaves_vault,
    malformed_link,
    malformed_properties,
    missing_attachment,
    missing_evidence,
    near_miss_tag,
    orphan_note,
    slug_heading_link,
    tag_case,
    unbalanced_math,
    unreadable_file,
    unused_ignore,
    unwritten_note,
)
from vaultcheck.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    ambiguous_link.RULE,
    broken_block.RULE,
    broken_canvas.RULE,
    broken_heading.RULE,
    broken_link.RULE,
    conflict_copy.RULE,
    contradicting_tags.RULE,
    duplicate_block_id.RULE,
    duplicate_note_name.RULE,
    link_leaves_vault.RULE,
    malformed_link.RULE,
    malformed_properties.RULE,
    missing_attachment.RULE,
    missing_evidence.RULE,
    near_miss_tag.RULE,
    orphan_note.RULE,
    slug_heading_link.RULE,
    tag_case.RULE,
    unbalanced_math.RULE,
    unreadable_file.RULE,
    unused_ignore.RULE,
    unwritten_note.RULE,
)


def every_rule() -> tuple[Rule, ...]:
    """All rules by name, those about claims too, which come with the whole reading of formulas."""
    from vaultcheck.rules.claim_registry import CLAIM_RULES

    return tuple(sorted((*RULES, *CLAIM_RULES), key=lambda rule: rule.info.name))


def rule_named(name: str) -> Rule | None:
    """The rule of that name; `None` when there is none."""
    return next((rule for rule in every_rule() if rule.info.name == name), None)
