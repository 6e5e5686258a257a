"""Which report is asked for: its period, the two clocks, the language; a period that has not begun is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from geoapp.core.report_model import ReportKind
from geoapp.core.report_period import Period, period_of, year_earlier
from geoapp.errors import N_, InvalidRequest


@dataclass(frozen=True)
class ReportRequest:
    """A report that is to be made.

    ``day``: any day of its period; ``as_of``: the day of the data (None: the end of the period, or today where it is
    not over); ``known_at``: nothing that was stored later counts; ``today``: the day it is; ``say``: gives the English
    text of a message in ``language``.
    """

    kind: ReportKind
    day: date
    as_of: date | None
    known_at: datetime
    today: date
    language: str
    say: Callable[[str], str]

    @property
    def period(self) -> Period:
        """The whole period."""
        return period_of(self.kind, self.day)

    @property
    def data_day(self) -> date:
        """The day of the data: never after the period, never in the future."""
        return min(self.as_of or self.period.last, self.period.last, self.today)

    def span(self) -> "Span":
        """The period as far as there are data, the one before, and the same span last year. Raises: InvalidRequest."""
        period = self.period
        if period.first > self.today:
            raise InvalidRequest(
                N_(
                    "The period asked for begins on %(first)s, and today is %(today)s: there is nothing to report yet."
                    " Choose a period that has begun."
                ),
                parameter="period",
                first=period.first,
                today=self.today,
            )
        if self.as_of and self.as_of < period.first:
            raise InvalidRequest(
                N_("The day of the data, %(as_of)s, is before the period, which begins on %(first)s."),
                parameter="as_of",
                as_of=self.as_of,
                first=period.first,
            )
        return Span(period, period.before, period.year_before, self.data_day)


@dataclass(frozen=True)
class Span:
    """What is compared: the period to a day, the whole period before, and the same days last year."""

    period: Period
    before: Period
    year_before: Period
    as_of: date

    @property
    def is_over(self) -> bool:
        """Whether the data reach the end of the period."""
        return self.as_of >= self.period.last

    @property
    def year_as_of(self) -> date:
        """The same day last year; the end of the period where this one is over."""
        return self.year_before.last if self.is_over else year_earlier(self.as_of)

    @property
    def days(self) -> dict[str, date]:
        """The last days of the three spans by name."""
        return {"now": self.as_of, "before": self.before.last, "year": self.year_as_of}
