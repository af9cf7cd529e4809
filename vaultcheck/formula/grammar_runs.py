r"""Runs of letters: one declared name, several, one new name, or a product of letters. Vocabulary first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultcheck.formula.names import compose, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import Token
from vaultcheck.formula.words import is_wordy


def split_run(reader: Reader) -> None:
    """Replace the run of letters that comes next by the names it is made of."""
    token = reader.peek()
    if token.kind == "seg" or len(token.text) == 1:
        return
    parts = _segments(reader, token)
    at, pieces = token.start, []
    for part in parts:
        size = len(part)
        pieces.append(Token("seg", part, at, min(at + size, token.end)))
        at = min(at + size, token.end)
    reader.tokens[reader.at : reader.at + 1] = pieces


def _segments(reader: Reader, token: Token) -> tuple[str, ...]:
    """The names in a run of letters: the rules stand in this order, the first that fits decides."""
    run, lexicon = token.text, reader.lexicon
    sub = _peek_sub(reader, reader.at + 1)
    for start in range(len(run)):
        last = compose(run[start:], 0, sub)
        found = lexicon.find(last) or (lexicon.find(run) if start == 0 else None)
        if found and (start == 0 or sub):
            before = lexicon.split(run[:start]) if start else ()
            if before is not None:
                return (*before, run[start:])
    if (split := lexicon.split(run)) is not None:
        if len(run) > 2 and _stands_alone(reader):
            reader.guess(token.start, f"read {run} as a product of declared names")
        return split
    if not token.text.isascii():
        return (run,)
    if len(run) > 2 and _stands_alone(reader) and _new_here(reader, run):
        reader.guess(token.start, f"read {run} as one name")
        return (run,)
    if is_wordy(run) or (len(run) > 2 and any(map(is_wordy, re.findall(r"(?<![\\A-Za-z])[A-Za-z]{3,}", reader.latex)))):
        reader.guess(token.start, f"read {run} as one name")
        return (run,)
    if len(run) > 4:
        mixed = _mixed(lexicon.names, run)
        if mixed is None:
            raise reader.stop(f"a declared name: {run} is not one", token)
        return mixed
    mixed = _mixed(lexicon.names, run) or tuple(run)
    if len(run) == 2 and _stands_alone(reader):
        alone = reader.choose(
            f"run:{run}", False, token.start, f"read {run} as one name", f"read {run} as {run[0]} times {run[1]}"
        )
        return (run,) if alone else mixed
    reader.guess(token.start, f"read {run} as {' times '.join(mixed)}")
    return mixed


def _mixed(names: frozenset[str], run: str) -> tuple[str, ...] | None:
    """A run as declared names of several letters and single letters, where at least one declared name is in it."""
    long = sorted((name for name in names if name.isalpha() and 1 < len(name) < len(run)), key=len, reverse=True)
    for name in long:
        cut = run.find(name)
        if cut >= 0:
            before = (_mixed(names, run[:cut]) or tuple(run[:cut])) if cut else ()
            rest = run[cut + len(name) :]
            return (*before, name, *((_mixed(names, rest) or tuple(rest)) if rest else ()))
    return tuple(run) if set(run) <= names else None


def _new_here(reader: Reader, run: str) -> bool:
    """Whether a run before the equals sign is a new name: its letters are not those of the rest of the formula."""
    rest = reader.latex[reader.peek().end :]
    plain = re.sub(r"\\[A-Za-z]+|_\{[^{}]*\}", " ", rest)
    return not (run.islower() and any(letter in plain for letter in run)) or run in plain


def _stands_alone(reader: Reader) -> bool:
    """Whether the run that comes next, with its subscript, is the whole left side of a relation."""
    before = reader.tokens[reader.at - 1] if reader.at else None
    if before is not None and not (before.text in ("\\", "&", ",", ";", "quad", "qquad") or before.text[:5] == "begin"):
        return False
    at = reader.at + 1
    while reader.tokens[at].text in ("_", "'") and reader.tokens[at].kind == "sym":
        at = after_argument(reader.tokens, at + 1) if reader.tokens[at].text == "_" else at + 1
    return reader.tokens[at].text in (
        "=",
        "&",
        "approx",
        "equiv",
        ":",
        ":=",
        "propto",
        "leq",
        "geq",
        "<",
        ">",
        "(",
        "sim",
    )


def after_argument(tokens: Sequence[Token], at: int) -> int:
    """The token after the argument that begins at `at`."""
    depth = 0
    while at < len(tokens) - 1:
        text = tokens[at].text if tokens[at].kind == "sym" else ""
        depth += (text == "{") - (text == "}")
        at += 1
        if depth == 0:
            break
    return at


def _peek_sub(reader: Reader, at: int) -> str:
    """The subscript that stands at token `at`, flat, without stepping."""
    tokens = reader.tokens
    if tokens[at].text != "_" or tokens[at].kind != "sym":
        return ""
    return flat(tokens[at + 1 : after_argument(tokens, at + 1)])
