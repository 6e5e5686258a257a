"""The peer of our sheets: QGIS Server of the distribution, GetPrint of a layout over the same tables."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import make_url

from benchmarks.report import BenchError
from benchmarks.servers import FOLDER, Server, free_port, get
from benchmarks.sheet_data import EPSG
from geoapp.catalog.load import load_catalogue
from geoapp.maps.style import classes_of
from geoapp.resources import layers_dir

# PyQGIS is installed for the interpreter of the distribution.
_PYTHON = "/usr/bin/python3"
_SCRIPT = Path(__file__).with_name("qgis_project.py")
# Our layer -> table, and the column of names.
_TABLES = {"land": "land", "park_status": "parks", "park_outline": "parks", "plot_state": "plots_4326"}
_NAMES = {"park_status": "name_vi", "plot_state": "code"}


def project_for(url: str, layers: tuple[str, ...], extent: tuple[float, ...], park: str | None) -> tuple[Path, str]:
    """A project with a layout named "sheet", and the extent of its map. Raises: BenchError - QGIS is not there."""
    if not (shutil.which("qgis_mapserver") and Path(_PYTHON).exists()):
        raise BenchError("QGIS Server is not installed: apt-get install qgis-server python3-qgis")
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = park or "province"
    described, project = FOLDER / f"{name}.json", FOLDER / f"{name}.qgs"
    address = make_url(url)
    what = {
        "epsg": EPSG,
        "title": name,
        "extent": extent,
        "database": {"host": str(address.query["host"]), "name": address.database, "user": address.username},
        "layers": [_described(layer, park) for layer in layers],
    }
    described.write_text(json.dumps(what), encoding="utf-8")
    done = subprocess.run(
        [_PYTHON, str(_SCRIPT), str(described), str(project)],
        capture_output=True, text=True, check=False, env=_environment(), cwd="/",
    )  # fmt: skip
    if done.returncode:
        raise BenchError(f"QGIS could not make the project: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    return project, ",".join(f"{value:.3f}" for value in json.loads(done.stdout.splitlines()[-1]))


def server(project: Path) -> Server:
    """QGIS Server by its own command."""
    port = free_port()
    command = ["qgis_mapserver", "-p", str(project), f"127.0.0.1:{port}"]
    ready = "/?SERVICE=WMS&REQUEST=GetCapabilities"
    return Server(f"qgis-{project.stem}", command, port, ready, _environment())


def get_print(port: int, extent: str, form: str) -> bytes:
    """The layout as a file at 300 dots an inch. Raises: BenchError - it is none."""
    asked = {
        "SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetPrint", "TEMPLATE": "sheet", "FORMAT": form,
        "CRS": f"EPSG:{EPSG}", "DPI": "300", "map0:EXTENT": extent,
    }  # fmt: skip
    status, _, body = get(port, f"/?{urlencode(asked)}")
    if status != 200 or not body.startswith((b"%PDF", b"\x89PNG")):
        raise BenchError(f"QGIS Server did not print: {status} {body[:200]!r}")
    return body


def _described(layer_id: str, park: str | None) -> dict[str, object]:
    layer = load_catalogue(layers_dir()).layers[layer_id]
    one = park is not None and layer_id in {"park_outline", "plot_state"}
    return {
        "title": layer.title.vi,
        "table": _TABLES[layer_id],
        "where": f"park_slug = '{park}'" if one else "",
        "field": layer.style.field,
        "label": _NAMES.get(layer_id, ""),
        "classes": [
            {
                "value": style.value, "label": style.label.vi, "fill": style.fill, "stroke": style.stroke,
            }
            for style in classes_of(layer)
        ],
    }  # fmt: skip


def _environment() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": "offscreen", "HOME": str(FOLDER), "QGIS_SERVER_LOG_LEVEL": "2", "LC_ALL": "C.UTF-8"}
