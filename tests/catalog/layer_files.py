"""Texts of small sound layers, for tests to break."""

from pathlib import Path

GROUPS = 'parks = { vi = "Khu công nghiệp", en = "Parks" }\nother = { vi = "Khác", en = "Other" }\n'
CODES = """
[state]
built = { vi = "đã xây", en = "built" }
empty = { vi = "còn trống", en = "empty" }

[judged]
met = { vi = "đạt", en = "met" }
no_data = { vi = "chưa rõ", en = "not known" }
"""
LAYER = """
title = { vi = "Lớp thử", en = "Test layer" }
method = { vi = "Một câu.", en = "A sentence." }
access = "public"
geometry = "polygon"
order = 10
views = ["province", "park"]
shown = ["province"]
exclusive = "theme"
label = "name"
tooltip = ["share"]
popup = ["share", "state"]

[fields.name]
title = { vi = "Tên", en = "Name" }
type = "text"
localized = true

[fields.share]
title = { vi = "Tỷ lệ", en = "Share" }
type = "number"
unit = "%"
decimals = 1

[fields.state]
title = { vi = "Tình trạng", en = "State" }
type = "code"
codes = "state"
"""
GRADUATED = """
[style]
kind = "graduated"
field = "share"
marks = [{ at = 80, label = { vi = "mục tiêu", en = "target" } }]

[style.no_data]
label = { vi = "chưa có số liệu", en = "no data" }
fill = "#eeeeee"
pattern = "hatch"

[[style.classes]]
from = 0
to = 1500.5
fill = "#112233"
dash = "6 4"

[[style.classes]]
from = 1500.5
fill = "#445566"
"""
CATEGORY = """
[style]
kind = "category"
field = "state"

[style.no_data]
label = { vi = "chưa có số liệu", en = "no data" }
fill = "#eeeeee"

[[style.classes]]
value = "built"
fill = "#112233"

[[style.classes]]
value = "empty"
stroke = "#445566"
"""
SINGLE = """
[style]
kind = "single"

[[style.classes]]
label = { vi = "đối tượng", en = "feature" }
fill = "#112233"
"""
SQL = "SELECT 1 AS id FROM parks_at(:as_of, :known_at) AS p"


def add_layer(folder: Path, place: str, toml: str, sql: str = SQL) -> None:
    """Write one layer."""
    path = folder / place
    path.mkdir(parents=True, exist_ok=True)
    (path / "layer.toml").write_text(toml, encoding="utf-8")
    (path / "layer.sql").write_text(sql, encoding="utf-8")
