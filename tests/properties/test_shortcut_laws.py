"""What is done in a shorter way for the common case answers what the whole way answers."""

from __future__ import annotations

from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.graph.index import Index
from vaultcheck.graph.model import HeadingTarget, Missing, Resolved
from vaultcheck.graph.names import folded, heading_form
from vaultcheck.graph.resolve import Resolver
from vaultcheck.graph.suggest import Suggester
from vaultcheck.note.model import Context, Heading, Link, Note, Syntax
from vaultcheck.proof.status import one_edit_apart
from vaultcheck.source import NotePath

TEXTS = st.text(alphabet=st.one_of(st.characters(max_codepoint=127), st.characters()), max_size=24)

LETTERS = st.sampled_from(["a", "B", ".md", ".", "..", "/", "./", "../", " ", "é", "e\u0301", "\u00a0", ".png", "v1.2"])
LINKPATHS = st.lists(LETTERS, min_size=1, max_size=6).map("".join)
FILES = st.builds(
    lambda folder, name, ending: f"{folder}{name}{ending}",
    st.sampled_from(["", "a/", "a/b/", "B/", "é/"]),
    st.sampled_from(["a", "B", "b", "a.b", "v1.2", "é", "a.png"]),
    st.sampled_from([".md", ".md", "", ".png"]),
)

NAMES = st.text(alphabet="aB1é-", min_size=1, max_size=7)


def _link(linkpath: str, subpath: str = "") -> Link:
    return Link(linkpath, subpath, "", False, Syntax.WIKILINK, Context.BODY, "", 0, 1)


class _WholeWay(Resolver):
    """Resolves without the short way."""

    def _only_file(self, linkpath: str) -> NotePath | None:
        return None


@given(TEXTS)
def test_headings_are_compared_by_the_rule_for_them(text: str) -> None:
    spaced = "".join(" " if c in '!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\r\n' else c for c in text)
    assert heading_form(text) == normalize("NFC", " ".join(spaced.split()).lower())


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=24))
def test_names_are_folded_to_their_letters_and_digits(name: str) -> None:
    assert folded(name) == "".join(c for c in name.lower() if c.isalnum())


@settings(max_examples=300)
@given(st.lists(FILES, min_size=1, max_size=8, unique=True), st.lists(LINKPATHS, min_size=1, max_size=8), FILES)
def test_the_only_file_of_a_name_is_what_a_look_at_all_files_finds(
    files: list[str], linkpaths: list[str], source: str
) -> None:
    paths = [NotePath(path) for path in files]
    notes = {path: Note(path) for path in paths}
    links = [_link(linkpath) for linkpath in (*linkpaths, *files)]
    short, whole = Resolver(Index(paths, (), notes)), _WholeWay(Index(paths, (), notes))
    place = NotePath(source)
    assert short.resolve_all(links, place) == whole.resolve_all(links, place)
    assert short.resolve_all(links, place) == whole.resolve_all(links, NotePath(source)), "remembered"


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["A", "a!", "B", "C"])), max_size=8),
    st.lists(st.sampled_from(["A", "B", "c"]), min_size=1, max_size=4),
)
def test_each_part_of_a_subpath_matches_the_next_deeper_heading_of_its_name(
    written: list[tuple[int, str]], parts: list[str]
) -> None:
    path = NotePath("N.md")
    headings = tuple(Heading(level, text, at, at + 1, at + 1) for at, (level, text) in enumerate(written))
    at, level, found = -1, 0, None
    for part in parts:
        found = next(
            (h for h in headings if h.start > at and h.level > level and h.text[0].lower() == part.lower()), None
        )
        if found is None:
            break
        at, level = found.start, found.level
    index = Index([path], (), {path: Note(path, headings=headings)})
    reached = Resolver(index).resolve(_link("N", "#".join(parts)), path)
    assert reached == Resolved(HeadingTarget(path, found)) if found else isinstance(reached, Missing)


@settings(max_examples=300)
@given(st.lists(NAMES, min_size=1, max_size=8, unique=True), st.data())
def test_a_near_name_is_one_that_a_look_at_all_names_finds(names: list[str], data: st.DataObject) -> None:
    name, put_in = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(["", "a", "1", "2", "ab"]))
    start = data.draw(st.integers(0, len(name)))
    wanted = name[:start] + put_in + name[start + data.draw(st.integers(0, 2)) :]
    paths = [NotePath(f"{name}.md") for name in names]
    found = Suggester(Index(paths, (), {path: Note(path) for path in paths})).is_near(wanted)
    mine = folded(wanted)
    same = {name for name in names if folded(name) == mine and mine}
    near = {
        name
        for name in names
        if len(mine) >= 5
        and one_edit_apart(mine, folded(name))
        and (folded(name)[:3] == mine[:3] or folded(name)[-3:] == mine[-3:])
        and [c for c in folded(name) if c.isdigit()] == [c for c in mine if c.isdigit()]
    }
    as_long = {name for name in near if len(folded(name)) == len(mine)}
    best = same or as_long or near
    assert found in best if best else found is None
