"""Pages of cases: what each person sees, what a step does, and what happens to what was typed."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from tests.cases.conftest import ClerkMaker, number

PAGES = (
    "/cases",
    "/cases/map",
    "/cases/due",
    "/cases/gaps",
    "/cases.xlsx",
    "/cases.gpkg",
    "/api/cases",
    "/api/cases/features",
)


def state_of(engine: Engine, rule: str) -> str:
    """The state of the case of a rule."""
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT state FROM cases WHERE rule = :rule"), {"rule": rule}).scalar_one())


def test_the_work_list_names_both_signs_as_signs(clerk: ClerkMaker) -> None:
    """With the hectares, and the sentence that these are proposals."""
    page = clerk("an").get("/cases")
    assert "Dự án bo-hoang" in page
    assert "Dự án cham" in page
    assert "không phải kết luận" in page


def test_who_is_held_to_a_park_sees_its_cases_only(clerk: ClerkMaker) -> None:
    """On the list, in the file and on the map."""
    binh = clerk("binh")
    assert "bo-hoang" not in binh.get("/cases") + binh.get("/api/cases") + binh.get("/api/cases/features")
    assert "Dự án cham" in binh.get("/cases")


def test_a_case_of_another_park_does_not_exist(clerk: ClerkMaker, owner: Engine) -> None:
    """Not to be read, not to be changed, by page and by API."""
    binh, case = clerk("binh"), number(owner, "R9")
    binh.get(f"/cases/{case}", 404)
    binh.get(f"/api/cases/{case}", 404)
    binh.get(f"/api/cases/{case}/steps", 404)
    binh.send(f"/cases/{case}", 404, step="confirm", last_event=1)
    assert "proposed" == state_of(owner, "R9")


@pytest.mark.parametrize("login", ["xem", "tri"])
@pytest.mark.parametrize("address", PAGES)
def test_viewer_and_administrator_see_no_cases(clerk: ClerkMaker, login: str, address: str) -> None:
    """They are told that it is not for their account."""
    clerk(login).get(address, 403)


def test_only_who_may_read_cases_is_led_to_them(clerk: ClerkMaker) -> None:
    """The head of the page names them."""
    assert "Hồ sơ đất" in clerk("quy").get("/compare")
    assert "Hồ sơ đất" not in clerk("xem").get("/compare")


def test_a_planner_reads_and_has_no_step(clerk: ClerkMaker, owner: Engine) -> None:
    """No form stands on the page, and a form that is sent is refused."""
    quy, case = clerk("quy"), number(owner, "R9")
    assert "chỉ được xem" in quy.get(f"/cases/{case}")
    quy.send(f"/cases/{case}", 403, step="confirm", last_event=1)
    assert "proposed" == state_of(owner, "R9")


def test_a_case_shows_its_working(clerk: ClerkMaker, owner: Engine) -> None:
    """Handover, D12, the days since, the legal basis, the deadline."""
    page = clerk("an").get(f"/cases/{number(owner, 'R9')}?as_of=2026-11-20")
    for words in ("10/03/2025", "10/03/2026", "ngày thứ 255", "Đề xuất kiểm tra", "diện tích liên quan"):
        assert words in page


def test_an_inspector_confirms_and_records_an_extension(clerk: ClerkMaker, owner: Engine) -> None:
    """Two steps, each with its fields; the case follows."""
    an, case = clerk("an"), number(owner, "R8")
    an.send(f"/cases/{case}", step="confirm", last_event=1)
    an.send(f"/cases/{case}", step="extend", last_event=2, happened_on="2026-11-02", months="12", document_no="QĐ 5")
    assert "extended" == state_of(owner, "R8")
    assert "02/11/2027" in an.get(f"/cases/{case}")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"step": "dismiss", "note": "đã gọi"}, "Ghi lý do."),
        ({"step": "close", "reason": "xong"}, "không có bước"),
        ({"step": "burn", "reason": "xong"}, "step"),
        ({"step": "dismiss", "reason": "xong", "happened_on": "2199-01-01"}, "Ngày này chưa tới"),
        ({"step": "dismiss", "reason": "xong", "happened_on": "hôm qua"}, "hôm qua"),
    ],
    ids=str,
)
def test_a_refused_step_gives_back_what_was_typed(
    clerk: ClerkMaker, owner: Engine, typed: dict[str, str], words: str
) -> None:
    """With the reason of the refusal; nothing is stored."""
    page = clerk("an").send(f"/cases/{number(owner, 'R9')}", 400, last_event=1, **typed)
    assert words in page
    assert all(value in page for name, value in typed.items() if name in {"note", "reason"})
    assert "proposed" == state_of(owner, "R9")


def test_the_second_of_two_is_told_and_loses_nothing(clerk: ClerkMaker, owner: Engine) -> None:
    """Ha dismisses what An has just confirmed: she sees his step and her own words, and can send them again."""
    case = number(owner, "R9")
    clerk("an").send(f"/cases/{case}", step="confirm", last_event=1, note="đã xem ảnh")
    ha = clerk("ha")
    page = ha.send(f"/cases/{case}", 409, step="dismiss", last_event=1, reason="chủ đầu tư đã khởi công")
    assert "đã xem ảnh" in page
    assert "chủ đầu tư đã khởi công" in page
    assert 'name="last_event" value="2"' in page
    ha.send(f"/cases/{case}", step="dismiss", last_event=2, reason="chủ đầu tư đã khởi công")
    assert "dismissed" == state_of(owner, "R9")


def test_words_that_the_new_state_has_no_form_for_are_shown(clerk: ClerkMaker, owner: Engine) -> None:
    """An has dismissed the case meanwhile, so there is nothing to confirm; the note of Ha stands on the page."""
    case = number(owner, "R9")
    clerk("an").send(f"/cases/{case}", step="dismiss", last_event=1, reason="nhầm")
    assert "ghi chú của Hà" in clerk("ha").send(
        f"/cases/{case}", 409, step="confirm", last_event=1, note="ghi chú của Hà"
    )


def test_a_head_gives_several_cases_at_once(clerk: ClerkMaker, owner: Engine) -> None:
    """Both are An's, who finds them under her own."""
    with owner.connect() as connection:
        an = connection.execute(text("SELECT id FROM people WHERE login = 'an'")).scalar_one()
    ticked = [f"{number(owner, rule)}:1" for rule in ("R8", "R9")]
    clerk("ha").send("/cases/assign", case=ticked, assignee_id=an)
    page = clerk("an").get("/cases?tab=mine")
    assert "bo-hoang" in page
    assert "cham" in page


