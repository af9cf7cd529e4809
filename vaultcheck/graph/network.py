"""The graph that notes and links make, and its published forms. The door to networkx."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from vaultcheck.graph.model import (
    Ambiguous,
    BlockTarget,
    Edge,
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
    Target,
)
from vaultcheck.note.model import Heading, Link, Note
from vaultcheck.source import Location, NotePath, Span, shown

if TYPE_CHECKING:
    import networkx as nx

EVIDENCE_FIELDS = frozenset({"from", "with", "given"})
"""Inline fields whose links say what a claim rests on."""


@dataclass(frozen=True)
class KnowledgeGraph:
    """Nodes and the written connections between them; two graphs are equal when both are."""

    all_nodes: tuple[Node, ...]
    all_edges: tuple[Edge, ...]

    def nodes(self, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """The nodes, sorted by kind and key; only those of a kind when one is given."""
        return self.all_nodes if kind is None else tuple(node for node in self.all_nodes if node.kind is kind)

    def edges(self, kind: EdgeKind | None = None) -> tuple[Edge, ...]:
        """The edges, sorted by where they are written; only those of a kind when one is given."""
        return self.all_edges if kind is None else tuple(edge for edge in self.all_edges if edge.kind is kind)

    def backlinks(self, node: Node) -> tuple[Edge, ...]:
        """The links, embeds and evidence that reach a node."""
        return self._arriving.get(node, ())

    @cached_property
    def _arriving(self) -> Mapping[Node, tuple[Edge, ...]]:
        found: dict[Node, list[Edge]] = {}
        for edge in self.all_edges:
            if edge.kind not in {EdgeKind.CONTAINS, EdgeKind.TAGGED}:
                found.setdefault(edge.target, []).append(edge)
        return {node: tuple(edges) for node, edges in found.items()}

    def network(self) -> nx.MultiDiGraph[str]:
        """The graph for networkx. A node is named `kind:key`; kinds, keys, relations and places are attributes.

        What XML cannot hold, control characters above all, is written as escapes.
        """
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in self.all_nodes:
            graph.add_node(name(node), kind=node.kind.value, label=shown(node.key))
        for edge in self.all_edges:
            graph.add_edge(name(edge.source), name(edge.target), **_attributes(edge))
        return graph


def name(node: Node) -> str:
    """A node's name in every published form: unique in the graph, printable."""
    return f"{node.kind.value}:{shown(node.key)}"


def _attributes(edge: Edge) -> dict[str, str | int]:
    path, span = edge.location
    return {
        "kind": edge.kind.value,
        "relation": shown(edge.relation),
        "path": shown(path),
        "start_offset": span.start,
        "end_offset": span.end,
    }


def build_graph(
    notes: Mapping[NotePath, Note],
    resolutions: Mapping[NotePath, tuple[Resolution, ...]],
    attachments: Iterable[NotePath] = (),
) -> KnowledgeGraph:
    """The graph of a vault; `resolutions[path][i]` belongs to `notes[path].links[i]`.

    An ambiguous link reaches all its candidates, since nobody knows which one is meant.
    """
    keys = {path: _heading_keys(note) for path, note in notes.items()}
    nodes = {_file(path) for path in (*notes, *attachments)}
    edges: list[Edge] = []
    for path, note in notes.items():
        edges.extend(_contained(note, keys[path]))
        edges.extend(
            Edge(_file(path), Node(NodeKind.TAG, tag.name.lower()), EdgeKind.TAGGED, "", Location(path, tag.span))
            for tag in note.tags
        )
        for link, resolution in zip(note.links, resolutions[path], strict=True):
            where = Location(path, link.span)
            edges.extend(
                Edge(_file(path), target, _kind(link), link.relation, where) for target in _reached(resolution, keys)
            )
    for edge in edges:
        nodes.update((edge.source, edge.target))
    return KnowledgeGraph(tuple(sorted(nodes)), tuple(sorted(set(edges), key=_order)))


def _order(edge: Edge) -> tuple[Location, EdgeKind, Node, Node]:
    return edge.location, edge.kind, edge.source, edge.target


def _file(path: NotePath) -> Node:
    return Node(NodeKind.NOTE if path.lower().endswith(".md") else NodeKind.FILE, path)


def _kind(link: Link) -> EdgeKind:
    if link.relation.lower() in EVIDENCE_FIELDS:
        return EdgeKind.EVIDENCE
    return EdgeKind.EMBED if link.embed else EdgeKind.LINK


def _heading_keys(note: Note) -> Mapping[Span, str]:
    """A key for each heading, by its span: `Note.md#Text`, numbered where a note has the same text twice."""
    keys: dict[Span, str] = {}
    taken: set[str] = set()
    for heading in note.headings:
        key = plain = f"{note.path}#{heading.text}"
        number = 1
        while key in taken:
            number += 1
            key = f"{plain} ({number})"
        taken.add(key)
        keys[heading.span] = key
    return keys


