"""From what is true of a vault and what is wrong with it to the rows that the map shows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Finding, Report
from vaultcheck.graph.model import Ambiguous, Missing, Part, Resolution, Resolved
from vaultcheck.note.model import Context, Link, Note, Syntax
from vaultcheck.reports.concept_map.model import (
    FindingRow,
    FormulaRow,
    LeftOut,
    LinkRow,
    Row,
    RowKind,
)
from vaultcheck.reports.concept_map.sentences import around, clean, subject
from vaultcheck.source import NotePath, Source, shown
from vaultcheck.vault import Unreadable

LONGEST_FORMULA = 2000
"""Characters of a formula that the page carries."""
LONGEST_VALUE = 200
"""Characters of a property's value that the page carries."""
_KINDS = (RowKind.NOTE, RowKind.CANVAS, RowKind.ATTACHMENT, RowKind.MISSING)


@dataclass(slots=True)
class _Draft:
    """A row while links are still arriving at it."""

    row: Row
    targets: set[str] = field(default_factory=set)
    arriving: list[tuple[str, LinkRow]] = field(default_factory=list)


def collect(
    analysis: Analysis, report: Report, excludes: Callable[[str], bool], *, unpublished: bool = False
) -> tuple[tuple[Row, ...], LeftOut]:
    """The rows of the map, sorted, and how many notes are left out.

    Left out are the notes whose path `excludes` names and, unless `unpublished`, those with the property
    `publish: false`. A link to one of them is left out too; the sentence that holds it is not.
    """
    excluded = {path for path in analysis.notes if excludes(path)}
    private = {path for path, note in analysis.notes.items() if not unpublished and _is_private(note)} - excluded
    hidden = excluded | private
    findings: dict[NotePath, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.location.path].append(finding)
    texts = {path: _source(analysis, path) for path in analysis.notes if path not in hidden}
    found = {
        _key(path): _Draft(_row(analysis.notes[path], source, findings.get(path, ()))) for path, source in texts.items()
    }
    unseen = {shown(path) for path in hidden}
    for path, source in texts.items():
        _links(found, analysis, analysis.notes[path], source, unseen)
    for path in findings:  # a file that is no note may have findings: an unreadable or a conflicting one
        if path not in hidden and not excludes(path):
            entry = found.setdefault(_key(path), _Draft(_file(path)))
            entry.row = replace(entry.row, findings=_findings(findings[path], _source(analysis, path)))
    left_out = LeftOut(len(excluded), len(private))
    return _numbered(found), left_out


def _is_private(note: Note) -> bool:
    return any(item.key.lower() == "publish" and item.value.strip('"').lower() == "false" for item in note.properties)


def _source(analysis: Analysis, path: NotePath) -> Source:
    try:
        return analysis.vault.read(path)
    except Unreadable:
        return Source(path, "")


def _key(path: str) -> str:
    return f"file:{shown(path)}"


def _row(note: Note, source: Source, findings: Sequence[Finding]) -> Row:
    canvas = not note.path.lower().endswith(".md")
    formulas = tuple(
        FormulaRow(source.position(item.span.start).line, item.latex[:LONGEST_FORMULA], item.display)
        for item in note.maths
        if item.latex.strip()
    )
    return replace(
        _file(note.path, RowKind.CANVAS if canvas else RowKind.NOTE),
        aliases=note.aliases,
        headings=tuple(clean(heading.text) for heading in note.headings),
        tags=tuple(dict.fromkeys(tag.name for tag in note.tags)),
        properties=tuple((item.key, _value(item.value)) for item in note.properties),
        formulas=formulas,
        findings=_findings(findings, source),
    )


def _file(path: str, kind: RowKind | None = None) -> Row:
    printed = shown(path)
    folder, _, name = printed.rpartition("/")
    if kind is None:
        kind = RowKind.NOTE if path.lower().endswith(".md") else RowKind.ATTACHMENT
    title = name[:-3] if kind is RowKind.NOTE else name
    return Row(kind, printed, folder, title)


def _value(written: str) -> str:
    """A property's value in words: JSON as a person would write it."""
    try:
        value = json.loads(written)
    except ValueError:
        value = written
    if isinstance(value, list):
        text = ", ".join(map(str, value))
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else str(value)
    return text[:LONGEST_VALUE]


def _findings(findings: Sequence[Finding], source: Source) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(f.rule, f.severity, source.position(f.location.span.start).line, f.message, f.hint) for f in findings
    )


def _links(found: dict[str, _Draft], analysis: Analysis, note: Note, source: Source, hidden: Collection[str]) -> None:
    """Hand each link of a note to what it reaches; rows for files and missing things are made on the way."""
    mine = _key(note.path)
    for link, resolution in zip(note.links, analysis.resolutions[note.path], strict=True):
        if link.context is not Context.BODY:
            continue
        for row in _reached(resolution):
            if row.kind is not RowKind.MISSING and row.path in hidden:
                continue
            key = _key(row.path) if row.kind is not RowKind.MISSING else f"missing:{row.path.lower()}"
            found[mine].targets.add(key)
            other = found.setdefault(key, _Draft(row))
            if key != mine:
                other.arriving.append((mine, _sentence(link, note, source)))


def _reached(resolution: Resolution) -> Iterator[Row]:
    """The rows that a link reaches: one, or all candidates of an ambiguous link."""
    match resolution:
        case Resolved(target):
            yield _file(target.path)
        case Ambiguous(candidates):
            for path in candidates:
                yield _file(path)
        case Missing(Part.HEADING | Part.BLOCK, _, path) if path is not None:
            yield _file(path)
        case Missing(_, asked, _):
            name = shown(asked)
            yield Row(RowKind.MISSING, name, "", name)


def _sentence(link: Link, note: Note, source: Source) -> LinkRow:
    line = source.position(link.span.start).line
    words = link.display or subject(f"{link.linkpath}#{link.subpath}" if link.subpath else link.linkpath)
    if link.syntax is Syntax.CANVAS:
        return LinkRow(0, line, "", "", "")
    if link.syntax is Syntax.PROPERTY:
        return LinkRow(0, line, f"{link.relation}: ", words, "")
    before, after = around(source.text, link.span.start, link.span.end, note.text_start)
    return LinkRow(0, line, before, words, after)


def _numbered(found: Mapping[str, _Draft]) -> tuple[Row, ...]:
    """The rows in their final order, with numbers for what they link to."""
    order = sorted(found, key=lambda key: _order(found[key].row))
    number = {key: i for i, key in enumerate(order)}
    return tuple(
        replace(
            found[key].row,
            targets=tuple(sorted({number[target] for target in found[key].targets} - {number[key]})),
            arriving=tuple([LinkRow(number[source], *link[1:]) for source, link in found[key].arriving]),
        )
        for key in order
    )


def _order(row: Row) -> tuple[int, str, str, str]:
    return _KINDS.index(row.kind), row.folder, row.title, row.path
