"""How long a search may take: a deadline for the whole, and a limit for each step where the caller has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from time import monotonic

SECONDS = 4.5
"""For one claim; the worker around it is stopped a little later."""


class StepTimeoutError(Exception):
    """Raised inside a step by the caller's alarm."""


@dataclass(slots=True)
class Spent:
    """Whether a step ran out of its time."""

    out: bool = False


Alarm = Callable[[float], AbstractContextManager[None]]
"""Interrupts what runs inside it after so many seconds by raising `StepTimeoutError`; does nothing by default."""


def no_alarm(_seconds: float) -> AbstractContextManager[None]:
    """For callers that cannot interrupt: the deadline is then only looked at between steps."""
    return nullcontext()


@dataclass(slots=True)
class Budget:
    """Time for one obligation."""

    seconds: float = SECONDS
    alarm: Alarm = no_alarm
    notes: list[str] = field(default_factory=list)
    started: float = field(default_factory=monotonic)

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.seconds - (monotonic() - self.started)

    @property
    def over(self) -> bool:
        """Whether nothing remains."""
        return self.left <= 0

    def note(self, text: str) -> None:
        """Remembered for the verdict's detail."""
        self.notes.append(text)

    @contextmanager
    def step(self, seconds: float) -> Iterator[Spent]:
        """A step that may take so long; when the alarm rings the block ends and `out` is set."""
        spent = Spent()
        try:
            with self.alarm(max(0.01, min(seconds, self.left))):
                yield spent
        except StepTimeoutError:
            spent.out = True
