"""The pages of the map from its rows. The door to jinja2.

Templates, script and style are files of the folder `templates` (docs/adr/0010).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from vaultcheck import __version__
from vaultcheck.reports.concept_map import encode
from vaultcheck.reports.concept_map.colours import SEVERITIES, STANDINGS
from vaultcheck.reports.concept_map.model import MapRows, Row, RowKind
from vaultcheck.reports.concept_map.previous import FORMAT

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment

LARGEST = 5_000_000
"""Characters of a page that holds everything; what is more is kept in files beside it."""
MANY = 3000
"""With more rows the page keeps to what it draws, and cards are files beside it."""
A_FILE = 250
"""Cards in one file beside the page."""
FOLDER = "map-data"
"""Where the files beside the page are."""

_VENDOR = (
    "d3-dispatch", "d3-timer", "d3-quadtree", "d3-force", "d3-color", "d3-interpolate", "d3-ease", "d3-selection",
    "d3-transition", "d3-drag", "d3-zoom",
)  # fmt: skip
"""Packages of `templates/vendor`, each after those it needs."""
_SCRIPTS = (
    "address", "query", "scene", "colour", "paint", "labels", "stage", "inset", "card", "derivation", "panel", "list",
    "paper", "start",
)  # fmt: skip
"""Parts of the script in `templates/map`, in the order in which they are joined."""
_HEADINGS = {RowKind.ATTACHMENT: "Attachments", RowKind.MISSING: "Not written yet", RowKind.CANVAS: "Canvases"}


class Group(NamedTuple):
    """Rows of one folder, as the list shows them."""

    kind: str
    folder: str
    heading: str
    rows: Sequence[Row]
    counts: Sequence[tuple[str, str, int]]


def render(rows: MapRows, date: str = "") -> Mapping[str, str]:
    """The files of the map by their path: `index.html`, and for a large vault the files that it loads when needed.

    The same rows and date give the same bytes. `date` is shown when there is one; nothing else depends on time.
    """
    words = encode.encoded(encode.words(rows.rows))
    parts = [
        encode.encoded(encode.cards(rows.rows, rows.claims, first, first + A_FILE))
        for first in range(0, len(rows.rows), A_FILE)
    ]
    whole = len(rows.rows) <= MANY and len(words) + sum(map(len, parts)) <= LARGEST
    scene = encode.encoded({**encode.scene(rows), "beside": 0 if whole else A_FILE})
    script, style = _script(), _style()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'{'' if whole else ' ' + _STRICT}; "
        f"style-src '{_hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("concept_map.html.j2")
    page = template.render(
        version=__version__,
        format=FORMAT,
        vault=rows.vault,
        date=date,
        policy=policy,
        style=style,
        script=script,
        scene=scene,
        words=words if whole else "",
        cards=f"[{','.join(part[1:-1] for part in parts)}]" if whole else "",
        groups=_groups(rows.rows),
        claims=rows.claims,
        left_out=rows.left_out,
        standings=_counted_standings(rows),
        severities=_counted_severities(rows.rows),
    )
    if whole:
        return {"index.html": page}
    beside = {f"{FOLDER}/words.js": f'vaultcheckPart("words",{words});\n'}
    for number, part in enumerate(parts):
        beside[f"{FOLDER}/cards-{number}.js"] = f'vaultcheckPart("cards-{number}",{part});\n'
    return {"index.html": page, **beside}


_STRICT = "'strict-dynamic'"
"""Lets the one script load the files beside the page; 'self' is nothing that a page opened from disk has."""


def _groups(rows: Sequence[Row]) -> Iterator[Group]:
    for (kind, folder), members in groupby(rows, key=lambda row: (row.kind, row.folder)):
        heading = folder or ("Notes" if kind is RowKind.NOTE else "")
        if kind in _HEADINGS:
            heading = f"{_HEADINGS[kind]}: {folder}" if folder else _HEADINGS[kind]
        held = tuple(members)
        yield Group(kind.value, folder, heading, held, _counted_severities(held))


def _counted_standings(rows: MapRows) -> list[tuple[str, str, int]]:
    return [
        (standing.value, swatch.mark, sum(claim.standing is standing for claim in rows.claims))
        for standing, swatch in STANDINGS.items()
    ]


def _counted_severities(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    return [
        (severity.value, swatch.mark, sum(f.severity is severity for row in rows for f in row.findings))
        for severity, swatch in SEVERITIES.items()
    ]


def _hash(text: str) -> str:
    """A source of a content security policy that allows exactly this text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def _script() -> str:
    """The one script of a page: the packages of d3, then ours, which sees `d3` and leaves nothing behind."""
    folder = _templates()
    vendor = [(folder / "vendor" / f"{name}.min.js").read_text(encoding="utf-8") for name in _VENDOR]
    ours = [(folder / "map" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return "\n".join([*vendor, "(function (d3) {", '"use strict";', *ours, "})(d3);", ""])


@lru_cache(maxsize=1)
def _style() -> str:
    """The one style sheet of a page: the colours of both tables as variables, then the rules."""
    folder = _templates()
    states = [*STANDINGS.items(), *SEVERITIES.items()]
    light = "".join(f"--{state.value}:{swatch.light};" for state, swatch in states)
    dark = "".join(f"--{state.value}:{swatch.dark};" for state, swatch in states)
    chosen = f":root{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n"
    system = f"@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
    named = "".join(f".{state.value}{{--state:var(--{state.value})}}\n" for state, _ in states)
    return chosen + system + named + (folder / "map" / "map.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = _templates()
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _templates() -> Traversable:
    """The folder of templates: in the package when it is installed, beside it in a checkout."""
    package = files("vaultcheck")
    folder = package / "templates"
    return folder if folder.is_dir() else package.joinpath("..", "templates")
