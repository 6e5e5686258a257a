"""Which PostgreSQL servers with PostGIS this machine has."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which

OLDEST = 15
_NEEDED = ("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore", "psql")
# Where distributions put each major version.
_PATTERNS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/postgresql/*/bin")


@dataclass(frozen=True)
class Installation:
    """The programs of one major version in one folder."""

    major: int
    bindir: Path
    postgis: str

    def program(self, name: str) -> str:
        """The full path of one of its programs."""
        return str(self.bindir / name)


def find_installations() -> list[Installation]:
    """All servers of version 15 or newer that have PostGIS, newest first."""
    found: dict[int, Installation] = {}
    for bindir in _candidates():
        installation = _inspect(bindir)
        if installation:
            found.setdefault(installation.major, installation)
    return sorted(found.values(), key=lambda installation: -installation.major)


def _candidates() -> Iterator[Path]:
    configured = which("pg_config")
    bindir = _ask(configured, "--bindir") if configured else ""
    if bindir:
        yield Path(bindir)
    for pattern in _PATTERNS:
        yield from Path("/").glob(pattern.lstrip("/"))


def _inspect(bindir: Path) -> Installation | None:
    if not all((bindir / name).exists() for name in _NEEDED):
        return None
    # It says: postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1), or 18beta1 for one to come.
    said = re.search(r"\) (\d+)", _ask(str(bindir / "postgres"), "--version"))
    major = int(said.group(1)) if said else 0
    control = _share(bindir, major) / "extension" / "postgis.control"
    if major < OLDEST or not control.exists():
        return None
    version = re.search(r"default_version = '([^']+)'", control.read_text(encoding="utf-8"))
    return Installation(major, bindir, version.group(1) if version else "?")


def _share(bindir: Path, major: int) -> Path:
    config = bindir / "pg_config"
    said = _ask(str(config), "--sharedir") if config.exists() else ""
    if said:
        return Path(said)
    debian = Path(f"/usr/share/postgresql/{major}")
    return debian if debian.exists() else bindir.parent / "share"


def _ask(*command: str) -> str:
    """What a program says; nothing where it is broken, so that a half-removed server is passed over."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed
    except OSError:
        return ""
    return done.stdout.strip()
