"""Fingerprints of what was read of claims and of what they rest on: of the trees, not of the typography."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultcheck.formula.codec import to_json
from vaultcheck.formula.model import Reading
from vaultcheck.proof.model import Claim, Premise

_TAG = re.compile(r"(?<!\S)#[^\s#]+")
_BLOCK_ID = re.compile(r"(?<!\S)\^[A-Za-z0-9-]+(?=\s|$)")


class Print(NamedTuple):
    """The fingerprint of a claim alone, of it with all that it rests on, and of each premise with all that it does.

    A premise goes by the id of its claim, one that is stated with the claim by its words.
    """

    read: str
    whole: str
    premises: tuple[tuple[str, str], ...] = ()


def words_of(text: str) -> str:
    """The words of a block as they count for a fingerprint: without tags, ids and the white space between them."""
    return " ".join(_BLOCK_ID.sub(" ", _TAG.sub(" ", text)).split())


def read_print(reading: Reading, words: str = "") -> str:
    """The fingerprint of a formula, or of the words where there is none."""
    if reading.relations:
        return _hashed([to_json(reading.relations)])
    return _hashed([words or " ".join(reading.latex.split())])


def prints(
    claims: Mapping[str, Claim],
    order: Sequence[Sequence[str]],
    resting: Mapping[str, Sequence[Premise]],
    evidence: Mapping[str, Sequence[str]],
    words: Mapping[str, str],
) -> Mapping[str, Print]:
    """The fingerprints of all claims by id.

    `order` are the circles and single claims, each after what it rests on; `resting` the premises that count for a
    claim, `evidence` the claims that one in words links to, `words` the words that belong to a claim in words.
    """
    read = {name: read_print(claim.reading, words.get(name, "")) for name, claim in claims.items()}
    found: dict[str, Print] = {}
    for group in order:
        members = frozenset(group)
        together = _hashed(sorted(read[name] for name in group)) if len(group) > 1 else ""
        for name in group:
            below: dict[str, str] = {}
            for premise in resting.get(name, ()):
                if premise.stated or premise.claim not in claims:
                    below[_said(premise)] = read_print(premise.reading)
                else:
                    below[premise.claim] = _below(premise.claim, members, together, found, read[name])
            for other in evidence.get(name, ()):
                below[other] = _below(other, members, together, found, read[name])
            parts = tuple(sorted(below.items()))
            found[name] = Print(read[name], _hashed([read[name], *sorted(below.values())]), parts)
    return found


def _below(other: str, members: frozenset[str], together: str, found: Mapping[str, Print], own: str) -> str:
    """What is below a claim on the way through another; within a circle, the circle."""
    return (together or own) if other in members else found[other].whole


def _said(premise: Premise) -> str:
    return " ".join(premise.reading.latex.split())


def _hashed(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
