"""Compares vaultcheck with other checkers of links: `python -m bench.run [--vault PATH]`. Prints Markdown tables.

All programs are run in turn (A B C, A B C, ...), so that a busy minute of the machine hits each of them; times are
of whole processes. The vault is a copy or a generated one: what is measured is changed on the way.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.contenders import Contender, install_peers, ours, peers, settle
from bench.measure import Measure, Summary, run, summarise

_STARTS = 15
"""A start takes milliseconds: more runs cost little, and fewer say little."""


def vault_to_measure(given: argparse.Namespace) -> Path:
    """A fresh copy of the vault asked for, or a freshly generated one, in the working folder."""
    vault: Path = given.work / "vault"
    shutil.rmtree(vault, ignore_errors=True)
    if given.vault:
        shutil.copytree(given.vault, vault, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        return vault
    shape = ("--notes", str(given.notes), "--links-per-note", str(given.links_per_note), "--seed", str(given.seed))
    # A process of its own: see `measure.run` on why this one must stay small.
    made = subprocess.run([sys.executable, "-m", "bench.generate", str(vault), *shape], check=True, capture_output=True)
    print(f"Generated vault (seed {given.seed}): {made.stdout.decode().splitlines()[0]}.\n")
    return vault


def in_turn(contenders: Sequence[Contender], rounds: int, work: Path) -> Iterator[tuple[Contender, Measure, str]]:
    """Run everyone once, then everyone again: the contender, its measure, and what it reported."""
    for turn in range(rounds):
        for contender in contenders:
            if turn and contender.once:
                continue
            contender.prepare()
            output = work / "output.txt"
            measure = run(contender.command, output, os.environ | contender.environment)
            with output.open(encoding="utf-8", errors="replace") as lines:
                if measure.code not in contender.codes:
                    raise RuntimeError(f"{contender.name} ended with {measure.code}: {lines.read(500)}")
                # Line by line: what this process once held would count as memory of the programs it starts.
                yield contender, measure, contender.reported(lines) if contender.reported else ""


def compare(contenders: Sequence[Contender], rounds: int, work: Path) -> tuple[dict[str, Summary], dict[str, str]]:
    """Summaries and the last report of each contender, by its name."""
    measures: dict[str, list[Measure]] = {contender.name: [] for contender in contenders}
    reported: dict[str, str] = {}
    for contender, measure, said in in_turn(contenders, rounds, work):
        measures[contender.name].append(measure)
        reported[contender.name] = said
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {name: summarise(runs) for name, runs in measures.items()}, reported


def table(
    summaries: Mapping[str, Summary], against: str, notes: Mapping[str, str], reported: Mapping[str, str]
) -> Iterator[str]:
    """A Markdown table; ratios are to the median of `against` where that was measured."""
    yield f"| program | median | range | × {against} | peak memory | runs | reports | looks at |"
    yield "|---|--:|--:|--:|--:|--:|--:|---|"
    base = summaries.get(against)
    for name, summary in summaries.items():
        ratio = f"{summary.seconds / base.seconds:.2f}" if base else "?"
        yield (
            f"| {name} | {summary.seconds:.3f} s | {summary.fastest:.3f}–{summary.slowest:.3f} | {ratio}"
            f" | {summary.peak / 1e6:.0f} MB | {summary.runs} | {reported.get(name, '')} | {notes.get(name, '')} |"
        )


def starts(work: Path) -> tuple[Contender, ...]:
    """What every use pays: the interpreter alone, `--version`, and a vault of ten notes."""
    small = work / "ten-notes"
    shutil.rmtree(small, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "bench.generate", str(small), "--notes", "10"], check=True, capture_output=True
    )
    settle(small / ".obsidian" / "app.json")
    program = str(Path(sys.executable).with_name("vaultcheck"))
    cache = work / "cache-ten-notes"
    redirected = {"VAULTCHECK_CACHE_DIR": str(cache)}

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    check = (program, "check", "--vault", str(small), "--format", "concise")
    return (
        Contender("python -c pass", "", (sys.executable, "-c", "pass")),
        Contender("vaultcheck --version", "", (program, "--version")),
        Contender("vaultcheck, ten notes, cold", "", check, prepare=forget, environment=redirected),
        Contender("vaultcheck, ten notes, unchanged", "", check, environment=redirected),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=main.__doc__)
    parser.add_argument("--vault", type=Path, help="measure on a copy of this vault instead of a generated one")
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--links-per-note", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true", help="measure vaultcheck alone, without the network")
    parser.add_argument("--work", type=Path, default=Path("build/bench"))
    given = parser.parse_args()
    given.work = given.work.resolve()
    given.work.mkdir(parents=True, exist_ok=True)
    programs = given.work.parent / "bench-venv"
    versions = () if given.no_peers else install_peers(programs)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores.")
    print("Peers: " + ("; ".join(versions) or "none asked for") + ".")
    print("Times are of whole processes, files in the system's cache; `cold` means that vaultcheck's own is empty.")
    print("Peak memory is that of the largest single process.\n")
    vault = vault_to_measure(given)
    contenders = (*ours(vault, given.work), *(() if given.no_peers else peers(vault, programs)))
    summaries, reported = compare(contenders, given.rounds, given.work)
    notes = {contender.name: contender.checks for contender in contenders}
    print("\n".join(table(summaries, "lychee", notes, reported)) + "\n")
    summaries, _ = compare(starts(given.work), _STARTS, given.work)
    print("\n".join(table(summaries, "python -c pass", {}, {})))


if __name__ == "__main__":
    main()
