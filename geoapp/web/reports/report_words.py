"""Words of reports: periods, states, steps, faults; numbers as the language of the report writes them."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext

from geoapp.core.report_check import ContentFault
from geoapp.core.report_differences import PartDifference
from geoapp.core.report_model import Annex, Content, Figure, ReportKind
from geoapp.core.report_period import period_of
from geoapp.core.report_period_name import name_period
from geoapp.errors import GeoAppError
from geoapp.services.report.calendar import NextReport
from geoapp.services.report.refusals import STATES
from geoapp.services.report.rows import KINDS
from geoapp.services.spoken import speaker
from geoapp.web.formats import day
from geoapp.web.languages import language
from geoapp.web.params import VIETNAM

# A number and its unit stay on one line.
_SPACE = "\u00a0"
_QUARTERS = ("I", "II", "III", "IV")


def period(kind: str, first: date) -> str:
    """The name of a period: tháng 10/2026, quý IV/2026, năm 2026; in English October 2026, Q4 2026, year 2026."""
    if kind == ReportKind.YEAR:
        return str(_("year %(year)s", year=first.year))
    name = _number(kind, first)
    if language() == "en":
        return name
    return str(_("month %(name)s", name=name) if kind == ReportKind.MONTH else _("quarter %(name)s", name=name))


def period_name(kind: str, first: date) -> str:
    """A period as addresses have it."""
    return name_period(period_of(ReportKind(kind), first))


def kind(code: str) -> str:
    """A kind of report."""
    words: dict[str, str] = {
        "month": _("monthly report"),
        "quarter": _("quarterly report"),
        "year": _("yearly report"),
    }
    return words[code]


def heading(code: str, first: date) -> str:
    """What a report is called: Báo cáo tháng 10/2026, Báo cáo quý IV/2026, Báo cáo năm 2026.

    In English: Monthly report, October 2026; Quarterly report, Q4 2026; Annual report, 2026.
    """
    if code == ReportKind.YEAR:
        return str(_("Annual report, %(year)s", year=first.year))
    name = _number(code, first)
    if code == ReportKind.MONTH:
        return str(_("Monthly report, %(name)s", name=name))
    return str(_("Quarterly report, %(name)s", name=name))


def _number(kind: str, first: date) -> str:
    """A month or quarter with its year: 10/2026, IV/2026; in English October 2026, Q4 2026."""
    is_english, number = language() == "en", first.month // 3
    if kind == ReportKind.MONTH:
        return str(format_date(first, "MMMM yyyy", locale="en")) if is_english else f"{first.month}/{first.year}"
    return f"Q{number + 1} {first.year}" if is_english else f"{_QUARTERS[number]}/{first.year}"


def state(code: str) -> str:
    """A state of the life of a report."""
    return str(_(STATES[code]))


def step(code: str) -> str:
    """A step, as it is told of a report."""
    words: dict[str, str] = {
        "make": _("drafted"),
        "refresh": _("figures brought up to date"),
        "submit": _("sent out for comment"),
        "withdraw": _("taken back to draft"),
        "approve": _("approved"),
        "return": _("returned to draft"),
        "sign": _("signed"),
        "attach": _("signed paper kept"),
    }
    return words.get(code, code)


def row_kind(code: str) -> str:
    """What kind of row a figure is made of."""
    return str(_(KINDS[code])) if code in KINDS else code


def part(one: PartDifference) -> str:
    """A part of a report that reads otherwise."""
    words: dict[str, str] = {
        "section": _("section"),
        "annex": _("appendix"),
        "table": _("table"),
        "chart": _("chart"),
        "map": _("map"),
        "sources": _("list of sources"),
        "notes": _("notes"),
        "head": _("head of the document"),
    }
    told = words.get(one.kind, one.kind)
    return f"{told}: {one.title or one.key}" if one.title or one.key else told


def number(figure: Figure, spoken: str, *, with_unit: bool = False) -> str:
    """A figure as the report writes it, in its language; what is missing says so."""
    if figure.value is None:
        return str(speaker(spoken)("no data"))
    form = f"#,##0.{'0' * figure.decimals}" if figure.decimals else "#,##0"
    told = str(format_decimal(figure.value, format=form, locale=spoken)).replace("-", "−")
    if figure.is_change and round(figure.value, figure.decimals) > 0:
        told = f"+{told}"
    return f"{told}{_SPACE}{figure.unit}" if with_unit and figure.unit else told


def report_day(value: date, spoken: str) -> str:
    """A day in the language of the report."""
    return str(format_date(value, format="dd/MM/yyyy" if spoken == "vi" else "d MMM yyyy", locale=spoken))


def second(value: datetime) -> str:
    """A moment in Viet Nam to the second."""
    here = value.astimezone(VIETNAM)
    return f"{day(here)} {here:%H:%M:%S}"


def fault(error: GeoAppError) -> str:
    """A refusal as it is told on a page."""
    params = {key: day(value) if isinstance(value, date) else value for key, value in error.params.items()}
    return str(_(error.template)) % params if params else str(_(error.template))


def table_key(content: Content, one: ContentFault) -> str:
    """The key of the table that a fault is in."""
    return next((table.key for table in content.tables if table.title == one.table), "")


def content_fault(one: ContentFault) -> str:
    """A total that is not what its parts give."""
    return str(_(one.template)) % one.params if one.params else str(_(one.template))


def size(count: int) -> str:
    """How large a file is."""
    return f"{format_decimal(max(count / 1000, 1), format='#,##0')}{_SPACE}kB"


def short(digest: str) -> str:
    """The beginning of a hash."""
    return digest[:12]


def row_told(row: Any) -> str:
    """The state of a row by its list of codes."""
    from geoapp.web.page_parts import code_label  # noqa: PLC0415 - templates only

    return code_label(row.codes, row.state) if row.codes and row.state else ""


def block_kind(block: object) -> str:
    """Which kind of block something is, for templates."""
    return type(block).__name__


def annex(one: Annex, spoken: str) -> str:
    """The heading of an appendix in the language of the report."""
    return f"{'Phụ lục' if spoken == 'vi' else 'Appendix'} {one.number}. {one.title}".replace("  ", " ")


def due_day(one: NextReport) -> str:
    """By when a report is due: before a day is read as at the latest on the day before; both are told."""
    if one.due is None:
        return str(_("no day stated"))
    if one.row.on_day:
        return str(_("on the day %(day)s", day=day(one.due.before)))
    return str(_("before %(day)s, so at the latest on %(latest)s", day=day(one.due.before), latest=day(one.due.latest)))


def days_left(count: int) -> str:
    """How many days are left."""
    return str(_("today")) if count == 0 else str(ngettext("%(num)s day left", "%(num)s days left", count))


def due_mark(row: Any) -> str | None:
    """How sure the day of a report is, where it is not simply the law."""
    words: dict[str, str] = {
        "plan": _("plan of the board"),
        "reading": _("our reading of the law"),
        "old": _("old form, to be verified"),
        "example": _("example of another province"),
    }
    return words.get(row.mark)


def standing(code: str) -> str:
    """How a target stands."""
    words: dict[str, str] = {
        "reached": _("Reached"),
        "on_track": _("On track"),
        "at_risk": _("At risk"),
        "behind": _("Late or out of reach at today’s pace"),
        "unknown": _("Cannot be judged yet"),
    }
    return words.get(code, code)
