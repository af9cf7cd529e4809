r"""Numbers of choices with the index before the letter: `{}_nC_k` and `{}_nP_k`."""

from __future__ import annotations

from vaultcheck.formula.grammar_runs import after_argument
from vaultcheck.formula.model import Apply, Binomial, Term
from vaultcheck.formula.reader import Reader


def combinations(reader: Reader) -> Term | None:
    r"""`_nC_k` as the binomial, `_nP_k` as the function `P` of both; `None` and no step for any other lowered first."""
    start = reader.here()
    reader.at += 1
    split = reader.peek()
    if split.kind == "word" and len(split.text) == 2 and split.text[1] in "CP":
        reader.take_letter()
        reader.at -= 1
    behind = after_argument(reader.tokens, reader.at)
    letter, under = reader.tokens[behind], reader.tokens[min(behind + 1, len(reader.tokens) - 1)]
    if letter.text not in ("C", "P") or under.text != "_" or under.kind != "sym":
        reader.at -= 1
        return None
    several = reader.argument()
    reader.at += 2
    chosen = reader.argument()
    if letter.text == "C":
        return Binomial(several, chosen, span=reader.since(start))
    return Apply("P", (several, chosen), span=reader.since(start))
