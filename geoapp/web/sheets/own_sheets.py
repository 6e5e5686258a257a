"""Maps of pages with a layer of their own taken away: of what changed, and of cases."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from geoapp.catalog.model import View
from geoapp.core.permissions import Permission
from geoapp.services.changes_figures import FIGURES, SHARE_FIGURES
from geoapp.services.snapshot.own import OwnPage
from geoapp.services.snapshot.own_cases import CasesMap
from geoapp.services.snapshot.own_changes import ChangesMap, query_of_changes
from geoapp.services.snapshot.request import SheetFile, SheetPlace
from geoapp.web.cases.case_map import layer_of_cases
from geoapp.web.cases.case_params import MOST_NUMBER
from geoapp.web.changes_map import layer_of_changes
from geoapp.web.changes_page import read_request as read_changes
from geoapp.web.params import parse_whole
from geoapp.web.permissions import needs, require
from geoapp.web.sheets.room import Subject, sheets
from geoapp.web.sheets.sheet_files import answer_preview, answer_sheet
from geoapp.web.sheets.sheet_form import answer_form

_FORMS = ", ".join(one for one in SheetFile if one is not SheetFile.HTML)
_PROVINCE = SheetPlace(View.PROVINCE)


@sheets.get("/sheets/changes")
@needs(Permission.EXPORT)
def changes_form() -> BaseResponse:
    """The form of the map of what changed."""
    return answer_form(_changes())


@sheets.get("/sheets/changes/preview.png")
@needs(Permission.EXPORT)
def changes_preview() -> Response:
    """What changed, small."""
    return answer_preview(_changes())


@sheets.get(f"/sheets/changes/map.<any({_FORMS}):form>")
@needs(Permission.EXPORT)
def changes_file(form: str) -> Response:
    """The map of what changed as a file."""
    return answer_sheet(_changes(), SheetFile(form))


@sheets.get("/sheets/cases")
@needs(Permission.EXPORT_INTERNAL)
def cases_form() -> BaseResponse:
    """The form of the map of cases, or of one case."""
    return answer_form(_cases())


@sheets.get("/sheets/cases/preview.png")
@needs(Permission.EXPORT_INTERNAL)
def cases_preview() -> Response:
    """Cases, small."""
    return answer_preview(_cases())


@sheets.get(f"/sheets/cases/map.<any({_FORMS}):form>")
@needs(Permission.EXPORT_INTERNAL)
def cases_file(form: str) -> Response:
    """The map of cases as a file."""
    return answer_sheet(_cases(), SheetFile(form))


def _changes() -> Subject:
    """What changed, as the page asks for it. Raises: InvalidRequest."""
    asked = read_changes()
    things = SHARE_FIGURES.get(asked.figure, asked.figure)
    own = layer_of_changes(FIGURES[things])
    query = query_of_changes(asked, asked.pair)
    page = OwnPage(own.layer, own.group, url_for("changes.show"), query, _name(asked.park or asked.zone, things), True)
    return Subject(_PROVINCE, ChangesMap(asked, page), "changes_")


def _name(place: str | None, things: str) -> str:
    told = things.replace("_", "-")
    return f"{place}-{told}" if place else told


def _cases() -> Subject:
    """Cases as who is signed in may read them. Raises: InvalidRequest, Forbidden."""
    require(Permission.CASE_READ)
    number = parse_whole(request.args, "case", 1, MOST_NUMBER)
    own = layer_of_cases(number)
    path = url_for("cases.overview") if number is None else url_for("cases.one", number=number)
    query = {} if number is None else {"case": str(number)}
    name = "cases" if number is None else f"case-{number}"
    page = OwnPage(own.layer, own.group, path, query, name, under=own.under)
    return Subject(_PROVINCE, CasesMap(number, page), "cases_")
