"""Names on the paper: none over another, plots within their outline, the same place named once."""

import itertools
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.compose import Composed, compose
from geoapp.maps.sheet.model import AtScale, Limits


def crowd(scale: int) -> Composed:
    """120 parks within 4 km, some of them at the same place, over 480 plots."""
    chance = random.Random(5)  # noqa: S311 - places, not secrets
    places = [(chance.uniform(-2000, 2000), chance.uniform(-2000, 2000)) for _ in range(110)]
    layers = (sample.land(), sample.plots(), sample.parks([*places, *places[:10]]))
    return compose(sample.sheet(layers=layers, view=AtScale(*sample.place(0, 0), scale)), Limits())


@pytest.mark.parametrize("scale", [10_000, 20_000, 60_000])
def test_names_do_not_overlap(scale: int) -> None:
    """The boxes of all names, pair by pair."""
    names = crowd(scale).names
    assert len(names) > 20
    assert [] == [(a.text, b.text) for a, b in itertools.combinations(names, 2) if a.box.overlaps(b.box)]


def test_no_name_lies_over_the_circle_of_another() -> None:
    """Circles stay free: a box of a name meets at most the one that it stands beside."""
    found = crowd(60_000)
    circles = [box for shown in found.layers for box in shown.obstacles]
    assert len(circles) > 100
    assert all(sum(name.box.overlaps(circle) for circle in circles) <= 1 for name in found.names)


def test_few_parks_are_named_on_a_small_map_and_many_are_not() -> None:
    """At 1:1 000 000, as in a report, where circles are all that is seen."""
    named = {}
    for many in (45, 120):
        places = [(25_000.0 * (i % 9 - 4), 12_000.0 * (i // 9 - 2)) for i in range(many)]
        view = AtScale(*sample.place(0, 0), 1_000_000)
        named[many] = len(compose(sample.sheet(layers=(sample.parks(places),), view=view), Limits()).names)
    assert named[45] > 30
    assert named[120] == 0


def test_names_stay_in_the_frame() -> None:
    """None is cut at the edge."""
    found = crowd(10_000)
    assert all(found.plan.maps[0].holds(name.box) for name in found.names)


def test_codes_of_plots_stand_within_their_plot() -> None:
    """At 1:10 000 a plot of 100 m is 10 mm wide; its code stands in it."""
    found = compose(sample.sheet(), Limits())
    plots = {(round(name.x, 3), round(name.y, 3)): name.box for name in found.layers[1].names}
    assert len(found.names) == 480
    for name in found.names:
        middle = (name.box.x + name.box.width / 2, name.box.y + name.box.height / 2)
        nearest = min(plots, key=lambda place: (place[0] - middle[0]) ** 2 + (place[1] - middle[1]) ** 2)
        assert plots[nearest].holds(name.box)


def test_the_same_name_stands_once() -> None:
    """A park on two layers is named by one of them."""
    parks = sample.parks([(0, 0)], side=2000)
    names = compose(sample.sheet(layers=(parks, parks)), Limits()).names
    assert ["KCN Thử 1"] == [name.text for name in names]
