"""The page that documents bundles, written from the declared tables so that it cannot fall behind them."""

from geoapp.ingest.tables import TABLES, Column, Shape, Table

_HEAD = """# Data formats

<!-- Written by `geoapp load --columns`; change geoapp/ingest/tables.py, not this page. -->

A **bundle** is a folder with a file `bundle.toml` and any of the tables below. `geoapp load FOLDER` reads, checks and
stores it in one transaction: all of it, or nothing with a list of every fault (file, row, column, what was expected,
what was found). `geoapp load --replace demo FOLDER` first closes all demonstration data.

```toml
[bundle]
dataset = "board"            # board for your own files; registry and demo come with the program
title = "Số liệu tháng 10/2026 của Phòng Tài nguyên và Môi trường"
quality = "official"         # official, published, estimated or demo; a row may say otherwise
source = "bao-cao-10-2026"   # key of a row in sources.csv
```

- Tables without geometry are `<name>.csv`: UTF-8, comma, a header line, numbers as `1234.5`, dates as `2026-10-31`.
- Tables with geometry are `<name>.geojson`, in WGS 84 unless the file names another system in `crs`.
- Or all of them are layers of one `bundle.gpkg`, each in the coordinate system that it names; VN-2000 is moved to
  WGS 84 with the official seven parameters. The batch keeps the system the file came in.
- An empty cell means "not known". Nothing is filled in for it.
- History: rows of one thing with different `valid_from` are its versions; a version ends where the next begins, or at
  `valid_to`. A row that says what is already known changes nothing. A row that says otherwise supersedes the old one
  for the days it speaks of; the old one stays readable as known before. A row of lesser quality never supersedes a
  surer one (official, published, estimated, demo): it is held back for those days, and the load says how many were.
- The database refuses what cannot be: invalid or misplaced geometry, a plot more than 1 % outside its park, a share
  over 100 %, a numerator and denominator that do not give the value, two figures of one thing from one source.

Indicators and their methods are listed by `geoapp load --indicators`.
"""

_GEOMETRY = {
    Shape.NONE: "none (CSV)",
    Shape.POINT: "point",
    Shape.LINE: "line",
    Shape.POLYGON: "polygon",
    Shape.ANY: "point, line or polygon",
}


def build_formats_page() -> str:
    """The whole page in Markdown."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    geometry = _GEOMETRY[table.shape]
    if table.shape is not Shape.NONE:
        geometry += ", required" if table.geometry_required else ", may be empty"
    lines = [
        f"## {table.name}",
        "",
        f"{table.means} Geometry: {geometry}. Key: {', '.join(table.key) or 'none'}.",
        "",
        "| column | kind | required | meaning |",
        "| --- | --- | --- | --- |",
        *(_row(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column) -> str:
    means = column.means
    if column.choices is not None:
        means += ": " + ", ".join(f"`{choice}`" for choice in column.choices)
    return f"| `{column.name}` | {column.kind} | {'yes' if column.required else ''} | {means} |"
