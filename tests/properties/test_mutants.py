"""A few mutants of the kept corpus in every test run; `make fuzz` tries many more."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.fuzz.laws import broken_laws
from tests.fuzz.mutants import corpus, mutants


@pytest.mark.parametrize("seed", range(8))
def test_mutants_break_no_law(seed: int) -> None:
    for number, text in enumerate(islice(mutants(seed), 40)):
        assert not broken_laws(text), f"mutant {number} of seed {seed}: {text!r}"


def test_the_corpus_itself_breaks_no_law() -> None:
    texts = corpus()
    assert len(texts) > 40
    for text in texts:
        assert not broken_laws(text)
