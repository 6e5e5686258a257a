"""Tables as files to download, and what is said in all of them."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Response, request
from flask_babel import force_locale, gettext

from geoapp.errors import N_
from geoapp.services.export import APPROXIMATE_NOTICE, DEMO_NOTICE
from geoapp.services.moment import Moment
from geoapp.services.table_files import FileColumn, TableFile, Value, as_text, write_csv, write_xlsx
from geoapp.web.formats import day, unit_sign
from geoapp.web.languages import language
from geoapp.web.page_parts import code_label
from geoapp.web.params import VIETNAM

_WRITERS = {
    "csv": (write_csv, "text/csv"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def answer_file(table: TableFile, kind: str, name: str) -> Response:
    """A table to download. Args: kind - csv or xlsx; name - of the file, without its ending."""
    write, mimetype = _WRITERS[kind]
    response = Response(write(table), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def column(title: str, unit: str = "", decimals: int = 0, *, part: str = "") -> FileColumn:
    """A column by the message that is its title. Args: unit - a code of the indicators; part - a message beside it."""
    told = {}
    for spoken in ("vi", "en"):
        with force_locale(spoken):
            told[spoken] = gettext(title) + (f": {gettext(part)}" if part else "")
    return FileColumn(told["vi"], told["en"], unit_sign(unit), decimals)


def write_rows(columns: Mapping[str, Callable[[Any], object]], rows: Iterable[Any], moment: Moment) -> str:
    """Rows as CSV in UTF-8 with a mark in front, by which spreadsheets know it; each says how far it can be trusted.

    Args: columns - titles, and what of a row stands below them; rows - with quality and source_title.
    """
    known = day(moment.known_at) if moment.known_at else str(gettext("all that is known now"))
    titles = (N_("Quality"), N_("Source"), N_("Data to"), N_("As known on"), N_("Notice"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, *(str(gettext(title)) for title in titles)])
    for row in rows:
        notice = DEMO_NOTICE.text(language()) if row.quality == "demo" else ""
        told = [code_label("quality", row.quality), row.source_title, moment.as_of.isoformat(), known, notice]
        writer.writerow([as_text(cell) for cell in [*(cell(row) for cell in columns.values()), *told]])
    return "\ufeff" + out.getvalue()


def notices(*, has_demo: bool, is_approximate: bool) -> list[str]:
    """What a reader of a file must know, in the language of the request."""
    said = [(has_demo, DEMO_NOTICE), (is_approximate, APPROXIMATE_NOTICE)]
    return [notice.text(language()) for holds, notice in said if holds]


def known_until(moment: datetime | None) -> Value:
    """What is said of the moment of knowledge: a day, or now."""
    return local_day(moment) if moment else str(gettext("all that is known now"))


def local_day(moment: datetime) -> date:
    """The day of a moment in Viet Nam."""
    return moment.astimezone(VIETNAM).date()


def filters_told(labels: Mapping[str, str]) -> list[tuple[str, Value]]:
    """Filters that were asked for, by the message that names them."""
    return [(str(gettext(label)), request.args[name]) for name, label in labels.items() if request.args.get(name)]
