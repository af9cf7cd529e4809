"""What a kept report is known by changes with everything that the report depends on."""

from __future__ import annotations

from pathlib import Path

from vaultcheck.check import fingerprint
from vaultcheck.config import Config
from vaultcheck.source import NotePath
from vaultcheck.vault import Stamp, Vault


def with_stamps(*stamps: tuple[str, int, int, int]) -> Vault:
    made = [Stamp(NotePath(path), *rest) for path, *rest in stamps]
    return Vault("vault", Path("vault"), stamps={stamp.path: stamp for stamp in made})


def test_every_change_gives_another() -> None:
    plain = with_stamps(("A.md", 1, 2, 3), ("B.md", 1, 2, 3))
    vaults = [
        plain,
        with_stamps(("A.md", 1, 2, 3)),
        with_stamps(("A.md", 1, 2, 3), ("C.md", 1, 2, 3)),
        with_stamps(("A.md", 2, 2, 3), ("B.md", 1, 2, 3)),
        with_stamps(("A.md", 1, 3, 3), ("B.md", 1, 2, 3)),
        with_stamps(("A.md", 1, 2, 2**62), ("B.md", 1, 2, 3)),
        with_stamps(("A.md", 1, 2, -1), ("B.md", 1, 2, 3)),
        with_stamps(("É.md", 1, 2, 3), ("B.md", 1, 2, 3)),
        plain._replace(app={"userIgnoreFilters": ["x"]}),
        plain._replace(hidden=(NotePath(".trash/A.md"),)),
        plain._replace(hidden=(NotePath(".trash/\udcff.md"),)),
        plain._replace(unnamed=(NotePath("\\xff.md"),)),
    ]
    found = [fingerprint(vault, Config(), "1") for vault in vaults]
    found += [fingerprint(plain, Config(split_tag_strings=True), "1"), fingerprint(plain, Config(), "2")]
    assert len(set(found)) == len(found)


def test_the_same_gives_the_same() -> None:
    assert len({fingerprint(with_stamps(("A.md", 1, 2, 3)), Config(), "1") for _ in range(3)}) == 1
