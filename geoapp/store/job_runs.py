"""Long work as a worker sees it, on a connection of the owner. A run that does not count any more changes nothing."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from geoapp.core.permissions import Person, PersonRole
from geoapp.store.pages import find_row, read_rows, statement

CHUNK_BYTES = 1_000_000
_DELETE_OTHERS = text("DELETE FROM job_files WHERE job_id = :job AND run <> :run")
_DELETE_FILE = text("DELETE FROM job_files WHERE run = :run AND name = :name")
_ADD_CHUNK = text("INSERT INTO job_chunks (file_id, number, body) VALUES (:file_id, :number, :body)")
_SET_FILE = text("UPDATE job_files SET bytes = :bytes, sha256 = :sha256 WHERE id = :file_id")
_SAVED = text("SELECT coalesce(sum(bytes), 0) FROM job_files WHERE run = :run AND name <> :but")
_DELETE_RUN = text("DELETE FROM procrastinate_jobs WHERE id = :run")
_STOPPED = text("SELECT cancel_asked FROM jobs WHERE run = :run")


@dataclass(frozen=True)
class Begun:
    """What a run is to do."""

    id: int
    run: int
    person_id: int
    kind: str
    arguments: Mapping[str, Any]
    language: str
    attempts: int


@dataclass(frozen=True)
class WorksFor:
    """Who a run works for now; ``is_unchanged``: with the rights that it began with."""

    person: Person
    is_disabled: bool
    is_unchanged: bool


@dataclass(frozen=True)
class Lost:
    """A run that nobody works on."""

    id: int
    run: int
    attempts: int
    state: str
    cancel_asked: bool


def begin_run(connection: Connection, run: int) -> Begun | None:
    """Begin a run; None where it is not the one that counts, or was stopped. Files of runs before it go."""
    row = connection.execute(statement("job_begin"), {"run": run}).one_or_none()
    if row is None:
        return None
    connection.execute(_DELETE_OTHERS, {"job": row.id, "run": run})
    return Begun(**row._mapping)  # noqa: SLF001 - SQLAlchemy's name for it


def read_person(connection: Connection, run: int) -> WorksFor | None:
    """Who a run works for; None where it is not the one that counts any more."""
    row: Any = find_row(connection, "job_person", {"run": run})
    if row is None:
        return None
    person = Person(
        row.id, row.login, row.name, PersonRole(row.role), row.department, frozenset(row.park_ids), row.must_change
    )
    return WorksFor(person, row.is_disabled, row.is_unchanged)


def tell_run(connection: Connection, run: int, done: int, total: int, note: Mapping[str, Any] | None) -> bool | None:
    """How far a run is; whether it is to stop, None where it is not the one that counts any more."""
    bound = {"run": run, "done": done, "total": total, "note": _json(note)}
    found: bool | None = connection.execute(statement("job_tell"), bound).scalar_one_or_none()
    return found


def save_file(connection: Connection, run: int, name: str, media_type: str, body: Iterable[bytes]) -> int | None:
    """Keep a file in pieces; its bytes, None where the run is not the one that counts any more."""
    connection.execute(_DELETE_FILE, {"run": run, "name": name})
    bound = {"run": run, "name": name, "media_type": media_type}
    file_id = connection.execute(statement("job_add_file"), bound).scalar_one_or_none()
    if file_id is None:
        return None
    digest, size = hashlib.sha256(), 0
    for number, piece in enumerate(_pieces(body)):
        connection.execute(_ADD_CHUNK, {"file_id": file_id, "number": number, "body": piece})
        digest.update(piece)
        size += len(piece)
    connection.execute(_SET_FILE, {"file_id": file_id, "bytes": size, "sha256": digest.hexdigest()})
    return size


def saved_bytes(connection: Connection, run: int, but: str) -> int:
    """Bytes of all files of a run but one, which is about to be replaced."""
    return int(connection.execute(_SAVED, {"run": run, "but": but}).scalar_one())


def end_run(connection: Connection, run: int, state: str, error: Mapping[str, Any] | None = None) -> bool:
    """A run has ended; False where it is not the one that counts, or is to be done with other rights."""
    bound = {"run": run, "state": state, "error": _json(error)}
    return connection.execute(statement("job_end"), bound).first() is not None


def is_stopped(connection: Connection, run: int) -> bool:
    """Whether a person asked to stop it."""
    return bool(connection.execute(_STOPPED, {"run": run}).scalar())


def requeue_run(connection: Connection, run: int, *, delay_s: float = 0.0, forgiven: int = 0) -> bool:
    """Let the work of a run wait again as another run; False where it is not the one that counts.

    Args: delay_s - not before; forgiven - runs that are not held against the work.
    """
    bound = {"run": run, "delay_s": delay_s, "forgiven": forgiven}
    return connection.execute(statement("job_requeue"), bound).first() is not None


def lost_runs(connection: Connection, stale_s: float) -> list[Lost]:
    """Runs that nobody works on, held until the transaction ends. Args: stale_s - after which a worker is dead."""
    rows = read_rows(connection, "job_lost", {"stale_s": stale_s})
    return [Lost(**row._mapping) for row in rows]  # noqa: SLF001


def forget_run(connection: Connection, run: int) -> None:
    """The queue forgets a run."""
    connection.execute(_DELETE_RUN, {"run": run})


def clear_old(connection: Connection, keep_days: int, stale_s: float) -> int:
    """Clear away what ended long ago, and what the queue keeps of runs that ended with their worker; how many jobs."""
    connection.execute(statement("job_clear_runs"), {"stale_s": stale_s})
    return connection.execute(statement("job_clear"), {"keep_days": keep_days}).rowcount


def _pieces(body: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter; none where there are no bytes."""
    kept = bytearray()
    for part in body:
        kept += part
        while len(kept) >= CHUNK_BYTES:
            yield bytes(kept[:CHUNK_BYTES])
            del kept[:CHUNK_BYTES]
    if kept:
        yield bytes(kept)


def _json(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
