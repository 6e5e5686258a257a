"""Numbers, dates and names as a person reads them, for templates: 1.234,5 ha; 85,5 %; 31/10/2026."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext

from geoapp.core.units import written_unit
from geoapp.kinds import DatePrecision
from geoapp.web.languages import language
from geoapp.web.params import VIETNAM

# A number and its unit stay on one line.
_SPACE = "\u00a0"
_KIND_VI, _KIND_EN = "KCN ", " Industrial Park"
_ZONE_VI, _ZONE_EN = ("Khu kinh tế ", "KKT "), (" Economic Zone", " EZ")


def use_formats(app: Flask) -> None:
    """The filters of the templates."""
    app.jinja_env.filters |= {
        "number": number,
        "measure": measure,
        "signed": signed,
        "day": day,
        "iso_day": iso_day,
        "iso_text_day": lambda text: day(date.fromisoformat(text)),
        "precise_day": precise_day,
        "moment": moment,
        "last_day": last_day,
        "unit_sign": unit_sign,
        "local": local,
        "short_name": short_name,
        "short_zone": short_zone,
        "web_address": web_address,
    }


def number(value: float | None, decimals: int = 1, *, keep: bool = False) -> str:
    """A number with at most (``keep``: just) so many decimals and a true minus sign; a dash for None."""
    if value is None:
        return "–"
    digits = "0" * decimals if keep else "#" * decimals
    return _numbered(value, f"#,##0.{digits}" if decimals else "#,##0", language())


@lru_cache(maxsize=16_384)
def _numbered(value: float, form: str, spoken: str) -> str:
    return str(format_decimal(value, format=form, locale=spoken)).replace("-", "−")


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign, a true minus sign among them; nought has none."""
    told = number(abs(value), decimals, keep=True)
    rounded = round(value, decimals)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{told}"


def measure(value: float | None, unit: str, decimals: int | None = None) -> str:
    """A number with its unit; ``unit`` is a code of the indicators. Shares have one decimal, others up to two."""
    if value is None:
        return str(gettext("no data"))
    if unit == "%":
        told = number(value, 1 if decimals is None else decimals, keep=True)
    else:
        told = number(value, 2 if decimals is None else decimals)
    sign = unit_sign(unit)
    return f"{told}{_SPACE}{sign}" if sign else told


def unit_sign(unit: str) -> str:
    """How a unit is written; ``unit`` is a code of the indicators."""
    return written_unit(unit, language())


def day(value: date | datetime | None) -> str:
    """A day as 31/10/2026, or 31 Oct 2026; a dash for None. A moment is told by its day in Viet Nam."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return _dated(value, "dd/MM/yyyy", "d MMM yyyy")


def iso_day(value: datetime) -> str:
    """The day of a moment in Viet Nam as forms and addresses have it: 2026-10-31."""
    return value.astimezone(VIETNAM).date().isoformat()


def moment(value: datetime) -> str:
    """A moment in Viet Nam with its time: 31/10/2026 08:05."""
    local_time = value.astimezone(VIETNAM)
    return f"{day(local_time)} {local_time:%H:%M}"


def last_day(until: date) -> str:
    """The last day of a span whose end, as the database has it, is the day after."""
    return day(until - timedelta(days=1))


def _quarter(value: date) -> str:
    """The number of a quarter as offices write it: IV in Vietnamese, 4 in English."""
    number = (value.month + 2) // 3
    return str(number) if language() == "en" else ("I", "II", "III", "IV")[number - 1]


def precise_day(value: date | None, precision: str) -> str:
    """A day only as exactly as it is known: 31/10/2026, 10/2026, quarter 4 of 2026, 2026, or undated."""
    if value is None or precision == DatePrecision.UNDATED:
        return str(gettext("undated"))
    if precision == DatePrecision.YEAR:
        return str(value.year)
    if precision == DatePrecision.QUARTER:
        return str(gettext("quarter %(quarter)s of %(year)s", quarter=_quarter(value), year=value.year))
    if precision == DatePrecision.MONTH:
        return _dated(value, "MM/yyyy", "MMM yyyy")
    return day(value)


def _dated(value: date, vietnamese: str, english: str) -> str:
    spoken = language()
    return _written(value, english if spoken == "en" else vietnamese, spoken)


@lru_cache(maxsize=4096)
def _written(value: date, form: str, spoken: str) -> str:
    return str(format_date(value, format=form, locale=spoken))


def local(row: Any, name: str) -> str:
    """The column of a row in the language of the request: ``name_vi`` or ``name_en``."""
    return getattr(row, f"{name}_{language()}") or ""


def short_name(name: str) -> str:
    """A park's name without the words that say that it is one, for lists of nothing but parks."""
    return name.removeprefix(_KIND_VI).replace(_KIND_EN, "")


def short_zone(name: str) -> str:
    """A zone's name with the usual letters for its kind, where there is little room."""
    return name.replace(*_ZONE_VI).replace(*_ZONE_EN)


def web_address(value: str | None) -> str | None:
    """An address that may stand in a link: http and https only; None for anything else."""
    try:
        return value if value and urlsplit(value).scheme in {"http", "https"} else None
    except ValueError:
        return None
