"""Vector tiles as PostGIS makes them: what is in them, that they are the same each time, and never stale."""

from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest
from sqlalchemy import Engine, text

from geoapp.store.engine import Role, reading, writing
from geoapp.store.tiles import Asker, Place, Tile, read_tile
from geoapp.store.versions import read_version
from tests.conftest import EngineMaker

SQL = """SELECT 'a' AS id, ST_Transform(ST_MakeEnvelope(106, 20, 106.1, 20.1, 4326), 3857) AS geom_3857, 'đỏ' AS colour
         UNION ALL
         SELECT 'b', ST_Transform(ST_MakeEnvelope(-60, -20, -59, -19, 4326), 3857), 'xanh'"""
# 106 E, 20 N at zoom 5.
HERE = Place(5, 25, 14)


def features_of(tile: Tile, folder: Path) -> dict[str, str]:
    """Id and colour of the features in a tile, as another program reads them."""
    path = folder / "0.mvt"
    path.write_bytes(tile.body)
    frame = pyogrio.read_dataframe(path, layer="first", read_geometry=False)
    return dict(zip(frame["id"], frame["colour"], strict=True))


def read(engine: Engine, place: Place = HERE) -> Tile:
    """The tile of the statement above."""
    return read_tile(Asker(engine), "first", SQL, ("id", "colour"), place, {})


def test_a_tile_holds_what_lies_in_it(map_engine: Engine, tmp_path: Path) -> None:
    """And nothing of the other side of the world."""
    assert {"a": "đỏ"} == features_of(read(map_engine), tmp_path)


def test_the_same_rows_give_the_same_bytes(map_engine: Engine) -> None:
    """So that the tag of a tile stands for its content."""
    assert read(map_engine).body == read(map_engine).body


def test_a_tile_without_anything_is_empty(map_engine: Engine) -> None:
    """No bytes, no features."""
    assert (b"", 0) == (read(map_engine, Place(5, 0, 0)).body, read(map_engine, Place(5, 0, 0)).features)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE plot_versions SET recorded = tstzrange(lower(recorded), now())"
        " WHERE id = (SELECT min(id) FROM plot_versions)",
        "UPDATE choices SET value = 2 WHERE key = 'wastewater_period_months'",
        "INSERT INTO park_aliases SELECT id, 'Tên khác', (SELECT min(id) FROM sources), (SELECT min(id) FROM batches) "
        "FROM parks LIMIT 1",
    ],
)
def test_every_change_renews_the_version(loaded_copy_url: str, engine_for: EngineMaker, change: str) -> None:
    """Whatever changes the data, also by hand; and nobody sees the new version before the new rows."""
    owner, reader = engine_for(loaded_copy_url, Role.OWNER), engine_for(loaded_copy_url, Role.MAP)
    version = _version_of(reader)
    with writing(owner) as connection:
        connection.execute(text(change))
        assert version() == (before := version())
    assert before != version()


def test_changes_of_two_transactions_are_two(loaded_copy_url: str, engine_for: EngineMaker) -> None:
    """Once in each, however many statements; also where one gives up a part of what it did."""
    owner, version = engine_for(loaded_copy_url), _version_of(engine_for(loaded_copy_url, Role.MAP))
    seen = [version()]
    for value in (2, 3):
        with writing(owner) as connection:
            change = text("UPDATE choices SET value = :value WHERE key = 'wastewater_period_months'")
            stamps = set()
            for _ in range(3):
                connection.execute(change, {"value": value})
                stamps.add(read_version(connection))
            with connection.begin_nested() as given_up:
                connection.execute(change, {"value": 9})
                given_up.rollback()
            stamps.add(read_version(connection))
            assert 1 == len(stamps)
        seen.append(version())
    assert 3 == len(set(seen))


# Nothing that is kept by the version of the data is made of these: accounts, cases, reports from the field, dossiers,
# the parts of the law that no map shows, the notes on what of the clock is kept (its answers are watched), work and
# its library, targets, figures of departments, tasks and reports.
OFF_THE_MAP = {
    "people", "person_parks", "role_permissions", "credentials", "sessions", "login_attempts", "audit_log", "cases",
    "case_plots", "case_events", "case_chain", "case_life", "field_reports", "field_report_plots", "field_photos",
    "dossiers", "dossier_files", "clock_recovery_steps", "clock_warning_days", "clock_kept", "clock_stale",
    "alembic_version", "data_version", "kept_tiles",
    "figure_duties", "figure_duty_versions", "job_chunks", "job_files", "jobs", "procrastinate_events",
    "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers", "queue_steps", "report_chain",
    "report_comments", "report_contents", "report_duties", "report_duty_versions", "report_events", "report_files",
    "report_life", "report_signed_papers", "report_template_choices", "report_templates", "report_texts",
    "report_versions", "reported_indicators", "reports", "target_figures", "target_parks", "targets",
    "task_park_versions", "task_parks", "task_updates", "task_versions", "tasks",
}  # fmt: skip


def test_no_table_of_data_is_forgotten(map_engine: Engine) -> None:
    """A table that is made later must be watched too, or be named above."""
    with reading(map_engine) as connection:
        unwatched = connection.execute(
            text(
                "SELECT relname FROM pg_class AS c WHERE relnamespace = 'geoapp'::regnamespace AND relkind = 'r'"
                " AND NOT EXISTS"
                " (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'renew_data_version')"
            )
        ).scalars()
        assert set(unwatched) == OFF_THE_MAP


def _version_of(engine: Engine) -> Callable[[], str]:
    def version() -> str:
        with reading(engine) as connection:
            return read_version(connection)

    return version
