"""Cases written as Markdown: a heading, the files of a vault, and the report that they must give.

Inside a case each block between two lines of four tildes is named by its first line:

    ~~~~note PATH        a note
    ~~~~file PATH        any other file: an attachment, a canvas, `.obsidian/app.json`
    ~~~~unreadable PATH  a file that cannot be read; the block holds the reason
    ~~~~config           `vaultcheck.toml`
    ~~~~report           what `--output-format concise` must print
    ~~~~fixed PATH       that file once the fixes of all findings are made

Everything else in the section is for people. Every rule is asked, and those that are off answer when the case's
configuration turns them on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.judges import IN_PROCESS
from vaultcheck.analysis import Analysis, analyse
from vaultcheck.check import check
from vaultcheck.config import FILE_NAME, Config, load
from vaultcheck.findings import Report
from vaultcheck.proof.proving import Proving
from vaultcheck.reports.concise import render
from vaultcheck.rules.registry import every_rule
from vaultcheck.source import NotePath, Source
from vaultcheck.vault import Vault

_HEADING = re.compile(r"^##+ +(?P<title>.+?) *$", re.MULTILINE)
_BLOCK = re.compile(
    r"^~~~~(?P<kind>note|file|unreadable|config|report|fixed)(?: (?P<path>.+?))? *\n(?P<text>.*?)^~~~~ *$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """One section of a file of cases that says which report it must give."""

    file: Path
    title: str
    files: Mapping[str, str]
    unreadable: Mapping[str, str]
    config: str
    report: str
    fixed: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}: {self.title}"

    def answer(self) -> tuple[str, dict[str, str]]:
        """The report that the vault gives, and its files once all fixes are made."""
        analysis = analyse(Vault.of({**self.files, **self.unreadable}), self.settings(), proving=self.judges())
        if self.unreadable:
            reasons = {NotePath(path): reason.strip() for path, reason in self.unreadable.items()}
            readable = {path: note for path, note in analysis.notes.items() if path not in reasons}
            analysis = Analysis(
                analysis.vault,
                analysis.config,
                readable,
                analysis.index,
                analysis.resolutions,
                analysis.unresolved,
                reasons,
                analysis.proving,
            )
        report = check(analysis)
        lines = "".join(render(report, lambda path: Source(path, self.files.get(path, ""))))
        return lines, {path: _fixed(report, path, text) for path, text in self.files.items()}

    def judges(self) -> Proving:
        """Who judges the claims of the case: the real prover, and the ledger among its files."""
        return IN_PROCESS._replace(ledger=self.files.get(".vaultcheck/ledger.jsonl", ""))

    def settings(self) -> Config:
        """The configuration of the case, read as that of a vault is."""
        if not self.config:
            return Config()
        with TemporaryDirectory() as folder:
            (Path(folder) / FILE_NAME).write_text(self.config, encoding="utf-8")
            return load(Path(folder), lambda: [rule.info.name for rule in every_rule()])


def cases_in(file: Path) -> Iterator[Case]:
    """The cases of a file, in order."""
    text = file.read_text(encoding="utf-8")
    for title, start, end in _sections(text):
        blocks = list(_BLOCK.finditer(text, start, end))
        reports = [block["text"] for block in blocks if block["kind"] == "report"]
        if not reports:
            if blocks:
                raise ValueError(f"{file}: {title!r} has files and no report")
            continue
        by_kind = {
            kind: {block["path"] or "": block["text"] for block in blocks if block["kind"] == kind}
            for kind in ("note", "file", "unreadable", "config", "fixed")
        }
        yield Case(
            file=file,
            title=title,
            files=by_kind["note"] | by_kind["file"],
            unreadable=by_kind["unreadable"],
            config="".join(by_kind["config"].values()),
            report=reports[0],
            fixed=by_kind["fixed"],
        )


def update(case: Case, report: str, fixed: Mapping[str, str]) -> None:
    """Write what the case gives now into its file."""
    text = case.file.read_text(encoding="utf-8")
    start, end = next((start, end) for title, start, end in _sections(text) if title == case.title)

    def rewritten(block: re.Match[str]) -> str:
        if block["kind"] == "report":
            return f"~~~~report\n{report}~~~~"
        if block["kind"] == "fixed":
            return f"~~~~fixed {block['path']}\n{fixed[block['path']]}~~~~"
        return block[0]

    section = _BLOCK.sub(rewritten, text[start:end])
    case.file.write_text(text[:start] + section + text[end:], encoding="utf-8")


def _sections(text: str) -> Iterator[tuple[str, int, int]]:
    """Title, start and end of each section; what looks like a heading inside a block is none."""
    blocks = [block.span() for block in _BLOCK.finditer(text)]
    found = [
        match for match in _HEADING.finditer(text) if not any(start <= match.start() < end for start, end in blocks)
    ]
    for here, after in zip_longest(found, found[1:]):
        yield here["title"], here.end(), after.start() if after else len(text)


def _fixed(report: Report, path: str, text: str) -> str:
    edits = {
        edit
        for finding in report.findings
        if finding.fix is not None
        for edit in finding.fix.edits
        if edit.location.path == path
    }
    for edit in sorted(edits, key=lambda edit: edit.location.span, reverse=True):
        span = edit.location.span
        text = text[: span.start] + edit.replacement + text[span.end :]
    return text
