"""Long work: what was started and how it stands, on pages and for programs; stop, run again, take the files."""

import re
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission, Person
from geoapp.errors import N_, GeoAppError, InvalidRequest
from geoapp.services.jobs import Job, JobDesk, Jobs
from geoapp.services.layer_package import FORMS, PackageAsked
from geoapp.web import job_words
from geoapp.web.accounts.way_back import is_own
from geoapp.web.api_docs import check_names, documented
from geoapp.web.errors import status_of
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import begin, plain
from geoapp.web.params import parse_asked, parse_choice
from geoapp.web.permissions import current_person, needs

jobs = Blueprint("jobs", __name__)
_MOST_IDS = 50
_IDS = re.compile(r"[0-9]{1,9}(?:,[0-9]{1,9})*")
_SENTENCE = {"type": ["string", "null"]}
_JOB = {
    "type": "object",
    "required": ["id", "kind", "title", "state", "done", "total", "files"],
    "properties": {
        "id": {"type": "integer"},
        "state": {"type": "string", "enum": list(job_words.STATES)},
        "done": {"type": "integer"},
        "total": {"type": "integer", "description": "0 where it is not known how far it is."},
        "note": _SENTENCE,
        "error": _SENTENCE,
        "files": {"type": "array", "items": {"type": "object"}},
    },
}
_REFUSES = (400, 401, 403, 404, 503)


def use_jobs(app: Flask) -> None:
    """Add the addresses of long work, and what templates may ask: see ``job_parts.html``."""
    app.jinja_env.globals |= {"job_words": job_words}
    app.register_blueprint(jobs)


def desk() -> JobDesk:
    """All long work of this application."""
    found = current_app.extensions["jobs"]
    assert isinstance(found, JobDesk)  # noqa: S101 - put there by the factory
    return found


def my_jobs() -> Jobs:
    """Long work as who is signed in may see and change it."""
    return desk().of(_person())


def started(number: int) -> BaseResponse:
    """The answer to a form that has started work: the page of the job."""
    flash(gettext("Job %(job)s was started. You may leave this page; it goes on.", job=number))
    return redirect(url_for("jobs.one", job=number), 303)


@jobs.get("/jobs")
@needs(Permission.JOB_RUN)
def show() -> str:
    """All work that the reader may see, newest first, and what may be started here."""
    begin()
    return _list_page({})


@jobs.get("/jobs/<int:job>")
@needs(Permission.JOB_RUN)
def one(job: int) -> str:
    """One job."""
    check_language()
    return render_template("job.html", page=None, job=my_jobs().get(job), **_standing())


@jobs.get("/jobs/states")
@needs(Permission.JOB_RUN)
def states() -> str:
    """The states of some jobs (``?ids=1,2``), as pages show them: what ``job_progress.js`` puts in their places."""
    check_language()
    return render_template("job_states.html", jobs=my_jobs().several(_ids()))


@jobs.post("/jobs/layers")
@needs(Permission.JOB_RUN)
def start_layers() -> BaseResponse | tuple[str, int]:
    """Start the export of layers. Refused, the page comes back with what was typed."""
    check_language()
    try:
        form = parse_choice(request.form, "form", list(FORMS)) or "gpkg"
        asked = parse_asked(request.form)
        moment = desk().moment(asked)
        wanted = PackageAsked(form, moment.as_of, asked.known_at)
        return started(my_jobs().start("export.layers", wanted.arguments(), language()))
    except GeoAppError as error:
        if status_of(error) >= 500:
            raise
        return _list_page(request.form, error), int(status_of(error))


@jobs.post("/jobs/<int:job>/cancel")
@needs(Permission.JOB_RUN)
def cancel(job: int) -> BaseResponse:
    """Stop a job."""
    check_language()
    my_jobs().cancel(job)
    return _back(job)


@jobs.post("/jobs/<int:job>/again")
@needs(Permission.JOB_RUN)
def again(job: int) -> BaseResponse:
    """Run a job again that failed or was stopped."""
    check_language()
    my_jobs().again(job)
    return _back(job)


@jobs.get("/jobs/<int:job>/files/<name>")
@needs(Permission.JOB_RUN)
def file(job: int, name: str) -> Response:
    """A file of a finished job."""
    check_language()
    found, pieces = my_jobs().file(job, plain(name))
    response = Response(pieces, mimetype=found.media_type)
    response.content_length = found.bytes
    ascii_name = found.name.encode("ascii", "replace").decode().replace('"', "_")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(found.name)}"
    )
    response.set_etag(found.sha256)
    return response


@jobs.get("/api/jobs")
@needs(Permission.JOB_RUN)
@documented(
    N_("Long work that you may see, newest first."),
    {"application/json": {"type": "object", "required": ["jobs"]}},
    takes=("ids", "lang"),
    refuses=_REFUSES,
)
def all_told() -> Response:
    """The last jobs, or some of them."""
    check_names()
    check_language()
    found = my_jobs().several(_ids()) if request.args.get("ids") else my_jobs().list()
    return jsonify(jobs=[_told(job) for job in found])


@jobs.get("/api/jobs/<int:job>")
@needs(Permission.JOB_RUN)
@documented(N_("How long work stands, and its files."), {"application/json": _JOB}, takes=("lang",), refuses=_REFUSES)
def one_told(job: int) -> Response:
    """One job."""
    check_names()
    check_language()
    return jsonify(_told(my_jobs().get(job)))


def _person() -> Person:
    found = current_person()
    assert found is not None  # noqa: S101 - the guard has seen to it
    return found


def _list_page(typed: Any, error: GeoAppError | None = None) -> str:
    moment = desk().moment(parse_asked(request.args))
    fault = gettext(error.template) % error.params if error else None
    return render_template(
        "jobs.html",
        page=None,
        jobs=my_jobs().list(),
        moment=moment,
        forms=FORMS,
        typed=typed,
        fault=fault,
        **_standing(),
    )


def _standing() -> dict[str, Any]:
    """What every page of long work tells besides."""
    return {"health": desk().health(), "keep_days": desk().limits.keep_days}


def _ids() -> list[int]:
    told = request.args.get("ids", "")
    if not _IDS.fullmatch(told) or told.count(",") >= _MOST_IDS:
        raise InvalidRequest(
            N_("%(parameter)s: expected numbers with commas between, at most %(most)s, found “%(found)s”."),
            parameter="ids",
            most=_MOST_IDS,
            found=told[:40],
        )
    return [int(part) for part in told.split(",")]


def _back(job: int) -> BaseResponse:
    """To the page on which the button was."""
    wanted = request.form.get("back", "")
    return redirect(wanted if is_own(wanted) else url_for("jobs.one", job=job), 303)


def _told(job: Job) -> dict[str, Any]:
    return {
        "id": job.id, "kind": job.kind, "title": job_words.title(job),
        "summary": job_words.sentence(job.summary) or None,
        "arguments": dict(job.arguments), "person": job.person_name, "state": job.state, "stopping": job.is_stopping,
        "done": job.done, "total": job.total, "note": job_words.sentence(job.note) or None,
        "error": job_words.sentence(job.error) or None, "faults": [job_words.sentence(one) for one in job.faults],
        "ahead": job.ahead, "attempts": job.attempts,
        **{name: _iso(getattr(job, name)) for name in ("created_at", "started_at", "ended_at", "kept_until")},
        "files": [
            {"name": one.name, "media_type": one.media_type, "bytes": one.bytes, "sha256": one.sha256,
             "url": url_for("jobs.file", job=job.id, name=one.name)}
            for one in job.files
        ],
    }  # fmt: skip


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
