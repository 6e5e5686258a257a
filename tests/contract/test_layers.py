"""Every layer that comes with the program: it loads, speaks both languages, and fits the database and the domain."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from geoapp import kinds
from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Label, Layer, View
from geoapp.core import plan_kinds
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.resources import layers_dir
from geoapp.services.layer_check import check_layers
from geoapp.store.engine import Role, make_engine, reading
from tests.factories import observation, outline, park, plot, square, write_bundle

REQUIRED = {
    "zone_boundary", "zone_areas", "park_status", "park_clearance_cumulative", "park_clean_site", "clearance_areas",
    "park_infrastructure", "infrastructure_items", "park_occupancy", "plant_state", "plant_load", "plant_standard",
    "plot_use", "plot_state", "projects", "clock_state", "land", "coast", "communes",
}  # fmt: skip
CATALOGUE = load_catalogue(layers_dir())
LAYERS = pytest.mark.parametrize("layer", CATALOGUE.layers.values(), ids=lambda layer: layer.id)
AS_OF = date(2026, 7, 31)

CLOSED_LISTS = [
    value
    for module in (kinds, plan_kinds)
    for value in vars(module).values()
    if isinstance(value, type) and value.__module__ == module.__name__
]


def test_every_layer_of_the_plan_is_there() -> None:
    """The four themes of each month, the zone, plots, projects and the base."""
    assert set() == REQUIRED - set(CATALOGUE.layers)


@pytest.mark.parametrize("kind", CLOSED_LISTS, ids=lambda kind: kind.__name__)
def test_code_lists_are_those_of_the_domain(kind: type[kinds.Quality]) -> None:
    """codes.toml, kinds.py and core/plan_kinds.py hold the same codes in the same order."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    assert list(kind) == list(CATALOGUE.codes[name])


def test_codes_toml_has_no_list_of_its_own_but_the_map_state() -> None:
    """The map state of a clearance area is made by the database from its stage and obstacle."""
    kinds_here = {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in CLOSED_LISTS}
    assert {"map_state"} == set(CATALOGUE.codes) - kinds_here


@LAYERS
def test_titles_are_translated(layer: Layer) -> None:
    """An English text is not the Vietnamese one left standing."""
    labels: list[Label] = [layer.title, layer.method, *(field.title for field in layer.fields.values())]
    assert [] == [label.vi for label in labels if label.vi == label.en]


@LAYERS
def test_a_theme_says_how_old_a_figure_may_be_as_the_database_does(layer: Layer, repository: Path) -> None:
    """The months in the method sentence are those of the indicator."""
    indicators = re.findall(r"figures_at\('(\w+)'", layer.sql)
    told = re.findall(r"quá (\d+) tháng", layer.method.vi) + re.findall(r"older than (\d+) months", layer.method.en)
    path = repository / "geoapp/store/migrations/seed/indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        months = {row["code"]: row["stale_after_months"] for row in csv.DictReader(file)}
    assert ([months[indicators[0]]] * 2 if told else []) == told
    assert bool(told) == (
        layer.style.field
        in {
            "occupancy",
            "gap_ha",
            "cleared_share",
            "clean_share",
            "completeness",
            "load_share",
        }
    )


def test_the_province_begins_with_occupancy() -> None:
    """One theme is on at first."""
    on = [
        layer.id
        for layer in CATALOGUE.of_view(View.PROVINCE)
        if layer.exclusive == "theme" and View.PROVINCE in layer.shown
    ]
    assert ["park_occupancy"] == on


def test_occupancy_marks_both_target_lines() -> None:
    """80 to 90 per cent is the target of the plan."""
    assert [80, 90] == [mark.at for mark in CATALOGUE.layers["park_occupancy"].style.marks]


def test_cleared_and_clean_have_two_denominators() -> None:
    """They are two figures, never added or swapped."""
    cleared, clean = CATALOGUE.layers["park_clearance_cumulative"], CATALOGUE.layers["park_clean_site"]
    assert cleared.fields["to_clear"].title.vi != clean.fields["target"].title.vi


@LAYERS
def test_a_figure_shows_what_it_is_made_of(layer: Layer) -> None:
    """A share tells numerator, denominator and method in the popup."""
    if "method" in layer.fields:
        assert "method" in layer.popup
        assert 2 <= len([name for name in layer.popup if "số" in layer.fields[name].title.vi and name != "last_known"])


@LAYERS
def test_classes_are_told_apart_without_colour(layer: Layer) -> None:
    """Within a category no two classes share colour, stroke, pattern, dash and ring."""
    looks = [(c.fill, c.stroke, c.pattern, c.dash, c.ring, c.radius) for c in layer.style.classes]
    assert len(looks) == len(set(looks))


