"""One link, one note: what Obsidian's index would say of it. The vault half of `vaultcheck.library`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vaultcheck.analysis import Analysis, analyse
from vaultcheck.config import Config
from vaultcheck.graph.model import (
    Ambiguous,
    BlockTarget,
    FileTarget,
    HeadingTarget,
    Missing,
    Part,
    Resolution,
    Resolved,
)
from vaultcheck.graph.names import path_form
from vaultcheck.note import regions
from vaultcheck.note.inline import WIKILINK, Ranges, is_external
from vaultcheck.note.markdown import structure
from vaultcheck.note.model import Context, Link, Syntax
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source, Span
from vaultcheck.vault import Vault

_SIZE = re.compile(r"(\d+)(?:x(\d+))?")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+")
_STATUS = {
    Part.NOTE: "broken_note",
    Part.OUTSIDE: "broken_note",
    Part.ATTACHMENT: "attachment_missing",
    Part.HEADING: "broken_heading",
    Part.BLOCK: "broken_block",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link reaches, in plain values as JSON has them.

    `status` is `ok`, `broken_note`, `broken_heading`, `broken_block`, `attachment_missing`, `ambiguous`, `external`
    or `not_a_link`. `target` is the path of the file reached (also of a note whose heading or block is missing).
    `subpath` is `None`, `{"kind": "heading", "heading", "line"}`, `{"kind": "block", "id", "block", "line"}` or
    `{"kind": "fragment", "text"}`; lines count from 1. `candidates` are the equally good files of an ambiguous link,
    `also` the files of that name that lost. `size` is width and height of an embed as written. `property` is the key
    of the property that holds the link (`up`, `rel.0`, `a.b`). `hidden` says that it stands in a comment, `excluded`
    that the user excluded its target.
    """

    status: str
    target: str | None = None
    subpath: dict[str, Any] | None = None
    candidates: list[str] | None = None
    also: list[str] | None = None
    embed: bool = False
    size: list[int | None] | None = None
    property: str | None = None
    hidden: bool = False
    excluded: bool = False


def answer(files: Mapping[str, str], source: str, written: str, app_json: Mapping[str, Any] | None = None) -> Answer:
    """What the link `written` in the note `source` reaches in a vault of these files.

    `files` maps paths to texts (attachments may have any content), `written` is the link as it stands in the source
    (`[[Note#H]]`, `[t](Note.md)`; for a file node of a canvas its path and subpath), `app_json` the content of
    `.obsidian/app.json`. When it stands there several times the first one counts.
    """
    vault = Vault.of(files)
    if app_json is not None:
        vault = vault._replace(app=app_json)
    path = NotePath(source)
    analysis = analyse(vault, Config())
    note = analysis.notes.get(path)
    text = files.get(source, "")
    if note is None:
        return Answer("not_a_link")
    for link, resolution in zip(note.links, analysis.resolutions[path], strict=True):
        if _is_written(source, text, link, written):
            return _answered(analysis, link, resolution, text)
    return _external(text, source, written) or Answer("not_a_link")


def tags(text: str) -> list[str]:
    """The tags of one note, without `#`, as written: those of its properties, then those of its text, in order."""
    return [tag.name for tag in parse(Source(NotePath("Note.md"), text)).tags]


def math(text: str) -> list[dict[str, str]]:
    """The formulas of one note in order: `{"kind": "inline" or "display", "tex": …}`, without the blanks around."""
    note = parse(Source(NotePath("Note.md"), text))
    return [{"kind": "display" if item.display else "inline", "tex": item.latex.strip()} for item in note.maths]


def _is_written(source: str, text: str, link: Link, written: str) -> bool:
    there = text[link.span.start : link.span.end]
    if there == written or (_is_canvas(source) and "\\" in there and _decoded(there) == written):
        return True
    return link.syntax is Syntax.CANVAS and written == link.linkpath + (f"#{link.subpath}" if link.subpath else "")


def _is_canvas(source: str) -> bool:
    return source.lower().endswith(".canvas")


