"""Long work as a person sees it: start, look, stop, run again, take the files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.core.permissions import Person, PersonRole
from geoapp.errors import N_, Conflict, Forbidden, NotFound, TooOften
from geoapp.services.job_kinds import JobKinds, Sentence
from geoapp.services.moment import Asked, Moment, choose_moment
from geoapp.store import jobs as store
from geoapp.store.acting import acting, acting_reading, audit
from geoapp.store.engine import reading
from geoapp.store.jobs import Health

UNDER_WAY = ("waiting", "running")


@dataclass(frozen=True)
class JobLimits:
    """Limits as the settings have them.

    ``waiting``: most jobs of one person that wait; ``keep_days``: how long results are kept; ``dead_s``: a worker
    without a sign for so many seconds is dead.
    """

    waiting: int = 10
    keep_days: int = 14
    dead_s: float = 30.0


@dataclass(frozen=True)
class ResultFile:
    """A file of a finished job."""

    name: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Job:
    """A job as it stands.

    ``total`` 0: it is not known how far it is; ``error``: why it failed, with a sentence for each fault in ``faults``;
    ``kept_until``: when it and its files are cleared away; ``is_withheld``: there are files, made with rights that the
    reader does not have (any more); ``ahead``: jobs that are run before it, while it waits; ``may_stop``: whether the
    reader may stop it.
    """

    id: int
    kind: str
    title: str
    summary: Sentence | None
    arguments: Mapping[str, Any]
    person_id: int
    person_name: str
    is_own: bool
    may_stop: bool
    state: str
    is_stopping: bool
    done: int
    total: int
    note: Sentence | None
    error: Sentence | None
    faults: tuple[Sentence, ...]
    attempts: int
    ahead: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    kept_until: datetime | None
    files: tuple[ResultFile, ...]
    is_withheld: bool

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNDER_WAY


class JobDesk:
    """All long work of one database. Args: engine - of the staff role."""

    def __init__(self, engine: Engine, kinds: JobKinds, limits: JobLimits) -> None:
        self.engine, self.kinds, self.limits = engine, kinds, limits

    def of(self, person: Person) -> "Jobs":
        """Long work as one person sees it."""
        return Jobs(self, person)

    def moment(self, asked: Asked) -> Moment:
        """The moment that work is asked for. Raises: InvalidRequest - there are no figures of it."""
        with reading(self.engine) as connection:
            return choose_moment(connection, asked)

    def health(self) -> Health:
        """How long work stands: what waits and runs, and who works."""
        with reading(self.engine) as connection:
            return store.read_health(connection, self.limits.dead_s)


class Jobs:
    """Long work as one person sees it."""

    def __init__(self, desk: JobDesk, person: Person) -> None:
        self._desk, self._person = desk, person

    def start(self, kind: str, arguments: Mapping[str, Any], language: str = "vi") -> int:
        """Start work; its number.

        Raises: InvalidRequest - no such kind; Forbidden - the person may not; TooOften - so many wait already.
        """
        wanted = self._desk.kinds.get(kind)
        if not self._person.may(wanted.permission):
            raise Forbidden(N_("Your account may not do this. Ask the administrator if you need it."))
        with acting(self._desk.engine, self._person.id) as connection:
            number = store.start_job(connection, kind, arguments, language, self._desk.limits.waiting)
            if number is None:
                raise self._too_many()
            audit(connection, "job.started", f"job {number}", {"kind": kind, "arguments": dict(arguments)})
        return number

    def list(self, most: int = 50) -> tuple[Job, ...]:
        """What the person may see, newest first."""
        with acting_reading(self._desk.engine, self._person.id) as connection:
            return self._told(connection, store.list_jobs(connection, None, most))

    def get(self, job_id: int) -> Job:
        """One job. Raises: NotFound."""
        with acting_reading(self._desk.engine, self._person.id) as connection:
            found = self._told(connection, store.list_jobs(connection, [job_id], 1))
        if not found:
            raise _not_found(job_id)
        return found[0]

    def several(self, job_ids: Sequence[int]) -> tuple[Job, ...]:
        """Those of some jobs that the person may see."""
        with acting_reading(self._desk.engine, self._person.id) as connection:
            return self._told(connection, store.list_jobs(connection, job_ids, len(job_ids)))

    def cancel(self, job_id: int) -> None:
        """Stop work; what runs stops when it next looks.

        Raises: NotFound; Forbidden - it is somebody else's, and the person no administrator; Conflict - it has ended.
        """
        if not self.get(job_id).may_stop:
            raise Forbidden(N_("Only who started this work, or an administrator, can stop it."))
        with acting(self._desk.engine, self._person.id) as connection:
            state = store.cancel_job(connection, job_id)
            if state is None:
                raise _not_found(job_id)
            if state not in UNDER_WAY:
                raise Conflict(N_("Job %(job)s has ended already; there is nothing to stop."), job=job_id)
            audit(connection, "job.stopped", f"job {job_id}")

    def again(self, job_id: int) -> None:
        """Run again what failed or was stopped.

        Raises: NotFound; Forbidden - it is somebody else's, or of a kind that the person may not start any more;
        Conflict - it neither failed nor was stopped; TooOften - so many wait already.
        """
        job = self.get(job_id)
        kind = self._desk.kinds.get(job.kind)
        if not job.is_own or not self._person.may(kind.permission):
            raise Forbidden(N_("Only who started this work can run it again, and only with the right to start it."))
        with acting(self._desk.engine, self._person.id) as connection:
            taken = store.repeat_job(connection, job_id, self._desk.limits.waiting)
            if taken is None:
                raise self._too_many()
            if not taken:
                raise Conflict(
                    N_("Job %(job)s neither failed nor was stopped; there is nothing to run again."), job=job_id
                )
            audit(connection, "job.again", f"job {job_id}")

    def file(self, job_id: int, name: str) -> tuple[ResultFile, Iterator[bytes]]:
        """A file of a finished job and its pieces, read one by one. The guard notes downloads in the log.

        Raises: NotFound - no such file that the person may see.
        """
        with acting_reading(self._desk.engine, self._person.id) as connection:
            row = store.find_file(connection, job_id, name)
            if row is None:
                raise NotFound(N_("Job %(job)s has no file “%(name)s”."), job=job_id, name=name)
        return ResultFile(row.name, row.media_type, row.bytes, row.sha256), self._pieces(row.id)

    def _pieces(self, file_id: int) -> Iterator[bytes]:
        """Each in a transaction of its own, so that a slow reader keeps no connection."""
        number = 0
        while True:
            with acting_reading(self._desk.engine, self._person.id) as connection:
                piece = store.read_chunk(connection, file_id, number)
            if piece is None:
                return
            yield piece
            number += 1

    def _told(self, connection: Connection, rows: Sequence[Any]) -> tuple[Job, ...]:
        files = store.list_files(connection, [row.id for row in rows])
        return tuple(self._job(row, files.get(row.id, ())) for row in rows)

    def _job(self, row: Any, files: Sequence[Any]) -> Job:
        kind = self._desk.kinds.find(row.kind)
        error, faults = _failure(row.error)
        return Job(
            id=row.id, kind=row.kind, title=kind.title if kind else row.kind,
            summary=kind.summary(row.arguments) if kind and kind.summary else None,
            arguments=row.arguments, person_id=row.person_id, person_name=row.person_name,
            is_own=row.person_id == self._person.id,
            may_stop=row.person_id == self._person.id or self._person.role is PersonRole.ADMIN, state=row.state,
            is_stopping=row.state == "running" and row.cancel_asked,
            done=row.done, total=row.total, note=_sentence(row.note), error=error, faults=faults,
            attempts=row.attempts, ahead=row.ahead,
            created_at=row.created_at, started_at=row.started_at, ended_at=row.ended_at,
            kept_until=row.ended_at + timedelta(days=self._desk.limits.keep_days) if row.ended_at else None,
            files=tuple(ResultFile(f.name, f.media_type, f.bytes, f.sha256) for f in files),
            is_withheld=row.state == "done" and not row.is_covered,
        )  # fmt: skip

    def _too_many(self) -> TooOften:
        return TooOften(
            N_("%(most)s jobs of yours wait already. Wait until one has begun, or stop one that you do not need."),
            most=self._desk.limits.waiting,
        )


def _sentence(stored: Mapping[str, Any] | None) -> Sentence | None:
    return Sentence(stored["text"], stored.get("params", {})) if stored else None


def _failure(stored: Mapping[str, Any] | None) -> tuple[Sentence | None, tuple[Sentence, ...]]:
    faults = stored.get("faults", ()) if stored else ()
    return _sentence(stored), tuple(Sentence(one["text"], one.get("params", {})) for one in faults)


def _not_found(job_id: int) -> NotFound:
    return NotFound(N_("There is no job %(job)s that you may see, or it was cleared away."), job=job_id)
