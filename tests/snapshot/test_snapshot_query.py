"""The state of a map in an address: read, written, and refused by name."""

import pytest

from geoapp.catalog.model import View
from geoapp.errors import InvalidRequest
from geoapp.services.snapshot.query import parse_snapshot, query_of_snapshot
from geoapp.services.snapshot.request import SheetPlace

PARK = SheetPlace(View.PARK, "khanh-phu")
FULL = {
    "layers": "land,plot_state", "hide": "plot_state:leased,no_data", "opacity": "land:40",
    "parks": "khanh-phu,xuan-kien", "bbox": "105.900000,20.100000,106.200000,20.400000", "scale": "5000",
    "paper": "a3", "orientation": "portrait", "dpi": "300", "title": "Tờ bản đồ số 1", "maker": "Nguyễn Văn A",
    "as_of": "2026-10-31", "known_at": "2026-11-01T01:00:00Z", "base": "2025-10-31", "since": "2024-12-31",
    "language": "en",
}  # fmt: skip
WRONG = {
    "paper": ("10m", "a0", "A4x"),
    "orientation": ("sideways",),
    "dpi": ("10000", "49", "0", "300.5", "٣٠٠"),
    "scale": ("999", "5001", "2000000000", "1:5000"),
    "bbox": (
        "2.2,48.8,2.4,48.9", "20.1,105.9,20.4,106.2", "106.2,20.1,105.9,20.4", "105.9,20.1,106.2", "1e2,20,106,21",
        "105.9,20.1,105.9,20.4", "nan,20.1,106.2,20.4",
    ),
    "at": ("48.8,2.3", "105.9", "20.25,105.9"),
    "layers": ("<script>", "a" * 80, ",".join(f"layer{i}" for i in range(61))),
    "hide": ("plot_state", "plot_state:" + ",".join(map(str, range(61)))),
    "opacity": ("land:5", "land:101", "land:x", "land"),
    "parks": ("Khánh Phú", "a b"),
    "as_of": ("31/10/2026", "2026-02-30"),
    "known_at": ("yesterday",),
    "base": ("2026-10-31", "soon"),
    "since": ("2026-11-30",),
    "title": ("x" * 121,),
    "maker": ("x" * 121,),
    "language": ("fr",),
    "content": ("poster",),
}  # fmt: skip
CASES = [(name, value) for name, values in WRONG.items() for value in values]


def test_a_state_comes_back_as_it_was_written() -> None:
    """What an address says is what stands in the address that is made of it."""
    assert FULL == query_of_snapshot(parse_snapshot(FULL, PARK, language="vi"))


@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{name}-{value[:12]}" for name, value in CASES])
def test_what_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    """Every parameter, with 10 m of paper, other continents and 10 000 dots an inch among them."""
    args = {"as_of": "2026-10-31", name: value}
    with pytest.raises(InvalidRequest) as refused:
        parse_snapshot(args, PARK, language="vi")
    assert name == refused.value.parameter


def test_a_page_of_figures_is_of_a_park() -> None:
    """The province has no such page, and says what to do instead."""
    with pytest.raises(InvalidRequest, match="Choose the map instead") as refused:
        parse_snapshot({"content": "page"}, SheetPlace(View.PROVINCE), language="vi")
    assert "content" == refused.value.parameter


def test_an_empty_list_of_layers_is_no_layer() -> None:
    """All layers switched off is another map than the one that the page opens with."""
    assert ((), None) == tuple(parse_snapshot(args, PARK, language="vi").look.layers for args in ({"layers": ""}, {}))


def test_signs_that_are_not_printed_are_left_out_of_a_title() -> None:
    """A title is one line, whatever was pasted."""
    found = parse_snapshot({"title": " Bản đồ\n\u0007 số\t1 "}, PARK, language="vi").paper.title
    assert "Bản đồ số 1" == found
