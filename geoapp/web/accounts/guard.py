"""The guard before every view, and what it leaves on every answer: cookies, what may be kept, the log of downloads."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Request, Response, current_app, g, redirect, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect  # type: ignore[import-untyped]
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import ROLE_NAMES, Permission
from geoapp.errors import N_, ConfigError, InvalidRequest
from geoapp.services.accounts import Accounts
from geoapp.web.accounts.wall import Wall
from geoapp.web.accounts.way_back import login_address
from geoapp.web.permissions import MARK, current_person, has_cookie, may, needed_by, needs, require, visitors_may

COOKIE = "session"
_API = "/api/"
# All that is open to who must first change a password that somebody else made.
_OF_CHANGE = {"entry.password", "entry.send_password"}
_KINDS = {
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/geo+json": "geojson",
    "application/geopackage+sqlite3": "gpkg",
    "application/zip": "zip",
    "application/pdf": "pdf",
    "image/png": "png",
    "image/svg+xml": "svg",
    "text/html": "html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
csrf = CSRFProtect()


@dataclass(frozen=True)
class DoorSettings:
    """How the door is kept. ``secret_key``: what cookies are signed with; ``proxies``: how many are believed."""

    accounts: Accounts
    secret_key: str | None = None
    public_reading: bool = True
    proxies: int = 0


_READING = {"GET", "HEAD", "OPTIONS"}
PIECE_TYPE = "application/offset+octet-stream"
"""Of a piece of a photo."""
MOST_OF_VISITORS = 5_000_000
"""Bytes of a body: a name and a password, or files of projects for the clock."""
MOST_OF_STAFF = 56_000_000
"""A signed report on paper has at most 50 MB."""


class _Cookies(SecureCookieSessionInterface):
    """The cookie of a session goes over TLS only, where the request came over TLS."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Most requests bring none: for them no signer is made."""
        return super().open_session(app, request) if COOKIE in request.cookies else self.session_class()

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        return request.is_secure


def use_guard(app: Flask, door: DoorSettings) -> None:
    """Every view is asked for its permission before it runs."""
    app.extensions |= {"accounts": door.accounts, "public_reading": door.public_reading, "wall": Wall()}
    app.secret_key = door.secret_key or secrets.token_hex(32)
    app.session_interface = _Cookies()
    app.config |= {
        "SESSION_COOKIE_NAME": COOKIE,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # A token stands as long as its session; a page that lies open for a while can still be sent.
        "WTF_CSRF_TIME_LIMIT": None,
    }
    if door.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=door.proxies, x_proto=door.proxies, x_host=0)  # type: ignore[method-assign]
    app.view_functions["static"] = needs(Permission.OPEN)(app.view_functions["static"])
    app.jinja_env.globals |= {
        "current_person": current_person,
        "may": may,
        "ROLE_NAMES": ROLE_NAMES,
        "login_address": login_address,
    }
    app.before_request(_guard)
    # After the guard: a visitor is told to sign in, and not that a form is out of date.
    csrf.init_app(app)
    app.register_error_handler(CSRFError, _refuse_form)
    app.after_request(_leave)


def check_marks(app: Flask) -> None:
    """Raises: ConfigError - views that do not say which permission they need."""
    bare = sorted(name for name, view in app.view_functions.items() if not hasattr(view, MARK))
    if bare:
        raise ConfigError("These views say no permission; mark them with @needs(...):", bare)


def _guard() -> BaseResponse | None:
    _limit_body()
    if request.endpoint is None:
        return None
    wanted = needed_by(request.endpoint)
    if wanted is None or wanted is Permission.OPEN:
        return None
    is_page = not request.path.startswith(_API)
    if is_page and has_cookie() and request.endpoint not in _OF_CHANGE:
        # A page tells who is signed in anyway.
        person = current_person()
        if person is not None and person.must_change and request.method == "GET":
            return redirect(f"{request.script_root}/account/password")
    require(wanted)
    return None


def _limit_body() -> None:
    """A form is read before its view is asked: what comes from nobody known is short."""
    if request.mimetype == PIECE_TYPE:
        # No form: nobody reads it before the view, which says itself how much it takes.
        request.max_content_length = sys.maxsize
    elif request.method not in _READING and current_person() is None:
        request.max_content_length = MOST_OF_VISITORS


def _refuse_form(_: CSRFError) -> Response:
    error = InvalidRequest(
        N_("This form is out of date. Go back, load the page again and send it once more."), parameter="csrf_token"
    )
    return current_app.handle_user_exception(error)  # type: ignore[return-value]


def _leave(response: Response) -> Response:
    _note_download(response)
    wanted = needed_by(request.endpoint) if request.endpoint else None
    if request.endpoint != "static" and wanted is not Permission.OPEN:
        _limit_keeping(response, wanted)
    if response.mimetype == "text/html":
        # It tells who is signed in.
        response.vary.add("Cookie")
    return response


def _limit_keeping(response: Response, wanted: Permission | None) -> None:
    """What is not for everybody is not kept by browsers, and never by anything between."""
    is_confidential = bool(g.get("is_confidential"))
    if wanted is None or (wanted in visitors_may() and not is_confidential):
        return
    # Public data of a site that is only read by people who are signed in are asked for again each time.
    is_public = wanted in {Permission.READ_PUBLIC, Permission.EXPORT} and not is_confidential
    again = is_public and response.mimetype != "text/html"
    response.headers["Cache-Control"] = "private, no-cache" if again else "private, no-store"
    response.vary.add("Cookie")


def _note_download(response: Response) -> None:
    """Every file that goes out is in the log before it goes; see ``mark_export`` for what is no attachment."""
    is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
    if response.status_code != 200 or request.method != "GET" or not (is_file or g.get("is_export")):
        return
    kind = _KINDS.get(response.mimetype or "", "file")
    person = current_person()
    current_app.extensions["accounts"].note(person, f"export.{kind}", request.path, _asked())


def _asked() -> Mapping[str, object]:
    return {"query": request.query_string.decode("utf-8", "replace")[:2000], "address": request.remote_addr or ""}
