"""Where things stand on the paper: nothing over the map, nothing over anything else, nothing beside the paper."""

import itertools
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.compose import Composed, compose
from geoapp.maps.sheet.ink import Box, Text, texts
from geoapp.maps.sheet.lettering import MM_PER_PT, width_mm
from geoapp.maps.sheet.model import Compare, FigureRow, FigureTable, Limits, Page, ParkPage
from geoapp.maps.sheet.papers import SIZES, get_paper

PAPERS = [(name, across) for name in SIZES for across in (False, True)]
SOURCES = tuple(f"Nguồn số {i} với một tên rất dài để tràn dòng" for i in range(40))


def wide_sheet(name: str, *, across: bool) -> Composed:
    """A sheet with every layer's legend at once, and many sources."""
    layers = tuple(sample.every_class(layer) for layer in sample.catalogue().layers.values())
    return compose(sample.sheet(paper=get_paper(name, landscape=across), layers=layers, sources=SOURCES), Limits())


def box_of(text: Text) -> Box:
    """What a line of text covers: its letters, without the room for marks above."""
    length, height = width_mm(text.text, text.size_pt, text.weight), text.size_pt * MM_PER_PT * 0.7
    if text.angle:
        return Box(text.x - height, text.y, height, length)
    return Box(text.x, text.y, length, height)


@pytest.mark.parametrize(("name", "across"), PAPERS)
def test_nothing_of_the_margin_lies_over_the_map_or_over_other_text(name: str, across: bool) -> None:
    """All lines of text outside of the windows, pair by pair, with the longest legend that there can be."""
    found = wide_sheet(name, across=across)
    boxes = [box_of(item) for item in found.drawn.items if isinstance(item, Text) and item.text]
    assert len(boxes) > 40
    assert [] == [box for box in boxes if box.overlaps(found.grounds[0].frame)]
    assert [] == [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
    paper = Box(0, 0, found.drawn.width_mm, found.drawn.height_mm)
    assert [] == [box for box in boxes if not paper.holds(box)]


def pages() -> dict[str, Page]:
    """A compare sheet and a page about a park."""
    rows = tuple(FigureRow(f"Chỉ tiêu {i}", f"{i},5", "ha", "đến 31/10/2026, đã công bố") for i in range(30))
    a4 = sample.sheet(paper=get_paper("A4", landscape=False))
    return {
        "compare": Compare(sample.sheet(), sample.sheet(as_of=sample.date(2026, 9, 30))),
        "compare upright": Compare(a4, a4),
        "park": ParkPage(a4, (FigureTable("Bảng", rows, ("Chỉ tiêu", "Giá trị", "Số liệu")),), ("Đoạn văn. " * 40,)),
    }


@pytest.mark.parametrize("name", ["compare", "compare upright", "park"])
def test_other_pages_keep_their_parts_apart(name: str) -> None:
    """The same for two maps side by side and for a map with tables."""
    found = compose(pages()[name], Limits())
    boxes = [box_of(item) for item in found.drawn.items if isinstance(item, Text) and item.text]
    assert [] == [box for box in boxes for ground in found.grounds if box.overlaps(ground.frame)]
    assert [] == [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]


def test_both_maps_of_a_compare_sheet_have_one_scale() -> None:
    """And show the same ground."""
    left, right = compose(pages()["compare"], Limits()).grounds
    assert (left.scale, left.west, left.south) == (right.scale, pytest.approx(right.west), pytest.approx(right.south))


def test_what_does_not_fit_into_a_table_is_counted() -> None:
    """100 rows do not fit below a map on A4."""
    rows = tuple(FigureRow(f"Chỉ tiêu {i}", "1") for i in range(100))
    page = ParkPage(sample.sheet(paper=get_paper("A4", landscape=False)), (FigureTable("Bảng", rows),))
    items = compose(page, Limits()).drawn.items
    shown = [item.text for item in items if isinstance(item, Text) and item.text.startswith("Chỉ tiêu ")]
    assert any(f"{100 - len(shown)} dòng nữa" in item.text for item in items if isinstance(item, Text))


def test_the_inset_of_viet_nam_names_both_archipelagos() -> None:
    """Quần đảo Hoàng Sa and Quần đảo Trường Sa (Việt Nam), in the English sheet too."""
    found = compose(sample.sheet(language="en", say=str), Limits())
    said = [item.text for item in texts(found.drawn.items)]
    assert {"Quần đảo Hoàng Sa", "Quần đảo Trường Sa"} <= set(said)
    assert 2 == said.count("(Việt Nam)")


def test_demonstration_data_are_marked_on_the_sheet() -> None:
    """In the head and in the notes; not where there are none."""
    plots = sample.plots(quality=["demo"] * 480)
    marked = [
        item.text for item in compose(sample.sheet(layers=(plots,)), Limits()).drawn.items if isinstance(item, Text)
    ]
    plain = [item.text for item in compose(sample.sheet(), Limits()).drawn.items if isinstance(item, Text)]
    assert "SỐ LIỆU MINH HỌA" in marked
    assert "SỐ LIỆU MINH HỌA" not in plain
