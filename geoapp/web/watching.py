"""What can be seen of the program at work: a line of the log for each request, and figures for Prometheus."""

import json
import logging
import os
import re
import secrets
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest

from geoapp.core.permissions import Permission
from geoapp.web.api import atlas
from geoapp.web.job_figures import tell_jobs
from geoapp.web.permissions import needs
from geoapp.web.worker_figures import VARIABLE, tell_all_workers

watching = Blueprint("watching", __name__)
_LOG = logging.getLogger("geoapp.request")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
_LOOPBACK = {"127.0.0.1", "::1"}
_BOUNDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

# By the name of the view, never by the address: an address is as long as anybody likes.
_REQUESTS = Counter("geoapp_requests_total", "Requests answered", ["view", "status"])
_SECONDS = Histogram("geoapp_request_seconds", "Seconds until the answer", ["view"], buckets=_BOUNDS)
_STATEMENTS = Counter("geoapp_statements_total", "Statements run in the database", ["view"])
_SQL_SECONDS = Counter("geoapp_statement_seconds_total", "Seconds spent in the database", ["view"])
_BYTES = Counter("geoapp_answer_bytes_total", "Bytes of the bodies sent", ["view"])


def use_watching(app: Flask, *, log_format: str, metrics: str) -> None:
    """Args: log_format - ``text`` or ``json``; metrics - who may see them: ``off``, ``local`` or ``all``."""
    app.extensions |= {"log_format": log_format, "metrics": metrics}
    app.before_request(_begin)
    app.after_request(_tell)
    app.register_blueprint(watching)


@watching.get("/metrics")
@needs(Permission.OPEN)
def figures() -> Response:
    """Figures in the text form of Prometheus, of all workers together."""
    allowed = current_app.extensions["metrics"]
    # Behind a proxy every request comes from this machine: what it hands on is not local.
    is_local = request.remote_addr in _LOOPBACK and not any(name in request.headers for name in _FORWARDED)
    if allowed == "off" or (allowed == "local" and not is_local):
        abort(404)
    folder = os.environ.get(VARIABLE)
    told = tell_all_workers(Path(folder)) if folder else generate_latest(REGISTRY)
    return Response(told + tell_jobs(current_app.extensions["jobs"]), content_type=CONTENT_TYPE_LATEST)


def _begin() -> None:
    g.began = time.perf_counter()
    atlas().begin_request()


def _tell(response: Response) -> Response:
    """One line for each request: what was asked, what came of it, how long, and what of that in the database."""
    began = g.get("began")
    seconds = time.perf_counter() - began if began else 0.0
    given = request.headers.get("X-Request-ID", "")
    response.headers["X-Request-ID"] = number = given if _ID.fullmatch(given) else secrets.token_hex(8)
    view, spent = request.endpoint or "none", atlas().spent()
    size = response.content_length or 0
    counts = _counts_of(view)
    _requests_of(view, response.status_code).inc()
    counts.seconds.observe(seconds)
    counts.statements.inc(spent.statements)
    counts.sql_seconds.inc(spent.seconds)
    counts.bytes.inc(size)
    if view != "static":
        told = {
            "method": request.method,
            # Without what was asked: it may hold names of people.
            "path": request.path,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "sql": spent.statements,
            "sql_ms": round(spent.seconds * 1000, 1),
            "bytes": size,
            "id": number,
        }
        _write(told)
    return response


class _Counts(NamedTuple):
    """What is counted of a view."""

    seconds: Histogram
    statements: Counter
    sql_seconds: Counter
    bytes: Counter


@cache
def _counts_of(view: str) -> _Counts:
    return _Counts(_SECONDS.labels(view), _STATEMENTS.labels(view), _SQL_SECONDS.labels(view), _BYTES.labels(view))


@cache
def _requests_of(view: str, status: int) -> Counter:
    return _REQUESTS.labels(view, status)


def _write(told: dict[str, object]) -> None:
    if not _LOG.isEnabledFor(logging.INFO):
        return
    if current_app.extensions["log_format"] == "json":
        _LOG.info("%s", json.dumps(told, ensure_ascii=False))
        return
    line = "{method} {path} {status} {ms} ms, {sql} sql {sql_ms} ms, {bytes} bytes, {id}".format_map(told)
    # What was asked may hold anything; a line of the log stays one line.
    _LOG.info("%s", line.encode("unicode_escape").decode() if not line.isprintable() else line)
