"""How new the data are: the version that caches are held against, and the days for which there are figures."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, text

from geoapp.store.single import read_once

_STAMP = text("SELECT stamp FROM data_version")


@dataclass(frozen=True)
class Period:
    """First and last day for which the series of figures have values; None where there are none."""

    first: date | None
    last: date | None


def read_version(connection: Connection) -> str:
    """The stamp of the data as this transaction sees them: another one after every change of any table."""
    return str(connection.execute(_STAMP).scalar_one())


def find_version(engine: Engine) -> str:
    """The stamp of the data as they stand now."""
    ((stamp,),) = read_once(engine, _STAMP, {})
    return str(stamp)


class PresentVersion:
    """Whether a version of the data is the present one. Safe among threads.

    A version is taken for the present one only where the database says so now; that it is an older one is known without
    asking, once another has been seen. Args: engine - of the map role.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: str | None = None

    def see(self, version: str) -> None:
        """Something was read at this version."""
        self._seen = version

    def is_it(self, version: str) -> bool:
        """Whether what has this version still holds; at worst what holds is taken for old, and is read again."""
        # What others see meanwhile does not count here: the database is asked, or the answer is no.
        seen = self._seen
        if seen is not None and seen != version:
            return False
        self._seen = found = find_version(self._engine)
        return found == version


def read_period(connection: Connection) -> Period:
    """The days of the monthly series; single figures that were published long ago do not count as one."""
    row = connection.execute(
        text(
            "SELECT min(days.first) AS first, max(days.last) AS last FROM indicators AS i"
            # Apart for each indicator, so that both ends come from an index.
            " CROSS JOIN LATERAL (SELECT min(o.valid_on) AS first, max(o.valid_on) AS last FROM observations AS o"
            " WHERE o.indicator = i.code AND upper_inf(o.recorded) AND o.numerator IS NOT NULL) AS days"
            " WHERE i.is_share"
        )
    ).one()
    return Period(row.first, row.last)


def read_first_load(connection: Connection) -> datetime | None:
    """When the first data were stored; None where nothing is stored yet."""
    return connection.execute(text("SELECT min(loaded_at) FROM batches")).scalar()
