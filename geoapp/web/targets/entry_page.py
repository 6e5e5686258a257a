"""Monthly figures on a page: entered, handed in, approved or returned. Refused, all that was typed comes back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.figure_checks import MONTH, Fault, Typed, check_month, check_rows
from geoapp.core.figure_numbers import Convention
from geoapp.core.monthly_figures import months_of
from geoapp.core.months import months_before
from geoapp.core.permissions import Permission
from geoapp.core.plan_kinds import FigureState
from geoapp.errors import N_, Conflict, Forbidden, GeoAppError, InvalidRequest
from geoapp.services.figure_entry import NOBODY, FigureSheet, SheetRow
from geoapp.services.moment import Asked
from geoapp.web.cases.case_words import fault as fault_words
from geoapp.web.errors import status_of
from geoapp.web.languages import check_language, language
from geoapp.web.params import parse_choice, today
from geoapp.web.permissions import needs
from geoapp.web.targets.entry_form import (
    EXTRA_ROWS,
    ExtraRow,
    FormRow,
    key_of,
    kind_of,
    parse_month,
    seen_of,
    shown_of,
    typed_of,
    typed_rows,
)
from geoapp.web.targets.entry_words import figure_name, sentence
from geoapp.web.targets.room import board, figure_entry, person

Answer = str | tuple[str, int] | BaseResponse
_MONTHS_BACK = 35
_SAVE, _SUBMIT = "save", "submit"


@dataclass(frozen=True)
class Shown:
    """What the page shows beside the sheet. ``typed``: by key; ``read_from``: the sheet of a workbook it came from."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    told: Sequence[tuple[str, str]] = ()
    error: GeoAppError | None = None
    read_from: str | None = None


@figure_entry.get("/figures/enter")
@needs(Permission.FIGURE_ENTER)
def show() -> str:
    """The figures of one department and month."""
    check_language()
    return entry_form(sheet_of(request.args), Shown())


@figure_entry.post("/figures/enter")
@needs(Permission.FIGURE_ENTER)
def save() -> Answer:
    """Keep what was typed as drafts; hand in all that is ready; or take a draft back."""
    check_language()
    sheet = sheet_of(request.form)
    action = parse_choice(request.form, "action", [_SAVE, _SUBMIT]) or _SAVE
    typed = typed_rows(request.form, sheet)
    shown = Shown({one.place: one for one in typed})
    try:
        if request.form.get("withdraw"):
            return _withdraw(sheet)
        month_fault = check_month(sheet.month, sheet.kind, today())
        entries, faults = check_rows(typed, sheet.known, convention(), sheet.month)
        faults = [*([month_fault] if month_fault else []), *faults]
        if faults:
            return entry_form(sheet, replace(shown, faults=faults)), 400
        figures = board().figures(person())
        count = figures.save(sheet, entries, seen_of(request.form, sheet))
        if action == _SUBMIT:
            return _submit(sheet)
    except (InvalidRequest, Conflict, Forbidden) as error:
        return entry_form(sheet_of(request.form), replace(shown, error=error)), int(status_of(error))
    flash(ngettext("%(num)s figure was saved as a draft.", "%(num)s figures were saved as drafts.", count))
    return _back(sheet)


@figure_entry.post("/figures/decide")
@needs(Permission.REPORT_APPROVE)
def decide() -> Answer:
    """Approve the ticked figures, or return them with a reason."""
    check_language()
    sheet = sheet_of(request.form)
    state = FigureState(parse_choice(request.form, "decision", ["approved", "returned"]) or FigureState.APPROVED)
    ids = [
        int(one) for one in request.form.getlist("figure")[:500] if one.isascii() and one.isdigit() and len(one) < 16
    ]
    try:
        if state is FigureState.APPROVED:
            _check_not_own(sheet, ids)
        count = board().figures(person()).step(ids, state, request.form.get("reason", "").strip()[:2000] or None)
    except (InvalidRequest, Conflict, Forbidden) as error:
        return entry_form(sheet_of(request.form), Shown(error=error)), int(status_of(error))
    if state is FigureState.APPROVED:
        flash(ngettext("%(num)s figure was approved.", "%(num)s figures were approved.", count))
    else:
        flash(ngettext("%(num)s figure was returned.", "%(num)s figures were returned.", count))
    return _back(sheet)


