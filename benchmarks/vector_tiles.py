"""Vector tiles, uncached: against tipg on the same plots, against the bare statement, and their growth."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from itertools import product

from benchmarks import peers
from benchmarks.bare_statement import BareStatement
from benchmarks.client import Flow, Load, run_load
from benchmarks.ground import AS_OF, Ground, month_ends
from benchmarks.report import BenchError, Better, Finding, Samples, Section, interleave
from benchmarks.servers import get, serving
from benchmarks.tile_places import TilePlace, places

TITLE = "Vector tiles, uncached, 8 connections"
PLOTS = 100_000
SIZES = (1_000, 10_000, 100_000)
LAYER = "plot_state"
CONNECTIONS = 8
# Tile zoom -> requests of a round. A tile covers 512 pixels: the map is one zoom deeper.
ZOOMS = {10: 32, 12: 128, 14: 400}
_SHOWN = {10: "parks", 12: "blocks", 14: "plots"}
_ROUNDS = 3
# A connection makes its plan the first time: so many turns are not counted, on any side.
_WARM_UP = 3
# What PostGIS has no part in varies more, with the other work of the machine.
_ROUNDS_OF_KEPT = 7
_ONE_BY_ONE = 12
# Requests fall to the workers by chance: after so many days one place in 4,000 has been seen less than twice by one.
_DAYS_BEFORE = 16
_LEAST_ASKED = 120
_NOTE = (
    "No address was asked for before. 'Made ahead': our processes keep nothing, because the data have just changed"
    " somewhere else; tiles with all their days lie in the database, where a worker has made them since the data last"
    " changed in that place. 'Another day': places were seen on other days, by ends and middles of months, and the"
    " features of a day are picked from all that ever held in a place. 'Nothing ready': neither of both, every tile is"
    " read from the plots. tipg has the plots of one day as a plain table in web mercator with"
    " the same columns, index and tile margin, and is asked for the same places. At zooms 10 and 12 we send parks and"
    " blocks, tipg all plots in the tile; at zoom 14 both send plots. The bare statement is ours for one day, prepared"
    " as ours is and asked for the same tiles and days, by psycopg2 on eight threads that are connected already."
)


def run(ground: Ground) -> Section:
    """Zoom by zoom; at each all sides in turn."""
    findings: list[Finding] = []
    missing: list[str] = []
    findings += _made_ahead(ground)
    with serving(ground.serve(PLOTS)) as ours, serving(peers.tipg(ground.database(PLOTS))) as tipg:
        for z in ZOOMS:
            try:
                findings += _nothing_kept(ground, z, ours.port, tipg.port, "made ahead")
                findings += _another_day(ground, z, ours.port, tipg.port)
            except BenchError as error:
                missing.append(f"zoom {z} against tipg: {error}")
        ground.empty_tiles(PLOTS)
        for z in ZOOMS:
            try:
                findings += _nothing_kept(ground, z, ours.port, tipg.port, "nothing ready")
            except BenchError as error:
                missing.append(f"zoom {z} against tipg, nothing ready: {error}")
    with ExitStack() as stack:
        ports = {size: stack.enter_context(serving(ground.serve(size))).port for size in SIZES}
        for z in ZOOMS:
            try:
                findings += _growth(ground, z, ports)
            except BenchError as error:
                missing.append(f"growth at zoom {z}: {error}")
    return Section(f"{TITLE} ({PLOTS:,} plots)", findings, missing)


class _Asked:
    """Hands out the tiles of a zoom: with ends and middles of months, no address twice."""

    def __init__(self, found: Sequence[TilePlace], many: int) -> None:
        days = [day for end in month_ends() for day in (end, f"{end[:-2]}15")]
        self._pairs = [(place, day) for day, place in product(days, found)]
        self._many = many
        self._given = 0
        self.last: list[tuple[TilePlace, str]] = []
        """What was given last: the other sides of a round ask for the same."""

    def fresh(self, many: int | None = None) -> list[tuple[TilePlace, str]]:
        """Tiles and days that were not given before. Raises: BenchError - there are no more."""
        wanted = many or self._many
        pairs = self._pairs[self._given : self._given + wanted]
        if len(pairs) < wanted:
            raise BenchError(f"Only {len(self._pairs)} tiles over all days: too few for so many rounds.")
        self._given += wanted
        self.last = pairs
        return pairs


def our_path(place: TilePlace, day: str) -> str:
    """The address of one of our tiles."""
    return f"/api/layers/{LAYER}/tiles/{place.z}/{place.x}/{place.y}.mvt?as_of={day}"


def tipg_path(place: TilePlace) -> str:
    """The address of the same tile at tipg."""
    return f"/collections/{peers.SCHEMA}.{peers.TILES}/tiles/WebMercatorQuad/{place.z}/{place.x}/{place.y}"


def _made_ahead(ground: Ground) -> list[Finding]:
    """How long it takes to make all tiles of so many plots ahead, and how much room they take."""
    tiles, seconds, megabytes = ground.make_tiles(PLOTS)
    return [
        Finding(f"{tiles:,} tiles made ahead: time of one process", "s", Samples((seconds,))),
        Finding(f"{tiles:,} tiles made ahead: room in the database", "MB", Samples((megabytes,))),
    ]


def _another_day(ground: Ground, z: int, our_port: int, tipg_port: int) -> list[Finding]:
    found = places(ground, PLOTS, z)
    asked = _Asked(found, ZOOMS[z])
    flows: dict[str, list[Flow]] = {"ours": [], "tipg": [], "bare": []}

    def noted(side: str, flow: Flow) -> float:
        flows[side].append(flow)
        return flow.per_second

    def ask(port: int, paths: list[str]) -> Flow:
        return run_load(Load(port, paths, CONNECTIONS, once=True))

    # Both workers have seen every place on other days.
    for _ in range(_DAYS_BEFORE):
        ask(our_port, [our_path(*pair) for pair in asked.fresh(len(found))])
    bare = BareStatement(ground.database(PLOTS), LAYER, z, CONNECTIONS)
    rates = interleave(
        {
            "ours": lambda: noted("ours", ask(our_port, [our_path(*pair) for pair in asked.fresh()])),
            "tipg": lambda: noted("tipg", ask(tipg_port, [tipg_path(place) for place, _ in asked.last])),
            "bare": lambda: noted("bare", bare.run(asked.last)),
        },
        _ROUNDS_OF_KEPT,
    )
    bare.close()
    name = f"z{z} ({_SHOWN[z]}), another day"
    first, _ = asked.last[0]
    ours_kb, tipg_kb = (
        Samples((len(get(port, path)[2]) / 1000,))
        for port, path in ((our_port, our_path(first, AS_OF.isoformat())), (tipg_port, tipg_path(first)))
    )
    return [
        Finding(f"{name}: requests/s", "1/s", rates["ours"], "tipg", rates["tipg"], Better.HIGHER, 4, note=_NOTE),
        _latency(f"{name}: p50", flows, "tipg", 0.5),
        _latency(f"{name}: p99", flows, "tipg", 0.99, target=1),
        Finding(f"{name}: requests/s", "1/s", rates["ours"], "bare ST_AsMVT", rates["bare"], Better.HIGHER, target=0.8),
        _latency(f"{name}: p50", flows, "bare", 0.5),
        Finding(f"{name}: bytes of one tile", "kB", ours_kb, "tipg", tipg_kb),
    ]


def _nothing_kept(ground: Ground, z: int, our_port: int, tipg_port: int, state: str) -> list[Finding]:
    """Every place after a change of the data, once, or for as many days as it takes for enough requests.

    Args: state - what it is called.
    """
    found = places(ground, PLOTS, z)
    days = month_ends()[: -(-_LEAST_ASKED // len(found))]
    pairs = [(place, day) for day in days for place in found]
    flows: dict[str, list[Flow]] = {"ours": [], "tipg": [], "bare": []}
    bare = BareStatement(ground.database(PLOTS), LAYER, z, CONNECTIONS)

    def ours() -> Flow:
        ground.renew(PLOTS)
        return run_load(Load(our_port, [our_path(*pair) for pair in pairs], CONNECTIONS, once=True))

    def tipg() -> Flow:
        return run_load(Load(tipg_port, [tipg_path(place) for place, _ in pairs], CONNECTIONS, once=True))

    def noted(side: str, ask: Callable[[], Flow]) -> Callable[[], float]:
        def measure() -> float:
            flows[side].append(ask())
            return flows[side][-1].per_second

        return measure

    asks = {"ours": ours, "tipg": tipg, "bare": lambda: bare.run(pairs)}
    rates = interleave({side: noted(side, ask) for side, ask in asks.items()}, _ROUNDS_OF_KEPT, warm_up=_WARM_UP)
    bare.close()
    name = f"z{z} ({_SHOWN[z]}), {state}"
    return [
        Finding(f"{name}: requests/s", "1/s", rates["ours"], "tipg", rates["tipg"], Better.HIGHER, 4, note=_NOTE),
        _latency(f"{name}: p50", flows, "tipg", 0.5, skipped=_WARM_UP),
        _latency(f"{name}: p99", flows, "tipg", 0.99, target=1, skipped=_WARM_UP),
        Finding(f"{name}: requests/s", "1/s", rates["ours"], "bare ST_AsMVT", rates["bare"], Better.HIGHER, target=0.8),
    ]


def _latency(
    what: str, flows: dict[str, list[Flow]], peer: str, share: float, target: float | None = None, skipped: int = 1
) -> Finding:
    ours, theirs = (Samples(tuple(flow.ms(share) for flow in flows[side][skipped:])) for side in ("ours", peer))
    return Finding(what, "ms", ours, "bare ST_AsMVT" if peer == "bare" else peer, theirs, target=target)


def _growth(ground: Ground, z: int, ports: Mapping[int, int]) -> list[Finding]:
    """Our tiles over 1,000, 10,000 and 100,000 plots: median of one tile after the other, as one browser sees it."""
    asked = {size: _Asked(places(ground, size, z), _ONE_BY_ONE) for size in SIZES}
    found = interleave({str(size): _one_by_one(ports[size], asked[size]) for size in SIZES}, _ROUNDS)
    few, *more = SIZES
    name = f"z{z} ({_SHOWN[z]}): p50 of a tile"
    return [
        Finding(f"{name} at {size:,} plots", "ms", found[str(size)], f"at {few:,}", found[str(few)], growth=True)
        for size in more
    ]


def _one_by_one(port: int, asked: _Asked) -> Callable[[], float]:
    def measure() -> float:
        paths = [our_path(*pair) for pair in asked.fresh()]
        return run_load(Load(port, paths, 1, once=True)).ms(0.5)

    return measure
