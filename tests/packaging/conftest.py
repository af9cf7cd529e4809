"""The project as people get it: a wheel, a source archive, and an environment with nothing but the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Built:
    """The two files that a release uploads."""

    wheel: Path
    sdist: Path


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment with the wheel, and a folder to stand in that is not the checkout."""

    folder: Path
    elsewhere: Path

    @property
    def programs(self) -> Path:
        """Where the environment keeps its programs."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment; nothing of the developer's own settings reaches it."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VAULTCHECK"))}
        program, *arguments = command
        return subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=cwd or self.elsewhere,
            env=clean | {"VAULTCHECK_CACHE_DIR": str(self.elsewhere / "cache"), "PYTHONUTF8": "1", "NO_COLOR": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def build(source: Path, target: Path) -> Built:
    """Build both archives of a source tree with the backend that pyproject.toml names; no network is used."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(target)],
        cwd=source,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [wheel], [sdist] = target.glob("*.whl"), target.glob("*.tar.gz")
    return Built(wheel, sdist)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Wheel and source archive of this checkout."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own. Its dependencies are those of the developer's, lent by a path line.

    Lines of a .pth file are not read again for .pth files in what they name, so the editable install of the
    checkout is not lent with them.
    """
    folder = tmp_path_factory.mktemp("installed")
    here = Installed(folder / "venv", folder)
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(here.folder)
    [packages] = (path for path in here.folder.rglob("site-packages") if path.is_dir())
    (packages / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    python = here.programs / "python"
    command = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(built.wheel)]
    done = subprocess.run([sys.executable, "-m", "pip", *command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return here
