"""Writes one link of a generated vault: what kind it is, and whether it is meant to fail."""

from __future__ import annotations

from posixpath import relpath
from random import Random
from urllib.parse import quote

from bench.model import Outline

KINDS = (
    ("plain", 46),
    ("display", 12),
    ("heading", 12),
    ("block", 6),
    ("path", 6),
    ("own heading", 4),
    ("embed", 3),
    ("image", 4),
    ("markdown", 5),
    ("markdown heading", 2),
)
"""Kind and weight, near the mix of large published vaults: most links are a bare name."""

FAULTS = ("broken-link", "broken-heading", "broken-block", "missing-attachment", "unwritten-note", "slug-heading-link")
"""The rules for which links are planted, each as likely as the others."""


def write_link(random: Random, source: Outline, target: Outline, image: str, fails: bool) -> tuple[str, str | None]:
    """A link from `source` as written in its text, and the rule that must report it when it `fails`."""
    if fails:
        rule = random.choice(FAULTS)
        return _fault(random, rule, source, target), rule
    kind = random.choices([name for name, _ in KINDS], [weight for _, weight in KINDS])[0]
    if kind == "block" and not target.blocks:
        kind = "heading"
    return _sound(random, kind, source, target, image), None


def _sound(random: Random, kind: str, source: Outline, target: Outline, image: str) -> str:
    heading = random.choice(target.headings)
    match kind:
        case "display":
            return f"[[{target.linkpath}|as seen before]]"
        case "heading":
            return f"[[{target.linkpath}#{heading}]]"
        case "block":
            return f"[[{target.linkpath}#^{random.choice(target.blocks)}]]"
        case "path":
            return f"[[{target.path.removesuffix('.md')}]]"
        case "own heading":
            return f"[[#{random.choice(source.headings)}]]"
        case "embed":
            return f"![[{target.linkpath}#{heading}]]"
        case "image":
            return f"![[{image.rpartition('/')[2]}|300]]"
        case "markdown":
            return f"[a source]({_relative(source, target)})"
        case "markdown heading":
            return f"[a section]({_relative(source, target)}#{quote(heading)})"
        case _:
            return f"[[{target.linkpath}]]"


def _fault(random: Random, rule: str, source: Outline, target: Outline) -> str:
    number = random.randrange(1_000_000)
    match rule:
        case "broken-link":
            return f"[[Archive of old papers/Nowhere {number}]]"
        case "broken-heading":
            return f"[[{target.linkpath}#Nothing of this kind {number}]]"
        case "broken-block":
            return f"[[{target.linkpath}#^nothing-{number}]]"
        case "missing-attachment":
            return f"![[lost photograph {number}.png]]"
        case "slug-heading-link":
            slug = random.choice(target.headings).lower().replace(" ", "-")
            return f"[a section]({_relative(source, target)}#{slug})"
        case _:
            return f"[[Question for the next seminar {number}]]"


def _relative(source: Outline, target: Outline) -> str:
    """The destination of a Markdown link: relative to the source's folder, spaces and accents escaped."""
    path = quote(relpath(target.path, source.folder or "."), safe="/")
    return path if path.startswith("../") else f"./{path}"
