"""Kept groups against groups reckoned afresh: after any changes of plots, on any day, as known at any moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.errors import ExclusionViolation, UniqueViolation
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from geoapp.store.engine import Role, make_engine, writing
from tests.conftest import EngineMaker

ORIGIN = datetime.fromisoformat("2026-01-01T00:00:00+07:00")
PLOTS = range(1, 5)
# Of every plot a square of 180 m, a smaller one, and one with a corner cut off; plots stand 10 m apart.
SHAPES = """
SELECT ST_Multi(ST_Transform((ARRAY[
    box, ST_Expand(box, -20), ST_Difference(box, ST_MakeEnvelope(ST_XMin(box), ST_YMin(box), ST_XMin(box) + 40,
                                                                 ST_YMin(box) + 40, 3857))])[:form], 4326))
FROM (SELECT ST_MakeEnvelope(11812000 + 190 * :plot, 2300000, 11812180 + 190 * :plot, 2300180, 3857)) AS one (box)
"""
START = """
INSERT INTO sources (key, title) VALUES ('test', 'Test');
INSERT INTO batches (dataset, title, loaded_by, digest) SELECT 'demo', 'Test', 'test', 'x';
INSERT INTO parks (slug) VALUES ('mot'), ('hai');
INSERT INTO plots (park_id, code) SELECT (SELECT min(id) FROM parks), 'A' || n FROM generate_series(1, 4) AS n;
"""
INSERT = f"""
INSERT INTO plot_versions (plot_id, block, use_code, state, approximate, geom, valid, recorded, quality, source_id,
                           batch_id)
SELECT (SELECT id FROM plots ORDER BY id LIMIT 1 OFFSET :plot - 1), :block, :use, :state, :approximate, ({SHAPES}),
       daterange(:first, :last), tstzrange(:known, :until), :quality, (SELECT max(id) FROM sources),
       (SELECT max(id) FROM batches)
"""
CLOSE = """
UPDATE plot_versions SET recorded = tstzrange(lower(recorded), greatest(:known, lower(recorded)))
WHERE upper_inf(recorded) AND plot_id = (SELECT id FROM plots ORDER BY id LIMIT 1 OFFSET :plot - 1)
"""
MOVE = """
UPDATE plots SET park_id = (SELECT id FROM parks WHERE slug = :park), code = :code
WHERE id = (SELECT id FROM plots ORDER BY id LIMIT 1 OFFSET :plot - 1)
"""
# All the days and moments at which anything may change, and one before each of them: group by group as kept, and as
# counted from the plots at once.
FAULTS = """
WITH moment AS (
    SELECT DISTINCT at FROM plot_versions, unnest(ARRAY[lower(recorded), upper(recorded), 'infinity',
        lower(recorded) - interval '1 second', upper(recorded) - interval '1 second']) AS at WHERE at IS NOT NULL
), day AS (
    SELECT DISTINCT on_day FROM plot_versions, unnest(ARRAY[lower(valid), lower(valid) - 1, upper(valid),
        upper(valid) - 1, '1900-01-01', '2100-01-01']) AS on_day WHERE on_day IS NOT NULL
), counted AS (
    SELECT moment.at, day.on_day, t.park_id, team.block, t.state, t.use_code, t.area_ha, t.approximate, t.quality,
           t.geom_3857
    FROM moment, day, LATERAL plots_at(day.on_day, moment.at) AS t,
    LATERAL (VALUES (coalesce(t.block, t.code)), (NULL)) AS team (block)
), by_state AS (
    SELECT at, on_day, park_id, block, (array_agg(state ORDER BY state = 'shared', area DESC, state))[1] AS state
    FROM (SELECT at, on_day, park_id, block, state, round(sum(area_ha)::numeric, 6) AS area FROM counted
          GROUP BY 1, 2, 3, 4, 5) AS s GROUP BY 1, 2, 3, 4
), by_use AS (
    SELECT at, on_day, park_id, block, (array_agg(use_code ORDER BY area DESC, use_code))[1] AS use_code
    FROM (SELECT at, on_day, park_id, block, use_code, round(sum(area_ha)::numeric, 6) AS area FROM counted
          GROUP BY 1, 2, 3, 4, 5) AS s GROUP BY 1, 2, 3, 4
), afresh AS (
    SELECT at, on_day, park_id, block, count(*) AS plots, sum(area_ha) AS area_ha, bool_or(approximate) AS approximate,
           (array_agg(quality ORDER BY quality_rank(quality) DESC))[1] AS quality, ST_Union(geom_3857) AS outline
    FROM counted GROUP BY 1, 2, 3, 4
), told AS (
    SELECT moment.at, day.on_day, g.* FROM moment, day, LATERAL plot_groups_at(day.on_day, moment.at) AS g
)
SELECT coalesce(t.at, a.at) AS known_at, coalesce(t.on_day, a.on_day) AS as_of, coalesce(t.block, a.block) AS block,
       t.plots AS kept, a.plots AS counted
