"""From judged claims to the rows of the map: which are shown, and what a reader is told of each."""

from __future__ import annotations

from vaultcheck.formula.latex import read
from vaultcheck.formula.model import FormulaClass, Reading
from vaultcheck.formula.verdict import Status as Answer
from vaultcheck.formula.verdict import Verdict, Why
from vaultcheck.note.model import Math
from vaultcheck.proof.model import Claim, Judged, Premise, Role, Standing, Way
from vaultcheck.proof.status import Status
from vaultcheck.reports.concept_map.claims import claim_rows
from vaultcheck.reports.concept_map.model import ClaimRow
from vaultcheck.source import Location, NotePath, Source, Span

TEXT = "one\n$V = I R$ ^def\n$P = V I$ ^power\nWords that #verified. ^words\n$a = b$\n"
PATH = NotePath("Note.md")
UNDECIDED = Verdict(Answer.UNDECIDED, why=Why.NO_PREMISES)


def judged(
    name: str,
    latex: str,
    standing: Standing = Standing.OPEN,
    verdict: Verdict | None = UNDECIDED,
    *,
    premises: tuple[str, ...] = (),
    status: Status | None = None,
    way: Way = Way.NONE,
) -> Judged:
    start = TEXT.index(latex)
    span = Span(start, start + len(latex))
    rests_on = tuple(Premise(Location(PATH, span), read(latex), premise) for premise in premises)
    math = Math(latex, span, span, False) if "=" in latex else None
    reading = read(latex) if math else Reading(latex, FormulaClass.EMPTY)
    claim = Claim(
        name, PATH, Location(PATH, span), span, math, reading, Role.CLAIM, status=status, way=way, premises=rests_on
    )
    return Judged(claim, verdict, standing, why="as decided" if standing is Standing.CIRCULAR else "")


def rows(*claims: Judged) -> list[ClaimRow]:
    return list(claim_rows(claims, lambda path: Source(path, TEXT)))


PROVED = judged(
    "Note.md#^power", "P = V I", Standing.SETTLED, Verdict(Answer.PROVED), premises=("Note.md#^def",), way=Way.FROM
)
DEFINITION = judged("Note.md#^def", "V = I R", Standing.ASSUMED, None)
LOOSE = judged("Note.md:5", "a = b")


def test_claims_of_which_something_is_known_are_shown_with_what_they_rest_on() -> None:
    assert [row.id for row in rows(PROVED, LOOSE, DEFINITION)] == ["Note.md#^def", "Note.md#^power"]


def test_formulas_that_nobody_vouches_for_or_doubts_are_not_shown() -> None:
    assert rows(LOOSE, DEFINITION) == []


def test_a_tag_or_a_named_premise_brings_an_open_claim_onto_the_map() -> None:
    tagged = judged("Note.md:5", "a = b", status=Status.OPEN)
    named = judged("Note.md:5", "a = b", way=Way.BLOCKS)
    assert [row.standing for row in rows(tagged)] == [Standing.OPEN]
    assert [row.verdict for row in rows(named)] == ["undecided (no premises)"]


def test_of_what_only_stands_earlier_in_the_note_nothing_is_drawn_that_no_verdict_needs() -> None:
    earlier = judged("Note:3", "P = V I", premises=("Note.md#^def",), way=Way.SECTION, status=Status.OPEN)
    assert [(row.id, row.premises) for row in rows(earlier, DEFINITION)] == [("Note:3", ())]


def test_a_row_says_where_what_was_understood_and_why() -> None:
    definition, power = rows(PROVED, DEFINITION)
    assert (power.path, power.line, power.latex, power.understood) == ("Note.md", 3, "P = V I", "P = V · I")
    assert (power.verdict, power.standing, power.premises) == ("proved", Standing.SETTLED, ("Note.md#^def",))
    assert (definition.verdict, definition.standing) == ("", Standing.ASSUMED)


def test_a_claim_in_words_has_words_and_no_formula() -> None:
    [row] = rows(judged("Note.md#^words", "Words that #verified.", Standing.ATTESTED, None))
    assert (row.latex, row.understood) == ("", "Words that #verified.")


def test_claims_that_rest_on_each_other_are_each_shown_once() -> None:
    one = judged("Note.md#^def", "V = I R", Standing.CIRCULAR, premises=("Note.md#^power",))
    other = judged("Note.md#^power", "P = V I", Standing.CIRCULAR, premises=("Note.md#^def",))
    assert [(row.id, row.why) for row in rows(one, other)] == [
        ("Note.md#^def", "as decided"),
        ("Note.md#^power", "as decided"),
    ]
