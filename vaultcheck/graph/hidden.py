"""Files that are on the disk but not where Obsidian looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultcheck.graph.conflicts import placeholder_for
from vaultcheck.source import NotePath


class Hidden(NamedTuple):
    """A file that a link cannot reach: in iCloud only, or in a path with a part that begins with a dot."""

    path: NotePath
    in_cloud: bool

    @property
    def why(self) -> str:
        """What to say of a link to it."""
        if self.in_cloud:
            return f'"{self.path}" is in iCloud and has not been downloaded to this machine'
        return f'"{self.path}" exists, but Obsidian does not see what is in folders that begin with a dot'


def by_name(paths: Iterable[NotePath]) -> Mapping[str, Hidden]:
    """The hidden files by their file name in lower case; a placeholder of iCloud by the name it stands for."""
    found: dict[str, Hidden] = {}
    for path in paths:
        original = placeholder_for(path)
        hidden = Hidden(path, in_cloud=False) if original is None else Hidden(original, in_cloud=True)
        name = hidden.path.rpartition("/")[2].lower()
        if hidden.in_cloud or name not in found:
            found[name] = hidden
    return found


def hidden_target(files: Mapping[str, Hidden], linkpath: str) -> Hidden | None:
    """The hidden file that a link asks for, by its name or by a path that ends alike; `None` when there is none."""
    wanted = linkpath.lower().removeprefix("./").lstrip("/")
    while wanted.startswith("../"):
        wanted = wanted[3:]
    for name in (wanted, f"{wanted}.md"):
        found = files.get(name.rpartition("/")[2])
        if found is not None and f"/{found.path.lower()}".endswith(f"/{name}"):
            return found
    return None
