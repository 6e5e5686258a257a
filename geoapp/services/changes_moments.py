"""The two moments of a comparison: which days, as known when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from geoapp.errors import N_, InvalidRequest
from geoapp.services.moment import Moment, nothing_known
from geoapp.store.versions import read_first_load, read_period

Clocks = dict[str, object]


@dataclass(frozen=True)
class AskedPair:
    """Two moments as a reader gives them; None: the newest month and the one before, all that we know."""

    from_day: date | None
    to_day: date | None
    from_known: datetime | None
    to_known: datetime | None
    today: date


@dataclass(frozen=True)
class Pair:
    """Two moments: days with what was known of them (None: now), and the first and last day with figures."""

    from_day: date
    to_day: date
    from_known: datetime | None
    to_known: datetime | None
    first: date | None
    last: date | None

    @property
    def parameters(self) -> Clocks:
        """All four as bound parameters."""
        return {
            "from_day": self.from_day,
            "to_day": self.to_day,
            "from_known": self.from_known or "infinity",
            "to_known": self.to_known or "infinity",
        }

    @property
    def points(self) -> tuple[Clocks, Clocks, Clocks]:
        """The beginning; the same day as known later; the end. As ``day`` and ``known``."""
        at = self.parameters
        return (
            {"day": self.from_day, "known": at["from_known"]},
            {"day": self.from_day, "known": at["to_known"]},
            {"day": self.to_day, "known": at["to_known"]},
        )

    @property
    def moment(self) -> Moment:
        """The second moment, for the map and the line under it."""
        return Moment(self.to_day, self.first, self.last, self.to_known)


def choose_pair(connection: Connection, asked: AskedPair) -> Pair:
    """The moments of a comparison: those asked for, else the newest month with figures and the one before.

    Raises: InvalidRequest - a day before the first one with figures, a moment before anything was stored, or the first
    moment after the second.
    """
    period = read_period(connection)
    for name, day in (("from", asked.from_day), ("to", asked.to_day)):
        if day and period.first and period.last and day < period.first:
            raise InvalidRequest(
                N_("There are no figures before %(first)s. Choose a day from %(first)s to %(last)s."),
                parameter=name,
                first=period.first,
                last=period.last,
            )
    to_day = asked.to_day or period.last or asked.today
    from_day = asked.from_day or max(to_day.replace(day=1) - timedelta(days=1), period.first or date.min)
    if from_day > to_day:
        raise InvalidRequest(
            N_("The first day, %(from_day)s, is after the second, %(to_day)s. Exchange them."),
            parameter="from",
            from_day=from_day,
            to_day=to_day,
        )
    _check_known(connection, asked)
    # Where only that of the second day is given, both days are seen with the same knowledge.
    return Pair(from_day, to_day, asked.from_known or asked.to_known, asked.to_known, period.first, period.last)


def _check_known(connection: Connection, asked: AskedPair) -> None:
    stored = read_first_load(connection) if asked.from_known or asked.to_known else None
    for name, known in (("known_from", asked.from_known), ("known_to", asked.to_known)):
        if known and stored and known < stored:
            raise nothing_known(name, known, stored)
    if asked.to_known and asked.from_known and asked.from_known > asked.to_known:
        raise InvalidRequest(
            N_("What was known first (%(first)s) is later than what was known then (%(then)s). Exchange them."),
            parameter="known_from",
            first=asked.from_known,
            then=asked.to_known,
        )
