"""Status tags: what they say, what was meant by a misspelt one, and which words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.config import TagFamilies
from vaultcheck.proof.status import Status, one_edit_apart, read_status

FAMILIES = TagFamilies()


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ("to_verify", Status.OPEN),
        ("TO-VERIFY", Status.OPEN),
        ("to_verify/units", Status.OPEN),
        ("Verified", Status.SETTLED),
        ("vérifié", Status.SETTLED),
        ("wrong", Status.DISPUTED),
    ],
)
def test_a_status_tag_is_read_exactly(tag: str, status: Status) -> None:
    reading = read_status(tag, FAMILIES)
    assert reading is not None
    assert (reading.status, reading.exact) == (status, True)


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("verifed", "verified"),
        ("verifeid", "verified"),
        ("Verifyed", "verified"),
        ("unverifed", "unverified"),
        ("to_verfy", "to_verify"),
        ("toverify", "to_verify"),
        ("a_verifier", "a_vérifier"),
        ("zu_prufen", "zu_prüfen"),
        ("cheked", "checked"),
        ("disputted", "disputed"),
        ("verifed/by-me", "verified"),
    ],
)
def test_a_misspelt_tag_is_read_as_meant(tag: str, meant: str) -> None:
    reading = read_status(tag, FAMILIES)
    assert reading is not None
    assert (reading.meant, reading.exact) == (meant, False)
    assert reading.length == len(tag.partition("/")[0])


WORDS = "verity verily clarify verifier checker refused reputed dispute recheck wrung check unchecked verify-all cell"


@pytest.mark.parametrize("tag", WORDS.split())
def test_words_of_their_own_are_left_alone(tag: str) -> None:
    assert read_status(tag, FAMILIES) is None


def test_a_word_near_two_families_is_left_alone() -> None:
    families = TagFamilies(open=("carded",), settled=("carted",), disputed=())
    assert read_status("carved", families) is None
    assert read_status("cardedd", families) is not None


@settings(max_examples=60)
@given(st.text("abcdé_", min_size=1, max_size=8), st.data())
def test_one_edit_is_symmetric_and_found(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    inserted = word[:place] + letter + word[place:]
    changed = word[:place] + letter + word[place + 1 :]
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for other in {inserted, changed, swapped} - {word}:
        assert one_edit_apart(word, other)
        assert one_edit_apart(other, word)
    assert not one_edit_apart(word, word)
    assert not one_edit_apart(word, word + "xy")
    assert not one_edit_apart(word, f"x{word}y")