@pytest.fixture(scope="module")
def owner_engine(loaded_database_url: str) -> Iterator[Engine]:
    """The loaded database as its owner: people read what is not public, and this database has none."""
    engine = make_engine(loaded_database_url, role=Role.OWNER, statement_timeout_ms=20000)
    yield engine
    engine.dispose()


@pytest.fixture
def seeing(layer: Layer, map_engine: Engine, owner_engine: Engine) -> Engine:
    """Who may read the layer."""
    return map_engine if layer.access is kinds.AccessClass.PUBLIC else owner_engine


def test_layers_fit_the_database(map_engine: Engine, owner_engine: Engine) -> None:
    """Statements run as the map role, or the staff role, and give what is declared, with the data that come along."""
    assert [] == check_layers(map_engine, CATALOGUE, date(2026, 10, 31), staff=owner_engine)


def test_a_layer_that_is_not_public_is_refused_to_the_map_role(map_engine: Engine) -> None:
    """The database itself keeps the land files from whoever is not signed in."""
    faults = check_layers(map_engine, CATALOGUE, date(2026, 10, 31))
    assert ["clock_state"] == [fault.split("/")[2] for fault in faults]
    assert "permission denied" in faults[0]


@LAYERS
def test_a_layer_of_one_park_holds_rows_of_that_park_only(seeing: Engine, layer: Layer) -> None:
    """What a park page asks for is not the whole province."""
    if "park_id" not in layer.parameters:
        return
    with reading(seeing) as connection:
        park_id = connection.execute(text("SELECT id FROM parks WHERE slug = 'khanh-phu'")).scalar_one()
        rows = connection.execute(text(layer.sql), bound(layer, park_id=park_id)).mappings().all()
    assert {"khanh-phu"} >= {row["park_slug"] for row in rows}


@LAYERS
def test_a_layer_of_one_zone_holds_no_more_than_the_whole(seeing: Engine, layer: Layer) -> None:
    """What a zone page asks for lies among what the province page gets."""
    if "zone_id" not in layer.parameters:
        return
    with reading(seeing) as connection:
        zone_id = connection.execute(text("SELECT id FROM zones WHERE slug = 'ninh-co'")).scalar_one()
        some = {row.id for row in connection.execute(text(layer.sql), bound(layer, zone_id=zone_id))}
        every = {row.id for row in connection.execute(text(layer.sql), bound(layer))}
    assert some <= every
    assert bool(every) == (some != every or layer.group == "zone")


def bound(layer: Layer, **some: object) -> dict[str, object]:
    """The parameters that a layer names."""
    every = {"as_of": AS_OF, "known_at": datetime.now(UTC), "park_id": None, "zone_id": None, **some}
    return {name: every[name] for name in layer.parameters}


Rows = Callable[..., dict[str, dict[str, object]]]


@pytest.fixture
def rows_of(database_url: str, tmp_path: Path) -> Rows:
    """Loads tables into an empty database and gives the rows of a layer by id."""

    def rows(layer_id: str, **tables: list[dict[str, object]]) -> dict[str, dict[str, object]]:
        layer = CATALOGUE.layers[layer_id]
        engine = make_engine(database_url, role=Role.OWNER)
        try:
            load_bundle(engine, read_bundle(write_bundle(tmp_path / "bundle", **tables)), report=lambda _: None)
            with reading(engine) as connection:
                found = connection.execute(text(layer.sql), bound(layer)).mappings().all()
                return {str(row["id"]): dict(row) for row in found}
        finally:
            engine.dispose()

    return rows


def test_a_current_figure_comes_with_its_parts(rows_of: Rows) -> None:
    """Occupancy shows value, numerator, denominator, method, day and quality of the figure."""
    row = rows_of("park_occupancy", parks=[park()], observations=[observation(numerator=40, denominator=80)])["thu"]
    assert (50, 40, 80, date(2026, 6, 30), "official", None) == tuple(
        row[name] for name in ("occupancy", "leased", "leasable", "observed_on", "quality", "last_known")
    )
    assert "industrial and service land (Decree 35/2022)" == row["method_en"]


def test_a_stale_figure_is_no_data_and_told_beside_it(rows_of: Rows) -> None:
    """An old figure never colours the map."""
    old = observation(valid_on="2019-03-31", value=100)
    row = rows_of("park_occupancy", parks=[park()], observations=[old])["thu"]
    assert (None, 100, date(2019, 3, 31)) == (row["occupancy"], row["last_known"], row["last_known_on"])


def test_a_park_without_a_figure_stays_on_the_map(rows_of: Rows) -> None:
    """What is missing stays missing, and is seen to be."""
    row = rows_of("park_occupancy", parks=[park()])["thu"]
    assert (None, None, True) == (row["occupancy"], row["observed_on"], row["approximate"])


