"""Which declarations count at a place: nearest wins, what disagrees is left open and kept with both places."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.formula.model import Quantity
from vaultcheck.graph.index import Index
from vaultcheck.graph.resolve import Resolver
from vaultcheck.note.parse import parse
from vaultcheck.proof.declared import Disagreement, Symbols
from vaultcheck.proof.scoping import SymbolBook, conflicts_in, symbol_note_paths, vocabulary_at
from vaultcheck.proof.symbols import declared_in
from vaultcheck.source import NotePath, Source, Span


def book(symbol_notes: tuple[str, ...] = (), **texts: str) -> SymbolBook:
    """The symbols of a vault with these notes, by name."""
    sources = {NotePath(f"{name}.md"): Source(NotePath(f"{name}.md"), text) for name, text in texts.items()}
    notes = {path: parse(source) for path, source in sources.items()}
    resolver = Resolver(Index(tuple(notes), (), notes))
    resolutions = {path: resolver.resolve_all(note.links, path) for path, note in notes.items()}
    return SymbolBook(notes, resolutions, sources.__getitem__, symbol_note_paths(symbol_notes, notes))


def known(symbols: SymbolBook, name: str, mark: str) -> Symbols:
    """The symbols at the place of `mark` in a note."""
    path = NotePath(f"{name}.md")
    at = symbols.source_of(path).text.index(mark)
    return symbols.at(path, Span(at, at + len(mark)))


def unit(symbols: Symbols, name: str) -> str:
    """The unit that a name has, empty when it has none."""
    found = next((one for one in symbols.vocabulary if one.name == name), None)
    return found.unit.text if found is not None and found.unit is not None else ""


def quantity(symbols: Symbols, name: str) -> Quantity:
    """The quantity of a name."""
    return next(one for one in symbols.vocabulary if one.name == name)


TWO_SECTIONS = """# Note

## Steel

- $E$: Young's modulus [Pa]

$E = 1$ first

## Spring

- $E$: energy [J]

$E = 2$ second

## Rest

