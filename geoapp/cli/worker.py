"""``geoapp worker``: work that takes long, taken out of the queue of the database."""

import logging
import os
import sys

import click
from sqlalchemy import Engine

from geoapp.catalog.load import load_catalogue
from geoapp.cli.server import database
from geoapp.jobs.worker import JobWorker
from geoapp.resources import layers_dir
from geoapp.services.job_context import Workshop
from geoapp.services.job_list import job_kinds
from geoapp.services.readers import Engines
from geoapp.services.readiness import check_ready
from geoapp.services.tiles_ahead import TilesAhead
from geoapp.settings import Settings, load_settings
from geoapp.store.engine import Role, make_engine

_CONNECTIONS = 4


@click.command()
@click.option("--parent", type=int, hidden=True, help="End when this process, which started the worker, is gone.")
def worker(parent: int | None) -> None:
    """Do long work (exports, map sheets, reports) until it is ended: SIGTERM lets it finish or give back what it does.

    Any number of workers on any machines share the work; each needs only DATABASE_URL. `geoapp serve` starts
    GEOAPP_JOB_WORKERS of them itself.
    """
    settings = load_settings()
    _start_log(settings.log_level)
    with database(settings) as url:
        shop = workshop(settings, url)
        check_ready(shop.engines.map)
        tiles = TilesAhead(shop.engines.map, shop.owner, shop.catalogue) if settings.tiles_ahead else None
        JobWorker(url, shop, parent, tiles).run()


def workshop(settings: Settings, url: str) -> Workshop:
    """What a worker works with; its statements may take longer than those of pages."""

    def make(role: Role) -> Engine:
        timeout = settings.job_statement_timeout_s * 1000
        return make_engine(url, role=role, statement_timeout_ms=timeout, pool_size=_CONNECTIONS)

    reading = make(Role.MAP)
    return Workshop(
        make(Role.OWNER),
        Engines(reading, make(Role.STAFF), reading),
        load_catalogue(settings.layers_dir or layers_dir()),
        job_kinds(settings.office_program),
        settings.job_file_mb,
        settings.job_keep_days,
        settings.job_dead_s,
    )


def _start_log(level: str) -> None:
    """What the worker tells goes to the standard error, with its process number: there may be several."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(f"[worker {os.getpid()}] %(levelname)s %(message)s"))
    for name, least in (("geoapp", level.upper()), ("procrastinate", "DEBUG" if level == "debug" else "WARNING")):
        logging.getLogger(name).setLevel(least)
        logging.getLogger(name).addHandler(handler)
