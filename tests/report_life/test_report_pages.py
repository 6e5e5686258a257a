"""Reports on their pages: made, written by two people, commented, opened figure by figure, made again and compared."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from geoapp.core.report_json import dump_content, load_content
from geoapp.core.report_model import Content, Table
from geoapp.services.report.acting import ReportDesk
from geoapp.store import reports as store
from geoapp.store.acting import acting
from geoapp.store.reports import NewContent, ReportStep
from geoapp.web.params import today
from tests.report_life.conftest import WriterMaker, as_person, signed

CORRECT = """
WITH old AS (
    UPDATE observations SET recorded = tstzrange(lower(recorded), clock_timestamp())
    WHERE indicator = 'occupancy' AND valid_on = '2026-10-31' AND upper_inf(recorded)
      AND park_id = (SELECT id FROM parks WHERE slug = 'hai')
    RETURNING *
)
INSERT INTO observations (subject_kind, park_id, indicator, valid_on, date_precision, value, numerator, denominator,
                          method, quality, source_id, batch_id, supersedes_id, recorded)
SELECT subject_kind, park_id, indicator, valid_on, date_precision, 100.0 * :part / denominator, :part, denominator,
       method, quality, source_id, batch_id, id, tstzrange(upper(recorded), NULL)
FROM old RETURNING id
"""


def number_of(address: str) -> int:
    """The number of a report in an address."""
    found = re.search(r"/reports/(\d+)", address)
    assert found, address
    return int(found[1])


@pytest.fixture
def made(writer: WriterMaker, owner: Engine) -> int:
    """A draft of October, made as a planner does; its number."""
    with owner.connect() as connection:
        newest = connection.execute(
            text("SELECT coalesce(max(v.number), 0) FROM report_versions AS v JOIN reports AS r ON r.id = v.report_id"
                 " WHERE r.kind = 'month' AND r.first = '2026-10-01'")
        ).scalar_one()  # fmt: skip
    return number_of(writer("quy").send("/reports", period="2026-10", language="vi", expected=newest))


def content_of(owner: Engine, number: int) -> Content:
    """What a version says, as it is stored."""
    with ReportDesk(owner).reading() as connection:
        row = store.find_version(connection, number)
        return load_content(store.read_content(connection, row.content_id, whole=True))


def occupancy_ref(content: Content) -> str:
    """The reference of the share over all parks: 70 of 150 ha."""
    return next(one.ref for one in content.figures if one.value == pytest.approx(100 * 70 / 150) and one.rows)


def test_a_period_that_has_not_come_is_refused_in_words(writer: WriterMaker) -> None:
    """With the first day of the period and the day it is; the list comes back."""
    following = (today().replace(day=1) + timedelta(days=40)).replace(day=1)
    page = writer("quy").send("/reports?lang=vi", 400, period=f"{following:%Y-%m}", language="vi")
    assert f"{following:%d/%m/%Y}" in page
    assert "chưa đến" in page or "chưa có gì để báo cáo" in page


def test_what_is_no_period_is_refused(writer: WriterMaker) -> None:
    """With what was found and examples."""
    page = writer("quy").send("/reports?lang=en", 400, period="2026-13", language="vi")
    assert "found “2026-13”" in page


def test_a_second_report_of_a_period_is_told_first(writer: WriterMaker, made: int) -> None:
    """409 with a link to the version that is there, and the button for another one."""
    page = writer("quy").send("/reports?lang=vi", 409, period="2026-10", language="vi")
    assert f'href="/reports/{made}"' in page
    assert "Vẫn lập phiên bản" in page


def test_two_people_who_write_at_once_lose_nothing(writer: WriterMaker, made: int) -> None:
    """The second one is told, sees both texts, and saves again; all three revisions can be read."""
    block = "direction"
    writer("quy").send(f"/reports/{made}/texts/{block}", seen=0, body="Bản của Quý")
    page = writer("ha").send(f"/reports/{made}/texts/{block}?lang=vi", 409, seen=0, body="Bản của Hà")
    assert "Bản của Quý" in page
    assert re.search(r"<textarea[^>]*>Bản của Hà</textarea>", page)
    assert '<input type="hidden" name="seen" value="1">' in page
    writer("ha").send(f"/reports/{made}/texts/{block}", seen=1, body="Bản chung")
    history = writer("xem").get(f"/reports/{made}/texts/{block}")
    assert ["Bản chung", "Bản của Quý"] == re.findall(r'class="said-text"[^>]*>([^<]+)<', history)


def test_a_comment_is_settled_once(writer: WriterMaker, made: int) -> None:
    """It stands under its section; settled, it stays with the answer, and a second time is refused."""
    writer("ha").send(f"/reports/{made}/comments", place="direction", body="Ghi rõ số văn bản <b>")
    page = writer("quy").get(f"/reports/{made}")
    found = re.search(r'id="settle-(\d+)"', page)
    assert found
    assert "Ghi rõ số văn bản &lt;b&gt;" in page
    writer("quy").send(f"/reports/{made}/comments/{found[1]}", body="Đã ghi")
    writer("quy").send(f"/reports/{made}/comments/{found[1]}", 409, body="Lần nữa")
    assert "Đã ghi" in writer("quy").get(f"/reports/{made}")


def test_a_figure_opens_its_rows_and_the_map_of_then(writer: WriterMaker, owner: Engine, made: int) -> None:
    """Every number of the document is a link; behind it both parks with value, source, and pages as known then."""
    content = content_of(owner, made)
    ref = occupancy_ref(content)
    assert f'href="/reports/{made}/figures/{ref}"' in writer("xem").get(f"/reports/{made}")
    page = writer("xem").get(f"/reports/{made}/figures/{ref}?lang=vi")
    for park, value in (("mot", "50,0"), ("hai", "40,0")):
        assert f"Khu {park}" in page
        assert value in page
        assert re.search(rf'href="/figures/park/{park}/occupancy\?as_of=2026-10-31&amp;known_at=20', page)
    assert "46,7" in page


def test_every_figure_of_the_document_opens(writer: WriterMaker, owner: Engine, made: int) -> None:
    """Each reference that is printed leads to a page; none is a dead end."""
    page = writer("an").get(f"/reports/{made}")
    refs = sorted(set(re.findall(rf'href="/reports/{made}/figures/([^"]+)"', page)))
    assert set(refs) <= {one.ref for one in content_of(owner, made).figures}
    for ref in refs[:: max(len(refs) // 12, 1)]:
        writer("an").get(f"/reports/{made}/figures/{ref}")


def test_made_again_as_known_then_it_agrees_whatever_came_since(writer: WriterMaker, owner: Engine, made: int) -> None:
    """After a correction too; as known now the figure is named with both values and the row that came in its place."""
    assert "Khớp" in writer("quy").get(f"/reports/{made}/remake?lang=vi")
    with owner.begin() as connection:
        row = connection.execute(text(CORRECT), {"part": 30}).scalar_one()
    try:
        assert "Khớp" in writer("quy").get(f"/reports/{made}/remake?lang=vi")
        page = writer("quy").get(f"/reports/{made}/remake?known=now&lang=vi")
        assert "Không khớp" in page
        assert "46,7" in page
        assert "53,3" in page
        assert f"được thay bằng dòng {row}" in page
    finally:
        with owner.begin() as connection:
            connection.execute(text(CORRECT), {"part": 20})


def totals_of(table: Table) -> list[str]:
    """References of totals of a table whose parts are told."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    rows = {row.key: row for row in table.rows}
    return [rows[rule.total].cells[places[column]].ref for rule in table.sums for column in rule.columns]