$E = 3$ third
"""


def test_the_nearest_section_wins() -> None:
    symbols = book(A=TWO_SECTIONS)
    assert unit(known(symbols, "A", "$E = 1$"), "E") == "Pa"
    assert unit(known(symbols, "A", "$E = 2$"), "E") == "J"


def test_equally_near_declarations_that_disagree_leave_the_name_open() -> None:
    there = known(book(A=TWO_SECTIONS), "A", "$E = 3$")
    assert unit(there, "E") == ""
    assert [conflict.kind for conflict in there.conflicts] == [Disagreement.DIMENSION]
    assert len(there.declared("E")) == 2


def test_a_letter_that_each_section_declares_anew_is_no_conflict_of_the_note() -> None:
    source = Source(NotePath("A.md"), TWO_SECTIONS)
    assert conflicts_in(declared_in(parse(source), source)) == ()


def test_a_letter_with_two_jobs_in_one_section_is_a_conflict_with_both_places() -> None:
    text = "- $g$: conductance [nS]\n- $g$: gain of the amplifier [mV/pA]\n"
    source = Source(NotePath("A.md"), text)
    (conflict,) = conflicts_in(declared_in(parse(source), source))
    assert conflict.kind is Disagreement.DIMENSION
    assert [text[place.location.span.start :][:3] for place in (conflict.first, conflict.second)] == ["$g$", "$g$"]
    assert conflict.first.location.span < conflict.second.location.span


def test_two_meanings_without_units_conflict_when_they_are_measured_differently() -> None:
    source = Source(NotePath("A.md"), "- $E$: energy\n- $E$: electric field\n- $F$: force\n- $F$: the force again\n")
    assert [(one.name, one.kind) for one in conflicts_in(declared_in(parse(source), source))] == [
        ("E", Disagreement.MEANING)
    ]


def test_two_values_conflict_when_no_rounding_explains_them() -> None:
    source = Source(
        NotePath("A.md"),
        "$g = 9.81\\,\\mathrm{m/s^2}$\n\n$g = 9.8\\,\\mathrm{m/s^2}$\n\n- $h = 1.0$ mm\n- $h = 2.0$ mm\n",
    )
    assert [(one.name, one.kind) for one in conflicts_in(declared_in(parse(source), source))] == [
        ("h", Disagreement.VALUE)
    ]


def test_the_note_wins_over_the_notes_it_links_to_and_those_over_the_vault() -> None:
    symbols = book(
        ("Symbols",),
        A="$R$ is the radius (mm). See [[B]].\n\n$R + T + F$ here",
        B="- $R$: resistance [Ω]\n- $T$: period [s]\n",
        Symbols="- $R$: gas constant [J/(mol K)]\n- $T$: temperature [K]\n- $F$: Faraday constant [C/mol]\n",
    )
    there = known(symbols, "A", "$R + T + F$")
    assert (unit(there, "R"), unit(there, "T"), unit(there, "F")) == ("mm", "s", "C/mol")
    assert there.conflicts == ()


def test_a_meaning_without_a_unit_is_not_given_the_unit_of_another_quantity() -> None:
    symbols = book(
        ("Symbols",), A="$R$ is the radius of the ball.\n\n$R$ here", Symbols="- $R$: gas constant [J/(mol K)]"
    )
    assert unit(known(symbols, "A", "$R$ here"), "R") == ""


def test_a_value_far_away_completes_the_same_quantity() -> None:
    symbols = book(A="- $F$: Faraday constant [C/mol]\n\n$F = 96485\\,\\mathrm{C/mol}$\n\nUse $F$ here")
    found = quantity(known(symbols, "A", "$F$ here"), "F")
    assert (found.meaning, found.value) == ("Faraday constant", Fraction(96485))


def test_a_given_value_counts_in_its_block_alone() -> None:
    symbols = book(A="- $V$: voltage [mV]\n\n$V = 1$ one\ngiven:: V = -100 mV\n\n$V = 2$ two")
    assert quantity(known(symbols, "A", "$V = 1$"), "V").value == Fraction(-1, 10)
    assert quantity(known(symbols, "A", "$V = 1$"), "V").meaning == "voltage"
    assert quantity(known(symbols, "A", "$V = 2$"), "V").value is None


def test_an_equation_fixes_no_number_for_itself() -> None:
    symbols = book(A="$V = 5.0\\,\\mathrm{mV}$\n\n$V$ there")
    assert known(symbols, "A", "$V = 5.0").vocabulary == ()
    assert quantity(known(symbols, "A", "$V$ there"), "V").value == Fraction(1, 200)


def test_an_example_declares_for_itself_alone() -> None:
    text = (
        "> [!example] A cart\n> $m$ is the mass in kg, so $m g$ pulls.\n\n$m = 1$ outside\n\n"
        "## Exercise 3\n\n- $k$: stiffness [N/m]\n\n$k = 1$ inside\n"
    )
    symbols = book(A=text, B="See [[A]]: $k = 2$ linked")
    assert unit(known(symbols, "A", "$m g$"), "m") == "kg"
    assert known(symbols, "A", "$m = 1$").vocabulary == ()
    assert unit(known(symbols, "A", "$k = 1$"), "k") == "N/m"
    assert known(symbols, "B", "$k = 2$").vocabulary == ()


def test_case_is_folded_from_three_letters_on() -> None:
    symbols = book(A="**PSC** = current (pA)\n\n$Psc$: current, in pA\n\n- $m$: mass [kg]\n- $M$: power [W]\n\n$x$")
    assert sorted(one.name for one in known(symbols, "A", "$x$").vocabulary) == ["M", "PSC", "m"]


def test_the_property_is_the_farthest_of_the_note() -> None:
    symbols = book(
        A="---\nsymbols:\n  V: volume [L]\n---\n## One\n\n- $V$: voltage [mV]\n\n$V = 1$ one\n\n## Two\n\n$V = 2$ two"
    )
    assert unit(known(symbols, "A", "$V = 1$"), "V") == "mV"


def test_a_note_of_many_links_is_an_index() -> None:
    texts = {f"N{number}": "- $q$: charge [C]" for number in range(45)}
    symbols = book((), A=" ".join(f"[[{name}]]" for name in texts) + " $q$ here", **texts)
    assert vocabulary_at(symbols, NotePath("A.md"), Span(0, 5)) == ()


def test_symbol_notes_are_found_by_path_and_by_name() -> None:
    notes = [NotePath("Symbols.md"), NotePath("Lab/Units.md"), NotePath("Lab/Symbols of music.md")]
    assert symbol_note_paths(("Symbols.md", "Lab/units"), notes) == tuple(notes[:2])


NAMES = ["$g$", "$V_m$", "$a, b$", "$x = 3$", r"$E = 5\,\mathrm{mV}$"]
WORDS = [" is ", " the ", "mass", "where ", "hvor ", " and ", "(kg)", "[nS]", " in mV", "given:: ", "V = 3 mV"]
MARKS = [", ", ": ", " - ", "\n", "\n\n", "\r\n", "- ", "> ", "| ", "|---|---|", "**", "(", ")", ";", "^a"]
OPENERS = ["[[A]]", "[[", "]]", "$", "$$", "%%", "```", "`", "# H", "> [!example]", "---\n", "symbols:", "\\", "{", "}"]
PIECES = st.sampled_from([*NAMES, *WORDS, *MARKS, *OPENERS])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    symbols = book(A=text, B="See [[A]].")
    for one in symbols.declared(NotePath("A.md")):
        assert 0 <= one.location.span.start <= one.location.span.end <= len(text)
        assert one.within.start <= one.location.span.start
        assert one.quantity.name
    there = symbols.at(NotePath("A.md"), Span(0, len(text)))
    assert len({one.name for one in there.vocabulary}) == len(there.vocabulary)
    symbols.at(NotePath("B.md"), Span(0, 3))
