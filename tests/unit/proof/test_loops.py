"""Orders and circles of what rests on what, against networkx and against their own definitions."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.proof.loops import circles, components

NODES = [f"n{number}" for number in range(8)]


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    size = draw(st.integers(1, len(NODES)))
    nodes = NODES[:size]
    return {node: tuple(draw(st.lists(st.sampled_from(nodes), unique=True, max_size=3))) for node in nodes}


@settings(max_examples=150)
@given(graphs())
def test_components_are_those_of_networkx_and_follow_what_they_rest_on(edges: dict[str, tuple[str, ...]]) -> None:
    found = components(edges)
    graph: nx.DiGraph[str] = nx.DiGraph([(node, target) for node, targets in edges.items() for target in targets])
    graph.add_nodes_from(edges)
    assert {frozenset(group) for group in found} == {frozenset(g) for g in nx.strongly_connected_components(graph)}
    place = {node: number for number, group in enumerate(found) for node in group}
    assert all(place[target] <= place[node] for node, targets in edges.items() for target in targets)


@settings(max_examples=150)
@given(graphs())
def test_each_circle_goes_round_through_its_member_from_its_first_name(edges: dict[str, tuple[str, ...]]) -> None:
    for group in components(edges):
        found = circles(group, edges)
        assert set(found) in (set(), set(group))
        assert bool(found) == (len(group) > 1 or group[0] in edges[group[0]])
        for member, circle in found.items():
            assert member in circle
            assert circle[0] == min(circle)
            assert len(set(circle)) == len(circle)
            assert all(b in edges[a] for a, b in zip(circle, (*circle[1:], circle[0]), strict=True))


def test_a_tangle_of_a_thousand_is_no_matter_of_time() -> None:
    nodes = [str(number) for number in range(1000)]
    edges = {
        node: (nodes[number - 1], nodes[number // 2], nodes[(number + 1) % 1000]) for number, node in enumerate(nodes)
    }
    (group,) = components(edges)
    found = circles(group, edges)
    assert set(found) == set(nodes)
