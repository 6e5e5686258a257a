"""The legal clock for a clerk: type the dates, see the clock with its working. Nothing is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from geoapp.core.clock_file import parse_project
from geoapp.core.permissions import Permission
from geoapp.errors import FieldFault, InvalidFields
from geoapp.services.clock import ClockAnswer
from geoapp.services.clock_working import Sentence
from geoapp.web.api import atlas
from geoapp.web.clock_form import ADDED, CHOICES, LABELS, LISTS, TITLES, is_typed, place_of, read_form, rows_of
from geoapp.web.clock_words import FIELDS, MARKS, NOTES, STATES, TONES
from geoapp.web.formats import day
from geoapp.web.languages import language
from geoapp.web.page_parts import begin
from geoapp.web.params import query_of
from geoapp.web.permissions import needs

clock_page = Blueprint("clock", __name__)


@dataclass(frozen=True)
class _Form:
    """What was typed: the answer, or what is wrong with which field."""

    answer: ClockAnswer | None
    faults: tuple[FieldFault, ...]


@clock_page.get("/clock")
@needs(Permission.READ_PUBLIC)
def show() -> str:
    """The form, and the clock of what was typed."""
    asked = begin()
    as_of = asked.as_of or asked.today
    typed = is_typed(request.args)
    form = _ask(as_of) if typed and not request.args.get("add") else _Form(None, ())
    return render_template(
        "clock.html",
        as_of=as_of,
        form=form,
        page=None,
        faults={place_of(fault.field): told_fault(fault) for fault in form.faults},
        readings=atlas().clock_readings(),
        labels=LABELS, lists=LISTS, titles=TITLES, added=ADDED, choices=CHOICES, rows_of=rows_of,
        keep=query_of(asked),
    )  # fmt: skip


@clock_page.app_context_processor
def clock_parts() -> dict[str, Any]:
    """What templates that tell of the clock may ask."""
    return {
        "told_step": told_sentence,
        "law_of": law_of,
        "clock_state": lambda state: gettext(STATES[state]),
        "clock_tone": TONES.get,
        "clock_note": lambda note: gettext(NOTES[note]),
        "clock_field": lambda field: gettext(FIELDS.get(field, field)),
        "clock_mark": lambda mark: gettext(MARKS[mark]) if MARKS[mark] else "",
    }


def told_sentence(sentence: Sentence) -> str:
    """A sentence of the working in the language of the reader."""
    params = {name: day(value) if isinstance(value, date) else value for name, value in sentence.params.items()}
    return str(gettext(sentence.template)) % params


def told_fault(fault: FieldFault) -> str:
    """Why a field cannot be used, in the language of the reader."""
    template: str = gettext(fault.template)
    return template % fault.params if fault.params else template


def law_of(rule: Any) -> str:
    """The legal basis of a rule, as it is cited."""
    return str(rule.law if language() == "en" else rule.law_vi)


def _ask(as_of: date) -> _Form:
    file, faults = parse_project(read_form(request.args))
    if file is None:
        return _Form(None, tuple(faults))
    try:
        return _Form(atlas().clock(file, as_of), ())
    except InvalidFields as error:
        return _Form(None, error.faults)
