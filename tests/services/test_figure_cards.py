"""Where figures come from, on numbers that can be worked out on paper."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from geoapp.errors import NotFound
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.services.figure_card import FigureCard, build_figure
from geoapp.services.moment import Asked
from geoapp.services.series import PROVINCE, WASTEWATER, FigureRequest
from geoapp.store.engine import Role
from tests.factories import observation, park, write_bundle

DAY = date(2026, 6, 30)
Load = Callable[..., Engine]


@pytest.fixture
def load(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Load:
    """Loads tables on top of what is there; the database as the map role sees it."""
    loads: list[int] = []

    def one(**tables: object) -> Engine:
        loads.append(1)
        folder = write_bundle(tmp_path / f"bundle-{len(loads)}", **tables)  # type: ignore[arg-type]
        load_bundle(engine_for(database_url, Role.OWNER), read_bundle(folder), report=lambda _: None)
        return engine_for(database_url, Role.MAP)

    return one


def parks(*slugs: str) -> list[dict[str, object]]:
    """Parks in operation."""
    return [park(slug=slug) for slug in slugs]


def share(slug: str, numerator: float, denominator: float, **changes: object) -> dict[str, object]:
    """Occupancy of a park with its parts."""
    value = 100 * numerator / denominator
    return observation(subject=slug, value=value, numerator=numerator, denominator=denominator, **changes)


def card(
    engine: Engine, kind: str, name: str, indicator: str = "occupancy", known: datetime | None = None
) -> FigureCard:
    """The card of a figure at the end of June 2026."""
    return build_figure(engine, FigureRequest(kind, name, indicator, Asked(DAY, known, date(2026, 7, 15))))


def test_a_figure_names_its_source_and_batch(load: Load) -> None:
    """Value, parts, source, and who entered it from which files."""
    found = card(load(parks=parks("a"), observations=[share("a", 30, 60)]), "park", "a")
    assert found.standing is not None
    assert (50, 30, 60) == (found.standing.value, found.standing.numerator, found.standing.denominator)
    row = found.standing.row
    assert ("A source of the tests", "Test bundle", "board") == (row.source_title, row.batch_title, row.dataset)
    assert "observations.csv" in found.batches[0].files


def test_what_was_revised_is_kept(load: Load) -> None:
    """50 % was corrected to 55 %: the card shows 55, and 50 with its successor."""
    load(parks=parks("a"), observations=[share("a", 50, 100)])
    found = card(load(observations=[share("a", 55, 100)]), "park", "a")
    assert found.standing is not None
    assert 55 == found.standing.value
    assert [(50, 55)] == [(revision.row.value, revision.successor.value) for revision in found.revisions]


def test_before_a_revision_the_old_figure_stands(load: Load) -> None:
    """As known then, the card shows 50 and no revision."""
    load(parks=parks("a"), observations=[share("a", 50, 100)])
    between = datetime.now(UTC)
    found = card(load(observations=[share("a", 55, 100)]), "park", "a", known=between)
    assert found.standing is not None
    assert (50, []) == (found.standing.value, list(found.revisions))


def test_other_sources_stand_beside_with_their_difference(load: Load) -> None:
    """The board says 50, a newspaper 62 of the same day: 12 points more."""
    news = [{"key": "test", "title": "T"}, {"key": "news", "title": "A newspaper"}]
    other = observation(subject="a", value=62, source="news", quality="published", method="not_stated")
    found = card(load(sources=news, parks=parks("a"), observations=[share("a", 50, 100), other]), "park", "a")
    assert [("A newspaper", 12, True)] == [(one.row.source_title, one.difference, one.same_day) for one in found.others]


def test_a_figure_without_data_says_so(load: Load) -> None:
    """A park without any occupancy has a card without a figure, not a 0."""
    found = card(load(parks=parks("a")), "park", "a")
    assert (None, [], None) == (found.standing, list(found.rows), found.series.forecast)


def test_a_stale_figure_is_marked(load: Load) -> None:
    """Older than twelve months: told, and marked."""
    found = card(load(parks=parks("a"), observations=[share("a", 1, 2, valid_on="2025-05-31")]), "park", "a")
    assert found.standing is not None
    assert found.standing.is_stale


def test_the_parts_of_a_total_add_up(load: Load) -> None:
    """10/100 and 20/300 make 30/400 = 7.5 %; the park without a figure is named as left out."""
    rows = [share("a", 10, 100), share("b", 20, 300)]
    found = card(load(parks=parks("a", "b", "c"), observations=rows), "province", PROVINCE)
    assert found.standing is not None
    counted = [part for part in found.parts if part.told == "counted"]
    assert 7.5 == found.standing.value
    assert (30, 400) == (sum(p.numerator or 0 for p in counted), sum(p.denominator or 0 for p in counted))
    assert {"c": "no_figure"} == {part.row.slug: part.told for part in found.parts if part.told != "counted"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"valid_on": "2025-05-31"}, "stale"),
        ({"method": "decree82_2018"}, "other_method"),
        ({"numerator": "", "denominator": ""}, "no_parts"),
    ],
)
def test_what_is_left_out_says_why(load: Load, changes: dict[str, object], told: str) -> None:
    """An old figure, one by another method, one without parts."""
    rows = [share("a", 10, 100), share("b", 20, 100), {**share("c", 50, 100), **changes}]
    found = card(load(parks=parks("a", "b", "c"), observations=rows), "province", PROVINCE)
    assert {"a": "counted", "b": "counted", "c": told} == {part.row.slug: part.told for part in found.parts}


def test_a_total_is_as_sure_as_its_least_sure_part(load: Load) -> None:
    """One demonstration among official figures makes a demonstration total."""
    rows = [share("a", 10, 100), share("b", 20, 100, quality="demo")]
    found = card(load(parks=parks("a", "b"), observations=rows), "province", PROVINCE)
    assert found.standing is not None
    assert "demo" == found.standing.quality


def test_every_total_of_the_loaded_data_adds_up(map_engine: Engine) -> None:
    """Numerators and denominators of the parks are those of the total, for every share and for wastewater."""
    asked = Asked(date(2026, 10, 31), None, date(2026, 11, 15))
    wrong = []
    for indicator in ("occupancy", "clearance_cumulative", "clean_site", "infrastructure_completeness", WASTEWATER):
        found = build_figure(map_engine, FigureRequest("province", PROVINCE, indicator, asked))
        parts = [p for p in found.parts if indicator == WASTEWATER or p.told == "counted"]
        standing = found.standing
        assert standing is not None
        sums = (sum(p.numerator or 0 for p in parts), sum(p.denominator or 0 for p in parts))
        if (standing.numerator, standing.denominator) != pytest.approx(sums):
            wrong.append((indicator, standing.numerator, standing.denominator, sums))
    assert [] == wrong


@pytest.mark.parametrize(
    ("kind", "name", "indicator"),
    [
        ("park", "nowhere", "occupancy"),
        ("province", "hue", "occupancy"),
        ("park", "a", "weather"),
        ("park", "a", "revenue"),
        ("park", "a", WASTEWATER),
        ("plant", "a/", "wastewater_load"),
    ],
)
def test_what_is_not_there_is_not_found(load: Load, kind: str, name: str, indicator: str) -> None:
    """No such subject, no such indicator, or one that its kind does not have."""
    engine = load(parks=parks("a"))
    with pytest.raises(NotFound):
        card(engine, kind, name, indicator)
