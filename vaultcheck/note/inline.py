"""What stands in running text: wikilinks, Markdown destinations, tags, inline fields, comments, ignores."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from operator import le
from sys import intern
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from vaultcheck.note.model import Field, Ignore
from vaultcheck.source import Span

# Unrolled, not possessive: Python before 3.11.5 finds nothing with a possessive group (python/cpython#106052).
WIKILINK = re.compile(r"\[\[(?!\]\])([^\[\]\r\n]*(?:(?:\](?!\])|\[(?!\[))[^\[\]\r\n]*)*)\]\]")
_TAG = re.compile(r"#([^\s\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+)")
_DIGITS = re.compile(r"[0-9]+")
_FIELD_LINE = re.compile(
    r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+(?:\[.\][ \t]+)?|\d{1,9}[.)][ \t]+)*(?:%%[ \t]*)?"
    r"([^\W\d][\w /-]*?)::[ \t]+([^\r\n]*?)(?:[ \t]*%%)?[ \t]*$",
    re.MULTILINE,
)
_FIELD_BRACKET = re.compile(
    r"[\[(]([^\W\d][\w /-]*)::[ \t]*((?:\[\[[^\[\]\r\n]*\]\]|\$[^$\r\n]*\$|[^\[\]()\r\n])*)[\])]"
)
_IGNORE = re.compile(r"vaultcheck:[ \t]*ignore(?:\[([^\]\r\n]*)\])?[ \t]*([^\r\n]*)")
_COMMENT = re.compile(r"%%[^%\r\n]+(?:%[^%\r\n]+)*%%")
_TWO_COLONS = re.compile(r":(?=:)")
_TEMPLATE_TAG = re.compile(r"<(?=%)")
_TEMPLATE = re.compile(r"<%|\{\{")
_LINE = re.compile(r"[^\r\n]*")
_NEXT_LINE = re.compile(r"(?:[ \t]*(?:%%)?[ \t]*(?:\r\n|\r|\n))*[^\r\n]*")
_RESERVED = frozenset(";/?:@&=+$,#")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Ranges:
    """Sorted stretches of a text, asked "is this place in one of you?"."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, pairs: Collection[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        if not pairs:
            return
        ordered = sorted(pairs)
        starts, ends = zip(*ordered, strict=True)
        if all(map(le, ends, starts[1:])):
            self._starts, self._ends = list(starts), list(ends)
            return
        for start, end in ordered:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def walk(self) -> Callable[[int], bool]:
        """The same question for places that are asked in ascending order, which is cheaper."""
        if not self._starts:
            return _nowhere
        starts, ends, last = self._starts, self._ends, len(self._starts)
        index = 0

        def inside(place: int) -> bool:
            nonlocal index
            while index < last and ends[index] <= place:
                index += 1
            return index < last and starts[index] <= place

        return inside

    def pairs(self) -> Iterator[tuple[int, int]]:
        """The stretches, merged where they overlapped."""
        return zip(self._starts, self._ends, strict=True)

    def around(self, place: int) -> tuple[int, int] | None:
        """The stretch that holds a place."""
        index = bisect_right(self._starts, place) - 1
        return (self._starts[index], self._ends[index]) if index >= 0 and place < self._ends[index] else None

    def __contains__(self, place: int) -> bool:
        index = bisect_right(self._starts, place)
        return index > 0 and place < self._ends[index - 1]


NO_RANGES = Ranges(())


def _nowhere(_: int) -> bool:
    return False


class Destination(NamedTuple):
    """A Markdown destination as the look-up takes it; `readable` is false when its escapes cannot be decoded."""

    text: str
    readable: bool


def look_up_form(target: str) -> str:
    """A target before look-up: no-break spaces folded, trimmed, NFC."""
    if target.isascii():
        return target.strip()
    return normalize("NFC", target.replace("\u00a0", " ").replace("\u202f", " ").strip())


def target_parts(target: str) -> tuple[str, str]:
    """Linkpath and subpath of what a wikilink asks for, as the look-up takes them; both empty when that is nothing.

    The same targets recur all over a vault, so equal texts are made one object.
    """
    target = target.strip() if target.isascii() else look_up_form(target)
    if "#" not in target:
        return intern(target), ""
    path, _, subpath = target.partition("#")
    return (intern(path), intern(subpath)) if path or subpath.strip("#") else ("", "")


def split_target(target: str) -> tuple[str, str]:
    """Path part and subpath (without its `#`), split at the first `#`."""
    path, _, subpath = target.partition("#")
    return path, subpath


def split_wikilink(body: str) -> tuple[str, str]:
    """Target and display text of what stands between `[[` and `]]`."""
    bar = body.find("|", 1)
    if bar < 0:
        target, display = body, ""
    else:
        target, display = body[:bar], body[bar + 1 :].strip()
    return target.removesuffix("\\"), display


def is_external(destination: str) -> bool:
    """Whether a Markdown destination leads out of the vault: it has a colon and does not begin with `./` or `../`."""
    return ":" in destination and not destination.startswith(("./", "../"))


def decode_destination(destination: str) -> Destination:
    """What JavaScript's `decodeURI` makes of a destination: reserved characters stay escaped."""
    destination = destination.replace("%20", " ")
    if "%" not in destination:
        return Destination(destination, True)
    if _BAD_ESCAPE.search(destination):
        return Destination(destination, False)
    try:
        return Destination(_ESCAPES.sub(_decode_run, destination), True)
    except UnicodeDecodeError:
        return Destination(destination, False)


