"""Places on the map: no overlap, neighbours together, the same for the same vault, and little moved by a new note."""

from __future__ import annotations

import math
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.graph import force, network
from vaultcheck.graph.layers import layers
from vaultcheck.graph.layout import NATURAL, Layout, lay_out
from vaultcheck.graph.packing import SPACING, around, pack, sunflower
from vaultcheck.graph.regions import MOST, regions_of
from vaultcheck.graph.seeded import Previous, lay_out_again, usable


def clusters(number: int, size: int, seed: int = 7) -> dict[tuple[int, int], float]:
    """Groups of things linked with each other, and one link from each group to the next."""
    random = Random(seed)
    ties: dict[tuple[int, int], float] = {}
    for group in range(number):
        first = group * size
        for i in range(first + 1, first + size):
            ties[random.randrange(first, i), i] = 1.0
            ties[first, i] = 1.0
        if group:
            ties[first - size, first] = 1.0
    return ties


def laid_out(number: int, size: int) -> Layout:
    ties = clusters(number, size)
    return lay_out(ties, [0.0] * (number * size), [""] * (number * size))


radii = st.lists(st.floats(1, 60), min_size=1, max_size=18)


@settings(max_examples=40, deadline=None)
@given(radii, st.randoms(use_true_random=False))
def test_packed_circles_never_overlap_and_keep_their_radii(sizes: list[float], random: Random) -> None:
    ties = {pair: random.random() for pair in combinations(range(len(sizes)), 2) if random.random() < 0.3}
    circles = pack(sizes, ties, 3.0)
    assert [circle.r for circle in circles] == sizes
    for a, b in combinations(circles, 2):
        assert math.hypot(a.x - b.x, a.y - b.y) >= a.r + b.r + 3.0 - 1e-3
    assert around(circles) >= max(sizes)


def test_a_circle_stands_beside_the_one_it_is_tied_to() -> None:
    circles = pack([10.0] * 12, {(3, 9): 5.0}, 1.0)
    gaps = {pair: math.hypot(circles[pair[0]].x - circles[pair[1]].x, circles[pair[0]].y - circles[pair[1]].y)
            for pair in combinations(range(12), 2)}  # fmt: skip
    assert gaps[3, 9] == pytest.approx(21.0, abs=0.01)


def test_leaves_of_a_sunflower_stand_apart_evenly() -> None:
    places = sunflower(300)
    nearest = [min(math.dist(a, b) for b in places if b is not a) for a in places]
    assert min(nearest) > 0.6 * SPACING
    assert max(nearest) < 1.3 * SPACING


def test_each_thing_is_in_one_region_and_what_is_linked_is_together() -> None:
    groups = regions_of(clusters(6, 12), [""] * 72)
    assert sorted(i for group in groups for i in group) == list(range(72))
    assert {frozenset(group) for group in groups} == {frozenset(range(k * 12, k * 12 + 12)) for k in range(6)}


def test_what_is_linked_to_nothing_joins_its_folder_and_the_rest_is_kept_together() -> None:
    folders = ["Physics"] * 6 + ["Physics", "Loose", "Else"]
    groups = regions_of(clusters(1, 6), folders)
    assert groups == [[0, 1, 2, 3, 4, 5, 6], [7, 8]]


def test_there_are_never_more_regions_than_a_reader_takes_in() -> None:
    number = 90
    folders = [f"Folder {i % 60}" for i in range(number * 5 + 300)]
    groups = regions_of(clusters(number, 5), folders)
    assert len(groups) <= MOST
    assert sum(map(len, groups)) == len(folders)


def test_the_same_vault_is_laid_out_the_same() -> None:
    assert laid_out(30, 14) == laid_out(30, 14)
    assert laid_out(8, 9) == laid_out(8, 9)


def test_a_large_layout_keeps_its_regions_apart_and_its_members_inside() -> None:
    layout = laid_out(30, 14)
    assert not layout.natural
    for (ax, ay, ar), (bx, by, br) in combinations(layout.circles, 2):
        assert math.hypot(ax - bx, ay - by) >= ar + br - 3
    for (x, y), number in zip(layout.places, layout.region, strict=True):
        cx, cy, r = layout.circles[number]
        assert math.hypot(x - cx, y - cy) <= r
    assert len(set(layout.places)) == len(layout.places)


def test_the_most_important_member_stands_in_the_middle_of_its_region() -> None:
    ties = clusters(30, 14)
    rank = [0.0] * 420
    rank[5] = 9.0
    layout = lay_out(ties, rank, [""] * 420)
    x, y, _ = layout.circles[layout.region[5]]
    mates = [i for i in range(420) if layout.region[i] == layout.region[5]]
    assert min(mates, key=lambda i: math.dist(layout.places[i], (x, y))) == 5