def test_a_case_that_changed_meanwhile_is_not_given(clerk: ClerkMaker, owner: Engine) -> None:
    """The other one is; the head is told which one was left."""
    case = number(owner, "R9")
    clerk("an").send(f"/cases/{case}", step="confirm", last_event=1)
    ha = clerk("ha")
    ha.send("/cases/assign", case=[f"{number(owner, 'R8')}:1", f"{case}:1"], assignee_id="")
    assert f"Chưa giao vì vừa có thay đổi: {case}" in ha.get("/cases")


def test_nothing_ticked_is_said(clerk: ClerkMaker) -> None:
    """The list comes back."""
    assert "Hãy chọn ít nhất một hồ sơ" in clerk("ha").send("/cases/assign", 400, assignee_id="")


def test_an_inspector_gives_no_cases(clerk: ClerkMaker, owner: Engine) -> None:
    """That is for the head."""
    clerk("an").send("/cases/assign", 403, case=[f"{number(owner, 'R9')}:1"], assignee_id="")


def test_proposals_of_a_day_to_come_are_refused(clerk: ClerkMaker) -> None:
    """With both days."""
    assert "chưa tới" in clerk("an").send("/cases/propose", 400, as_of="2199-01-01")


def test_a_button_opens_proposals_once(clerk: ClerkMaker) -> None:
    """They are open already, so none is opened."""
    an = clerk("an")
    an.send("/cases/propose", as_of="2026-11-20")
    assert "Đã lập 0 đề xuất" in an.get("/cases")


