"""Why a refutation of a claim may not count: it holds under conditions that the prover is not told."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultcheck.formula.literals import rational
from vaultcheck.formula.model import Constant, ConstantName, Negative, Number, Product, Reading, Relation
from vaultcheck.formula.units import read_unit
from vaultcheck.formula.walk import names, walk
from vaultcheck.proof.stated import Mark

_CONDITIONAL = re.compile(
    r"(?<![\w-])(?:if|when(?:ever)?|unless|only for|provided(?: that)?|as long as|in the (?:limit|case)|limit(?:ing)?"
    r"|in this case|in that case|for (?:very |sufficiently )?(?:small|large|long|short|high|low|weak|strong|slow|fast)"
    r"|approximat\w+|approx\.?|roughly|neglect\w*|ignor(?:e|ed|es|ing)|negligible|nearly|almost|first order"
    r"|leading order"
    r"|at (?:rest|equilibrium|steady state)|mod(?:ulo)?|binary|hexadecimal|octal|base"
    r"|(?-i:si)|quand|lorsque?|tant que|à condition|dans le cas|à la limite|environ|néglig\w+|presque|approxim\w+"
    r"|à l['’]équilibre"
    r"|wenn|falls|sofern|solange|im fall\w*|im grenzfall|für (?:kleine|große|lange|kurze)\w*|näherungsweise|ungefähr"
    r"|vernachlässig\w*|fast|nahezu|annähernd"
    r"|quando|finché|purché|nel caso|nel limite|circa|trascur\w+|quasi|per (?:piccol|grand)[ieo]\w*"
    r"|cuando|mientras|siempre que|en el caso|en el límite|aproximad\w+|despreci\w+|casi|hvis|når|när|jos|kun)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_UNIT_REMARK = re.compile(r"\\?(?:text|mathrm)?\s*\{?\s*[\[(][^\])]*[\])]\s*\}?")


_BINARY = re.compile(r"(?<![\d.,])(?:0[01]+|1[01]*1[01]*0?)(?![\d.,])(?<=[01]{3})")
_OTHER_DIGIT = re.compile(r"[2-9.]")
_BEHIND = re.compile(r"[ \u00a0\u202f]?(?P<unit>%|‰|°C?|[€£$]|[^\W\d_]+(?:[/·²³⁻¹][^\s,;.)]*)?)")
_WORDS = frozenset({"a", "as", "at", "d", "in", "is", "h", "min", "so"})
"""Words that are units too."""
_DEGREES = 15


def doubt_of(reading: Reading, sentence: str, marks: tuple[Mark, ...], behind: str = "") -> str:
    """Why nothing that fails in general refutes this relation; empty where nothing limits it.

    `sentence` are the words around the formula, `behind` those right behind it. What `given::` states is told to the
    prover.
    """
    unit = _BEHIND.match(behind)
    if unit is not None and _ends_in_number(reading) and _is_unit(unit["unit"]):
        return f"its unit stands behind the formula: {unit['unit']}"
    conditions = [condition for condition in reading.conditions if not _UNIT_REMARK.fullmatch(condition.strip())]
    if conditions:
        return f"it is said to hold under a condition: {conditions[0]}"
    if any(_in_degrees(relation) for relation in reading.relations):
        return "its number may be an angle in degrees"
    if _BINARY.search(reading.latex) is not None and _OTHER_DIGIT.search(reading.latex) is None:
        return "its numbers may be binary"
    if any(mark.key == "given" for mark in marks):
        return ""
    return _limit(sentence)


def _in_degrees(relation: Relation) -> bool:
    """`π/2 = 90`: an angle on one side, and whole degrees on the other."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        number = rational(other)
        angle = any(isinstance(part, Constant) and part.name is ConstantName.PI for part in walk(side))
        if number and number % _DEGREES == 0 and angle and not names(side):
            return True
    return False


def _ends_in_number(reading: Reading) -> bool:
    return any(isinstance(relation.right, Number | Negative | Product) for relation in reading.relations)


def _is_unit(word: str) -> bool:
    return word in "%‰€£$" or (word not in _WORDS and read_unit(word) is not None)


@lru_cache(maxsize=256)
def _limit(sentence: str) -> str:
    found = _CONDITIONAL.search(sentence)
    return f"its sentence limits it: {found[0]!r}" if found is not None else ""
