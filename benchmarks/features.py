"""A page of 1,000 features with the exact count of all, against tipg and pygeoapi on the same plots."""

import json

from benchmarks import peers
from benchmarks.client import Flow, Load, run_load
from benchmarks.ground import AS_OF, Ground
from benchmarks.report import BenchError, Better, Finding, Samples, Section, interleave
from benchmarks.servers import get, serving

TITLE = "Feature page of 1,000 with exact count, 8 connections"
PLOTS = 100_000
PAGE = 1_000
_TIMES = {"ours": 80, "tipg": 24, "pygeoapi": 16}
_ROUNDS = 3
_PATHS = {
    "ours": f"/api/layers/plot_state/features?as_of={AS_OF}&limit={PAGE}",
    "tipg": f"/collections/{peers.SCHEMA}.{peers.FEATURES}/items?f=geojson&limit={PAGE}",
    "pygeoapi": f"/collections/plots/items?f=json&limit={PAGE}",
}
_NOTE = (
    "tipg and pygeoapi have the plots of one day as a plain table in EPSG:4326 with the same columns and indexes; ours"
    " come from the history of all months. Every answer holds 1,000 features and says that there are 100,000."
)


def run(ground: Ground) -> Section:
    """All three in turn."""
    url = ground.database(PLOTS)
    bounds = ground.bounds(PLOTS)
    with (
        serving(ground.serve(PLOTS)) as ours,
        serving(peers.tipg(url)) as tipg,
        serving(peers.pygeoapi(url, bounds)) as pygeoapi,
    ):
        ports = {"ours": ours.port, "tipg": tipg.port, "pygeoapi": pygeoapi.port}
        sizes = {name: _checked(port, _PATHS[name]) for name, port in ports.items()}
        flows: dict[str, list[Flow]] = {name: [] for name in ports}

        def measure(name: str) -> float:
            flow = run_load(Load(ports[name], [_PATHS[name]] * _TIMES[name], once=True))
            flows[name].append(flow)
            return flow.per_second

        rates = interleave({name: lambda name=name: measure(name) for name in ports}, _ROUNDS)
    findings = []
    for peer in ("tipg", "pygeoapi"):
        ours_ms, theirs_ms = (Samples(tuple(f.ms(0.99) for f in flows[name][1:])) for name in ("ours", peer))
        findings += [
            Finding("requests/s", "1/s", rates["ours"], peer, rates[peer], Better.HIGHER, 4, note=_NOTE),
            Finding("p99", "ms", ours_ms, peer, theirs_ms),
            Finding("bytes of a page", "kB", Samples((sizes["ours"],)), peer, Samples((sizes[peer],))),
        ]
    return Section(f"{TITLE} ({PLOTS:,} plots)", findings)


def _checked(port: int, path: str) -> float:
    """Kilobytes of the page. Raises: BenchError - it is not the page that all are asked for."""
    status, _, body = get(port, path)
    if status != 200:
        raise BenchError(f"{path}: {status} {body[:200].decode(errors='replace')}")
    page = json.loads(body)
    found = (len(page["features"]), page.get("numberMatched"))
    if found != (PAGE, PLOTS):
        raise BenchError(f"{path}: expected {PAGE} features of {PLOTS}, found {found[0]} of {found[1]}")
    return len(body) / 1000
