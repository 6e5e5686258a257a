"""Shares over the whole province, on numbers that can be worked out on paper."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.errors import InvalidRequest, NotFound
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.history import TotalsHistory
from geoapp.services.moment import Asked
from geoapp.services.pages import Total, build_park_page, build_province_page
from geoapp.store.engine import Role
from tests.factories import observation, park, write_bundle

Build = Callable[..., Engine]
NOW = Asked(date(2026, 6, 30), None, date(2026, 7, 15))


@pytest.fixture
def build(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Build:
    """A database with three parks in operation and some figures."""

    def make(*rows: dict[str, object], **tables: object) -> Engine:
        owner = engine_for(database_url, Role.OWNER)
        parks = [park(slug=slug) for slug in ("a", "b", "c")]
        folder = write_bundle(tmp_path / "bundle", parks=parks, observations=rows, **tables)  # type: ignore[arg-type]
        load_bundle(owner, read_bundle(folder), report=lambda _: None)
        return engine_for(database_url, Role.MAP)

    return make


def share(slug: str, numerator: float, denominator: float, **changes: object) -> dict[str, object]:
    """Occupancy of a park with its parts."""
    value = 100 * numerator / denominator
    return observation(subject=slug, value=value, numerator=numerator, denominator=denominator, **changes)


def total(engine: Engine, layer: str = "park_occupancy", asked: Asked = NOW) -> Total:
    """The total that is shown with a layer."""
    (found,) = [one for one in build_province_page(engine, asked, TotalsHistory()).totals if one.share.layer == layer]
    return found


def test_a_total_is_total_over_total(build: Build) -> None:
    """10 of 100 ha and 90 of 100 of 300: 30 of 400 ha is 7.5 %, not the mean of 10 % and 6.7 %."""
    found = total(build(share("a", 10, 100), share("b", 20, 300)))
    assert (7.5, 30.0, 400.0, 2, 3) == (found.value, found.numerator, found.denominator, found.counted, found.parks)


def test_methods_are_not_mixed(build: Build) -> None:
    """The method of most parks counts, the other one is left out and not counted."""
    other = share("c", 50, 50, method="decree82_2018")
    found = total(build(share("a", 10, 100), share("b", 20, 100), other))
    assert (15.0, 2, "decree35_2022") == (found.value, found.counted, found.method)


def test_an_old_figure_is_not_counted(build: Build) -> None:
    """Older than twelve months is no data."""
    found = total(build(share("a", 10, 100), share("b", 90, 100, valid_on="2025-05-31")))
    assert (10.0, 1) == (found.value, found.counted)


def test_a_figure_without_its_parts_is_not_counted(build: Build) -> None:
    """A share that a source only names cannot be added up."""
    found = total(build(share("a", 10, 100), observation(subject="b", value=80)))
    assert (10.0, 1) == (found.value, found.counted)


def test_no_figure_is_no_total(build: Build) -> None:
    """Nothing is not 0 %."""
    found = total(build(observation(subject="a", value=80)))
    assert (None, 0, 3) == (found.value, found.counted, found.parks)


def test_demonstration_is_told(build: Build) -> None:
    """One demo figure in the sum is enough."""
    found = total(build(share("a", 10, 100), share("b", 10, 100, quality="demo")))
    assert found.has_demo


def test_a_total_knows_its_day(build: Build) -> None:
    """The newest of its figures."""
    found = total(build(share("a", 10, 100, valid_on="2026-04-30"), share("b", 10, 100)))
    assert date(2026, 6, 30) == found.valid_on


def plant(slug: str, **changes: object) -> dict[str, object]:
    """A plant in operation with a permit."""
    row = {"park": slug, "code": "TT", "name_vi": "Nhà máy", "name_en": "Plant", "state": "operating"}
    permit = {"permit_granted": "true", "permit_from": "2024-01-01", "discharge_column": "A", "approximate": "true"}
    return {**row, **permit, **changes}


def reading_of(slug: str, value: float, **changes: object) -> dict[str, object]:
    """COD at the outlet of a plant; the limit of column A is 75 mg/l."""
    row = {"park": slug, "plant": "TT", "measured_on": "2026-06-15", "parameter": "cod", "value": value}
    return {**row, **changes}


def test_the_standard_is_counted_over_operating_parks(build: Build) -> None:
    """One park meets it, one has a confirmed exceedance, of one no plant is on record: 1 of 3, two judged."""
    engine = build(
        share("a", 1, 2),
        wastewater_plants=[plant("a"), plant("b")],
        wastewater_readings=[reading_of("a", 50), reading_of("b", 90, confirmed="true")],
    )
    found = total(engine, "plant_standard")
    assert (pytest.approx(100 / 3), 1, 3, 2) == (found.value, found.numerator, found.denominator, found.counted)


def test_a_plant_without_readings_cannot_be_judged(build: Build) -> None:
    """It is in the denominator, and is said not to be judged, like the parks of which no plant is on record."""
    found = total(build(share("a", 1, 2), wastewater_plants=[plant("a")]), "plant_standard")
    assert (0.0, 0, 3, 0) == (found.value, found.numerator, found.denominator, found.counted)


def test_an_empty_database_has_a_page(database_url: str, engine_for: Callable[[str, Role], Engine]) -> None:
    """Before anything is loaded: no parks, no totals, today."""
    page = build_province_page(
        engine_for(database_url, Role.MAP), Asked(None, None, date(2026, 7, 15)), TotalsHistory()
    )
    assert ([], date(2026, 7, 15)) == (list(page.parks), page.moment.as_of)
    assert [None] * len(page.totals) == [one.value for one in page.totals]


def test_the_newest_day_is_shown(build: Build) -> None:
    """Where no day is asked for, the last one with figures."""
    page = build_province_page(build(share("a", 10, 100)), Asked(None, None, date(2026, 12, 1)), TotalsHistory())
    assert date(2026, 6, 30) == page.moment.as_of


def test_a_day_before_all_figures_is_refused(build: Build) -> None:
    """The sentence names the days there are."""
    with pytest.raises(InvalidRequest, match="no figures before 2026-06-30"):
        build_province_page(build(share("a", 10, 100)), Asked(date(2026, 6, 29), None, NOW.today), TotalsHistory())


def test_a_moment_before_all_data_is_refused(build: Build) -> None:
    """Nothing was stored in 2020."""
    with pytest.raises(InvalidRequest, match="Nothing was known on 2020-01-01"):
        build_province_page(
            build(share("a", 10, 100)), Asked(None, datetime(2020, 1, 1, tzinfo=UTC), NOW.today), TotalsHistory()
        )


def test_an_unknown_park_is_refused(build: Build) -> None:
    """The error says where the list is."""
    with pytest.raises(NotFound, match="no park z"):
        build_park_page(build(share("a", 10, 100)), "z", NOW)
