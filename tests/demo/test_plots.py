"""Plots of the demonstration set: together the park, and a history that could have happened."""

from datetime import date

import geopandas
import pandas as pd
import pytest
import shapely

from tests.demo.conftest import FIRST_DAY, LAST_DAY, LETTABLE, METRES, Tables, areas_ha

RANK = {
    state: rank
    for rank, state in enumerate(("not_cleared", "cleared", "available", "reserved", "leased", "building", "operating"))
}


@pytest.fixture(scope="module")
def plots(demo: Tables) -> geopandas.GeoDataFrame:
    """Plots on the last day with their areas."""
    frame = demo.at("plots", LAST_DAY).copy()
    frame["area_ha"] = areas_ha(frame.geometry)
    return frame


@pytest.fixture(scope="module")
def outlines(demo: Tables) -> geopandas.GeoSeries:
    """Outlines by slug in metres."""
    return demo.all("park_outlines").set_index("park").geometry.to_crs(METRES)


def test_there_are_enough_plots_and_not_too_many(plots: geopandas.GeoDataFrame) -> None:
    """Some thousand: a map that is worth looking at, a load that takes seconds."""
    assert 1_500 < len(plots) < 3_500


def test_plots_make_up_their_park(plots: geopandas.GeoDataFrame, outlines: geopandas.GeoSeries) -> None:
    """Where a park has plots, they leave no land of it out, and none lies beyond its outline: within 0.05 %."""
    for slug, group in plots.to_crs(METRES).groupby("park"):
        together = shapely.union_all(group.geometry.tolist())
        assert together.symmetric_difference(outlines[slug]).area < 0.0005 * outlines[slug].area, slug


def test_no_two_plots_overlap(plots: geopandas.GeoDataFrame) -> None:
    """The areas of the plots add up to the area of the land they cover; a centimetre of rounding is allowed."""
    for slug, group in plots.to_crs(METRES).groupby("park"):
        together = shapely.union_all(group.geometry.tolist())
        assert group.area.sum() - together.area < 0.02 * group.length.sum(), slug


def test_each_plot_lies_in_its_park(plots: geopandas.GeoDataFrame, outlines: geopandas.GeoSeries) -> None:
    """A few square metres at most, on boundaries of kilometres: corners are rounded to a centimetre."""
    moved = plots.to_crs(METRES)
    outside = shapely.area(shapely.difference(moved.geometry.tolist(), outlines[moved["park"]].tolist()))
    assert outside.max() < 10


def test_a_plot_keeps_its_shape(demo: Tables) -> None:
    """A change of state changes no boundary."""
    frame = demo.all("plots")
    shapes = frame.geometry.to_wkb().groupby([frame["park"], frame["code"]]).nunique()
    assert 1 == shapes.max()


@pytest.mark.parametrize(("use", "low", "high"), [("SKK", 0.6, 0.76), ("TMD", 0.02, 0.07), ("DKV", 0.1, 0.2)])
def test_land_use_is_that_of_a_real_park(plots: geopandas.GeoDataFrame, use: str, low: float, high: float) -> None:
    """Two thirds to three quarters industry, some services, at least a tenth green in every park."""
    shares = plots[plots["use_code"] == use].groupby("park")["area_ha"].sum() / plots.groupby("park")["area_ha"].sum()
    assert low <= shares.min()
    assert shares.max() <= high


def test_every_park_has_land_for_what_all_share(plots: geopandas.GeoDataFrame) -> None:
    """Streets, power, wastewater and water have land of their own in each park."""
    uses = plots.groupby("park")["use_code"].agg(set)
    assert [] == uses[~uses.map({"SKK", "TMD", "DKV", "DGT", "DNL", "DRA", "MNC"}.issubset)].index.tolist()


def test_most_industrial_plots_have_one_to_five_hectares(plots: geopandas.GeoDataFrame) -> None:
    """The usual sizes."""
    industrial = plots[plots["use_code"] == "SKK"]["area_ha"]
    assert industrial.between(1, 5.2).mean() > 0.85


def test_states_go_forward(demo: Tables) -> None:
    """No plot falls back, and each change is of another state than before."""
    frame = demo.all("plots").sort_values(["park", "code", "valid_from"])
    frame = frame[frame["use_code"].isin(LETTABLE)]
    steps = frame["state"].map(RANK).groupby([frame["park"], frame["code"]]).diff().dropna()
    assert (steps > 0).all()


