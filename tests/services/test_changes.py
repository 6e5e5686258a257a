"""The parts of a difference add up to it: on random histories over both clocks, and on cases worked out on paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from geoapp.errors import InvalidRequest, NotFound
from geoapp.ingest.bundle import read_bundle
from geoapp.ingest.load import load_bundle
from geoapp.kinds import PlotState
from geoapp.services.changes import Changes, ChangesRequest, Place, RowKey, build_changes_page, explain, read_changes
from geoapp.services.changes_figures import FIGURES
from geoapp.services.changes_moments import AskedPair, Pair
from geoapp.store.changes import read_joined_parts, read_parts
from geoapp.store.engine import Role, make_engine, reading
from tests.factories import observation, outline, park, plot, square, write_bundle

FIRST = date(2026, 1, 1)
KNOWN = datetime(2026, 1, 10, tzinfo=UTC)
LATER = 6
STATES = st.sampled_from([*PlotState, None])
SIDES = st.sampled_from([0.001, 0.0013, 0.002])
PLOT_FIGURES = [code for code, figure in FIGURES.items() if figure.things == "plots"]


@dataclass(frozen=True)
class Told:
    """What is told of one plot: from which knowledge on, from which day on, its state (None: not recorded) and size."""

    known: int
    days: list[tuple[int, PlotState | None, float]]


# For each plot: tellings one after the other, each of a whole history.
HISTORIES = st.lists(
    st.lists(
        st.builds(
            Told,
            st.integers(0, LATER - 2),
            st.lists(
                st.tuples(st.integers(0, LATER - 2), STATES, SIDES), min_size=1, max_size=4, unique_by=lambda d: d[0]
            ),
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda told: told.known,
    ),
    min_size=1,
    max_size=4,
)
MOMENTS = st.tuples(*[st.integers(0, LATER)] * 4)


@pytest.fixture(scope="module")
def engine(databases: object, migrated_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Two parks with outlines and a figure; every example is rolled back."""
    url = databases.make(migrated_template)  # type: ignore[attr-defined]
    owner = make_engine(url, role=Role.OWNER)
    there = {"geometry": {"type": "Point", "coordinates": [106.3, 20.2]}}
    outlines = [outline(), outline(park="kia", geometry=square(106.3, 20.2))]
    folder = write_bundle(
        tmp_path_factory.mktemp("bundle"), parks=[park(), park(slug="kia", **there)], park_outlines=outlines
    )
    load_bundle(owner, read_bundle(folder), report=lambda _: None)
    yield owner
    owner.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES, MOMENTS, st.sampled_from(PLOT_FIGURES))
def test_the_parts_add_up(
    engine: Engine, histories: list[list[Told]], moments: tuple[int, int, int, int], one: str
) -> None:
    """Whatever happened to the plots, and whatever was known of it when: the sum of all rows is the difference."""
    with engine.connect() as connection:
        for number, tellings in enumerate(histories):
            tell(connection, number, tellings)
        for figure in {"land_cleared", "land_leased", one}:
            check_sum(connection, figure, pair_of(moments))
            check_turns(connection, figure, pair_of((*moments[:2], LATER, LATER)))
        connection.rollback()


def check_sum(connection: Connection, figure: str, pair: Pair) -> None:
    """Rows, groups, reasons and both levels fit each other, and what is counted plot by plot."""
    found = explain(connection, ChangesRequest(figure, asked()), pair, Place(None, None, None), most=None)
    before, _, after = (counted(connection, figure, **point) for point in pair.points)
    assert after - before == found.delta
    assert (before, after) == (found.level_from, found.level_to)
    assert found.delta == sum((row.delta for row in found.rows), Decimal(0))
    assert found.delta == sum((group.delta for group in found.groups), Decimal(0))
    assert len(found.rows) == sum(one.rows for one in found.reasons)
    assert [] == [row for row in found.rows if row.delta == 0]


