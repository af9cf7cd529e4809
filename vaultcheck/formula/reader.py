"""The reader's hand: where it stands in the tokens, what it knows, what it assumed. No grammar.

The grammar modules call the ones above them only through the `Grammar` of the reader, which `latex` puts together,
so that no two of them import each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vaultcheck.formula.model import Guess, Place, Symbol, Term
from vaultcheck.formula.names import Lexicon
from vaultcheck.formula.tokens import Token

MAX_LENGTH = 2_000
MAX_DEPTH = 60
MAX_TERMS = 500


class Stop(Exception):  # noqa: N818  (it never leaves the reader: it is how reading ends, not an error of the caller)
    """Reading cannot go on: where, and what would have been understood there."""

    def __init__(self, place: Place, expected: str) -> None:
        super().__init__(expected)
        self.place = place
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Grammar:
    """The ways to read on from where the reader stands, from the widest to the narrowest."""

    term: Callable[[Reader], Term]
    product: Callable[[Reader], Term]
    factor: Callable[[Reader], Term]
    atom: Callable[[Reader], Term]
    argument: Callable[[Reader], Term]
    starts: Callable[[Reader], bool]


@dataclass(slots=True)
class Reader:
    """One pass over one formula. `flips` are the choices to take the other way this time."""

    latex: str
    tokens: list[Token]
    lexicon: Lexicon
    grammar: Grammar
    flips: frozenset[str] = frozenset()
    at: int = 0
    depth: int = 0
    nodes: int = 0
    bars: int = 0
    norms: int = 0
    listing: int = 0
    guesses: list[Guess] = field(default_factory=list)
    choices: dict[str, Guess] = field(default_factory=dict)
    bound: list[str] = field(default_factory=list)
    wordy: bool = False
    signs: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    functions: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    differentials: int = 0
    arguments: int = 0
    pending: Symbol | None = None

    def term(self) -> Term:
        """A sum, a product or less, from here on."""
        return self.grammar.term(self)

    def product(self) -> Term:
        """A product, a quotient or less."""
        return self.grammar.product(self)

    def factor(self) -> Term:
        """One factor with what is raised behind it."""
        return self.grammar.factor(self)

    def atom(self) -> Term:
        """One factor without what is raised behind it."""
        return self.grammar.atom(self)

    def argument(self) -> Term:
        """A group in braces, or the one token TeX takes without them."""
        return self.grammar.argument(self)

    def starts(self) -> bool:
        """Whether a factor may begin with the next token."""
        return self.grammar.starts(self)

    def peek(self) -> Token:
        """The token that comes next (the `end` token for ever, at the end)."""
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        """The token `count` places further on."""
        place = self.at + count
        return self.tokens[place] if place < len(self.tokens) else self.tokens[-1]

    def take(self) -> Token:
        """The next token, and step over it."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def is_sym(self, text: str) -> bool:
        """Whether the next token is this one character."""
        token = self.tokens[self.at]
        return token.kind == "sym" and token.text == text

    def is_cmd(self, *names: str) -> bool:
        """Whether the next token is one of these commands."""
        token = self.tokens[self.at]
        return token.kind == "cmd" and token.text in names

    def expect(self, text: str, what: str) -> Token:
        """Step over this character, or stop and say `what` was expected."""
        if not self.is_sym(text):
            raise self.stop(what)
        return self.take()

    def stop(self, expected: str, token: Token | None = None) -> Stop:
        """A `Stop` at the next token (or at `token`), to be raised."""
        token = token or self.peek()
        return Stop((token.start, max(token.end, token.start)), expected)

    def here(self) -> int:
        """Where the next token begins."""
        return self.tokens[self.at].start

    def since(self, start: int) -> Place:
        """The span from `start` to the end of what was taken last."""
        return (start, self.tokens[self.at - 1].end if self.at else start)

    def adjacent(self) -> bool:
        """Whether the next token touches the one before it."""
        return self.at > 0 and self.tokens[self.at - 1].end == self.tokens[self.at].start

    def take_letter(self) -> Token:
        """The next single letter, digit or command: what TeX takes as an argument without braces."""
        token = self.peek()
        if token.kind in ("word", "num") and len(token.text) > 1:
            first = Token(token.kind, token.text[0], token.start, token.start + 1)
            self.tokens[self.at] = Token(token.kind, token.text[1:], token.start + 1, token.end)
            self.tokens.insert(self.at, first)
        return self.take()

    def group(self) -> list[Token]:
        """The tokens of a group in braces, without the braces, or of one argument without braces; steps over it."""
        if not self.is_sym("{"):
            if self.peek().kind == "end":
                raise self.stop("something to raise or lower")
            first = self.take_letter()
            if first.kind == "cmd" and self.is_sym("{"):
                begin = self.at
                inside = self.group()
                if first.text == "frac" and self.is_sym("{"):
                    self.group()
                    return [first, *self.tokens[begin : self.at]]
                return [first, *inside]
            return [first]
        start, depth = self.at, 0
        while True:
            token = self.take()
            if token.kind == "end":
                raise self.stop("a closing brace", self.tokens[start])
            if token.kind == "sym":
                depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return self.tokens[start + 1 : self.at - 1]

    def guess(self, start: int, text: str) -> None:
        """Note what had to be assumed."""
        guess = Guess(self.since(start), text)
        if guess not in self.guesses:
            self.guesses.append(guess)

    def choose(self, key: str, usual: bool, start: int, yes: str, no: str) -> bool:
        """A choice that only dimensions can settle: take `usual` now, and let another pass take the other way."""
        taken = usual is not (key in self.flips)
        guess = Guess((start, self.here()), yes if taken else no)
        self.choices.setdefault(key, guess)
        if guess not in self.guesses:
            self.guesses.append(guess)
        return taken

    def settle(self) -> None:
        """Forget the nesting that a `Stop` left behind."""
        self.depth = self.bars = self.norms = self.listing = 0
        self.differentials = self.arguments = 0
        self.bound.clear()
        self.pending = None

    def deeper(self) -> None:
        """One level of nesting more; the caller takes it back."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.stop(f"at most {MAX_DEPTH} levels of nesting")

    def count(self) -> None:
        """One more term or factor."""
        self.nodes += 1
        if self.nodes > MAX_TERMS:
            raise self.stop(f"at most {MAX_TERMS} terms and factors")
