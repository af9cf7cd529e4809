"""LaTeX to MathML that a page may show. The door to math-core.

What comes out holds elements and attributes of a fixed list only, whatever the package writes; what cannot be
converted is left to the caller, who shows the LaTeX.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from math_core import LatexToMathML

LONGEST = 4000
"""Characters of LaTeX that are converted; longer ones are tables that no card can show."""
DEEPEST = 100
"""Braces, brackets and environments in each other; math-core overflows the stack between 5,000 and 10,000."""

_ELEMENTS = frozenset(
    {
        "math",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "ms",
        "mrow",
        "mfrac",
        "msqrt",
        "mroot",
        "mpadded",
        "mphantom",
        "menclose",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "merror",
        "b",
        "i",
    }
)
_ATTRIBUTES = frozenset(
    {
        "display",
        "displaystyle",
        "scriptlevel",
        "mathvariant",
        "mathcolor",
        "stretchy",
        "symmetric",
        "fence",
        "separator",
        "lspace",
        "rspace",
        "width",
        "height",
        "depth",
        "voffset",
        "minsize",
        "maxsize",
        "accent",
        "accentunder",
        "form",
        "linethickness",
        "notation",
        "largeop",
        "movablelimits",
        "columnspan",
        "rowspan",
    }
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z]+)(?P<rest>(?:[^<>\"]|\"[^\"]*\")*?)(?P<void>/?)>")
_ATTRIBUTE = re.compile(r"\s+([\w-]+)=(?:\"([^\"<>]*)\"|([^\s\"'<>=`]+))")
_VALUE = re.compile(r"[\w .#%+-]*")
_STYLES = (
    ("text-align: left", "ml"),
    ("text-align: right", "mr"),
    ("padding-left: 0", "pl"),
    ("padding-right: 0", "pr"),
    ("border-left:", "bl"),
    ("border-right:", "br"),
    ("border-top:", "bt"),
    ("border-bottom:", "bb"),
)
"""What a style says, and the class of the page's style sheet that says the same: the page forbids inline styles."""
_COLOUR = re.compile(r"(?:\A|;)\s*color:\s*(#[0-9A-Fa-f]{6})")
_TEXT = re.compile(r"[^<>]*")
_SIZES = re.compile(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])")
_LABELS = re.compile(r"\\(?:tag\*?|label)\s*\{[^{}]*\}")


@lru_cache(maxsize=4096)
def mathml(latex: str, display: bool) -> str | None:
    """A formula as MathML, or `None` when it is too long, too deep or not understood."""
    if len(latex) > LONGEST or depth(latex) > DEEPEST:
        return None
    from math_core import LatexError

    # Sizes mean nothing on a card, and numbers of equations are only known to the package in displays.
    readable = _LABELS.sub("", _SIZES.sub("", latex))
    try:
        written = _converter().convert_with_local_state(readable, displaystyle=display)
    except (LatexError, ValueError, RecursionError):
        return None
    return cleaned(written)


@lru_cache(maxsize=1)
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML()


def depth(latex: str) -> int:
    """How deep groups stand in each other, counting all that can open one, closed or not."""
    deepest = level = 0
    for token in re.finditer(r"\\left|\\right|\\begin|\\end|\\.|[{}\[\]^_]", latex, re.DOTALL):
        match token[0]:
            case "{" | "[" | "\\left" | "\\begin":
                level += 1
            case "}" | "]" | "\\right" | "\\end":
                level = max(0, level - 1)
            case "^" | "_":
                deepest = max(deepest, level + 1)
        deepest = max(deepest, level)
    return deepest


def cleaned(written: str) -> str | None:
    """MathML with known elements and harmless attributes only; `None` when anything else is in it."""
    out: list[str] = []
    stack: list[str] = []
    place = 0
    for tag in _TAG.finditer(written):
        between = written[place : tag.start()]
        if not _TEXT.fullmatch(between) or tag["name"] not in _ELEMENTS:
            return None
        out.append(between)
        place = tag.end()
        if tag["end"]:
            if not stack or stack.pop() != tag["name"]:
                return None
            out.append(f"</{tag['name']}>")
            continue
        out.append(f"<{tag['name']}{_kept(tag['rest'])}>")
        if tag["void"]:
            out.append(f"</{tag['name']}>")
        else:
            stack.append(tag["name"])
    if stack or written[place:].strip() or not written.startswith("<math"):
        return None
    return "".join(out)


def _kept(attributes: str) -> str:
    """The harmless attributes; a style is said by classes and `mathcolor`."""
    kept: list[str] = []
    classes: list[str] = []
    for name, quoted, bare in _ATTRIBUTE.findall(attributes):
        value = quoted or bare
        if name == "style":
            classes += [short for said, short in _STYLES if said in value]
            if colour := _COLOUR.search(value):
                kept.append(f' mathcolor="{colour[1]}"')
        elif name in _ATTRIBUTES and _VALUE.fullmatch(value):
            kept.append(f' {name}="{value}"')
    if classes:
        kept.append(f' class="{" ".join(classes)}"')
    return "".join(kept)
