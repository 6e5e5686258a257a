"""Kinds of long work: what may be started, by whom, and what does it.

A kind is made once, beside what it does, and named in ``job_list.py``; no name of code ever lies in the database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from geoapp.catalog.model import Catalogue
from geoapp.core.permissions import Permission, Person, Reader
from geoapp.errors import N_, InvalidRequest
from geoapp.services.readers import Engines

Arguments = Mapping[str, Any]
"""What was asked for: plain values that JSON knows (days as ``2026-10-31``)."""


class Cancelled(Exception):  # noqa: N818 - reads as what it is
    """The work must end here: a person stopped it, or another run has taken its place. Let it pass."""


@dataclass(frozen=True)
class Sentence:
    """A sentence that is told later, in the language of whoever reads it.

    Args: text - an English template with ``%(name)s`` places, marked with ``N_``; params - what goes into them.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


class JobContext(Protocol):
    """What a kind is handed: for whom it works, what it works with, and where it tells and saves."""

    @property
    def job_id(self) -> int:
        """The number of the job."""

    @property
    def person(self) -> Person:
        """Who started it, with the rights of now; read again whenever ``tell`` is called."""

    @property
    def reader(self) -> Reader:
        """The same person as whom layers are read."""

    @property
    def engines(self) -> Engines:
        """Connections; statements may take longer than those of pages. Read as the person: ``acting_reading``."""

    @property
    def catalogue(self) -> Catalogue:
        """The layers."""

    @property
    def language(self) -> str:
        """``vi`` or ``en``: that of the page on which it was started."""

    @property
    def folder(self) -> Path:
        """A folder for files on the way; it is gone when the run ends, however it ends."""

    def tell(self, done: int, total: int, note: str = "", **params: object) -> None:
        """Say how far it is; the page shows it. Call it often: here it is found out that the work was stopped.

        Args: done, total - steps, total 0 where it is not known; note - a template marked with ``N_``, of what is done
        now; params - what goes into it.
        Raises: Cancelled; Forbidden - the person may not do this any more.
        """

    def save(self, name: str, media_type: str, body: bytes | Iterable[bytes]) -> None:
        """Keep a file of the result; people see it when the whole work is done. A second one of a name replaces it.

        Args: name - what it is called when it is downloaded; body - all of it, or pieces of any size.
        Raises: Cancelled; TooLarge - more than a job may keep.
        """


@dataclass(frozen=True)
class JobKind:
    """A kind of long work.

    Args: name - ``room.what``, as it lies in the database; title - marked with ``N_``; permission - without which it is
    neither started nor run; run - does it: what it raises is the reason that people read, so raise errors of
    ``geoapp.errors``; summary - what was asked for in one sentence, beside the title.
    """

    name: str
    title: str
    permission: Permission
    run: Callable[[JobContext, Arguments], None]
    summary: Callable[[Arguments], Sentence] | None = None


class JobKinds:
    """The kinds that this program knows."""

    def __init__(self, kinds: Iterable[JobKind]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}

    def __iter__(self) -> Iterator[JobKind]:
        return iter(self._kinds.values())

    def find(self, name: str) -> JobKind | None:
        """A kind; None for one of another version of the program."""
        return self._kinds.get(name)

    def get(self, name: str) -> JobKind:
        """A kind. Raises: InvalidRequest."""
        kind = self._kinds.get(name)
        if kind is None:
            raise InvalidRequest(
                N_("There is no long work called %(kind)s. Known are: %(known)s."),
                parameter="kind",
                kind=name,
                known=", ".join(sorted(self._kinds)),
            )
        return kind
