"""`vaultcheck fix`: the difference that the fixes would make, and the fixes made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.place import Place, locate
from vaultcheck.cli.rule_names import rule_names
from vaultcheck.cli.terminal import Progress, emit, remark
from vaultcheck.cli.vaults import chosen
from vaultcheck.config import Config, load
from vaultcheck.errors import WriteError
from vaultcheck.findings import Applicability, Finding, Report, Severity
from vaultcheck.source import shown
from vaultcheck.vault import Change, Vault, discover, save, unwritable

if TYPE_CHECKING:
    from vaultcheck.repair import Repair, Wanted

_UNSAFE = "unsafe"
_ELSEWHERE = "not asked for"


@click.command(short_help="Show what fixes would change, and make them.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--apply", "write", is_flag=True, help="Write the fixes that are shown.")
@click.option("--unsafe", is_flag=True, help="Take the fixes too that may miss what the author meant.")
@vault_option
@jobs_option
@cache_option
def fix(paths: tuple[str, ...], write: bool, unsafe: bool, vault: str | None, jobs: int | None, no_cache: bool) -> int:
    """Show the difference that fixes would make to the notes; --apply writes it.

    A fix is made only when the vault, checked again, has lost its finding and gained none. PATH limits the fixes to
    files and folders.

    Exit code 1 when the vault, as it is on the disk in the end, has findings at or above the configured severity.
    """
    place = locate(vault, paths)
    config = chosen(load(place.root, rule_names), jobs, no_cache=no_cache)
    found = discover(place.root)
    before, repaired = _repaired(found, config, _wanted(place, unsafe=unsafe))
    emit(piece for change in repaired.changes for piece in difference(change, exact=not sys.stdout.isatty()))
    if write:
        _write(found, place, repaired.changes)
    for line in _remarks(repaired, written=write):
        remark(line)
    return int(_fails(repaired.report if write else before, place, config))


def _repaired(vault: Vault, config: Config, wanted: Wanted) -> tuple[Report, Repair]:
    """The report of the vault as it is, and what the fixes make of it."""
    from vaultcheck import cache
    from vaultcheck.analysis import analyse
    from vaultcheck.check import check
    from vaultcheck.proof.ledger_file import ledger_text
    from vaultcheck.proof.proving import proving
    from vaultcheck.repair import repair

    store = cache.Store(vault.root) if config.cache and vault.root else None
    stamp = cache.program_stamp() if store else ""
    ledger = ledger_text(vault.root) if vault.root else ""
    reports: list[Report] = []
    with Progress("Judging claims") as judging, proving(store, ledger, config.jobs, judging) as doors:
        judges = doors._replace(asked_only=config.claims == "marked")

        def checked(seen: Vault) -> Report:
            with Progress("Reading notes") as progress:
                analysis = analyse(seen, config, store, stamp=stamp, progress=progress, proving=judges)
            reports.append(check(analysis))
            return reports[-1]

        repaired = repair(vault, checked, wanted)
    return reports[0], repaired


def _write(vault: Vault, place: Place, changes: Sequence[Change]) -> None:
    """Write what was shown. Raises `WriteError`, also for a file that was touched since the vault was read."""
    for change in changes:
        if not vault.untouched(change.path):
            raise WriteError(str(place.root / change.path), "it has changed in the meantime; nothing was written")
    save(place.root, changes)


def _wanted(place: Place, *, unsafe: bool) -> Wanted:
    """Fixes of findings that were asked for, that are safe unless others are wanted, in files that may be written."""

    def reason(finding: Finding) -> str:
        if finding.fix is None or not place.holds(finding.location.path):
            return _ELSEWHERE
        if finding.fix.applicability is Applicability.UNSAFE and not unsafe:
            return _UNSAFE
        touched = dict.fromkeys(edit.location.path for edit in finding.fix.edits)
        return next((why for path in touched if (why := unwritable(place.root, path))), "")

    return reason


def difference(change: Change, *, exact: bool) -> Iterator[str]:
    """A change as a unified difference that `git apply` and `patch` understand.

    On a terminal, where `exact` is false, control characters are shown as escapes, since a note may hold any.
    """
    name = shown(change.path)
    lines = unified_diff(_lines(change.before or ""), _lines(change.text), f"a/{name}", f"b/{name}")
    for line in lines:
        text = line.removesuffix("\n")
        yield (text if exact else _visible(text)) + "\n"
        if text == line:
            yield "\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines with their ends, as other tools count them: only a line feed ends one."""
    pieces = text.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + [piece for piece in pieces[-1:] if piece]


def _visible(line: str) -> str:
    text = line.removesuffix("\r")
    return "".join(c if c.isprintable() or c == "\t" else c.encode("unicode_escape").decode("ascii") for c in text)


def _remarks(repaired: Repair, *, written: bool) -> Iterator[str]:
    """What was done, and what was left and why, beside the difference."""
    count = len(repaired.fixed)
    if count:
        what = f"{_counted(count, 'finding')} in {_counted(len(repaired.changes), 'file')}"
        yield f"Fixed {what}" if written else f"Would fix {what}; --apply writes this"
    else:
        yield "Nothing to fix"
    for finding, reason in repaired.refused:
        if reason not in {_UNSAFE, _ELSEWHERE}:
            start = finding.location.span.start
            position = repaired.vault.read(finding.location.path).position(start)
            place = f"{shown(finding.location.path)}:{position.line}:{position.column}"
            yield f"Left {place} [{finding.rule}] as it is: {reason}"
    unsafe = sum(one.reason == _UNSAFE for one in repaired.refused)
    if unsafe:
        fixes = "1 fix that has" if unsafe == 1 else f"{unsafe} fixes that have"
        yield f"Left out {fixes} to be looked at; --unsafe takes them"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fails(report: Report, place: Place, config: Config) -> bool:
    if config.fail_on == "never":
        return False
    least = Severity(config.fail_on).weight
    return any(f.severity.weight >= least and place.holds(f.location.path) for f in report.findings)
