"""Pages of the administrator: who is here, and the log of what was done. The database checks the rights once more."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission, PersonRole
from geoapp.errors import GeoAppError, InvalidRequest
from geoapp.services.people import Details, LogWanted, People
from geoapp.web.accounts import log_words
from geoapp.web.api import atlas
from geoapp.web.params import VIETNAM, parse_asked, parse_whole
from geoapp.web.permissions import current_person, needs

people_pages = Blueprint("people", __name__)
_LOG_ROWS = 50
_MOST_ID = 999_999_999


@people_pages.get("/people")
@needs(Permission.PEOPLE_MANAGE)
def show() -> str:
    """Everybody, with role and parks."""
    return render_template("accounts/people.html", page=None, people=_people().all())


@people_pages.get("/new-person")
@needs(Permission.PEOPLE_MANAGE)
def new() -> str:
    """The form for somebody new."""
    return _form(None, {"login": "", "name": "", "role": PersonRole.VIEWER, "department": "", "parks": []})


@people_pages.post("/new-person")
@needs(Permission.PEOPLE_MANAGE)
def add() -> str | tuple[str, int]:
    """Add somebody; the password to hand over is shown in this very answer and never again."""
    typed = _typed()
    try:
        password = _people().add(typed["login"], _details(typed), with_password=not request.form.get("sign_on"))
    except InvalidRequest as error:
        return _form(None, typed, error), 400
    return _password_given(typed["login"].strip().lower(), password)


@people_pages.get("/people/<login>")
@needs(Permission.PEOPLE_MANAGE)
def one(login: str) -> str:
    """One person: what is said, the rights, what can be done."""
    person = _people().one(login)
    return _form(person, {**vars(person), "department": person.department or ""})


@people_pages.post("/people/<login>")
@needs(Permission.PEOPLE_MANAGE)
def change(login: str) -> BaseResponse | tuple[str, int]:
    """Change what is said of a person, and the rights."""
    typed = _typed()
    try:
        _people().change(login, _details(typed))
    except InvalidRequest as error:
        return _form(_people().one(login), typed, error), 400
    flash(gettext("Saved."))
    return redirect(url_for("people.one", login=login), 303)


@people_pages.post("/people/<login>/password")
@needs(Permission.PEOPLE_MANAGE)
def reset(login: str) -> str:
    """A new password to hand over, shown in this very answer and never again."""
    return _password_given(login, _people().reset(login))


@people_pages.post("/people/<login>/disabled")
@needs(Permission.PEOPLE_MANAGE)
def disable(login: str) -> BaseResponse | tuple[str, int]:
    """Let a person in no more, or again."""
    is_disabled = request.form.get("disabled") == "1"
    try:
        _people().disable(login, is_disabled=is_disabled)
    except InvalidRequest as error:
        person = _people().one(login)
        return _form(person, {**vars(person), "department": person.department or ""}, error), 400
    flash(gettext("This person cannot sign in any more.") if is_disabled else gettext("This person can sign in again."))
    return redirect(url_for("people.one", login=login), 303)


@people_pages.get("/log")
@needs(Permission.AUDIT_READ)
def log() -> str:
    """What was done and what was taken out, the newest first."""
    login = request.args.get("login", "").strip().lower()[:64].replace("\0", "") or None
    action = request.args.get("action", "").strip()[:64].replace("\0", "") or None
    before = parse_whole(request.args, "before", 1, _MOST_ID)
    rows = _people().log(LogWanted(login, action, before, _LOG_ROWS))
    following = rows[_LOG_ROWS - 1].id if len(rows) > _LOG_ROWS else None
    shown = {"rows": rows[:_LOG_ROWS], "login": login or "", "action": action or "", "following": following}
    return render_template(
        "accounts/log.html", page=None, words=log_words, kinds=log_words.kinds(), second=second, **shown
    )


def second(value: datetime) -> str:
    """A moment in Viet Nam to the second, as a log needs it."""
    return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S")


def _people() -> People:
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    return atlas().people(person.id)


def _typed() -> dict[str, Any]:
    """What was typed, as it was typed."""
    typed: dict[str, Any] = {
        name: request.form.get(name, "").replace("\0", "") for name in ("login", "name", "role", "department")
    }
    return typed | {"parks": request.form.getlist("parks")}


def _details(typed: dict[str, Any]) -> Details:
    return Details(typed["name"], typed["role"], typed["department"].strip() or None, tuple(typed["parks"]))


def _form(person: Any, typed: dict[str, Any], fault: GeoAppError | None = None) -> str:
    return render_template(
        "accounts/person.html",
        page=None,
        person=person,
        typed=typed,
        roles=list(PersonRole),
        parks=atlas().park_names(parse_asked({})),
        fault=gettext(fault.template) % fault.params if fault else None,
        field=getattr(fault, "parameter", None),
    )


def _password_given(login: str, password: str | None) -> str:
    return render_template("accounts/password_given.html", page=None, login=login, password=password)
