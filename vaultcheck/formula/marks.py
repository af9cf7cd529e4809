"""What only marks a formula and says nothing itself: boxes, colours, crossings-out, brackets around it all."""

from __future__ import annotations

from collections.abc import Sequence

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.grammar_signs import SIGNS
from vaultcheck.formula.names import closing
from vaultcheck.formula.tokens import Token

MARKS = frozenset(("cancel", "bcancel", "xcancel", "boxed", "textcolor"))
"""The commands that mark. What is crossed out is gone from the next line, and still stands in this one."""
_LEADING = frozenset(("+", "-", "pm", "cdot", "times")) | frozenset(SIGNS)
_TAKES_ARGUMENT = frozenset(("^", "_", "frac", "sqrt", "binom", "bar", "hat", "vec", "dot", "mathbf"))


def unmarked(tokens: list[Token]) -> list[Token]:
    """Without the commands that mark. The braces of a mark stay where they group a factor; those of a box go, and so
    do those that hold a sign with what follows it, or a relation."""
    left_out: set[int] = set()
    for at, token in enumerate(tokens[:-1]):
        if token.kind == "cmd" and token.text in MARKS:
            left_out.add(at)
            after = tokens[at + 1]
            if after.kind == "sym" and after.text == "{":
                end = closing(tokens, at + 1)
                if token.text == "boxed":
                    left_out |= {at + 1, end} if tokens[end].text == "}" else {at + 1}
                elif tokens[end].text == "}" and _only_spaces(tokens, at, end):
                    left_out |= {at + 1, end}
    return [token for at, token in enumerate(tokens) if at not in left_out]


def _only_spaces(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the braces behind the mark at `at` group nothing: a sign leads inside, or a relation stands there."""
    if at and tokens[at - 1].text in _TAKES_ARGUMENT:
        return False
    inside = tokens[at + 2 : end]
    return bool(inside) and (_is_sign(inside[0]) or _states(inside))


def _is_sign(token: Token) -> bool:
    return token.kind in ("sym", "cmd") and token.text in _LEADING


def _states(tokens: Sequence[Token]) -> bool:
    """Whether a relation sign stands among the tokens, outside every bracket."""
    depth = 0
    for token in tokens:
        if token.kind == "sym" and token.text in "([{)]}":
            depth += 1 if token.text in "([{" else -1
        elif token.kind == "cmd" and token.text == "{":
            depth += 1
        elif token.kind == "cmd" and token.text == "}":
            depth -= 1
        elif depth == 0 and token.kind in ("sym", "cmd") and token.text in SIGNS:
            return True
    return False


_BEFORE_STATEMENT = frozenset(("", "=", ",", ";", "&", "\\", "quad", "qquad", "Rightarrow", "iff"))


def unbraced(tokens: list[Token]) -> list[Token]:
    r"""Without braces around a relation that stands where one may begin, with the brace drawn under it and its label:
    `\underbrace{a = b}_{\text{law}}`."""
    left_out: set[int] = set()
    for opening, token in enumerate(tokens):
        if token.text != "{" or token.kind != "sym" or opening in left_out:
            continue
        drawn = opening > 0 and tokens[opening - 1].text in ("underbrace", "overbrace")
        at = opening - drawn
        before = tokens[at - 1].text if at else ""
        operator = not drawn and tokens[opening + 1].text == "frac"
        if before not in _BEFORE_STATEMENT and not operator:
            continue
        end = closing(tokens, opening)
        if tokens[end].text != "}":
            continue
        lowered = tokens[end + 1].kind == "sym" and tokens[end + 1].text in ("_", "^")
        if operator and not lowered and _is_operator(tokens[opening + 1 : end]):
            left_out |= {opening, end}
        elif before not in _BEFORE_STATEMENT or not _states(tokens[opening + 1 : end]):
            continue
        elif drawn:
            after = end + 1
            while tokens[after].kind == "sym" and tokens[after].text in ("_", "^"):
                after = after_argument(tokens, after + 1)
            left_out |= {at, opening, *range(end, after)}
        elif not lowered:
            left_out |= {opening, end}
    return [token for at, token in enumerate(tokens) if at not in left_out] if left_out else tokens


def _is_operator(tokens: Sequence[Token]) -> bool:
    r"""Whether the tokens are `\\frac{d}{dx}` and no more: what is differentiated stands behind the braces."""
    texts = [token.text for token in tokens]
    return (
        texts[:4] in (["frac", "{", "d", "}"], ["frac", "{", "partial", "}"]) and closing(tokens, 4) == len(tokens) - 1
    )


def unlabelled(tokens: list[Token]) -> list[Token]:
    r"""Without the label before a row of a display (`a) && x = 1 \\\\`) and the rows that hold dots alone."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        begins = not kept or kept[-1].text == "\\" or kept[-1].text.startswith("begin ")
        end = _dotted_row(tokens, at) if begins else at
        if end > at:
            at = end
            continue
        label = tokens[at].kind in ("word", "num") and len(tokens[at].text) == 1
        if begins and label and [t.text for t in tokens[at + 1 : at + 3]] == [")", "&"]:
            at += 2
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _dotted_row(tokens: Sequence[Token], at: int) -> int:
    """The token after the row that begins at `at`, where it holds dots one below the other and nothing else."""
    end, dots = at, 0
    while tokens[end].text in ("&", "vdots", "quad", "qquad"):
        dots += tokens[end].text == "vdots"
        end += 1
    return end + 1 if dots and tokens[end].text == "\\" else at


def unbracketed(tokens: list[Token]) -> list[Token]:
    """Without round brackets around a whole relation, and without one that closes what began before the formula:
    `(k < k_0)`, and the end of `where v = 0)`."""
    if tokens[0].text == "(" and tokens[0].kind == "sym":
        end = closing(tokens, 0)
        if end == len(tokens) - 2 and tokens[end].text == ")" and _is_one_relation(tokens[1:end]):
            return [*tokens[1:end], tokens[-1]]
    elif len(tokens) > 2 and tokens[-2].text == ")" and tokens[-2].kind == "sym":
        rounds = [token.text for token in tokens if token.kind == "sym" and token.text in ("(", ")")]
        if rounds == [")"] and _states(tokens[:-2]):
            return [*tokens[:-2], tokens[-1]]
    return tokens


def _is_one_relation(tokens: Sequence[Token]) -> bool:
    """Whether a relation is what brackets hold, and not a pair or a list."""
    return _states(tokens) and not any(token.text in (",", ";") for token in tokens) and tokens[-1].text not in SIGNS
