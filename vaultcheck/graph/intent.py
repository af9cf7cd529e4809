"""What the author of a link that reaches nothing must have had in mind."""

from __future__ import annotations

import re
from typing import Protocol

from vaultcheck.note.model import Link, Syntax

_ENDINGS = (
    "com|org|net|edu|gov|io|dev|app|ai|info|co|me|de|fr|it|es|uk|eu|ch|at|nl|be|se|no|dk|pl|cz|ru|jp|cn|br|ca|au|us"
)
_WEB = re.compile(rf"(?:www\.|(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?:[/?]|$))", re.IGNORECASE)
_RESERVED = re.compile(r"%(?:23|2F|3F|3A|26|3D|2B|40|2C|3B|24)", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)


class Names(Protocol):
    """Whatever knows the notes of a vault."""

    def is_near(self, name: str, /) -> str | None:
        """An existing note of nearly this name."""


def surely_meant(link: Link, names: Names) -> bool:
    """Whether a link to a missing note was meant to reach one that exists.

    People link to notes that they mean to write. Nobody does so with a folder, a heading or block, an extension, as
    an embed or in Markdown's own syntax; and a note of nearly that name was meant when there is one.
    """
    return (
        link.embed
        or link.syntax is Syntax.MARKDOWN
        or bool(link.subpath)
        or "/" in link.linkpath
        or link.linkpath.lower().endswith(".md")
        or names.is_near(link.linkpath) is not None
    )


def web_address(link: Link) -> bool:
    """Whether a Markdown link is a web address without its `https://`. Obsidian reads it as a file of the vault, which
    is inferred, not documented: a finding that rests on it is a warning at most."""
    return link.syntax is Syntax.MARKDOWN and _WEB.match(link.linkpath) is not None


def bracketed_address(link: Link) -> bool:
    """Whether a wikilink holds a web address: Obsidian asks for a note of that name."""
    return _ADDRESS.match(link.linkpath) is not None


def inferred_reading(link: Link) -> bool:
    """Whether how the link is read is inferred and not documented: escapes that Obsidian seems to leave alone."""
    if link.syntax is not Syntax.MARKDOWN:
        return False
    written = f"{link.linkpath}#{link.subpath}"
    return web_address(link) or bool(_RESERVED.search(written) or _BAD_ESCAPE.search(written))
