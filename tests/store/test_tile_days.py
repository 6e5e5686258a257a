"""The tile of a day, picked from all days, is the tile that is read for that day."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from sqlalchemy import Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.resources import layers_dir
from geoapp.services.tile_days import DaysRequest, DayTiles
from geoapp.services.tiles import Step, tile_steps
from geoapp.store.engine import Role, make_engine, writing
from geoapp.store.tile_days import TileOfDays, read_tile_of_days
from geoapp.store.tiles import Asker, Place, Tile, read_tile
from geoapp.store.versions import PresentVersion
from tests.conftest import EngineMaker
from tests.web.test_tile_answers import tile_at

LAYERS = load_catalogue(layers_dir()).layers
STEPS = [(layer.id, tile_steps(layer, z)[0]) for layer in LAYERS.values() for z in (9, 12, 14)]
WITH_DAYS = {(layer, step.name): step for layer, step in STEPS if step.days}
ZOOMS = {"parks": 9, "blocks": 11, "features": 14}
DAYS = [date(2024, 1, 31), date(2025, 3, 31), date(2025, 4, 15), date(2026, 10, 31), date(2026, 11, 1)]


def contents(tile: Tile, folder: Path) -> list[tuple[object, ...]]:
    """All that another program reads in a tile: attributes and outlines of every feature, in order."""
    if not tile.body:
        return []
    path = folder / "0.mvt"
    path.write_bytes(tile.body)
    frame = pyogrio.read_dataframe(path)
    frame = frame.assign(outline=frame.geometry.to_wkb()).drop(columns="geometry").sort_index(axis="columns")
    return list(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))


def places(step: Step) -> list[Place]:
    """The tile over Bảo Minh at the zoom of a level, and those around it."""
    z, x, y = map(int, tile_at(ZOOMS[step.name]).split("/"))
    return [Place(z, x + east, y + south) for east in (-1, 0, 1) for south in (-1, 0, 1)]


def both(engine: Engine, step: Step, place: Place, day: date, **bound: object) -> tuple[Tile, Tile]:
    """The tile as it is picked, and as it is read."""
    assert step.days
    at = {"known_at": "infinity", "park_id": None, "zone_id": None, **bound}
    asker = Asker(engine)
    of_days = {name: at[name] for name in step.days.parameters - {"box"}}
    of_day = {name: (at | {"as_of": day})[name] for name in step.parameters - {"box"}}
    picked = read_tile_of_days(asker, step.name, step.days.sql, step.columns, place, of_days).on(day)
    return picked, read_tile(asker, step.name, step.sql, step.columns, place, of_day)


def day_tiles(engine: Engine, most_of_one: int = 10**7) -> DayTiles:
    """As a server that has just begun has it."""
    return DayTiles(engine, 10**7, PresentVersion(engine), most_of_one)


def test_plots_by_state_and_by_use_have_all_days_at_every_level() -> None:
    """The rest is reckoned for its day."""
    expected = {(layer, level) for layer in ("plot_state", "plot_use") for level in ZOOMS}
    assert expected == set(WITH_DAYS)


@pytest.mark.parametrize("key", WITH_DAYS, ids="-".join)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_picked_is_what_is_read(map_engine: Engine, tmp_path: Path, key: tuple[str, str], day: date) -> None:
    """Every feature with all it carries, on days between the ends of months too."""
    step, seen = WITH_DAYS[key], 0
    for place in places(step):
        picked, read = both(map_engine, step, place, day)
        assert contents(read, tmp_path) == contents(picked, tmp_path)
        assert read.version == picked.version
        seen += picked.features
    assert seen > 0


# What is known is never changed: it is closed, and told anew with another end.
OUTLINE_ENDS = """
WITH closed AS (
    UPDATE park_outline_versions SET recorded = tstzrange(lower(recorded), now())
    WHERE park_id = :park AND valid @> date '2025-04-10' AND upper_inf(recorded) RETURNING *
)
INSERT INTO park_outline_versions (park_id, approximate, geom, valid, quality, source_id, batch_id)
SELECT park_id, approximate, geom, daterange(lower(valid), '2025-04-10'), quality, source_id, batch_id FROM closed
"""
PLOTS_END = """
WITH closed AS (
    UPDATE plot_versions AS v SET recorded = tstzrange(lower(v.recorded), now()) FROM plots AS p
    WHERE p.id = v.plot_id AND p.park_id = :park AND p.code LIKE '%1' AND upper_inf(v.recorded)
      AND v.valid @> date '2025-04-12' AND v.valid @> date '2025-04-11' RETURNING v.*
)
INSERT INTO plot_versions (plot_id, block, use_code, state, approximate, geom, valid, quality, source_id, batch_id)
SELECT plot_id, block, use_code, state, approximate, geom, daterange(lower(valid), '2025-04-12'), quality, source_id,
       batch_id FROM closed
