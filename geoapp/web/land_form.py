"""The form for events of a land file: choose what happened, fill in what belongs to it; nothing typed is lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.land_cells import CHOICES, DAYS, FIELDS, NUMBERS, plain_number
from geoapp.core.land_events import NEEDS, OF_KINDS, EventFault
from geoapp.core.permissions import Permission
from geoapp.kinds import LandEventKind
from geoapp.services.land_case import CaseLink
from geoapp.services.land_edit import Entry, Sheet
from geoapp.web.api import atlas
from geoapp.web.land_field_words import choice_label, field_title
from geoapp.web.page_parts import code_label, plain
from geoapp.web.params import parse_choice, parse_whole
from geoapp.web.permissions import current_reader, needs, require

land_form = Blueprint("land_form", __name__)
MOST_NUMBER = 2_000_000_000
Answer = str | tuple[str, int] | BaseResponse


@land_form.get("/projects/<code>/land-events/new")
@needs(Permission.LAND_FILE_EDIT)
def new(code: str) -> str:
    """Choose what happened, then the form for it (``?kind=``), with what is known; from a case: ``&case=``."""
    kind = parse_choice(request.args, "kind", list(LandEventKind))
    typed = {name: request.args.get(name, "")[:200].replace("\0", "") for name in FIELDS}
    return _form(atlas().land_sheet(who(), plain(code)), typed | {"kind": kind or ""}, [])


@land_form.post("/projects/<code>/land-events/new")
@needs(Permission.LAND_FILE_EDIT)
def add(code: str) -> Answer:
    """Enter a new event."""
    typed = _typed()
    return _enter(plain(code), Entry(typed, case=_link(request.form, typed["kind"])))


@land_form.get("/projects/<code>/land-events/<event>")
@needs(Permission.LAND_FILE_EDIT)
def one(code: str, event: str) -> str:
    """The form to correct an event."""
    sheet = atlas().land_sheet(who(), plain(code), plain(event))
    return _form(sheet, cells_of(sheet.current), [])


@land_form.post("/projects/<code>/land-events/<event>")
@needs(Permission.LAND_FILE_EDIT)
def correct(code: str, event: str) -> Answer:
    """Correct an event, or withdraw it where it was entered in error."""
    seen = request.form.get("seen", "")
    is_withdrawal = request.form.get("withdraw") == "1"
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    if is_withdrawal:
        sheet = atlas().land_sheet(who(), plain(code), plain(event))
        return _enter(plain(code), Entry(cells_of(sheet.current), plain(event), number, is_withdrawal=True))
    return _enter(plain(code), Entry(_typed(), plain(event), number))


def _enter(code: str, entry: Entry) -> Answer:
    done = atlas().enter_land_event(who(), code, entry)
    if done.faults:
        return _form(atlas().land_sheet(who(), code, entry.code), dict(entry.cells), done.faults), 400
    flash(gettext("Withdrawn.") if entry.is_withdrawal else gettext("Saved."))
    if entry.case:
        return redirect(url_for("cases.one", number=entry.case.number), 303)
    return redirect(url_for("places.project", code=code, as_of=entry.cells.get("happened_on") or None), 303)


def _link(told: Mapping[str, str], kind: str) -> CaseLink | None:
    """The case that the form was opened from, with the last event of it that was seen. Raises: InvalidRequest."""
    number = parse_whole(told, "case", 1, MOST_NUMBER)
    if number is None:
        return None
    require(Permission.CASE_READ)
    seen = parse_whole(told, "last_event", 0, 999_999) or 0
    return CaseLink(number, seen, words_on_case({**told, "kind": kind}))


def words_on_case(told: Mapping[str, str]) -> str:
    """What the note on the case says of an event of the land file."""
    kind = told.get("kind", "")
    label = code_label("land_event_kind", kind) if kind in set(LandEventKind) else kind
    day = told.get("happened_on") or told.get("from_on") or ""
    document = told.get("document_no") or ""
    return str(gettext("Entered into the land file: %(what)s", what=", ".join(filter(None, (label, day, document)))))


def who() -> int:
    """The number of who is signed in."""
    person_id = current_reader().person_id
    assert person_id is not None  # noqa: S101 - the guard has seen to it
    return person_id


def _typed() -> dict[str, str]:
    typed = {name: request.form.get(name, "").replace("\0", "").strip() for name in (*FIELDS, "kind")}
    return typed | {name: plain_number(typed[name]) for name in NUMBERS}


def cells_of(row: Any) -> dict[str, str]:
    """The current row as it would be typed."""
    cells = {name: getattr(row, name) for name in (*FIELDS, "kind")}
    return {name: "" if value is None else _as_typed(value) for name, value in cells.items()}


def _as_typed(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _form(sheet: Sheet, typed: dict[str, str], faults: Sequence[EventFault]) -> str:
    kind = typed["kind"]
    shown = [name for name in FIELDS if kind in OF_KINDS.get(name, {kind})]
    if not sheet.portions:
        shown.remove("portion")
    told = {fault.field: gettext(fault.template) % dict(fault.params) for fault in faults}
    return render_template(
        "land_form.html",
        page=None,
        sheet=sheet,
        typed=typed,
        fields=shown if kind else [],
        needed=NEEDS.get(kind, ()),
        kinds=[(one, code_label("land_event_kind", one)) for one in LandEventKind],
        choices={name: [(one, choice_label(name, one)) for one in values] for name, values in CHOICES.items()},
        days=DAYS,
        faults=told,
        # Where somebody else was faster: what is on record now, beside what was typed.
        stored=cells_of(sheet.current) if sheet.current and "kind" in told else {},
        title=field_title,
        case=request.values.get("case", ""),
        last_event=request.values.get("last_event", ""),
    )
