"""The server of a private cluster: made, started, waited for and stopped with the programs of PostgreSQL."""

import shlex
import shutil
import subprocess
import time
from pathlib import Path

import psycopg2

from geoapp.errors import N_, ConfigError
from geoapp.store.cluster_host import (
    Report,
    as_server_user,
    disk_full,
    disk_is_full,
    is_served,
    prepare_folder,
    server_user,
    socket_folder,
)
from geoapp.store.postgres import Installation, find_installations

ROLE = "geoapp"
_START_SECONDS = 120
_STOP_SECONDS = 20
_SOCKET_SECONDS = 5
_LARGEST_LOG = 10_000_000
_NO_PERMANENCE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_LOCK = "postmaster.pid"
_SOCKET_LOCK = ".s.PGSQL.5432.lock"
_NO_SPACE = "No space left on device"
_TELLING = ("FATAL", "PANIC", "could not", "error")


class Server:
    """The server of one folder. Who calls this sees to it that nobody else starts or stops it at the same time."""

    def __init__(self, directory: Path, *, throwaway: bool, report: Report) -> None:
        self._directory = directory
        self.data = directory / "data"
        self.log = directory / "postgres.log"
        self.socket = socket_folder(directory)
        self._throwaway = throwaway
        self._report = report

    def prepare_folders(self) -> None:
        """Make the folders, closed to other users. Raises: ConfigError."""
        prepare_folder(self._directory)
        prepare_folder(self.socket)

    def prepare_data(self) -> None:
        """Make the data directory where there is none. Raises: ConfigError."""
        if self.data.exists():
            return
        installations = find_installations()
        if not installations:
            raise ConfigError(
                N_(
                    "No PostgreSQL 15 or newer with PostGIS was found. Install the package postgresql-15-postgis-3 "
                    "(or the one of your distribution), or set DATABASE_URL to a server that has it."
                )
            )
        # Made beside and renamed when whole, so that an interrupted run leaves no half-made cluster.
        draft = self._directory / "data.new"
        arguments = ["-D", str(draft), "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8", "-A", "peer", "--data-checksums"]
        if self._throwaway:
            arguments.append("--no-sync")
        self._report(f"making a private cluster with PostgreSQL {installations[0].major} in {self._directory}")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            done = self._call(installations[0], "initdb", *arguments)
            if done.returncode != 0:
                raise self.failure("initdb failed", done.stderr or done.stdout)
            _allow_local_users(draft)
            draft.rename(self.data)
        except OSError as error:
            raise self.failure("The files of a new cluster could not be written", str(error)) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def find_programs(self) -> Installation:
        """The programs that fit the data. Raises: ConfigError - only other versions are on this machine."""
        found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        installations = find_installations()
        for installation in installations:
            if str(installation.major) == found:
                return installation
        raise ConfigError(
            N_(
                "The data in %(folder)s were made by PostgreSQL %(found)s, this machine has %(present)s. Install the "
                "package postgresql-%(found)s-postgis-3, or restore a backup into a new cluster (GEOAPP_CLUSTER_DIR)."
            ),
            folder=self.data,
            found=found,
            present=", ".join(str(installation.major) for installation in installations) or "none with PostGIS",
        )

    def launch(self) -> None:
        """Start it. Raises: ConfigError - it does not start, with what its log says."""
        installation = self.find_programs()
        self._clear_stale_lock()
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.old"))
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "shared_buffers": "256MB",
            "jit": "off",
            "timezone": "Asia/Ho_Chi_Minh",
            **(_NO_PERMANENCE if self._throwaway else {}),
        }
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        command = ("-l", str(self.log), "-w", "-t", str(_START_SECONDS), "-o", options, "start")
        before = self.log.stat().st_size if self.log.exists() else 0
        for attempt in range(5):
            try:
                done = self._control(installation, *command)
            except BaseException:
                # Interrupted while the server comes up: it would go on without us.
                self.halt()
                raise
            if done.returncode == 0:
                return
            said = self._said_since(before) or done.stderr
            if "pre-existing shared memory block" not in said:
                break
            # Workers of a killed server leave by themselves within seconds.
            time.sleep(1 + attempt)
        raise self.failure("The private database did not start", said)

    def halt(self) -> None:
        """Stop it. A server that cannot end in order, as on a full disk, is stopped as by a crash: data stay safe."""
        installation = self.find_programs()
        for mode in ("immediate",) if self._throwaway else ("fast", "immediate"):
            done = self._control(installation, "-m", mode, "-w", "-t", str(_STOP_SECONDS), "stop")
            if done.returncode == 0 or not self.is_alive():
                return
        self._report(f"the database server did not stop, see {self.log}")

    def settles(self) -> bool:
        """Whether a server that was left here answers, once it has finished what it is at; else none is left."""
        begun = time.monotonic()
        while self.is_alive():
            patience = self._patience()
            if patience == 0:
                return True
            if time.monotonic() - begun > patience:
                self._report("the database server that was left here does not answer: starting it anew")
                self.halt()
                return False
            time.sleep(0.25)
        return False

    def is_alive(self) -> bool:
        """Whether its process lives; costs less than asking it."""
        try:
            return is_served(self.data, (self.data / _LOCK).read_text(encoding="ascii").split("\n", 1)[0].strip())
        except OSError:
            return False

    def is_running(self) -> bool:
        """Whether it answers."""
        try:
            self.connect().close()
        except psycopg2.OperationalError as error:
            # A refusal is an answer: "starting up", "shutting down", "too many clients".
            return "FATAL" in str(error)
        return True

    def connect(self) -> "psycopg2.extensions.connection":
        """A connection to the database that every cluster has. Raises: psycopg2.OperationalError."""
        return psycopg2.connect(host=str(self.socket), user=ROLE, dbname="postgres", connect_timeout=10)

    def failure(self, what: str, said: str) -> ConfigError:
        """The error that tells what went wrong, with the lines of some output that say why."""
        if _NO_SPACE in said or disk_is_full(self._directory):
            return disk_full(self._directory)
        lines = [line for line in said.splitlines() if line.strip()]
        telling = [line for line in lines if any(word in line for word in _TELLING)]
        return ConfigError(
            N_("%(what)s in %(folder)s; nothing was deleted. The log is %(log)s. It says:"),
            (telling or lines)[-5:] or ["nothing"],
            what=what,
            folder=self._directory,
            log=self.log,
        )

    def _patience(self) -> float:
        """Seconds to wait for the server that lives here, by what it says: 0 where it answers."""
        try:
            self.connect().close()
        except psycopg2.OperationalError as error:
            said = str(error)
            if "shutting down" in said:
                return _STOP_SECONDS
            if "the database system is" in said:
                return _START_SECONDS
            # Without any answer, its socket is gone.
            return 0 if "FATAL" in said else _SOCKET_SECONDS
        return 0

    def _clear_stale_lock(self) -> None:
        """Remove the lock of a server that is surely dead; PostgreSQL's own check of shared memory stays as it is."""
        lock = self.data / _LOCK
        if not lock.exists():
            return
        self._report("the cluster was not shut down properly: recovering it")
        for _ in range(20):
            if not self.is_alive():
                # The socket has a lock of its own, with the same number in it.
                for stale in (lock, self.socket / _SOCKET_LOCK):
                    stale.unlink(missing_ok=True)
                return
            # It is on its way out.
            time.sleep(0.25)

    def _said_since(self, position: int) -> str:
        if not self.log.exists():
            return ""
        with self.log.open(encoding="utf-8", errors="replace") as file:
            file.seek(position)
            return file.read()[-4000:]

    def _control(self, installation: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._call(installation, "pg_ctl", "-D", str(self.data), *arguments)

    @staticmethod
    def _call(installation: Installation, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*as_server_user(), installation.program(program), *arguments]
        # The working folder must be one that the server's user may enter.
        return subprocess.run(  # noqa: S603 - programs of the installation, arguments of ours
            command, capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL
        )


def _allow_local_users(data: Path) -> None:
    """Peer login for root and the user that runs the server; nobody else, and no TCP at all."""
    (data / "pg_hba.conf").write_text(f"local all all peer map={ROLE}\n", encoding="utf-8")
    users = dict.fromkeys(("root", server_user().pw_name))
    (data / "pg_ident.conf").write_text("".join(f"{ROLE} {user} {ROLE}\n" for user in users), encoding="utf-8")
