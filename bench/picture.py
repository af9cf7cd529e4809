"""Takes the picture of the sample vault's map that the README shows: `python -m bench.picture docs/map.png`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.map import browser

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Make the map of sample_vault, open it, choose a note and keep what is seen."""
    parser = argparse.ArgumentParser(prog="python -m bench.picture", description=main.__doc__)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--view", default="note=Journal%2F2024-05-21.md", help="the part of the address behind #")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as site, browser() as opened:
        command = ["map", "--vault", str(ROOT / "sample_vault"), "--output", site, "--fresh", "--no-cache"]
        subprocess.run([sys.executable, "-m", "vaultcheck", *command], check=True)
        given.picture.write_bytes(opened.picture(f"{(Path(site) / 'index.html').as_uri()}#{given.view}"))


if __name__ == "__main__":
    main()
