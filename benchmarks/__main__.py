"""Runs the benchmarks: all of them, or those that are named; see README.md beside this file."""

import argparse
import importlib
import logging
import os
import platform
import sys
import time
from datetime import datetime

from playwright.sync_api import Error as PlaywrightError
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.ground import Ground
from benchmarks.report import BenchError, Run, Section, Verdict, as_json, as_markdown, as_text
from benchmarks.servers import FOLDER, WORKERS
from geoapp.errors import GeoAppError

# Name -> module. One file for each question.
PARTS = {
    "map": "benchmarks.map_page",
    "tiles": "benchmarks.vector_tiles",
    "kept": "benchmarks.kept_tiles",
    "satellite": "benchmarks.satellite_tiles",
    "features": "benchmarks.features",
    "pages": "benchmarks.pages",
    "cases": "benchmarks.cases",
    "clock": "benchmarks.clock",
    "report": "benchmarks.report_time",
    "sheets": "benchmarks.sheets",
    "rights": "benchmarks.rights",
    "start": "benchmarks.first_visit",
}


def main() -> int:
    """Measure, print, write; 1 where a part could not be measured at all. A missed target is no failure of the run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(PARTS)} (all, if none is named)")
    names = parser.parse_args().names or list(PARTS)
    if unknown := set(names) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(PARTS)}")
    logging.disable(logging.INFO)
    began = time.monotonic()
    run = Run(_about(names))
    broken = False
    with Ground() as ground:
        for name in names:
            section, failed = _measure(name, ground)
            broken |= failed
            run.sections.append(section)
            print(as_text(section), flush=True)
    run.about["took"] = f"{(time.monotonic() - began) / 60:.1f} min"
    _write(run)
    _summary(run)
    return 1 if broken else 0


def _measure(name: str, ground: Ground) -> tuple[Section, bool]:
    """One part; where it fails, the others are measured all the same, and the reason stands in the table."""
    module = importlib.import_module(PARTS[name])
    try:
        section: Section = module.run(ground)
    except (BenchError, GeoAppError, OSError, SQLAlchemyError, PlaywrightError) as error:
        return Section(module.TITLE, (), [str(error).splitlines()[0]]), True
    return section, False


def _about(names: list[str]) -> dict[str, str]:
    return {
        "date": datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z"),
        "command": f"python -m benchmarks {' '.join(names)}",
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.2f} (mean of one minute, before the run)",
        "processes": f"{WORKERS} workers for every server",
    }


def _write(run: Run) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in (("report.json", as_json(run)), ("report.md", as_markdown(run))):
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"\nwritten: {FOLDER / 'report.md'}, {FOLDER / 'report.json'}")


def _summary(run: Run) -> None:
    verdicts = [finding.verdict for section in run.sections for finding in section.findings]
    met, missed = verdicts.count(Verdict.MET), verdicts.count(Verdict.MISSED)
    print(f"targets: {met} met, {missed} not met; took {run.about['took']}")


if __name__ == "__main__":
    sys.exit(main())
