"""Work shared out over processes is done once, whole, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from vaultcheck.processes import Elsewhere, Piece, share_out

ITEMS = range(1000)
forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


class Outcome:
    """Which items were done here, which elsewhere, and of which nothing came back."""

    def __init__(self) -> None:
        self.here: list[int] = []
        self.elsewhere: list[int] = []
        self.failed: list[int] = []

    @property
    def everything(self) -> list[int]:
        return sorted((*self.here, *self.elsewhere, *self.failed))


def as_text(_root: str, items: Sequence[int]) -> bytes:
    """Work in another process: slow enough that all take part."""
    time.sleep(0.005)
    return " ".join(map(str, items)).encode()


def gone_in_the_middle(root: str, items: Sequence[int]) -> bytes:
    if items[-1] > 200:
        os._exit(3)
    return as_text(root, items)


def shared(elsewhere: Elsewhere[int], jobs: int = 2, items: Sequence[int] = ITEMS) -> Outcome:
    outcome = Outcome()

    def here(piece: Piece[int]) -> None:
        time.sleep(0.005)
        assert list(piece.items) == list(items[piece.start : piece.start + len(piece.items)])
        outcome.here += piece.items

    for piece, made in share_out(here, elsewhere, "", items, jobs):
        if made is None:
            outcome.failed += piece.items
        else:
            assert list(map(int, made.split())) == list(piece.items)
            outcome.elsewhere += piece.items
    return outcome


@pytest.fixture
def childless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process that was forked off may be left when a test is over."""
    forked: list[int] = []

    def fork() -> int:
        forked.append(ordinary())
        return forked[-1]

    ordinary = os.fork
    monkeypatch.setattr(os, "fork", fork)
    yield
    for process in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@pytest.fixture
def no_files_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where Python has none: processes are started afresh."""
    monkeypatch.delattr(os, "memfd_create", raising=False)


@forking
@pytest.mark.usefixtures("childless")
class TestForked:
    @pytest.mark.parametrize("jobs", [2, 3])
    @pytest.mark.parametrize("number", [0, 1, 33, 1000, 50_000])
    def test_every_item_is_done_once(self, jobs: int, number: int) -> None:
        assert shared(as_text, jobs, range(number)).everything == list(range(number))

    def test_there_are_no_more_processes_than_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fork() -> int:
            tried.append(True)
            raise OSError(11, "no more of them")

        tried: list[bool] = []
        monkeypatch.setattr(os, "fork", fork)
        assert shared(as_text, 500, range(65)).here == list(range(65))
        assert len(tried) == 2

    def test_both_processes_work(self) -> None:
        outcome = shared(as_text)
        assert outcome.here
        assert outcome.elsewhere

    def test_one_that_is_slow_leaves_the_work_to_the_other(self) -> None:
        def slow(root: str, items: Sequence[int]) -> bytes:
            time.sleep(0.2)
            return as_text(root, items)

        outcome = shared(slow)
        assert len(outcome.here) > len(outcome.elsewhere)

    def test_much_is_sent_back_without_waiting_for_the_reader(self) -> None:
        def much(root: str, items: Sequence[int]) -> bytes:
            return as_text(root, items) + b" " * 3_000_000

        outcome = shared(much, items=range(320))
        assert outcome.everything == list(range(320))
        assert not outcome.failed

    def test_one_that_is_killed_fails_at_what_it_was_doing_alone(self) -> None:
        def killed(root: str, items: Sequence[int]) -> bytes:
            if items[-1] > 200:
                os.kill(os.getpid(), signal.SIGKILL)
            return as_text(root, items)

        outcome = shared(killed)
        assert outcome.everything == list(ITEMS)
        assert 0 < len(outcome.failed) < 100

    @pytest.mark.parametrize("error", [ValueError("wrong"), SystemExit(5), KeyboardInterrupt()])
    def test_one_that_raises_says_nothing_and_goes_nowhere_else(
        self, error: BaseException, capfd: pytest.CaptureFixture[str]
    ) -> None:
        first = os.getpid()

        def raising(_root: str, _items: Sequence[int]) -> bytes:
            raise error

        outcome = shared(raising)
        assert os.getpid() == first
        assert outcome.everything == list(ITEMS)
        assert outcome.failed
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize("refused", ["fork", "memfd_create"])
    def test_without_another_process_all_is_done_here(self, refused: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def none_left(*_arguments: object) -> int:
            raise OSError(11, "no more of them")

        monkeypatch.setattr(os, refused, none_left)
        assert shared(as_text).here == list(ITEMS)

    def test_an_interrupt_here_ends_the_others(self) -> None:
        def interrupted(_piece: Piece[int]) -> None:
            raise KeyboardInterrupt

        def endless(_root: str, _items: Sequence[int]) -> bytes:
            time.sleep(1000)
            return b""

        with pytest.raises(KeyboardInterrupt):
            list(share_out(interrupted, endless, "", ITEMS, 2))

    def test_nobody_asking_for_the_rest_ends_the_others(self) -> None:
        pieces = share_out(lambda _: time.sleep(0.01), as_text, "", ITEMS, 3)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]  # a generator, which a caller may leave

    def test_files_are_closed(self) -> None:
        before = os.listdir("/proc/self/fd")
        shared(as_text, 3)
        assert os.listdir("/proc/self/fd") == before

    def test_what_waits_to_be_printed_is_printed_once(self) -> None:
        program = """
