"""The fields of an event as they are typed: what each takes, and how it is made plain."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from geoapp import kinds
from geoapp.core.land_events import EventFault
from geoapp.errors import N_

DAYS = frozenset({
    "happened_on", "from_on", "to_on", "document_on", "progress_end_on", "starts_on", "ends_on", "announced_on",
    "record_on", "report_on",
})  # fmt: skip
WHOLE = frozenset({"progress_months", "months", "extension_no"})
NUMBERS = frozenset({"area_ha", "amount_vnd"})
CHOICES: Mapping[str, tuple[str, ...]] = {
    "basis": tuple(kinds.LandBasis),
    "progress_form": tuple(kinds.ProgressForm),
    "ground": tuple(kinds.ExtensionGround),
    "decided_by": tuple(kinds.DecidedBy),
    "regime": tuple(kinds.SpecialRegime),
    "paid": ("true", "false"),
}
FIELDS = (
    "portion", "happened_on", "from_on", "to_on", "basis", "regime", "progress_form", "progress_end_on",
    "progress_quarter", "progress_months", "ground", "extension_no", "starts_on", "months", "ends_on", "announced_on",
    "record_on", "report_on", "decided_by", "area_ha", "amount_vnd", "paid", "about", "document_no", "document_on",
    "issued_by", "evidence", "note",
)  # fmt: skip
"""All fields in the order of the form."""
_LONGEST = 2000
_MOST_HA = 1e7
_WHOLE = re.compile(r"[0-9]{1,6}")
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")


def plain_number(typed: str) -> str:
    """A number as programs write it: ``1.234,5`` and ``1234,5`` become ``1234.5``."""
    text = typed.replace("\u00a0", "").replace(" ", "")
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    return text.replace(",", ".")


def find_cell_faults(cells: Mapping[str, str]) -> list[EventFault]:
    """Fields that are not of their kind. Args: cells - as typed, numbers made plain."""
    faults = [fault for name in FIELDS if (typed := cells.get(name)) and (fault := _fault(name, typed))]
    if cells.get("kind") not in set(kinds.LandEventKind):
        faults.append(EventFault("kind", N_("choose what happened")))
    return faults


def _fault(name: str, typed: str) -> EventFault | None:
    if len(typed) > _LONGEST:
        return EventFault(name, N_("too long: %(most)s characters at most"), {"most": _LONGEST})
    if name in CHOICES and typed not in CHOICES[name]:
        return EventFault(name, N_("choose one of the list"))
    wrong = next((template for fields, is_good, template in _FORMS if name in fields and not is_good(typed)), None)
    if wrong:
        return EventFault(name, wrong, {"found": typed[:40]})
    return EventFault(name, N_("too large")) if name == "area_ha" and float(typed) >= _MOST_HA else None


def _is_day(typed: str) -> bool:
    try:
        return len(typed) == 10 and 1900 <= date.fromisoformat(typed).year <= 2200
    except ValueError:
        return False


_FORMS: tuple[tuple[frozenset[str], Callable[[str], object], str], ...] = (
    (DAYS, _is_day, N_("expected a day, found “%(found)s”")),
    (WHOLE, _WHOLE.fullmatch, N_("expected a whole number, found “%(found)s”")),
    (NUMBERS, _NUMBER.fullmatch, N_("expected a number, found “%(found)s”")),
)
