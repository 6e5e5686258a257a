"""What everybody who writes a part of a report has at hand: figures, rows, targets, names and words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from geoapp.catalog.model import Catalogue
from geoapp.core.report_model import ReportKind
from geoapp.core.report_period import Period
from geoapp.core.units import unit_sign
from geoapp.errors import N_
from geoapp.services.report.book import Book, Measure, Shape, difference
from geoapp.services.report.request import Span
from geoapp.services.report.source import Links, ReportSource, ShareParts, share_of

NO_FIGURE = N_("no figure of the parks that counts on this day")
NO_DATA_THEN = N_("the data begin on %(day)s")
ALPHABET = "abcdđegh"
"""Points in the Vietnamese alphabet, which is the one of the form rules."""


@dataclass(frozen=True)
class Desk:
    """One report while it is written."""

    book: Book
    span: Span
    source: ReportSource
    links: Links
    catalogue: Catalogue
    language: str
    say: Callable[[str], str]

    def told(self, message: str, **values: object) -> str:
        """A message in the language of the report, with what goes into it."""
        return self.say(message) % values if values else self.say(message)

    def label(self, codes: str, code: str) -> str:
        """A code of a closed list, in words."""
        return self.catalogue.codes[codes][code].text(self.language)

    def local(self, row: Any, name: str) -> str:
        """The column of a row in the language of the report."""
        told = getattr(row, f"{name}_{self.language}") or getattr(row, f"{name}_vi")
        return str(told)

    def day(self, value: date | None) -> str:
        """31/10/2026 or 31 Oct 2026; a dash for None."""
        return "–" if value is None else told_day(value, self.language)

    def unit(self, code: str, decimals: int, *, is_change: bool = False) -> Shape:
        """How figures of a unit are printed."""
        return Shape(unit_sign(code, self.language), decimals, is_change)

    @property
    def ha(self) -> Shape:
        """Hectares have two decimals everywhere in a report."""
        return self.unit("ha", 2)

    @property
    def share(self) -> Shape:
        """Shares have one decimal."""
        return self.unit("%", 1)

    @property
    def points(self) -> Shape:
        """Differences of shares."""
        return self.unit("pp", 1, is_change=True)

    def parts(self, day: str, indicator: str) -> ShareParts:
        """A share over all parks with its parts. Args: day - now, before or year."""
        rows = self.source.figures.get((day, indicator), ())
        return share_of(rows, self.links.share(indicator), self.reason(day))

    def reason(self, day: str) -> str:
        """Why there is no figure on a day."""
        first = self.source.first
        if first and self.span.days[day] < first:
            return self.told(NO_DATA_THEN, day=self.day(first))
        return self.say(NO_FIGURE)

    def share_change(self, indicator: str, then: str) -> Measure:
        """How much a share moved since the end of another span, in percentage points."""
        return difference(self.parts("now", indicator).share, self.parts(then, indicator).share)


def told_day(value: date, language: str) -> str:
    """A day as documents have it."""
    form = "dd/MM/yyyy" if language == "vi" else "d MMM yyyy"
    return str(format_date(value, format=form, locale=language))


def period_name(period: Period, say: Callable[[str], str], language: str) -> str:
    """Tháng 10/2026, quý IV/2026, năm 2026; in English October 2026, quarter IV/2026, 2026."""
    if period.kind is ReportKind.MONTH and language == "en":
        return str(format_date(period.first, format="MMMM yyyy", locale="en"))
    forms = {
        ReportKind.MONTH: N_("month %(number)s/%(year)s"),
        ReportKind.QUARTER: N_("quarter %(number)s/%(year)s"),
        ReportKind.YEAR: N_("year %(year)s"),
    }
    return say(forms[period.kind]) % {"number": period.number, "year": period.first.year}