def _check_not_own(sheet: FigureSheet, ids: Collection[int]) -> None:
    """Raises: Forbidden - who approves has entered one of the figures; it is named."""
    own = [figure_name(row) for row in sheet.own(ids)]
    if own:
        raise Forbidden(
            N_("Nothing was approved, since you entered yourself: %(figures)s. Untick it; another head approves it."),
            figures="; ".join(own),
        )


def sheet_of(args: Mapping[str, str]) -> FigureSheet:
    """The sheet that a request asks for. Raises: InvalidRequest, NotFound, Forbidden."""
    month = parse_month(args, today())
    return board().figures(person()).sheet(args.get("department") or None, month, kind_of(month, today()), today())


def convention() -> Convention:
    """How numbers are written on the page."""
    return Convention(language())


def entry_form(sheet: FigureSheet, shown: Shown) -> str:
    """The page. Faults of rows stand at their fields; those of the month, and what a workbook brought, above."""
    at_fields: dict[str, dict[str, list[str]]] = {}
    for fault in shown.faults:
        at_fields.setdefault(fault.place, {}).setdefault(fault.field, []).append(sentence(fault, sheet))
    return render_template(
        "targets/entry.html",
        page=None,
        sheet=sheet,
        rows=[_form_row(row, shown, at_fields) for row in sheet.rows],
        extras=[_extra(f"extra{number}", shown, at_fields) for number in range(EXTRA_ROWS)],
        month_faults=at_fields.get("", {}).get(MONTH, []),
        shown=shown,
        error=fault_words(shown.error) if shown.error else None,
        months=_months(sheet.month),
        department=NOBODY if sheet.department is None else sheet.department,
        nobody=NOBODY,
        late=board().late(person(), Asked(today(), None, today())),
    )


def _form_row(row: SheetRow, shown: Shown, at_fields: Mapping[str, Mapping[str, Sequence[str]]]) -> FormRow:
    key = key_of(row.indicator.code, row.park)
    typed = typed_of(shown.typed[key], convention()) if key in shown.typed else shown_of(row, convention())
    return FormRow(key, row, typed, at_fields.get(key, {}))


def _extra(key: str, shown: Shown, at_fields: Mapping[str, Mapping[str, Sequence[str]]]) -> ExtraRow:
    one = shown.typed.get(key, Typed(key, ""))
    typed = typed_of(one, convention()) | {"indicator": one.indicator, "park": one.park}
    return ExtraRow(key, typed, at_fields.get(key, {}))


def _submit(saved: FigureSheet) -> BaseResponse:
    sheet = sheet_of(request.form)
    count = board().figures(person()).step(sheet.to_submit, FigureState.SUBMITTED)
    flash(ngettext("%(num)s figure was handed in.", "%(num)s figures were handed in.", count))
    return _back(saved)


def _withdraw(sheet: FigureSheet) -> BaseResponse:
    told = request.form.get("withdraw", "")
    ids = [row.work.id for row in sheet.rows if row.work and str(row.work.id) == told]
    board().figures(person()).step(ids, FigureState.WITHDRAWN)
    flash(_("Withdrawn."))
    return _back(sheet)


def _back(sheet: FigureSheet) -> BaseResponse:
    department = NOBODY if sheet.department is None else sheet.department
    where = url_for("figure_entry.show", department=department, month=f"{sheet.month:%Y-%m}")
    return redirect(where, 303)


def _months(shown: date) -> list[date]:
    """Months that may be chosen, the running one first."""
    last = today().replace(day=1)
    months = months_of(min(months_before(last, _MONTHS_BACK), shown), last)
    return list(reversed(months if shown in months else [*months, shown]))
