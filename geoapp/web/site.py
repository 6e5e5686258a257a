"""The web application put together from its parts."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from geoapp.maps.base_maps import BaseMap
from geoapp.services.atlas import Atlas
from geoapp.services.dossiers import Dossiers
from geoapp.services.evidence import Evidence
from geoapp.services.jobs import JobDesk
from geoapp.services.report.tools import ReportTools
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.services.target_board import TargetBoard
from geoapp.web import clock_api, features  # noqa: F401 - they add their addresses to the API
from geoapp.web.accounts.entry import entry
from geoapp.web.accounts.guard import MOST_OF_STAFF, DoorSettings, check_marks, use_guard
from geoapp.web.accounts.people_pages import people_pages
from geoapp.web.accounts.provider import Provider
from geoapp.web.accounts.sign_on import use_sign_on
from geoapp.web.api import api
from geoapp.web.api_page import api_page
from geoapp.web.assets import use_assets
from geoapp.web.bulkhead import use_bulkhead
from geoapp.web.cases.room import use_cases
from geoapp.web.change_words import use_change_words
from geoapp.web.changes_page import changes
from geoapp.web.clock_page import clock_page
from geoapp.web.compare_page import compare
from geoapp.web.compression import use_compression
from geoapp.web.errors import use_errors
from geoapp.web.evidence import use_evidence
from geoapp.web.field import field
from geoapp.web.field_api import field_api
from geoapp.web.figures import figures, use_figures
from geoapp.web.formats import use_formats
from geoapp.web.headers import use_headers
from geoapp.web.health import health
from geoapp.web.imagery import imagery
from geoapp.web.jobs import use_jobs
from geoapp.web.land_api import land_api
from geoapp.web.land_files import land_files, use_land_files
from geoapp.web.land_form import land_form
from geoapp.web.languages import use_languages
from geoapp.web.page_parts import use_page_parts
from geoapp.web.pages import pages
from geoapp.web.place_pages import places, use_places
from geoapp.web.report_tabs import use_report_tabs
from geoapp.web.reports.room import use_reports
from geoapp.web.request_checks import use_request_checks
from geoapp.web.search import search
from geoapp.web.sheets.room import use_sheets
from geoapp.web.tables import tables
from geoapp.web.targets.room import use_targets
from geoapp.web.tiles import tiles
from geoapp.web.wastewater import wastewater
from geoapp.web.watching import use_watching
from geoapp.web.words_module import words_module

_PARTS = (
    pages,
    compare,
    changes,
    places,
    land_files,
    land_api,
    land_form,
    tables,
    figures,
    api,
    api_page,
    tiles,
    search,
    wastewater,
    imagery,
    clock_page,
    health,
    words_module,
    entry,
    people_pages,
    field,
    field_api,
)


class _Site(Flask):
    """No view and no hook of ours is a coroutine; Flask would look at each of them at every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def build_site(  # noqa: PLR0913 - one for each setting
    served: Atlas,
    door: DoorSettings,
    *,
    language: str,
    catalogue_digest: str,
    slots: int,
    log_format: str = "text",
    metrics: str = "local",
    base_maps: Sequence[BaseMap] = (),
    provider: Provider | None = None,
    evidence: Evidence,
    dossiers: Dossiers,
    jobs: JobDesk,
    reports: ReportTools,
    target_board: TargetBoard,
    snapshots: Snapshots,
    address: str | None = None,
) -> Flask:
    """The application over an atlas.

    Args: language - of a first visit; catalogue_digest - changes whenever a layer is declared otherwise;
    slots - how many slow requests at a time, see ``bulkhead``;
    log_format, metrics - see ``use_watching``; base_maps - those of other hosts that pages may show;
    door - who comes in; provider - of single sign-on; evidence - photos and reports from the field;
    dossiers - cases on paper; jobs - long work; reports - of a month, a quarter or a year;
    target_board - targets, monthly figures and tasks; snapshots - maps taken away;
    address - of the site, as it stands on paper.
    """
    app = _Site("geoapp.web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.extensions |= {"atlas": served, "catalogue_digest": catalogue_digest, "base_maps": tuple(base_maps)}
    app.extensions |= {"evidence": evidence, "dossiers": dossiers, "jobs": jobs}
    app.extensions |= {"snapshots": snapshots, "address": address}
    use_watching(app, log_format=log_format, metrics=metrics)
    use_bulkhead(app, slots)
    app.config["MAX_CONTENT_LENGTH"] = MOST_OF_STAFF
    use_guard(app, door)
    use_assets(app)
    use_languages(app, language)
    use_formats(app)
    use_headers(app, [one.origin for one in base_maps])
    use_errors(app)
    use_request_checks(app)
    use_page_parts(app)
    use_report_tabs(app)
    use_change_words(app)
    use_places(app)
    use_figures(app)
    use_land_files(app)
    for part in _PARTS:
        app.register_blueprint(part)
    use_evidence(app)
    use_jobs(app)
    use_cases(app)
    use_reports(app, reports)
    use_targets(app, target_board)
    use_sheets(app)
    use_sign_on(app, provider)
    check_marks(app)
    # Last, so that it is the first to see an answer go: what others add to it stands on the compressed one.
    use_compression(app)
    return app