def test_only_land_that_all_share_is_shared(demo: Tables) -> None:
    """A plot for letting is never "shared"; land for all is never let."""
    frame = demo.all("plots")
    lettable = frame["use_code"].isin(LETTABLE)
    assert "shared" not in set(frame[lettable]["state"])
    assert set(frame[~lettable]["state"]) <= {"not_cleared", "cleared", "shared"}


def test_a_plot_is_cleared_after_its_area(demo: Tables) -> None:
    """On the day a plot stops being uncleared, the area of clearance about it has reached C8."""
    frame = demo.all("plots").sort_values(["park", "code", "valid_from"])
    first = frame[frame["state"] != "not_cleared"].drop_duplicates(["park", "code"]).copy()
    first.geometry = first.geometry.representative_point()
    areas = demo.all("clearance_areas")
    joined = geopandas.sjoin(first, areas[["park", "stage", "valid_from", "valid_to", "geometry"]], predicate="within")
    joined = joined[joined["park_left"] == joined["park_right"]]
    joined = joined[
        (joined["valid_from_right"] <= joined["valid_from_left"])
        & ((joined["valid_to_right"] == "") | (joined["valid_to_right"] > joined["valid_from_left"]))
    ]
    assert len(first) == len(joined)
    assert set(joined["stage"]) <= {"C8", "C9"}


def test_nothing_is_let_before_works_began(demo: Tables) -> None:
    """A plot can be had only when streets or levelling are at least being built."""
    frame = demo.all("plots")
    begun = demo.all("infrastructure_items")
    begun = begun[begun["state"].isin(["building", "complete", "in_use"])].groupby("park")["valid_from"].min()
    let = frame[frame["state"].isin(["available", "leased", "building", "operating"])]
    assert (let["valid_from"] >= let["park"].map(begun)).all()


@pytest.mark.parametrize(
    ("slug", "works"),
    [("trung-thanh", "2025-08-21"), ("hai-long", "2026-02-06"), ("minh-chau", "2025-12-19")],
)
def test_published_dates_of_works_are_kept(demo: Tables, slug: str, works: str) -> None:
    """Before the published first day of works nothing is built in the park, and no plot is let."""
    items = demo.all("infrastructure_items")
    items = items[(items["park"] == slug) & items["state"].isin(["building", "complete", "in_use"])]
    assert works <= items["valid_from"].min()
    frame = demo.all("plots")
    let = frame[(frame["park"] == slug) & frame["state"].isin(["leased", "building", "operating"])]
    assert let.empty or works <= let["valid_from"].min()


def test_works_fit_the_published_status(demo: Tables, registry: Tables) -> None:
    """A park that is planned or being prepared has no works; they begin with the status "building" at the earliest."""
    parks = registry.all("parks")
    begun = parks[parks["status"].isin(["building", "operating"])].groupby("slug")["valid_from"].min()
    items = demo.all("infrastructure_items")
    items = items[items["state"].isin(["building", "complete", "in_use"])]
    wrong = [
        (slug, day) for slug, day in items.groupby("park")["valid_from"].min().items() if day < begun.get(slug, "9999")
    ]
    assert [] == wrong


def test_nothing_happens_outside_the_months_of_the_set(demo: Tables) -> None:
    """All versions begin between 01/01/2024 and 31/10/2026."""
    for name in ("plots", "clearance_areas", "infrastructure_items", "wastewater_plants", "projects", "project_plots"):
        days = pd.to_datetime(demo.all(name)["valid_from"]).dt.date
        assert days.between(FIRST_DAY, LAST_DAY).all(), name


def test_things_happen_all_the_time(demo: Tables) -> None:
    """In every half-year some plot changes hands: as-of and comparison have something to show."""
    frame = demo.all("plots")
    leased = pd.to_datetime(frame[frame["state"] == "leased"]["valid_from"])
    halves = {(day.year, day.month > 6) for day in leased if day.date() > FIRST_DAY}
    assert {(y, h) for y in (2024, 2025, 2026) for h in (False, True)} == halves


def test_first_day_and_last_day_differ(demo: Tables) -> None:
    """Occupied land grows from the first day to the last."""

    def let(day: date) -> int:
        return int(demo.at("plots", day)["state"].isin(["leased", "building", "operating"]).sum())

    assert let(FIRST_DAY) < let(LAST_DAY)
