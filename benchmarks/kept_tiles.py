"""A tile that is kept, and one that the browser has already: through the application and from files by nginx."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping

from benchmarks import peers
from benchmarks.client import Load, run_load
from benchmarks.ground import AS_OF, Ground
from benchmarks.report import BenchError, Better, Finding, Section, interleave
from benchmarks.servers import FOLDER, get, serving
from benchmarks.tile_places import places
from benchmarks.vector_tiles import CONNECTIONS, LAYER, our_path

TITLE = "A kept tile and an unchanged one, 8 connections, against nginx with the same file"
PLOTS = 10_000
_Z = 14
_ROUNDS = 5
_SECONDS = 2
_PEER = "nginx"


def run(ground: Ground) -> Section:
    """The same bytes from both."""
    place = places(ground, PLOTS, _Z)[0]
    folder = FOLDER / "files"
    folder.mkdir(parents=True, exist_ok=True)
    with serving(ground.serve(PLOTS)) as ours:
        # As the map asks: the address names the version of the data.
        path = our_path(place, AS_OF.isoformat()) + f"&v={_version(ours.port)}"
        status, fields, body = get(ours.port, path)
        if status != 200 or not body:
            raise BenchError(f"{path}: {status}, {len(body)} bytes")
        (folder / "tile.mvt").write_bytes(body)
        (folder / "ready.txt").write_text("ready", encoding="ascii")
        with serving(peers.nginx(folder)) as nginx:
            theirs = get(nginx.port, "/tile.mvt")[1]
            sides = {"ours": (ours.port, path, fields["etag"]), _PEER: (nginx.port, "/tile.mvt", theirs["etag"])}
            findings = [_flow("kept", sides, 200), _flow("unchanged (304)", sides, 304)]
    return Section(f"{TITLE} ({len(body) / 1000:.1f} kB; client: {'wrk' if _wrk() else 'our own'})", findings)


def _version(port: int) -> str:
    """The version of the data, as the map learns it."""
    return str(json.loads(get(port, f"/api/layers/{LAYER}/summary?as_of={AS_OF}")[2])["version"])


def _flow(what: str, sides: Mapping[str, tuple[int, str, str]], status: int) -> Finding:
    rates = interleave({name: lambda side=side: _rate(*side, status) for name, side in sides.items()}, _ROUNDS)
    return Finding(f"{what}: requests/s", "1/s", rates["ours"], _PEER, rates[_PEER], Better.HIGHER)


def _rate(port: int, path: str, tag: str, status: int) -> float:
    headers = {"If-None-Match": tag} if status == 304 else {}
    if get(port, path, headers)[0] != status:
        raise BenchError(f"Port {port} does not answer {status} to {path}.")
    wrk = _wrk()
    if wrk is None:
        return run_load(Load(port, [path], CONNECTIONS, _SECONDS, headers, status)).per_second
    options = [option for name, value in headers.items() for option in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{_SECONDS}s", *options, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or "Non-2xx" in said:
        raise BenchError(f"wrk at port {port}: {said.strip()[-200:]}")
    return float(found[1])


def _wrk() -> str | None:
    return shutil.which("wrk")
