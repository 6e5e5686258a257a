"""Backup and restore: the same rows, the same map; and nothing is touched by a file that is not whole."""

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from geoapp.catalog.load import load_catalogue
from geoapp.errors import DataError, StoreError
from geoapp.ingest.load import load_directory
from geoapp.kinds import AccessClass
from geoapp.resources import layers_dir
from geoapp.store.backup import backup, restore
from geoapp.store.backup_file import read_backup_file
from geoapp.store.cluster import PrivateCluster
from geoapp.store.engine import Role, make_engine, reading, writing
from geoapp.store.migrate import migrate, newest_revision
from geoapp.store.postgres import find_installations
from tests.factories import observation, outline, park, plot, write_bundle

EVERYTHING = """
    SELECT table_name, (xpath('/row/md5/text()', query_to_xml(format(
        'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) AS md5 FROM geoapp.%I AS t', table_name),
        true, true, '')))[1]::text
    FROM information_schema.tables WHERE table_schema = 'geoapp' AND table_type = 'BASE TABLE' ORDER BY 1
"""


def contents(url: str) -> dict[str, str | None]:
    """A digest of all rows of each table."""
    engine = make_engine(url, role=Role.OWNER)
    with reading(engine) as connection:
        rows = {row[0]: row[1] for row in connection.execute(text(EVERYTHING))}
    engine.dispose()
    return rows


def layer_rows(url: str, day: date) -> dict[str, list[str]]:
    """What every layer gives on a day: to the map role, and one that is not public to the owner."""
    engines = {role: make_engine(url, role=role, statement_timeout_ms=20_000) for role in (Role.MAP, Role.OWNER)}
    given = {"as_of": day, "known_at": datetime.now(UTC), "park_id": None, "zone_id": None}
    rows = {}
    for layer in load_catalogue(layers_dir()).layers.values():
        with reading(engines[Role.MAP if layer.access is AccessClass.PUBLIC else Role.OWNER]) as connection:
            statement = text(f"SELECT layer::text FROM ({layer.sql}) AS layer ORDER BY 1")
            rows[layer.id] = list(
                connection.execute(statement, {name: given[name] for name in layer.parameters}).scalars()
            )
    for engine in engines.values():
        engine.dispose()
    return rows


