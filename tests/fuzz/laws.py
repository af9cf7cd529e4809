"""What holds for every text, however it came about."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.note.model import Note, Syntax
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source, Span
from vaultcheck.vault import Vault

PATH = NotePath("Folder/Mutant.md")


def broken_laws(text: str) -> list[str]:
    """The laws that a text breaks, in words; an exception is not caught."""
    note = parse(Source(PATH, text))
    return [*_spans(note, text), *_marks(note, text), *_headings(note), *_report(text)]


def _spans(note: Note, text: str) -> Iterator[str]:
    written = (
        *((f"link {link.linkpath!r}", link.span) for link in note.links),
        *((f"heading {heading.text!r}", heading.span) for heading in note.headings),
        *((f"section of {heading.text!r}", heading.section) for heading in note.headings),
        *((f"block {block.id!r}", block.span) for block in note.blocks),
        *((f"what ^{block.id} covers", block.covers) for block in note.blocks),
        *((f"tag {tag.name!r}", tag.span) for tag in note.tags),
        *((f"property {item.key!r}", item.span) for item in note.properties),
        *((f"formula {math.latex!r}", math.span) for math in note.maths),
        *((f"defect {defect.message!r}", defect.span) for defect in note.defects),
    )
    for name, span in written:
        if not 0 <= span.start <= span.end <= len(text):
            yield f"{name} stands at {span} of {len(text)}"


def _marks(note: Note, text: str) -> Iterator[str]:
    def at(span: Span) -> str:
        return text[span.start : span.end]

    for link in note.links:
        if link.syntax is Syntax.WIKILINK and not (
            at(link.span).startswith(("[[", "![[")) and at(link.span).endswith("]]")
        ):
            yield f"a wikilink reads {at(link.span)!r}"
        if link.embed and link.syntax is not Syntax.CANVAS and "!" not in at(link.span):
            yield f"an embed reads {at(link.span)!r}"
    for block in note.blocks:
        if at(block.span).lower().lstrip("^") != block.id.lower():
            yield f"the id {block.id!r} reads {at(block.span)!r}"
    for math in note.maths:
        if not at(math.span).startswith("$"):  # a display that is never closed runs to the end
            yield f"a formula reads {at(math.span)!r}"


def _headings(note: Note) -> Iterator[str]:
    starts = [heading.span.start for heading in note.headings]
    if starts != sorted(set(starts)):
        yield f"headings stand at {starts}"
    for heading in note.headings:
        if not 1 <= heading.level <= 6:
            yield f"the heading {heading.text!r} has level {heading.level}"


def _report(text: str) -> Iterator[str]:
    """The whole pipeline over a vault with this note: nothing raises, twice the same, findings lie in the text."""
    files = {PATH: text, "Other.md": "# One\n\nText ^id\n\n[[Mutant]]\n", "a picture.png": ""}
    first = check(analyse(Vault.of(files), Config()))
    if check(analyse(Vault.of(dict(reversed(files.items()))), Config())) != first:
        yield "the report depends on the order of the files"
    for finding in first.findings:
        path, span = finding.location
        if not 0 <= span.start <= span.end <= len(files[path]):
            yield f"[{finding.rule}] stands at {span} of {path}"
