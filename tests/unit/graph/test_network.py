"""The graph holds what the notes say, and every published form can be read by the tools it is for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from xml.etree import ElementTree

import networkx as nx
import pytest

from vaultcheck.graph.model import (
    Ambiguous,
    BlockTarget,
    EdgeKind,
    FileTarget,
    HeadingTarget,
    Missing,
    Node,
    NodeKind,
    NoteTarget,
    Part,
    Resolution,
    Resolved,
)
from vaultcheck.graph.network import KnowledgeGraph, build_graph, export, name
from vaultcheck.note.model import Block, BlockKind, Context, Heading, Link, Note, Syntax, Tag
from vaultcheck.source import NotePath, Span

A, B, IMAGE, BOARD = NotePath("A.md"), NotePath("Folder/B.md"), NotePath("Capture d'écran.png"), NotePath("C.canvas")


def link(start: int, *, embed: bool = False, relation: str = "") -> Link:
    return Link("x", "", "", embed, Syntax.WIKILINK, Context.BODY, relation, start, 5)


TOP = Heading(1, "Top", 0, 5, 100)
INNER = Heading(2, "Inner", 10, 15, 50)
AGAIN = Heading(2, "Inner", 50, 55, 100)
BLOCK = Block("id", BlockKind.PARAGRAPH, Span(60, 63), Span(56, 63))

NOTES: Mapping[NotePath, Note] = {
    A: Note(
        A,
        headings=(TOP, INNER, AGAIN),
        blocks=(BLOCK,),
        links=(link(20), link(30, embed=True), link(40, relation="from"), link(42), link(44), link(46), link(48)),
        tags=(Tag("To_Verify", Span(70, 80)),),
    ),
    B: Note(B, links=(link(1, relation="up"), link(9))),
    BOARD: Note(BOARD, links=(link(3),)),
}
RESOLUTIONS: Mapping[NotePath, tuple[Resolution, ...]] = {
    A: (
        Resolved(NoteTarget(B)),
        Resolved(FileTarget(IMAGE)),
        Resolved(BlockTarget(A, BLOCK)),
        Missing(Part.NOTE, "Nowhere"),
        Missing(Part.HEADING, "Nothing", B),
        Missing(Part.BLOCK, "none", B),
        Ambiguous((A, B)),
    ),
    B: (Resolved(HeadingTarget(A, AGAIN)), Resolved(NoteTarget(A))),
    BOARD: (Resolved(NoteTarget(A)),),
}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return build_graph(NOTES, RESOLUTIONS, (IMAGE,))


def test_nodes_are_everything_that_is_named_or_missing(graph: KnowledgeGraph) -> None:
    assert {name(node) for node in graph.nodes()} == {
        "note:A.md",
        "note:Folder/B.md",
        "file:C.canvas",
        "file:Capture d'écran.png",
        "heading:A.md#Top",
        "heading:A.md#Inner",
        "heading:A.md#Inner (2)",
        "block:A.md#^id",
        "tag:to_verify",
        "missing:Nowhere",
        "missing:Folder/B.md#Nothing",
        "missing:Folder/B.md#^none",
    }
    assert graph.nodes(NodeKind.BLOCK) == (Node(NodeKind.BLOCK, "A.md#^id"),)


def joined(graph: KnowledgeGraph, kind: EdgeKind) -> list[tuple[str, str]]:
    return [(name(edge.source), name(edge.target)) for edge in graph.edges(kind)]


def test_headings_and_blocks_are_contained_in_the_innermost_section(graph: KnowledgeGraph) -> None:
    assert joined(graph, EdgeKind.CONTAINS) == [
        ("note:A.md", "heading:A.md#Top"),
        ("heading:A.md#Top", "heading:A.md#Inner"),
        ("heading:A.md#Top", "heading:A.md#Inner (2)"),
        ("heading:A.md#Inner (2)", "block:A.md#^id"),
    ]


def test_edges_say_how_and_where(graph: KnowledgeGraph) -> None:
    assert joined(graph, EdgeKind.EMBED) == [("note:A.md", "file:Capture d'écran.png")]
    assert joined(graph, EdgeKind.TAGGED) == [("note:A.md", "tag:to_verify")]
    (evidence,) = graph.edges(EdgeKind.EVIDENCE)
    assert (evidence.relation, evidence.location.path, evidence.location.span) == ("from", A, Span(40, 45))
    assert [edge.relation for edge in graph.edges(EdgeKind.LINK) if edge.location.path == B] == ["up", ""]


def test_backlinks_are_the_links_that_arrive(graph: KnowledgeGraph) -> None:
    arriving = [edge.location.path for edge in graph.backlinks(Node(NodeKind.NOTE, A))]
    assert arriving == [A, "C.canvas", "Folder/B.md"]
    assert graph.backlinks(Node(NodeKind.TAG, "to_verify")) == ()


def test_the_order_of_the_notes_makes_no_difference(graph: KnowledgeGraph) -> None:
    assert build_graph(dict(reversed(list(NOTES.items()))), RESOLUTIONS, (IMAGE,)) == graph


def test_json_is_read_by_networkx(graph: KnowledgeGraph) -> None:
    data = json.loads(export(graph, "json"))
    read = nx.node_link_graph(data, edges="edges")
    assert set(read.nodes) == {name(node) for node in graph.nodes()}
    assert read.number_of_edges() == len(graph.edges())
    assert read.nodes["heading:A.md#Top"]["kind"] == "heading"


def test_graphml_is_read_by_networkx(graph: KnowledgeGraph) -> None:
    read = nx.parse_graphml(export(graph, "graphml"))
    assert set(read.nodes) == {name(node) for node in graph.nodes()}
    assert read.number_of_edges() == len(graph.edges())


def test_gexf_is_read_by_networkx_and_holds_no_date(graph: KnowledgeGraph) -> None:
    text = export(graph, "gexf")
    read = nx.read_gexf(io.BytesIO(text.encode()))
    assert set(read.nodes) == {name(node) for node in graph.nodes()}
    assert "lastmodified" not in text


def test_dot_and_csv_have_a_line_for_each_edge(graph: KnowledgeGraph) -> None:
    assert export(graph, "dot").count(" -> ") == len(graph.edges())
    rows = list(csv.DictReader(io.StringIO(export(graph, "csv"))))
    assert len(rows) == len(graph.edges())
    assert rows[0].keys() >= {"source_kind", "source", "target_kind", "target", "kind", "relation", "path"}


@pytest.mark.parametrize("form", ["json", "graphml", "gexf", "dot", "csv"])
def test_names_of_any_kind_survive(form: str) -> None:
    odd = NotePath('a"\\\n\x00\x1b<&\udc80.md')
    text = export(build_graph({odd: Note(odd, links=(link(0),))}, {odd: (Resolved(NoteTarget(odd)),)}), form)
    text.encode("utf-8")
    assert "\x00" not in text
    if form in {"graphml", "gexf"}:
        ElementTree.fromstring(text)
    if form == "json":
        assert len(json.loads(text)["nodes"]) == 1


def test_an_unknown_form_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match="no graph format is called svg"):
        export(graph, "svg")
