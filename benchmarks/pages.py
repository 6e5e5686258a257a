"""Pages over 1,000, 10,000 and 100,000 plots: their time does not grow with what lies on the map."""

from contextlib import ExitStack

from benchmarks.client import Load, run_load
from benchmarks.ground import Ground
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
_ROUNDS = 5
_TIMES = 6
_NOTE = (
    "p50 of one request after another, by processes that have answered it before. A page that does not grow is held to"
    " 1.5 times, for the noise of a small machine; compare and difference pages to the three times of the issue."
)


def run(ground: Ground) -> Section:
    """Every page at all sizes in turn."""
    findings: list[Finding] = []
    missing: list[str] = []
    with ExitStack() as stack:
        ports = {size: stack.enter_context(serving(ground.serve(size))).port for size in SIZES}
        for name, (path, most) in PAGES.items():
            try:
                findings += _page(name, path, most, ports)
            except BenchError as error:
                missing.append(f"{name}: {error}")
    return Section(TITLE, findings, missing)


def _page(name: str, path: str, most: float | None, ports: dict[int, int]) -> list[Finding]:
    def measure(port: int) -> float:
        return run_load(Load(port, [path] * _TIMES, connections=1, once=True)).ms(0.5)

    found = interleave({str(size): lambda port=port: measure(port) for size, port in ports.items()}, _ROUNDS)
    few, *more = SIZES
    return [
        Finding(
            f"{name} at {size:,} plots", "ms", found[str(size)], f"at {few:,}", found[str(few)], growth=True,
            target=most if size == SIZES[-1] else None, note=_NOTE,
        )
        for size in more
    ]  # fmt: skip
