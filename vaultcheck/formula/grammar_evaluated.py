r"""Values at a point and between two: `\left.\frac{du}{dx}\right|_{x=0}`, `\left[\frac{x^2}{2}\right]_0^1`.

Each is read as one value that nobody knows more of: what is inside belongs to another place, where the names inside
mean something else, so that nothing may be put into it.
"""

from __future__ import annotations

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Symbol, Term
from vaultcheck.formula.names import flat
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.tokens import GREEK, GREEK_SIGNS, Token
from vaultcheck.formula.write import to_text


def evaluated(reader: Reader) -> Term:
    r"""`\left. … \right|_{x=0}`, which opens at the next token."""
    opening = reader.take()
    if not _closes_with_bounds(reader):
        raise reader.stop("a number, a name or a bracket", opening)
    bars, norms, reader.bars, reader.norms = reader.bars, reader.norms, 0, 0
    term = reader.term()
    reader.bars, reader.norms = bars, norms
    reader.expect("close|", "a closing bar")
    return one_value(reader, term, opening.start)


def _closes_with_bounds(reader: Reader) -> bool:
    """Whether the bar that belongs to the invisible bracket is followed by what stands at its foot or head."""
    depth = 1
    for token, after in zip(reader.tokens[reader.at :], reader.tokens[reader.at + 1 :], strict=False):
        if token.text in ("open.", "open|"):
            depth += 1
        elif token.text in ("close|", "close."):
            depth -= 1
            if depth == 0:
                return token.text == "close|" and after.kind == "sym" and after.text in "_^"
    return False


def one_value(reader: Reader, term: Term, start: int) -> Term:
    """The term with what is lowered and raised behind it as one name: `[x^2/2]_0^1`."""
    marks = {"_": "", "^": ""}
    while reader.peek().kind == "sym" and reader.peek().text in marks and not marks[reader.peek().text]:
        mark = reader.take().text
        inside = reader.group()
        if any(token.text in ("substack", "\\") for token in inside):
            raise reader.stop("one row of what is put in", inside[0])
        marks[mark] = flat([_shown(token) for token in inside])
    name = f"[{to_text(term)}]" + "".join(mark + text for mark, text in marks.items() if text)
    reader.guess(start, "what is taken at a point or between two is read as one value")
    return Symbol(name, span=reader.since(start))


def _shown(token: Token) -> Token:
    return token._replace(kind="word", text=GREEK_SIGNS[token.text]) if token.text in GREEK_SIGNS else token


def has_bounds(reader: Reader) -> bool:
    r"""Whether bounds follow the bracket just closed: two of them, or one that says what is put in (`_{x=0}`). Two
    Greek letters are bases of a matrix."""
    at, found = reader.at, ""
    marks: list[str] = []
    while reader.tokens[at].kind == "sym" and reader.tokens[at].text in ("_", "^") and len(marks) < 2:
        end = after_argument(reader.tokens, at + 1)
        inside = reader.tokens[at + 1 : end]
        marks.append(reader.tokens[at].text)
        if reader.tokens[at].text == "_":
            if any(token.text in GREEK for token in inside) and not any(token.kind == "num" for token in inside):
                return False
            found = flat(inside)
        at = end
    return sorted(marks) == ["^", "_"] or (marks == ["_"] and "=" in found)


def has_foot(reader: Reader) -> bool:
    """Whether the bar that comes next has at its foot what is put in: `f'(x) |_{x=0}`."""
    if reader.ahead().kind != "sym" or reader.ahead().text != "_":
        return False
    end = after_argument(reader.tokens, reader.at + 2)
    return reader.tokens[end].text != "^" and "=" in flat(reader.tokens[reader.at + 2 : end])


def has_word(reader: Reader) -> bool:
    r"""Whether a word is lowered behind the bracket just closed, as a name of the case: `(C_D/C_L)_{\min}`."""
    if not reader.is_sym("_"):
        return False
    inside = reader.tokens[reader.at + 1 : after_argument(reader.tokens, reader.at + 1)]
    words = [token for token in inside if not (token.kind == "sym" and token.text in "{}")]
    if len(words) != 1 or reader.tokens[reader.at + 1 + len(inside)].text == "^":
        return False
    word = words[0]
    return (word.kind in ("text", "name", "word") and len(word.text) > 2) or word.text in ("max", "min")