def check_turns(connection: Connection, figure: str, pair: Pair, most: int | None = None) -> int:
    """What is kept of the days on which plots turned gives the same parts as all their versions; how many."""
    page = {"parks": None, "decimals": 4, "step": None, "reason": None, "most": most}
    asked_for = {**pair.parameters, **FIGURES[figure].parameters, **page, **dict.fromkeys(AFTER)}
    kept, joined = (read(connection, "plots", asked_for) for read in (read_parts, read_joined_parts))
    assert joined[0] == kept[0]
    assert [row._asdict() | {"groups": None} for row in joined[1]] == [r._asdict() | {"groups": None} for r in kept[1]]
    return len(kept[1])


AFTER = ("after_park", "after_code", "after_place")


def tell(connection: Connection, number: int, tellings: list[Told]) -> None:
    """Enter a plot and all that is told of it; each telling closes the one before."""
    slug, lon = (("thu", 106.102), ("kia", 106.302))[number % 2]
    plot_id = connection.execute(
        text("INSERT INTO plots (park_id, code) SELECT id, :code FROM parks WHERE slug = :slug RETURNING id"),
        {"code": f"P{number}", "slug": slug},
    ).scalar_one()
    for told in sorted(tellings, key=lambda one: one.known):
        known = KNOWN + timedelta(days=told.known)
        connection.execute(
            text(
                "UPDATE plot_versions SET recorded = tstzrange(lower(recorded), :known)"
                " WHERE plot_id = :plot AND upper_inf(recorded)"
            ),
            {"known": known, "plot": plot_id},
        )
        days = sorted(told.days)
        ends = [*(FIRST + timedelta(days=day) for day, _, _ in days[1:]), None]
        for (day, state, side), end in zip(days, ends, strict=True):
            if state is not None:
                values = {"plot": plot_id, "state": state, "lon": lon, "side": side, "known": known}
                connection.execute(INSERT, {**values, "begin": FIRST + timedelta(days=day), "end": end})


INSERT = text(
    "INSERT INTO plot_versions (plot_id, use_code, state, approximate, geom, valid, recorded, quality,"
    " source_id, batch_id)"
    " SELECT :plot, CASE WHEN :side = 0.002 THEN 'DGT' ELSE 'SKK' END, :state, :side <> 0.001,"
    " ST_Multi(ST_MakeEnvelope(:lon, 20.202, :lon + :side, 20.202 + :side, 4326)), daterange(:begin, :end),"
    " tstzrange(:known, NULL), CASE WHEN :begin > date '2026-01-03' THEN quality 'demo' ELSE 'official' END,"
    " (SELECT max(id) FROM sources), (SELECT max(id) FROM batches)"
)


def pair_of(moments: tuple[int, int, int, int]) -> Pair:
    """Two days and two moments of knowledge, each in order; the last moment of knowledge is now."""
    days = sorted(FIRST + timedelta(days=number) for number in moments[:2])
    known = [None if number == LATER else KNOWN + timedelta(days=number) for number in sorted(moments[2:])]
    return Pair(days[0], days[1], known[0], known[1], None, None)


def counted(connection: Connection, figure: str, day: date, known: object) -> Decimal:
    """The figure counted plot by plot, as the map shows them: another way than the one under test."""
    statement = text(
        "SELECT coalesce(sum(round(area_ha::numeric, 4)), 0) FROM plots_at(:day, :known)"
        " WHERE state = ANY (:states) AND use_code = ANY (:uses)"
    )
    values = {"day": day, "known": known, **FIGURES[figure].parameters}
    return Decimal(connection.execute(statement, values).scalar_one())


def asked(
    from_day: date | None = None,
    to_day: date | None = None,
    from_known: datetime | None = None,
    to_known: datetime | None = None,
) -> AskedPair:
    """Two moments."""
    return AskedPair(from_day, to_day, from_known, to_known, date(2026, 7, 15))


@pytest.mark.parametrize("figure", PLOT_FIGURES)
def test_what_is_kept_of_turns_tells_what_all_versions_tell(map_engine: Engine, figure: str) -> None:
    """Over the demonstration: months and years, whole and by pages."""
    ends = [date(2024, 1, 31), date(2024, 12, 31), date(2025, 4, 15), date(2025, 10, 31), date(2026, 10, 31)]
    seen = 0
    with reading(map_engine) as connection:
        for begin, end in combinations(ends, 2):
            pair = Pair(begin, end, None, None, None, None)
            seen += check_turns(connection, figure, pair) + check_turns(connection, figure, pair, 7)
    assert seen > 0


