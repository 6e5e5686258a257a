"""Who may import whom: the rooms of docs/architecture.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

import geoapp

ROOT = Path(geoapp.__file__).parent
PLAIN = {"errors", "kinds"}
ALLOWED = {
    "errors": set(),
    "kinds": set(),
    "resources": {"errors"},
    "settings": {"errors", "kinds"},
    "core": PLAIN,
    "catalog": {"core", *PLAIN},
    "store": {"core", *PLAIN},
    "raster": {"core", *PLAIN},
    "photos": {"core", *PLAIN},
    "demo": {"core", *PLAIN},
    "maps": {"catalog", "core", *PLAIN},
    "reports": {"catalog", "core", "maps", *PLAIN},
    "jobs": {"services", "store", "core", *PLAIN},
    "ingest": {"catalog", "store", "demo", "raster", "core", *PLAIN},
    "services": {"catalog", "store", "raster", "photos", "maps", "reports", "core", "resources", *PLAIN},
    "web": {"services", "ingest", "catalog", "maps", "core", *PLAIN},
}
# The two that join the rooms: they may import everything, and nobody imports them.
JOINING = {"app", "cli", "__main__"}
ONLY_IN = {
    "folium": "maps",
    "branca": "maps",
    "flask": "web",
    "flask_babel": "web",
    "sqlalchemy": "store",
    "rasterio": "raster",
    "rio_tiler": "raster",
    "reportlab": "reports",
    "docx": "reports",
    "docxtpl": "reports",
    "procrastinate": "jobs",
    "psycopg": "jobs",
    "segno": "reports",
    "PIL": "photos",
}
# The doors: the application and the commands know the web framework and hand engines around.
ONLY_IN_EXCEPT = {
    "flask": {"app"},
    "flask_babel": {"app"},
    "sqlalchemy": {"ingest", "services", "app", "cli"},
}


def imports() -> Iterator[tuple[str, str, Path]]:
    """Every import of the package: (room, module, file)."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts == ("__init__",):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((parts[0], alias.name, path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield parts[0], node.module, path
                if node.module == "geoapp":
                    yield from ((parts[0], f"geoapp.{alias.name}", path) for alias in node.names)


def test_every_room_has_a_rule() -> None:
    """A new room must say what it may import."""
    assert {room for room, _, _ in imports()} <= set(ALLOWED) | JOINING


def test_imports_run_downwards() -> None:
    """A room imports itself and the rooms below it."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for room, module, path in imports()
        if module.startswith("geoapp.") and room in ALLOWED and module.split(".")[1] not in {room, *ALLOWED[room]}
    ]
    assert [] == wrong


def test_a_library_is_known_in_its_room_only() -> None:
    """Folium is imported in maps, Flask in web, SQLAlchemy in store and by those that are handed a connection."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for room, module, path in imports()
        if (home := ONLY_IN.get(module.split(".")[0]))
        and room not in {home, *ONLY_IN_EXCEPT.get(module.split(".")[0], set())}
    ]
    assert [] == wrong
