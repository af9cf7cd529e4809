"""`python -m tests.fuzz --seconds 120`: the laws for longer than a test run may take. Prints what breaks them.

Half of the time goes to mutants of the kept corpus, half to the hypothesis laws of the test suite with fresh seeds;
hypothesis keeps the examples that failed in `.hypothesis` and tries them first the next time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.laws import broken_laws
from tests.fuzz.mutants import ROOT, mutants

SLOW = 2.0
"""Seconds for one text of a few thousand characters: more is a search that does not end well."""


def try_mutants(seconds: float, seed: int, kept: Path) -> int:
    """How many mutants broke a law; each is written into the folder `kept`."""
    until = time.monotonic() + seconds
    tried = failed = 0
    for number, text in enumerate(mutants(seed)):
        begun = time.monotonic()
        if begun > until:
            break
        try:
            broken = broken_laws(text)
        except Exception:
            broken = [traceback.format_exc()]
        if (took := time.monotonic() - begun) > SLOW:
            broken.append(f"took {took:.1f} s")
        tried += 1
        if broken:
            failed += 1
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{seed}-{number}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"{kept / f'{seed}-{number}.md'}: " + "\n  ".join(broken))
    print(f"{tried:,} mutants from seed {seed}, {failed} broke a law")
    return failed


def try_laws(seconds: float, seed: int) -> int:
    """The exit code of the first run of the hypothesis tests that failed, else 0."""
    files = [str(path) for path in (ROOT / "tests").rglob("test_*.py") if "hypothesis" in path.read_text("utf-8")]
    until = time.monotonic() + seconds
    runs = 0
    while files and time.monotonic() < until:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "--hypothesis-profile=searching",
            f"--hypothesis-seed={seed + runs}",
            *files,
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        runs += 1
        if done.returncode:
            print(done.stdout)
            return done.returncode
    print(f"{runs} runs of {len(files)} files with laws, from seed {seed}")
    return 0


def main() -> None:
    """Run both halves; the exit code is 1 when a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    failed = try_mutants(given.seconds / 2, given.seed, ROOT / "build" / "fuzz")
    failed += try_laws(given.seconds / 2, given.seed)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