def test_turns_follow_the_park_and_the_name_of_a_plot(loaded_copy_url: str, engine_for: Callable[..., Engine]) -> None:
    """And are gone when all plots are."""
    owner = engine_for(loaded_copy_url)
    pair = Pair(date(2025, 10, 31), date(2026, 10, 31), None, None, None, None)
    with owner.connect() as connection:
        connection.execute(text("UPDATE plots SET code = 'X' || code"))
        assert check_turns(connection, "land_leased", pair) > 0
        connection.execute(text("TRUNCATE plot_versions"))
        assert 0 == connection.execute(text("SELECT count(*) FROM plot_turns")).scalar_one()


# --- Cases on paper: the hectares of plots are read from the map, items and plants have round numbers.

Load = Callable[..., datetime]
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture
def load(database_url: str, engine_for: Callable[[str, Role], Engine], tmp_path: Path) -> Load:
    """Loads tables of the board one after the other; says when that was."""
    owner = engine_for(database_url, Role.OWNER)

    def store(**tables: object) -> datetime:
        with owner.connect() as connection:
            number = connection.execute(text("SELECT count(*) FROM batches")).scalar_one()
        if number == 0:
            figures = [observation(valid_on=day.isoformat(), numerator=1, denominator=2) for day in (MAY, JUNE)]
            tables = {"parks": [park()], "park_outlines": [outline()], "observations": figures, **tables}
        load_bundle(owner, read_bundle(write_bundle(tmp_path / str(number), **tables)), report=lambda _: None)  # type: ignore[arg-type]
        with owner.connect() as connection:
            return connection.execute(text("SELECT clock_timestamp()")).scalar_one()  # type: ignore[no-any-return]

    return store


@pytest.fixture
def look(database_url: str, engine_for: Callable[[str, Role], Engine]) -> Callable[..., Changes]:
    """The difference of a figure, as the map role sees it."""

    def read(figure: str, *moments: object, **about: object) -> Changes:
        return read_changes(engine_for(database_url, Role.MAP), ChangesRequest(figure, asked(*moments), **about))  # type: ignore[arg-type]

    return read


def hectares(engine: Engine, code: str) -> list[Decimal]:
    """The sizes that a plot has had, in the order of time."""
    statement = text(
        "SELECT area_ha FROM plot_measures WHERE code = :code AND upper_inf(recorded) ORDER BY lower(valid)"
    )
    with engine.connect() as connection:
        return list(connection.execute(statement, {"code": code}).scalars())


def reasons(found: Changes) -> list[tuple[str, str, Decimal]]:
    """Step, reason and sum of all parts."""
    return [(one.step, one.reason, one.delta) for one in found.reasons]


def item(**changes: object) -> dict[str, object]:
    """Roads of 100 billion dong of which 30 % are done."""
    row = {"park": "thu", "code": "HT-01", "kind": "roads", "name_vi": "Đường", "name_en": "Roads", "state": "building"}
    values = {"progress_pct": 30, "planned_value_vnd_bn": 100, "approximate": "true", "valid_from": "2026-01-01"}
    return {**row, **values, "geometry": {"type": "Point", "coordinates": [106.105, 20.205]}, **changes}


def test_more_works_and_a_new_plan_are_told_apart(load: Load, look: Callable[..., Changes]) -> None:
    """100 bn with 30 % done, then 120 bn with 50 %: +30, of which 0,3 x 20 = 6 by the plan and 24 by works."""
    load(infrastructure_items=[item(), item(valid_from="2026-06-10", progress_pct=50, planned_value_vnd_bn=120)])
    found = look("infrastructure_done", MAY, JUNE)
    assert (30, 60, 30) == (found.level_from, found.level_to, found.delta)
    assert [("change", "entered", 24), ("change", "remeasured", 6)] == reasons(found)


