"""A report made by hand for tests: figures that can be added up on paper, one that is missing, hostile text."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from PIL import Image

from geoapp.core.report_model import (
    Annex,
    Blank,
    Cell,
    Chart,
    ChartAt,
    ChartLine,
    ChartPoint,
    Column,
    Content,
    DifferenceRule,
    Figure,
    MapAt,
    MapSheet,
    Picture,
    Piece,
    ReportKind,
    Row,
    RowId,
    Section,
    ShareRule,
    SourceNote,
    SumRule,
    Table,
    TableAt,
    Text,
)

HOSTILE = "<w:p>{{ trich_yeu }} & 'quoted' ]]>"
ADDRESS = "https://ban.example.vn/reports/7/figures/{ref}"
# Hectares leased and lettable of three parks, and the leased ones a year before: by hand 60.25 of 130.5, so 46.2 %.
PARKS = (("Khánh Phú", 40.0, 60.0, 38.0), ("Gián Khẩu", 20.25, 50.5, 20.0), ("Xuân Kiên", None, 20.0, None))
_DAY = date(2026, 10, 31)


def _figure(ref: str, title: str, value: float | None, unit: str = "ha", decimals: int = 2, **more: object) -> Figure:
    missing = "" if value is not None else "chưa ai nhập"
    rows = (RowId("observation", ref),)
    made = Figure(ref, title, value, unit, decimals, missing, _DAY, "demo", "Nguồn A", rows=rows)
    return replace(made, **more)  # type: ignore[arg-type]


def _parks() -> tuple[Table, list[Figure]]:
    figures, rows = [], []
    for place, (name, leased, whole, before) in enumerate(PARKS, 1):
        share = None if leased is None else 100 * leased / whole
        change = None if leased is None or before is None else leased - before
        values = ((leased, "ha", 2), (whole, "ha", 2), (share, "%", 1), (before, "ha", 2), (change, "ha", 2))
        refs = []
        for column, (value, unit, decimals) in enumerate(values, 1):
            refs.append(f"1.{place}.{column}")
            figures.append(_figure(refs[-1], name, value, unit, decimals, is_change=column == 5))
        rows.append(Row(name, (Cell(str(place)), Cell(name), *(Cell(ref=ref) for ref in refs))))
    sums = {"1.T.1": (60.25, "ha"), "1.T.2": (130.5, "ha"), "1.T.3": (100 * 60.25 / 130.5, "%"), "1.T.4": (58.0, "ha"),
            "1.T.5": (2.25, "ha")}  # fmt: skip
    for ref, (value, unit) in sums.items():
        figures.append(_figure(ref, "Tổng cộng", value, unit, 1 if unit == "%" else 2, is_change=ref == "1.T.5"))
    rows.append(Row("total", (Cell(""), Cell("Tổng cộng"), *(Cell(ref=ref) for ref in sums)), is_total=True))
    keys = tuple(name for name, *_ in PARKS)
    columns = (
        Column("place", "TT", is_number=False),
        Column("what", "Khu", is_number=False),
        Column("leased", "Đã cho thuê", "ha"),
        Column("whole", "Đất công nghiệp", "ha"),
        Column("share", "Lấp đầy", "%"),
        Column("before", "Cùng kỳ", "ha"),
        Column("more", "Tăng, giảm", "ha"),
    )
    table = Table(
        "sample",
        "Bảng 1. Lấp đầy",
        "Số liệu đến ngày 31/10/2026",
        columns,
        tuple(rows),
        (SumRule("total", keys, ("leased", "whole")),),
        (ShareRule("share", "leased", "whole"),),
        (DifferenceRule("more", "leased", "before"),),
    )
    return table, figures


def content(**more: object) -> Content:
    """The sample."""
    table, figures = _parks()
    wide = replace(table, key="wide", title="Biểu phụ lục", by_place=True, is_wide=True)
    figures += [
        _figure("A.01", "Vốn đăng ký", 508619.0, "tỷ đồng", 0),
        _figure("A.02", "Doanh thu", None, "tỷ đồng", 0),
        _figure("A.03", "Lấp đầy so cùng kỳ", -1.24, "điểm %", 1, is_change=True),
    ]
    said = Text((Piece("Vốn đăng ký "), Piece(ref="A.01"), Piece("; doanh thu "), Piece(ref="A.02"),
                 Piece("; lấp đầy "), Piece(ref="A.03"), Piece(".")))  # fmt: skip
    hostile = Text((Piece(HOSTILE),))
    sections = (
        Section("one", 1, "I.", "TÌNH HÌNH CHỈ ĐẠO", (Blank("direction", "văn bản đã ban hành"),)),
        Section("two", 1, "II.", "KẾT QUẢ", ()),
        Section("two_a", 2, "1.", "Thu hút đầu tư", (said, hostile, TableAt("sample"), ChartAt("chart"))),
        Section("two_b", 3, "đ)", "Lấp đầy", (Blank("works", "tiến độ"),)),
        *(Section(f"part_{part}", 1, f"{roman}.", f"PHẦN {part}", (Blank(f"blank_{part}", "gợi ý"),))
          for part, roman in enumerate(("III", "IV", "V", "VI", "VII"), 3)),
    )  # fmt: skip
    line = ChartLine(
        "occupancy", "Lấp đầy", tuple(ChartPoint(date(2026, month, 28), 40.0 + month) for month in range(1, 11))
    )
    made = Content(
        ReportKind.MONTH,
        date(2026, 10, 1),
        _DAY,
        _DAY,
        datetime(2026, 11, 5, 3, tzinfo=UTC),
        "vi",
        "Kết quả thực hiện tháng 10/2026",
        "tháng 10/2026",
        tuple(figures),
        sections,
        (table, wide),
        (
            Annex("parks", "I", "Số liệu các khu", (TableAt("wide"),), is_wide=True),
            Annex("maps", "II", "Bản đồ", (MapAt("map"),)),
        ),
        (Chart("chart", "Biểu đồ 1. Lấp đầy", "%", (line,), (80.0, 90.0)),),
        (MapSheet("map", "Bản đồ 1. Lấp đầy", ("park_occupancy",)),),
        (SourceNote("Nguồn A", "Ban Quản lý", "10/2026", last=_DAY, has_demo=True),),
        ("Số liệu đến ngày 31/10/2026.", "Báo cáo có số liệu minh họa."),
        has_demo=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def pictures() -> dict[str, Picture]:
    """A chart and a map of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (330, 136), "#0b6e8a").save(target, format="PNG")
    return {"chart": Picture(target.getvalue(), 165, 68), "map": Picture(target.getvalue(), 148, 61)}
