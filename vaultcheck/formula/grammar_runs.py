r"""Runs of letters: one declared name, several, one new name, or a product of letters. Vocabulary first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultcheck.formula.names import closing, compose, flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, Token, word_set
from vaultcheck.formula.words import FUNCTION_WORDS, FUNCTIONS, is_wordy

_LONGEST_PRODUCT = 4
_KNOWN = frozenset(("pH", "KE", "PE", "Re"))
_PRODUCTS = re.compile(
    r"mg[a-zA-Z]|GMm|[nN]?[kR]_?T|[nzN]?FE?|[zZ]?eE|abcd?|ab[txyz]|a[txyz]{2,3}|[bcdkmnpqrs]{0,2}[tvwxyz]{1,3}|ijk"
)
"""Runs that are products wherever they stand."""
_CAPITAL_PRODUCTS = word_set(
    "RT PV IR VI RC LC LR GM EI GJ GA EA UL VL TS AV BA BF BC LU QR WH NH FL MR NI PT RI VT UI UV IV ZI"
)
"""Capitals whose product is usual in physics, in circuits and among matrices, in either order."""
_NO_PRODUCTS = word_set("or if is of cm mm km dB lm sr eV Hz kg Pr Sc Nu Pe Fr Gr Sh Kn")
_PAIRS = re.compile(r"(?<![A-Za-z\\])[A-Z]{2}(?![A-Za-z])")
_ENDS = frozenset("ABCDEFOPQRS")
_VOWELS = frozenset("aeiou")
_DIFFERENTIAL = re.compile(r"^[A-Za-z]?d[A-Za-z]$")


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
    """The names in a run of letters: declared ones first, then one new name, then a product."""
    run = token.text
    if len(run) == 2 and "d" in reader.lexicon.names and _is_differential(reader, run):
        reader.guess(token.start, f"read {run} as one name, a differential")
        return (run,)
    if (known := _declared(reader, run)) is not None:
        if len(known) > 1 and len(run) > 2 and _stands_alone(reader):
            reader.guess(token.start, f"read {run} as a product of declared names")
        return known
    if reason := _one_name(reader, run):
        reader.guess(token.start, f"read {run} as {reason}")
        return (run,)
    if len(run) == 3 and run[1] == "d" and _is_differential(reader, run[1:]) and run[0] != "d":
        reader.guess(token.start, f"read {run} as {run[0]} times {run[1:]}, a differential")
        return (run[0], run[1:])
    several = _mixed(reader.lexicon.names, run)
    if several is None:
        if len(run) > _LONGEST_PRODUCT:
            raise reader.stop(f"a declared name: {run} is not one", token)
        several = tuple(run)
        if run in ("and", "und", "for", "mit"):
            raise reader.stop("a name, not a remark", token)
        if len(run) > 2 and not (_is_usual_product(reader, run) or _is_acronym(reader, run)):
            raise reader.stop(f"a declared name: {run} is not one", token)
    doubted = len(run) == 2 and (_is_segment(reader, run) or _is_unlikely(reader, run))
    if doubted and not _ends_in_lowered(reader, run):
        raise reader.stop(f"a declared name: {run} is not one", token)
    product = f"read {run} as {' times '.join(several)}"
    alone, usual = _stands_alone(reader), _is_number_name(reader, run)
    usual = usual or (len(run) == 2 and alone and _equals_a_number(reader))
    doubtful = len(run) == 2 and alone and not usual
    if _is_acronym(reader, run) or doubtful or (usual and (alone or run in _KNOWN)):
        one = reader.choose(f"run:{run}", not doubtful, token.start, f"read {run} as one name", product)
        return (run,) if one else several
    reader.guess(token.start, product)
    return several


def _declared(reader: Reader, run: str) -> tuple[str, ...] | None:
    """A run that is a declared name, or ends in one with its subscript, or is a product of declared ones."""
    lexicon = reader.lexicon
    sub = _peek_sub(reader, reader.at + 1)
    for start in range(len(run)):
        found = lexicon.find(compose(run[start:], 0, sub)) or (lexicon.find(run) if start == 0 else None)
        if found and (start == 0 or sub):
            before = lexicon.split(run[:start]) if start else ()
            if before is not None:
                return (*before, run[start:])
    return lexicon.split(run)


def _one_name(reader: Reader, run: str) -> str:
    """Why an undeclared run is one name, in words; empty where it is not."""
    if not run.isascii():
        return "one name"
    if run == "Pr" and reader.ahead().text == "(":
        return "one name, a probability"
    before_argument = reader.ahead().text in ("(", "{", "[") or reader.ahead().start > reader.peek().end
    if run in FUNCTION_WORDS and before_argument:
        return "one name"
    if run == "kg" and not set(run) & reader.letters and reader.ahead().text not in ("(", "'"):
        return "one name, a unit"
    if len(run) == 2 and reader.ahead().text == "(" and _names_function(reader, run):
        reader.functions |= {run}
        return "the name of a function"
    if len(run) == 2:
        return "one name, a differential" if _is_differential(reader, run) else ""
    if reader.ahead().text == "[" and len(run) > 2:
        return "one name"
    if (
        reader.ahead().text == "("
        and (not set(run) & reader.letters or (set(run) & set("aeiou") and not set(run) <= reader.letters))
        and (run.islower() or run[1:].islower() or len(run) > 4)
        and _VOWELS & set(run.casefold())
    ):
        return "the name of a function"
    if run in reader.runs or (_stands_alone(reader) and _new_here(reader, run)):
        reader.runs.add(run)
        return "one name"
    if is_wordy(run) or reader.wordy:
        return "one name"
    return ""


def _names_function(reader: Reader, run: str) -> bool:
    """Whether two letters before a bracket are the name of a function: `Im`, `Re`; a capital and a small letter before
    several arguments; small letters that stand before brackets wherever they stand, twice at least."""
    if run in ("Re", "Im"):
        return True
    places = [at for at, token in enumerate(reader.tokens) if token.text == run]
    if run[0].isupper() and run[1].islower():
        inside = reader.tokens[reader.at + 2 : closing(reader.tokens, reader.at + 1)]
        several = any(token.text == "," for token in inside)
        product = f"read {run} as {run[0]} times {run[1]}"
        return several and reader.choose(
            f"run:{run}", True, reader.peek().start, f"read {run} as the name of a function", product
        )
    pairs = [at for at, token in enumerate(reader.tokens) if token.kind in ("word", "seg") and _is_pair(token.text)]
    called = all(reader.tokens[at + 1].text == "(" for at in (*places, *pairs))
    return _is_pair(run) and len({*places, *pairs}) > 1 and called and not set(run) & reader.letters


def _is_pair(run: str) -> bool:
    """Whether two small letters may be a name before a bracket: no differential, and no factor before `f(x)`."""
    return len(run) == 2 and run.islower() and run[0] != "d" and run[1] not in "fghuvxyzt" and run not in FUNCTIONS


def _is_differential(reader: Reader, run: str) -> bool:
    """Whether `dX` is a differential: `d` stands nowhere alone, and `X` is a variable or there are more of the kind."""
    if run[0] != "d" or "d" in reader.letters:
        return False
    others = sum(_DIFFERENTIAL.search(token.text) is not None for token in reader.tokens)
    if "d" in reader.lexicon.names and (others < 2 or run in reader.lexicon.names):
        return False
    polynomial = re.search(rf"(?<![A-Za-z\\])c\s*{run[1]}(?![A-Za-z])", reader.latex)
    if polynomial and others < 2 and "\\int" not in reader.latex:
        return False
    return run[1] in "xyztsruvVSTUHGAQWPNq" or sum(_DIFFERENTIAL.search(t.text) is not None for t in reader.tokens) > 1


def _is_number_name(reader: Reader, run: str) -> bool:
    """Two letters that are more often one name than a product: `Re`, `Ma`, `pH`, but not `Ax`."""
    if run in _KNOWN:
        return run[0] not in reader.letters and not _raised_letters(reader)
    return len(run) == 2 and run[0].isupper() and run[1] in "abcdefghlnoprtu" and run[1] not in reader.letters


def _raised_letters(reader: Reader) -> bool:
    """Whether letters are raised behind the run that comes next, as behind Euler's number in `Re^{i x}`."""
    if reader.ahead().text != "^":
        return False
    raised = reader.tokens[reader.at + 2 : after_argument(reader.tokens, reader.at + 2)]
    return any(token.kind == "word" or token.text in GREEK for token in raised)


