r"""Roots: `\sqrt{a}`, `\sqrt[n]{a}`, and the index before the sign, `^n\sqrt{a}`."""

from __future__ import annotations

from vaultcheck.formula.grammar_numbers import made
from vaultcheck.formula.model import NOWHERE, Root, Term
from vaultcheck.formula.reader import Reader

_TWO = made("2", NOWHERE)
"""The index of a root that is not written."""


def root(reader: Reader) -> Term:
    r"""`\sqrt{a}`, `\sqrt[n]{a}`, `\sqrt 2`."""
    start = reader.take().start
    index: Term = _TWO
    if reader.is_sym("["):
        reader.take()
        index = reader.term()
        reader.expect("]", "a closing ]")
    return Root(reader.argument(), index, span=reader.since(start))


def indexed_root(reader: Reader) -> Term:
    r"""`^3\sqrt{x}`: the index of a root before its sign."""
    start = reader.take().start
    index = reader.argument()
    reader.take()
    if reader.is_sym("["):
        raise reader.stop("one index of the root")
    return Root(reader.argument(), index, span=reader.since(start))
