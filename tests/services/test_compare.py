"""The parks side by side, on numbers that can be worked out on paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.catalog.load import load_catalogue
from geoapp.errors import InvalidRequest, NotFound
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.resources import layers_dir
from geoapp.services.compare import CompareRequest, Comparison, build_comparison
from geoapp.services.moment import Asked
from geoapp.services.summary import class_of
from geoapp.store.engine import Role
from tests.factories import observation, outline, park, plot, square, write_bundle

CATALOGUE = load_catalogue(layers_dir())
JUNE = date(2026, 6, 30)
NOW = Asked(JUNE, None, date(2026, 7, 15))
PARKS = [
    park(slug="a", name_vi="KCN Ấm", former_province="Hà Nam"),
    park(slug="b", name_vi="KCN Bình", status="planned"),
    park(slug="c", name_vi="KCN Đa"),
]
Compare = Callable[..., Comparison]


@pytest.fixture
def compare(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Compare:
    """Three parks with some figures, compared."""

    def read(*figures: dict[str, object], tables: dict[str, object] | None = None, **asked: object) -> Comparison:
        folder = write_bundle(tmp_path / "bundle", parks=PARKS, observations=figures, **(tables or {}))  # type: ignore[arg-type]
        load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
        request = CompareRequest(**{"asked": NOW, **asked})  # type: ignore[arg-type]
        return build_comparison(engine_for(database_url, Role.MAP), CATALOGUE, request)

    return read


def share(slug: str, numerator: float, denominator: float, **changes: object) -> dict[str, object]:
    """Occupancy of a park at the end of June 2026, with its parts."""
    value = 100 * numerator / denominator
    return observation(subject=slug, value=value, numerator=numerator, denominator=denominator, **changes)


def order(found: Comparison) -> list[str]:
    """The parks in the order in which they are shown."""
    return [line.park.slug for line in found.lines]


EARLIER = {"valid_on": "2025-06-30"}


def test_a_total_is_sum_over_sum_of_one_method(compare: Compare) -> None:
    """10/100 and 20/300 are 7,5 %; the one of another method is not counted."""
    found = compare(share("a", 10, 100), share("b", 20, 300), share("c", 1, 2, method="decree82_2018"))
    total = found.totals["occupancy"]
    assert (7.5, 30, 400, 2) == (total.value, total.numerator, total.denominator, total.counted)


def test_the_difference_of_a_total_is_of_parks_known_on_both_days(compare: Compare) -> None:
    """A from 10 to 20 of 100; b is new: the total is 15 %, and it moved by the 10 points of a."""
    found = compare(share("a", 20, 100), share("b", 10, 100), share("a", 10, 100, **EARLIER))
    total = found.totals["occupancy"]
    assert (15.0, 10.0) == (total.value, total.delta)


def test_the_year_before_is_the_base(compare: Compare) -> None:
    """30/06/2026 is held against 30/06/2025."""
    found = compare(share("a", 20, 100), share("a", 10, 100, **EARLIER))
    assert (date(2025, 6, 30), 10.0) == (found.base, found.lines[0].cells["occupancy"].delta)


def test_without_figures_a_year_before_there_is_no_difference(compare: Compare) -> None:
    """The base is left out, not invented."""
    found = compare(share("a", 20, 100))
    assert (None, None) == (found.base, found.lines[0].cells["occupancy"].delta)


def test_figures_of_two_methods_are_not_subtracted(compare: Compare) -> None:
    """The method changed within the year."""
    found = compare(share("a", 20, 100), share("a", 10, 100, method="decree82_2018", **EARLIER))
    assert found.lines[0].cells["occupancy"].delta is None


def test_a_stale_figure_is_no_data_and_is_told(compare: Compare) -> None:
    """It is not counted either."""
    found = compare(share("a", 20, 100, valid_on="2025-05-31"), share("b", 1, 2))
    cell = found.lines[0].cells["occupancy"]
    assert (None, 20.0, date(2025, 5, 31)) == (cell.value, cell.last_known, cell.valid_on)
    assert 1 == found.totals["occupancy"].counted


def test_what_is_not_known_is_not_nought(compare: Compare) -> None:
    """A park without figures, plots, plants and projects has no number at all; nor has the total."""
    found = compare(share("a", 1, 2))
    numbers = ["area_planned", "clean_site", "plant_capacity", "plant_load", "plots_leased", "plots_free", "projects"]
    assert [None] * 7 == [found.lines[1].cells[key].value for key in numbers]
    assert [None] * 7 == [found.totals[key].value for key in numbers]


def test_plots_are_counted_by_what_may_be_let(compare: Compare) -> None:
    """One of two industrial plots is leased; the road is neither."""
    spots = {code: square(106.1 + i / 400, 20.202, 0.002) for i, code in enumerate(("A1", "A2", "R"))}
    plots = [
        plot(park="a", code="A1", state="building", geometry=spots["A1"]),
        plot(park="a", code="A2", geometry=spots["A2"]),
        plot(park="a", code="R", use_code="DGT", state="shared", geometry=spots["R"]),
    ]
    found = compare(share("a", 1, 2), tables={"park_outlines": [outline(park="a")], "plots": plots})
    cells = found.lines[0].cells
    assert (1, 1) == (cells["plots_leased"].count, cells["plots_free"].count)
    assert cells["plots_leased"].value == pytest.approx(cells["plots_free"].value, rel=1e-3)


def test_where_plots_are_recorded_none_free_is_nought(compare: Compare) -> None:
    """The park has one plot, and it is let."""
    tables = {"park_outlines": [outline(park="a")], "plots": [plot(park="a", state="leased")]}
    cells = compare(share("a", 1, 2), tables=tables).lines[0].cells
    assert (0.0, 0) == (cells["plots_free"].value, cells["plots_free"].count)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["a", "b", "c"]),
        ({"descending": True}, ["c", "b", "a"]),
        ({"sort": "occupancy"}, ["c", "a", "b"]),
        ({"sort": "occupancy", "descending": True}, ["a", "c", "b"]),
        ({"province": "Hà Nam"}, ["a"]),
        ({"status": "planned"}, ["b"]),
        ({"text": "am"}, ["a"]),
        ({"text": "đa"}, ["c"]),
        ({"text": "zzz"}, []),
        ({"parks": ("c", "a")}, ["a", "c"]),
        ({"theme_class": ("park_occupancy", "c4")}, ["a"]),
        ({"theme_class": ("park_occupancy", "no_data")}, ["b"]),
    ],
)
def test_the_choice_and_the_order(compare: Compare, asked: dict[str, object], shown: list[str]) -> None:
    """By name as a reader looks for it, by a figure with the unknown last in either direction, and by every filter."""
    assert shown == order(compare(share("a", 90, 100), share("c", 10, 100), **asked))


def test_totals_are_of_what_is_shown(compare: Compare) -> None:
    """Of one park, its own."""
    assert 90.0 == compare(share("a", 90, 100), share("c", 10, 100), text="am").totals["occupancy"].value


@pytest.mark.parametrize(
    ("base", "told"), [(date(2020, 1, 1), "no figures before"), (date(2026, 7, 1), "is after the day that is shown")]
)
def test_a_base_that_cannot_be_used(compare: Compare, base: date, told: str) -> None:
    """Before all figures, or after the day itself."""
    with pytest.raises(InvalidRequest, match=told):
        compare(share("a", 1, 2), base=base)


def test_an_unknown_park_is_refused(compare: Compare) -> None:
    """Not left out in silence."""
    with pytest.raises(NotFound, match="no park nowhere"):
        compare(share("a", 1, 2), parks=("nowhere",))


def test_the_last_class_includes_its_end() -> None:
    """As on the map: 100 % is in the class 80 to 100, 80 % too, 79,9 % is not."""
    layer = CATALOGUE.layers["park_occupancy"]
    assert ["c4", "c4", "c3", "no_data"] == [class_of(layer, value) for value in (100.0, 80.0, 79.9, None)]