import sys
from vaultcheck.processes import share_out
sys.stdout.write("said once")
done = sum(len(made or b"") for _, made in share_out(lambda piece: None, lambda root, items: b"x", "", range(9999), 3))
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
        assert (done.stdout, done.stderr) == ("said once", "")

    def test_the_others_end_when_the_first_process_is_killed(self, tmp_path: Path) -> None:
        program = """
import os, pathlib, signal, sys, time
from vaultcheck.processes import share_out
def here(piece):
    while not pathlib.Path(sys.argv[1]).exists():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
def elsewhere(root, items):
    pathlib.Path(sys.argv[1] + ".new").write_text(str(os.getpid()))
    os.replace(sys.argv[1] + ".new", sys.argv[1])
    time.sleep(0.5)
    return b""
list(share_out(here, elsewhere, "", range(9999), 2))
"""
        named = tmp_path / "process"
        done = subprocess.run([sys.executable, "-c", program, str(named)], timeout=60, check=False)
        assert done.returncode == -signal.SIGKILL
        status = Path("/proc") / named.read_text() / "stat"
        patience = time.monotonic() + 30  # it has work for two minutes
        while _runs(status) and time.monotonic() < patience:
            time.sleep(0.05)
        assert not _runs(status)


def _runs(status: Path) -> bool:
    """Whether a process runs; one that has ended may still be listed, for whoever waits for it."""
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.usefixtures("no_files_in_memory")
class TestStartedAfresh:
    def test_every_item_is_done_once(self) -> None:
        outcome = shared(as_text, 3)
        assert outcome.everything == list(ITEMS)
        assert outcome.here
        assert outcome.elsewhere
        assert not outcome.failed

    def test_nothing_to_do_is_done_at_once(self) -> None:
        assert shared(as_text, 3, range(0)).everything == []

    def test_one_that_ends_too_early_gives_nothing(self) -> None:
        outcome = shared(gone_in_the_middle)
        assert outcome.everything == list(ITEMS)
        assert outcome.failed
        assert not outcome.elsewhere

    def test_without_another_process_nothing_is_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from multiprocessing import get_context

        def none_left(_process: object) -> None:
            raise OSError(11, "no more of them")

        monkeypatch.setattr(get_context("spawn").Process, "start", none_left)
        outcome = shared(as_text)
        assert outcome.everything == list(ITEMS)
        assert not outcome.elsewhere
