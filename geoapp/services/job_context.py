"""What a kind of long work is handed while it runs, and what a worker works with."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from geoapp.catalog.model import Catalogue
from geoapp.core.permissions import Person, Reader
from geoapp.errors import N_, Forbidden, TooLarge
from geoapp.services.job_kinds import Cancelled, JobKind, JobKinds
from geoapp.services.readers import Engines
from geoapp.store import job_runs as store
from geoapp.store.engine import writing

# A page looks about once in a second; telling more often would only cost.
_TELL_S = 0.3


class Replaced(Cancelled):
    """Another run has taken the place of this one: whatever it did counts no more."""


class GivenBack(Cancelled):
    """The worker ends, or the rights of the person are others now: the work begins anew, elsewhere or later."""


@dataclass(frozen=True)
class Workshop:
    """What a worker works with.

    Args: owner - engine that keeps jobs; engines - those that the work reads through; file_mb - what the files of one
    job may hold; keep_days - after which ended jobs are cleared away; stale_s - a worker without a sign for so many
    seconds is dead.
    """

    owner: Engine
    engines: Engines
    catalogue: Catalogue
    kinds: JobKinds
    file_mb: int = 500
    keep_days: int = 14
    stale_s: float = 30.0


class RunningJob:
    """The context of one run; see ``JobContext`` for what each part means.

    Args: is_ending - whether the worker is to end.
    """

    def __init__(self, shop: Workshop, begun: store.Begun, kind: JobKind, is_ending: Callable[[], bool]) -> None:
        self._shop, self._begun, self._kind, self._is_ending = shop, begun, kind, is_ending
        self._told = float("-inf")
        self.folder = Path()
        with writing(shop.owner) as connection:
            self.person = self._rightful(connection)

    @property
    def job_id(self) -> int:
        """The number of the job."""
        return self._begun.id

    @property
    def reader(self) -> Reader:
        """The person as whom layers are read."""
        return Reader(self.person.role, self.person.id, self.person.park_ids)

    @property
    def engines(self) -> Engines:
        """Connections for reading."""
        return self._shop.engines

    @property
    def catalogue(self) -> Catalogue:
        """The layers."""
        return self._shop.catalogue

    @property
    def language(self) -> str:
        """The language of the page on which it was started."""
        return self._begun.language

    def tell(self, done: int, total: int, note: str = "", **params: object) -> None:
        """Say how far it is, and find out whether to go on. Raises: Cancelled; Forbidden."""
        if self._is_ending():
            raise GivenBack
        if time.monotonic() < self._told + _TELL_S:
            return
        said = {"text": note, "params": params} if note else None
        with writing(self._shop.owner) as connection:
            self._go_on(store.tell_run(connection, self._begun.run, done, total, said))
            self.person = self._rightful(connection)
        self._told = time.monotonic()

    def save(self, name: str, media_type: str, body: bytes | Iterable[bytes]) -> None:
        """Keep a file of the result. Raises: Cancelled; TooLarge."""
        pieces = [body] if isinstance(body, bytes) else body
        with writing(self._shop.owner) as connection:
            room = self._shop.file_mb * 1_000_000 - store.saved_bytes(connection, self._begun.run, name)
            limited = self._limited(pieces, room)
            if store.save_file(connection, self._begun.run, name, media_type, limited) is None:
                raise Replaced

    def _limited(self, pieces: Iterable[bytes], room: int) -> Iterable[bytes]:
        for piece in pieces:
            room -= len(piece)
            if room < 0:
                raise TooLarge(
                    N_("The result is larger than %(most)s MB, which is what one job may keep. Ask for less at once."),
                    parameter="result",
                    most=self._shop.file_mb,
                )
            yield piece

    def _go_on(self, is_stopped: bool | None) -> None:
        if is_stopped is None:
            raise Replaced
        if is_stopped:
            raise Cancelled

    def _rightful(self, connection: Connection) -> Person:
        """The person with the rights of now, as long as they suffice and are those that the run began with."""
        found = store.read_person(connection, self._begun.run)
        if found is None:
            raise Replaced
        if found.is_disabled or not found.person.may(self._kind.permission):
            raise Forbidden(N_("The account that started this work may not do it any more."))
        if not found.is_unchanged:
            raise GivenBack
        return found.person


def told_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a sentence as they are kept: text, numbers, days as ``2026-10-31``."""
    return {
        name: value if isinstance(value, int | float | str | None) else str(value) for name, value in params.items()
    }
