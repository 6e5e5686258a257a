"""Plots by block and by park, as the database keeps them: always what the plots themselves say."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text

from geoapp.store.engine import Role, reading, writing

# Counted from the plots, as one would by hand; beside it what is kept. A plot without a block is one by itself.
FAULTS = """
WITH told AS (
    SELECT g.park_id, g.block, g.plots, g.area_ha, g.approximate, g.quality
    FROM plot_groups_at(:as_of, :known_at) AS g
), counted AS (
    SELECT t.park_id, team.block, count(*) AS plots, sum(t.area_ha) AS area_ha,
           bool_or(t.approximate) AS approximate,
           (array_agg(t.quality ORDER BY quality_rank(t.quality) DESC))[1] AS quality
    FROM plots_at(:as_of, :known_at) AS t,
    LATERAL (VALUES (coalesce(t.block, t.code)), (NULL)) AS team (block)
    GROUP BY t.park_id, team.block
)
SELECT count(*) FROM told AS a
FULL JOIN counted AS b ON b.park_id = a.park_id AND coalesce(b.block, '') = coalesce(a.block, '')
WHERE (abs(a.area_ha - b.area_ha) < 1e-5 AND a.plots = b.plots AND a.approximate = b.approximate
       AND a.quality = b.quality) IS NOT TRUE
"""
DAYS = ("2023-12-31", "2024-01-31", "2025-03-15", "2026-10-31", "2030-01-01")


def faults(connection: Connection, known_at: str = "infinity") -> int:
    """How many groups differ from their plots, over some days."""
    return sum(connection.execute(text(FAULTS), {"as_of": day, "known_at": known_at}).scalar_one() for day in DAYS)


def test_groups_are_what_their_plots_are(map_engine: Engine) -> None:
    """Number, area, trust: on every day, for blocks and parks."""
    with reading(map_engine) as connection:
        assert 0 == faults(connection)
        assert 500 < connection.execute(text("SELECT count(*) FROM plot_groups")).scalar_one()


def test_a_block_is_outlined_as_its_plots_are(map_engine: Engine) -> None:
    """The outline covers what the plots cover, and the slips between them."""
    statement = """
        SELECT max(ST_Area(ST_SymDifference(g.geom_3857, p.geom)) / ST_Area(g.geom_3857)) AS differs,
               max(ST_Area(ST_Difference(p.geom, g.geom_3857)) / ST_Area(p.geom)) AS lost
        FROM plot_groups_at('2026-10-31', 'infinity') AS g
        JOIN (SELECT park_id, coalesce(block, code) AS block, ST_Union(geom_3857) AS geom
              FROM plots_at('2026-10-31', 'infinity') GROUP BY 1, 2) AS p
          ON p.park_id = g.park_id AND p.block = g.block
        WHERE g.park_slug IN ('khanh-phu', 'bao-minh')
    """
    with reading(map_engine) as connection:
        row = connection.execute(text(statement)).one()
        assert row.lost < 1e-4
        assert row.differs < 0.02


def test_the_state_of_most_of_the_area_stands_for_the_park(map_engine: Engine) -> None:
    """Shared land decides only where there is nothing else."""
    statement = """
        SELECT count(*) FROM plot_groups_at('2026-10-31', 'infinity') AS g
        WHERE g.block IS NULL AND g.state <> (
            SELECT t.state FROM plots_at('2026-10-31', 'infinity') AS t WHERE t.park_id = g.park_id
            GROUP BY t.state ORDER BY t.state = 'shared', sum(t.area_ha) DESC, t.state LIMIT 1)
    """
    with reading(map_engine) as connection:
        assert 0 == connection.execute(text(statement)).scalar_one()


CLOSE = (
    "UPDATE plot_versions SET recorded = tstzrange(lower(recorded), now())"
    " WHERE upper_inf(recorded) AND plot_id IN ({})"
)
SOME = "SELECT p.id FROM plots AS p JOIN parks ON parks.id = p.park_id WHERE parks.slug = 'bao-minh' AND p.id % 3 = 0"
NEW = """
INSERT INTO plot_versions (plot_id, block, use_code, state, approximate, geom, valid, quality, source_id, batch_id)
SELECT DISTINCT ON (v.plot_id) v.plot_id, {block}, v.use_code, {state}, {approximate}, v.geom, {valid}, v.quality,
       v.source_id, v.batch_id
FROM plot_versions AS v WHERE v.plot_id IN ({some}) AND upper(v.recorded) = now()
ORDER BY v.plot_id, lower(v.valid) DESC
"""


def anew(
    block: str = "v.block", state: str = "v.state", approximate: str = "v.approximate", valid: str = "v.valid"
) -> str:
    """Plots closed and said anew."""
    return f"{CLOSE.format(SOME)}; " + NEW.format(
        block=block, state=state, approximate=approximate, valid=valid, some=SOME
    )


@pytest.mark.parametrize(
    "change",
    [
        CLOSE.format(SOME),
        anew(state="'reserved'"),
        anew(block="'Z9'"),
        anew(block="NULL", approximate="false"),
        anew(valid="daterange('2025-02-10', '2026-02-10')"),
        "SELECT close_dataset('demo')",
    ],
)
def test_groups_follow_every_change(
    loaded_copy_url: str, engine_for: Callable[[str, Role], Engine], change: str
) -> None:
    """In the same transaction, also by hand; what was known before stays as it was."""
    with writing(engine_for(loaded_copy_url, Role.OWNER)) as connection:
        before = connection.execute(text("SELECT clock_timestamp()::text")).scalar_one()
        for statement in change.split("; "):
            connection.execute(text(statement))
        assert 0 == faults(connection)
        assert 0 == faults(connection, "2020-01-01")
    with reading(engine_for(loaded_copy_url, Role.MAP)) as connection:
        assert 0 == faults(connection)
        assert 0 == faults(connection, before)


def test_only_plots_write_groups(map_engine: Engine) -> None:
    """The map role cannot; and what is derived is watched like all else."""
    with reading(map_engine) as connection:
        may = connection.execute(text("SELECT has_table_privilege('geoapp_map', 'plot_groups', 'INSERT')")).scalar_one()
        assert not may
