"""For whom reports are read and written: a person, whose rights the database knows, or the operator of a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from geoapp.errors import StoreError
from geoapp.services.report.refusals import told_refusal
from geoapp.store import reports as store
from geoapp.store.acting import acting, acting_reading
from geoapp.store.engine import reading, writing

Say = Callable[[str], str]
SayIn = Callable[[str], Say]
"""Language -> what gives the text of a message in it."""


@dataclass(frozen=True)
class ReportDesk:
    """Args: engine - of the staff role for a person, of the owner for the operator; person_id - None: the operator."""

    engine: Engine
    person_id: int | None = None

    @property
    def is_operator(self) -> bool:
        """Whether a command works, and not a person."""
        return self.person_id is None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in one snapshot that only reads."""
        if self.person_id is None:
            with reading(self.engine) as connection:
                yield connection
            return
        with acting_reading(self.engine, self.person_id) as connection:
            yield connection

    @contextmanager
    def writing(self, version: int = 0) -> Iterator[Connection]:
        """A connection in one transaction; what the database refuses is told in words. Args: version - the report."""
        try:
            if self.person_id is None:
                with writing(self.engine) as connection:
                    yield connection
                return
            with acting(self.engine, self.person_id) as connection:
                yield connection
        except StoreError as error:
            refusal = store.refusal_of(error)
            if refusal is None:
                raise
            raise told_refusal(refusal, version) from error
