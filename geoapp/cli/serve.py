"""``geoapp serve``: database, migrations, data and web server in one command."""

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from pydantic import SecretStr

from geoapp.cli.crew import Crew
from geoapp.cli.fair_worker import FairWorker
from geoapp.cli.first_start import make_first_people, read_key
from geoapp.cli.painter import Painter
from geoapp.cli.server import database
from geoapp.errors import N_, ConfigError
from geoapp.ingest.default import load_default
from geoapp.ingest.imagery_demo import lacks_demo_scene
from geoapp.resources import data_dir, imagery_dir, working_dir
from geoapp.settings import Settings, load_settings
from geoapp.store.migrate import migrate


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn comes without types
    """gunicorn inside this process, so that Ctrl-C ends everything in order."""

    def __init__(self, settings: Settings, app: object, started: float, then: Callable[[], None]) -> None:
        self._settings = settings
        self._app = app
        self._started = started
        self._then = then
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn asks for first."""
        settings = self._settings
        options = {
            "bind": _address(settings.host, settings.port),
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": FairWorker,
            "timeout": 60,
            "graceful_timeout": 5,
            "loglevel": settings.log_level if settings.log_level != "info" else "warning",
            "when_ready": self._tell,
            "child_exit": _forget_metrics,
            # Thousands of small answers: a worker is renewed now and then, not all at once.
            "max_requests": 200_000,
            "max_requests_jitter": 20_000,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """The application; made before the workers are, so that a fault is told once and in a sentence."""
        return self._app

    def _tell(self, _: object) -> None:
        seconds = time.monotonic() - self._started
        address = f"http://{_address(self._settings.host, self._settings.port)}/"
        click.echo(f"\nReady after {seconds:.1f} s. Open  {address}\nCtrl-C stops everything.")
        self._then()


@click.command()
def serve() -> None:
    """Start the database, bring schema and data up to date, and serve the maps until Ctrl-C."""
    started = time.monotonic()
    settings = load_settings()
    _check_port(settings)
    _step(1, "database")
    with database(settings, keep=True) as url:
        _step(2, "schema")
        applied = migrate(url)
        _note(f"applied {', '.join(applied)}" if applied else "up to date")
        _step(3, "data")
        data, pictures = settings.data_dir or data_dir(), imagery_dir(settings.imagery_dir, settings.var_dir)
        if not load_default(url, data, with_demo=settings.demo, report=_note):
            _note("up to date")
        make_first_people(url)
        painter, crew = Painter(url), Crew(url, settings.job_workers)
        unpainted = settings.demo and lacks_demo_scene(url, data, pictures)
        _step(4, "web server")
        _share_metrics(working_dir(settings.var_dir))
        # Only now: the counters look at import where they are kept.
        from geoapp.app import create_app  # noqa: PLC0415

        key = settings.secret_key or SecretStr(read_key(working_dir(settings.var_dir)))
        app = create_app(settings.model_copy(update={"database_url": url, "secret_key": key}))
        process = os.getpid()

        def then() -> None:
            crew.start()
            if unpainted:
                painter.start()

        try:
            _Server(settings, app, started, then).run()
        except SystemExit as ended:
            # gunicorn leaves by exit, and so does each worker that it forked off; the database is stopped on the way
            # out, by this process alone.
            if ended.code not in (0, None) or os.getpid() != process:
                raise
        finally:
            if os.getpid() == process:
                crew.stop()
                painter.stop()
    click.echo("Everything is stopped.")


def _share_metrics(var_dir: Path) -> None:
    """A folder in which the workers keep their counters, so that any of them can tell those of all."""
    folder = var_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _forget_metrics(_: object, worker: Any) -> None:
    """What a worker that has ended has counted stays, its files do not."""
    from geoapp.web.worker_figures import VARIABLE, keep_ended  # noqa: PLC0415

    keep_ended(Path(os.environ[VARIABLE]), worker.pid)


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _check_port(settings: Settings) -> None:
    """Refuse a port in use before anything is started. Raises: ConfigError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise ConfigError(
            N_(
                "Port %(port)s on %(host)s cannot be used: %(reason)s. Stop the program that uses it, or choose "
                "another one: GEOAPP_PORT=%(other)s make run"
            ),
            port=settings.port,
            host=settings.host,
            reason=error.strerror,
            other=settings.port + 1 if settings.port < 65535 else 8000,
        ) from error


def _step(number: int, what: str) -> None:
    click.echo(f"[{number}/4] {what}")


def _note(line: str) -> None:
    click.echo(f"      {line}")
