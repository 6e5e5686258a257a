"""Words of the land file: what each date, period and event of it is called, in the language of the request."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from geoapp.services.land_file import DayCount, UnitClock
from geoapp.web.formats import day, measure, number
from geoapp.web.page_parts import code_label


def mark_label(kind: str) -> str:
    """What a date on the line is called: a computed deadline, or a kind of event."""
    computed = {
        "progress_end": _("end of the progress"),
        "d12": _("12 months without use are over"),
        "d24": _("24 months behind the progress are over"),
        "d12_fm": _("12 months without use are over, without the days of force majeure"),
        "d24_fm": _("24 months behind the progress are over, without the days of force majeure"),
        "effective_end": _("end of the extension"),
        "termination_end": _("end of the time to transfer or sell"),
        "report": _("report of the check"),
    }
    return computed.get(kind) or code_label("land_event_kind", kind)


def span_label(kind: str) -> str:
    """What a span of the line is called."""
    words: dict[str, str] = {
        "progress": _("progress of the project"),
        "late": _("behind the progress"),
        "violation": _("sign of a violation"),
        "extended": _("extension"),
        "force_majeure": _("force majeure"),
    }
    return words[kind]


def day_words(days: DayCount) -> str:
    """Which day of which period it is."""
    told = {"number": number(days.number, 0), "start": day(days.start)}
    if days.period == "violation":
        return str(_("day %(number)s since the sign of a violation on %(start)s", **told))
    told["of"] = number(days.of, 0)
    words: dict[str, str] = {
        "d12": _("day %(number)s of %(of)s since the handover on %(start)s", **told),
        "progress_end": _("day %(number)s of %(of)s from the handover to the end of the progress", **told),
        "d24": _("day %(number)s of %(of)s since the end of the progress on %(start)s", **told),
        "effective_end": _("day %(number)s of %(of)s of the extension that began on %(start)s", **told),
        "termination_end": _("day %(number)s of %(of)s since the termination on %(start)s", **told),
    }
    return words[days.period]


def unit_remarks(unit: UnitClock) -> list[str]:
    """What is said under the state of a unit, a phrase for each thing."""
    clock = unit.clock
    told = [day_words(unit.days)] if unit.days else []
    if clock.due_on:
        told.append(_("deadline %(day)s", day=day(clock.due_on)))
    if clock.missing:
        told.append(_("missing: %(fields)s", fields=", ".join(field_label(name) for name in clock.missing)))
    if clock.area_in_violation_ha:
        told.append(_("%(area)s concerned", area=measure(clock.area_in_violation_ha, "ha")))
    if clock.land_basis:
        told.append(code_label("land_basis", clock.land_basis))
    return told


def field_label(name: str) -> str:
    """What a missing field is called."""
    words: dict[str, str] = {
        "land_basis": _("the basis of the land"),
        "allocation_decision_date": _("the day of the decision on allocation or lease"),
        "handover_date": _("the day of the handover on site"),
        "handover_area_ha": _("the area handed over"),
        "progress_end_date": _("the end of the progress"),
        "extension_end": _("the end of the extension"),
    }
    return words.get(name, name)


def event_days(event: Any) -> str:
    """The day of an event, or its interval."""
    if event.from_on:
        return f"{day(event.from_on)} – {day(event.to_on) if event.to_on else _('now')}"
    return day(event.happened_on) if event.happened_on else str(_("day not known"))


def event_facts(event: Any) -> list[str]:
    """What else an event says, a phrase for each thing."""
    told = [phrase(event) for phrase in _FACTS]
    return [words for words in told if words]


def progress_words(event: Any) -> str:
    """The end of the progress as it is written."""
    if event.progress_form == "quarter":
        year, quarter = event.progress_quarter.split("-Q")
        return str(_("until the end of quarter %(quarter)s of %(year)s", quarter=quarter, year=year))
    if event.progress_form == "months_from_handover":
        return str(_("within %(months)s months of the handover", months=event.progress_months))
    if event.progress_form == "months_from_decision":
        return str(_("within %(months)s months of the decision", months=event.progress_months))
    if event.progress_form == "date":
        return str(_("until %(day)s", day=day(event.progress_end_on)) if event.progress_end_on else _("end not known"))
    return ""


def _extension_words(event: Any) -> str:
    if event.kind != "extension":
        return ""
    told = [code_label("extension_ground", event.ground)]
    if event.months:
        told.append(_("%(months)s months", months=event.months))
    if event.starts_on or event.ends_on:
        told.append(_("from %(start)s to %(end)s", start=day(event.starts_on), end=day(event.ends_on)))
    return ", ".join(told)


def _check_words(event: Any) -> str:
    days = (
        (_("announced %(day)s", day=day(event.announced_on)), event.announced_on),
        (_("record %(day)s", day=day(event.record_on)), event.record_on),
        (_("report %(day)s", day=day(event.report_on)), event.report_on),
    )
    return ", ".join(words for words, known in days if known)


def _decided_words(event: Any) -> str:
    if not event.decided_by:
        return ""
    return str(_("decided by: %(who)s", who=code_label("decided_by", event.decided_by)))


_FACTS: tuple[Callable[[Any], str], ...] = (
    lambda event: code_label("land_basis", event.basis) if event.basis else "",
    progress_words,
    _extension_words,
    _check_words,
    _decided_words,
    lambda event: code_label("special_regime", event.regime) if event.regime else "",
    lambda event: measure(event.area_ha, "ha") if event.area_ha is not None else "",
    lambda event: (
        _("%(amount)s VND", amount=number(float(event.amount_vnd), 0)) if event.amount_vnd is not None else ""
    ),
    lambda event: _("about event %(code)s", code=event.about) if event.about else "",
)