def test_a_total_that_is_not_the_sum_of_its_parts_stops_approval(writer: WriterMaker, owner: Engine, made: int) -> None:
    """The place is told on the page, and the report stays out for comment."""
    content = content_of(owner, made)
    table, total = next(
        (table, total) for table in content.tables for total in totals_of(table) if content.figure(total).value
    )
    wrong = tuple(
        replace(one, value=(one.value or 0) + 1000, missing="") if one.ref == total else one for one in content.figures
    )
    told = dump_content(replace(content, figures=wrong)).decode()
    with acting(*as_person(owner, "quy")) as connection:
        row = store.find_version(connection, made)
        store.add_content(connection, NewContent(made, 2, content.as_of, content.known_at, row.template_id, told, told))
        store.add_event(connection, ReportStep(made, 2, "refresh"))
        store.add_event(connection, ReportStep(made, 3, "submit"))
    assert f"{table.title}, " in writer("ha").get(f"/reports/{made}")
    page = writer("ha").send(f"/reports/{made}/steps?lang=vi", 400, step="approve", last_event=3)
    assert "chưa được duyệt" in page


def test_a_draft_brought_up_to_date_still_names_its_period(writer: WriterMaker, made: int) -> None:
    """The month stands in the title of the document, and on the page in the name of the report."""
    writer("quy").send(f"/reports/{made}/refresh?lang=vi", last_event=1)
    page = writer("quy").get(f"/reports/{made}?lang=vi")
    assert re.search(r"Kết quả thực hiện các chỉ tiêu, nhiệm vụ tháng 10/2026\s*<", page)
    assert "<h1>Báo cáo tháng 10/2026</h1>" in page


