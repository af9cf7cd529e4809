r"""What stands between two factors and multiplies nothing: a star, a cross, words.

`\delta_T * x(t)` is a convolution, `\mathcal{A} \times \mathcal{B}` a set of pairs, `f(x) \text{ along } c` a phrase.
"""

from __future__ import annotations

import re

from vaultcheck.formula.model import Apply, Number, Symbol, Term
from vaultcheck.formula.names import parts
from vaultcheck.formula.reader import Reader
from vaultcheck.formula.suspicion_shapes import walked

_WORDS = re.compile(r"\\(?:text|textrm|mbox|mathrm)\s*\{([^{}]*)\}")
_PHRASE = 3
_IMPULSES = frozenset(("delta", "Pi"))


def beside(left: Term, right: Term, between: str, reader: Reader) -> str:
    """Why two factors with this between them are no product."""
    if "*" in between and (_is_impulse(left) or _is_spectrum(left) or _is_same_word(left, right)):
        return "a product, not a convolution"
    if "\\times" in between and _are_sets(left, right, reader):
        return "a product of numbers, not of sets"
    if not between.strip(" ~{}\\,;") and (_is_phrase(left, reader) or _is_worded(left, right, reader)):
        return "a sign beside the words, or a remark behind the formula"
    if isinstance(left, Symbol) and left.name == "Sigma" and isinstance(right, Symbol) and not between.strip():
        return "" if reader.lexicon.find("Sigma") else "a sum with its index, or Sigma declared"
    return ""


def _is_impulse(term: Term) -> bool:
    return isinstance(term, Symbol) and parts(term.name)[0] in _IMPULSES and bool(parts(term.name)[2])


def _is_spectrum(term: Term) -> bool:
    """Whether a factor before a star is a function of a frequency: `F(j\\omega)`."""
    if not isinstance(term, Apply) or not term.function[:1].isupper():
        return False
    return any(isinstance(node, Symbol) and node.name == "omega" for node in walked(term.arguments))


def _is_same_word(left: Term, right: Term) -> bool:
    """Whether one word stands on both sides of a star: its square would be written as one."""
    return isinstance(left, Symbol) and left == right and len(parts(left.name)[0]) > _PHRASE - 1


def _are_sets(left: Term, right: Term, reader: Reader) -> bool:
    """Whether the names beside a cross are script letters, or parts of what the left side calls by the same letter."""
    if not (isinstance(left, Symbol) and isinstance(right, Symbol)):
        return False
    if left.name.startswith("mathcal(") and right.name.startswith("mathcal("):
        return True
    base, one, two = parts(left.name)[0], parts(left.name)[2], parts(right.name)[2]
    same = base == parts(right.name)[0] and {one, two} == {"1", "2"} and base.isupper()
    return same and reader.lexicon.find(left.name) is None and re.match(rf"\s*{base}\s*=", reader.latex) is not None


def _is_worded(left: Term, right: Term, reader: Reader) -> bool:
    """Whether words stand behind a factor that they do not count: `5 \\text{ apples}` is a number of apples."""
    return not isinstance(left, Number) and _is_phrase(right, reader)


def _is_phrase(term: Term, reader: Reader) -> bool:
    """Whether a factor is written as words: with a space at an end, or of several."""
    if not isinstance(term, Symbol):
        return False
    written = _WORDS.match(reader.latex, term.span[0])
    if written is None or reader.lexicon.find(term.name) is not None:
        return False
    words = written[1]
    return words != words.strip() or len(words.split()) > _PHRASE
