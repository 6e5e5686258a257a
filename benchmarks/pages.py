"""Pages over 1,000, 10,000 and 100,000 plots: their time does not grow with what lies on the map."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import repeat

from benchmarks.client import Load, run_load
from benchmarks.ground import Ground, month_ends
from benchmarks.report import BenchError, Finding, Section, interleave
from benchmarks.servers import serving
from benchmarks.synthetic import FIRST_PARK

TITLE = "Pages over 1,000, 10,000 and 100,000 plots in 45 parks"
SIZES = (1_000, 10_000, 100_000)
# Name -> address, and how much it may grow at most, where that is a target of its own.
PAGES: dict[str, tuple[str, float | None]] = {
    "first page": ("/", 1.5),
    "page of the zone": ("/zones/ninh-co", 1.5),
    "page of a park": (f"/parks/{FIRST_PARK}", 1.5),
    "compare": ("/compare", 3),
    "what changed, a month": ("/changes?figure=land_leased", 3),
    "what changed, a year": ("/changes?figure=land_leased&from=2025-10-31", 3),
    "what changed, one park": (f"/changes?figure=land_leased&park={FIRST_PARK}", 3),
}
# What is kept from before counts nothing here: each time other days, a year apart.
FRESH = "what changed, a year, for the first time"
_FRESH_PATH = "/changes?figure=land_leased&from={}&to={}"
_ROUNDS = 5
_TIMES = 6
_FRESH_TIMES = 3
_NOTE = (
    "p50 of one request after another, by processes that have answered it before, but where it says for the first time."
    " A page that does not grow is held to 1.5 times, for the noise of a small machine; compare and difference pages to"
    " the three times of the issue."
)


def run(ground: Ground) -> Section:
    """Every page at all sizes in turn."""
    findings: list[Finding] = []
    missing: list[str] = []
    with ExitStack() as stack:
        ports = {size: stack.enter_context(serving(ground.serve(size))).port for size in SIZES}
        for name, (asked, most) in _questions().items():
            try:
                findings += _growth(name, most, {port: asked() for port in ports.values()}, ports)
            except BenchError as error:
                missing.append(f"{name}: {error}")
    return Section(TITLE, findings, missing)


def _questions() -> dict[str, tuple[Callable[[], Iterator[list[str]]], float | None]]:
    """Name -> what makes the addresses of the turns of one server, and how much the time may grow at most."""
    kept = {name: (partial(repeat, [path] * _TIMES), most) for name, (path, most) in PAGES.items()}
    return {**kept, FRESH: (_other_days, 3)}


def _other_days() -> Iterator[list[str]]:
    """So many pairs of days in each turn, none of which was asked for before."""
    days = month_ends()
    pairs = zip(days[12:], days, strict=False)
    addresses = [_FRESH_PATH.format(before, after) for before, after in pairs]
    while len(addresses) >= _FRESH_TIMES:
        yield [addresses.pop() for _ in range(_FRESH_TIMES)]


def _growth(
    name: str, most: float | None, asked: dict[int, Iterator[list[str]]], ports: dict[int, int]
) -> list[Finding]:
    """Args: asked - for each port, the addresses of its turns."""

    def measure(port: int) -> float:
        return run_load(Load(port, next(asked[port]), connections=1, once=True)).ms(0.5)

    found = interleave({str(size): lambda port=port: measure(port) for size, port in ports.items()}, _ROUNDS)
    few, *more = SIZES
    return [
        Finding(
            f"{name} at {size:,} plots", "ms", found[str(size)], f"at {few:,}", found[str(few)], growth=True,
            target=most if size == SIZES[-1] else None, note=_NOTE,
        )
        for size in more
    ]  # fmt: skip
