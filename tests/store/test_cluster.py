"""The private cluster: started, joined, left, recovered; never deleted, never half made."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from geoapp.errors import ConfigError
from geoapp.store import cluster_server
from geoapp.store.cluster import PrivateCluster
from geoapp.store.cluster_host import choose_directory, is_served, server_user, socket_folder
from geoapp.store.postgres import Installation, find_installations

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")) and not find_installations(), reason="a server elsewhere is used, none is here"
)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the server's user may enter; whatever runs there is ended, and it is removed."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-cluster-"))
    folder.chmod(0o755)
    yield folder
    for lock in folder.glob("*/data/postmaster.pid"):
        kill_server(lock)
    shutil.rmtree(folder)


def server_pid(cluster: PrivateCluster) -> int:
    """The process number of the server."""
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def kill_server(lock: Path) -> None:
    """Kill -9 the server of a lock file, and wait until it is gone."""
    pid = lock.read_text().split()[0]
    if is_served(lock.parent, pid):
        os.kill(int(pid), signal.SIGKILL)
    while is_served(lock.parent, pid):
        time.sleep(0.01)


def ask(cluster: PrivateCluster, statement: str) -> object:
    """The first value that the database of the cluster answers."""
    with closing(psycopg2.connect(host=str(cluster.socket), user="geoapp", dbname="geoapp")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


USE = """
import sys, time
from pathlib import Path
from geoapp.store.cluster import PrivateCluster
cluster = PrivateCluster(Path(sys.argv[1]), throwaway=len(sys.argv) > 2)
cluster.start()
print("started", flush=True)
time.sleep(100)
"""


@contextmanager
def another_program(*arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has started the cluster."""
    package = Path(cluster_server.__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", USE, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=package,
    )
    try:
        assert process.stdout is not None
        assert "started\n" == process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def test_it_starts_and_answers_and_stops(place: Path) -> None:
    """One round: the address works, and afterwards no server is left."""
    cluster = PrivateCluster(place / "postgres")
    url = cluster.start()
    assert "geoapp" == ask(cluster, "SELECT current_database()")
    assert url.startswith("postgresql+psycopg2://geoapp@/geoapp?host=")
    assert cluster.stop()
    assert not cluster.is_running()


def test_it_listens_on_no_network(place: Path) -> None:
    """No TCP at all, and the folder of the socket is closed to others."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    assert "" == ask(cluster, "SHOW listen_addresses")
    assert 0o700 == stat.S_IMODE(cluster.socket.stat().st_mode)
    cluster.stop()


def test_it_is_made_safe_and_for_this_country(place: Path) -> None:
    """Checksums and fsync are on, text is UTF-8, the clock is Viet Nam's."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    names = ("data_checksums", "fsync", "server_encoding", "TimeZone", "jit")
    assert ["on", "on", "UTF8", "Asia/Ho_Chi_Minh", "off"] == [ask(cluster, f"SHOW {name}") for name in names]
    cluster.stop()


def test_data_are_there_at_the_second_start(place: Path) -> None:
    """What was stored before a stop is read after the next start."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()
    cluster.start()
    assert 42 == ask(cluster, "SELECT answer FROM kept")
    cluster.stop()


def test_a_killed_server_is_recovered(place: Path) -> None:
    """After kill -9 of the server the next start says that it recovers, and all that was committed is there."""
    said: list[str] = []
    cluster = PrivateCluster(place / "postgres", report=said.append)
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill_server(cluster.data / "postmaster.pid")
    again = PrivateCluster(place / "postgres", report=said.append)
    again.start()
    assert 42 == ask(again, "SELECT answer FROM kept")
    assert any("recovering" in line for line in said)
    cluster.stop()
    again.stop()


def test_a_lock_whose_number_is_another_process_is_recovered(place: Path) -> None:
    """After a restart of the machine the number in the lock may be anybody's; it does not keep us from starting."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    lock = cluster.data / "postmaster.pid"
    lines = lock.read_text().split("\n")
    kill_server(lock)
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    again = PrivateCluster(place / "postgres")
    again.start()
    assert 1 == ask(again, "SELECT 1")
    cluster.stop()
    again.stop()


def test_the_cluster_of_a_killed_program_is_taken_over(place: Path) -> None:
    """After kill -9 of the program its server runs on; the next program joins it and can stop it."""
    with another_program(place / "postgres") as other:
        other.kill()
    cluster = PrivateCluster(place / "postgres")
    assert cluster.is_running()
    pid = server_pid(cluster)
    cluster.start()
    assert pid == server_pid(cluster)
    assert cluster.stop()


def test_the_last_one_to_leave_stops_it(place: Path) -> None:
    """Two programs share it; the first to leave leaves it running."""
    first, second = PrivateCluster(place / "postgres"), PrivateCluster(place / "postgres")
    first.start()
    second.start()
    assert not first.stop()
    assert 1 == ask(second, "SELECT 1")
    assert second.stop()
    assert not second.is_running()


def test_an_interrupted_making_leaves_no_half_cluster(place: Path) -> None:
    """Remains of a killed initdb are no cluster: the next start makes a whole one."""
    cluster = PrivateCluster(place / "postgres")
    (place / "postgres" / "data.new" / "base").mkdir(parents=True)
    cluster.start()
    assert 1 == ask(cluster, "SELECT 1")
    assert not (place / "postgres" / "data.new").exists()
    cluster.stop()


