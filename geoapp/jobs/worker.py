"""A worker: takes runs out of the queue one after the other, gives signs of life, and finds work of dead workers.

Work runs in a thread of its own, so the signs of life go on. What becomes of work is written by ``services/job_run.py``
in tables of ours; the library (procrastinate) hands each run to one worker and knows which workers live.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ProcrastinateException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker

from geoapp.errors import GeoAppError
from geoapp.services.job_context import Workshop
from geoapp.services.job_folders import sweep_job_folders
from geoapp.services.job_run import look_after, run_job
from geoapp.services.tiles_ahead import TilesAhead
from geoapp.store.engine import libpq_url

QUEUE, TASK = "geoapp", "run_job"
"""As ``queue_job()`` of migrations/sql/0028_jobs.sql has them."""
_LOG = logging.getLogger("geoapp.jobs")
_ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# How often the work of dead workers is looked for, and where nobody tells of new work, for that.
_LOOK_S = 10.0
_POLL_S = 5.0
# How often is looked whether tiles are to be made again.
_LOOK_FOR_TILES_S = 3.0
_TILES_PAUSE_S = 60.0
# Once the worker is told to end: how long work may still go on before it is given back.
_GRACE_S = 5.0
_LONGEST_PAUSE_S = 30.0
_AWAY = (ProcrastinateException, psycopg.Error, OSError, GeoAppError)


class JobWorker:
    """One worker.

    Args: url - of the database; parent - process without which it ends; tiles - what it makes ready beside its work.
    """

    def __init__(self, url: str, shop: Workshop, parent: int | None = None, tiles: TilesAhead | None = None) -> None:
        self._shop, self._parent, self._tiles = shop, parent, tiles
        self._connector = _connector(url)
        self._is_ending = False
        self._worker: Worker | None = None

    def run(self) -> None:
        """Work until a signal comes; where the database goes away, wait for it."""
        sweep_job_folders()
        asyncio.run(self._run())

    def work_off(self) -> None:
        """Work until nothing waits, and end; for tests and scripts."""
        asyncio.run(self._work(wait=False))

    async def _run(self) -> None:
        with self._signals():
            pause = 1.0
            while not self._is_ending:
                began = asyncio.get_running_loop().time()
                try:
                    await self._work(wait=True)
                except _AWAY as error:
                    _LOG.warning("the database is away; trying again in %.0f s: %s", pause, error)
                if asyncio.get_running_loop().time() - began > 2 * _LONGEST_PAUSE_S:
                    pause = 1.0
                await self._rest(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _work(self, *, wait: bool) -> None:
        asyncio.get_running_loop().set_exception_handler(_tell_unasked)
        app = App(connector=self._connector)
        app.task(name=TASK, queue=QUEUE, pass_context=True)(self._do)
        async with app.open_async():
            await asyncio.to_thread(look_after, self._shop)
            self._worker = Worker(
                app,
                queues=[QUEUE],
                name="geoapp",
                wait=wait,
                listen_notify=wait,
                fetch_job_polling_interval=_POLL_S,
                shutdown_graceful_timeout=_GRACE_S,
                # What became of the work lies in our tables; the queue keeps only what is under way.
                delete_jobs=DeleteJobCondition.ALWAYS,
                install_signal_handlers=False,
                update_heartbeat_interval=self._shop.stale_s / 5,
                stalled_worker_timeout=self._shop.stale_s,
            )
            watchers = [asyncio.create_task(self._look_after())] if wait else []
            watchers += [asyncio.create_task(self._watch_parent())] if self._parent else []
            watchers += [asyncio.create_task(self._make_tiles(self._tiles))] if wait and self._tiles else []
            try:
                if not self._is_ending:
                    await self._worker.run()  # type: ignore[no-untyped-call]  # the library types it not
            finally:
                for watcher in watchers:
                    watcher.cancel()
                self._worker = None

    def _do(self, context: JobContext, *, job: int) -> None:  # noqa: ARG002 - who looks into the queue finds the job
        """One run, in a thread. What escapes: the queue and our tables may disagree, so this worker begins anew."""
        assert context.job.id is not None  # noqa: S101 - it came out of the database
        try:
            run_job(self._shop, context.job.id, context.should_abort)
        except BaseException:
            if self._worker:
                self._worker.stop()  # type: ignore[no-untyped-call]
            raise

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(min(_LOOK_S, self._shop.stale_s))
            try:
                await asyncio.to_thread(look_after, self._shop)
            except GeoAppError as error:
                _LOG.warning("work of dead workers could not be looked for: %s", error)

    async def _make_tiles(self, tiles: TilesAhead) -> None:
        while True:
            await asyncio.sleep(_LOOK_FOR_TILES_S)
            try:
                made = await asyncio.to_thread(tiles.look, lambda: self._is_ending)
            except GeoAppError as error:
                _LOG.warning("tiles could not be made ahead: %s", error)
                await asyncio.sleep(_TILES_PAUSE_S)
                continue
            if made:
                _LOG.info("%s tiles made ahead", made)

    async def _watch_parent(self) -> None:
        while os.getppid() == self._parent:
            await asyncio.sleep(1.0)
        _LOG.warning("the program that started this worker is gone; ending")
        self._end()

    async def _rest(self, seconds: float) -> None:
        """A pause that ends when the worker is to."""
        until = asyncio.get_running_loop().time() + seconds
        while not self._is_ending and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.1)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in _ENDINGS:
            loop.add_signal_handler(number, self._end)
        try:
            yield
        finally:
            with suppress(RuntimeError):
                for number in _ENDINGS:
                    loop.remove_signal_handler(number)

    def _end(self) -> None:
        self._is_ending = True
        if self._worker:
            self._worker.stop()  # type: ignore[no-untyped-call]


def _tell_unasked(_: object, context: dict[str, Any]) -> None:
    """What the library did not expect, in a line: such as a run that was taken over while its worker was away."""
    error = context.get("exception")
    reason = getattr(error, "__cause__", None) or error or context.get("message")
    _LOG.warning("the queue: %s", " ".join(str(reason).split()))


def _connector(url: str) -> PsycopgConnector:
    return PsycopgConnector(
        conninfo=libpq_url(url),
        kwargs={
            "options": "-c search_path=geoapp,public",
            "application_name": "geoapp worker",
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
        min_size=1,
        max_size=4,
        timeout=15.0,
    )
