"""The dialog in which a map is taken away; a page of its own where scripts are off, and where something is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from geoapp.catalog.model import Catalogue, Layer
from geoapp.core.permissions import GRANTS, Permission
from geoapp.errors import Forbidden, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.services.snapshot.layers import offered_layers
from geoapp.services.snapshot.query import query_of_snapshot
from geoapp.services.snapshot.request import (
    DPI,
    SCALES,
    USUAL_DPI,
    Orientation,
    PaperName,
    SheetFile,
    SnapshotRequest,
)
from geoapp.services.snapshot.sheet import path_of
from geoapp.services.snapshot.snapshots import SnapshotTold
from geoapp.web.errors import translated
from geoapp.web.languages import check_language, language
from geoapp.web.page_parts import begin
from geoapp.web.params import parse_choice
from geoapp.web.permissions import current_person, current_reader, needs
from geoapp.web.sheets.room import Subject, args_of_request, read_request, sheets, snapshots, subject_of
from geoapp.web.sheets.sheet_words import ACCESS_TITLES, DPI_TITLES, FILE_TITLES, ORIENTATION_TITLES

_PLAIN = (SheetFile.PDF, SheetFile.PNG, SheetFile.SVG, SheetFile.ZIP)


@dataclass(frozen=True)
class Answer:
    """What comes of the form as it is filled in: what will be drawn, or why it cannot be."""

    asked: SnapshotRequest | None
    told: SnapshotTold | None
    fault: str | None = None
    parameter: str | None = None


@sheets.get("/sheets/province", defaults={"view": "province", "slug": None})
@sheets.get("/sheets/<any(zone, park):view>/<slug>")
@needs(Permission.EXPORT)
def form(view: str, slug: str | None) -> Response:
    """The form; ``part=form`` without the page around it, ``part=answer`` only what comes of it."""
    return answer_form(subject_of(view, slug))


def answer_form(subject: Subject) -> Response:
    """The form of a map, or a part of it. Raises: NotFound."""
    check_language()
    part = parse_choice(request.args, "part", ["form", "answer"])
    args = args_of_request()
    answer = _answer(subject, args)
    told = {"page": None, "subject": subject, "args": args, "answer": answer, **_choices(subject, args, answer)}
    if part:
        return make_response(render_template(f"sheets/{part}_part.html", **told))
    page = render_template("sheets/page.html", **told)
    return make_response(page, 200 if answer.fault is None else 400)


def _answer(subject: Subject, args: Mapping[str, str]) -> Answer:
    """What comes of the form. Raises: NotFound - there is no such place; what else is wrong is part of the answer."""
    try:
        begin()
        asked = read_request(subject, args, current_reader())
        told = snapshots().look(asked)
        # The layers are named, so that the files are of these whoever asks for them.
        look = replace(asked.look, layers=tuple(layer.id for layer in told.chosen.layers))
        return Answer(replace(asked, look=look), told)
    except InvalidRequest as error:
        # What lies in the frame is called otherwise where it is drawn.
        name = "bbox" if error.parameter == "extent" else error.parameter
        return Answer(None, None, translated(error), name)
    except Forbidden as error:
        return Answer(None, None, translated(error), "layers")


def _choices(subject: Subject, args: Mapping[str, str], answer: Answer) -> dict[str, object]:
    """What the form offers, with what is chosen."""
    reader = current_reader()
    catalogue = subject.catalogue()
    offered = offered_layers(catalogue, subject.place, reader)
    # Where something is wrong, what can be chosen is that of the page as it opens.
    told = answer.told or snapshots().look(read_request(subject, {}))
    classes = [one for one in AccessClass if one is AccessClass.PUBLIC or _may_take(one)]
    return {
        "groups": _groups(catalogue, offered),
        "on": _on(args, told, answer),
        "papers": list(PaperName),
        "orientations": [(str(one), gettext(ORIENTATION_TITLES[one])) for one in Orientation],
        "scales": SCALES,
        "dpis": [(dpi, gettext(DPI_TITLES[dpi])) for dpi in DPI],
        "usual_dpi": USUAL_DPI,
        "classes": [(str(one), gettext(ACCESS_TITLES[one])) for one in classes],
        "maker": args.get("maker", _own_name()),
        "own_address": subject.address("form"),
        "map_address": _page_address(subject),
        "moment": told.moment,
        "files": _files(subject, answer.asked) if answer.asked else [],
        "preview": subject.address("preview", _query(answer.asked)) if answer.asked else None,
        "html_address": None if subject.own else subject.address("file", form="html"),
        "html_query": _query(answer.asked),
        "all_query": _kept_for_all(answer.asked),
    }


def _on(args: Mapping[str, str], told: SnapshotTold, answer: Answer) -> set[str]:
    """Layers that are ticked: as typed where they cannot be used."""
    if answer.fault and "layers" in args:
        return set(args["layers"].split(","))
    return {layer.id for layer in told.chosen.layers}


def _may_take(access: AccessClass) -> bool:
    reader = current_reader()
    return Permission.EXPORT_INTERNAL in GRANTS[reader.role] and reader.may_read(access)


def _own_name() -> str:
    person = current_person()
    return person.name if person else ""


def _groups(catalogue: Catalogue, offered: Sequence[Layer]) -> list[tuple[str, list[tuple[Layer, str]]]]:
    """Layers by the groups of the panel, with their titles."""
    found = {}
    for group, title in catalogue.groups.items():
        layers = [(layer, layer.title.text(language())) for layer in offered if layer.group == group]
        if layers:
            found[title.text(language())] = layers
    return list(found.items())


def _query(asked: SnapshotRequest | None) -> dict[str, str]:
    return query_of_snapshot(asked) if asked else {}


def _kept_for_all(asked: SnapshotRequest | None) -> dict[str, str]:
    """What the form for all parks begins with."""
    kept = ("as_of", "since", "paper", "orientation", "dpi", "scale", "maker", "language")
    return {name: value for name, value in _query(asked).items() if name in kept}


def _files(subject: Subject, asked: SnapshotRequest) -> list[tuple[str, str, str]]:
    """Form, title and address of the files that can be taken."""
    query = _query(asked)
    return [(str(one), gettext(FILE_TITLES[one]), subject.address("file", query, form=str(one))) for one in _PLAIN]


def _page_address(subject: Subject) -> str:
    """The page of the map."""
    own = subject.own
    path = path_of(subject.place, own)
    return f"{path}?{urlencode(own.page.query)}" if own and own.page.has_days else path
