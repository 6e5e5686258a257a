"""Long work as people see it, on a connection of ``acting``. See migrations/sql/0028_jobs.sql."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from geoapp.store.pages import read_rows, statement

_START = text("SELECT start_job(:kind, CAST(:arguments AS jsonb), :language, :most)")
_CANCEL = text("SELECT cancel_job(:job)")
_REPEAT = text("SELECT repeat_job(:job, :most)")
_HEALTH = text("SELECT waiting, running, failed, workers, oldest FROM jobs_health(make_interval(secs => :stale_s))")


@dataclass(frozen=True)
class Health:
    """Jobs by state, workers that give signs, and for how many seconds the oldest waiting job waits."""

    waiting: int
    running: int
    failed: int
    workers: int
    oldest_s: float


def start_job(connection: Connection, kind: str, arguments: Mapping[str, Any], language: str, most: int) -> int | None:
    """A new job of who acts; its number, None where ``most`` wait already."""
    bound = {"kind": kind, "arguments": json.dumps(dict(arguments)), "language": language, "most": most}
    number: int | None = connection.execute(_START, bound).scalar_one()
    return number


def cancel_job(connection: Connection, job_id: int) -> str | None:
    """Stop a job; its state before, None where there is none that who acts may see."""
    state: str | None = connection.execute(_CANCEL, {"job": job_id}).scalar_one()
    return state


def repeat_job(connection: Connection, job_id: int, most: int) -> bool | None:
    """Run an own job again; False where it neither failed nor was stopped, None where ``most`` wait already."""
    taken: bool | None = connection.execute(_REPEAT, {"job": job_id, "most": most}).scalar_one()
    return taken


def list_jobs(connection: Connection, job_ids: Sequence[int] | None, most: int) -> list[Any]:
    """Jobs that who acts may see, newest first; see queries/jobs_list.sql for the columns."""
    bound = {"ids": None if job_ids is None else list(job_ids), "most": most}
    return list(read_rows(connection, "jobs_list", bound))


def list_files(connection: Connection, job_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Files of jobs that who acts may take, by job."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in read_rows(connection, "jobs_files", {"ids": list(job_ids), "name": None}):
        found[int(row.job_id)].append(row)
    return found


def find_file(connection: Connection, job_id: int, name: str) -> Any:
    """A file by its name: id, name, media_type, bytes, sha256; None where there is none that who acts may take."""
    return connection.execute(statement("jobs_files"), {"ids": [job_id], "name": name}).one_or_none()


def read_chunk(connection: Connection, file_id: int, number: int) -> bytes | None:
    """A piece of a file; None after the last."""
    body = connection.execute(statement("jobs_chunk"), {"file_id": file_id, "number": number}).scalar()
    return None if body is None else bytes(body)


def read_health(connection: Connection, stale_s: float) -> Health:
    """How long work stands. Args: stale_s - a worker that gave no sign for so many seconds is dead."""
    row: Any = connection.execute(_HEALTH, {"stale_s": stale_s}).one()
    return Health(row.waiting, row.running, row.failed, row.workers, row.oldest)
