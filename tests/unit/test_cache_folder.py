"""Where the cache is: always where platformdirs says, though on Linux it is not asked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from vaultcheck import cache


@pytest.mark.parametrize("home", [None, "/home/ana", "/home/Zoë Müller", "relative", ""])
@pytest.mark.parametrize("chosen", [None, "/var/caches", "/var/caches/", "caches", "", " "])
def test_it_is_where_the_desktop_wants_caches(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None, home: str | None
) -> None:
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    for variable, value in (("XDG_CACHE_HOME", chosen), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    assert cache.folder() == user_cache_path("vaultcheck", appauthor=False)


def test_a_variable_names_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    assert cache.folder() == tmp_path


def test_what_is_put_is_there_and_nothing_else_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    store = cache.Store(tmp_path)
    with store.writing("notes") as write:
        write(b"one")
        write(b"")
    store.put("report", b"said")
    assert [bytes(record) for record in store.records("notes")] == [b"one", b""]
    assert store.get("report") == b"said"
    assert sorted(path.name for path in tmp_path.glob("*/*")) == ["notes.kept", "report.kept"]


def test_what_fails_half_way_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    store = cache.Store(tmp_path)
    store.put("report", b"said")
    with suppress(KeyboardInterrupt), store.writing("report") as write:
        write(b"half")
        raise KeyboardInterrupt
    assert store.get("report") == b"said"
    assert [path.name for path in tmp_path.glob("*/*")] == ["report.kept"]
