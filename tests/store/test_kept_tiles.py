"""Tiles that lie ready are those that would be read, and are gone when what they show has changed."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue, Days
from geoapp.resources import layers_dir
from geoapp.services.moment import Asked
from geoapp.services.readers import Engines
from geoapp.services.tile_days import OF_ALL, DaysRequest, read_all_days
from geoapp.services.tiles import TileMaker, TileRequest, days_request, tile_steps
from geoapp.services.tiles_ahead import TilesAhead
from geoapp.store.engine import Role, make_engine, reading, writing
from geoapp.store.kept_tiles import begin_keeping, end_keeping, find_kept, keep
from geoapp.store.tile_days import day_number, days_statement
from geoapp.store.tiles import TILE_BOX, Place
from geoapp.store.versions import find_version
from tests.conftest import EngineMaker
from tests.store.test_tile_days import DAYS, OUTLINE_ENDS, PLOTS_END, contents, day_tiles
from tests.web.test_tile_answers import tile_at

CATALOGUE = load_catalogue(layers_dir())
BY_STATE = replace(CATALOGUE, layers={"plot_state": CATALOGUE.layers["plot_state"]})
FINE = Place(*map(int, tile_at(14).split("/")))


@pytest.fixture
def owner(loaded_copy_url: str, engine_for: EngineMaker) -> Engine:
    """Who may write."""
    return engine_for(loaded_copy_url)


@pytest.fixture
def engine(loaded_copy_url: str, engine_for: EngineMaker) -> Engine:
    """Who reads for the map."""
    return engine_for(loaded_copy_url, Role.MAP)


def ahead(engine: Engine, owner: Engine, catalogue: Catalogue = BY_STATE) -> TilesAhead:
    """As a worker has it."""
    return TilesAhead(engine, owner, catalogue)


def requests(place: Place) -> Iterator[DaysRequest]:
    """All that is drawn at a place with all its days."""
    for layer in CATALOGUE.layers.values():
        for step in tile_steps(layer, place.z)[:1]:
            asked = days_request(layer, step, place, OF_ALL)
            if asked:
                yield asked


def kept_rows(engine: Engine) -> dict[tuple[str, Place], tuple[str, bytes, bytes, bytes, bytes]]:
    """All tiles that lie ready: what they draw and where, to their level and parts."""
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT drawing, z, x, y, level, body, edges, since, until FROM kept_tiles"))
        return {
            (row.drawing, Place(row.z, row.x, row.y)): (
                row.level,
                *map(bytes, (row.body, row.edges, row.since, row.until)),
            )
            for row in rows
        }


def assert_all_are_true(engine: Engine) -> int:
    """Every tile that lies ready is the one that would be read now; how many there are."""
    rows = kept_rows(engine)
    for (drawing, place), (_, body, edges, since, until) in rows.items():
        (asked,) = (one for one in requests(place) if one.drawing == drawing)
        fresh = read_all_days(engine, asked)
        parts = tuple(part.astype("<i4").tobytes() for part in (fresh.edges, fresh.since, fresh.until))
        assert (fresh.body, *parts) == (body, edges, since, until), (asked.name, place)
    return len(rows)


def test_what_lies_ready_is_what_is_read(engine: Engine, owner: Engine, tmp_path: Path) -> None:
    """For the newest days and for earlier ones, of every level, by a server that has just begun; in one statement."""
    made, is_whole = ahead(engine, owner, CATALOGUE).prepare()
    assert is_whole
    assert made == assert_all_are_true(engine) > 0
    engines = Engines(engine, engine, engine)
    for layer, z, day in [(layer, z, day) for layer in ("plot_state", "plot_use") for z in (9, 11, 14) for day in DAYS]:
        place = Place(*map(int, tile_at(z).split("/")))
        asked = TileRequest(layer, place.z, place.x, place.y, Asked(day, None, date(2026, 11, 2)))
        tile = TileMaker(engines, CATALOGUE, 10**7).tile(asked)
        step = tile_steps(CATALOGUE.layers[layer], z)[0]
        of_days = days_request(CATALOGUE.layers[layer], step, place, OF_ALL)
        assert of_days
        found = find_kept(engine, of_days.drawing, place, day_number(day))
        assert found.is_there
        assert (found.newest is None) == (found.days is not None)
        fresh = read_all_days(engine, of_days).on(day)
        assert contents(fresh, tmp_path) == contents(tile, tmp_path) != []
        assert fresh == tile
        assert fresh == day_tiles(engine).pick(of_days, day, None)
    assert find_kept(engine, of_days.drawing, place, day_number(DAYS[-1])).newest, (
        "the last day is sent as it lies ready"
    )


def test_nothing_is_made_twice_and_what_nobody_draws_goes(engine: Engine, owner: Engine) -> None:
    """A second look finds all there; a declaration that has changed takes its tiles along."""
    tiles = ahead(engine, owner)
    assert [0, True] == [tiles.look(lambda: False), tiles.look(lambda: False) > 0]
    assert 0 == tiles.look(lambda: False)
    assert (0, True) == tiles.prepare()
    nothing = replace(CATALOGUE, layers={})
    assert (0, True) == ahead(engine, owner, nothing).prepare()
    assert {} == kept_rows(engine)


def test_what_a_crash_took_is_made_again(engine: Engine, owner: Engine) -> None:
    """The table is empty after a crash, and the data are what they were."""
    tiles = ahead(engine, owner)
    tiles.look(lambda: False)
    made = tiles.look(lambda: False)
    with writing(owner) as connection:
        connection.execute(text("TRUNCATE kept_tiles"))
    assert made == tiles.look(lambda: False) == len(kept_rows(engine)) > 0
    assert 0 == tiles.look(lambda: False)


def test_only_one_makes_tiles(engine: Engine, owner: Engine) -> None:
    """Another worker leaves it to who is at it; and one that is to end ends."""
    with owner.connect() as other:
        assert begin_keeping(other)
        assert (0, False) == ahead(engine, owner).prepare()
        end_keeping(other)
    assert (0, False) == ahead(engine, owner).prepare(is_ending=lambda: True)


EDITS = {
    "plots that end": PLOTS_END,
    "an outline that ends": OUTLINE_ENDS,
    "a park with another name": "UPDATE parks SET slug = 'bao-minh-2' WHERE id = :park",
    "plots with other names": "UPDATE plots SET code = 'X' || code WHERE park_id = :park",
    "a plot that goes elsewhere": """
        WITH one AS (SELECT v.id, v.geom FROM plot_versions AS v JOIN plots AS p ON p.id = v.plot_id
                     WHERE p.park_id = :park AND upper_inf(v.recorded) ORDER BY v.id LIMIT 1),
             closed AS (UPDATE plot_versions AS v SET recorded = tstzrange(lower(v.recorded), now()) FROM one
                        WHERE v.id = one.id RETURNING v.*)
        INSERT INTO plot_versions (plot_id, block, use_code, state, approximate, geom, valid, quality, source_id,
                                   batch_id)
        SELECT plot_id, block, use_code, state, approximate, ST_Translate(geom, 0.0002, 0.0002), valid, quality,
               source_id, batch_id
        FROM closed""",
    "a park version that is corrected": """
        WITH closed AS (UPDATE park_versions SET recorded = tstzrange(lower(recorded), now())
                        WHERE park_id = :park AND upper_inf(recorded) RETURNING *)
        INSERT INTO park_versions (park_id, name_vi, name_en, former_province, zone_id, status, location_vi,
                                   location_basis, geom, valid, quality, source_id, batch_id)
        SELECT park_id, name_vi || ' mới', name_en, former_province, zone_id, status, location_vi, location_basis,
               geom, valid, quality, source_id, batch_id FROM closed""",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_what_lies_ready_after_an_edit_is_true(engine: Engine, owner: Engine, edit: str) -> None:
    """Nothing that shows what was before; much that the edit does not touch; and all again after the next look."""
    ahead(engine, owner).prepare()
    before = len(kept_rows(engine))
    with writing(owner) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
        assert connection.execute(text(edit), {"park": park}).rowcount > 0
    left = assert_all_are_true(engine)
    assert left < before
    made, is_whole = ahead(engine, owner).prepare()
    assert is_whole
    assert made > 0
    assert left + made == assert_all_are_true(engine)


def test_a_plot_takes_away_only_where_it_lies(engine: Engine, owner: Engine) -> None:
    """Tiles of plots elsewhere stay; figures and cases take none away."""
    ahead(engine, owner).prepare()
    before = {key for key, (level, *_) in kept_rows(engine).items() if level == "features"}
    with writing(owner) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
        connection.execute(text(PLOTS_END), {"park": park})
    after = {key for key, (level, *_) in kept_rows(engine).items() if level == "features"}
    assert 0 < len(before - after) < len(after)
    with writing(owner) as connection:
        connection.execute(text("UPDATE observations SET recorded = tstzrange(lower(recorded), now()) WHERE id = 1"))
        connection.execute(text("UPDATE choices SET value = 2 WHERE key = 'wastewater_period_months'"))
    assert after == {key for key, (level, *_) in kept_rows(engine).items() if level == "features"}


@pytest.mark.parametrize("table", ["plot_versions", "plot_groups", "park_outline_versions"])
def test_what_is_emptied_takes_its_tiles_along(engine: Engine, owner: Engine, table: str) -> None:
    """TRUNCATE touches no rows that a trigger could look at."""
    ahead(engine, owner).prepare()
    with writing(owner) as connection:
        connection.execute(text(f"TRUNCATE {table} CASCADE"))
    assert_all_are_true(engine)


def _tables_read(connection: Connection, statement: str) -> set[str]:
    """All tables that a statement reads, by its plan, and functions that the plan does not look into."""
    (plan,) = connection.execute(text(f"EXPLAIN (VERBOSE, FORMAT JSON) {statement}")).scalar_one()
    told = json.dumps(plan)
    hidden = set(re.findall(r'"Function Name": "([^"]+)"', told)) - {"unnest", "generate_series"}
    assert not hidden, f"a function hides what it reads: {hidden}"
    return set(re.findall(r'"Relation Name": "([^"]+)"', told)) - {"data_version"}


READ = {
    "features": {"plot_versions", "plots", "parks"},
    "blocks": {"plot_groups", "parks"},
    "parks": {"plot_groups", "parks", "park_versions", "park_outline_versions"},
}


def test_the_tables_that_tiles_show_are_known(engine: Engine) -> None:
    """The migration says which tables take which tiles away: a level that reads another one needs another migration."""
    seen = set()
    with reading(engine) as connection:
        for z in (9, 11, 14):
            for asked in requests(Place(*map(int, tile_at(z).split("/")))):
                statement = str(days_statement(asked.sql, asked.columns))
                for name, value in {**vars(asked.place), "name": asked.name, **dict(asked.bound)}.items():
                    written = "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"
                    statement = re.sub(rf"(?<!:):{name}\b", written, statement)
                assert READ[asked.name] == _tables_read(connection, statement)
                seen.add(asked.name)
    assert set(READ) == seen
    assert "ST_TileEnvelope" in TILE_BOX


def test_a_new_table_takes_all_tiles_away_until_it_is_named(engine: Engine, owner: Engine) -> None:
    """So that what is forgotten makes tiles slow, not wrong."""
    ahead(engine, owner).prepare()
    with writing(owner) as connection:
        connection.execute(text("CREATE TABLE later (id integer)"))
        connection.execute(text("CALL watch_table('later')"))
        connection.execute(text("INSERT INTO later VALUES (1)"))
    assert {} == kept_rows(engine)


def test_every_named_table_is_one(engine: Engine) -> None:
    """A name that is misspelt would take nothing away where it should, or all where it need not."""
    with reading(engine) as connection:
        body = connection.execute(text("SELECT prosrc FROM pg_proc WHERE proname = 'renew_data_version'")).scalar_one()
        named = set(re.findall(r"'([a-z_]+)'", body)) - {"features"}
        watched = set(
            connection.execute(
                text("SELECT CAST(tgrelid AS regclass)\\:\\:text FROM pg_trigger WHERE tgname = 'renew_data_version'")
            ).scalars()
        )
    assert watched == named
    assert set().union(*READ.values()) < named


def make_one(engine: Engine) -> tuple[DaysRequest, Place]:
    """A tile over Bảo Minh with plots in it."""
    asked = next(requests(FINE))
    assert read_all_days(engine, asked).size > 1000
    return asked, FINE


def test_a_tile_of_older_data_is_not_kept(engine: Engine, owner: Engine) -> None:
    """Read before a change and handed in after it."""
    asked, place = make_one(engine)
    days = read_all_days(engine, asked)
    with writing(owner) as connection:
        connection.execute(text("UPDATE choices SET value = 3 WHERE key = 'wastewater_period_months'"))
    with writing(owner) as connection:
        assert not keep(connection, asked.drawing, asked.name, place, days, days.version)
    assert {} == kept_rows(engine)


def test_a_tile_is_not_kept_in_the_midst_of_a_change(engine: Engine, owner: Engine) -> None:
    """Who hands it in waits for the end of the change, and finds other data."""
    asked, place = make_one(engine)
    days = read_all_days(engine, asked)
    answers: list[bool] = []

    def hand_in() -> None:
        with writing(owner) as connection:
            answers.append(keep(connection, asked.drawing, asked.name, place, days, days.version))

    waiting = threading.Thread(target=hand_in)
    with writing(owner) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
        connection.execute(text(PLOTS_END), {"park": park})
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(20)
    assert [False] == answers
    assert {} == kept_rows(engine)


def test_a_change_waits_for_a_tile_that_is_handed_in_and_takes_it_away(engine: Engine, owner: Engine) -> None:
    """The other way round: nothing slips in between."""
    asked, place = make_one(engine)
    days = read_all_days(engine, asked)

    def change() -> None:
        with writing(owner) as connection:
            park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
            connection.execute(text(PLOTS_END), {"park": park})

    waiting = threading.Thread(target=change)
    with writing(owner) as connection:
        assert keep(connection, asked.drawing, asked.name, place, days, days.version)
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
    waiting.join(20)
    assert {} == kept_rows(engine)
    assert days.version != find_version(engine)


def test_all_days_that_are_too_much_are_known_to_be(engine: Engine, owner: Engine) -> None:
    """They are not read again and again, and the tile of a day is still to be had."""
    asked, place = make_one(engine)
    version = find_version(engine)
    with writing(owner) as connection:
        assert keep(connection, asked.drawing, asked.name, place, None, version)
        assert keep(connection, asked.drawing, asked.name, place, None, version), "it is there already"
    found = find_kept(engine, asked.drawing, place, day_number(DAYS[0]))
    assert (True, None, None) == (found.is_there, found.newest, found.days)
    tiles = day_tiles(engine)
    assert [None, None] == [tiles.pick(asked, day, None) for day in DAYS[:2]]


SLOW = """SELECT declared.* FROM ({sql}) AS declared,
          pg_sleep(CASE WHEN ST_XMax(:box) - ST_XMin(:box) < 1000000 THEN 60 ELSE 0 END)"""


def test_a_tile_that_takes_too_long_keeps_no_other_from_being_made(owner: Engine, loaded_copy_url: str) -> None:
    """It is known to be too much, and the worker does not come back to it."""
    layer = CATALOGUE.layers["plot_state"]
    parks, *finer = layer.levels
    assert parks.days
    days = Days(SLOW.format(sql=parks.days.sql), parks.days.parameters | {"box"})
    slow = replace(
        CATALOGUE, layers={layer.id: replace(layer, min_zoom=11, levels=(replace(parks, days=days), *finer))}
    )
    hasty = make_engine(loaded_copy_url, role=Role.MAP, statement_timeout_ms=1000)
    try:
        made, is_whole = ahead(hasty, owner, slow).prepare()
    finally:
        hasty.dispose()
    assert is_whole
    with reading(owner) as connection:
        left_out = connection.execute(
            text("SELECT level, count(*) FILTER (WHERE body IS NULL), count(*) FROM kept_tiles GROUP BY level")
        ).all()
    assert made == sum(row[2] for row in left_out)
    assert {"parks"} == {row[0] for row in left_out if row[1] == row[2]}
    assert 0 == sum(row[1] for row in left_out if row[0] != "parks")


def test_the_map_role_reads_what_lies_ready_and_no_more(engine: Engine) -> None:
    """Nobody who asks for a map lays tiles for others."""
    with reading(engine) as connection:
        held = connection.execute(
            text(
                "SELECT privilege_type FROM information_schema.role_table_grants"
                " WHERE grantee IN ('geoapp_map', 'geoapp_staff') AND table_name = 'kept_tiles'"
            )
        ).scalars()
        assert {"SELECT"} == set(held)
