"""Laws of reading: any text parses, every place lies in the text, and what is written there is what was read."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultcheck.note import regions
from vaultcheck.note.canvas import parse_canvas
from vaultcheck.note.inline import WIKILINK, Ranges, decode_destination, split_wikilink
from vaultcheck.note.markdown import structure
from vaultcheck.note.model import Note, Syntax
from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source, Span

PIECES = st.sampled_from(
    [
        *(
            "[[",
            "]]",
            "![[",
            "|",
            "\\|",
            "#",
            "^",
            "^id",
            "](",
            "[",
            ")",
            "(",
            "!",
            "\\",
            "%%",
            "%",
            "$",
            "$$",
            "`",
            "```",
        ),
        *(
            "~~~",
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            " ",
            "\t",
            "    ",
            "> ",
            "- ",
            "1. ",
            "- [ ] ",
            "# ",
            "## ",
            "---",
            "---\n",
        ),
        *(
            "===",
            "***",
            "**",
            "_",
            "==",
            "~~",
            "<",
            ">",
            "<!--",
            "-->",
            "<b>",
            "</b>",
            "<div>",
            "<?",
            "{{",
            "}}",
            "<%",
            "%>",
        ),
        *(
            "::",
            "from:: ",
            "tags: ",
            "aliases: [a]\n",
            'up: "[[A]]"\n',
            ": ",
            "&amp;",
            "%20",
            "%C3%A9",
            "%zz",
            ".md",
            ".png",
        ),
        *(
            "a",
            "B",
            "é",
            "e\u0301",
            "\u00a0",
            "\u202f",
            "\u2028",
            "\ufeff",
            "😀",
            "Note",
            "1",
            "0",
            "/",
            "../",
            "./",
            "x y",
        ),
        *(
            "https://x.org",
            "[^1]",
            "[^1]: ",
            "^[",
            "vaultcheck: ignore[broken-link] why",
            "| a | b |\n|---|---|\n",
            "\x00",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))
PATH = NotePath("Folder/Note.md")


def places(note: Note) -> list[Span]:
    found = [link.span for link in note.links] + [heading.span for heading in note.headings]
    found += [heading.section for heading in note.headings] + [tag.span for tag in note.tags]
    found += [block.span for block in note.blocks] + [block.covers for block in note.blocks]
    found += [math.span for math in note.maths] + [math.body for math in note.maths]
    found += [field.span for field in note.fields] + [item.span for item in note.properties]
    found += [ignore.span for ignore in note.ignores] + [ignore.scope for ignore in note.ignores]
    return found + [defect.span for defect in note.defects]


@settings(max_examples=400)
@given(TEXTS)
@example("$$\n# H\n$$ ^id")
@example("%%")
@example("---\nup: '[[A]]'\n---")
@example("é <?x [t](é?.md) `[[A]]`")
def test_any_text_parses_and_every_place_lies_in_it(text: str) -> None:
    note = parse(Source(PATH, text))
    for span in places(note):
        assert 0 <= span.start <= span.end <= len(text)


@settings(max_examples=400)
@given(TEXTS)
def test_what_was_read_stands_where_it_says(text: str) -> None:
    note = parse(Source(PATH, text))
    for link in note.links:
        written = text[link.start : link.end]
        if link.syntax is Syntax.WIKILINK:
            assert written.startswith("![[" if link.embed else "[[")
            assert written.endswith("]]")
        elif link.syntax is Syntax.MARKDOWN:
            assert written.startswith("![" if link.embed else "[")
            assert written.endswith(")")
    for tag in note.tags:
        if tag.span.start >= note.text_start:
            assert text[tag.span.start : tag.span.end].rstrip("/") == f"#{tag.name}"
    for block in note.blocks:
        assert text[block.span.start : block.span.end] == f"^{block.id}"
    for math in note.maths:
        assert text[math.span.start] == "$"
    assert [link.start for link in note.links if link.start >= note.text_start] == sorted(
        link.start for link in note.links if link.start >= note.text_start
    )


@settings(max_examples=300)
@given(TEXTS)
def test_the_regions_are_a_partition_and_masking_keeps_the_length(text: str) -> None:
    front = regions.front_matter(text)
    start = front.body if front else 0
    blocks = regions.opaque_blocks(text, start)
    end = start
    for block in blocks:
        assert end <= block.start <= block.inner_start <= block.inner_end <= block.end <= len(text)
        end = block.end
    assert len(regions.masked(text, start, blocks)) == len(text)


@settings(max_examples=300)
@given(TEXTS)
def test_detail_adds_to_the_structure_and_changes_nothing(text: str) -> None:
    wikilinks = list(WIKILINK.finditer(text))
    plain, detailed = structure(text, wikilinks, detailed=False), structure(text, wikilinks, detailed=True)
    assert (plain.opaque, plain.headings, plain.links, plain.cells) == (
        detailed.opaque,
        detailed.headings,
        detailed.links,
        detailed.cells,
    )
    assert not plain.blocks
    for _, start, end in detailed.blocks:
        assert 0 <= start <= end <= len(text)
    for begin, finish in detailed.runs():
        assert 0 <= begin < finish <= len(text)


@given(st.text(max_size=30))
def test_splitting_a_wikilink_loses_nothing_but_blanks_and_one_backslash(body: str) -> None:
    target, display = split_wikilink(body)
    assert body.startswith(target)
    assert display in body


@given(st.text(alphabet="ab%20CFé#/?", max_size=20))
def test_decoding_a_destination_never_raises_and_leaves_reserved_escapes(destination: str) -> None:
    decoded = decode_destination(destination)
    assert decoded.readable or decoded.text.replace(" ", "%20") == destination.replace(" ", "%20")
    for escape in ("%23", "%2F", "%3F"):
        if decoded.readable:
            assert decoded.text.count(escape) >= destination.count(escape)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=8))
def test_asking_in_order_and_asking_at_random_agree(pairs: list[tuple[int, int]]) -> None:
    stretches = [(start, start + length) for start, length in pairs]
    ranges = Ranges(stretches)
    walk = ranges.walk()
    for place in range(60):
        inside = any(start <= place < end for start, end in stretches)
        assert (place in ranges) == inside
        assert walk(place) == inside


@settings(max_examples=200)
@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_links_in_a_canvas_stand_where_they_say(texts: list[str], ascii_only: bool) -> None:
    nodes = [{"id": str(i), "type": "text", "text": text} for i, text in enumerate(texts)]
    nodes.append({"id": "f", "type": "file", "file": "Folder/Note.md", "subpath": "#H"})
    raw = json.dumps({"nodes": nodes, "edges": []}, ensure_ascii=ascii_only)
    note = parse_canvas(Source(NotePath("B.canvas"), raw))
    for link in note.links:
        written = raw[link.start : link.end]
        if link.syntax is Syntax.WIKILINK:
            assert "[[" in written
            assert json.loads(f'"{written}"').endswith("]]")
    assert note.links[-1].linkpath == "Folder/Note.md"
    assert raw[note.links[-1].start : note.links[-1].end] == "Folder/Note.md"


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=60), st.recursive(st.none() | st.text(max_size=5), st.lists).map(json.dumps)))
def test_any_canvas_parses(text: str) -> None:
    note = parse_canvas(Source(NotePath("B.canvas"), text))
    assert all(0 <= span.start <= span.end <= len(text) for span in places(note))