FROM afresh AS a
JOIN by_state AS s
  ON (s.at, s.on_day, s.park_id, coalesce(s.block, '')) = (a.at, a.on_day, a.park_id, coalesce(a.block, ''))
JOIN by_use AS u
  ON (u.at, u.on_day, u.park_id, coalesce(u.block, '')) = (a.at, a.on_day, a.park_id, coalesce(a.block, ''))
FULL JOIN told AS t
  ON (t.at, t.on_day, t.park_id, coalesce(t.block, '')) = (a.at, a.on_day, a.park_id, coalesce(a.block, ''))
WHERE (t.plots = a.plots AND abs(t.area_ha - a.area_ha) < 1e-5 AND t.approximate = a.approximate
       AND t.quality = a.quality AND t.state = s.state AND t.use_code = u.use_code
       AND (t.block IS NULL OR ST_Area(ST_SymDifference(t.geom_3857, a.outline)) < 1)) IS NOT TRUE
"""


@dataclass(frozen=True)
class Said:
    """A version of a plot as somebody told it.

    ``back``: since how many days before now it counts as known; ``ended``: it counts until now only; ``closes``: what
    was said before of the plot is closed first.
    """

    plot: int
    form: int
    block: str | None
    use: str
    state: str
    approximate: bool
    quality: str
    first: int | None
    days: int | None
    back: int
    ended: bool
    closes: bool

    def parameters(self, known: datetime) -> dict[str, object]:
        """What the statement binds."""
        first = date(2025, 1, 1) + timedelta(days=self.first) if self.first is not None else None
        last = (first or date(2025, 1, 1)) + timedelta(days=self.days) if self.days is not None else None
        return {
            name: value for name, value in vars(self).items() if name not in {"days", "back", "ended", "closes"}
        } | {
            "first": first,
            "last": last,
            "known": known - timedelta(days=self.back),
            "until": known if self.ended else None,
        }


@dataclass(frozen=True)
class Closed:
    """All that is said of a plot is said no more."""

    plot: int


@dataclass(frozen=True)
class Moved:
    """A plot that was written under a wrong park, or code."""

    plot: int
    park: str
    code: str


SAID = st.builds(
    Said,
    plot=st.sampled_from(PLOTS),
    form=st.integers(1, 3),
    block=st.sampled_from(["K1", "K1", "A2", None]),
    use=st.sampled_from(["SKK", "TMD"]),
    state=st.sampled_from(["available", "leased", "shared"]),
    approximate=st.booleans(),
    quality=st.sampled_from(["official", "demo"]),
    first=st.none() | st.sampled_from([0, 30, 60, 300]),
    days=st.none() | st.sampled_from([1, 30, 200]),
    back=st.sampled_from([0, 0, 3, 500]),
    ended=st.booleans(),
    closes=st.booleans(),
)
CHANGE = st.one_of(
    SAID,
    SAID,
    SAID,
    st.builds(Closed, st.sampled_from(PLOTS)),
    st.builds(Moved, st.sampled_from(PLOTS), st.sampled_from(["mot", "hai"]), st.sampled_from(["A2", "B7", "C9"])),
)


@pytest.fixture(scope="module")
def engine(migrated_template: str) -> Iterator[Engine]:
    """The migrated database; every example is undone."""
    engine = make_engine(migrated_template, role=Role.OWNER)
    yield engine
    engine.dispose()


def change(connection: Connection, one: Said | Closed | Moved, known: datetime) -> None:
    """Make a change, unless the database refuses it: two versions at a time, or a code that is taken."""
    step = connection.begin_nested()
    try:
        if isinstance(one, Moved):
            connection.execute(text(MOVE), vars(one))
        elif isinstance(one, Closed) or one.closes:
            connection.execute(text(CLOSE), {"plot": one.plot, "known": known})
        if isinstance(one, Said):
            connection.execute(text(INSERT), one.parameters(known))
    except IntegrityError as error:
        if not isinstance(error.orig, ExclusionViolation | UniqueViolation):
            raise
        step.rollback()
    else:
        step.commit()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CHANGE, st.integers(0, 5)), min_size=3, max_size=14))
def test_kept_groups_are_those_reckoned_afresh(
    engine: Engine, changes: list[tuple[Said | Closed | Moved, int]]
) -> None:
    """Whatever was said, closed, re-dated, corrected, back-dated or moved, and in which order."""
    known = ORIGIN
    with engine.connect() as connection:
        begin(connection)
        for one, later in changes:
            known += timedelta(days=later)
            change(connection, one, known)
        found = connection.execute(text(FAULTS)).all()
        overlapping = connection.execute(
            text(
                "SELECT count(*) FROM plot_groups AS a JOIN plot_groups AS b ON a.id < b.id AND a.park_id = b.park_id"
                " AND a.block IS NOT DISTINCT FROM b.block AND a.valid && b.valid AND a.known && b.known"
            )
        ).scalar_one()
        connection.rollback()
    assert ([], 0) == (found, overlapping)


def begin(connection: Connection) -> None:
    """A source, a batch, two parks and the plots of the first."""
    for statement in START.strip().split(";\n"):
        connection.execute(text(statement.rstrip(";")))


PLAIN = Said(1, 1, "K1", "SKK", "leased", False, "demo", 0, None, 0, False, False)


def test_two_who_edit_one_park_at_once_see_each_other(database_url: str, engine_for: EngineMaker) -> None:
    """The later of the two waits, and its groups hold what both did: one tells of a plot, one names one anew."""
    owner = engine_for(database_url, Role.OWNER)
    with writing(owner) as connection:
        begin(connection)
        connection.execute(text(INSERT), replace(PLAIN, plot=2, block=None).parameters(ORIGIN))

    def name_anew() -> None:
        with writing(owner) as connection:
            connection.execute(text(MOVE), vars(Moved(2, "mot", "B7")))

    with ThreadPoolExecutor(1) as pool:
        with writing(owner) as connection:
            connection.execute(text(INSERT), PLAIN.parameters(ORIGIN))
            other = pool.submit(name_anew)
            with suppress(TimeoutError):
                other.result(timeout=0.7)
        other.result(timeout=20)
    with owner.connect() as connection:
        assert [] == connection.execute(text(FAULTS)).all()
        assert 2 == connection.execute(text("SELECT plots FROM plot_groups WHERE block IS NULL")).scalar_one()


def test_what_is_kept_grows_with_the_loads_and_not_with_their_square(engine: Engine) -> None:
    """A load of each month tells of one plot anew from that month on: a few more rows each time."""
    kept = []
    with engine.connect() as connection:
        begin(connection)
        for month in range(1, 13):
            known = ORIGIN + timedelta(days=30 * month)
            # As a load does: what was said is closed, the days before are said again, and those after are new.
            connection.execute(text(CLOSE), {"plot": 1, "known": known})
            for past in range(1, month + 1):
                state = ("leased", "cleared")[past % 2]
                one = replace(PLAIN, state=state, first=30 * past, days=30 if past < month else None)
                connection.execute(text(INSERT), one.parameters(known))
            kept.append(connection.execute(text("SELECT count(*) FROM plot_groups")).scalar_one())
        connection.rollback()
    assert kept[5] - kept[2] == kept[11] - kept[8]