"""


def test_after_edits_as_well(loaded_copy_url: str, engine_for: EngineMaker, tmp_path: Path) -> None:
    """An outline that ends, plots that end; as known now and as known before, of one park and of all; every level."""
    owner, engine = engine_for(loaded_copy_url), engine_for(loaded_copy_url, Role.MAP)
    with writing(owner) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
        before = connection.execute(text("SELECT now()")).scalar_one() - timedelta(seconds=1)
        edited = [connection.execute(text(edit), {"park": park}).rowcount for edit in (OUTLINE_ENDS, PLOTS_END)]
    assert min(edited) > 0
    days = (date(2025, 4, 9), date(2025, 4, 10), date(2025, 4, 11), date(2025, 4, 12), date(2026, 10, 31))
    ways: tuple[dict[str, object], ...] = ({}, {"park_id": park}, {"known_at": before})
    for key, step in WITH_DAYS.items():
        seen = 0
        for day, bound in product(days, ways):
            picked, read = both(engine, step, places(step)[4], day, **bound)
            assert contents(read, tmp_path) == contents(picked, tmp_path), (key, day, bound)
            seen += picked.features
        assert seen > 0, key


def test_all_days_are_kept_from_the_second_day_on_unless_they_are_too_many(map_engine: Engine) -> None:
    """Then they are not read again in vain."""
    step = WITH_DAYS["plot_state", "features"]
    assert step.days
    bound = (("known_at", "infinity"), ("park_id", None))
    asked = DaysRequest(step.name, step.days.sql, step.columns, places(step)[4], bound)
    roomy, narrow = day_tiles(map_engine), day_tiles(map_engine, most_of_one=1000)
    assert [None, None] == [keeper.pick(asked, DAYS[0], None) for keeper in (roomy, narrow)]
    first = roomy.pick(asked, DAYS[3], None)
    assert first
    assert first == roomy.pick(asked, DAYS[3], first.version) == roomy.pick(asked, DAYS[3], "an older one")
    assert [first, None] == [narrow.pick(asked, DAYS[3], None) for _ in range(2)]


@pytest.mark.parametrize(
    ("valid", "holds"),
    [
        ("(,)", True),
        ("[-infinity,infinity)", True),
        ("[2026-10-31,2026-11-01)", True),
        ("[2026-11-01,)", False),
        ("empty", False),
    ],
)
def test_stretches_without_ends_and_without_days(map_engine: Engine, valid: str, holds: bool) -> None:
    """However a stretch is written: without an end, to infinity, of one day, of none."""
    sql = f"SELECT 'a' AS id, ST_TileEnvelope(5, 25, 14) AS geom_3857, CAST('{valid}' AS daterange) AS valid"
    found = read_tile_of_days(Asker(map_engine), "first", sql, ("id",), Place(5, 25, 14), {})
    assert int(holds) == found.on(date(2026, 10, 31)).features


def test_days_that_are_kept_do_not_outlive_an_edit(loaded_copy_url: str, engine_for: EngineMaker) -> None:
    """Whoever edits and asks again sees it, in a tile whose days were kept."""
    owner, engine = engine_for(loaded_copy_url), engine_for(loaded_copy_url, Role.MAP)
    step = WITH_DAYS["plot_state", "features"]
    assert step.days
    bound = (("known_at", "infinity"), ("park_id", None))
    asked = DaysRequest(step.name, step.days.sql, step.columns, places(step)[4], bound)
    keeper = day_tiles(engine)
    keeper.pick(asked, DAYS[0], None)
    before = keeper.pick(asked, DAYS[3], None)
    with writing(owner) as connection:
        park = connection.execute(text("SELECT id FROM parks WHERE slug = 'bao-minh'")).scalar_one()
        connection.execute(text(PLOTS_END), {"park": park})
    after = keeper.pick(asked, DAYS[3], None)
    assert before
    assert after
    assert after.features < before.features
    assert before.version != after.version


SLOW = """SELECT 'a' AS id, ST_TileEnvelope(5, 25, 14) AS geom_3857, daterange(NULL, NULL) AS valid FROM pg_sleep(60)"""


def test_all_days_that_take_too_long_are_left_for_one_day(map_engine: Engine) -> None:
    """The tile of a day is still to be had: nothing is refused that was not before."""
    engine = make_engine(map_engine.url.render_as_string(hide_password=False), role=Role.MAP, statement_timeout_ms=300)
    keeper = day_tiles(engine)
    asked = DaysRequest("first", SLOW, ("id",), Place(5, 25, 14), ())
    assert [None] * 4 == [keeper.pick(asked, day, None) for day in DAYS[:4]]
    engine.dispose()


def test_the_first_and_the_last_day_of_a_feature() -> None:
    """From its first day until before the day on which it ends."""
    tile = TileOfDays("v", b"\x78\x02\x12\x00", np.array([2, 4]), np.array([0]), np.array([10]))
    held = {day: tile.on(date(1970, 1, 1) + timedelta(days=day)).features for day in (-1, 0, 9, 10)}
    assert {-1: 0, 0: 1, 9: 1, 10: 0} == held
    assert b"" == tile.on(date(1969, 1, 1)).body
