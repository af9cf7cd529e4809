"""What rests on what, in an order in which everything comes after what it rests on; and circles. Linear in size."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

_EACH = 64
"""In a tangle of more claims than this, all of them show the same circle."""


def components(edges: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The strongly connected components, what they lead to first (Tarjan 1972, without recursion).

    Every target must be a key. A component of one is in a circle only if it leads to itself.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[tuple[str, ...]] = []
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_popped(stack, on_stack, node))
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(edges[target])))
            elif target in on_stack:
                low[node] = min(low[node], index[target])
    return found


def _popped(stack: list[str], on_stack: set[str], node: str) -> tuple[str, ...]:
    members = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        members.append(member)
        if member == node:
            return tuple(sorted(members))


def circles(component: Sequence[str], edges: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """For each member of a component the circle it stands in, beginning with its first name; empty when there is none.

    A circle is a shortest one through that member; in a large tangle members share the one of the first.
    """
    if len(component) == 1 and component[0] not in edges[component[0]]:
        return {}
    inside = frozenset(component)
    found: dict[str, tuple[str, ...]] = {}
    for member in component:
        if member in found:
            continue
        circle = _turned(_shortest(member, edges, inside))
        for one in circle:
            found.setdefault(one, circle)
        if len(component) > _EACH:
            return {one: found.get(one, circle) for one in component}
    return found


def _shortest(start: str, edges: Mapping[str, Sequence[str]], inside: Collection[str]) -> tuple[str, ...]:
    """A shortest way from a member back to itself."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for target in edges[node]:
            if target == start:
                way = [node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if target in inside and target not in before:
                before[target] = node
                waiting.append(target)
    raise ValueError(f"{start} is in no circle")


def _turned(circle: tuple[str, ...]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]
