"""As of which day and as known at which moment something is asked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from geoapp.errors import N_, InvalidRequest
from geoapp.store.versions import read_first_load, read_period


@dataclass(frozen=True)
class Asked:
    """The two clocks as a reader gives them (None: the newest figures, all we know), and the day it is today."""

    as_of: date | None
    known_at: datetime | None
    today: date


@dataclass(frozen=True)
class Moment:
    """The day that is shown, the first and last day with figures, and the moment of knowledge (None: now)."""

    as_of: date
    first: date | None
    last: date | None
    known_at: datetime | None = None

    @property
    def parameters(self) -> dict[str, object]:
        """The two clocks as bound parameters."""
        return {"as_of": self.as_of, "known_at": self.known_at or "infinity"}


@dataclass(frozen=True)
class Limits:
    """The first and last day with figures, and when anything was stored first; they stand as long as the data do."""

    first: date | None
    last: date | None
    stored: datetime | None


def read_limits(connection: Connection) -> Limits:
    """The limits of all moments that may be asked for."""
    period = read_period(connection)
    return Limits(period.first, period.last, read_first_load(connection))


def choose_moment(connection: Connection, asked: Asked, parameter: str = "as_of") -> Moment:
    """The moment of a request: the day asked for, else the newest day with figures. Args: parameter - names the day.

    Raises: InvalidRequest - a day before the first one with figures, or a moment before anything was stored.
    """
    period = read_period(connection)
    stored = read_first_load(connection) if asked.known_at else None
    return moment_within(Limits(period.first, period.last, stored), asked, parameter)


def moment_within(limits: Limits, asked: Asked, parameter: str = "as_of") -> Moment:
    """As ``choose_moment``, where the limits are known."""
    first, last, stored = limits.first, limits.last, limits.stored
    if asked.as_of and first and last and asked.as_of < first:
        raise InvalidRequest(
            N_("There are no figures before %(first)s. Choose a day from %(first)s to %(last)s."),
            parameter=parameter,
            first=first,
            last=last,
        )
    if asked.known_at and stored and asked.known_at < stored:
        raise nothing_known("known_at", asked.known_at, stored)
    return Moment(asked.as_of or last or asked.today, first, last, asked.known_at)


def nothing_known(parameter: str, asked: datetime, first: datetime) -> InvalidRequest:
    """The refusal of a moment before anything was stored."""
    return InvalidRequest(
        N_("Nothing was known on %(asked)s: the first data were stored on %(first)s. Choose a day from then on."),
        parameter=parameter,
        asked=asked.date(),
        first=first.date(),
    )
