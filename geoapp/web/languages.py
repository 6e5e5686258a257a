"""Vietnamese first, English by one click: ``?lang=`` is kept in a cookie."""

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale

from geoapp.errors import InvalidRequest
from geoapp.web.params import parse_choice

LANGUAGES = ("vi", "en")
COOKIE = "lang"
_ONE_YEAR = 365 * 24 * 3600


def use_languages(app: Flask, default: str) -> None:
    """Every text of a request is in the language asked for, else that of the cookie, else the default."""
    Babel(app, default_locale=default, default_timezone="Asia/Ho_Chi_Minh", locale_selector=lambda: _choose(default))
    app.after_request(_keep)


def language() -> str:
    """The language of this request: ``vi`` or ``en``."""
    return "en" if get_locale().language == "en" else "vi"


def _choose(default: str) -> str:
    try:
        asked = parse_choice(request.args, "lang", list(LANGUAGES))
    except InvalidRequest as error:
        # The page that tells of it needs a language too; see ``check_language``.
        g.language_fault = error
        asked = None
    g.language_asked = asked
    kept = request.cookies.get(COOKIE)
    return asked or (kept if kept in LANGUAGES else default)


def check_language() -> None:
    """Raises: InvalidRequest - ``?lang=`` names no language that we speak."""
    get_locale()
    if "language_fault" in g:
        raise g.language_fault


def _keep(response: Response) -> Response:
    asked = g.get("language_asked")
    if asked and response.mimetype == "text/html":
        response.set_cookie(COOKIE, asked, max_age=_ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
