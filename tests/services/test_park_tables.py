"""Plots and projects as tables: filters, order, pages, and exact sums."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from geoapp.errors import NotFound
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.moment import Asked
from geoapp.services.park_tables import Filters, Order, Place, Table, TableRequest, build_table, find_outline
from geoapp.services.place_pages import build_sources
from geoapp.store.engine import Role, reading
from tests.factories import outline, park, plot, square, write_bundle

DAY = Asked(date(2026, 10, 31), None, date(2026, 11, 15))
CODES = ("A10", "A2", "B1")


@pytest.fixture
def engine(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Engine:
    """Three plots side by side: the first surveyed and held by a project, the last only published, the others official.

    Three projects, one without any figure.
    """
    plots = [
        plot(code=code, block=code[0], state=state, geometry=square(106.102 + 0.002 * i, 20.202, 0.001))
        for i, (code, state) in enumerate(zip(CODES, ("leased", "available", "available"), strict=True))
    ]
    projects = [
        {
            "code": "p1",
            "name": "Nhà máy Đồng",
            "park": "thu",
            "state": "operating",
            "land_ha": 5,
            "investor": "Công ty Ấn",
        },
        {"code": "p2", "name": "Nhà máy 2", "park": "thu", "state": "building", "land_ha": 7.5},
        {"code": "p3", "name": "Nhà máy 10", "park": "thu", "state": "building"},
    ]
    plots[0]["approximate"], plots[2]["quality"] = "false", "published"
    held = [{"project": "p1", "park": "thu", "plot": "A10"}]
    tables = {"plots": plots, "projects": projects, "project_plots": held}
    folder = write_bundle(tmp_path / "bundle", parks=[park()], park_outlines=[outline()], **tables)  # type: ignore[arg-type]
    load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
    return engine_for(database_url, Role.MAP)


def ask(
    engine: Engine,
    what: str = "plots",
    filters: Filters = Filters(),  # noqa: B008 - frozen
    order: tuple[str, bool] | None = None,
    window: tuple[int, int | None] = (0, None),
) -> Table:
    """A table of the park ``thu``."""
    sort, down = order or ("code" if what == "plots" else "name", False)
    return build_table(engine, TableRequest(what, Place("park", "thu"), DAY, filters, Order(sort, down), *window))


def codes(table: Table) -> list[str]:
    """The codes of the rows in their order."""
    return [row.code for row in table.rows]


def test_codes_are_ordered_as_people_count(engine: Engine) -> None:
    """A2 before A10."""
    assert ["A2", "A10", "B1"] == codes(ask(engine))


def test_names_are_ordered_without_accents(engine: Engine) -> None:
    """Nhà máy 2, Nhà máy 10, Nhà máy Đồng."""
    assert ["p2", "p3", "p1"] == codes(ask(engine, "projects"))


@pytest.mark.parametrize(("down", "expected"), [(False, ["p1", "p2", "p3"]), (True, ["p2", "p1", "p3"])])
def test_what_is_not_known_comes_last_either_way(engine: Engine, *, down: bool, expected: list[str]) -> None:
    """The project without land is neither the largest nor the smallest."""
    assert expected == codes(ask(engine, "projects", order=("land", down)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("dong", ["A10"]), ("cong ty an", ["A10"]), ("ẤN", ["A10"]), ("a1", ["A10"]), ("%", []), ("zz", [])],
)
def test_a_text_finds_plots_with_and_without_accents(engine: Engine, typed: str, expected: list[str]) -> None:
    """By code, project or investor; signs of patterns are only signs."""
    assert expected == codes(ask(engine, filters=Filters(text=typed)))


def test_a_state_filters(engine: Engine) -> None:
    """Two plots are available, and the counts are of those two."""
    found = ask(engine, filters=Filters(state="available"))
    assert (["A2", "B1"], 2) == (codes(found), found.matched)


def test_the_map_filters(engine: Engine) -> None:
    """Only what lies in the box, by what can be seen of it."""
    assert ["A2"] == codes(ask(engine, filters=Filters(box=(106.1035, 20.2, 106.1055, 20.21))))


def test_a_project_is_where_its_plots_are(engine: Engine) -> None:
    """Its plot is in the box; projects without plots have no place there."""
    assert ["p1"] == codes(ask(engine, "projects", Filters(box=(106.1015, 20.2, 106.1035, 20.21))))


def test_counts_and_sums_are_of_all_that_match(engine: Engine) -> None:
    """One row is asked for; three plots and their hectares are told."""
    found = ask(engine, window=(0, 1))
    with reading(engine) as connection:
        area = connection.execute(text("SELECT sum(area_ha) FROM plots_at('2026-10-31', now())")).scalar()
    assert (1, 3, pytest.approx(area)) == (len(found.rows), found.matched, found.matched_ha)


def test_pages_follow_one_another(engine: Engine) -> None:
    """Two and one make three, none twice."""
    first, second = ask(engine, window=(0, 2)), ask(engine, window=(2, 2))
    assert (["A2", "A10"], ["B1"], False, True) == (codes(first), codes(second), first.is_last, second.is_last)


def test_beyond_the_end_there_is_nothing(engine: Engine) -> None:
    """No rows, but the counts still stand."""
    found = ask(engine, window=(50, 10))
    assert ([], 3) == (codes(found), found.matched)


def test_land_that_is_known_is_added_up(engine: Engine) -> None:
    """5 and 7.5 ha of three projects; the third is not taken for 0."""
    found = ask(engine, "projects")
    assert (12.5, 2) == (found.matched_ha, found.rows[0].with_land)


def test_a_zone_lists_the_plots_of_its_parks(map_engine: Engine) -> None:
    """As many as the park of the zone has."""
    request = TableRequest("plots", Place("zone", "ninh-co"), DAY, Filters(), Order("code"), 0, 5)
    with reading(map_engine) as connection:
        expected = connection.execute(
            text("SELECT count(*) FROM plots_at('2026-10-31', now()) AS t WHERE t.park_slug = 'rang-dong'")
        ).scalar()
    assert expected == build_table(map_engine, request).matched


@pytest.mark.parametrize("place", [Place("park", "nowhere"), Place("zone", "nowhere")])
def test_an_unknown_place_is_not_found(engine: Engine, place: Place) -> None:
    """No empty table for a place that does not exist."""
    with pytest.raises(NotFound):
        build_table(engine, TableRequest("plots", place, DAY, Filters(), Order("code")))


def test_the_outline_of_a_project_is_as_exact_as_its_plots(engine: Engine) -> None:
    """Its one plot is surveyed."""
    assert not find_outline(engine, "project", "p1", None, DAY).approximate


def test_a_source_is_as_sure_as_the_least_sure_of_what_it_gave(engine: Engine) -> None:
    """Of three plots one is only published."""
    (rows,) = build_sources(engine, Place("park", "thu"), DAY).groups
    assert ["published"] == [row.quality for row in rows if row.kind == "plot"]