def test_a_step_that_somebody_took_before_is_told(writer: WriterMaker, made: int) -> None:
    """409: nothing is taken twice."""
    writer("quy").send(f"/reports/{made}/steps", step="submit", last_event=1)
    page = writer("ha").send(f"/reports/{made}/steps?lang=vi", 409, step="submit", last_event=1)
    assert "đã có người khác làm việc" in page


def test_who_reads_no_cases_sees_no_annex_of_land(writer: WriterMaker, owner: Engine, made: int) -> None:
    """Neither the table nor its figures; a planner sees both, and the page says what is left out."""
    content = content_of(owner, made)
    land = next(annex for annex in content.annexes if annex.key == "slow_land")
    assert land.title in writer("quy").get(f"/reports/{made}")
    page = writer("xem").get(f"/reports/{made}?lang=vi")
    assert land.title not in page
    assert "Phụ lục nêu tên đất" in page
    ref = next(cell.ref for row in content.table("slow_land").rows for cell in row.cells if cell.ref)
    writer("xem").get(f"/reports/{made}/figures/{ref}", 404)
    writer("xem").get(f"/reports/{made}/remake", 403)


@pytest.mark.parametrize("login", ["an", "xem", "tri"])
def test_who_may_not_write_is_refused(writer: WriterMaker, made: int, login: str) -> None:
    """Text, comment, step and new report."""
    for address in (
        f"/reports/{made}/texts/direction",
        f"/reports/{made}/comments",
        f"/reports/{made}/steps",
        "/reports",
    ):
        writer(login).send(address, 403, body="x", seen=0, step="submit", last_event=1, period="2026-10")


def test_a_signed_report_refuses_in_words(writer: WriterMaker, owner: Engine) -> None:
    """A step, and what is no PDF in place of the signed paper; its paper is kept and comes back byte for byte."""
    number = signed(owner, date(2023, 1, 1))
    with owner.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        told = dump_content(_small()).decode()
        connection.execute(
            text("UPDATE report_contents SET content = :told, open_content = :told,"
                 " sha256 = encode(sha256(convert_to(:told, 'UTF8')), 'hex') WHERE version_id = :id"),
            {"told": told, "id": number},
        )  # fmt: skip
        connection.execute(text("SET session_replication_role = origin"))
    page = writer("ha").send(f"/reports/{number}/steps?lang=vi", 400, step="return", last_event=4)
    assert "đã ký nên không ai sửa được" in page
    bad = {"file": (io.BytesIO(b"khong phai"), "ky.pdf"), "last_event": 4}
    assert "không phải PDF" in writer("ha").send(f"/reports/{number}/papers?lang=vi", 400, **bad)
    body = b"%PDF-1.7 da ky"
    writer("ha").send(f"/reports/{number}/papers", file=(io.BytesIO(body), "ký.pdf"), last_event=4)
    found = re.search(rf'href="(/reports/{number}/papers/\d+)"', writer("an").get(f"/reports/{number}"))
    assert found
    assert body == writer("an").client.get(found[1]).data


def _small() -> Content:
    return load_content(
        {
            "format": "geoapp-report-1", "kind": "month", "first": "2023-01-01", "last": "2023-01-31",
            "as_of": "2023-01-31", "known_at": "2026-11-01T00:00:00+00:00", "language": "vi", "subject": "s",
            "period": "p", "figures": [],
            "sections": [], "tables": [], "annexes": [], "charts": [], "maps": [], "sources": [], "notes": [],
            "has_demo": False,
        }
    )  # fmt: skip


def test_a_template_with_faults_is_refused_with_their_places(writer: WriterMaker) -> None:
    """What is no Word file is not kept; the template of the program, changed in a byte of no weight, is."""
    bad = {"file": (io.BytesIO(b"khong phai"), "mau.docx"), "language": "vi"}
    page = writer("quy").send("/reports/templates?lang=vi", 400, **bad)
    assert "Không nhận “mau.docx”" in page
    good = writer("quy").client.get("/reports/templates/builtin-vi.docx").data
    writer("quy").send("/reports/templates", file=(io.BytesIO(good), "Mẫu của văn phòng.docx"), language="vi")
    page = writer("xem").get("/reports/templates?lang=vi")
    assert "đang dùng" in page


def test_what_is_done_is_in_the_log(writer: WriterMaker, owner: Engine, made: int) -> None:
    """Who made the report, and who wrote in it."""
    writer("quy").send(f"/reports/{made}/texts/land", seen=0, body="x")
    with owner.connect() as connection:
        rows = connection.execute(
            text("SELECT p.login, a.action FROM audit_log AS a JOIN people AS p ON p.id = a.person_id"
                 " WHERE a.subject = :subject ORDER BY a.id"),
            {"subject": f"report {made}"},
        ).all()  # fmt: skip
    assert [("quy", "report.make"), ("quy", "report.text")] == [tuple(row) for row in rows]
