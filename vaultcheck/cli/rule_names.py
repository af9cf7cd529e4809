"""The names of the rules, for options and configuration; the rules are imported when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable

from vaultcheck.findings import RuleInfo


def rule_infos() -> dict[str, RuleInfo]:
    """Every rule by name, in order."""
    from vaultcheck.rules.registry import every_rule

    return {rule.info.name: rule.info for rule in every_rule()}


def rule_names() -> tuple[str, ...]:
    """The names of all rules."""
    return tuple(rule_infos())


def known_rule(name: str) -> str:
    """The name, if a rule has it. Raises `click.UsageError` with the nearest name otherwise."""
    names = rule_names()
    if name in names:
        return name
    import difflib

    import click  # a plain check does without either

    near = difflib.get_close_matches(name.replace("_", "-").lower(), names, n=1, cutoff=0.5)
    meant = f'did you mean "{near[0]}"?' if near else "`vaultcheck explain` lists them all"
    raise click.UsageError(f'no rule is called "{name}"; {meant}')


def known_rules(names: Iterable[str]) -> frozenset[str]:
    """The names, each checked as by `known_rule`."""
    return frozenset(map(known_rule, names))
