r"""Reads LaTeX as notes write it: `read(latex, vocabulary) -> Reading`.

Total and quick: any string gives a `Reading`, never an exception. Nothing is evaluated, nothing is dropped without a
word: what could not be understood is in `problem`, with its place. The names a note declares come first; what has two
meanings that only dimensions can tell apart comes back with `alternatives`.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from vaultcheck.formula.classify import class_of, class_of_unread
from vaultcheck.formula.foreign import foreign
from vaultcheck.formula.grammar_atoms import argument, atom, starts_factor
from vaultcheck.formula.grammar_calls import functions_in
from vaultcheck.formula.grammar_relations import statements
from vaultcheck.formula.grammar_remarks import Statements
from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.grammar_sums import product, read_factor, read_sum
from vaultcheck.formula.marks import MARKS, unbraced, unbracketed, unlabelled, unmarked
from vaultcheck.formula.model import FormulaClass, Guess, Reading, Unreadable, Vocabulary
from vaultcheck.formula.names import ACCENTS, Lexicon, closing, lexicon
from vaultcheck.formula.reader import MAX_LENGTH, Grammar, Reader, Stop
from vaultcheck.formula.suspicion import suspicion
from vaultcheck.formula.tokens import GREEK, Token, tokenise
from vaultcheck.formula.words import is_wordy

_GRAMMAR = Grammar(read_sum, product, read_factor, atom, argument, starts_factor)
_MAX_ALTERNATIVES = 3
_BEFORE_NOTHING = frozenset("+-=&([_^,<>")
_LONE = frozenset((*SIGNS, "to", "Rightarrow", "iff", "cdot", "times", "+", "-", "/")) - {"*"}
"""What braces around it alone only space."""
_FIELDS = frozenset(("left", "right", "parent", "next", "prev", "key", "size", "height"))
"""What parts of a record are called."""
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_OPERATIONS = {
    "backslash": "a number, not a difference of sets",
    "bmod": "no congruence",
    "boxdot": "one value, not an operation of its own",
    "boxplus": "one value, not an operation of its own",
    "circ": "one value, not a composition of functions",
    "mod": "no congruence",
    "odot": "one value, not a product entry by entry",
    "pmod": "no congruence",
}
"""What stands between two things that are no numbers, and why it is not read."""
_SAID = {
    "cancel": "what is crossed out is read as it stands",
    "\\vdots": "rows are left out where the dots stand",
}
"""What is said of commands that leave nothing in the tree."""
_LONE_DIFFERENTIAL = 2
_DIFFERENTIALS = re.compile(r"(?:d[r-z]){2,}")
_SIGNS = frozenset(("+", "-", "cdot", "times", "pm"))


def read(latex: str, vocabulary: Vocabulary = ()) -> Reading:
    """The reading of one formula, with the names of `vocabulary` known; other readings in its `alternatives`."""
    if len(latex) > MAX_LENGTH:
        problem = Unreadable((MAX_LENGTH, len(latex)), f"at most {MAX_LENGTH} characters")
        return Reading(latex, FormulaClass.UNREADABLE, problem=problem)
    tokens = _prepared(tokenise(latex))
    if len(tokens) == 1:
        return Reading(latex, FormulaClass.EMPTY)
    known = lexicon(vocabulary)
    main, choices = _pass(latex, tokens, known, frozenset())
    if not choices or main.problem is not None:
        return main
    others: list[Reading] = []
    for flips in _ways(choices):
        other, _ = _pass(latex, tokens, known, flips)
        same = [reading for reading in (main, *others) if _asserts_the_same(reading, other)]
        if other.problem is None and not same:
            others.append(other)
    return Reading(
        latex,
        main.formula_class,
        main.relations,
        main.joins,
        main.expression,
        main.conditions,
        main.guesses,
        main.problem,
        tuple(others),
    )


def _ways(choices: dict[str, Guess]) -> list[frozenset[str]]:
    """The choices to take the other way: all names together that were read as factors, then each choice alone."""
    factors = [key for key, guess in choices.items() if key.startswith("apply:") and guess.text.endswith("a product")]
    alone = [frozenset((key,)) for key in list(choices)[:_MAX_ALTERNATIVES]]
    return ([frozenset(factors)] if len(factors) > 1 else []) + alone


def _asserts_the_same(one: Reading, other: Reading) -> bool:
    return one.relations == other.relations and one.expression == other.expression


def _prepared(tokens: list[Token]) -> list[Token]:
    """Without braces around the whole, empty braces and boxes, and with a line that ends in an operator joined to
    the next."""
    texts = {token.text for token in tokens}
    if "." in texts:
        tokens = _abbreviated(tokens)
    if any(text[:1] == "d" and len(text) > _LONE_DIFFERENTIAL for text in texts):
        tokens = _apart(tokens)
    if "^" in texts and "'" in texts:
        tokens = _primed(tokens)
    if "{" in texts:
        tokens = _unspaced(tokens)
    if not texts.isdisjoint(_FIELDS):
        tokens = _fields(tokens)
    if not texts.isdisjoint(MARKS):
        tokens = unmarked(tokens)
    while tokens and tokens[0].kind == "sym" and tokens[0].text == "{" and _closes_at_end(tokens):
        tokens = [*tokens[1:-2], tokens[-1]]
    if "{" in texts:
        tokens = unbraced(tokens)
    tokens = unbracketed(tokens)
    if "\\" not in texts:
        return tokens
    tokens = unlabelled(tokens)
    kept: list[Token] = []
    for token in tokens:
        broken = kept and kept[-1].text in _SIGNS and token.kind in ("cmd", "sym")
        if not (broken and token.text in ("\\", "&", "quad", "qquad")):
            kept.append(token)
    return _summed(kept) if "&" in texts else kept


def _summed(tokens: list[Token]) -> list[Token]:
    """With the columns of a sum joined: the marks between terms that are set under one another (`= a &+ b`)."""
    kept: list[Token] = []
    equated = False
    for at, token in enumerate(tokens):
        equated = (equated or token.text in SIGNS) and token.text != "\\"
        if token.text != "&" or token.kind != "sym" or not kept or not _is_in_sum(tokens, kept[-1], at, equated):
            kept.append(token)
    return kept


def _is_in_sum(tokens: list[Token], before: Token, at: int, equated: bool) -> bool:
    """Whether a mark stands beside the plus or minus of a sum; where the row has been `equated` already, no other
    equation follows in it."""
    if before.text in ("\\", "&", "=") or before.text.startswith("begin "):
        return False
    behind = at
    while tokens[behind].text == "&":
        behind += 1
    if tokens[behind].kind == "end" or not (tokens[behind].text in "+-" or before.text in "+-"):
        return False
    row = takewhile(lambda token: token.text != "\\", tokens[behind:])
    return not (equated and any(token.text in SIGNS for token in row))


def _abbreviated(tokens: list[Token]) -> list[Token]:
    r"""With capitals that have a dot behind each as one name: `\mathrm{T} . \mathrm{V} . = 3`."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        end = at
        while (
            tokens[end].kind in ("name", "word")
            and len(tokens[end].text) == 1
            and tokens[end].text.isupper()
            and tokens[end + 1].text == "."
        ):
            end += 2
        if end - at > 2 and _is_close(tokens[at:end]):
            text = "".join(token.text for token in tokens[at:end])
            kept.append(Token("name", text, tokens[at].start, tokens[end - 1].end))
            at = end
        else:
            kept.append(tokens[at])
            at += 1
    return kept


