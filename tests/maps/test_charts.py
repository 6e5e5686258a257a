"""Charts as specifications: what they hold, and how figures are told apart."""

import json
from datetime import date

from geoapp.maps.charts import Chart, ChartAhead, ChartMark, Look, build_chart
from geoapp.maps.style import Plain

LOOK = Look("#368763", "#55626f", "#17212b", "#55626f", "#d9dee3", "#ffffff", "#8a6d00")
WORDS = {name: name for name in ("value", "date", "source", "quality", "forecast", "series", "other")}
WORDS |= {"official": "official", "published": "it's published", "estimated": "estimated", "demo": "demo"}


def mark(day: date, value: float, quality: str = "demo", *, is_main: bool = True) -> ChartMark:
    """A figure."""
    return ChartMark(day, value, quality, is_main, f"{value} %", "<b>source</b>", day.isoformat())


def chart(*marks: ChartMark, ahead: tuple[ChartAhead, ...] = (), **changes: object) -> Plain:
    """The specification of a chart of occupancy."""
    parts = {"target": (80, 90), "target_label": "target", "limit": None, "limit_label": "", "words": WORDS, **changes}
    made = Chart("Occupancy", "%", True, marks, ahead, date(2027, 6, 30), **parts)  # type: ignore[arg-type]
    return build_chart(made, LOOK)


def kinds(spec: Plain) -> list[str]:
    """The marks of the layers, in the order in which they are drawn."""
    return [layer["mark"]["type"] for layer in spec["layer"]]


FIRST, SECOND = mark(date(2026, 1, 31), 40), mark(date(2026, 2, 28), 42)


def test_a_specification_is_plain_json() -> None:
    """What is sent to the page can be kept, and put into a report."""
    spec = chart(FIRST, SECOND)
    assert spec == json.loads(json.dumps(spec))


def test_a_share_has_its_whole_scale() -> None:
    """0 to 100, so that two charts can be compared."""
    assert all(
        [0, 100] == layer["encoding"]["y"]["scale"]["domain"]
        for layer in chart(FIRST)["layer"]
        if "y" in layer["encoding"]
    )


def test_a_range_is_a_band_with_its_lower_line() -> None:
    """80 to 90 %: area, line, label; then the series and its points."""
    assert ["area", "line", "text", "line", "point"] == kinds(chart(FIRST, SECOND))


def test_one_value_is_a_line() -> None:
    """A target of 100 % has no band."""
    assert ["line", "text", "line", "point"] == kinds(chart(FIRST, target=(100, None)))


def test_without_target_and_forecast_there_is_the_series() -> None:
    """Nothing is drawn that is not known."""
    assert ["line", "point"] == kinds(chart(FIRST, target=None))


def test_the_forecast_begins_at_the_last_figure() -> None:
    """No jump: interval and line leave from what is known."""
    ahead = ChartAhead(date(2026, 3, 31), 44, 43, 45, "44", "03/2026")
    spec = chart(FIRST, SECOND, ahead=(ahead,), target=None)
    assert ["area", "line", "point", "line", "point"] == kinds(spec)
    rows = spec["layer"][0]["data"]["values"]
    assert ("2026-02-28", 42, 42) == (rows[0]["day"], rows[0]["low"], rows[0]["high"])


def test_old_figures_of_others_do_not_stretch_the_time() -> None:
    """The axis begins with the series; a point of 2019 is in the table only."""
    spec = chart(mark(date(2019, 3, 31), 100, "published", is_main=False), FIRST, SECOND)
    assert ["2026-01-31", "2026-02-28"] == [row["day"] for row in spec["data"]["values"]]
    assert "2026-01-31" == spec["encoding"]["x"]["scale"]["domain"][0]


def test_quality_shows_by_shape_and_filling() -> None:
    """What is published is a filled diamond, a demonstration a hollow circle."""
    spec = chart(FIRST, mark(date(2026, 2, 10), 50, "published", is_main=False), target=None)
    points = spec["layer"][-1]["encoding"]
    assert dict(zip(points["shape"]["scale"]["domain"], points["shape"]["scale"]["range"], strict=True)) == {
        "it's published": "diamond",
        "demo": "circle",
    }
    assert "#ffffff" == points["fill"]["value"]
    assert all("demo" not in condition["test"] for condition in points["fill"]["condition"])


def test_quotes_in_words_do_not_end_an_expression() -> None:
    """A translation may hold an apostrophe."""
    condition = chart(FIRST)["layer"][-1]["encoding"]["fill"]["condition"][0]["test"]
    assert r"'it\'s published'" in condition


def test_a_flow_ends_above_its_capacity() -> None:
    """The line of the capacity is within the drawing."""
    made = Chart("Flow", "m³", False, [FIRST], (), date(2027, 1, 1), None, "", 3000, "capacity", WORDS)
    spec = build_chart(made, LOOK)
    assert 3000 < spec["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
