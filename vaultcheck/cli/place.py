"""Which vault is meant, and which part of it the report is limited to."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vaultcheck.source import NotePath, shown


class Place(NamedTuple):
    """A vault and the files and folders in it that were asked for; none means all of it."""

    root: Path
    parts: tuple[NotePath, ...] = ()

    def holds(self, path: NotePath) -> bool:
        """Whether a file of the vault was asked for. Composed and decomposed accents are the same name."""
        if not self.parts:
            return True
        name = _normal(path)
        return any(name == part or name.startswith(f"{part}/") for part in self.parts)


def _normal(path: str) -> str:
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _unusable(reason: str) -> Exception:
    import click  # a plain check does without

    return click.UsageError(reason)


def locate(vault: str | None, given: Sequence[str]) -> Place:
    """The vault: the folder named, else the nearest one upward from what was given (or from here) that holds
    `.obsidian`, else the folder given, else the current one. Raises `click.UsageError` for a path that is not in it.
    """
    root = Path(vault) if vault is not None else _found(given)
    if not given:
        return Place(root)
    parts = [_inside(root, path, named=vault is not None) for path in given]
    return Place(root, () if "." in parts else tuple(parts))


def _found(given: Sequence[str]) -> Path:
    start = Path(given[0]) if given else Path()
    folder = start if start.is_dir() or not start.exists() else start.parent
    above = folder.absolute()
    for place in (above, *above.parents):
        if (place / ".obsidian").is_dir():
            return _short(place)
    if len(given) == 1 and start.is_dir():
        return start
    return Path()


def _short(folder: Path) -> Path:
    """The folder relative to the current one where that is shorter to read."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _inside(root: Path, given: str, *, named: bool) -> NotePath:
    """A path as the vault spells it; one that does not exist from here may be meant from the vault's root."""
    path = Path(given)
    if not os.path.lexists(path) and named and os.path.lexists(root / path):
        path = root / path
    if not os.path.lexists(path):
        raise _unusable(f'there is no file or folder "{shown(given)}"')
    name = _name(root, path)
    if name is None:
        raise _unusable(f'"{shown(given)}" is not in the vault {shown(str(root))}')
    return name


def unsaved_note(vault: str | None, given: str) -> tuple[Path, NotePath]:
    """The vault of a note that need not exist yet, and the note as the vault spells it.

    A path that is not in the vault from here is meant from the vault's root. Raises `click.UsageError`.
    """
    root = locate(vault, ()).root if vault is not None else _found((str(Path(given).parent),))
    for path in (Path(given), root / given):
        folder = _name(root, path.parent)
        if folder is not None:
            return root, NotePath(_normal(path.name if folder == "." else f"{folder}/{path.name}"))
    raise _unusable(f'"{shown(given)}" is not in the vault {shown(str(root))}')


def _name(root: Path, path: Path) -> NotePath | None:
    """A path as the vault at `root` spells it, `.` for the vault itself; `None` when it is outside."""
    for base, whole in ((_plain(root), _plain(path)), (root.resolve(), path.resolve())):
        if whole.is_relative_to(base):
            return NotePath(_normal(whole.relative_to(base).as_posix()))
    return None


def _plain(path: Path) -> Path:
    """Absolute and without `..`, links not followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100  (pathlib either keeps `..` or follows links)
