"""The facts of a vault for `vaultcheck list`: each as the line people read and as the values programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vaultcheck.analysis import Analysis
from vaultcheck.cli.fact import Fact, placed, source_of
from vaultcheck.graph.model import Ambiguous, BlockTarget, HeadingTarget, Missing, Part, Resolution, Resolved, Target
from vaultcheck.note.model import Link, Note
from vaultcheck.source import NotePath, Source


def notes(analysis: Analysis) -> Iterator[Fact]:
    """Every note with its aliases and tags."""
    for path in analysis.vault.notes:
        note = analysis.notes.get(path, Note(path))
        tags = sorted({tag.name for tag in note.tags})
        yield Fact(path, {"path": path, "aliases": list(note.aliases), "tags": tags})


def attachments(analysis: Analysis) -> Iterator[Fact]:
    """Every file that is neither a note nor a canvas."""
    for path in analysis.vault.attachments:
        yield Fact(path, {"path": path})


def orphans(analysis: Analysis) -> Iterator[Fact]:
    """Notes that no other note links to: what the rule `orphan-note` finds, asked for or not."""
    from vaultcheck.rules import orphan_note

    for finding in orphan_note.check(analysis):
        yield Fact(finding.location.path, {"path": finding.location.path})


def tags(analysis: Analysis) -> Iterator[Fact]:
    """Every tag as first written, with how often it is used; case makes no difference."""
    used: dict[str, tuple[str, int]] = {}
    for note in analysis.notes.values():
        for tag in note.tags:
            spelling, number = used.get(tag.name.lower(), (tag.name, 0))
            used[tag.name.lower()] = (spelling, number + 1)
    for _, (spelling, number) in sorted(used.items()):
        yield Fact(f"#{spelling} {number}", {"tag": spelling, "count": number})


def headings(analysis: Analysis) -> Iterator[Fact]:
    """Every heading that a link can reach."""
    for note, source in _read(analysis):
        for heading in note.headings:
            yield placed(
                source, heading.span, f"{'#' * heading.level} {heading.text}", level=heading.level, text=heading.text
            )


def blocks(analysis: Analysis) -> Iterator[Fact]:
    """Every block id, and what it names."""
    for note, source in _read(analysis):
        for block in note.blocks:
            yield placed(source, block.span, f"^{block.id} {block.kind.value}", id=block.id, kind=block.kind.value)


def links(analysis: Analysis) -> Iterator[Fact]:
    """Every link and embed, and what it reaches."""
    for note, source in _read(analysis):
        for link, resolution in zip(note.links, analysis.resolutions[note.path], strict=True):
            yield _link(source, link, resolution)


def unresolved(analysis: Analysis) -> Iterator[Fact]:
    """The links that reach nothing or several files, wherever they stand."""
    source = Source(NotePath(""), "")
    for path, link, resolution in analysis.unresolved:
        if source.path != path:
            source = source_of(analysis, path)
        yield _link(source, link, resolution)


def claims(analysis: Analysis) -> Iterator[Fact]:
    """Everything that the notes state, judged or not."""
    from vaultcheck.cli import claim_facts

    return claim_facts.claims(analysis)


def formulas(analysis: Analysis) -> Iterator[Fact]:
    """Every formula as it was understood."""
    from vaultcheck.cli import claim_facts

    return claim_facts.formulas(analysis)


def symbols(analysis: Analysis) -> Iterator[Fact]:
    """What the notes declare of their symbols."""
    from vaultcheck.cli import claim_facts

    return claim_facts.symbols(analysis)


KINDS: dict[str, Callable[[Analysis], Iterator[Fact]]] = {
    "attachments": attachments,
    "blocks": blocks,
    "claims": claims,
    "formulas": formulas,
    "headings": headings,
    "links": links,
    "notes": notes,
    "orphans": orphans,
    "symbols": symbols,
    "tags": tags,
    "unresolved": unresolved,
}


def _read(analysis: Analysis) -> Iterator[tuple[Note, Source]]:
    for path, note in analysis.notes.items():
        yield note, source_of(analysis, path)


def _link(source: Source, link: Link, resolution: Resolution) -> Fact:
    written = " ".join(source.slice(link.span).split()) or link.linkpath
    reached, values = _reached(resolution)
    return placed(
        source,
        link.span,
        f"{written} -> {reached}",
        written=written,
        linkpath=link.linkpath,
        subpath=link.subpath,
        display=link.display,
        embed=link.embed,
        syntax=link.syntax.value,
        context=link.context.value,
        relation=link.relation,
        **values,
    )


def _reached(resolution: Resolution) -> tuple[str, Mapping[str, object]]:
    match resolution:
        case Resolved(target):
            name = _target(target)
            return name, {"status": "resolved", "target": name, "candidates": []}
        case Ambiguous(candidates):
            return (
                f"one of {', '.join(candidates)}",
                {"status": "ambiguous", "target": None, "candidates": list(candidates)},
            )
        case Missing(part, name, path):
            words = f"outside the vault: {name}" if part is Part.OUTSIDE else f"no {part.value} {name}"
            where = f" in {path}" if path is not None else ""
            return words + where, {"status": "missing", "missing": part.value, "target": None, "candidates": []}


def _target(target: Target) -> str:
    match target:
        case HeadingTarget(path, heading):
            return f"{path}#{heading.text}"
        case BlockTarget(path, block):
            return f"{path}#^{block.id}"
        case _:
            return target.path
