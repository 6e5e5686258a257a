"""Coming in and going out: the page to sign in, signing out, the own password."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.passwords import SHORTEST
from geoapp.core.permissions import GRANTS, MEANINGS, Permission
from geoapp.errors import N_, GeoAppError, InvalidRequest, TooOften, Unauthorized
from geoapp.web.accounts.wall import walled
from geoapp.web.accounts.way_back import is_own, next_address
from geoapp.web.api import atlas
from geoapp.web.errors import status_of
from geoapp.web.params import parse_asked
from geoapp.web.permissions import TOKEN, accounts, current_person, needs

entry = Blueprint("entry", __name__)


@entry.get("/login")
@needs(Permission.OPEN)
def login() -> str | BaseResponse:
    """The page to sign in; who is signed in already goes on."""
    if current_person() is not None:
        return redirect(next_address())
    return login_page()


@entry.post("/login")
@walled
@needs(Permission.OPEN)
def send_login() -> BaseResponse | tuple[str, int]:
    """Sign in, and go on to where one wanted to go."""
    name, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        token = accounts().sign_in(name.replace("\0", ""), password, request.remote_addr or "")
    except (Unauthorized, TooOften) as error:
        return login_page(gettext(error.template) % error.params, name), int(status_of(error))
    return let_in(token, next_address())


@entry.post("/logout")
@needs(Permission.OPEN)
def logout() -> BaseResponse:
    """End the session, here and in the database."""
    if TOKEN in session:
        accounts().sign_out(session[TOKEN])
    session.clear()
    answer = redirect(url_for("entry.login") if not _is_public() else url_for("pages.province"), 303)
    # What the browser keeps of pages that were for this person only.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@entry.get("/account")
@needs(Permission.OWN_ACCOUNT)
def account() -> str:
    """Who one is here, and what one may do."""
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    meanings = [MEANINGS[one] for one in Permission if one in GRANTS[person.role] and one is not Permission.OPEN]
    held = [park for park in atlas().park_names(parse_asked({})) if park.park_id in person.park_ids]
    return render_template("accounts/account.html", page=None, person=person, meanings=meanings, parks=held)


@entry.get("/account/password")
@needs(Permission.OWN_ACCOUNT)
def password() -> str:
    """The form to choose a password."""
    return _password_page()


@entry.post("/account/password")
@walled
@needs(Permission.OWN_ACCOUNT)
def send_password() -> BaseResponse | tuple[str, int]:
    """Replace the own password; all other sessions end."""
    person = current_person()
    assert person is not None  # noqa: S101 - the guard has seen to it
    present, new, again = (request.form.get(name, "") for name in ("present", "new", "again"))
    try:
        if new != again:
            raise InvalidRequest(N_("The two new passwords are not the same."), parameter="again")
        token = accounts().change_password(person, present, new, request.remote_addr or "")
    except (InvalidRequest, TooOften) as error:
        return _password_page(error), int(status_of(error))
    return let_in(token, url_for("entry.account", changed=1) if not person.must_change else next_address())


def let_in(token: str, address: str) -> BaseResponse:
    """A new session: nothing of what the browser brought before stays in it."""
    session.clear()
    session[TOKEN] = token
    return redirect(address, 303)


def login_page(fault: str | None = None, name: str = "") -> str:
    """The page to sign in. Args: fault - what went wrong, in the language of the request; name - as it was typed."""
    wanted = request.values.get("next", "")
    return render_template(
        "accounts/login.html",
        page=None,
        fault=fault,
        login=name[:64],
        wanted=wanted if is_own(wanted) else "",
        provider=current_app.extensions.get("sign_on_title"),
    )


def _password_page(fault: GeoAppError | None = None) -> str:
    told = gettext(fault.template) % fault.params if fault else None
    return render_template(
        "accounts/password.html",
        page=None,
        person=current_person(),
        fault=told,
        field=getattr(fault, "parameter", None),
        shortest=SHORTEST,
    )


def _is_public() -> bool:
    return bool(current_app.extensions["public_reading"])
