"""``geoapp`` as an operator or a timer runs it: help without a database, sentences, exit codes, no traceback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geoapp.store.migrate import current_revision, newest_revision
from tests.factories import park, write_bundle

AWAY = "postgresql://nobody:hidden@127.0.0.1:9/none"

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of this run without settings of its own, and a working folder of its own."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("GEOAPP_") and key != "DATABASE_URL"}
    return own | {"GEOAPP_VAR_DIR": str(tmp_path / "var")}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Runs ``geoapp ...`` with settings given by name."""

    def run(*arguments: str, **settings: str) -> Done:
        return subprocess.run(
            [sys.executable, "-m", "geoapp", *arguments],
            env=environment | settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_help_needs_no_database(run: Run, tmp_path: Path) -> None:
    """With the database away and a setting wrong, all commands are still listed."""
    done = run("--help", DATABASE_URL=AWAY, GEOAPP_PORT="none")
    assert (0, "") == (done.returncode, done.stderr)
    assert all(f"  {name} " in done.stdout for name in ("serve", "db", "load", "layers", "export"))
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        ("serve",), ("load",), ("export",), ("layers",), ("layers", "check"), ("layers", "list"), ("layers", "new"),
        ("db",), ("db", "start"), ("db", "stop"), ("db", "status"), ("db", "migrate"), ("db", "backup"),
        ("db", "restore"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_tells_what_it_is_for(run: Run, command: tuple[str, ...]) -> None:
    """Help with a sentence, whatever the state of the database."""
    done = run(*command, "--help", DATABASE_URL=AWAY)
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.split("\n\n")[1].strip().endswith((".", ".)"))


@pytest.mark.parametrize(
    "command",
    [
        ("serve",),
        ("load",),
        ("db", "status"),
        ("db", "migrate"),
        ("db", "backup", "{folder}/x.geoapp"),
        ("layers", "check"),
        ("export", "park_status", "{folder}/x.csv"),
    ],
    ids=" ".join,
)
def test_a_database_that_is_away_is_told_in_a_sentence(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Exit code 1, one line with the reason, no traceback, no password, no file."""
    words = [word.format(folder=tmp_path) for word in command]
    done = run(*words, DATABASE_URL=AWAY, GEOAPP_PORT=str(free_port()))
    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert re.match(r"The database cannot be reached: .*port 9 failed: Connection refused\. Check .*", done.stderr)
    assert "hidden" not in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_settings_are_refused_all_at_once(run: Run) -> None:
    """Every wrong setting by name, before anything is started."""
    done = run("serve", GEOAPP_PORT="80000", GEOAPP_LANGUAGE="fr", GEOAPP_COLOUR="red")
    lines = done.stderr.splitlines()
    assert (1, "The settings cannot be used:", 4) == (done.returncode, lines[0], len(lines))
    assert all(any(name in line for line in lines) for name in ("GEOAPP_PORT", "GEOAPP_LANGUAGE", "GEOAPP_COLOUR"))


def test_a_port_in_use_is_told_before_anything_is_started(run: Run, tmp_path: Path) -> None:
    """Which port, and what to do; no cluster was made."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", GEOAPP_PORT=str(port))
    assert 1 == done.returncode
    assert f"Port {port} on 127.0.0.1 cannot be used: Address already in use." in done.stderr
    assert "GEOAPP_PORT=" in done.stderr
    assert not (tmp_path / "var" / "postgres").exists()


def test_the_private_cluster_is_not_started_beside_a_named_server(run: Run) -> None:
    """``db start`` with DATABASE_URL set would start what nobody uses."""
    done = run("db", "start", DATABASE_URL=AWAY)
    assert (1, True) == (done.returncode, done.stderr.startswith("DATABASE_URL names a server of your own"))


def test_an_unknown_command_is_told(run: Run) -> None:
    """Exit code 2, as shells expect it of a wrong usage."""
    done = run("fly")
    assert (2, True) == (done.returncode, "No such command 'fly'" in done.stderr)


def test_what_is_unexpected_leaves_its_details_in_a_log(environment: dict[str, str], tmp_path: Path) -> None:
    """A sentence for the person, the traceback for whoever mends it."""
    program = (
        "import sys, click, geoapp.cli as cli\n"
        "@cli.commands.command()\n"
        "def broken(): raise ZeroDivisionError('one by none')\n"
        "cli._COMMANDS = {}\n"
        "cli._Commands.get_command = lambda self, ctx, name: broken\n"
        "sys.argv = ['geoapp', 'broken']\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    log = tmp_path / "var" / "geoapp.log"
    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert str(log) in done.stderr
    assert "ZeroDivisionError: one by none" in log.read_text(encoding="utf-8")


def test_ctrl_c_during_the_import_of_a_library_is_not_lost(environment: dict[str, str], tmp_path: Path) -> None:
    """Some libraries catch everything while they are imported; the interrupt waits until they are done."""
    (tmp_path / "deaf.py").write_text(
        "import os, signal, time, click\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(0.2)\n"
        "except BaseException:\n"
        "    print('swallowed')\n"
        "deaf = click.command()(lambda: print('went on'))\n",
        encoding="utf-8",
    )
    program = (
        "import sys, geoapp.cli as cli; cli._COMMANDS = {'deaf': ('deaf', '')}; sys.argv[1:] = ['deaf']; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (130, "", "\nStopped.\n") == (done.returncode, done.stdout, "\n" + done.stderr.lstrip())


def test_migrate_is_done_once(run: Run, databases: Any) -> None:
    """The first run applies all, the second has nothing to do."""
    url = databases.make()
    first, second = run("db", "migrate", DATABASE_URL=url), run("db", "migrate", DATABASE_URL=url)
    assert (0, True) == (first.returncode, first.stdout.startswith("Applied 0001"))
    assert (0, "Nothing to do.\n") == (second.returncode, second.stdout)
    assert newest_revision() == current_revision(url)


def test_status_tells_where_the_schema_stands(run: Run, databases: Any, database_url: str) -> None:
    """None in an empty database, with what is needed; the revision in a migrated one."""
    needed = newest_revision()
    assert f"schema: none; this program needs {needed}\n" == run("db", "status", DATABASE_URL=databases.make()).stdout
    assert f"schema: {needed}\n" == run("db", "status", DATABASE_URL=database_url).stdout


def test_a_bundle_goes_in_and_comes_back_from_a_backup(
    run: Run, databases: Any, database_url: str, tmp_path: Path
) -> None:
    """load, backup and restore, with the row counts that they tell."""
    bundle, file = str(write_bundle(tmp_path / "bundle", parks=[park()])), str(tmp_path / "x.geoapp")
    assert "Test bundle: 2 rows stored, 0 earlier rows closed." in run("load", bundle, DATABASE_URL=database_url).stdout
    photos = tmp_path / "photos"
    (photos / "originals").mkdir(parents=True)
    (photos / "originals" / "ab.jpg").write_bytes(b"photo")
    folders = {"GEOAPP_EVIDENCE_DIR": str(photos), "GEOAPP_IMAGERY_DIR": str(tmp_path / "none")}
    written = run("db", "backup", file, DATABASE_URL=database_url, **folders)
    # What lies outside of the database is named, and only where there is any.
    assert [
        f"The photos of cases are not in it: copy {photos} as well, after this file."
    ] == written.stdout.splitlines()[1:]
    restored = run("db", "restore", file, DATABASE_URL=databases.make())
    assert (0, 0) == (written.returncode, restored.returncode)
    assert written.stdout.split(" rows ")[0] == restored.stdout.split(" rows ")[0]
    again = run("db", "restore", file, DATABASE_URL=database_url)
    assert (1, True) == (again.returncode, "--replace" in again.stderr)


def test_a_faulty_bundle_is_refused_with_all_its_faults(run: Run, database_url: str, tmp_path: Path) -> None:
    """A line for each fault, exit code 1."""
    bundle = write_bundle(tmp_path, parks=[park(status="asleep"), park(slug="hai", status="gone")])
    done = run("load", str(bundle), DATABASE_URL=database_url)
    assert 1 == done.returncode
    assert all(word in done.stderr for word in ("asleep", "gone"))
    assert "Traceback" not in done.stderr


@pytest.fixture
def cluster_folder() -> Iterator[Path]:
    """A folder for a private cluster that the server's user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_db_start_runs_until_it_is_told_to_stop(environment: dict[str, str], cluster_folder: Path) -> None:
    """It prints the address; another process sees it running; SIGTERM stops it."""
    command = [sys.executable, "-m", "geoapp", "db"]
    options: dict[str, Any] = {"env": environment | {"GEOAPP_CLUSTER_DIR": str(cluster_folder)}, "text": True}
    with subprocess.Popen([*command, "start"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options) as started:
        assert started.stdout is not None
        address = started.stdout.readline()
        running = subprocess.run([*command, "status"], capture_output=True, check=False, **options)
        started.send_signal(signal.SIGTERM)
        started.wait(60)
    stopped = subprocess.run([*command, "status"], capture_output=True, check=False, **options)
    assert address.startswith("postgresql+psycopg2://")
    assert ": running\n" in running.stdout
    assert stopped.stdout.endswith(": stopped\n")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
