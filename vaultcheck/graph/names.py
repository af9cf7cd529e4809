"""How Obsidian compares names: files, headings, block ids, tags. One pure function each."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

NATIVE_EXTENSIONS = frozenset(
    {"md", "base", "canvas", "pdf"}
    | {"avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"}
    | {"flac", "m4a", "mp3", "ogg", "wav", "webm", "3gp"}
    | {"mkv", "mov", "mp4", "ogv"}
)
"""The formats that Obsidian opens itself (Obsidian's manual, "Accepted file formats")."""

_PUNCTUATION = frozenset(b'!"#$%&()*+,.:;<=>?@^`{|}~/[]\\')
_HEADING_LINK_PUNCTUATION = re.compile(r"[:#|^\\\r\n]|%%|\[\[|\]\]")
_NOT_WORD = re.compile(r"[\W_]+")
_LOWER = bytes(range(256)).lower()
_LOWER_AND_SPACED = bytes(32 if c in _PUNCTUATION or (c < 128 and chr(c).isspace()) else c for c in _LOWER)
_NOT_WORD_IN_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


def path_form(path: str) -> str:
    """A path or name for comparing: NFC, no-break spaces folded to spaces, lower case."""
    if path.isascii():
        return path.lower()
    return normalize("NFC", path.replace("\u00a0", " ").replace("\u202f", " ")).lower()


@lru_cache(maxsize=1 << 12)
def heading_form(text: str) -> str:
    """A heading, or what a link asks for, for comparing: punctuation to spaces, white space collapsed, lower case.

    `_`, `-`, apostrophes, emoji and accents stay. Source: `stripHeading` in Obsidian's API.
    """
    # In bytes a table is ten times as fast; what is not ASCII is written with other bytes, which it leaves alone.
    if text.isascii():
        spaced = text.encode().translate(_LOWER_AND_SPACED).decode()
        return " ".join(spaced.split()) if "  " in spaced else spaced.strip()
    spaced = text.encode("utf-8", "surrogatepass").translate(_LOWER_AND_SPACED).decode("utf-8", "surrogatepass")
    return normalize("NFC", " ".join(spaced.split()).lower())


def heading_link_form(text: str) -> str:
    """A heading as Obsidian writes it into a link: what would end or split the link becomes a space.

    Source: `stripHeadingForLink` in Obsidian's API.
    """
    return " ".join(_HEADING_LINK_PUNCTUATION.sub(" ", text).split())


def extension(path: str) -> str:
    """The extension of a path in lower case, without its dot; empty when there is none."""
    name = path.rpartition("/")[2]
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def stem(path: str) -> str:
    """The name of a note: its file name without `.md`; other files keep their extension."""
    name = path.rpartition("/")[2]
    return name[:-3] if name.lower().endswith(".md") else name


def folded(name: str) -> str:
    """A name with everything folded that people confuse: case, accents, spaces, dashes, underscores, punctuation."""
    if name.isascii():
        return name.encode().translate(_LOWER, _NOT_WORD_IN_ASCII).decode()
    plain = "".join(c for c in normalize("NFKD", name) if not combining(c))
    return _NOT_WORD.sub("", plain.lower())
