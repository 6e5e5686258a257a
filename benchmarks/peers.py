"""Peers from their own packages: each in an environment of its own below var/bench, installed as locked."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import make_url

from benchmarks.report import BenchError
from benchmarks.servers import FOLDER, WORKERS, Server, free_port

LOCKS = Path(__file__).parent / "peers"
SCHEMA = "bench"
TILES, FEATURES = "plots_3857", "plots_4326"


def environment(name: str) -> Path:
    """The environment of a peer, installed the first time and whenever its lock changes. Raises: BenchError."""
    lock = LOCKS / f"{name}.txt"
    folder = FOLDER / "peers" / name
    stamp = folder / "installed"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return folder
    print(f"installing {name} into {folder.relative_to(FOLDER.parents[1])} (once) …", flush=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(lock)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise BenchError(f"{name} could not be installed: {said[-1] if said else 'no word why'}")
    stamp.write_text(wanted, encoding="ascii")
    return folder


def version(name: str, package: str) -> str:
    """The version of a package that is installed for a peer."""
    script = f"from importlib.metadata import version; print(version({package!r}))"
    python = str(environment(name) / "bin" / "python")
    return subprocess.run([python, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def tipg(database_url: str) -> Server:
    """The server tipg on uvicorn with uvloop, over the tables of the peers."""
    url = make_url(database_url)
    socket_folder = str(url.query.get("host") or url.host)
    # Its settings want a host in the address; the folder of a Unix socket is one when its slashes are written so.
    dsn = f"postgresql://{url.username}@{socket_folder.replace('/', '%2F')}/{url.database}"
    env = {
        "DATABASE_URL": dsn,
        "TIPG_DB_SCHEMAS": f'["{SCHEMA}"]',
        "TIPG_MAX_FEATURES_PER_TILE": "100000",
        # The margin of our tiles.
        "TIPG_TILE_BUFFER": "64",
        # The catalogue is read again every five minutes otherwise; it does not change here.
        "TIPG_CATALOG_TTL": "0",
    }
    port = free_port()
    return Server("tipg", _uvicorn("tipg", "tipg.main:app", port), port, "/healthz", env, FOLDER)


def titiler() -> Server:
    """The server titiler on uvicorn with uvloop: the bare application of its documentation."""
    port = free_port()
    # GDAL settings that titiler recommends for speed.
    env = {"GDAL_CACHEMAX": "200", "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "VSI_CACHE": "TRUE"}
    command = _uvicorn("titiler", "titiler_app:app", port)
    return Server("titiler", [*command, "--app-dir", str(LOCKS)], port, "/healthz", env, FOLDER)


def pygeoapi(database_url: str, bounds: Sequence[float]) -> Server:
    """The server pygeoapi on gunicorn, over the tables of the peers. Args: bounds - where the plots lie, in degrees."""
    folder = environment("pygeoapi")
    port = free_port()
    url = make_url(database_url)
    filled = {
        "port": port,
        "host": url.query.get("host") or url.host,
        "database": url.database,
        "user": url.username,
        "schema": SCHEMA,
        "table": FEATURES,
        "bounds": ", ".join(str(degree) for degree in bounds),
    }
    config, description = FOLDER / "pygeoapi.yml", FOLDER / "pygeoapi-openapi.yml"
    config.write_text((LOCKS / "pygeoapi.yml").read_text(encoding="utf-8").format(**filled), encoding="utf-8")
    env = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(description)}
    make = [str(folder / "bin" / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(description)]
    done = subprocess.run(make, capture_output=True, text=True, check=False, env={**os.environ, **env}, cwd=FOLDER)
    if done.returncode:
        raise BenchError(f"pygeoapi refused its configuration: {(done.stderr or done.stdout).strip()[-300:]}")
    gunicorn = [str(folder / "bin" / "gunicorn"), "--workers", str(WORKERS), "--threads", "4"]
    command = [*gunicorn, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "pygeoapi.flask_app:APP"]
    return Server("pygeoapi", command, port, "/conformance?f=json", env, FOLDER)


def nginx(files: Path) -> Server:
    """The server nginx with as many processes, serving a folder. Raises: BenchError - it is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise BenchError("nginx is not installed")
    port = free_port()
    config = FOLDER / "nginx.conf"
    text = (LOCKS / "nginx.conf").read_text(encoding="utf-8")
    filled = {"WORKERS": str(WORKERS), "PORT": str(port), "FILES": str(files), "FOLDER": str(FOLDER)}
    for name, value in filled.items():
        text = text.replace(f"@{name}@", value)
    config.write_text(text, encoding="utf-8")
    return Server("nginx", [program, "-c", str(config), "-p", str(FOLDER)], port, "/ready.txt", {}, FOLDER)


def _uvicorn(name: str, application: str, port: int) -> list[str]:
    program = str(environment(name) / "bin" / "uvicorn")
    options = ["--workers", str(WORKERS), "--loop", "uvloop", "--http", "httptools", "--no-access-log"]
    return [program, application, "--host", "127.0.0.1", "--port", str(port), *options, "--log-level", "warning"]
