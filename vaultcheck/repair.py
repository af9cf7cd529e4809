"""Fixes that prove themselves: made on the texts in memory, checked again, and kept only where nothing got worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultcheck import fix
from vaultcheck.findings import Finding, Report
from vaultcheck.source import Location, NotePath, Source
from vaultcheck.vault import Change, Unreadable, Vault

Checked = Callable[[Vault], Report]
"""Analyses a vault and checks it."""

Wanted = Callable[[Finding], str]
"""Why the fix of a finding is not to be made; empty when it is."""


class Refused(NamedTuple):
    """A finding whose fix was not made, and why not."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of the fixes of a vault.

    `changes` are the files that change, by path; `fixed` the findings that are gone by their fixes, `refused` those
    whose fixes were left out, placed in `vault`, which is the vault as it is then. `report` is what is found in it.
    """

    vault: Vault
    report: Report
    changes: tuple[Change, ...]
    fixed: tuple[Finding, ...]
    refused: tuple[Refused, ...]


class _Key(NamedTuple):
    """What makes a finding the same one before and after: its rule and where it begins."""

    rule: str
    path: NotePath
    start: int


@dataclass(slots=True)
class _State:
    """The vault with the fixes accepted so far, and what is found in it."""

    vault: Vault
    report: Report
    changes: dict[NotePath, Change] = field(default_factory=dict)
    fixed: list[Finding] = field(default_factory=list)


def repair(vault: Vault, checked: Checked, wanted: Wanted) -> Repair:
    """Make the fixes that are wanted, as long as any can be made.

    A fix is kept only if the vault, analysed anew, has lost its finding and gained none, and no finding has become
    more severe. Of fixes that overlap the first is made; the other gets its turn on the text that results. What is
    left has been tried on the very texts that are given back, so that a second run changes nothing.
    """
    state = _State(vault, checked(vault))
    while True:
        offered = [finding for finding in state.report.findings if finding.fix is not None]
        refused = [Refused(finding, reason) for finding in offered if (reason := wanted(finding))]
        batch = [finding for finding in offered if not wanted(finding)]
        before = len(state.fixed)
        refused += _accept(state, batch, checked)
        if len(state.fixed) == before:
            break
    refused.sort(key=lambda one: (one.finding.location, one.finding.rule))
    changes = tuple(state.changes[path] for path in sorted(state.changes))
    return Repair(state.vault, state.report, changes, tuple(state.fixed), tuple(refused))


def _accept(state: _State, batch: Sequence[Finding], checked: Checked) -> list[Refused]:
    """Make the fixes of a batch that may be made together; gives the others. They are placed in the vault as it was
    when the batch was found, so the batch is taken up again as soon as one fix was made."""
    refused: list[Refused] = []
    while batch:
        trial = _tried(state, batch, checked)
        guilty = trial.guilty(batch)
        if not guilty and not trial.gained:
            _keep(state, trial, batch)
            return refused
        if guilty:
            refused += guilty
            blamed = {id(one.finding) for one in guilty}
            batch = [finding for finding in batch if id(finding) not in blamed]
            continue
        if len(batch) == 1:
            return [*refused, Refused(batch[0], f"it would bring {trial.gained[0].rule}")]
        half = _accept(state, batch[: len(batch) // 2], checked)
        if len(half) < len(batch) // 2:
            return refused + half
        batch = batch[len(batch) // 2 :]
        refused += half
    return refused


@dataclass(frozen=True, slots=True)
class _Trial:
    """A batch of fixes made on the texts: what is found then, what was gained, what was not lost, what overlapped."""

    vault: Vault
    report: Report
    sources: Mapping[NotePath, Source]
    applied: fix.Applied
    gained: tuple[Finding, ...]
    kept: frozenset[_Key]

    def guilty(self, batch: Sequence[Finding]) -> list[Refused]:
        """The findings of a batch whose fixes fail by themselves, else those that overlap one that does not."""
        failing = [Refused(finding, reason) for finding in batch if (reason := self._reason(finding))]
        return failing or [Refused(one, "it overlaps another fix") for one in batch if one.fix in self.applied.skipped]

    def _reason(self, finding: Finding) -> str:
        assert finding.fix is not None
        if finding.fix in self.applied.skipped:
            return ""
        if _key(finding, self.applied) in self.kept:
            return "the finding would still be there"
        for edit in finding.fix.edits:
            start = fix.moved(edit.location, self.applied.edits).span.start
            end = start + len(edit.replacement)
            for other in self.gained:
                path, span = other.location
                if path == edit.location.path and span.start <= end and start <= span.end:
                    return f"it would bring {other.rule}"
        return ""


def _tried(state: _State, batch: Sequence[Finding], checked: Checked) -> _Trial:
    fixes = [finding.fix for finding in batch if finding.fix is not None]
    sources = _sources(state.vault, _edited(batch))
    applied = fix.apply(sources, fixes)
    vault = state.vault.with_texts(applied.texts)
    report = checked(vault)
    before = Counter(_key(finding, applied) for finding in state.report.findings)
    after = Counter(_key(finding) for finding in report.findings)
    made = Counter(_key(finding, applied) for finding in batch if finding.fix not in applied.skipped)
    worst: dict[_Key, int] = {}
    for finding in state.report.findings:
        key = _key(finding, applied)
        worst[key] = max(worst.get(key, 0), finding.severity.weight)
    gained = [
        finding
        for finding in report.findings
        if after[key := _key(finding)] > before[key] or finding.severity.weight > worst[key]
    ]
    kept = frozenset(key for key, count in made.items() if after[key] > before[key] - count)
    return _Trial(vault, report, sources, applied, tuple(gained), kept)


def _keep(state: _State, trial: _Trial, batch: Sequence[Finding]) -> None:
    for path, text in trial.applied.texts.items():
        known = state.changes.get(path)
        state.changes[path] = Change(path, text, known.before if known else trial.sources[path].text)
    state.vault, state.report = trial.vault, trial.report
    state.fixed += batch


def _key(finding: Finding, applied: fix.Applied | None = None) -> _Key:
    """The key of a finding, placed where it is once the fixes are applied."""
    place: Location = finding.location if applied is None else fix.moved(finding.location, applied.edits)
    return _Key(finding.rule, place.path, place.span.start)


def _edited(batch: Sequence[Finding]) -> Iterator[NotePath]:
    """The files that the fixes of a batch edit."""
    for finding in batch:
        if finding.fix is not None:
            yield from (edit.location.path for edit in finding.fix.edits)


def _sources(vault: Vault, paths: Iterator[NotePath]) -> dict[NotePath, Source]:
    """The texts of files; one that cannot be read is left out."""
    sources = {}
    for path in dict.fromkeys(paths):
        try:
            sources[path] = vault.read(path)
        except Unreadable:
            continue
    return sources
