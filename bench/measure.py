"""Runs a program and says how long the whole process took and how much memory it needed. Needs a Unix."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_KILOBYTE = 1 if sys.platform == "darwin" else 1024
"""`ru_maxrss` is in kilobytes on Linux and in bytes on macOS."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One run: wall time, the largest resident memory of any one of its processes in bytes, and the exit code."""

    seconds: float
    peak: int
    code: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Several runs of one program."""

    seconds: float
    fastest: float
    slowest: float
    peak: int
    runs: int


def run(command: Sequence[str], output: Path, environment: Mapping[str, str]) -> Measure:
    """Start `command` with both its outputs going to the file `output`, and wait for it.

    A child never shows less memory than its parent had when it was started (Linux keeps the high-water mark over
    exec), so a program that measures others must stay small: do not load or generate anything here.
    """
    with output.open("wb") as sink:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, env=dict(environment))
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    return Measure(seconds, usage.ru_maxrss * _KILOBYTE, child.returncode)


def summarise(measures: Sequence[Measure]) -> Summary:
    """The median of the times, their range, and the largest peak. At least one run is needed."""
    times = sorted(measure.seconds for measure in measures)
    middle = (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2  # the module `statistics` is large, see `run`
    return Summary(middle, times[0], times[-1], max(measure.peak for measure in measures), len(times))