def test_works_put_lower_are_told(load: Load, look: Callable[..., Changes]) -> None:
    """100 bn with 50 % done, then 80 bn with 20 %: -34, of which 0,2 x -20 = -4 by the plan and -30 by works."""
    load(
        infrastructure_items=[
            item(progress_pct=50),
            item(valid_from="2026-06-10", progress_pct=20, planned_value_vnd_bn=80),
        ]
    )
    assert [("change", "left", -30), ("change", "remeasured", -4)] == reasons(look("infrastructure_done", MAY, JUNE))


def test_an_item_without_a_value_is_told_and_not_counted(load: Load, look: Callable[..., Changes]) -> None:
    """No planned value is no value, not 0; when it becomes known, the item is newly recorded with all of it."""
    load(infrastructure_items=[item(planned_value_vnd_bn=""), item(valid_from="2026-06-10")])
    found = look("infrastructure_done", MAY, JUNE)
    assert (0, 30) == (found.level_from, found.level_to)
    assert [("change", "added", 30)] == reasons(found)
    assert 1 == look("infrastructure_done", MAY, MAY).without_value


def plant(**changes: object) -> dict[str, object]:
    """A plant of 2.000 m³ a day in operation."""
    row = {"park": "thu", "code": "TT", "name_vi": "Nhà máy", "name_en": "Plant", "state": "operating"}
    return {**row, "capacity_m3_day": 2000, "approximate": "true", "valid_from": "2026-01-01", **changes}


def test_capacity_counts_while_the_plant_operates(load: Load, look: Callable[..., Changes]) -> None:
    """2.000 m³ suspended, 3.500 m³ from another plant begun, a third one made larger by 500: +2.000."""
    load(
        wastewater_plants=[
            plant(), plant(valid_from="2026-06-05", state="suspended"),
            plant(code="T2", capacity_m3_day=3500, state="trial"),
            plant(code="T2", capacity_m3_day=3500, valid_from="2026-06-20"),
            plant(code="T3", capacity_m3_day=1000), plant(code="T3", capacity_m3_day=1500, valid_from="2026-06-01"),
        ]
    )  # fmt: skip
    found = look("wastewater_capacity", MAY, JUNE)
    assert (3000, 5000) == (found.level_from, found.level_to)
    assert [("change", "entered", 3500), ("change", "left", -2000), ("change", "remeasured", 500)] == reasons(found)


def test_leased_and_returned_plots(load: Load, look: Callable[..., Changes], database_url: str) -> None:
    """One plot let, one given back: each with all of its hectares."""
    second = {"code": "A2", "geometry": square(106.105, 20.202, 0.001)}
    load(
        plots=[
            plot(valid_from="2026-01-01"), plot(valid_from="2026-06-15", state="leased"),
            plot(**second, valid_from="2026-01-01", state="building"),
            plot(**second, valid_from="2026-06-15", state="available"),
        ]
    )  # fmt: skip
    engine = make_engine(database_url, role=Role.OWNER)
    one, two = hectares(engine, "A1")[0], hectares(engine, "A2")[0]
    engine.dispose()
    found = look("land_leased", MAY, JUNE)
    assert [("change", "entered", one), ("change", "left", -two)] == reasons(found)
    assert (one - two, Decimal(0)) == (found.delta, look("land_cleared", MAY, JUNE).delta)


def test_a_lease_that_is_built_on_is_no_change(load: Load, look: Callable[..., Changes]) -> None:
    """Leased, then under construction: leased land all the time, so there is no row."""
    load(plots=[plot(valid_from="2026-01-01", state="leased"), plot(valid_from="2026-06-15", state="building")])
    assert [] == list(look("land_leased", MAY, JUNE).rows)


def test_a_plot_measured_anew(load: Load, look: Callable[..., Changes], database_url: str) -> None:
    """The same plot with another outline: the difference of both sizes, as re-measured."""
    wider = square(106.102, 20.202, 0.0021)
    load(
        plots=[
            plot(valid_from="2026-01-01", state="leased"),
            plot(valid_from="2026-06-15", state="leased", geometry=wider),
        ]
    )
    engine = make_engine(database_url, role=Role.OWNER)
    before, after = hectares(engine, "A1")
    engine.dispose()
    found = look("land_leased", MAY, JUNE)
    assert [("change", "remeasured", after - before)] == reasons(found)
    assert after > before > 0