def test_data_of_another_version_are_left_alone(place: Path) -> None:
    """The message names both versions and what to install; the data stay."""
    cluster = PrivateCluster(place / "postgres")
    (cluster.data).mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ConfigError, match=r"made by PostgreSQL 12, this machine has \d+.*postgresql-12-postgis-3"):
        cluster.start()
    assert (cluster.data / "PG_VERSION").exists()


def test_without_postgis_it_says_what_to_install(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a server gets the name of the package."""

    def nothing() -> list[Installation]:
        return []

    monkeypatch.setattr(cluster_server, "find_installations", nothing)
    with pytest.raises(ConfigError, match="Install the package postgresql-15-postgis-3"):
        PrivateCluster(place / "postgres").start()


def test_a_server_that_does_not_start_is_told_with_its_log(place: Path) -> None:
    """A broken configuration ends in a sentence with the server's own words, and nothing is deleted."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    cluster.stop()
    with (cluster.data / "postgresql.conf").open("a") as file:
        file.write("\nshared_preload_libraries = 'no_such_library'\n")
    with pytest.raises(ConfigError, match=r"did not start in .*nothing was deleted(?s:.*)no_such_library"):
        cluster.start()
    assert (cluster.data / "PG_VERSION").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_the_folder_of_another_user_is_refused(place: Path) -> None:
    """The message names whose it is."""
    folder = place / "postgres"
    folder.mkdir()
    os.chown(folder, 1, 1)
    with pytest.raises(ConfigError, match="belongs to the user daemon, and this program runs as root"):
        PrivateCluster(folder).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may not run the server itself")
def test_root_does_not_run_the_server(place: Path) -> None:
    """Started as root, the server is the user postgres's."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    assert server_user().pw_uid == Path(f"/proc/{server_pid(cluster)}").stat().st_uid
    cluster.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server is another user")
def test_a_checkout_that_the_server_may_not_enter_gets_its_cluster_elsewhere(place: Path) -> None:
    """As in a checkout below /root; the same checkout gets the same place each time, and it is said."""
    place.chmod(0o700)
    said: list[str] = []
    chosen = choose_directory(place / "var", said.append)
    assert Path("/var/lib/geoapp") == chosen.parent
    assert chosen == choose_directory(place / "var", said.append)
    assert str(chosen) in said[0]


def test_a_path_too_long_for_a_socket_gets_a_short_one(place: Path) -> None:
    """The cluster works all the same."""
    folder = place / ("long-" * 20) / "postgres"
    cluster = PrivateCluster(folder)
    cluster.start()
    assert Path("/tmp") == socket_folder(folder).parent  # noqa: S108
    assert 1 == ask(cluster, "SELECT 1")
    cluster.stop()
    cluster.socket.rmdir()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_throwaway_cluster_survives_nothing(place: Path, end: signal.Signals) -> None:
    """Its server and its folder are gone soon after the process that made it, however that one ended."""
    folder = place / "postgres"
    with another_program(folder, "throwaway") as other:
        pid = server_pid(PrivateCluster(folder))
        other.send_signal(end)
        other.wait()
    until = time.monotonic() + 20
    while (folder.exists() or Path(f"/proc/{pid}/cwd").exists()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
    assert not is_served(folder / "data", str(pid))


def test_a_large_log_is_put_aside(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a start over the limit the log begins anew, and the old one is kept once."""
    monkeypatch.setattr(cluster_server, "_LARGEST_LOG", 10)
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    cluster.stop()
    before = cluster.log.read_text()
    cluster.start()
    cluster.stop()
    assert before == cluster.log.with_suffix(".log.old").read_text()


def test_a_start_that_is_refused_leaves_no_server(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server came up, but the database could not be made: it does not go on without us."""

    def refuse(_: PrivateCluster) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PrivateCluster, "_create_database", refuse)
    cluster = PrivateCluster(place / "postgres")
    with pytest.raises(KeyboardInterrupt):
        cluster.start()
    assert not cluster.is_running()


def test_a_forked_child_does_not_stop_it(place: Path) -> None:
    """Workers of the web server end now and then; the cluster is their parent's."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    child = os.fork()
    if child == 0:
        os._exit(1 if cluster.stop() else 0)
    assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert cluster.is_running()
    cluster.stop()


def test_a_server_whose_socket_was_swept_away_is_started_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lives, but nobody can reach it, as after a clean-up of temporary files."""
    monkeypatch.setattr(cluster_server, "_SOCKET_SECONDS", 0.1)
    first = PrivateCluster(place / "postgres")
    first.start()
    before = server_pid(first)
    for entry in first.socket.iterdir():
        entry.unlink()
    second = PrivateCluster(place / "postgres")
    second.start()
    assert before != server_pid(second)
    assert 1 == ask(second, "SELECT 1")
    first.stop()
    second.stop()


def test_a_server_that_died_is_brought_back(place: Path) -> None:
    """Only where it died: a living one is left as it is."""
    cluster = PrivateCluster(place / "postgres")
    cluster.start()
    assert not cluster.revive()
    kill_server(cluster.data / "postmaster.pid")
    assert cluster.revive()
    assert 1 == ask(cluster, "SELECT 1")
    cluster.stop()
    assert not cluster.revive()
