"""Land files as rows of the documented tables."""

from collections.abc import Iterator
from datetime import date

from geoapp.demo.land_draft import Fact, LandEvent
from geoapp.demo.park_model import ParkModel
from geoapp.demo.projects import Project

# Columns that some kinds of events have, in the order of the documented table.
_FACTS = (
    "from_on", "to_on", "document_no", "issued_by", "evidence", "basis", "progress_form", "progress_end_on",
    "progress_quarter", "progress_months", "ground", "extension_no", "starts_on", "months", "ends_on", "area_ha",
    "decided_by", "announced_on", "record_on", "report_on", "regime", "amount_vnd", "about",
)  # fmt: skip


def land_portion_rows(model: ParkModel) -> Iterator[dict[str, Fact]]:
    """``land_portions``."""
    for code, file in model.land_files.items():
        for portion in file.portions:
            yield {
                "project": code,
                "code": portion.code,
                "area_ha": portion.area_ha,
                "park": model.slug,
                "plots": ";".join(portion.plots),
            }


def land_event_rows(model: ParkModel) -> Iterator[dict[str, Fact]]:
    """``land_events``."""
    for code, file in model.land_files.items():
        for event in file.events:
            yield _row(code, event)


def note_of_plot(model: ParkModel, project: Project) -> str:
    """What is said of the plots of a project: since when they are its own."""
    day = f"{project.leased_on:%d/%m/%Y}"
    if model.land_files[project.code].is_handed_over:
        return f"Bàn giao đất trên thực địa {day} (minh họa)."
    return f"Hợp đồng có hiệu lực từ {day} (minh họa)."


def _row(project: str, event: LandEvent) -> dict[str, Fact]:
    on: date | None = event.on
    head: dict[str, Fact] = {"project": project, "portion": event.portion, "code": event.code, "kind": event.kind}
    return {**head, "happened_on": on, **{name: event.facts.get(name) for name in _FACTS}}
