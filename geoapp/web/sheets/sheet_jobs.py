"""Maps of many parks at once: the atlas and the batch, started here and done as long work."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from geoapp.catalog.model import Layer, View
from geoapp.core.parsing import SHOWN, parse_slug, told_moment
from geoapp.core.permissions import Permission, Person
from geoapp.errors import N_, Forbidden, GeoAppError, InvalidRequest, NotFound, TooOften
from geoapp.services.jobs import JobDesk
from geoapp.services.snapshot.layers import offered_layers
from geoapp.services.snapshot.query import parse_snapshot, query_of_snapshot
from geoapp.services.snapshot.request import DPI, SCALES, Orientation, PaperName, SheetFile, SheetPlace
from geoapp.web.api import atlas
from geoapp.web.errors import status_of, translated
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import begin
from geoapp.web.params import parse_asked
from geoapp.web.permissions import current_person, current_reader, needs
from geoapp.web.sheets.room import args_of_request, sheets, site_address, snapshots
from geoapp.web.sheets.sheet_words import DPI_TITLES, FILE_TITLES, ORIENTATION_TITLES

_PARK = SheetPlace(View.PARK)
_REFUSALS = (InvalidRequest, NotFound, Forbidden, TooOften)
# Of a form only these go on to the work.
_OF_QUERY = ("as_of", "known_at", "since", "paper", "orientation", "dpi", "scale", "maker", "language", "content")


@sheets.get("/sheets/all")
@needs(Permission.JOB_RUN)
def all_parks() -> str:
    """The forms of the atlas and of the batch."""
    check_language()
    begin()
    return _page(args_of_request(), None)


@sheets.post("/sheets/all/<any(atlas, batch):what>")
@needs(Permission.JOB_RUN)
def start(what: str) -> Response:
    """Start one of them. Refused, the page comes back with all that was typed."""
    check_language()
    typed = {name: ",".join(filter(None, request.form.getlist(name))) for name in request.form}
    try:
        number = _start(what, typed)
    except _REFUSALS as error:
        return Response(_page(typed, error), status=int(status_of(error)), mimetype="text/html")
    flash(gettext("Job %(job)s was started. You may leave this page; it goes on.", job=number))
    return redirect(url_for("jobs.one", job=number), 303)


def _start(what: str, typed: Mapping[str, str]) -> int:
    query = {name: typed[name] for name in _OF_QUERY if typed.get(name)}
    # What is known now stands for all pages, however long it takes; and the same work gives the same file again.
    query.setdefault("known_at", told_moment(datetime.now(UTC)))
    place = SheetPlace(View.PROVINCE) if what == "atlas" else _PARK
    asked = parse_snapshot(query, place, language=language(), reader=current_reader(), site=site_address())
    arguments: dict[str, Any] = {"query": query_of_snapshot(asked), "site": asked.site, "parks": _parks(typed)}
    if what == "batch":
        arguments |= {"view": "park", "all_parks": True, "forms": _forms(typed), "themes": _themes(typed)}
    desk = cast("JobDesk", current_app.extensions["jobs"])
    return desk.of(cast("Person", current_person())).start(f"snapshot.{what}", arguments, language())


def _parks(typed: Mapping[str, str]) -> list[str]:
    """Parks that are ticked; none: all. Raises: NotFound, InvalidRequest."""
    slugs = [parse_slug({"parks": one}, "parks") or "" for one in typed.get("parks", "").split(",") if one]
    known = {row.slug for row in atlas().park_names(parse_asked(typed))}
    for slug in slugs:
        if slug not in known:
            raise NotFound(N_("There is no park %(slug)s. The list of parks is on the first page."), slug=slug)
    return slugs if len(slugs) < len(known) else []


def _forms(typed: Mapping[str, str]) -> list[str]:
    known = [str(one) for one in SheetFile]
    forms = [one for one in typed.get("forms", "").split(",") if one]
    wrong = [one for one in forms if one not in known]
    if wrong or not forms:
        raise InvalidRequest(
            N_("%(parameter)s: expected one of %(choices)s, found “%(found)s”."),
            parameter="forms",
            choices=", ".join(known),
            found=", ".join(wrong)[:SHOWN],
        )
    return forms


def _themes(typed: Mapping[str, str]) -> list[str]:
    known = [layer.id for layer in _themes_of_parks()]
    themes = [one for one in typed.get("themes", "").split(",") if one]
    wrong = [one for one in themes if one not in known]
    if wrong:
        raise InvalidRequest(
            N_("%(parameter)s: expected one of %(choices)s, found “%(found)s”."),
            parameter="themes",
            choices=", ".join(known),
            found=wrong[0][:SHOWN],
        )
    return themes


def _themes_of_parks() -> list[Layer]:
    """The layers of a park of which one is shown at a time."""
    return [layer for layer in offered_layers(snapshots().catalogue, _PARK, current_reader()) if layer.exclusive]


def _page(typed: Mapping[str, str], error: GeoAppError | None) -> str:
    asked = parse_asked({}) if error else parse_asked(typed)
    page = atlas().province(asked)
    return render_template(
        "sheets/all.html",
        page=page,
        typed=typed,
        fault=translated(error) if error else None,
        parameter=getattr(error, "parameter", None),
        chosen=set(typed.get("parks", "").split(",")),
        forms=[(str(one), gettext(FILE_TITLES[one])) for one in FILE_TITLES],
        themes=[(layer.id, layer.title.text(language())) for layer in _themes_of_parks()],
        papers=list(PaperName),
        orientations=[(str(one), gettext(ORIENTATION_TITLES[one])) for one in Orientation],
        scales=SCALES,
        dpis=[(dpi, gettext(DPI_TITLES[dpi])) for dpi in DPI],
        maker=typed.get("maker", getattr(current_person(), "name", "")),
    )
