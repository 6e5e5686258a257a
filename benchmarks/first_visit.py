"""Cold start, memory of a worker, bytes of a first visit: with the data that come with the program."""

import json
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.browser import Visit, chromium
from benchmarks.client import Load, run_load
from benchmarks.ground import Ground
from benchmarks.report import BenchError, Finding, Samples, Section
from benchmarks.servers import Running, family, get, ours, serving

TITLE = "Start, memory, first visit (the data that come with the program)"
_STARTS = 3
_SCENE_SECONDS = 120
_PATHS = ("/", "/parks/khanh-phu", "/zones/ninh-co", "/api/layers?view=park")


def run(_: Ground) -> Section:
    """Start with an empty folder, start again some times, look at the processes and at what Chromium fetches."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-bench-start-"))
    # As root the cluster runs as another user, who must be able to enter.
    folder.chmod(0o755)
    env = {"GEOAPP_VAR_DIR": str(folder), "GEOAPP_CLUSTER_DIR": str(folder / "cluster")}
    try:
        with serving(ours(None, env=env)) as server:
            first, painted = server.seconds, server.seconds + _seconds_to_scene(server)
        again = []
        for _start in range(_STARTS):
            with serving(ours(None, env=env)) as server:
                again.append(server.seconds)
        with serving(ours(None, env=env)) as server:
            findings = [
                Finding(
                    "first start, from nothing to /ready with the demonstration set loaded", "s", Samples((first,))
                ),
                Finding("first start, until the demonstration picture is there as well", "s", Samples((painted,))),
                Finding("start with data loaded, to /ready", "s", Samples(tuple(again))),
                *_memory(server),
                *_bytes(server),
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Section(TITLE, findings)


def _seconds_to_scene(server: Running) -> float:
    """Until a picture is listed. Raises: BenchError - none comes."""
    began = time.perf_counter()
    while time.perf_counter() - began < _SCENE_SECONDS:
        if json.loads(get(server.port, "/api/imagery")[2])["scenes"]:
            return time.perf_counter() - began
        time.sleep(0.1)
    raise BenchError(f"no picture after {_SCENE_SECONDS} s")


def _memory(server: Running) -> list[Finding]:
    """Proportional set size of each worker: at rest after its first pages, and after some thousand answers."""
    for path in _PATHS:
        get(server.port, path)
    workers = [pid for pid in family(server.pid) if pid != server.pid and _is_python(pid)]
    early = Samples(tuple(_pss_mb(pid) for pid in workers))
    run_load(Load(server.port, _PATHS, connections=8, seconds=5))
    late = Samples(tuple(_pss_mb(pid) for pid in workers))
    return [
        Finding("memory of a worker after its first pages, PSS", "MB", early),
        Finding("memory of a worker after five seconds of load, PSS", "MB", late),
    ]


def _bytes(server: Running) -> list[Finding]:
    findings = []
    with chromium() as browser:
        for name, path in (("first page", "/"), ("page of a park", "/parks/khanh-phu")):
            visit = Visit.of(browser, server.base + path)
            sizes = Counter[str]()
            for answer in visit.answers:
                sizes[_kind(answer.url, answer.kind)] += answer.wire_bytes
            findings.append(
                Finding(f"{name}, cold cache: all, {len(visit.answers)} requests", "kB", _kb(sum(sizes.values())))
            )
            findings += [Finding(f"{name}: {kind}", "kB", _kb(size)) for kind, size in sizes.most_common()]
    return findings


def _kind(url: str, kind: str) -> str:
    path = urlsplit(url).path
    if path.startswith("/api/"):
        return "layers and data"
    return {"document": "page", "script": "scripts", "stylesheet": "style sheets", "font": "fonts"}.get(kind, "other")


def _kb(size: int) -> Samples:
    return Samples((size / 1000,))


def _is_python(pid: int) -> bool:
    return b"python" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]


def _pss_mb(pid: int) -> float:
    """Proportional set size: pages that processes share count in parts. Source: Linux, /proc/<pid>/smaps_rollup."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
