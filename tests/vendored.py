"""The borrowed scripts of the map: made again from the lock file, and compared with what is kept.

`python -m tests.vendored --write` puts the files of the locked versions into `templates/vendor`; it needs npm and a
network. The comparison of the kept files with their manifest needs neither.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "templates" / "vendor"
OURS = frozenset({"manifest.json", "package.json", "package-lock.json", "README.md"})
"""Files of the folder that no package brings."""


def manifest() -> Mapping[str, str]:
    """The SHA-256 of each borrowed file, by its name."""
    loaded = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def locked() -> Mapping[str, str]:
    """The version of each package, by its name."""
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    return {
        path.removeprefix("node_modules/"): package["version"] for path, package in lock["packages"].items() if path
    }


def digest(data: bytes) -> str:
    """The SHA-256 of a file as the manifest has it."""
    return hashlib.sha256(data).hexdigest()


def fetched() -> Mapping[str, bytes]:
    """The files of the locked versions, by the names under which they are kept: each package's minified script,
    byte for byte, and its licence. npm checks each package against the hash in the lock file."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(VENDOR / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
        found: dict[str, bytes] = {}
        for package in sorted(locked()):
            home = Path(folder) / "node_modules" / package
            found[f"{package}.min.js"] = (home / "dist" / f"{package}.min.js").read_bytes()
            found[f"{package}.LICENSE"] = (home / "LICENSE").read_bytes()
    return found


def main() -> None:
    """Compare what is kept with what the lock file gives, or write it."""
    parser = argparse.ArgumentParser(prog="python -m tests.vendored", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="put the files and their manifest into templates/vendor")
    found = fetched()
    sums = {name: digest(data) for name, data in found.items()}
    if parser.parse_args().write:
        for name, data in found.items():
            (VENDOR / name).write_bytes(data)
        (VENDOR / "manifest.json").write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")
    elif sums != manifest():
        raise SystemExit("templates/vendor differs from what its lock file gives")
    print(f"{len(sums)} files of {len(locked())} packages agree with the lock file")


if __name__ == "__main__":
    main()
