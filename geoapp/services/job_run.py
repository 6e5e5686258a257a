"""One run of long work: with the rights of its person, to an end that is told, or back into the queue."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from geoapp.errors import N_, CatalogError, FaultList, GeoAppError, InvalidFields, StoreError, StoreUnavailable
from geoapp.services.job_context import GivenBack, Replaced, RunningJob, Workshop, told_params
from geoapp.services.job_folders import job_folder
from geoapp.services.job_kinds import Cancelled
from geoapp.store import job_runs as store
from geoapp.store.engine import writing

_LOG = logging.getLogger("geoapp.jobs")
MOST_ATTEMPTS = 3
"""Work that takes its worker with it each time, or finds no database, is not tried for ever."""
_PAUSE_S = 10.0
_SORRY = N_(
    "Something unexpected went wrong. Run it again; if it fails again, tell the administrator: the log has the reason"
    " under job %(job)s."
)
_DIED = N_("The worker ended in the midst of this work, %(times)s times. Tell the administrator: it may lack memory.")
# Words of the database or of files of ours are for the log.
_FOR_THE_LOG = (StoreError, CatalogError)


def run_job(shop: Workshop, run: int, is_ending: Callable[[], bool]) -> None:
    """Do the work of one run, if it is the one that counts.

    Args: is_ending - whether the worker is to end, so that the work is given back when it next tells how far it is.
    Raises: StoreUnavailable - the database went away, and could not be told what became of the work.
    """
    with writing(shop.owner) as connection:
        begun = store.begin_run(connection, run)
    if begun is None:
        return
    began = time.monotonic()
    ended = _do(shop, begun, is_ending)
    _LOG.info("job %s (%s): %s after %.1f s", begun.id, begun.kind, ended, time.monotonic() - began)


def look_after(shop: Workshop) -> None:
    """Give work of dead workers to others, and clear away what is old."""
    with writing(shop.owner) as connection:
        for lost in store.lost_runs(connection, shop.stale_s):
            _LOG.warning("job %s had lost its worker", lost.id)
            store.forget_run(connection, lost.run)
            if lost.cancel_asked:
                store.end_run(connection, lost.run, "cancelled")
            elif lost.attempts >= MOST_ATTEMPTS:
                store.end_run(connection, lost.run, "failed", {"text": _DIED, "params": {"times": lost.attempts}})
            else:
                store.requeue_run(connection, lost.run)
        cleared = store.clear_old(connection, shop.keep_days, shop.stale_s)
    if cleared:
        _LOG.info("%s old jobs cleared away", cleared)


def _do(shop: Workshop, begun: store.Begun, is_ending: Callable[[], bool]) -> str:
    """The work, and in a word what became of it."""
    try:
        kind = shop.kinds.get(begun.kind)
        context = RunningJob(shop, begun, kind, is_ending)
        with job_folder() as folder:
            context.folder = folder
            kind.run(context, begun.arguments)
        return _finish(shop, begun)
    except Replaced:
        return "replaced by another run"
    except GivenBack:
        return _give_back(shop, begun)
    except Cancelled:
        return _end(shop, begun, "cancelled")
    except StoreUnavailable as error:
        _LOG.warning("job %s: %s", begun.id, error, exc_info=error)
        return _try_later(shop, begun) if begun.attempts < MOST_ATTEMPTS else _fail(shop, begun, error)
    except Exception as error:  # noqa: BLE001 - the edge: whatever it is, a person gets a sentence, the log the rest
        _LOG.error("job %s (%s) failed", begun.id, begun.kind, exc_info=error)
        return _fail(shop, begun, error)


def _finish(shop: Workshop, begun: store.Begun) -> str:
    with writing(shop.owner) as connection:
        if store.end_run(connection, begun.run, "done"):
            return "done"
        if store.is_stopped(connection, begun.run):
            store.end_run(connection, begun.run, "cancelled")
            return "cancelled"
    # The rights were changed at the last moment, or another run has taken its place.
    return _give_back(shop, begun)


def _end(shop: Workshop, begun: store.Begun, state: str, error: Mapping[str, Any] | None = None) -> str:
    with writing(shop.owner) as connection:
        store.end_run(connection, begun.run, state, error)
    return state


def _fail(shop: Workshop, begun: store.Begun, error: Exception) -> str:
    return _end(shop, begun, "failed", _told(error, begun.id))


def _give_back(shop: Workshop, begun: store.Begun) -> str:
    with writing(shop.owner) as connection:
        store.requeue_run(connection, begun.run, forgiven=1)
    return "given back"


def _try_later(shop: Workshop, begun: store.Begun) -> str:
    with writing(shop.owner) as connection:
        store.requeue_run(connection, begun.run, delay_s=_PAUSE_S)
    return "to be tried again"


def _told(error: Exception, job_id: int) -> dict[str, Any]:
    """The reason as it is kept: a sentence, with one for each fault."""
    is_told = isinstance(error, StoreUnavailable) or (
        isinstance(error, GeoAppError) and not isinstance(error, _FOR_THE_LOG)
    )
    if not isinstance(error, GeoAppError) or not is_told:
        return {"text": _SORRY, "params": {"job": job_id}}
    return {"text": error.template, "params": told_params(error.params), "faults": _faults(error)}


def _faults(error: GeoAppError) -> list[dict[str, Any]]:
    if isinstance(error, InvalidFields):
        return [{"text": one.template, "params": told_params(one.params)} for one in error.faults]
    return [{"text": one} for one in error.faults] if isinstance(error, FaultList) else []
