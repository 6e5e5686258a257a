"""Words of cases, in the language of the request. No word of them says that anybody is guilty of anything."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from geoapp.errors import GeoAppError
from geoapp.services.case_refusals import StepNotInLife
from geoapp.services.cases import COUNT_CAP
from geoapp.web.formats import day, local, number
from geoapp.web.land_words import field_label, mark_label
from geoapp.web.page_parts import code_label


def title(row: Any) -> str:
    """What a case is about: the project and its portion, or the park where land was flagged."""
    name = row.project_name or local(row, "park") or str(_("Land without a project"))
    return name if row.unit in (None, "project") else f"{name} – {_('portion %(code)s', code=row.unit)}"


def sign(row: Any) -> str:
    """What the clock showed, or that a person flagged it."""
    return code_label("clock_state", row.clock_state) if row.clock_state else code_label("case_kind", row.kind)


def state(code: str) -> str:
    """A state of the life of a case."""
    return code_label("case_state", code)


def step(code: str) -> str:
    """A step, as a title."""
    label = code_label("case_step", code)
    return label[:1].upper() + label[1:]


def mark(code: str) -> str | None:
    """How sure a legal basis is, where it is not simply the law."""
    words: dict[str, str] = {
        "reading": _("our reading of the law"),
        "own": _("working order, not law"),
        "unverified": _("text not seen, to be verified"),
    }
    return words.get(code)


def due(row: Any) -> str:
    """How long until what is due, or how long over."""
    if row.due_on is None:
        return str(_("no deadline"))
    left = (row.due_on - row.today).days
    if left < 0:
        return str(ngettext("%(num)s day over", "%(num)s days over", -left))
    return str(_("today")) if left == 0 else str(ngettext("%(num)s day left", "%(num)s days left", left))


def count(value: int) -> str:
    """A count of a tab; beyond the cap it is told as more than that."""
    return str(_("over %(cap)s", cap=number(COUNT_CAP, 0))) if value > COUNT_CAP else number(value, 0)


def field(name: str) -> str:
    """A field of a step."""
    words: dict[str, str] = {
        "happened_on": _("Day"),
        "document_no": _("Document (number, issued by)"),
        "document_on": _("Date of the document"),
        "months": _("Months granted"),
        "reason": _("Reason for it"),
        "note": _("Note"),
        "assignee_id": _("Responsible person"),
    }
    return words.get(name, name)


def date_name(name: str) -> str:
    """A date of the clock."""
    with_days = str(_("with the days of force majeure"))
    words: dict[str, str] = {
        "d12_shifted": _("12 months are over, moved to a working day"),
        "d12_fm": f"{mark_label('d12')}, {with_days}",
        "d12_fm_shifted": _("12 months with the days of force majeure, moved to a working day"),
        "d24_shifted": _("24 months are over, moved to a working day"),
        "d24_fm": f"{mark_label('d24')}, {with_days}",
        "d24_fm_shifted": _("24 months with the days of force majeure, moved to a working day"),
        "month13": _("first day of month 13"),
        "month25": _("first day of month 25"),
        "extension_end": _("end of the extension as decided"),
        "effective_end_shifted": _("end of the extension, moved to a working day"),
    }
    return words.get(name) or mark_label(name)


def missing(row: Any) -> str:
    """The fields that a gap names."""
    return fields(row.missing)


def fields(names: Sequence[str]) -> str:
    """Fields of a land file, in words."""
    return ", ".join(field_label(name) for name in names)


def duty(code: str) -> str:
    """What the decision table asks to be done."""
    words: dict[str, str] = {
        "D1": _("Complete the dates that are missing"),
        "D2": _("Address the infrastructure developer first; recovery is never proposed by machine"),
        "D3": _("Propose a check"),
        "D4": _("Decision on the extension by the competent authority"),
        "D5": _("Remind the land user of the request; the competent authority decides"),
        "D6": _("Send the list for publication"),
        "D7": _("Look at the extra amount and the sum of extensions"),
        "D8": _("Propose recovery to the competent authority"),
        "D9": _("Urge, take a commitment"),
    }
    return words.get(code, code)


def fault(error: GeoAppError) -> str:
    """A refusal as it is told on a page, with codes in words."""
    if isinstance(error, StepNotInLife):
        told = {"state": state(error.state), "step": code_label("case_step", error.step)}
        return str(_(error.template)) % {**error.params, **told}
    params = {key: day(value) if isinstance(value, date) else value for key, value in error.params.items()}
    return str(_(error.template)) % params if params else str(_(error.template))