def _is_close(tokens: list[Token]) -> bool:
    """Whether letters and dots touch, or the letters are upright."""
    return all(t.kind == "name" for t in tokens[::2]) or all(a.end == b.start for a, b in pairwise(tokens))


def _apart(tokens: list[Token]) -> list[Token]:
    """With differentials that are written together apart: `dxdy`."""
    if not any(token.kind == "word" and _DIFFERENTIALS.fullmatch(token.text) for token in tokens):
        return tokens
    kept: list[Token] = []
    for token in tokens:
        if token.kind == "word" and _DIFFERENTIALS.fullmatch(token.text):
            starts = range(token.start, token.end, 2)
            kept += [Token("word", token.text[at - token.start :][:2], at, at + 2) for at in starts]
        else:
            kept.append(token)
    return kept


def _fields(tokens: list[Token]) -> list[Token]:
    """With a part of a record as one name: `v.left.right`."""
    kept: list[Token] = []
    for token in tokens:
        field = token.text in _FIELDS and token.kind in ("word", "text", "name") and len(kept) > 1
        if field and kept[-1].text == "." and kept[-2].kind in ("word", "name") and kept[-2].end == kept[-1].start:
            record = kept[-2]
            kept[-2:] = [Token("name", f"{record.text}.{token.text}", record.start, token.end)]
        else:
            kept.append(token)
    return kept


def _is_lone_sign(tokens: list[Token], at: int) -> bool:
    """Whether braces hold one sign and nothing else: `{=}`."""
    sign = tokens[at + 1]
    return sign.kind in ("cmd", "sym") and sign.text in _LONE and tokens[at + 2].text == "}"