def test_a_correction_is_told_apart_from_a_change(load: Load, look: Callable[..., Changes]) -> None:
    """First 30 % of 100 bn in May and June; then it is found that May had 40 % already, and June 45 %: +10 and +5."""
    known = load(infrastructure_items=[item()])
    load(infrastructure_items=[item(progress_pct=40), item(valid_from="2026-06-10", progress_pct=45)])
    found = look("infrastructure_done", MAY, JUNE, known)
    assert (30, 45) == (found.level_from, found.level_to)
    assert [("correction", "entered", 10), ("change", "entered", 5)] == reasons(found)
    assert [] == reasons(look("infrastructure_done", MAY, JUNE, known, known))


def test_a_load_that_says_nothing_new_corrects_nothing(load: Load, look: Callable[..., Changes]) -> None:
    """A later version splits the row of the earlier days; they say what they said before."""
    known = load(infrastructure_items=[item()])
    load(infrastructure_items=[item(valid_from="2026-06-10", progress_pct=45)])
    assert [("change", "entered", 15)] == reasons(look("infrastructure_done", MAY, JUNE, known))


def test_rows_are_paged_by_their_key(load: Load, look: Callable[..., Changes]) -> None:
    """What comes after a row begins with the next one; nothing is told twice, nothing is left out."""
    codes = [f"B{number:02d}" for number in range(7)]
    rows = [plot(code=code, valid_from=day, state=state) for code in codes
            for day, state in (("2026-01-01", "available"), ("2026-06-15", "leased"))]  # fmt: skip
    load(plots=rows)
    whole = look("land_leased", MAY, JUNE)
    rest = look("land_leased", MAY, JUNE, after=RowKey("thu", "B03", whole.rows[3].place))
    assert codes == [row.code for row in whole.rows]
    assert codes[4:] == [row.code for row in rest.rows]
    assert whole.delta == rest.delta


def test_only_one_park(load: Load, look: Callable[..., Changes]) -> None:
    """The difference of another park is not told."""
    load(
        parks=[park(), park(slug="kia")], infrastructure_items=[item(), item(valid_from="2026-06-10", progress_pct=50)]
    )
    assert (20, 0) == tuple(look("infrastructure_done", MAY, JUNE, park=slug).delta for slug in ("thu", "kia"))


def test_the_month_before_is_the_default(
    load: Load, database_url: str, engine_for: Callable[[str, Role], Engine]
) -> None:
    """Without days: the newest month with figures against the one before."""
    load()
    page = build_changes_page(engine_for(database_url, Role.MAP), ChangesRequest("land_leased", asked()))
    assert (MAY, JUNE) == (page.changes.pair.from_day, page.changes.pair.to_day)


@pytest.mark.parametrize(
    ("moments", "told"),
    [
        ((JUNE, MAY), "2026-06-30, is after the second, 2026-05-31"),
        ((date(2020, 1, 1), JUNE), "no figures before 2026-05-31"),
        ((MAY, date(2020, 1, 1)), "no figures before 2026-05-31"),
        ((MAY, JUNE, datetime(2020, 1, 1, tzinfo=UTC)), "Nothing was known on 2020-01-01"),
        (
            (MAY, JUNE, datetime(2099, 1, 2, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)),
            "is later than what was known",
        ),
    ],
)
def test_moments_that_cannot_be_compared(
    load: Load, look: Callable[..., Changes], moments: tuple[object], told: str
) -> None:
    """Each with a sentence that says what was found."""
    load()
    with pytest.raises(InvalidRequest, match=told):
        look("land_leased", *moments)


def test_an_unknown_figure_is_refused(load: Load, look: Callable[..., Changes]) -> None:
    """The sentence lists the figures there are."""
    load()
    with pytest.raises(InvalidRequest, match=r"expected one of land_cleared, land_leased.*found “rain”"):
        look("rain")


@pytest.mark.parametrize("about", [{"park": "nowhere"}, {"zone": "nowhere"}])
def test_an_unknown_place_is_refused(load: Load, look: Callable[..., Changes], about: dict[str, str]) -> None:
    """Park or zone."""
    load()
    with pytest.raises(NotFound, match="nowhere"):
        look("land_leased", **about)
