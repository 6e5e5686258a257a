"""Names of the periods of reports in addresses and commands: 2026-10, 2026-Q4, 2026."""

import re
from datetime import date

from geoapp.core.report_model import ReportKind
from geoapp.core.report_period import Period, period_of
from geoapp.errors import N_, InvalidRequest

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"([0-9]{4})")
# Far off years are slips.
_YEARS = range(1990, 2101)


def name_period(period: Period) -> str:
    """A period as addresses have it."""
    first = period.first
    if period.kind is ReportKind.MONTH:
        return f"{first:%Y-%m}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if period.kind is ReportKind.QUARTER else str(first.year)


def parse_period(text: str) -> Period:
    """A period by its name. Raises: InvalidRequest - it is none."""
    wanted = text.strip()
    if (found := _MONTH.fullmatch(wanted)) and 1 <= int(found[2]) <= 12 and int(found[1]) in _YEARS:
        return period_of(ReportKind.MONTH, date(int(found[1]), int(found[2]), 1))
    if (found := _QUARTER.fullmatch(wanted)) and int(found[1]) in _YEARS:
        return period_of(ReportKind.QUARTER, date(int(found[1]), 3 * int(found[2]) - 2, 1))
    if (found := _YEAR.fullmatch(wanted)) and int(found[1]) in _YEARS:
        return period_of(ReportKind.YEAR, date(int(found[1]), 1, 1))
    raise InvalidRequest(
        N_("%(parameter)s: expected a month such as 2026-10, a quarter such as 2026-Q4 or a year such as 2026,"
           " found “%(found)s”."),
        parameter="period",
        found=wanted[:40],
    )  # fmt: skip
