"""The sentence around a link, as a reader sees it: markup removed, cut at a readable length."""

from __future__ import annotations

import re

LONGEST = 110
"""Characters shown on each side of a link."""
_WINDOW = 3 * LONGEST
"""How far to look for the ends of a sentence; markup may take more room than what is seen."""

_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>|#]|\d+[.)] |\$\$|```|---))|\r")
_STOP = re.compile(r"(?<=[.!?…])[\"')\]»”]*\s+(?=[^\sa-zà-ÿ])")
_MARK = re.compile(
    r"%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)"
    r"|!?\[\[(?P<wiki>[^\[\]|]*)(?:\|(?P<shown>[^\[\]]*))?\]\]"
    r"|!?\[(?P<text>[^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)"
    r"|(?<!\S)\^[\w-]+(?=\s|\Z)|\*\*|__|==|~~|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`",
    re.DOTALL,
)
_LEAD = re.compile(r"\A(?:\s*(?:>+|[-*+](?=\s)|\d+[.)](?=\s)|#{1,6}(?=\s)|\[[ xX/-]\](?=\s)|\[!\w+\][+-]?|\|))+\s*")
_SPECIAL = re.compile(r"[*_`=~\[\]%<^|]")


def around(text: str, start: int, end: int, first: int = 0) -> tuple[str, str]:
    """What a reader sees before and after `text[start:end]` in its sentence; nothing before `first` is shown."""
    low, high = max(first, start - _WINDOW), min(len(text), end + _WINDOW)
    cut = low > first
    for pattern in (_BREAK, _STOP):
        for found in pattern.finditer(text, low, start + 1):
            if found.end() <= start:
                low, cut = found.end(), False
    ends = [found.start() for found in (_BREAK.search(text, end, high), _STOP.search(text, end, high)) if found]
    stop = min(ends, default=high)
    before, after = _unmarked(_LEAD.sub("", text[low:start])), _unmarked(text[end:stop])
    lead = " " if before[-1:].isspace() else ""
    tail = " " if after[:1].isspace() else ""
    before, after = _folded(before), _folded(after)
    return _last(before, cut) + (lead if before else ""), (tail if after else "") + _first(
        after, stop == high < len(text)
    )


def _last(text: str, cut: bool) -> str:
    if len(text) <= LONGEST:
        return f"… {text}" if cut and text else text
    return "… " + text[-LONGEST:].partition(" ")[2]


def _first(text: str, cut: bool) -> str:
    if len(text) <= LONGEST:
        return f"{text} …" if cut and text else text
    return text[:LONGEST].rpartition(" ")[0] + " …"


def clean(text: str) -> str:
    """Text without Markdown's marks, white space folded; links show what a reader sees."""
    return _folded(_unmarked(text))


def _unmarked(text: str) -> str:
    return _MARK.sub(_seen, text) if _SPECIAL.search(text) else text


def _folded(text: str) -> str:
    return " ".join(text.split())


def _seen(mark: re.Match[str]) -> str:
    if mark["text"] is not None:
        return mark["text"]
    if mark["wiki"] is not None:
        return mark["shown"] or subject(mark["wiki"])
    return ""


def subject(written: str) -> str:
    """What a reader sees of a link without display text: `Note#Heading` as Obsidian shows it, `Note > Heading`."""
    return " > ".join(part.strip() for part in written.split("#") if part.strip())
