"""Long work in tests: people and jobs without a web server, and workers in this process."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue
from geoapp.core.permissions import Person, PersonRole
from geoapp.jobs.worker import JobWorker
from geoapp.resources import layers_dir
from geoapp.services.job_context import Workshop
from geoapp.services.job_kinds import JobKind, JobKinds
from geoapp.services.job_list import job_kinds
from geoapp.services.jobs import JobDesk, JobLimits, Jobs
from geoapp.services.readers import Engines
from geoapp.store.engine import Role, make_engine


@cache
def _catalogue(layers: Path) -> Catalogue:
    return load_catalogue(layers)


@contextmanager
def open_shop(url: str, kinds: JobKinds | None = None, layers: Path | None = None) -> Iterator[Workshop]:
    """What a worker works with, over a database; its connections are closed at the end."""
    made = {role: make_engine(url, role=role, statement_timeout_ms=60_000, pool_size=3) for role in Role}
    engines = Engines(made[Role.MAP], made[Role.STAFF], made[Role.MAP])
    try:
        yield Workshop(made[Role.OWNER], engines, _catalogue(layers or layers_dir()), kinds or job_kinds())
    finally:
        for engine in made.values():
            engine.dispose()


def work_off(url: str, kinds: JobKinds | None = None, layers: Path | None = None) -> None:
    """Do all work that waits in a database, by a worker as it is in the field, until nothing waits.

    In a thread, because tests with Chromium have a loop of events of their own.
    """
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with open_shop(url, kinds, layers) as shop:
                JobWorker(url, shop).work_off()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


class Office:
    """People of ``tests/staff.py`` and their work in one database."""

    def __init__(self, url: str, kinds: Iterable[JobKind] | None = None, limits: JobLimits | None = None) -> None:
        self.url = url
        self.kinds = job_kinds() if kinds is None else JobKinds(kinds)
        self.owner: Engine = make_engine(url, role=Role.OWNER)
        self.staff: Engine = make_engine(url, role=Role.STAFF)
        self._desk = JobDesk(self.staff, self.kinds, limits or JobLimits())

    def person(self, login: str) -> Person:
        """A person as the database knows the account now."""
        statement = text(
            "SELECT id, login, name, role, department, ARRAY(SELECT park_id FROM person_parks WHERE person_id = id)"
            " AS parks FROM people WHERE login = :login"
        )
        with self.owner.connect() as connection:
            row = connection.execute(statement, {"login": login}).one()
        return Person(row.id, row.login, row.name, PersonRole(row.role), row.department, frozenset(row.parks))

    def jobs(self, login: str) -> Jobs:
        """Work as a person sees it."""
        return self._desk.of(self.person(login))

    def work_off(self) -> None:
        """Do all that waits."""
        work_off(self.url, self.kinds)

    def shop(self, **changes: Any) -> Workshop:
        """What a worker of this office works with."""
        engines = Engines(self.staff, self.staff, self.staff)
        return replace(Workshop(self.owner, engines, _catalogue(layers_dir()), self.kinds), **changes)

    def sql(self, statement: str, **bound: object) -> Any:
        """One statement of the owner; the first value that it gives."""
        with self.owner.begin() as connection:
            found = connection.execute(text(statement), bound)
            return found.scalar() if found.returns_rows else None

    def run_of(self, job: int) -> int:
        """The run of a job that counts."""
        return int(self.sql("SELECT run FROM jobs WHERE id = :job", job=job))

    def close(self) -> None:
        """Close all connections."""
        self.owner.dispose()
        self.staff.dispose()


def read_file(jobs: Jobs, job: int) -> bytes:
    """The only file of a job."""
    (file,) = jobs.get(job).files
    return b"".join(jobs.file(job, file.name)[1])