def test_sources_that_differ_are_told(rows_of: Rows) -> None:
    """Of two figures for one day one is drawn, and the popup says that there is another."""
    two = [observation(), observation(value=60, source="second")]
    sources = [{"key": "test", "title": "One"}, {"key": "second", "title": "Two"}]
    assert rows_of("park_occupancy", parks=[park()], observations=two, sources=sources)["thu"]["disputed"] is True


def test_a_park_in_operation_without_a_record_of_a_plant_is_drawn_as_no_data(rows_of: Rows) -> None:
    """Nobody said that there is none; the board must see that it does not know."""
    row = rows_of("plant_state", parks=[park()])["thu/none"]
    assert (None, True) == (row["state"], row["geom"] is not None)


def test_a_planned_park_without_a_plant_is_not_among_the_plants(rows_of: Rows) -> None:
    """Only parks in operation owe one."""
    assert {} == rows_of("plant_state", parks=[park(status="planned")])


def plant(**changes: object) -> dict[str, object]:
    """A plant of the park ``thu`` in operation."""
    row = {"park": "thu", "code": "TT", "name_vi": "Nhà máy", "name_en": "Plant", "state": "operating"}
    return {**row, "capacity_m3_day": 1000, "approximate": "true", **changes}


def test_a_plant_without_a_published_place_says_so(rows_of: Rows) -> None:
    """It stands at the point of its park, and nobody takes that for its place."""
    row = rows_of("plant_state", parks=[park()], wastewater_plants=[plant()])["thu/TT"]
    assert (True, True) == (row["approximate"], "chưa công bố" in str(row["place_vi"]))


def test_a_plant_without_readings_is_not_judged(rows_of: Rows) -> None:
    """No data is neither met nor not met, and the third condition is empty."""
    known = plant(permit_granted="true", permit_no="1", permit_from="2024-01-01", discharge_column="A")
    row = rows_of("plant_standard", parks=[park()], wastewater_plants=[known])["thu/TT"]
    assert ("no_data", True, True, None) == tuple(
        row[name] for name in ("standard", "is_operating", "permit_valid", "no_exceedance")
    )


def test_of_a_park_without_a_record_of_a_plant_nothing_is_judged(rows_of: Rows) -> None:
    """Neither met nor not met, and none of the conditions is known."""
    row = rows_of("plant_standard", parks=[park()])["thu/none"]
    assert (None, None) == (row["standard"], row["is_operating"])


def load_of(value: float, valid_on: str) -> dict[str, object]:
    """The flow into the plant of the park ``thu``."""
    return observation(
        subject_kind="plant", subject="thu/TT", indicator="wastewater_load", value=value, valid_on=valid_on, method=""
    )


def test_load_is_flow_over_capacity(rows_of: Rows) -> None:
    """1,200 of 1,000 m³ a day is 120 per cent, in the open last class."""
    tables = {"parks": [park()], "wastewater_plants": [plant()], "observations": [load_of(1200, "2026-06-30")]}
    row = rows_of("plant_load", **tables)["thu/TT"]
    assert (120, date(2026, 6, 30)) == (row["load_share"], row["observed_on"])


def test_a_stale_load_is_no_data(rows_of: Rows) -> None:
    """A flow of two years ago says nothing of today."""
    tables = {"parks": [park()], "wastewater_plants": [plant()], "observations": [load_of(500, "2024-06-30")]}
    row = rows_of("plant_load", **tables)["thu/TT"]
    assert (None, 50) == (row["load_share"], row["last_known"])


def test_an_obstructed_area_is_drawn_apart(rows_of: Rows) -> None:
    """The obstacle comes before the stage."""
    area = {"park": "thu", "code": "K1", "stage": "C4", "obstacle": "land", "approximate": "true"}
    row = rows_of("clearance_areas", parks=[park()], clearance_areas=[{**area, "geometry": square(106.1, 20.2)}])[
        "thu/K1"
    ]
    assert ("obstructed", "C4", "land") == (row["map_state"], row["stage"], row["obstacle"])


def test_a_project_without_plots_has_no_place(rows_of: Rows) -> None:
    """It is counted apart, not put somewhere."""
    project = {"code": "p1", "name": "Dự án", "park": "thu", "state": "registered"}
    assert rows_of("projects", parks=[park()], projects=[project])["p1"]["geom"] is None


def test_a_project_is_drawn_on_its_plots(rows_of: Rows) -> None:
    """One shape for all plots held."""
    tables = {
        "parks": [park()],
        "park_outlines": [outline()],
        "plots": [plot(), plot(code="A2", geometry=square(106.104, 20.202, 0.002))],
        "projects": [{"code": "p1", "name": "Dự án", "park": "thu", "state": "building"}],
        "project_plots": [{"project": "p1", "park": "thu", "plot": code} for code in ("A1", "A2")],
    }
    row = rows_of("projects", **tables)["p1"]
    assert (2, True) == (row["plots"], row["geom"] is not None)