def _decode_run(match: re.Match[str]) -> str:
    decoded = unquote(match[0], errors="strict")
    if decoded.isalnum():
        return decoded
    return "".join(f"%{ord(char):02X}" if char in _RESERVED else char for char in decoded)


class TagCandidate(NamedTuple):
    """What would be a tag if it stood at the beginning of an inline run; `marked` when a mark stands before it."""

    start: int
    name: str
    length: int
    marked: bool


def tag_candidates(text: str, start: int) -> list[TagCandidate]:
    """What may be a tag from `start` on: a `#` behind white space, or behind a mark that may begin an inline run."""
    found: list[TagCandidate] = []
    for match in _TAG.finditer(text, start):
        at = match.start()
        before = text[at - 1] if at > start else "\n"
        marked = before in "*_~[|>="
        if not marked and not before.isspace():
            continue
        if marked and _begins_run(text, before, at):
            marked = False
        name = match[1].rstrip("/")
        if name and not _DIGITS.fullmatch(name) and (before != "=" or not marked):
            found.append(TagCandidate(at, name, len(match[1]), marked))
    return found


def _begins_run(text: str, before: str, at: int) -> bool:
    """Whether the marks before a place begin an inline run whatever stands around: a highlight, an inline footnote,
    the line of a quote."""
    if before == ">":
        while at and text[at - 1] in " \t>":
            at -= 1
        return not at or text[at - 1] in "\r\n"
    return text[at - 2 : at] in {"==", "^["}


def without_closer(tag: TagCandidate, closers: Mapping[int, int]) -> TagCandidate | None:
    """A tag without the underscores that close the emphasis it stands in; `closers` maps the ends of emphasis to the
    length of their marks. `None` when what is left is no tag."""
    length = tag.length
    while closing := closers.get(tag.start + 1 + length):
        length -= closing
    if length == tag.length:
        return tag
    name = tag.name[:length].rstrip("/")
    return tag._replace(name=name, length=length) if name and not _DIGITS.fullmatch(name) else None


def fields(text: str, start: int, hidden: Ranges) -> list[Field]:
    """Inline fields: `key:: value` as a line of its own (also behind list marks and in `%%`), `[key:: value]`,
    `(key:: value)`."""
    found = [
        Field(match[1].strip(), match[2], Span(*match.span(2)))
        for pattern in (_FIELD_LINE, _FIELD_BRACKET)
        for match in pattern.finditer(text, start)
        if match.start(1) not in hidden
    ]
    return sorted(found, key=lambda field: field.span)


def line_start(text: str, at: int) -> int:
    """Where the line that holds a place begins; only the line itself is searched for a carriage return."""
    begin = text.rfind("\n", 0, at) + 1
    return text.rfind("\r", begin, at) + 1 or begin


def comments(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The inline comments `%%…%%` from `start` on, each within one line."""
    return (match.span() for match in _COMMENT.finditer(text, start))


def may_hold_field(text: str) -> bool:
    """A quick look for `::`. One letter is found much faster than two, hence the pattern that asks for the second
    behind each first."""
    return ":" in text and _TWO_COLONS.search(text) is not None


def may_hold_template(text: str) -> bool:
    """A quick look for the openings of template code."""
    return ("<" in text and _TEMPLATE_TAG.search(text) is not None) or ("{" in text and "{{" in text)


def template_code(text: str) -> list[tuple[int, int]]:
    """Template code: `<% … %>` and `{{ … }}`. A kind that is not closed once is not looked for again."""
    found: list[tuple[int, int]] = []
    closed = {"<%": "%>", "{{": "}}"}
    at = 0
    while closed and (opening := _TEMPLATE.search(text, at)):
        at = opening.end()
        closing = closed.get(opening[0])
        end = text.find(closing, at) if closing else -1
        if end >= 0:
            at = end + 2
            found.append((opening.start(), at))
        else:
            closed.pop(opening[0], None)
    return found


def ignores(text: str, body: int) -> Iterator[Ignore]:
    """`vaultcheck: ignore[rules] reason`, in a comment or in the properties.

    In the properties it holds for the whole note; on a line of its own for the next line that is not blank; behind
    other text for its own line.
    """
    for match in _IGNORE.finditer(text):
        rules = tuple(name.strip() for name in (match[1] or "").split(",") if name.strip())
        reason = match[2].partition("%%")[0].strip(" \t\"'")
        place = Span(match.start(), match.start(2) + len(match[2].partition("%%")[0].rstrip()))
        if match.start() < body:
            yield Ignore(rules, reason, Span(0, len(text)), place)
            continue
        opening = text.rfind("%%", body, match.start())
        if opening < 0 or text[opening + 2 : match.start()].strip():
            continue
        yield Ignore(rules, reason, _ignored_lines(text, opening, match.end()), place)


def _ignored_lines(text: str, opening: int, end: int) -> Span:
    begin = line_start(text, opening)
    line = _LINE.match(text, end)
    line_end = line.end() if line else len(text)
    if text[begin:opening].strip(" \t>-*+"):
        return Span(begin, line_end)
    following = _NEXT_LINE.match(text, line_end)
    return Span(begin, following.end() if following else len(text))
