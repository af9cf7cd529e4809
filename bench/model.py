"""What a generated vault is made of: its shape, its notes before they have text, and the faults planted in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a vault to make. The same shape gives the same bytes, on every machine and Python version."""

    notes: int = 10_000
    seed: int = 1
    links_per_note: int = 12
    faults_per_thousand: int = 5
    """Of 1,000 links, how many are meant not to resolve."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A note before it has text: what other notes can link to."""

    path: str
    headings: tuple[str, ...]
    blocks: tuple[str, ...]
    unique: bool
    """No other note has its name, so the name alone reaches it."""

    @property
    def folder(self) -> str:
        """The folder, without a slash at its end; empty for the vault's root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The name as one links to it: no folder, no extension."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def linkpath(self) -> str:
        """The shortest text that surely reaches this note: its name, or the path where names repeat."""
        return self.name if self.unique else self.path.removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Planted:
    """A link that is meant to fail: the rule that must say so, the note it stands in, and the link as written."""

    rule: str
    path: str
    written: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished note."""

    path: str
    text: str
    links: int
    planted: tuple[Planted, ...]
