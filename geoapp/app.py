"""The application factory: the one place that joins the rooms. Nothing happens on import, and nothing is connected."""

import hashlib
import logging
from pathlib import Path

from flask import Flask
from flask.logging import default_handler
from sqlalchemy import Engine

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Catalogue
from geoapp.errors import N_, ConfigError
from geoapp.maps.base_maps import load_base_maps
from geoapp.resources import evidence_dir, imagery_dir, layers_dir
from geoapp.services.accounts import Accounts, DoorRules
from geoapp.services.atlas import Atlas
from geoapp.services.dossiers import Dossiers
from geoapp.services.evidence import Evidence
from geoapp.services.field_reports import PhotoLimits
from geoapp.services.job_list import job_kinds
from geoapp.services.jobs import JobDesk, JobLimits
from geoapp.services.readers import Engines
from geoapp.services.report.files import FileMaker
from geoapp.services.report.tools import ReportTools
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.services.spoken import speaker
from geoapp.services.target_board import TargetBoard
from geoapp.settings import Settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.accounts.guard import DoorSettings
from geoapp.web.accounts.provider import Provider
from geoapp.web.bulkhead import slots_of
from geoapp.web.site import build_site

_FEW_CONNECTIONS = 4


def create_app(settings: Settings, *, catalogue: Catalogue | None = None, engine: Engine | None = None) -> Flask:
    """The web application.

    Args: settings - must name a database unless an engine is given; catalogue, engine - instead of those that the
    settings name, for tests. Raises: CatalogError - a layer is broken; ConfigError - no database is named, or a
    base map is declared wrongly.
    """
    engines = _engines(settings, engine)
    base_maps = load_base_maps(settings.base_maps)
    _start_log(settings.log_level)
    catalogue = catalogue or load_catalogue(settings.layers_dir or layers_dir())
    pictures = imagery_dir(settings.imagery_dir, settings.var_dir)
    kept = settings.tile_cache_mb * 1_000_000
    atlas = Atlas(engines, catalogue, settings.feature_limit, kept, pictures)
    return build_site(
        atlas,
        _door(settings, engines.staff),
        language=settings.language,
        catalogue_digest=_digest(catalogue),
        slots=slots_of(settings.threads),
        log_format=settings.log_format,
        metrics=settings.metrics,
        base_maps=base_maps,
        provider=_provider(settings),
        evidence=_evidence(settings, engines.staff),
        jobs=JobDesk(engines.staff, job_kinds(settings.office_program), _job_limits(settings)),
        reports=ReportTools(engines.staff, FileMaker(catalogue, speaker, settings.office_program)),
        dossiers=Dossiers(engines.staff, catalogue, evidence_dir(settings.evidence_dir, settings.var_dir)),
        target_board=TargetBoard(engines.staff),
        snapshots=Snapshots(engines, catalogue, settings.feature_limit),
        address=settings.address,
    )


def _engines(settings: Settings, given: Engine | None) -> Engines:
    """Connections for pages, for tiles, and for whoever is signed in. Raises: ConfigError - no database is named."""
    url = given.url.render_as_string(hide_password=False) if given else settings.database_url
    if url is None:
        raise ConfigError(N_("No database is named. Set DATABASE_URL, or start with: geoapp serve"))

    def make(role: Role, pool_size: int) -> Engine:
        return make_engine(url, role=role, statement_timeout_ms=settings.statement_timeout_ms, pool_size=pool_size)

    few = min(settings.threads, _FEW_CONNECTIONS)
    staff = make(Role.STAFF, few)
    if given:
        return Engines(given, staff, given)
    # A connection for each thread that may want one, and one to tell whether the database is there. Tiles have
    # connections of their own: slow statements never keep them waiting for one.
    return Engines(make(Role.MAP, slots_of(settings.threads) + 1), staff, make(Role.MAP, few))


def _door(settings: Settings, staff: Engine) -> DoorSettings:
    rules = DoorRules(
        settings.session_idle_minutes, settings.session_hours * 60, settings.login_failures, settings.lock_minutes
    )
    key = settings.secret_key.get_secret_value() if settings.secret_key else None
    return DoorSettings(Accounts(staff, rules), key, settings.public_reading, settings.trusted_proxies)


def _evidence(settings: Settings, staff: Engine) -> Evidence:
    limits = PhotoLimits(
        settings.photo_limit_mb * 1_000_000, settings.photo_limit_mpx, settings.photos_per_report, settings.upload_days
    )
    return Evidence(staff, evidence_dir(settings.evidence_dir, settings.var_dir), limits)


def _job_limits(settings: Settings) -> JobLimits:
    return JobLimits(settings.job_waiting_limit, settings.job_keep_days, settings.job_dead_s)


def _provider(settings: Settings) -> Provider | None:
    if not settings.oidc_issuer or not settings.oidc_client_id:
        return None
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_claim, settings.oidc_title)


def _digest(catalogue: Catalogue) -> str:
    """Changes whenever a file of a layer does, or the program that makes answers of it."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(p for suffix in ("*.py", "*.sql") for p in package.rglob(suffix)):
        digest.update(path.read_bytes())
    for layer in catalogue.layers.values():
        for path in sorted(p for p in Path(layer.path).glob("*") if p.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _start_log(level: str) -> None:
    """What the program tells goes to the standard error, where systemd and a terminal look for it."""
    logger = logging.getLogger("geoapp")
    logger.setLevel(level.upper())
    if default_handler not in logger.handlers:
        logger.addHandler(default_handler)
