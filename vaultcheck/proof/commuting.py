"""Whether the products of a claim may be turned round: those of matrices may not."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultcheck.formula.model import Power, Product, Relation, Vocabulary
from vaultcheck.formula.walk import has, names_of

_MATRIX = re.compile(r"(?<!\w)(?:matri[xczs]\w*|quaternion\w*|(?:anti|non-?)?[ck]ommut\w+)(?!\w)", re.IGNORECASE)
"""Words of a note in which a capital letter may be a matrix."""


def turned_round(text: str, relation: Relation, vocabulary: Vocabulary) -> str:
    """Why a product in a relation may be one of matrices, in which `A B` is not `B A`; empty where none is.

    A name is one by its meaning, or as a capital letter without meaning and dimension in a note (`text`) that speaks of
    matrices. Of one such name alone all products are the same.
    """
    if not has(relation, (Product, Power)):
        return ""
    known = {quantity.name: quantity for quantity in vocabulary}
    found = []
    for name in sorted(names_of(relation)):
        quantity = known.get(name)
        meaning = quantity.meaning if quantity is not None else ""
        plain = not meaning and (quantity is None or quantity.dimension is None)
        if _MATRIX.search(meaning) or (plain and len(name) == 1 and name.isupper() and _speaks_of_matrices(text)):
            found.append(name)
    return f"{' and '.join(found)} may be matrices" if len(found) > 1 else ""


@lru_cache(maxsize=16)
def _speaks_of_matrices(text: str) -> bool:
    return _MATRIX.search(text) is not None