def _is_usual_product(reader: Reader, run: str) -> bool:
    """Whether three letters or more are a product: all but one stand alone elsewhere or are declared, or they are the
    usual letters of one (`mgh`, `nRT`, `abc`, `2xyz`)."""
    if len(set(run) - reader.letters - reader.lexicon.names) < 2:
        return True
    return _PRODUCTS.fullmatch(run) is not None and len(set(run)) == len(run)


def _is_segment(reader: Reader, run: str) -> bool:
    """Whether two capitals are more likely one name, as the ends of a segment and the rates of a test are: others of
    the kind stand in the formula and share a letter with them, and none of their letters stands alone or is
    declared."""
    if not (run.isupper() and run.isascii()) or set(run) & (reader.letters | reader.lexicon.names):
        return False
    others = set(_PAIRS.findall(reader.latex)) - {run}
    ends = {other for other in others if set(run + other) <= _ENDS}
    return bool(ends) or any(set(run) & set(other) for other in others)


def _is_unlikely(reader: Reader, run: str) -> bool:
    """Whether two letters are hardly a product: an unusual pair of capitals inside a side, a word, a unit behind a
    term, the name of a number of fluid mechanics; neither letter stands alone or is declared."""
    if set(run) & (reader.letters | reader.lexicon.names) or _stands_alone(reader):
        return False
    if run in _NO_PRODUCTS and reader.ahead().text not in ("(", "'"):
        return True
    return run.isupper() and run.isascii() and not {run, run[::-1]} & _CAPITAL_PRODUCTS


def _ends_in_lowered(reader: Reader, run: str) -> bool:
    """Whether the last letter has a subscript here and elsewhere, where it stands alone: `K C_L^2` beside `C_D`."""
    if reader.ahead().text != "_":
        return False
    return re.search(rf"(?<![A-Za-z\\]){run[-1]}\s*_", reader.latex) is not None


def _equals_a_number(reader: Reader) -> bool:
    """Whether a number and nothing else stands behind the equals sign that follows: `EN = 0`."""
    behind = [token.kind for token in reader.tokens[reader.at + 2 :]]
    return reader.ahead().text == "=" and bool(behind) and set(behind) <= {"num", "end", "sym"}


def _is_acronym(reader: Reader, run: str) -> bool:
    """Three capitals or more whose letters stand nowhere alone."""
    return len(run) > 2 and run.isupper() and not set(run) <= reader.letters


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
    shared = [letter for letter in run if letter in plain]
    return run in plain or not (shared if run.islower() else len(shared) == len(run))


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
