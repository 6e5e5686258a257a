"""From errors to answers: the one table of statuses, and the one body for people and the one for programs."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from geoapp.errors import (
    N_,
    Busy,
    CatalogError,
    ConfigError,
    Conflict,
    DataError,
    FaultList,
    Forbidden,
    GeoAppError,
    InvalidFields,
    InvalidRequest,
    NotFound,
    ProviderAway,
    StoreError,
    StoreUnavailable,
    TooLarge,
    TooOften,
    Unauthorized,
)
from geoapp.web.accounts.way_back import challenge, login_address
from geoapp.web.formats import day

_LOG = logging.getLogger(__name__)
RETRY_AFTER_S = 5

STATUS: dict[type[GeoAppError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    InvalidRequest: HTTPStatus.BAD_REQUEST,
    Conflict: HTTPStatus.CONFLICT,
    InvalidFields: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unauthorized: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    TooOften: HTTPStatus.TOO_MANY_REQUESTS,
    ProviderAway: HTTPStatus.BAD_GATEWAY,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    DataError: HTTPStatus.UNPROCESSABLE_ENTITY,
    StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.INTERNAL_SERVER_ERROR,
    ConfigError: HTTPStatus.INTERNAL_SERVER_ERROR,
    CatalogError: HTTPStatus.INTERNAL_SERVER_ERROR,
    FaultList: HTTPStatus.INTERNAL_SERVER_ERROR,
    GeoAppError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
TITLES: dict[int, str] = {
    400: N_("This request cannot be answered"),
    401: N_("Please sign in"),
    403: N_("Not for this account"),
    404: N_("Not found"),
    405: N_("Not allowed here"),
    409: N_("Changed meanwhile"),
    413: N_("Too large"),
    414: N_("Too long an address"),
    415: N_("Not in this form"),
    422: N_("These data cannot be used"),
    429: N_("Too many requests"),
    502: N_("Another server does not answer"),
    503: N_("The database is away"),
}
_DETAILS: dict[int, str] = {
    404: N_("There is no page at this address. Look at the address, or begin on the first page."),
    405: N_("This address does not take this kind of request. Go to the page and begin there."),
    413: N_("More was sent than is taken here. Send less at once."),
    415: N_("What was sent is in a form that is not taken here. Send it as application/json."),
    414: N_("This address is longer than is taken here. Ask for less at once."),
    429: N_("There were too many requests from here. Wait a little."),
}
_ONLY_SENT = N_("This address takes what is sent to it. Ask for it with POST.")
_UNREADABLE = N_("This request could not be read. Look at the address and try again.")
_KEPT_HEADERS = {"Allow", "Retry-After"}
_BUSY = N_("The server is busy")
_UNEXPECTED = N_("Something went wrong")
_SORRY = N_("The server could not answer. Try again; if it stays so, tell the administrator when it happened.")
_API = ("/api/", "/field/api/", "/health", "/ready", "/metrics")


def use_errors(app: Flask) -> None:
    """Every error becomes an answer; nothing that a person was not meant to read leaves the server."""
    app.register_error_handler(GeoAppError, _answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def status_of(error: GeoAppError) -> HTTPStatus:
    """The status of an error: that of the nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _answer(error: GeoAppError) -> Response:
    status = status_of(error)
    if isinstance(error, Unauthorized) and request.method == "GET" and not request.path.startswith(_API):
        return challenge()
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        # Words of the database or of files are for the log.
        _LOG.error("%s %r: %s", request.method, request.path, error, exc_info=error)
        return _respond(status, gettext(_SORRY))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        _LOG.warning("%s %r: %s", request.method, request.path, error)
    title = _BUSY if isinstance(error, Busy) else None
    more = {"parameter": getattr(error, "parameter", None), "faults": _told_faults(error)}
    return _respond(status, translated(error), {name: value for name, value in more.items() if value}, title)


def _answer_http(error: HTTPException) -> Response:
    code = error.code or 500
    if error.response is not None or code < 400:
        return current_app.make_response(error.get_response(request.environ))
    # The words of the framework are English, and for programmers.
    detail = _DETAILS.get(code, _SORRY if code >= 500 else _UNREADABLE)
    if isinstance(error, MethodNotAllowed) and "GET" not in (error.valid_methods or ()):
        detail = _ONLY_SENT
    response = _respond(HTTPStatus(code), gettext(detail))
    for name, value in error.get_headers(request.environ):
        if name in _KEPT_HEADERS:
            response.headers[name] = value
    return response


def _answer_unexpected(error: Exception) -> Response:
    _LOG.error("%s %r failed", request.method, request.path, exc_info=error)
    return _respond(HTTPStatus.INTERNAL_SERVER_ERROR, gettext(_SORRY))


def translated(error: GeoAppError) -> str:
    """The sentence of an error in the language of the request."""
    params = {key: day(value) if isinstance(value, date | datetime) else value for key, value in error.params.items()}
    if isinstance(params.get("expected"), str):
        # What would have been right is a message of its own, where it is words.
        params["expected"] = gettext(str(params["expected"]))
    template: str = gettext(error.template)
    return template % params if params else template


def _told_faults(error: GeoAppError) -> list[dict[str, str]]:
    """Every field that cannot be used, with its reason in the language of the reader."""
    faults = error.faults if isinstance(error, InvalidFields) else ()
    return [{"field": one.field, "reason": str(gettext(one.template)) % one.params} for one in faults]


def _respond(
    status: HTTPStatus, detail: str, more: Mapping[str, object] | None = None, message: str | None = None
) -> Response:
    title = gettext(message or TITLES.get(status, _UNEXPECTED))
    if request.path.startswith(_API):
        problem = {
            "type": f"urn:geoapp:{status.phrase.lower().replace(' ', '-')}",
            "title": title,
            "status": int(status),
            "detail": detail,
        }
        response = jsonify(problem | dict(more or {}))
        response.mimetype = "application/problem+json"
    else:
        # Who is signed in may be just what could not be found out.
        g.setdefault("person", None)
        waits = status == HTTPStatus.SERVICE_UNAVAILABLE
        entry = login_address() if status == HTTPStatus.UNAUTHORIZED else None
        told = {"status": int(status), "title": title, "detail": detail, "waits": waits, "entry": entry}
        page = render_template("error.html", **told)
        response = Response(page, mimetype="text/html")
    response.status_code = int(status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response