def _decoded(there: str) -> str | None:
    """What part of a string of a canvas says."""
    try:
        return str(json.loads(f'"{there}"'))
    except ValueError:
        return None


def _external(text: str, source: str, written: str) -> Answer | None:
    """A destination that leads out of the vault: of a Markdown link or image, an autolink, a bare address, or a link
    node of a canvas."""
    if not _is_canvas(source):
        return _leads_out(text, written)
    nodes = _nodes(text)
    if any(node.get("type") == "link" and node.get("url") == written for node in nodes):
        return Answer("external")
    words = [str(node["text"]) for node in nodes if node.get("type") == "text" and "text" in node]
    return next((found for word in words if (found := _leads_out(word, written))), None)


def _leads_out(text: str, written: str) -> Answer | None:
    front = regions.front_matter(text)
    start = front.body if front else int(text.startswith("\ufeff"))
    plain = regions.masked(text, start, regions.opaque_blocks(text, start))
    found = structure(plain, WIKILINK.finditer(text, start))
    for begin, end, destination, image, _ in found.links:
        if text[begin:end] == written and is_external(destination):
            return Answer("external", embed=image)
    at = text.find(written, start)
    if _ADDRESS.fullmatch(written) and at >= 0 and at not in Ranges(found.opaque):
        return Answer("external")
    return None


def _nodes(canvas: str) -> list[dict[str, Any]]:
    """The nodes of a canvas that can be read."""
    try:
        nodes = json.loads(canvas)["nodes"]
        return [node for node in nodes if isinstance(node, dict)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []


def _answered(analysis: Analysis, link: Link, resolution: Resolution, text: str) -> Answer:
    target, status, candidates = None, "ok", None
    match resolution:
        case Resolved(reached):
            target = str(reached.path)
        case Ambiguous(files):
            status, candidates = "ambiguous", [str(file) for file in files]
        case Missing(part, _, found):
            status, target = _STATUS[part], found
    return Answer(
        status,
        target,
        _subpath(analysis, resolution),
        candidates,
        _also(analysis, link, target, candidates or ()),
        link.embed,
        _size(text[link.span.start : link.span.end], link) if link.embed else None,
        link.relation if link.syntax is Syntax.PROPERTY else None,
        link.context is Context.COMMENT,
        target is not None and analysis.vault.excludes(NotePath(target)),
    )


def _subpath(analysis: Analysis, resolution: Resolution) -> dict[str, Any] | None:
    match resolution:
        case Resolved(HeadingTarget(path, heading)):
            return {"kind": "heading", "heading": heading.text, "line": _line(analysis, path, heading.span)}
        case Resolved(BlockTarget(path, block)):
            line = _line(analysis, path, block.covers)
            return {"kind": "block", "id": block.id, "block": block.kind.value, "line": line}
        case Resolved(FileTarget(_, fragment)) if fragment:
            return {"kind": "fragment", "text": fragment}
    return None


def _line(analysis: Analysis, path: NotePath, span: Span) -> int:
    return analysis.vault.read(path).position(span.start).line


def _also(analysis: Analysis, link: Link, target: str | None, candidates: Sequence[str]) -> list[str]:
    """The other files of the same name whose path ends as the link asks."""
    if target is None:
        return []
    name = path_form(target).rpartition("/")[2]
    wanted = path_form(link.linkpath.lstrip("./")).removesuffix(".md")
    same = [file for form, file in analysis.index.files.get(name, []) if form.removesuffix(".md").endswith(wanted)]
    return [str(file) for file in same if file != target and file not in candidates]


def _size(written: str, link: Link) -> list[int | None] | None:
    """The size of an embed: `W` or `WxH` behind the last bar, or as the whole alternative text."""
    label = link.display if link.syntax is not Syntax.MARKDOWN else written[2 : written.find("](")]
    match = _SIZE.fullmatch(label.rpartition("|")[2].strip())
    return None if match is None else [int(match[1]), int(match[2]) if match[2] else None]
