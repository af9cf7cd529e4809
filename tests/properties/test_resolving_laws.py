"""Laws of resolving: the order of files changes nothing; what is written for a file reaches it."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.analysis import Analysis, analyse
from vaultcheck.config import Config
from vaultcheck.graph.model import Ambiguous, Missing, NoteTarget, Resolved
from vaultcheck.graph.names import folded, heading_form, heading_link_form, path_form
from vaultcheck.library import answer
from vaultcheck.source import NotePath
from vaultcheck.vault import Vault

NAMES = st.sampled_from(["A", "B", "Note", "note", "v1.2", "Été", "x y", "img.png"])
FOLDERS = st.sampled_from(["", "a/", "b/", "a/b/", "ab/", "c d/", "é/"])
PATHS = st.builds(lambda folder, name: f"{folder}{name}{'' if name.endswith('.png') else '.md'}", FOLDERS, NAMES)
TARGETS = st.builds(
    lambda lead, folder, name, sub: f"[[{lead}{folder}{name}{sub}]]",
    st.sampled_from(["", "./", "../", "/", "../../"]),
    FOLDERS,
    NAMES,
    st.sampled_from(["", "#H", "#h h", "#^k", "#nope", "#^none"]),
)


def _vault(paths: list[str], links: list[str]) -> dict[str, str]:
    return {path: f"# H\n\n## H, h!\n\n{' '.join(links)} ^k\n" for path in paths}


def _reached(analysis: Analysis) -> dict[NotePath, list[str]]:
    return {path: [repr(item) for item in found] for path, found in analysis.resolutions.items()}


@settings(max_examples=150)
@given(st.lists(PATHS, min_size=1, max_size=8, unique=True), st.lists(TARGETS, max_size=4), st.randoms())
def test_the_order_of_the_files_changes_nothing(paths: list[str], links: list[str], random: Random) -> None:
    files = _vault(paths, links)
    shuffled = list(files.items())
    random.shuffle(shuffled)
    one, other = analyse(Vault.of(files), Config()), analyse(Vault.of(dict(shuffled)), Config())
    assert _reached(one) == _reached(other)
    assert one.unresolved == other.unresolved


@settings(max_examples=150)
@given(st.lists(PATHS, min_size=1, max_size=8, unique=True), TARGETS)
def test_every_answer_names_files_that_exist_and_end_as_asked(paths: list[str], link: str) -> None:
    analysis = analyse(Vault.of(_vault(paths, [link])), Config())
    for note, found in analysis.resolutions.items():
        for written, resolution in zip(analysis.notes[note].links, found, strict=True):
            name = path_form(written.linkpath).rpartition("/")[2]
            match resolution:
                case Resolved(target):
                    assert target.path in paths
                    assert path_form(target.path).rpartition("/")[2] in {name, f"{name}.md"}
                case Ambiguous(candidates):
                    assert len(candidates) > 1
                    assert set(candidates) <= set(paths)
                case Missing(path=path):
                    assert path is None or path in paths


@settings(max_examples=100)
@given(st.lists(PATHS, min_size=1, max_size=8, unique_by=path_form), PATHS)
def test_a_whole_path_reaches_its_file_from_everywhere(paths: list[str], source: str) -> None:
    source = source.removesuffix(".png").removesuffix(".md") + ".md"
    files = {**_vault(paths, []), source: "".join(f"[[/{path}]]" for path in paths)}
    analysis = analyse(Vault.of(files), Config())
    twins = {path_form(path) for path in files if path not in paths}
    for path, resolution in zip(paths, analysis.resolutions[NotePath(source)], strict=True):
        if path_form(path) in twins:
            continue
        assert isinstance(resolution, Resolved)
        assert resolution.target.path == path


@given(st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20))
def test_a_heading_is_reached_by_the_link_obsidian_writes(text: str) -> None:
    written = heading_link_form(text)
    assert heading_form(written) == heading_form(text)
    assert heading_form(heading_form(text)) == heading_form(text)


@given(st.text(max_size=20))
def test_the_forms_are_stable(text: str) -> None:
    assert path_form(path_form(text)) == path_form(text)
    assert folded(folded(text)) == folded(text)


def test_a_link_to_the_note_itself() -> None:
    files = {"a/N.md": "# H\n[[#H]] [[N]]", "N.md": ""}
    assert answer(files, "a/N.md", "[[#H]]").target == "a/N.md"
    assert analyse(Vault.of(files), Config()).resolutions[NotePath("a/N.md")][1] == Resolved(
        NoteTarget(NotePath("N.md"))
    )
