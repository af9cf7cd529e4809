"""What is wrong: the rules over an analysis, the user's severities and ignores, in a fixed order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from operator import attrgetter, countOf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultcheck import cache
from vaultcheck.config import Config
from vaultcheck.errors import RuleCrash
from vaultcheck.findings import Finding, Ignored, Report, RuleInfo, Severity
from vaultcheck.proof.ledger_file import ledger_text
from vaultcheck.source import Location, NotePath, Source
from vaultcheck.vault import Unreadable, Vault, discover, read_source

if TYPE_CHECKING:  # an unchanged vault is answered from the cache, and then none of these is needed
    from vaultcheck.analysis import Analysis
    from vaultcheck.note.model import Ignore
    from vaultcheck.reading import Progress
    from vaultcheck.rules.rule import Rule

_LINKS, _IS_EMBED = attrgetter("links"), attrgetter("embed")
_HEADINGS, _BLOCKS, _TAGS, _MATHS = map(attrgetter, ("headings", "blocks", "tags", "maths"))


def check_vault(
    root: Path,
    config: Config,
    *,
    unsaved: Mapping[NotePath, str] | None = None,
    progress: Progress | None = None,
    judging: Progress | None = None,
    keep: Callable[[object], None] | None = None,
) -> Report:
    """The report of the vault at `root`. `unsaved` holds texts that stand for what is on the disk; `progress` hears
    of the notes read, `judging` of the claims judged. `keep` is given everything that was made of the vault, for a
    process that ends soon and may leave it where it is: taking the notes apart is a fiftieth of the work.

    Raises `VaultError` when there is no vault to check, and `RuleCrash` when a rule fails.
    """
    collecting = gc.isenabled()
    gc.disable()  # a vault's notes hold no circles, and looking for them takes as long as reading
    try:
        return _checked(root, config, unsaved or {}, progress, judging, keep)
    finally:
        if collecting:
            gc.enable()


def _checked(
    root: Path,
    config: Config,
    unsaved: Mapping[NotePath, str],
    progress: Progress | None,
    judging: Progress | None,
    keep: Callable[[object], None] | None,
) -> Report:
    vault = discover(root, stamped=config.cache)
    store = cache.Store(root) if config.cache else None
    stamp = cache.program_stamp() if store else ""
    ledger = ledger_text(root)
    key = fingerprint(vault, config, stamp + ledger) if store else b""
    if store and not unsaved and (report := _stored(store, key)) is not None:
        return report
    from vaultcheck.analysis import analyse
    from vaultcheck.proof.proving import proving
    from vaultcheck.reading import settled, silent

    seen = vault.with_texts(unsaved) if unsaved else vault
    with proving(store, ledger, config.jobs, judging) as judges:
        judges = judges._replace(asked_only=config.claims == "marked")
        analysis = analyse(seen, config, store, stamp=stamp, progress=progress or silent, proving=judges)
        report = check(analysis)
    if keep is not None:
        keep(analysis)
    if store and not unsaved and settled(vault):
        store.put("report", cache.encode((key, report)))
    return report


def sources(root: Path, unsaved: Mapping[NotePath, str] | None = None) -> Callable[[NotePath], Source]:
    """A reader of the texts that a report speaks of; a file that has gone gives an empty text."""

    def source(path: NotePath) -> Source:
        if unsaved and path in unsaved:
            return Source(path, unsaved[path])
        try:
            return read_source(root, path)
        except Unreadable:
            return Source(path, "")

    return source


def fingerprint(vault: Vault, config: Config, stamp: str) -> bytes:
    """What the report depends on: the program, the configuration, and every file's name, size and times."""
    import hashlib  # it loads OpenSSL, and only a run with a cache needs it

    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((stamp, config, vault.app, vault.hidden, vault.unnamed)).encode("utf-8", "backslashreplace"))
    digest.update(cache.encode(tuple(vault.stamps.values())))  # in words it would take as long as asking the disk
    return digest.digest()


def _stored(store: cache.Store, key: bytes) -> Report | None:
    data = store.get("report")
    if data is None or key not in data[:64]:
        return None
    stored = cache.decode(data, tuple[bytes, Report])
    return stored[1] if stored is not None and stored[0] == key else None