def test_neighbours_end_up_far_nearer_than_strangers() -> None:
    ties = clusters(30, 14)
    places = lay_out(ties, [0.0] * 420, [""] * 420).places
    linked = sum(math.dist(places[i], places[j]) for i, j in ties) / len(ties)
    random = Random(3)
    strangers = sum(math.dist(*random.sample(places, 2)) for _ in range(2000)) / 2000
    assert linked < strangers / 4


def test_a_small_layout_is_shaped_by_forces_and_nothing_lies_on_another() -> None:
    layout = laid_out(6, 9)
    assert layout.natural
    assert len(layout.places) <= NATURAL
    nearest = min(math.dist(a, b) for a, b in combinations(layout.places, 2))
    assert nearest > 0.9 * SPACING


def test_things_on_the_same_place_are_parted() -> None:
    places = force.apart([(0.0, 0.0)] * 5)
    assert min(math.dist(a, b) for a, b in combinations(places, 2)) > 0.5 * SPACING


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_vaults_have_a_layout(count: int) -> None:
    layout = lay_out({}, [0.0] * count, [""] * count)
    assert len(layout.places) == len(layout.region) == count


def test_communities_do_not_depend_on_the_order_of_ties() -> None:
    ties = clusters(5, 8)
    turned = dict(reversed(ties.items()))
    assert network.communities(range(40), ties) == network.communities(range(40), turned)


# What was on an earlier page.


def seen(layout: Layout, kept: range) -> Previous:
    return Previous(
        {i: layout.places[i] for i in kept}, {i: layout.region[i] for i in kept}, layout.circles, layout.natural
    )


def test_an_unchanged_vault_stays_where_it_is() -> None:
    layout = laid_out(30, 14)
    assert lay_out_again(seen(layout, range(420)), clusters(30, 14), [""] * 420) == layout


def test_a_new_note_goes_to_its_neighbours_and_moves_nothing() -> None:
    layout = laid_out(30, 14)
    ties = {**clusters(30, 14), (100, 420): 1.0}
    again = lay_out_again(seen(layout, range(420)), ties, [""] * 421)
    assert again.places[:420] == layout.places
    assert again.region[420] == layout.region[100]
    assert math.dist(again.places[420], layout.places[100]) < 14 * SPACING
    assert min(math.dist(again.places[420], place) for place in layout.places) >= 0.85 * SPACING


def test_a_region_that_lost_all_its_members_is_gone() -> None:
    layout = laid_out(30, 14)
    gone = layout.region[0]
    kept = [i for i in range(420) if layout.region[i] != gone]
    previous = Previous(
        {new: layout.places[i] for new, i in enumerate(kept)},
        {new: layout.region[i] for new, i in enumerate(kept)},
        layout.circles,
    )
    again = lay_out_again(previous, {}, [""] * len(kept))
    assert len(again.circles) == len(layout.circles) - 1
    assert set(again.region) == set(range(len(again.circles)))


def test_an_earlier_page_of_another_vault_is_not_used() -> None:
    layout = laid_out(30, 14)
    assert usable(seen(layout, range(420)), 500)
    assert not usable(seen(layout, range(100)), 500)
    assert not usable(Previous({}, {}, ()), 0)


# What rests on what.


def test_what_is_not_joined_stands_apart_and_fills_a_screen() -> None:
    chains = [[] if i % 3 == 0 else [i - 1] for i in range(180)]
    places = layers(chains)
    assert len(set(places)) == 180
    assert all(places[i][1] == places[i - 1][1] for i in range(180) if i % 3)
    columns, lines = (max(place[axis] for place in places) + 1 for axis in (0, 1))
    assert 0.8 < 3 * columns / lines < 2.5


def test_premises_stand_left_of_what_rests_on_them() -> None:
    rests_on = [[], [0], [1, 0], [2], []]
    assert [column for column, _ in layers(rests_on)][:4] == [0, 1, 2, 3]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), max_size=4, unique=True), min_size=15, max_size=15))
def test_layers_put_nothing_twice_on_a_place_whatever_rests_on_what(rests_on: list[list[int]]) -> None:
    places = layers(rests_on)
    assert len(set(places)) == len(places)
    assert all(column >= 0 and row >= 0 for column, row in places)


def test_a_chain_of_thousands_is_no_deep_recursion() -> None:
    rests_on = [[i + 1] for i in range(4999)] + [[]]
    assert max(column for column, _ in layers(rests_on)) == 4999


def test_a_circle_is_drawn_as_far_as_it_goes() -> None:
    assert sorted(column for column, _ in layers([[2], [0], [1]])) == [0, 1, 2]


def test_a_region_grows_around_a_new_note_but_not_around_something_light() -> None:
    layout = laid_out(30, 14)
    crowd = {(100, i): 1.0 for i in range(420, 480)}
    ties = {**clusters(30, 14), **crowd}
    previous = seen(layout, range(420))
    grown = lay_out_again(previous, ties, [""] * 480)
    assert grown.circles[layout.region[100]][2] > layout.circles[layout.region[100]][2]
    assert lay_out_again(previous, ties, [""] * 480, range(420, 480)).circles == layout.circles
