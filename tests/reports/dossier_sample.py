"""A dossier made by hand for tests, with every part in it, hostile text among it."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import shapely
from babel.support import Translations
from PIL import Image

import geoapp
from geoapp.catalog.load import load_catalogue
from geoapp.maps.print import draw_map
from geoapp.maps.print_sheet import PrintedMap, PrintedPlot
from geoapp.maps.style import classes_of
from geoapp.photos.printed import shrink
from geoapp.reports.dossier import (
    DatedFact,
    DocumentLine,
    Dossier,
    EventLine,
    Finding,
    Ground,
    PhotoLine,
    PlotLine,
    PrintedPhoto,
    Step,
    StepMark,
)
from geoapp.reports.fonts import find_typeface
from geoapp.reports.manifest import Manifest, ManifestHead, build_manifest
from geoapp.resources import layers_dir

AT = datetime(2026, 11, 14, 2, 12, 30, tzinfo=UTC)
ADDRESS = "https://ban-do.example.vn/dossiers/123/4/"


def speech(language: str) -> Callable[[str], str]:
    """The texts of the pages in a language, as the pages have them."""
    folder = Path(geoapp.__file__).parent / "web" / "translations"
    return Translations.load(folder, [language]).gettext if language == "vi" else str


def manifest(**parts: dict[str, object]) -> Manifest:
    """A manifest with a value in every part."""
    head = ManifestHead("123", 4, date(2026, 11, 14), AT, "ab" * 32, "geoapp 0.1.0")
    usual: dict[str, dict[str, object]] = {
        "case": {"finding": {"rule": "R9", "state": "UNUSED_12M"}},
        "plots": {"A5": {"area_ha": 1.25}, "A6": {"area_ha": 2.5}},
        "dates": {"bg-01": {"on": date(2025, 3, 10)}},
        "working": {"steps": ["a", "b"]},
        "events": {f"{place:04d}": {"step": "open"} for place in range(1, 5)},
        "photos": {"ab" * 32: {"heading": 12.5}},
    }
    return build_manifest(head, {**usual, **parts})


def photo_file(folder: Path) -> tuple[Path, str]:
    """A photo on the disk, and its hash."""
    target = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(target, "JPEG")
    path = folder / "photo.jpg"
    path.write_bytes(target.getvalue())
    return path, hashlib.sha256(target.getvalue()).hexdigest()


def printed(path: Path) -> PrintedPhoto:
    """The photo as it is printed."""
    small = shrink(path)
    assert small is not None
    return PrintedPhoto(*small)


def printed_map(language: str = "vi") -> PrintedMap:
    """Twelve plots in a park, two of them the case's."""
    classes = {style.key: style for style in classes_of(load_catalogue(layers_dir()).layers["plot_state"])}
    keys = list(classes)
    plots = []
    for place in range(12):
        west, south = 106.17 + place % 4 * 0.0016, 20.05 + place // 4 * 0.0013
        outline = shapely.box(west, south, west + 0.0014, south + 0.0011)
        is_own = place in {5, 6}
        plots.append(PrintedPlot(f"A{place}", outline, classes[keys[place % len(keys)]], is_own, approximate=True))
    land = shapely.union_all([plot.outline for plot in plots if plot.is_own])
    park = shapely.box(106.168, 20.048, 106.19, 20.062)
    face = find_typeface()
    note = speech(language)("Demonstration data, not official figures")
    return PrintedMap(
        tuple(plots), tuple(classes.values()), land, park, True, 9209, date(2026, 11, 14), note, language,
        speech(language), face.regular, face.bold,
    )  # fmt: skip


@cache
def drawn_map(language: str) -> bytes:
    """The map, drawn once."""
    return draw_map(printed_map(language))


def dossier(folder: Path, language: str = "vi", **changes: object) -> Dossier:
    """The whole dossier."""
    path, digest = photo_file(folder)
    made = manifest()
    facts: dict[str, object] = {
        "number": "123",
        "event_number": 4,
        "project": "Nhà máy sản xuất linh kiện điện tử <b>Hoàng Long</b> & Cộng sự",
        "investor": "Công ty TNHH Điện tử Hoàng Long\x07",
        "ground": Ground(
            "KCN Khánh Phú",
            ("xã Khánh Hội", "phường Đông Hoa Lư"),
            (PlotLine("A5", 1.25, "đã cho thuê"), PlotLine("A6", 2.5, "đã cho thuê")),
            3.75,
            True,
        ),
        "finding": Finding(
            "Dấu hiệu không sử dụng đất 12 tháng liên tục (đề xuất)",
            "R9",
            "Luật Đất đai 2024, khoản 8 Điều 81; Nghị định 102/2024/NĐ-CP, điểm e (đoạn một) khoản 2 Điều 31 (sửa đổi"
            " bởi Nghị định 226/2025/NĐ-CP)",
            "ngày thứ 614 trên 365 ngày",
            3.75,
        ),
        "as_of": date(2026, 11, 14),
        "known_at": AT,
        "manifest": made,
        "address": ADDRESS + made.sha256,
        "map_png": drawn_map(language),
        "language": language,
        "is_demo": True,
        "grounds": (
            "Căn cứ Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024",
            "Căn cứ Nghị định số 217/2025/NĐ-CP ngày 05 tháng 8 năm 2025 của Chính phủ về kiểm tra chuyên ngành",
        ),
        "dates": (
            DatedFact(date(2025, 1, 20), "Quyết định cho thuê đất", "12/QĐ-UBND"),
            DatedFact(date(2025, 3, 10), "Bàn giao đất trên thực địa", "BB 05/BB-BQL"),
            DatedFact(date(2026, 3, 10), "Hết 12 tháng kể từ ngày bàn giao (D12)", "", computed=True),
            DatedFact(date(2026, 5, 1), "Bất khả kháng", "77/QĐ-UBND", until=date(2026, 5, 20)),
        ),
        "steps": (
            Step(
                "Bàn giao đất trên thực địa, ghi trong biên bản 05/BB-BQL",
                date(2025, 3, 10),
                "Luật Đất đai 2024, khoản 8 Điều 81",
            ),
            Step("Cộng 12 tháng", date(2026, 3, 10), "Bộ luật Dân sự 2015, Điều 147, 148"),
            Step("Rơi vào ngày làm việc: không lùi", date(2026, 3, 10), "", StepMark.OWN),
            Step("Chưa khởi công tính đến ngày 14/11/2026", None, "điểm e khoản 2 Điều 31", StepMark.READING),
        ),
        "events": tuple(
            EventLine(place, AT, "Nguyễn Văn An", what, reason, hashlib.sha256(what.encode()).hexdigest())
            for place, (what, reason) in enumerate(
                [
                    ("Đề xuất hồ sơ", ""),
                    ("Giao người phụ trách", ""),
                    ("Xác nhận dấu hiệu", "Đã đối chiếu biên bản bàn giao"),
                    ("Bổ sung ảnh hiện trạng", ""),
                ],
                1,
            )
        ),
        "photos": (
            PhotoLine(digest, printed(path), AT, 106.1771, 20.0518, 312.0, 0.0, "Nguyễn Văn An"),
            PhotoLine(
                "cd" * 32,
                None,
                None,
                None,
                None,
                None,
                None,
                "Trần Thị Bình",
                ("không có vị trí", "không có thời điểm"),
            ),
        ),
        "documents": (DocumentLine("Cho thuê đất", "12/QĐ-UBND", date(2025, 1, 20), "UBND tỉnh Ninh Bình"),),
    }
    return Dossier(**{**facts, **changes})  # type: ignore[arg-type]
