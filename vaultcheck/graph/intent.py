"""What the author of a link that reaches nothing must have had in mind."""

from __future__ import annotations

import re
from enum import Enum
from typing import Protocol

from vaultcheck.graph.names import NATIVE_EXTENSIONS, extension, folded
from vaultcheck.note.model import Link, Syntax

_ENDINGS = (
    "com|org|net|edu|gov|io|dev|app|ai|info|co|me|de|fr|it|es|uk|eu|ch|at|nl|be|se|no|dk|pl|cz|ru|jp|cn|br|ca|au|us"
)
_WEB = re.compile(rf"(?://|www\.|(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?:[/?]|$))", re.IGNORECASE)
_RESERVED = re.compile(r"%(?:23|2F|3F|3A|26|3D|2B|40|2C|3B|24)", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TELLING = frozenset("+*$&=<>@%~!?")
_LONG = 7
_ADDRESS = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)


class Names(Protocol):
    """Whatever knows the notes of a vault."""

    def is_near(self, name: str, /) -> str | None:
        """An existing note of nearly this name, as it would be linked (`Note`, or `Note|alias` when by an alias)."""


class Meant(Enum):
    """How surely a link to a missing note was meant to reach one that exists."""

    SURELY = "surely"
    LIKELY = "likely"
    UNKNOWN = "unknown"


def how_surely_meant(link: Link, names: Names, times: int) -> Meant:
    """Whether a link to a missing note was meant to reach one that exists.

    People link to notes that they mean to write. Nobody does so with a folder, a heading or block, an extension, as
    an embed or in Markdown's own syntax. A name alone tells less: one that differs in case, accents or separators, or
    by a slip of the fingers, was surely meant for the note; one letter more or less is often another word (*sexual*
    and *asexual*, *Vitamin C* and *Vitamin A*), and an alias may be the name of something else too. A slip is made
    once: `times` says how many links ask for that name.
    """
    if (
        link.embed
        or link.syntax is Syntax.MARKDOWN
        or link.subpath
        or "/" in link.linkpath
        or link.linkpath.lower().endswith(".md")
    ):
        return Meant.SURELY
    near = names.is_near(link.linkpath)
    if near is None:
        return Meant.UNKNOWN
    own, _, alias = near.partition("|")
    own = own.rpartition("/")[2]
    if _signs(link.linkpath) != _signs(alias or own):
        return Meant.UNKNOWN
    if alias:
        return Meant.LIKELY
    same = folded(link.linkpath) == folded(own)
    return Meant.SURELY if same or (times == 1 and is_slip(link.linkpath, own)) else Meant.LIKELY


def is_slip(written: str, meant: str) -> bool:
    """Whether a name is another one but for a slip of the fingers: two letters swapped, or one letter too many or too
    few inside a word of seven letters or more."""
    left, right = folded(written), folded(meant)
    if left == right or abs(len(left) - len(right)) > 1 or max(len(left), len(right)) < _LONG:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if len(left) == len(right):
        swapped = left[start : start + 2] == right[start : start + 2][::-1]
        return swapped and left[start + 2 :] == right[start + 2 :]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[start + 1 :] == shorter[start:] and _inside_a_long_word(written, meant)


def _inside_a_long_word(written: str, meant: str) -> bool:
    """Whether the words that differ are one long pair with the same first and last letters."""
    left, right = (re.findall(r"\w+", name.lower()) for name in (written, meant))
    if len(left) != len(right):
        return False
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if folded(a) != folded(b)]
    return len(pairs) == 1 and all(
        max(len(a), len(b)) >= _LONG and a[0] == b[0] and a[-1] == b[-1] and a[-2:] == b[-2:] for a, b in pairs
    )


def _signs(name: str) -> list[str]:
    """The signs that tell names apart: in `C+`, `Haskell $`."""
    return [sign for sign in name if sign in _TELLING] + re.findall(r"(?:^| )-(?= |$)", name)


def web_address(link: Link) -> bool:
    """Whether a Markdown link is a web address without its `https://`. Obsidian reads it as a file of the vault, which
    is inferred, not documented: a finding that rests on it is a warning at most."""
    return link.syntax is Syntax.MARKDOWN and _WEB.match(link.linkpath) is not None


def placeholder(link: Link) -> bool:
    """Whether a link stands for links in general (`*.jpg`, `...`, `${name}`), as in a text that explains how to write
    one or a program that writes them."""
    return any(sign in link.linkpath for sign in ("*", "...", "${", "{%", "<", ">"))


def file_surely_meant(link: Link) -> bool:
    """Whether a link to a missing file that is no note was meant for a file.

    An ending that is not one of Obsidian's own may be part of a name: `[[Node.js]]` is a note still to be written,
    even in a vault that holds a program.
    """
    bare = link.syntax in {Syntax.WIKILINK, Syntax.PROPERTY} and not link.embed and "/" not in link.linkpath
    return not bare or extension(link.linkpath) in NATIVE_EXTENSIONS


def bracketed_address(link: Link) -> bool:
    """Whether a wikilink holds a web address: Obsidian asks for a note of that name."""
    return _ADDRESS.match(link.linkpath) is not None


def inferred_reading(link: Link) -> bool:
    """Whether how the link is read is inferred and not documented: escapes that Obsidian seems to leave alone, a
    query behind `?`, two spaces in a row, and a bracket too many in `[[[Note]]`."""
    if link.syntax is Syntax.WIKILINK:
        return "  " in link.linkpath or link.linkpath.count("[") > link.linkpath.count("]")
    if link.syntax is not Syntax.MARKDOWN:
        return False
    written = f"{link.linkpath}#{link.subpath}"
    return web_address(link) or bool("?" in link.linkpath or _RESERVED.search(written) or _BAD_ESCAPE.search(written))
