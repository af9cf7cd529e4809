"""Proofs are made elsewhere: within their time and memory, whatever the formula says, and with the same answer."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from vaultcheck.formula.budget import StepTimeoutError
from vaultcheck.formula.verdict import Obligation, Status, Why
from vaultcheck.library import Definition, obligation
from vaultcheck.proof import prover as door
from vaultcheck.proof.prover import Isolated, isolated

NAMES = {name: Definition("number", "1") for name in ("x", "y", "z", "a", "b", "c")}


def ask(claim: str, *premises: str) -> Obligation:
    """A question about plain numbers."""
    return obligation(claim, premises, NAMES)


@pytest.fixture(scope="module")
def prover() -> Iterator[Isolated]:
    """One kept worker for the whole module."""
    with isolated() as made:
        yield made


HOSTILE = {
    "a tower of powers": ask("x = 9^{9^{9^9}}", "x = y"),
    "a tower by itself": ask("9^{9^{9^{9}}} = 1"),
    "nested braces": ask("{" * 3000 + "x" + "}" * 3000 + " = y", "x = y"),
    "nested fractions": ask(r"\frac{1}{" * 400 + "x" + "}" * 400 + " = y", "x = y"),
    "a long sum": ask("x = " + " + ".join(["y"] * 2000), "x = y"),
    "a megabyte": ask("x = " + "y+" * 500_000 + "y", "x = y"),
    "a factorial": ask("x = 100000!", "x = y"),
    "a huge product": ask("(a+b+c+x+y+z)^{60} = 1", "a = b"),
    "a power of a sum": ask("x = (a+b+c+y+z)^{40} - (a+b+c+y+z)^{39}", "a = b c"),
    "a deep series": ask(r"\sum_{k=0}^{x} \frac{k!}{(k+1)^k} = y"),
    "a wild integral": ask(r"\int_0^x \frac{\sin(y^y)}{\ln(1+e^{y})} \, dy = z"),
    "cyclic equations": ask(
        "a^7 = 3",
        "a + b + c + x + y + z = 0",
        "a b + b c + c x + x y + y z + z a = 0",
        "a b c + b c x + c x y + x y z + y z a + z a b = 0",
        "a b c x + b c x y + c x y z + x y z a + y z a b + z a b c = 0",
        "a b c x y + b c x y z + c x y z a + x y z a b + y z a b c + z a b c x = 0",
        "a b c x y z = 1",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_every_formula_ends_with_its_reason(name: str, prover: Isolated) -> None:
    verdict = prover(HOSTILE[name])
    assert verdict.status not in {Status.PROVED, Status.COMPUTED}
    assert verdict.why is not Why.FAULT, verdict.detail
    if verdict.status is Status.UNDECIDED:
        assert verdict.why is not None
    assert prover(ask("x = z", "x = y", "y = z")).status is Status.PROVED


def test_a_claim_that_takes_too_long_costs_its_worker_and_nothing_else() -> None:
    with Isolated(seconds=0.05) as short:
        verdict = short(HOSTILE["a wild integral"])
        assert verdict.status is Status.UNDECIDED
        assert verdict.why is Why.BUDGET
    with isolated() as made:
        assert made(ask("x = z", "x = y", "y = z")).status is Status.PROVED


def _endless(pipe: Connection, memory: int, soft: float) -> None:
    """A worker that never answers."""
    pipe.send("ready")
    pipe.recv()
    while True:
        pass


def _dying(pipe: Connection, memory: int, soft: float) -> None:
    """A worker that ends in the middle of a claim."""
    pipe.send("ready")
    pipe.recv()


def _greedy(pipe: Connection, memory: int, soft: float) -> None:
    """A worker whose claim wants more memory than it may have."""

    def fill(_obligation: Obligation, _progress: object) -> None:
        bytearray(1 << 33)

    pytest.MonkeyPatch().setattr(door, "_answerer", lambda _soft: fill)  # never undone: the process is only for that
    door.serve(pipe, memory, soft)


def _faulty(pipe: Connection, memory: int, soft: float) -> None:
    """A worker with a fault in it."""

    def fall(_obligation: Obligation, _progress: object) -> None:
        raise KeyError("planted")

    pytest.MonkeyPatch().setattr(door, "_answerer", lambda _soft: fall)  # never undone: the process is only for that
    door.serve(pipe, memory, soft)


@pytest.mark.parametrize(
    ("worker", "why"),
    [(_endless, Why.BUDGET), (_dying, Why.MEMORY), (_greedy, Why.MEMORY), (_faulty, Why.FAULT)],
)
def test_a_worker_that_fails_is_replaced(worker: object, why: Why, monkeypatch: pytest.MonkeyPatch) -> None:
    with Isolated(seconds=1.0) as made:
        monkeypatch.setattr(door, "serve", worker)
        verdict = made(ask("x = z", "x = y", "y = z"))
        assert verdict.status is Status.UNDECIDED
        assert verdict.why is why
        monkeypatch.undo()
        made.close()
    with isolated() as other:
        assert other(ask("x = z", "x = y", "y = z")).status is Status.PROVED


def test_a_worker_that_has_done_its_share_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CLAIMS_PER_WORKER", 2)
    with isolated() as made:
        (worker,) = made._workers
        seen = set()
        for _ in range(5):
            made(ask("x = z", "x = y", "y = z"))
            assert worker._process is not None
            seen.add(worker._process.pid)
        assert len(seen) == 3


def test_several_workers_give_the_answers_in_order() -> None:
    questions = [ask("x = z", "x = y", "y = z"), ask("x = 2 z", "x = y", "y = z"), ask("x = a", "x = y")] * 3
    heard: list[int] = []
    with isolated(jobs=2) as made:
        found = made.all(questions, heard.append)
        assert [verdict.outcome for verdict in found] == ["proved", "refuted", "unsupported"] * 3
        assert [made(question) for question in questions] == found
    assert sorted(heard) == list(range(1, 10))


def test_the_stages_are_told(prover: Isolated) -> None:
    stages: list[str] = []
    prover(ask("x = z", "x = y", "y = z"), stages.append)
    assert stages[:2] == ["reading", "dimensions"]
    assert "algebra" in stages


def test_threads_may_share_a_prover(prover: Isolated) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(prover(ask("x = z", "x = y", "y = z")).outcome)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["proved"] * 4


def run(script: str, tmp_path: Path) -> str:
    """What a script of its own prints."""
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(script), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_script_without_a_guard_is_not_run_twice_and_imports_no_computer_algebra(tmp_path: Path) -> None:
    script = """
        import sys
        print("begun")
        from vaultcheck.library import Definition, judge
        assert "multiprocessing" not in sys.modules
        names = {name: Definition("number", "1") for name in "xyz"}
        print(judge("x = z", ["x = y", "y = z"], names).status.value)
        print("sympy" in sys.modules)
    """
    assert run(script, tmp_path).split("\n") == ["begun", "proved", "False", ""]


def test_code_in_a_formula_is_never_run(tmp_path: Path, prover: Isolated) -> None:
    trace = tmp_path / "trace"
    code = f"__import__('pathlib').Path('{trace}').touch()"
    for claim in (code, f"x = {code}", rf"\text{{{code}}} = x", rf"x = \mathrm{{{code}}}", f"$({code})$"):
        prover(obligation(claim, [code, "x = y"], {"x": Definition(code, code, code), code: Definition()}))
    assert not trace.exists()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers")
def test_a_short_alarm_inside_a_long_one_gives_the_time_back() -> None:
    with door.alarm(30):
        for _ in range(5):
            with door.alarm(20):
                pass
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert left > 25
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timers")
def test_the_nearest_alarm_rings() -> None:
    rung = []
    try:
        with door.alarm(0.01), door.alarm(20):
            while True:
                pass
    except StepTimeoutError:
        rung.append("ring")
    assert rung == ["ring"]
