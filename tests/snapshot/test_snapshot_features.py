"""A sheet shows what the JSON of its layers holds."""

import pytest
from flask.testing import FlaskClient

from geoapp.catalog.model import View
from geoapp.kinds import AccessClass
from geoapp.maps.sheet.model import Sheet
from geoapp.services.snapshot.query import parse_snapshot
from geoapp.services.snapshot.request import SheetPlace
from geoapp.services.snapshot.snapshots import Snapshots
from tests.snapshot.conftest import DAY

PLACES = [SheetPlace(View.PROVINCE), SheetPlace(View.PARK, "khanh-phu")]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.view))
def test_a_sheet_has_the_features_of_the_api(snapshots: Snapshots, visitor: FlaskClient, place: SheetPlace) -> None:
    """Every public layer of the page: the same ids, as of the same day."""
    about = f"&park={place.slug}" if place.park else ""
    for layer in snapshots.catalogue.of_view(place.view):
        if layer.access is not AccessClass.PUBLIC:
            continue
        scale = {"scale": "5000"} if place.park else {"scale": "50000"}
        asked = parse_snapshot({"layers": layer.id, "as_of": DAY, **scale}, place, language="vi")
        page = snapshots.page(asked)
        assert isinstance(page, Sheet)
        told = visitor.get(f"/api/layers/{layer.id}/features?as_of={DAY}{about}").get_json(force=True)
        ids = sorted(one["id"] for one in told["features"])
        assert [(layer.id, ids)] == [(one.layer.id, sorted(one.frame["id"])) for one in page.layers]


def test_a_list_that_is_filtered_filters_the_sheet(snapshots: Snapshots) -> None:
    """Of a theme only the parks that the list kept, and the sheet says so."""
    query = {"layers": "land,park_occupancy", "parks": "khanh-phu,xuan-kien", "as_of": DAY}
    page = snapshots.page(parse_snapshot(query, SheetPlace(View.PROVINCE), language="vi"))
    assert isinstance(page, Sheet)
    assert ["khanh-phu", "xuan-kien"] == sorted(page.layers[-1].frame["park_slug"])
    assert "Chỉ gồm 2 khu theo bộ lọc của danh sách" in page.notes


def test_far_away_plots_stand_as_blocks(snapshots: Snapshots) -> None:
    """At a scale at which the screen shows blocks of plots, the sheet shows them too."""
    query = {"layers": "plot_state", "as_of": DAY, "scale": "100000"}
    page = snapshots.page(parse_snapshot(query, SheetPlace(View.PARK, "khanh-phu"), language="vi"))
    assert isinstance(page, Sheet)
    (layer,) = page.layers
    assert layer.level is not None
    assert "blocks" == layer.level.name


def test_only_what_is_drawn_otherwise_is_marked(snapshots: Snapshots) -> None:
    """Between two days: plots whose state is another one, counted by hand over the JSON of both days."""
    query = {"layers": "plot_state", "as_of": DAY, "since": "2025-10-31", "scale": "5000"}
    page = snapshots.page(parse_snapshot(query, SheetPlace(View.PARK, "khanh-phu"), language="vi"))
    assert isinstance(page, Sheet)
    assert page.marked is not None
    states = []
    for day in ("2025-10-31", DAY):
        earlier = parse_snapshot({"layers": "plot_state", "as_of": day, "scale": "5000"}, PLACES[1], language="vi")
        sheet = snapshots.page(earlier)
        assert isinstance(sheet, Sheet)
        states.append(dict(zip(sheet.layers[0].frame["id"], sheet.layers[0].frame["state"], strict=True)))
    moved = {name for name, state in states[1].items() if states[0].get(name) != state}
    assert moved
    assert moved == page.marked.ids["plot_state"]
