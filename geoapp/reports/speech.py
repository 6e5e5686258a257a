"""The language of a document: its texts, numbers and days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from babel.dates import format_date
from babel.numbers import format_decimal

from geoapp.errors import N_
from geoapp.kinds import DatePrecision

_VIETNAM = timezone(timedelta(hours=7))
_SPACE = "\u00a0"


@dataclass(frozen=True)
class Speech:
    """One language. Args: language - vi or en; say - gives the English text of a message in that language."""

    language: str
    say: Callable[[str], str]

    def told(self, message: str, **values: object) -> str:
        """A message with what goes into it."""
        return self.say(message) % values if values else self.say(message)

    def number(self, value: float | None, decimals: int = 2) -> str:
        """A number, 1.234,56 or 1,234.56; a dash for None."""
        if value is None:
            return "–"
        form = f"#,##0.{'#' * decimals}" if decimals else "#,##0"
        return str(format_decimal(value, format=form, locale=self.language)).replace("-", "−")

    def area(self, hectares: float | None) -> str:
        """An area in ha; a dash for None."""
        return "–" if hectares is None else f"{self.number(hectares, 4)}{_SPACE}ha"

    def day(self, value: date | None) -> str:
        """31/10/2026, or 31 Oct 2026; a dash for None."""
        if value is None:
            return "–"
        form = "dd/MM/yyyy" if self.language == "vi" else "d MMM yyyy"
        return str(format_date(value, format=form, locale=self.language))

    def precise_day(self, value: date | None, precision: str) -> str:
        """A day only as exactly as it is known: 31/10/2026, 10/2026, quarter IV of 2026, 2026, or undated."""
        if value is None or precision == DatePrecision.UNDATED:
            return self.say(N_("undated"))
        if precision == DatePrecision.YEAR:
            return str(value.year)
        if precision == DatePrecision.QUARTER:
            number = (value.month + 2) // 3
            quarter = str(number) if self.language == "en" else ("I", "II", "III", "IV")[number - 1]
            return self.told(N_("quarter %(quarter)s of %(year)s"), quarter=quarter, year=value.year)
        if precision == DatePrecision.MONTH:
            form = "MM/yyyy" if self.language == "vi" else "MMM yyyy"
            return str(format_date(value, format=form, locale=self.language))
        return self.day(value)

    def moment(self, value: datetime) -> str:
        """A moment in Viet Nam with its minute."""
        here = value.astimezone(_VIETNAM)
        return f"{self.day(here.date())} {here:%H:%M}"