def check(analysis: Analysis) -> Report:
    """The report of an analysis: every rule that is on, with the severities and ignores of the user.

    Where nobody asked for a verdict the rules about claims have nothing to look at, and are not loaded.
    """
    from vaultcheck.rules.registry import RULES, every_rule

    rules = every_rule() if analysis.asked else RULES
    enabled = [rule for rule in rules if _level(rule.info, analysis.config) != "off"]
    found = [finding for rule in enabled for finding in _run(rule, analysis)]
    kept, ignored, unused = _sorted_by_ignores(found, analysis)
    if any(rule.info.name == "unused-ignore" for rule in enabled):
        level = _severity(Severity.WARNING, _level(_info("unused-ignore", enabled), analysis.config))
        known = {rule.info.name for rule in enabled}
        kept += [finding for path, ignore in unused for finding in _unused(path, ignore, known, level)]
    return Report(
        findings=tuple(sorted(kept, key=_order)),
        ignored=tuple(sorted(ignored, key=lambda item: _order(item.finding))),
        rules=tuple(rule.info for rule in enabled),
        counts=_counts(analysis),
    )


def _info(name: str, rules: list[Rule]) -> RuleInfo:
    return next(rule.info for rule in rules if rule.info.name == name)


def _order(finding: Finding) -> tuple[Location, str, str]:
    return finding.location, finding.rule, finding.message


def _level(info: RuleInfo, config: Config) -> str:
    """The level of a rule: as configured, else its default."""
    return config.rules.get(info.name) or (info.severity.value if info.enabled else "off")


def _severity(severity: Severity, level: str) -> Severity:
    """The severity of a finding under a level: as configured, except that a rule may have lowered it."""
    chosen = Severity(level)
    return severity if severity.weight < chosen.weight else chosen


def _run(rule: Rule, analysis: Analysis) -> Iterator[Finding]:
    level = _level(rule.info, analysis.config)
    default = rule.info.severity
    try:
        for finding in rule.check(analysis):
            path = finding.location.path
            if analysis.config.excludes(path) or analysis.vault.excludes(path):
                continue
            # A finding that its rule has lowered stays as low, unless the user has set the rule lower still.
            severity = finding.severity if finding.severity is not default else Severity(level)
            yield (
                finding
                if severity is finding.severity and severity.value == level
                else finding._replace(severity=_severity(severity, level))
            )
    except Exception as error:
        raise RuleCrash(rule.info.name) from error


class _Split(NamedTuple):
    kept: list[Finding]
    ignored: list[Ignored]
    unused: list[tuple[NotePath, Ignore]]


def _sorted_by_ignores(found: list[Finding], analysis: Analysis) -> _Split:
    """Findings apart by whether an ignore in their note covers them, and the ignores that cover none."""
    by_note = {path: note.ignores for path, note in analysis.notes.items() if note.ignores}
    used: set[tuple[NotePath, Ignore]] = set()
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    for finding in found:
        path, span = finding.location
        for ignore in by_note.get(path, ()):
            covers = ignore.scope.start <= span.start <= ignore.scope.end
            if covers and (not ignore.rules or finding.rule in ignore.rules):
                used.add((path, ignore))
                ignored.append(Ignored(finding, ignore.reason))
                break
        else:
            kept.append(finding)
    unused = [(path, one) for path, all_of in by_note.items() for one in all_of if (path, one) not in used]
    return _Split(kept, ignored, unused)


def _unused(path: NotePath, ignore: Ignore, enabled: set[str], severity: Severity) -> Iterator[Finding]:
    from vaultcheck.rules.registry import rule_named

    strangers = [name for name in ignore.rules if name not in enabled and rule_named(name) is None]
    if strangers:
        message = f"no rule is called {strangers[0]}, so this ignore silences nothing"
    elif ignore.rules and not enabled.intersection(ignore.rules):
        return  # of rules that are switched off nobody can say whether they would have found something
    else:
        message = "this ignore silences no finding"
    yield Finding("unused-ignore", message, Location(path, ignore.span), severity, hint="delete it")


def _counts(analysis: Analysis) -> dict[str, int]:
    """What was looked at."""
    notes = analysis.notes.values()
    links = list(map(_LINKS, notes))
    embeds = countOf(map(_IS_EMBED, chain.from_iterable(links)), True)  # no Python step for each of 300,000 links
    return {
        "notes": len(analysis.vault.notes),
        "canvases": len(analysis.vault.canvases),
        "attachments": len(analysis.vault.attachments),
        "links": sum(map(len, links)) - embeds,
        "embeds": embeds,
        "headings": sum(map(len, map(_HEADINGS, notes))),
        "blocks": sum(map(len, map(_BLOCKS, notes))),
        "tags": sum(map(len, map(_TAGS, notes))),
        "formulas": sum(map(len, map(_MATHS, notes))),
    }
