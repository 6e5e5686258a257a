"""What must be on the machine itself: Python's venv, PostGIS, Node.js, a typeface, and programs for tests."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

# It uses the standard library only, so it is there before anything is installed.
from geoapp.store.postgres import OLDEST, Installation, find_installations
from tools.steps import Progress, Stop, run_quietly

# The first is the same engine without the windows around the pages: they cost more than most pages do.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PRESET = "/etc/postgresql-common/createcluster.conf"


def check_python(progress: Progress) -> None:
    """Python is new enough (bootstrap.py saw to it) and can make virtual environments. Raises: Stop."""
    progress.begin("Python")
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        install_packages(progress, ["python3-venv"])
        if subprocess.run([sys.executable, "-c", "import ensurepip"], check=False, capture_output=True).returncode:
            raise Stop(
                f"{sys.executable} cannot make virtual environments. Install its venv module"
                f" (python3.{sys.version_info.minor}-venv), or name another Python: make PYTHON=python3.12 run"
            )
    progress.end(".".join(map(str, sys.version_info[:3])))


def check_postgis(progress: Progress) -> None:
    """A server with PostGIS is here, or DATABASE_URL names one elsewhere. Raises: Stop."""
    progress.begin("PostGIS")
    if os.environ.get("DATABASE_URL"):
        progress.end("the server that DATABASE_URL names")
        return
    found = find_installations()
    if not found:
        install_packages(progress, [_postgis_package(progress)])
        found = find_installations()
    if not found:
        raise Stop(
            f"PostgreSQL {OLDEST} or newer with PostGIS was not found. Install it from your distribution, or name a"
            " server that has it in DATABASE_URL."
        )
    progress.end(_name(found[0]))


def check_node() -> None:
    """Node.js with npm is here. Raises: Stop."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise Stop(
            "Node.js with npm was not found; it fetches the browser assets (Leaflet, the typeface). Install it"
            " (on Debian and Ubuntu: apt-get install -y nodejs npm) and start again."
        )


def check_browser(progress: Progress) -> str:
    """Chromium is here, for the tests; its path. Raises: Stop."""
    progress.begin("Chromium")
    browser = _find_browser()
    if browser is None:
        if "ID=ubuntu" in _os_release():
            raise Stop(
                "The tests need Chromium, which Ubuntu has as a snap only. Install it (sudo snap install chromium) or"
                " Google Chrome, or name a browser in CHROMIUM, and start again."
            )
        install_packages(progress, ["chromium-headless-shell"])
        browser = _find_browser()
    if browser is None:
        raise Stop("The tests need Chromium. Install it, or name it in CHROMIUM, and start again.")
    progress.end(browser)
    return browser


def check_typeface(progress: Progress) -> None:
    """A type with the widths of Times New Roman is here, for documents; where it cannot be, another stands in."""
    progress.begin("Typeface")
    if not has_typeface():
        try:
            install_packages(progress, [_typeface_package(progress)])
        except Stop:
            # Documents are written with DejaVu Serif then, and say so: nothing that should keep the maps from starting.
            progress.end("DejaVu Serif stands in for Times New Roman; to change that install fonts-liberation2")
            return
    progress.end("Liberation Serif" if has_typeface() else "DejaVu Serif stands in for Times New Roman")


def has_typeface(folder: Path = Path("/usr/share/fonts")) -> bool:
    """Whether Liberation Serif of version 2 is below a folder; version 1 lacks Vietnamese letters."""
    return any(_font_version(path) >= 2 for path in folder.rglob("LiberationSerif-Regular.ttf"))


def _font_version(path: Path) -> float:
    """The version of a TrueType font: the second number of its table ``head``."""
    body = path.read_bytes()
    tables = struct.unpack_from(">H", body, 4)[0]
    for entry in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", body, 12 + 16 * entry)
        if tag == b"head":
            return float(struct.unpack_from(">i", body, offset + 4)[0]) / 65536
    return 0


def _typeface_package(progress: Progress) -> str:
    """The package that has version 2: Debian 12 has both, newer ones call it fonts-liberation."""
    become = _become_root()
    if shutil.which("apt-get") and shutil.which("apt-cache") and become is not None:
        _update_lists(progress, become)
        listed = run_quietly(["apt-cache", "pkgnames", "fonts-liberation"], "asking apt for a typeface").split()
        return "fonts-liberation2" if "fonts-liberation2" in listed else "fonts-liberation"
    return "fonts-liberation2"


