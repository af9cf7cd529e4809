"""The record of what was attested or proved, and when: one sorted line a claim, so that it merges in git.

It holds fingerprints and dates, no proofs: without it every verdict is the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from vaultcheck.proof.fingerprints import Print
from vaultcheck.proof.model import Claim

_NUMBERED = re.compile(r"^(?P<note>.*):\d+(?:\.\d+)?$", re.DOTALL)
_PRINT = re.compile(r"^[0-9a-f]{8,64}$")


class Entry(NamedTuple):
    """One claim on the day it was accepted: what was read of it and of its premises, and its verdict then."""

    claim: str
    read: str
    premises: tuple[tuple[str, str], ...]
    day: str
    verdict: str = ""

    @property
    def note(self) -> str:
        """The note of a claim that is named by its line; empty for one with a block id."""
        found = _NUMBERED.match(self.claim)
        return found["note"] if found else ""


@dataclass(frozen=True)
class Ledger:
    """The entries by the id of their claim."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    @cached_property
    def _numbered(self) -> Mapping[tuple[str, str], Entry]:
        return {(entry.note, entry.read): entry for entry in self.entries.values() if entry.note}

    def of(self, claim: Claim, read: str) -> Entry | None:
        """The entry of a claim whose fingerprint is `read`.

        A claim named by its line is known by its fingerprint when lines have moved; an entry of another formula on
        that line is not taken for it.
        """
        entry = self.entries.get(claim.id)
        if not _NUMBERED.match(claim.id) or (entry is not None and entry.read == read):
            return entry
        return self._numbered.get((_note(claim.id), read))


def _note(name: str) -> str:
    found = _NUMBERED.match(name)
    return found["note"] if found else ""


def changed(entry: Entry, now: Print) -> tuple[str, ...] | None:
    """What has changed since an entry was written: `None` for nothing, else the premises that did, none where it is
    the claim itself."""
    if entry.read != now.read:
        return ()
    known, present = dict(entry.premises), dict(now.premises)
    if sorted(known.values()) == sorted(present.values()):
        return None
    new = [name for name, value in present.items() if value not in known.values()]
    return tuple(sorted(new or [name for name, value in known.items() if value not in present.values()] or present))


def entry_of(claim: Claim, now: Print, day: date, verdict: str) -> Entry:
    """The entry of a claim that is accepted on a day."""
    return Entry(claim.id, now.read, now.premises, day.isoformat(), verdict)


def read_ledger(text: str) -> Ledger:
    """The ledger in a text. Lines that are none of its own (marks of a merge, say) are passed over; of two lines for
    one claim the later day counts."""
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        entry = _entry(line)
        if entry is not None and (entry.claim not in entries or entries[entry.claim].day <= entry.day):
            entries[entry.claim] = entry
    return Ledger(entries)


def _entry(line: str) -> Entry | None:
    try:
        row = json.loads(line)
        claim, read, premises, day = row["claim"], row["read"], row["premises"], row["day"]
        date.fromisoformat(day)
        parts = tuple(sorted(premises.items()))
        texts = (claim, read, row.get("verdict", ""), *(text for part in parts for text in part))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in texts) or not _PRINT.match(read):
        return None
    return Entry(claim, read, parts, day, texts[2])


def with_entries(ledger: Ledger, new: Iterable[Entry]) -> Ledger:
    """The ledger with entries added or replaced."""
    return Ledger({**ledger.entries, **{entry.claim: entry for entry in new}})


def write_ledger(ledger: Ledger) -> str:
    """The text of a ledger: one line a claim, sorted."""
    return "".join(
        json.dumps(
            {
                "claim": entry.claim,
                "day": entry.day,
                "premises": dict(entry.premises),
                "read": entry.read,
                "verdict": entry.verdict,
            },
            ensure_ascii=False,
        )
        + "\n"
        for _, entry in sorted(ledger.entries.items())
    )
