"""What one event of a land file must say, and what it may not: the same for a row of a bundle and for a form.

Judges a single event by itself. What two events of a file cannot say together, and an extension longer than the law of
its day allows, is refused by the database, which holds the law.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from geoapp.errors import N_
from geoapp.kinds import LandEventKind, ProgressForm

_QUARTER = re.compile(r"[12]\d{3}-Q[1-4]")
_INTERVALS = frozenset({"force_majeure", "authority_delay"})

NEEDS: Mapping[str, tuple[str, ...]] = {
    "land_basis": ("basis",),
    "allocation": ("happened_on",),
    "progress": ("progress_form",),
    "progress_change": ("happened_on", "progress_form"),
    "force_majeure": ("from_on", "to_on"),
    "authority_delay": ("from_on", "to_on"),
    "check": ("happened_on",),
    "extension_request": ("happened_on",),
    "extension": ("happened_on", "ground"),
    "payment": ("happened_on",),
    "publication": ("happened_on",),
    "remedy": ("happened_on",),
    "recovery_notice": ("happened_on",),
    "recovery_decision": ("happened_on",),
    "recovery_enforcement": ("happened_on",),
    "suspension": ("from_on",),
    "termination": ("happened_on",),
    "special_regime": ("regime",),
}
"""What a kind of event cannot do without; a kind that is missing needs nothing more than its name."""

_PROGRESS = frozenset({"progress", "progress_change"})
_EXTENSION = frozenset({"extension"})
_CHECK = frozenset({"check"})
OF_KINDS: Mapping[str, frozenset[str]] = {
    "from_on": _INTERVALS | {"suspension"},
    "to_on": _INTERVALS | {"suspension"},
    "basis": frozenset({"land_basis"}),
    "progress_form": _PROGRESS,
    "progress_end_on": _PROGRESS,
    "progress_quarter": _PROGRESS,
    "progress_months": _PROGRESS,
    "ground": _EXTENSION,
    "extension_no": _EXTENSION,
    "starts_on": _EXTENSION,
    "months": _EXTENSION,
    "ends_on": _EXTENSION,
    "paid": _EXTENSION,
    "area_ha": frozenset({"allocation", "handover", "extension", "recovery_decision"}),
    "decided_by": _INTERVALS,
    "announced_on": _CHECK,
    "record_on": _CHECK,
    "report_on": _CHECK,
    "regime": frozenset({"special_regime"}),
    "amount_vnd": frozenset({"payment"}),
    "about": frozenset({"payment", "publication", "remedy"}),
}
"""Fields that belong to some kinds only."""

_HAPPENED = ("happened_on", "document_on", "announced_on", "record_on", "report_on")
# Pairs of days of which the second cannot come before the first.
_IN_ORDER = (
    ("from_on", "to_on"),
    ("happened_on", "announced_on"),
    ("happened_on", "record_on"),
    ("happened_on", "report_on"),
    ("record_on", "report_on"),
)
_PROGRESS_FIELD = {
    ProgressForm.DATE: "progress_end_on",
    ProgressForm.QUARTER: "progress_quarter",
    ProgressForm.MONTHS_FROM_HANDOVER: "progress_months",
    ProgressForm.MONTHS_FROM_DECISION: "progress_months",
}


@dataclass(frozen=True)
class EventFault:
    """What is wrong with one field; ``str`` gives the English sentence, the web translates the template."""

    field: str
    template: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


def find_event_faults(cells: Mapping[str, str], today: date | None) -> list[EventFault]:
    """Everything that is wrong with one event; empty where it may be stored.

    Args: cells - text of each field, each of its kind already (dates ISO), empty where unknown; today - the day of
    entering, after which nothing can have happened; None where that is not asked, as in a demonstration.
    """
    kind = cells["kind"]
    faults = [
        EventFault(name, N_("empty, but an event of this kind needs it"))
        for name in NEEDS.get(kind, ())
        if not cells.get(name)
    ]
    faults += [
        EventFault(name, N_("an event of kind %(kind)s has no such field; leave it empty"), {"kind": kind})
        for name, kinds in OF_KINDS.items()
        if cells.get(name) and kind not in kinds
    ]
    if faults:
        return faults
    return [*_day_faults(cells, today), *_progress_faults(cells), *_extension_faults(cells)]


def _day_faults(cells: Mapping[str, str], today: date | None) -> list[EventFault]:
    faults = [
        EventFault(
            name, N_("%(day)s lies in the future; only what has happened is an event"), {"day": _told(cells[name])}
        )
        for name in _HAPPENED
        if today and cells.get(name) and cells[name] > today.isoformat()
    ]
    faults += [
        EventFault(
            later,
            N_("%(later)s comes before %(earlier)s"),
            {"later": _told(cells[later]), "earlier": _told(cells[earlier])},
        )
        for earlier, later in _IN_ORDER
        if cells.get(earlier) and cells.get(later) and cells[later] < cells[earlier]
    ]
    return faults


def _progress_faults(cells: Mapping[str, str]) -> list[EventFault]:
    form = cells.get("progress_form")
    if not form:
        return []
    wanted = _PROGRESS_FIELD[ProgressForm(form)]
    faults = [
        EventFault(name, N_("this way of writing the end of the progress does not use it; leave it empty"))
        for name in sorted(set(_PROGRESS_FIELD.values()) - {wanted})
        if cells.get(name)
    ]
    # Of the first progress it may be known that its end is not known.
    unknown_is_told = wanted == "progress_end_on" and cells["kind"] == LandEventKind.PROGRESS
    if not cells.get(wanted) and not unknown_is_told:
        faults.append(EventFault(wanted, N_("empty, but this way of writing the end of the progress needs it")))
    quarter, months = cells.get("progress_quarter"), cells.get("progress_months")
    if quarter and not _QUARTER.fullmatch(quarter):
        faults.append(EventFault("progress_quarter", N_("expected a quarter such as 2027-Q4")))
    if months and not 1 <= int(months) <= 1200:
        faults.append(EventFault("progress_months", N_("expected a whole number of months from 1 to 1200")))
    return faults


def _extension_faults(cells: Mapping[str, str]) -> list[EventFault]:
    faults = []
    months, start, end = (cells.get(name) for name in ("months", "starts_on", "ends_on"))
    if months and int(months) < 1:
        faults.append(EventFault("months", N_("expected 1 or more")))
    if start and end and end <= start:
        faults.append(EventFault("ends_on", N_("an extension ends after it starts")))
    if cells.get("extension_no") and int(cells["extension_no"]) < 1:
        faults.append(EventFault("extension_no", N_("expected 1 or more")))
    return faults


def today_here() -> date:
    """The day it is in Viet Nam."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def _told(day: str) -> str:
    return date.fromisoformat(day).strftime("%d/%m/%Y")
