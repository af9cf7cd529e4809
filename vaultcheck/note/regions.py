"""The parts of a note that block structure must not see: properties, `$$` blocks, `%%` blocks.

Obsidian knows these three before it knows Markdown; CommonMark knows none of them. They are found here, line by
line, so that the Markdown parser can be handed a text of the same length in which each is one opaque block.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_OPENER = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_MARKS = ("```", "~~~", "$$", "%%", "<!--")
_FENCE = re.compile(r"`{3,}|~{3,}")
_COMMENT_BLOCK = re.compile(r"\n[ \t]*+%%[^%\r\n]*+(?:[\r\n]|\Z)")
_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*[ \t]*")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_LINE_START = r"(?:^|(?<=\r)(?!\n))"
_LEAVES_QUOTE = re.compile(_LINE_START + r"(?![ \t]*>)", re.MULTILINE)


class FrontMatter(NamedTuple):
    """Where the properties stand: `start` to `end` is the YAML, `body` where the note's own text begins."""

    start: int
    end: int
    body: int


class OpaqueKind(StrEnum):
    """What an opaque block is."""

    MATH = "math"
    COMMENT = "comment"


class Opaque(NamedTuple):
    """A `$$` or `%%` block, marks included; `inner` is its content; `closed` is false where it runs on to the end."""

    kind: OpaqueKind
    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def front_matter(text: str) -> FrontMatter | None:
    """The properties block, or `None`.

    It starts at the very first character (behind one byte-order mark), ends at the first later line that starts
    with `---`, and an empty one is none.
    """
    opener = _OPENER.match(text)
    if opener is None:
        return None
    start = opener.end()
    line_feed = text.find("\n---", start - 1)
    # A carriage return counts only where it comes first, so that its search need not read on to the end.
    carriage = text.find("\r---", start - 1, line_feed if line_feed >= 0 else len(text))
    closer = (carriage if carriage >= 0 else line_feed) + 1
    return None if closer <= start else FrontMatter(start, closer, closer + 3)


def opaque_blocks(text: str, start: int) -> list[Opaque]:
    """The `$$` and `%%` blocks of `text` from `start` on, in order; fenced code and HTML comments hide them."""
    if ("$" not in text or "$$" not in text) and not _may_hold_comment_block(text, start):
        return []
    found: list[Opaque] = []
    position = start
    for at, mark in _marks(text, start):
        if at < position:
            continue
        prefix = _prefix(text, start, at)
        if prefix is None:
            continue
        if mark[0] in "`~":
            position = _code_end(text, at, prefix)
        elif mark == "<!--":
            position = _after(text, "-->", at)
        else:
            block = _math_block(text, at, prefix) if mark == "$$" else _comment_block(text, at, prefix)
            if block is not None:
                found.append(block)
                position = block.end
    return found


def _marks(text: str, start: int) -> list[tuple[int, str]]:
    """The marks that may open a block, in order. Five plain searches are faster than one with alternatives."""
    found: list[tuple[int, str]] = []
    for mark in _MARKS:
        at = text.find(mark, start) if mark[0] in text else -1  # one letter is found much faster than two
        while at >= 0:
            found.append((at, mark))
            at = text.find(mark, at + len(mark))
    found.sort()
    return found


def _may_hold_comment_block(text: str, start: int) -> bool:
    """A quick look before the careful one: is there a line that begins with `%%` and has no other `%`?"""
    return text.startswith("%%", start) or "\r" in text or _COMMENT_BLOCK.search(text) is not None


def _prefix(text: str, start: int, at: int) -> str | None:
    """What stands before a mark in its line when that is only quote marks, list marks and blanks; else `None`."""
    before = text[at - 1] if at > start else "\n"
    if before in "\r\n":
        return ""
    if before not in " \t>":
        return None
    line = text.rfind("\n", start, at) + 1 or start
    line = text.rfind("\r", line, at) + 1 or line
    return text[line:at] if _PREFIX.fullmatch(text, line, at) else None


def _line_end(text: str, position: int) -> int:
    found = _LINE_END.search(text, position)
    return found.start() if found else len(text)


def _after(text: str, mark: str, position: int) -> int:
    at = text.find(mark, position)
    return len(text) if at < 0 else at + len(mark)


def _container_end(text: str, at: int, prefix: str) -> int:
    """Where the quote that holds the line at `at` ends; the end of the text outside quotes."""
    if ">" not in prefix:
        return len(text)
    line_end = _line_end(text, at)
    left = _LEAVES_QUOTE.search(text, min(line_end + 1, len(text)))
    return left.start() if left else len(text)


def _math_block(text: str, at: int, prefix: str) -> Opaque | None:
    """A `$$` block: no further `$` on the opening line; it ends at the next `$$`, or with its container."""
    after = at + 2
    line_end = _line_end(text, after)
    if text.find("$", after, line_end) >= 0:
        return None
    limit = _container_end(text, at, prefix)
    close = text.find("$$", line_end, limit)
    if close < 0:
        return Opaque(OpaqueKind.MATH, at, limit, after, limit, closed=False)
    return Opaque(OpaqueKind.MATH, at, close + 2, after, close, closed=True)


def _comment_block(text: str, at: int, prefix: str) -> Opaque | None:
    """A `%%` block: no other `%` on the opening line, only blanks before; it ends at the next `%%`, even within a
    line."""
    after = at + 2
    line_end = _line_end(text, after)
    if prefix.strip() or text.find("%", after, line_end) >= 0:
        return None
    close = text.find("%%", line_end)
    if close < 0:
        return Opaque(OpaqueKind.COMMENT, at, len(text), after, len(text), closed=False)
    return Opaque(OpaqueKind.COMMENT, at, close + 2, after, close, closed=True)


def _code_end(text: str, at: int, prefix: str) -> int:
    """Where a fenced code block ends; the end of the line when it is inline code that begins the line."""
    fence = _FENCE.match(text, at)
    mark = fence[0] if fence else text[at : at + 3]
    after = at + len(mark)
    line_end = _line_end(text, after)
    if mark[0] == "`" and text.find("`", after, line_end) >= 0:
        return line_end
    limit = _container_end(text, at, prefix)
    marks = re.escape(mark[0]) + "{" + str(len(mark)) + ",}"
    closer = re.compile(_LINE_START + r"[ \t>]*" + marks + r"[ \t]*(?:$|(?=\r))", re.MULTILINE)
    found = closer.search(text, min(line_end + 1, limit), limit)
    return found.end() if found else limit


def masked(text: str, start: int, blocks: list[Opaque]) -> str:
    """A text of the same length for the Markdown parser: blank up to `start` (properties, a byte-order mark), each
    opaque block one empty heading line.

    A heading is the shortest block (two characters) that interrupts a paragraph and takes nothing of what follows.
    """
    if not start and not blocks:
        return text
    parts = ["\n" * start]
    done = start
    for block in blocks:
        parts.append(text[done : block.start])
        length = block.end - block.start
        parts.append("# " + "x" * (length - 3) + "\n" if length > 2 else "# ")
        done = block.end
    parts.append(text[done:])
    return "".join(parts)
