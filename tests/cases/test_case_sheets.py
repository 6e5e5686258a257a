"""The map of cases, taken away: by whom, with whose cases, and what stands on it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from geoapp.core.permissions import Reader
from geoapp.services.snapshot.own import OwnPage
from geoapp.services.snapshot.own_cases import CasesMap
from geoapp.services.snapshot.own_query import parse_own
from geoapp.services.snapshot.snapshots import sheet_of
from geoapp.web.cases.case_map import layer_of_cases
from tests.cases.conftest import ClerkMaker, number
from tests.staff import PASSWORD

FILE = "/sheets/cases/map.svg?language=vi"
EDGES = ("#7c150f", "#9c4f0c", "#a08a00")
"""Of cases that have a deadline."""


def drawn(app: Flask, login: str) -> list[dict[str, object]]:
    """The rows of the sheet of all cases as somebody gets it."""
    person = app.extensions["accounts"].find(app.extensions["accounts"].sign_in(login, PASSWORD, "127.0.0.1"))
    own = layer_of_cases(None)
    cases = CasesMap(None, OwnPage(own.layer, own.group, "/cases/map", {}, "cases"))
    reader = Reader(person.role, person.id, person.park_ids)
    sheet = sheet_of(app.extensions["snapshots"].page(parse_own({}, cases, language="vi", reader=reader)))
    (found,) = [one.frame for one in sheet.layers if one.layer is own.layer]
    return list(found.drop(columns="geom").to_dict("records"))


def test_the_text_of_the_sheet_can_be_read(clerk: ClerkMaker, owner: Engine, tmp_path: Path) -> None:
    """By pdftotext: which case it is, that it is a sign and no conclusion, internal, demonstration, the legend."""
    file = tmp_path / "case.pdf"
    case = number(owner, "R8")
    file.write_bytes(clerk("an").client.get(f"/sheets/cases/map.pdf?case={case}&language=vi").get_data())
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
    plain = re.sub(r"\s+", " ", told)
    words = (f"Hồ sơ số {case}: Dự án cham", "Dấu hiệu và đề xuất, không phải kết luận", "nội bộ", "minh họa")
    assert [] == [
        word for word in (*words, "Hồ sơ theo thời gian còn lại", "thời gian còn lại: tính") if word not in plain
    ]


def test_around_one_case_lie_the_plots_beside_it(clerk: ClerkMaker, owner: Engine) -> None:
    """On the screen, in the catalogue of its map and on paper; under all cases together they do not."""
    an, case = clerk("an"), number(owner, "R8")
    tiles = "/api/layers/plot_state/tiles/{z}/{x}/{y}.mvt?as_of="
    for query, page, lies in ((f"case={case}", f"/cases/{case}", True), ("", "/cases/map", False)):
        described = json.loads(an.get(f"/api/cases/layers?{query}"))
        assert lies == ("plot_state" in {layer["id"] for layer in described["layers"]})
        assert lies == (tiles in an.get(page).replace("\\u0026", "&"))
        assert lies == ("Lô đất theo tình trạng" in an.get(f"{FILE}&{query}"))


@pytest.mark.parametrize(("login", "status"), [("an", 200), ("ha", 200), ("quy", 200), ("xem", 403), ("tri", 403)])
def test_who_may_take_cases_out(clerk: ClerkMaker, login: str, status: int) -> None:
    """Inspectors, the head and planners; who may only look is refused; nothing is kept on the way."""
    for address in (FILE, "/sheets/cases/preview.png", "/sheets/cases"):
        answer = clerk(login).client.get(address)
        assert status == answer.status_code
        assert "private, no-store" == answer.headers["Cache-Control"]


def test_a_visitor_is_led_to_the_door(case_app: Flask, owner: Engine) -> None:
    """As by the page itself."""
    assert owner
    answer = case_app.test_client().get("/sheets/cases")
    assert "/login?next=/sheets/cases" == answer.headers["Location"].replace("%2F", "/")


def test_cases_of_other_parks_are_not_on_the_sheet(case_app: Flask, clerk: ClerkMaker, owner: Engine) -> None:
    """Of all for who works everywhere; of one park for who is held to it, and the other case does not exist."""
    first, second = number(owner, "R9"), number(owner, "R8")
    assert {first, second} == {row["number"] for row in drawn(case_app, "an")}
    assert [second] == [row["number"] for row in drawn(case_app, "binh")]
    clerk("binh").get(f"/sheets/cases/map.svg?case={first}", 404)


def test_nobody_is_named_on_the_sheet(case_app: Flask, clerk: ClerkMaker, owner: Engine) -> None:
    """Who works on a case stands on its page, and not among what is drawn."""
    case = number(owner, "R8")
    clerk("an").send(f"/cases/{case}", step="take", last_event="1")
    assert "An" in clerk("an").get("/api/cases/features")
    assert [] == [value for row in drawn(case_app, "an") for value in row.values() if value == "An"]


def test_a_sheet_without_its_own_layer_is_still_internal(clerk: ClerkMaker) -> None:
    """It names the case; switched off, the layer is not drawn."""
    told = clerk("an").get(f"{FILE}&layers=land")
    assert "nội bộ" in told
    assert [] == [edge for edge in EDGES if edge in told]


def test_a_hidden_class_is_left_out(clerk: ClerkMaker) -> None:
    """All classes hidden, none of their colours is drawn."""
    shown = clerk("an").get(FILE)
    hidden = clerk("an").get(f"{FILE}&hide=cases:over,in_30,in_180,later,none,ended")
    assert [edge for edge in EDGES if edge in shown] != []
    assert [] == [edge for edge in EDGES if edge in hidden]


def test_what_was_taken_is_in_the_log(clerk: ClerkMaker, owner: Engine) -> None:
    """Who, which map, of which case."""
    case = number(owner, "R8")
    clerk("quy").get(f"{FILE}&case={case}")
    with owner.connect() as connection:
        row = connection.execute(
            text(
                "SELECT p.login, l.action, l.subject, l.details FROM audit_log AS l"
                " JOIN people AS p ON p.id = l.person_id ORDER BY l.id DESC LIMIT 1"
            )
        ).one()
    assert ("quy", "export.svg", "/sheets/cases/map.svg") == (row.login, row.action, row.subject)
    assert f"case={case}" in row.details["query"]


@pytest.mark.parametrize("query", ["case=nine", "base=2025-10-31", "as_of=never", "hide=cases:blue"])
def test_what_cannot_be_drawn_is_refused(clerk: ClerkMaker, query: str) -> None:
    """400 in words, as a file and in the form."""
    for address in ("/sheets/cases/map.svg", "/sheets/cases"):
        assert query.partition("=")[0] in clerk("an").get(f"{address}?{query}", 400)
