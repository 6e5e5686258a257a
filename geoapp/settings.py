"""All settings in one frozen object, from the environment; read by ``app`` and ``cli`` only, which hand values down."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from geoapp.errors import N_, ConfigError

PREFIX = "GEOAPP_"
_SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg2://")


def _check_scheme(url: str) -> str:
    if not url.startswith(_SCHEMES):
        raise ValueError(f"expected an address that begins with {', '.join(_SCHEMES)}")
    try:
        urlsplit(url).port  # noqa: B018 - reading it checks it
    except ValueError as error:
        raise ValueError(
            "expected user:password@host:port/database, with @ : / % in a password as %40 %3A %2F %25"
        ) from error
    return url


def _check_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected an address such as https://maps.example.vn")
    return url.rstrip("/")


def _check_issuer(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}):
        return url.rstrip("/")
    raise ValueError("expected an address that begins with https://")


class Settings(BaseModel):
    """What can be set. Each field is the variable ``GEOAPP_<NAME>``, but for DATABASE_URL, which has no prefix."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: Annotated[str, AfterValidator(_check_scheme)] | None = Field(
        None, description="Address of a PostGIS server to use instead of the private cluster"
    )
    var_dir: Path = Field(Path("var"), description="Folder for the private cluster and logs")
    cluster_dir: Path | None = Field(None, description="Folder of the private cluster, if not in VAR_DIR")
    data_dir: Path | None = Field(
        None, description="Folder of registry, context and recipe, if not the one that came along"
    )
    layers_dir: Path | None = Field(None, description="Folder of layer declarations, if not the one that came along")
    base_maps: Path | None = Field(None, description="TOML file of online base maps that may be shown; none without it")
    demo: bool = Field(True, description="Load the demonstration set where the board's own data are not there")
    address: Annotated[str, AfterValidator(_check_address)] | None = Field(
        None, description="Address at which people reach the site: what codes on printed maps open"
    )
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on")
    workers: int = Field(2, ge=1, le=64, description="Worker processes")
    threads: int = Field(12, ge=1, le=64, description="Threads of a worker; a quarter of them is left to tiles")
    language: Literal["vi", "en"] = Field("vi", description="Language of a first visit")
    statement_timeout_ms: int = Field(
        5000, ge=100, le=60_000, description="Longest time of one statement for a page or a layer, in milliseconds"
    )
    feature_limit: int = Field(20_000, ge=1, le=100_000, description="Most features that one answer holds")
    tile_cache_mb: int = Field(
        64,
        ge=0,
        le=4096,
        description="Vector tiles that a worker keeps, in megabytes; as much each for all days and for pictures",
    )
    tiles_ahead: bool = Field(
        True, description="A worker makes vector tiles before anybody asks, again where the data have changed"
    )
    log_format: Literal["text", "json"] = Field("text", description="A line of the log for people, or for programs")
    metrics: Literal["off", "local", "all"] = Field(
        "local", description="Who may read /metrics: off, this machine, all"
    )
    imagery_dir: Path | None = Field(None, description="Folder of registered pictures, if not imagery/ in VAR_DIR")
    imagery_limit_mpx: int = Field(
        1000, ge=1, le=20_000, description="Largest picture that is taken, in millions of pixels"
    )
    evidence_dir: Path | None = Field(None, description="Folder of photos of cases, if not evidence/ in VAR_DIR")
    photo_limit_mb: int = Field(25, ge=1, le=200, description="Largest photo that is taken, in megabytes")
    photo_limit_mpx: int = Field(80, ge=1, le=89, description="Largest photo that is taken, in millions of pixels")
    photos_per_report: int = Field(20, ge=1, le=100, description="Most photos of one report from the field")
    upload_days: int = Field(
        14, ge=1, le=365, description="Photos that came in part are thrown away after so many days without a sign"
    )
    job_workers: int = Field(
        1, ge=0, le=16, description="Workers of long work that `geoapp serve` starts beside the web server; 0 for none"
    )
    job_waiting_limit: int = Field(10, ge=1, le=1000, description="Most jobs of one person that wait")
    job_keep_days: int = Field(
        14, ge=1, le=3650, description="Jobs and their files are cleared away so many days after they ended"
    )
    job_file_mb: int = Field(500, ge=1, le=10_000, description="Most that the files of one job hold, in megabytes")
    job_statement_timeout_s: int = Field(
        120, ge=1, le=3600, description="Longest time of one statement of long work, in seconds"
    )
    job_dead_s: float = Field(
        30.0, ge=1, le=3600, description="A worker without a sign of life for so many seconds is dead: others take over"
    )
    public_reading: bool = Field(True, description="Public maps and pages are read without signing in")
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Key that cookies are signed with, if not the one kept in VAR_DIR"
    )
    session_idle_minutes: int = Field(60, ge=1, le=1440, description="An unused session ends after so many minutes")
    session_hours: int = Field(10, ge=1, le=168, description="Every session ends after so many hours")
    login_failures: int = Field(5, ge=1, le=100, description="Wrong passwords in a row that lock a user name")
    lock_minutes: int = Field(15, ge=1, le=1440, description="How long a user name stays locked, in minutes")
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="Proxies before the program whose X-Forwarded-For and -Proto are believed"
    )
    oidc_issuer: Annotated[str, AfterValidator(_check_issuer)] | None = Field(
        None, description="Address of the provider of single sign-on (OpenID Connect); none without it"
    )
    oidc_client_id: str | None = Field(None, description="Name of this program at the provider")
    oidc_client_secret: SecretStr | None = Field(None, description="Secret of this program at the provider")
    oidc_claim: str = Field("preferred_username", description="What the provider calls the user name")
    oidc_title: str | None = Field(None, max_length=60, description="Name of the provider on the page to sign in")
    office_program: str = Field(
        "soffice",
        min_length=1,
        max_length=300,
        description="Name or path of LibreOffice, which makes the PDF of reports",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What the log tells")


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return "DATABASE_URL" if name == "database_url" else PREFIX + name.upper()


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings; nothing is read on import.

    Raises: ConfigError - all faults at once, each by the name of its variable.
    """
    environ = os.environ if environ is None else environ
    known = {variable_of(name): name for name in Settings.model_fields}
    faults = [
        f"{variable}: not a setting; known are {', '.join(sorted(known))}"
        for variable in environ
        if variable.startswith(PREFIX) and variable not in known
    ]
    # An empty variable is one that is not set.
    given = {name: environ[variable] for variable, name in known.items() if environ.get(variable)}
    try:
        settings = Settings.model_validate(given)
        if settings.oidc_issuer and not settings.oidc_client_id:
            faults.append("GEOAPP_OIDC_CLIENT_ID: expected, because GEOAPP_OIDC_ISSUER is set")
    except ValidationError as error:
        faults += [_fault(item["loc"], item["msg"], str(item["input"])) for item in error.errors()]
    if faults:
        raise ConfigError(N_("The settings cannot be used:"), sorted(faults))
    return settings


def _fault(location: tuple[int | str, ...], message: str, value: str) -> str:
    variable = variable_of(str(location[0]))
    # An address may hold a password.
    shown = "" if variable == "DATABASE_URL" or "SECRET" in variable else f", found {value!r}"
    return f"{variable}: {message.removeprefix('Value error, ')}{shown}"
