"""What the machine gives a private cluster: the user that runs the server, folders it may enter, its processes."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from geoapp.errors import N_, ConfigError

SERVER_USER = "postgres"
_SERVER_PROGRAM = "postgres"
Report = Callable[[str], None]
# PostgreSQL cannot listen on a longer path (107 bytes, with the name of the socket in it).
_LONGEST_SOCKET = 100
_SOCKET_NAME = "/.s.PGSQL.5432"
_SHORT_FOLDER = Path("/tmp")  # noqa: S108 - made for us alone, and checked that it is
_SHARED_FOLDER = Path("/var/lib/geoapp")


def server_user() -> pwd.struct_passwd:
    """Who runs the server: the user who starts us, or ``postgres`` where that is root, which PostgreSQL refuses.

    Raises: ConfigError - there is no such user on this machine.
    """
    uid = os.geteuid()
    try:
        return pwd.getpwnam(SERVER_USER) if uid == 0 else pwd.getpwuid(uid)
    except KeyError as error:
        raise ConfigError(
            N_(
                "PostgreSQL must run as a user of this machine, and %(user)s is none. Install PostgreSQL from the"
                " distribution, or give the user number a name (useradd), or set DATABASE_URL."
            ),
            user=SERVER_USER if uid == 0 else uid,
        ) from error


def as_server_user() -> list[str]:
    """What to put before a command so that it runs as the server's user; nothing where we are that user."""
    if os.geteuid() != 0:
        return []
    user = server_user()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups"]


def choose_directory(var_dir: Path, report: Report) -> Path:
    """Where the cluster of a working folder lies: ``postgres`` in it, or a place that the server's user can enter.

    As root the server runs as ``postgres``, who may not enter a checkout below ``/root``; the cluster then lies in
    ``/var/lib/geoapp`` under a name made from the folder's path. Data that are there already decide.
    """
    inside = (var_dir / "postgres").resolve()
    if os.geteuid() != 0 or (inside / "data").exists():
        return inside
    elsewhere = _SHARED_FOLDER / hashlib.sha256(str(inside).encode()).hexdigest()[:12]
    if (elsewhere / "data").exists() or not _can_enter(inside.parent):
        report(f"the user {SERVER_USER} may not enter {inside.parent}: the cluster lies in {elsewhere}")
        return elsewhere
    return inside


def socket_folder(directory: Path) -> Path:
    """The folder of the Unix socket: in the cluster, or a short one where that path is too long for a socket."""
    inside = directory / "run"
    if len(os.fsencode(inside)) + len(_SOCKET_NAME) <= _LONGEST_SOCKET:
        return inside
    return _SHORT_FOLDER / f"geoapp-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]}"


def prepare_folder(folder: Path) -> None:
    """Make a folder that only the server's user (and root) can enter.

    Raises: ConfigError - it cannot be made, or is another user's.
    """
    owner = server_user()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), owner.pw_uid}:
            raise ConfigError(
                N_(
                    "%(folder)s belongs to the user %(found)s, and this program runs as %(user)s. Start it as that"
                    " user, or choose another folder with GEOAPP_VAR_DIR."
                ),
                folder=folder,
                found=_user_name(found.st_uid),
                user=_user_name(os.geteuid()),
            )
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o700)
    except OSError as error:
        raise ConfigError(
            N_("The folder %(folder)s cannot be used for the database: %(reason)s. Choose another: GEOAPP_VAR_DIR."),
            folder=folder,
            reason=error.strerror,
        ) from error


def is_served(data: Path, pid: str) -> bool:
    """Whether this process is a living server of this data directory.

    A number alone proves nothing: after a restart of the machine it may be anybody's, and a container may keep the
    zombie of a killed server for ever.
    """
    process = Path("/proc", pid)
    try:
        line = (process / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    # "4242 (postgres) S 1 ..."; the name may hold spaces, so it ends at the last bracket.
    name, state = line[line.index("(") + 1 : line.rindex(")")], line[line.rindex(")") + 2]
    if name != _SERVER_PROGRAM or state in "ZX":
        return False
    try:
        return (process / "cwd").samefile(data)
    except PermissionError:
        # Containers often forbid even root to look; its name has to do.
        return True
    except OSError:
        return False


def disk_is_full(folder: Path, least_mb: int = 32) -> bool:
    """Whether the disk has less room than a start needs."""
    return shutil.disk_usage(folder).free < least_mb * 1_000_000


def disk_full(folder: Path) -> ConfigError:
    """The error that says so."""
    free = shutil.disk_usage(folder).free // 1_000_000
    return ConfigError(
        N_(
            "The disk of %(folder)s has too little room for the database (%(free)s MB are free). Free some space (300"
            " MB are enough to begin with) and start again; nothing is lost."
        ),
        folder=folder,
        free=free,
    )


def _can_enter(folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    command = [*as_server_user(), "test", "-x", str(folder)]
    return subprocess.run(command, check=False, cwd="/").returncode == 0  # noqa: S603 - fixed command


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