def test_an_empty_list_says_what_to_do(clerk: ClerkMaker, owner: Engine) -> None:
    """To who may look for signs how they become cases; to who only reads that none is open; filters where some are."""
    assert "Bỏ bớt điều kiện lọc" in clerk("an").get("/cases?state=closed&tab=mine")
    with owner.begin() as connection:
        connection.execute(text("SELECT set_config('session_replication_role', 'replica', true)"))
        connection.execute(text("UPDATE cases SET state = 'closed'"))
    assert "Bấm “Tìm dấu hiệu mới”: mỗi dấu hiệu" in clerk("an").get("/cases")
    reading = clerk("quy").get("/cases")
    assert "Chưa có hồ sơ nào đang mở." in reading
    assert "Tìm dấu hiệu mới" not in reading


def test_filters_and_orders_hold(clerk: ClerkMaker) -> None:
    """By park, by state, by rule; an unknown word is refused by name."""
    an = clerk("an")
    assert "bo-hoang" not in an.get("/cases?park=hai&sort=area")
    assert "bo-hoang" in an.get("/cases?state=proposed&rule=R9&sort=newest")
    assert "Không có hồ sơ phù hợp" in an.get("/cases?state=closed")
    assert "tab" in an.get("/cases?tab=x", 400)


@pytest.mark.parametrize("order", ["due", "area", "newest"])
def test_pages_of_the_list_hold_each_case_once(clerk: ClerkMaker, order: str) -> None:
    """One at a time, the second page from the key of the first."""
    client = clerk("an").client
    first = client.get("/api/cases", query_string={"limit": 1, "sort": order}).json
    assert first is not None
    second = client.get("/api/cases", query_string={"limit": 1, "sort": order, "after": first["next"]}).json
    assert second is not None
    assert second["next"] is None
    assert 2 == len({case["id"] for case in first["cases"] + second["cases"]})


@pytest.mark.parametrize("after", ["x", "2026-01-01", "x|1", "|1", "2026-01-01|99999999999"])
def test_a_place_that_is_none_is_refused(clerk: ClerkMaker, after: str) -> None:
    """By name."""
    assert "after" in clerk("an").get(f"/cases?after={after}", 400)


def test_what_comes_due_is_told_with_its_hectares(clerk: ClerkMaker) -> None:
    """On 20/01/2026 the unused land has 49 days until 12 months are over: in 90 days, not in 30."""
    an = clerk("an")
    assert "Dự án bo-hoang" in an.get("/cases/due?as_of=2026-01-20&days=90")
    assert "Dự án bo-hoang" not in an.get("/cases/due?as_of=2026-01-20&days=30")


def test_gaps_are_told_by_department(clerk: ClerkMaker) -> None:
    """The land without a handover, under the department of whoever is held to its park."""
    page = clerk("an").get("/cases/gaps")
    assert "Phòng Tài nguyên và Môi trường" in page
    assert "Dự án thieu" in page


def test_files_hold_what_the_person_may_see_and_are_in_the_log(clerk: ClerkMaker, owner: Engine) -> None:
    """A spreadsheet with one row for Binh, and a line in the log."""
    book = load_workbook(io.BytesIO(clerk("binh").client.get("/cases.xlsx").data))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert "Dự án cham" in cells
    assert "Dự án bo-hoang" not in cells
    with owner.connect() as connection:
        asked = text("SELECT count(*) FROM audit_log WHERE action = 'export.xlsx' AND subject = '/cases.xlsx'")
        assert connection.execute(asked).scalar_one() > 0


def test_a_geopackage_holds_the_land(clerk: ClerkMaker, tmp_path: Path) -> None:
    """Both cases with their polygons."""
    import geopandas  # noqa: PLC0415 - slow to import, and only needed here

    target = tmp_path / "cases.gpkg"
    target.write_bytes(clerk("an").client.get("/cases.gpkg").data)
    frame = geopandas.read_file(target)
    assert {"bo-hoang", "cham"} == set(frame["project"])
    assert {"MultiPolygon"} == set(frame.geom_type)
    assert 4326 == frame.crs.to_epsg()


def test_each_page_stands_in_english_too(clerk: ClerkMaker, owner: Engine) -> None:
    """No Vietnamese words of ours are left on it."""
    an = clerk("an")
    for address in ("/cases", "/cases/map", "/cases/due", "/cases/gaps", f"/cases/{number(owner, 'R8')}"):
        page = an.get(f"{address}?lang=en")
        assert "Hồ sơ đất" not in page
        assert "Land cases" in page