def check_readers(progress: Progress) -> None:
    """Programs are here that read what we write, for the tests: LibreOffice, GDAL, Poppler. Raises: Stop."""
    progress.begin("LibreOffice, GDAL, Poppler")
    wanted = _missing_readers()
    if wanted:
        install_packages(progress, wanted)
        wanted = _missing_readers()
    if wanted:
        raise Stop(f"The tests need {', '.join(wanted)} (names of Debian). Install them and start again.")
    progress.end("here")


def _missing_readers() -> list[str]:
    """Packages of which the program is not here; the parts of LibreOffice are libraries beside it."""
    office = shutil.which("soffice")
    parts = Path(office).resolve().parent if office else Path("/nowhere")
    libraries = {"libswlo.so": "libreoffice-writer-nogui", "libsclo.so": "libreoffice-calc-nogui"}
    programs = {"gdalinfo": "gdal-bin", "pdftotext": "poppler-utils"}
    missing = [package for library, package in libraries.items() if not (parts / library).exists()]
    return missing + [package for program, package in programs.items() if shutil.which(program) is None]


def install_packages(progress: Progress, packages: Sequence[str]) -> None:
    """Install packages of the distribution, as root or through sudo.

    Raises: Stop - we may not, or there is no apt: names the one command to run.
    """
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Stop(f"Missing on this machine: {', '.join(packages)} (names of Debian). Install them and start again.")
    become = _become_root()
    if become is None:
        raise Stop(
            f"Missing on this machine: {', '.join(packages)}. Run this and start again:\n  sudo {' '.join(command)}"
        )
    _update_lists(progress, become)
    progress.note(f"installing {' '.join(packages)}")
    _forgo_main_cluster(become, packages)
    run_quietly(
        [*become, "env", "DEBIAN_FRONTEND=noninteractive", *command, "-o", "Dpkg::Options::=--force-confold"],
        f"installing {', '.join(packages)} with apt",
    )


def _become_root() -> tuple[str, ...] | None:
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    if subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return (sudo, "-n")
    if not sys.stdin.isatty():
        return None
    print("\nsudo asks for your password, to install packages of the distribution:", flush=True)
    return (sudo,) if subprocess.run([sudo, "-v"], check=False).returncode == 0 else None


def _postgis_package(progress: Progress) -> str:
    """The package of the newest server that apt knows with PostGIS."""
    become = _become_root()
    if shutil.which("apt-get") and become is not None:
        _update_lists(progress, become)
    if shutil.which("apt-cache") is None:
        return f"postgresql-{OLDEST}-postgis-3"
    listed = run_quietly(["apt-cache", "pkgnames", "postgresql-"], "asking apt for PostGIS")
    return newest_postgis(listed) or f"postgresql-{OLDEST}-postgis-3"


@lru_cache
def _update_lists(progress: Progress, become: tuple[str, ...]) -> None:
    """Bring apt's lists up to date, once: a fresh machine has none."""
    progress.note("reading the package lists")
    run_quietly([*become, "apt-get", "update", "-qq"], "reading the package lists of apt")


def newest_postgis(names: str) -> str | None:
    """Of package names, a line each: the PostGIS package of the newest server that we can use."""
    found = re.findall(r"^postgresql-(\d+)-postgis-3$", names, re.MULTILINE)
    majors = [int(major) for major in found if int(major) >= OLDEST]
    return f"postgresql-{max(majors)}-postgis-3" if majors else None


def _forgo_main_cluster(become: Sequence[str], packages: Sequence[str]) -> None:
    """Where PostgreSQL comes new to the machine: no server of its own on port 5432, ours is private."""
    if Path(_PRESET).exists() or not any(name.startswith("postgresql-") for name in packages):
        return
    script = (
        f"mkdir -p {Path(_PRESET).parent} && printf '%s\\n' "
        f"'# No server is started at install: geoapp makes a private one. To have one: pg_createcluster VERSION main'"
        f" 'create_main_cluster = false' > {_PRESET}"
    )
    run_quietly([*become, "sh", "-c", script], "preparing the installation of PostgreSQL")


def _find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def _os_release() -> str:
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _name(installation: Installation) -> str:
    return f"PostgreSQL {installation.major} with PostGIS {installation.postgis}"
