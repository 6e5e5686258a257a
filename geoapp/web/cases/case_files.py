"""The work list as files: XLSX for people, GeoPackage with the land for maps. Each goes into the log of downloads."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, request
from flask_babel import gettext

from geoapp.core.permissions import Permission
from geoapp.errors import N_
from geoapp.services.table_files import FileColumn, TableFile, Value
from geoapp.web.cases import case_words
from geoapp.web.cases.case_params import parse_filters
from geoapp.web.cases.room import cases, my_cases, person
from geoapp.web.file_answers import answer_file, column, filters_told, notices
from geoapp.web.formats import local
from geoapp.web.languages import check_language, language
from geoapp.web.params import today
from geoapp.web.permissions import needs

MOST = 100_000
_FILTERS = {
    "tab": N_("List"),
    "park": N_("Park"),
    "state": N_("State"),
    "rule": N_("Rule"),
    "department": N_("Department"),
}
# Marked for translation: headings that only files have.
_WORDS = (N_("Case"), N_("First day of the sign"), N_("The clock shows it still"), N_("Opened as of"))


@cases.get("/cases.xlsx")
@needs(Permission.EXPORT_INTERNAL)
def work_file() -> Response:
    """All rows of the work list that match."""
    check_language()
    _, filters = parse_filters(request.args, person())
    return answer_file(_table(my_cases().rows(filters, MOST)), "xlsx", _name())


@cases.get("/cases.gpkg")
@needs(Permission.EXPORT_INTERNAL)
def land_file() -> Response:
    """All cases that match with their land, in EPSG:4326."""
    check_language()
    _, filters = parse_filters(request.args, person())
    frame = my_cases().land(filters, MOST)
    frame["state"] = [case_words.state(code) for code in frame["state"]]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "cases.gpkg"
        frame.to_file(target, driver="GPKG", layer="cases", engine="pyogrio", metadata=None)
        body = target.read_bytes()
    response = Response(body, mimetype="application/geopackage+sqlite3")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name()}.gpkg"'
    return response


def _name() -> str:
    name = "ho-so-dat" if language() == "vi" else "land-cases"
    return f"{name}-{today().isoformat()}"


def _table(rows: Any) -> TableFile:
    said = [gettext("Signs and proposals, not conclusions."), *notices(has_demo=_has_demo(rows), is_approximate=False)]
    head: list[tuple[str, Value]] = [(gettext("Day"), today()), *filters_told(_FILTERS)]
    return TableFile(gettext("Land cases"), language(), head, said, _columns(), [_row(row) for row in rows])


def _has_demo(rows: Any) -> bool:
    return any(row.quality == "demo" for row in rows)


def _columns() -> list[FileColumn]:
    return [
        column("Case"), column("Project"), column("Portion"), column("Park"), column("State"), column("Sign"),
        column("Rule"), column("First day of the sign"), column("Area concerned", "ha", 2), column("Next"),
        column("Deadline"), column("Responsible person"),
        column("Department"), column("The clock shows it still"), column("Opened as of"),
    ]  # fmt: skip


def _row(row: Any) -> list[Value]:
    return [
        row.id, row.project_name, None if row.unit == "project" else row.unit, local(row, "park") or None,
        case_words.state(row.state), case_words.sign(row), row.rule, row.since, row.area_ha, local(row, "due") or None,
        row.due_on, row.assignee, row.department, gettext("yes") if row.condition_holds else gettext("no"), row.as_of,
    ]  # fmt: skip
