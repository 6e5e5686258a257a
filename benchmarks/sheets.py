"""A3 sheets of a park of 480 plots and of the province, and an atlas, against QGIS Server and Chromium."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import Engine, text

from benchmarks.browser import chromium
from benchmarks.ground import AS_OF, Ground
from benchmarks.qgis_print import get_print, project_for, server
from benchmarks.report import BenchError, Finding, Samples, Section, interleave
from benchmarks.servers import family, serving
from benchmarks.sheet_data import PARK, PROVINCE, Desk, Job
from benchmarks.synthetic import FIRST_PARK, PARKS
from geoapp.maps.sheet.draw import draw, write_pages
from geoapp.maps.sheet.model import Extent, Form
from geoapp.store.engine import Role, make_engine

TITLE = "Maps on paper against QGIS Server and Chromium"
PLOTS_OF_A_PARK = 480
_ROUNDS = 9
_QGIS, _CHROMIUM = "QGIS Server GetPrint", "Chromium printing the page"
_A3_PX = {"width": 1587, "height": 1122}
_DPI_FACTOR = 300 / 96
_NOTE = (
    "Ours from the same tables to the bytes, in one process without HTTP; QGIS Server over HTTP on the loopback, its"
    " layout has title, map, names, legend and scale, but no patterns (slow there), no grid, small maps or code;"
    " Chromium is warm and opens the page of the same park or province."
)


def run(ground: Ground) -> Section:
    """Both sheets in both forms with all sides in turn, then the atlas and the peaks of memory."""
    plots = PLOTS_OF_A_PARK * PARKS
    url = ground.database(plots, parks=PARKS)
    findings: list[Finding] = []
    with serving(ground.serve(plots, parks=PARKS)) as ours, chromium() as browser, _engine(url) as engine:
        desk = Desk(engine)
        jobs = {
            "park of 480 plots": (Job("KCN Thử nghiệm 1", "A3", True, PARK, FIRST_PARK), f"/parks/{FIRST_PARK}"),
            "province of 45 parks": (Job("Khu công nghiệp theo tình trạng", "A3", True, PROVINCE), "/"),
        }
        for what, (job, path) in jobs.items():
            findings += _sheet(desk, job, what, url, (browser, ours.base + path))
        findings += _atlas(desk, engine)
    return Section(TITLE, findings)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url, role=Role.OWNER)
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").replace(":as_of", f"'{AS_OF}'")
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(statements)
            if not connection.execute(text("SELECT count(*) FROM bench.land")).scalar_one():
                raise BenchError("The land of the context was not loaded: the sheets would have no ground.")
        yield engine
    finally:
        engine.dispose()


def _sheet(desk: Desk, job: Job, what: str, url: str, page: tuple[Browser, str]) -> list[Finding]:
    view = desk.sheet(job).view
    if not isinstance(view, Extent):
        raise BenchError("The sheet has no extent.")
    project, extent = project_for(url, job.layers, (view.west, view.south, view.east, view.north), job.park)
    findings = []
    with serving(server(project)) as qgis:
        for form, target_qgis, target_chromium in ((Form.PDF, 1 / 3, 8.0), (Form.PNG, 1.0, 1.0)):
            found = interleave(
                {
                    "ours": lambda form=form: _timed(lambda: draw(desk.sheet(job), form)),
                    "qgis": lambda form=form: _timed(lambda: get_print(qgis.port, extent, form.value)),
                    "chromium": lambda form=form: _chromium(*page, form),
                },
                _ROUNDS,
            )
            told = f"A3 {form.upper()}{', 300 dpi' if form is Form.PNG else ''}, {what}"
            findings += [
                Finding(told, "ms", found["ours"], _QGIS, found["qgis"], target=target_qgis, note=_NOTE),
                Finding(told, "ms", found["ours"], _CHROMIUM, found["chromium"], target=target_chromium),
            ]
        rows = desk.sheet(job)
        drawn = Samples(tuple(_timed(lambda: draw(rows, Form.PDF)) for _ in range(_ROUNDS)))
        findings.append(Finding(f"A3 PDF, {what}: of it the drawing, without reading the rows", "ms", drawn))
        findings.append(
            Finding(
                f"peak memory of a process after the sheets, {what}", "MB", Samples((_peak_mb(),)), "QGIS Server",
                Samples((sum(_peak_mb(pid) for pid in family(qgis.pid)),)),
            )
        )  # fmt: skip
    return findings


def _atlas(desk: Desk, engine: Engine) -> list[Finding]:
    """45 pages as one file; how much more memory it took than the sheets before it."""
    with engine.connect() as connection:
        slugs = list(connection.execute(text("SELECT park_slug FROM bench.parks ORDER BY id")).scalars())
    before = _peak_mb()
    target = Path("/dev/null")
    took = []
    for _ in range(3):
        with target.open("wb") as file:
            began = time.perf_counter()
            count = write_pages(desk.atlas(slugs), file, title="Tập bản đồ", contents="Mục lục")
            took.append((time.perf_counter() - began) / (count - 1))
    return [
        Finding(
            f"atlas of {len(slugs)} parks of 480 plots: a page", "s", Samples(tuple(took)), "one second",
            Samples((1.0,)), target=1.0,
        ),
        Finding("atlas: peak memory above that of the sheets", "MB", Samples((max(_peak_mb() - before, 0.0),))),
    ]  # fmt: skip


def _timed(make: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    make()
    return 1000 * (time.perf_counter() - began)


def _chromium(browser: Browser, url: str, form: Form) -> float:
    """From the address to the file: the page is opened in a fresh context, drawn, and printed on A3."""
    context = browser.new_context(viewport=_A3_PX, device_scale_factor=_DPI_FACTOR if form is Form.PNG else 1)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        began = time.perf_counter()
        page.goto(url, wait_until="networkidle")
        if form is Form.PDF:
            page.pdf(format="A3", landscape=True, print_background=True)
        else:
            page.screenshot()
        return 1000 * (time.perf_counter() - began)
    finally:
        context.close()


def _peak_mb(pid: int | str = "self") -> float:
    """The most memory that a process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
