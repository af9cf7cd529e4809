"""Edits to texts: many fixes at once, and none over another. Pure; what is written where is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultcheck.findings import Fix
from vaultcheck.source import Location, NotePath, Source, TextEdit


class Applied(NamedTuple):
    """The texts that changed, the edits that were made, and the fixes that were left out."""

    texts: Mapping[NotePath, str]
    edits: Mapping[NotePath, tuple[TextEdit, ...]]
    skipped: tuple[Fix, ...]


def apply(sources: Mapping[NotePath, Source], fixes: Iterable[Fix]) -> Applied:
    """The texts once the fixes are made, each of them wholly or not at all.

    A fix is skipped when one of its edits overlaps an edit of a fix before it, reaches outside its text, or is in a
    file that is not among `sources`. The same edit asked for twice is made once.
    """
    made: dict[NotePath, list[TextEdit]] = {}
    skipped = []
    for fix in fixes:
        new = [edit for edit in dict.fromkeys(fix.edits) if edit not in made.get(edit.location.path, ())]
        if all(_inside(edit, sources) for edit in fix.edits) and not _clashes(new, made):
            for edit in new:
                made.setdefault(edit.location.path, []).append(edit)
        else:
            skipped.append(fix)
    edits = {path: tuple(sorted(some, key=_place)) for path, some in sorted(made.items())}
    texts = {path: _edited(sources[path].text, some) for path, some in edits.items()}
    changed = {path: text for path, text in texts.items() if text != sources[path].text}
    return Applied(changed, edits, tuple(skipped))


def moved(location: Location, edits: Mapping[NotePath, tuple[TextEdit, ...]]) -> Location:
    """Where the start of a place is once the edits are made, as an empty span.

    A place that begins within replaced text begins within the replacement, as far as that reaches.
    """
    start = shifted = location.span.start
    for edit in edits.get(location.path, ()):
        first, last = edit.location.span
        if last <= start and (first, last) != (start, start):
            shifted += len(edit.replacement) - (last - first)
        elif first < start:
            shifted += min(0, len(edit.replacement) - (start - first))
    return Location(location.path, location.span._replace(start=shifted, end=shifted))


def _place(edit: TextEdit) -> Location:
    return edit.location


def _inside(edit: TextEdit, sources: Mapping[NotePath, Source]) -> bool:
    path, (start, end) = edit.location
    return path in sources and 0 <= start <= end <= len(sources[path].text)


def _clashes(new: list[TextEdit], made: Mapping[NotePath, list[TextEdit]]) -> bool:
    """Whether one of the edits overlaps another of them or one made before."""
    return any(
        _overlap(edit, other)
        for index, edit in enumerate(new)
        for other in (*new[:index], *made.get(edit.location.path, ()))
    )


def _overlap(edit: TextEdit, other: TextEdit) -> bool:
    """Whether two edits touch the same text, or put something at the same place; neighbours do not overlap."""
    if edit.location.path != other.location.path:
        return False
    (start, end), (first, last) = edit.location.span, other.location.span
    return (start < last and first < end) or (start, end) == (first, last)


def _edited(text: str, edits: tuple[TextEdit, ...]) -> str:
    pieces = []
    done = 0
    for edit in edits:
        start, end = edit.location.span
        pieces += [text[done:start], edit.replacement]
        done = end
    return "".join((*pieces, text[done:]))