def _contained(note: Note, keys: Mapping[Span, str]) -> Iterator[Edge]:
    """What a note contains, each heading and block in the innermost section around it."""
    open_sections: list[Heading] = []
    held: list[tuple[Span, Node, Heading | None]] = [
        *((heading.span, Node(NodeKind.HEADING, keys[heading.span]), heading) for heading in note.headings),
        *((block.span, Node(NodeKind.BLOCK, f"{note.path}#^{block.id}"), None) for block in note.blocks),
    ]
    for span, node, heading in sorted(held, key=lambda item: item[0]):
        while open_sections and open_sections[-1].section.end <= span.start:
            open_sections.pop()
        parent = Node(NodeKind.HEADING, keys[open_sections[-1].span]) if open_sections else _file(note.path)
        yield Edge(parent, node, EdgeKind.CONTAINS, "", Location(note.path, span))
        if heading is not None:
            open_sections.append(heading)


def _reached(resolution: Resolution, keys: Mapping[NotePath, Mapping[Span, str]]) -> tuple[Node, ...]:
    match resolution:
        case Resolved(target):
            return (_node(target, keys),)
        case Ambiguous(candidates):
            return tuple(map(_file, candidates))
        case Missing(Part.HEADING, asked, path):
            return (Node(NodeKind.MISSING, f"{path}#{asked}"),)
        case Missing(Part.BLOCK, asked, path):
            return (Node(NodeKind.MISSING, f"{path}#^{asked.removeprefix('^')}"),)
        case Missing(_, asked, _):
            return (Node(NodeKind.MISSING, asked),)
        case _:
            assert_never(resolution)


def _node(target: Target, keys: Mapping[NotePath, Mapping[Span, str]]) -> Node:
    match target:
        case NoteTarget(path) | FileTarget(path):
            return _file(path)
        case HeadingTarget(path, heading):
            return Node(NodeKind.HEADING, keys[path][heading.span])
        case BlockTarget(path, block):
            return Node(NodeKind.BLOCK, f"{path}#^{block.id}")
        case _:
            assert_never(target)


def export(graph: KnowledgeGraph, form: str) -> str:
    """The graph as json (node-link), graphml, gexf, dot or csv (the edges). Raises `ValueError` for another form."""
    match form:
        case "json":
            return _json(graph)
        case "graphml":
            return _graphml(graph)
        case "gexf":
            return _gexf(graph)
        case "dot":
            return _dot(graph)
        case "csv":
            return _csv(graph)
    raise ValueError(f"no graph format is called {form}")


def _json(graph: KnowledgeGraph) -> str:
    """Node-link JSON as `networkx.node_link_graph(data, edges="edges")` reads it, a node or edge a line."""
    nodes = [
        json.dumps({"id": name(n), "kind": n.kind, "label": shown(n.key)}, ensure_ascii=False) for n in graph.nodes()
    ]
    edges = [
        json.dumps({"source": name(e.source), "target": name(e.target), **_attributes(e)}, ensure_ascii=False)
        for e in graph.edges()
    ]
    head = '{"version": 1, "directed": true, "multigraph": true, "graph": {},\n'
    return head + '"nodes": [\n' + ",\n".join(nodes) + '\n],\n"edges": [\n' + ",\n".join(edges) + "\n]}\n"


def _graphml(graph: KnowledgeGraph) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph.network(), named_key_ids=True)) + "\n"


def _gexf(graph: KnowledgeGraph) -> str:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(graph.network()))
    # networkx writes the day on which it wrote; the same vault has to give the same bytes.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1) + "\n"


def _dot(graph: KnowledgeGraph) -> str:
    lines = [
        f"  {_quoted(name(node))} [kind={node.kind.value}, label={_quoted(shown(node.key))}];" for node in graph.nodes()
    ]
    for edge in graph.edges():
        relation = f", label={_quoted(shown(edge.relation))}" if edge.relation else ""
        lines.append(
            f"  {_quoted(name(edge.source))} -> {_quoted(name(edge.target))} [kind={edge.kind.value}{relation}];"
        )
    return "\n".join(["digraph vault {", *lines, "}", ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _csv(graph: KnowledgeGraph) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("source_kind", "source", "target_kind", "target", "kind", "relation", "path", "start_offset", "end_offset")
    )
    for edge in graph.edges():
        ends = (edge.source.kind.value, shown(edge.source.key), edge.target.kind.value, shown(edge.target.key))
        writer.writerow((*ends, *_attributes(edge).values()))
    return out.getvalue()


def communities(members: Iterable[int], ties: Mapping[tuple[int, int], float]) -> list[set[int]]:
    """The members in communities (Louvain), each member once; the same arguments give the same answer.

    `ties[i, j]` (i < j) says how strongly two members are linked. Source: Blondel et al., "Fast unfolding of
    communities in large networks", J. Stat. Mech. (2008) P10008.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(members))
    graph.add_weighted_edges_from((i, j, weight) for (i, j), weight in sorted(ties.items()))
    return [set(group) for group in nx.community.louvain_communities(graph, seed=1, threshold=1e-3)]