def _primed(tokens: list[Token]) -> list[Token]:
    r"""With `f^{\\prime}` as `f'`."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "sym" and tokens[at].text == "^":
            braced = tokens[at + 1].text == "{"
            end = at + 1 + braced
            while tokens[end].kind == "sym" and tokens[end].text == "'":
                end += 1
            closed = not braced or tokens[end].text == "}"
            if end > at + 1 + braced and closed:
                kept += tokens[at + 1 + braced : end]
                at = end + braced
                continue
        kept.append(tokens[at])
        at += 1
    return kept


def _unspaced(tokens: list[Token]) -> list[Token]:
    """Without braces that hold one sign, and without empty braces that are no argument."""
    left_out: set[int] = set()
    for at, token in enumerate(tokens[:-2]):
        after = tokens[at + 1]
        if token.kind == "sym" and token.text == "{" and _is_lone_sign(tokens, at):
            left_out |= {at, at + 2}
        elif token.kind == "sym" and token.text == "{" and after.kind == "sym" and after.text == "}":
            before = tokens[at - 1] if at else None
            if before is None or (before.kind == "sym" and before.text in _BEFORE_NOTHING):
                left_out |= {at, at + 1}
                if before is not None and before.text in "_^":
                    left_out.add(at - 1)
    return [token for at, token in enumerate(tokens) if at not in left_out] if left_out else tokens


def _closes_at_end(tokens: list[Token]) -> bool:
    """Whether the brace that opens the formula is closed by its last token."""
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == "sym":
            depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return place == len(tokens) - 2
    return False


def _lone_letters(tokens: list[Token]) -> tuple[frozenset[str], list[str]]:
    """The letters that stand alone as names, without a subscript and in none; and the longer runs of letters."""
    words: list[str] = []
    found, lowered, depth, marked = set(), False, 0, False
    before = tokens[0]
    for token, after in pairwise(tokens):
        text = token.text if token.kind == "sym" else ""
        closes = after.kind == "end" or after.text in ("=", ",", "approx", "\\")
        behind = before.kind == "num" or before.text == "mu" or (before.text == "}" and closes)
        behind_number = before is not token and behind and after.kind != "word"
        before = token
        if lowered and text in ("{", "}"):
            depth += 1 if text == "{" else -1
        elif lowered or behind_number or after.text == "_" or _opens_differential(token, after):
            pass
        elif token.kind == "word" and len(token.text) == 1:
            if token.text == "d" and _is_mark(after):
                marked = True
            else:
                found.add(token.text)
        if token.kind == "word" and len(token.text) > 1 and not lowered:
            words.append(token.text)
        lowered = depth > 0 or text == "_"
    if marked and not _derives(tokens):
        found.add("d")
    return frozenset(found), words


def _derives(tokens: list[Token]) -> bool:
    r"""Whether a lone `d` before a letter marks a differential: an integral or a derivative stands in the formula."""
    return any(token.text == "int" or _begins_derivative(tokens, at) for at, token in enumerate(tokens))


def _begins_derivative(tokens: list[Token], at: int) -> bool:
    r"""Whether a fraction with a `d` first above and below begins at token `at`: `\\frac{d \\mathbf{r}}{dt}`."""
    if tokens[at].text != "frac" or tokens[at + 1].text != "{" or tokens[at + 2].text[:1] != "d":
        return False
    below = closing(tokens, at + 1) + 2
    return below < len(tokens) and tokens[below].text[:1] == "d" and tokens[below].kind == tokens[at + 2].kind == "word"


def _is_mark(after: Token) -> bool:
    """Whether a lone `d` stands before a letter, as in a differential, and not before a bracket or a sign."""
    return after.kind == "word" or after.text in GREEK or after.text in ACCENTS


def _opens_differential(token: Token, after: Token) -> bool:
    """Whether a lone `d` touches the letter behind it: `d\\rho`."""
    return token.text == "d" and after.start == token.end and _is_mark(after)


def _reason(latex: str, stop: Stop) -> str:
    """What would have been understood, said of the operation that stands there where there is one."""
    command = _COMMAND.match(latex, stop.place[0])
    return stop.expected if command is None else _OPERATIONS.get(command[1], stop.expected)


def _pass(latex: str, tokens: list[Token], known: Lexicon, flips: frozenset[str]) -> tuple[Reading, dict[str, Guess]]:
    """One pass over the formula with some choices taken the other way."""
    reader = Reader(latex, list(tokens), known, _GRAMMAR, flips)
    reader.letters, words = _lone_letters(tokens)
    reader.wordy = any(map(is_wordy, words))
    reader.functions = functions_in(tokens, known.names)
    for command, said in _SAID.items():
        if command in latex:
            reader.guess(latex.index(command), said)
    try:
        if stranger := foreign(latex, tokens, known):
            raise stranger
        found = statements(reader)
        if doubt := suspicion((*found.relations, *found.terms), reader):
            raise doubt
    except Stop as stop:
        found, problem = Statements(), Unreadable(stop.place, _reason(latex, stop))
    except RecursionError:
        found, problem = Statements(), Unreadable((0, len(latex)), "less nesting")
    else:
        kind = class_of(len(found.relations), found.joins, found.terms)
        expression = found.terms[0] if len(found.terms) == 1 and not found.relations else None
        reading = Reading(
            latex,
            kind,
            tuple(found.relations),
            tuple(found.joins),
            expression,
            tuple(found.conditions),
            tuple(reader.guesses),
        )
        return reading, reader.choices
    kind = class_of_unread(tokens, problem.expected)
    return Reading(latex, kind, guesses=tuple(reader.guesses), problem=problem), reader.choices