@pytest.fixture(scope="module")
def filled_url(databases: Any, migrated_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One park with an outline, a plot and a figure; loaded twice, so that history is there."""
    url = databases.make(migrated_template)
    engine = make_engine(url, role=Role.OWNER)
    for status in ("building", "operating"):
        folder = write_bundle(
            tmp_path_factory.mktemp(status),
            parks=[park(status=status)],
            park_outlines=[outline()],
            plots=[plot()],
            observations=[observation()],
        )
        load_directory(engine, folder, report=lambda _: None)
    engine.dispose()
    yield url
    databases.drop(url)


@pytest.fixture(scope="module")
def backup_file(filled_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of it; copy it, do not change it."""
    file = tmp_path_factory.mktemp("backup") / "sound.geoapp"
    backup(filled_url, file)
    return file


@pytest.fixture
def empty_url(databases: Any) -> Iterator[str]:
    """A database in which nothing was ever done."""
    url = databases.make()
    yield url
    databases.drop(url)


def test_the_same_rows_come_back_into_an_empty_database(filled_url: str, backup_file: Path, empty_url: str) -> None:
    """Every row of every table, history and both clocks included."""
    count = restore(empty_url, backup_file)
    assert contents(filled_url) == contents(empty_url)
    assert count > 0


def test_the_same_map_comes_back(loaded_database_url: str, empty_url: str, tmp_path: Path) -> None:
    """Every layer gives the same rows, today and a year before."""
    backup(loaded_database_url, tmp_path / "all.geoapp")
    restore(empty_url, tmp_path / "all.geoapp")
    for day in (date(2025, 10, 31), date(2026, 10, 31)):
        before = layer_rows(loaded_database_url, day)
        assert before["park_status"]
        assert before == layer_rows(empty_url, day)


def test_a_restored_database_goes_on(backup_file: Path, empty_url: str, tmp_path: Path) -> None:
    """New rows get numbers that are free, the rules hold, and the map role reads tables made later."""
    restore(empty_url, backup_file)
    assert [] == migrate(empty_url)
    engine = make_engine(empty_url, role=Role.OWNER)
    loaded = load_directory(engine, write_bundle(tmp_path, parks=[park(), park(slug="hai")]), report=lambda _: None)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE later (x integer)"))
        readable = connection.execute(text("SELECT has_table_privilege('geoapp_map', 'later', 'SELECT')")).scalar()
    with pytest.raises(StoreError, match="never deleted"), writing(engine) as connection:
        connection.execute(text("DELETE FROM park_versions"))
    engine.dispose()
    assert (1, True) == (loaded.tables["parks"].added if loaded else 0, readable)


def test_a_restore_into_a_cluster_of_another_owner(backup_file: Path) -> None:
    """On a server where the program is not the administrator: what an administrator has to grant is enough."""
    page = Path(__file__).parents[2] / "docs" / "deployment.md"
    grants = page.read_text(encoding="utf-8").split("```sql\n")[1].split("```")[0]
    cluster = PrivateCluster(Path(tempfile.mkdtemp(prefix="geoapp-test-")), throwaway=True)
    administrator = cluster.start()
    try:
        with (cluster.data / "pg_ident.conf").open("a", encoding="utf-8") as file:
            file.write("geoapp /^.*$ board\n")
        run_as_administrator(cluster, grants + "\nSELECT pg_reload_conf();")
        url = administrator.replace("//geoapp@/geoapp?", "//board@/board?")
        restore(url, backup_file)
        with_rows = {name for name, digest in contents(url).items() if digest}
    finally:
        cluster.stop()
    assert {"park_versions", "plot_versions", "observations"} <= with_rows


def run_as_administrator(cluster: PrivateCluster, script: str) -> None:
    """Run a script as the administrator of a cluster, as the docs say."""
    program = find_installations()[0].program("psql")
    command = [program, "-X", "-v", "ON_ERROR_STOP=1", "-h", str(cluster.socket), "-U", "geoapp", "-d", "postgres"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_a_database_with_data_is_not_filled_by_mistake(filled_url: str, backup_file: Path) -> None:
    """Without --replace it is refused, and stays as it is."""
    before = contents(filled_url)
    with pytest.raises(StoreError, match="holds data already.*--replace"):
        restore(filled_url, backup_file)
    assert before == contents(filled_url)


def test_replace_brings_back_what_was_there(backup_file: Path, filled_url: str, empty_url: str, tmp_path: Path) -> None:
    """What came after the backup is gone."""
    restore(empty_url, backup_file)
    engine = make_engine(empty_url, role=Role.OWNER)
    load_directory(engine, write_bundle(tmp_path, parks=[park(slug="hai")]), report=lambda _: None)
    engine.dispose()
    assert contents(filled_url) != contents(empty_url)
    restore(empty_url, backup_file, replace=True)
    assert contents(filled_url) == contents(empty_url)


def test_a_restore_that_fails_midway_leaves_the_data(backup_file: Path, filled_url: str, tmp_path: Path) -> None:
    """Rows that the manifest promises are not there: all is undone, the schema of before stands."""
    before = contents(filled_url)
    wrong = rewritten(backup_file, tmp_path, lambda manifest: manifest["rows"].update(parks=999))
    with pytest.raises(StoreError, match="parks.* did not get its 999 rows"):
        restore(filled_url, wrong, replace=True)
    assert before == contents(filled_url)


def rewritten(backup_file: Path, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The same backup with another manifest."""
    with zipfile.ZipFile(backup_file) as archive:
        manifest, dump = json.loads(archive.read("manifest.json")), archive.read("database.dump")
    change(manifest)
    target = folder / "changed.geoapp"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("database.dump", dump)
    return target


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda manifest: manifest.update(revision="9999"), r"newer program \(schema 9999\); update this one first"),
        (lambda manifest: manifest.update(format="geoapp backup 2"), "found 'geoapp backup 2'"),
        (lambda manifest: manifest.update(sha256="0" * 64), "do not fit its checksum"),
        (lambda manifest: manifest.pop("revision"), "its manifest is not one of a backup"),
        (lambda manifest: manifest.update(rows={'x" (SELECT 1) --': 1}), "its manifest is not one of a backup"),
        (lambda manifest: manifest.update(rows={"parks": "1); DROP"}), "its manifest is not one of a backup"),
    ],
    ids=["newer schema", "other format", "other contents", "no revision", "bad table", "bad count"],
)
def test_a_backup_that_does_not_fit_is_refused(
    backup_file: Path, empty_url: str, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    """Before anything is touched: not even the schema is made."""
    file = rewritten(backup_file, tmp_path, change)
    with pytest.raises(DataError, match=f"nothing was touched:\n  - .*{told}"):
        restore(empty_url, file)
    assert {} == contents(empty_url)


def test_a_truncated_backup_is_refused(backup_file: Path, empty_url: str, tmp_path: Path) -> None:
    """Wherever it was cut."""
    whole = backup_file.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        cut = tmp_path / f"{length}.geoapp"
        cut.write_bytes(whole[:length])
        with pytest.raises(DataError, match="damaged"):
            restore(empty_url, cut)
    assert {} == contents(empty_url)


def test_a_flipped_bit_is_found(backup_file: Path, empty_url: str, tmp_path: Path) -> None:
    """In the dump, wherever it is."""
    whole = bytearray(backup_file.read_bytes())
    # The first kilobyte and the last hold names and places of the zip, some of which nobody reads.
    for place in range(2_000, len(whole) - 1_000, len(whole) // 25):
        whole[place] ^= 0x10
        damaged = tmp_path / "damaged.geoapp"
        damaged.write_bytes(whole)
        whole[place] ^= 0x10
        with pytest.raises(DataError, match="nothing was touched"):
            restore(empty_url, damaged)
    assert {} == contents(empty_url)


def test_every_byte_around_the_dump_may_be_damaged(backup_file: Path, tmp_path: Path) -> None:
    """A damaged zip or manifest is refused in words, or says the same as before; it never breaks the program."""
    whole = bytearray(backup_file.read_bytes())
    newest = newest_revision()
    sound, _ = read_backup_file(backup_file, tmp_path, newest_revision=newest)
    damaged = tmp_path / "damaged.geoapp"
    for place in (*range(1_200), *range(len(whole) - 300, len(whole))):
        for bit in (0x01, 0x80):
            whole[place] ^= bit
            damaged.write_bytes(whole)
            whole[place] ^= bit
            try:
                manifest, _ = read_backup_file(damaged, tmp_path, newest_revision=newest)
            except DataError:
                continue
            assert sound == manifest


def test_a_foreign_zip_is_refused(empty_url: str, tmp_path: Path) -> None:
    """Any other zip is not a backup."""
    file = tmp_path / "photos.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(DataError, match="no backup, or a damaged one"):
        restore(empty_url, file)


def test_a_backup_that_cannot_be_written_leaves_nothing(filled_url: str, tmp_path: Path) -> None:
    """The sentence names the file; the older backup of that name is still there."""
    with pytest.raises(StoreError, match=r"absent/x\.geoapp cannot be written: No such file or directory"):
        backup(filled_url, tmp_path / "absent" / "x.geoapp")
    old = tmp_path / "old.geoapp"
    old.mkdir()
    with pytest.raises(StoreError, match=r"old\.geoapp cannot be written: Is a directory"):
        backup(filled_url, old)
    assert [old] == list(tmp_path.iterdir())


def test_a_backup_is_for_its_owner_only(backup_file: Path) -> None:
    """Other users of the machine cannot read it."""
    assert 0o600 == backup_file.stat().st_mode & 0o777


def test_a_database_without_the_schema_has_no_backup(empty_url: str, tmp_path: Path) -> None:
    """An empty database is said to be empty; no file is made."""
    with pytest.raises(StoreError, match="nothing to back up"):
        backup(empty_url, tmp_path / "x.geoapp")
    assert [] == list(tmp_path.iterdir())


def test_the_password_is_on_no_command_line(filled_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody on the machine can list command lines."""
    seen: list[str] = []
    run = subprocess.run

    def spy(command: list[str], **options: Any) -> Any:
        seen.extend(command)
        return run(command, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    user, rest = filled_url.split("@", 1)
    backup(f"{user}:se%40cret@{rest}", tmp_path / "x.geoapp")
    assert any("dbname=postgresql://" in word for word in seen)
    assert not any("cret" in word for word in seen)
