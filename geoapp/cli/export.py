"""``geoapp export``: a layer as a file."""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from geoapp.catalog.load import load_catalogue
from geoapp.cli.server import database
from geoapp.resources import layers_dir
from geoapp.services.export import ExportRequest, export_layer
from geoapp.settings import load_settings
from geoapp.store.acting import at_the_door, audit
from geoapp.store.engine import Role, make_engine

# The same day as on the pages, wherever the machine stands.
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@click.command()
@click.argument("layer")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the data (today).")
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), help="Only what was known at the end of that day.")
@click.option("--park", help="Slug of one park (all parks).")
@click.option("--zone", help="Slug of one economic zone.")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of labels (GEOAPP_LANGUAGE).")
def export(  # noqa: PLR0913 - one parameter an option
    layer: str,
    file: Path,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
    park: str | None,
    zone: str | None,
    lang: str | None,
) -> None:
    """Write LAYER to FILE: .geojson, .gpkg or .csv, by its ending. `geoapp layers list` names the layers."""
    settings = load_settings()
    catalogue = load_catalogue(settings.layers_dir or layers_dir())
    request = ExportRequest(
        layer,
        as_of.date() if as_of else datetime.now(_VIETNAM).date(),
        datetime.combine(known_at.date(), time.max, _VIETNAM) if known_at else datetime.now(UTC),
        park,
        zone,
        lang or settings.language,
    )
    with database(settings) as url:
        engine = make_engine(url, role=Role.MAP, statement_timeout_ms=60_000)
        try:
            count = export_layer(engine, catalogue, request, file)
        finally:
            engine.dispose()
        _note(url, layer, file, count)
    click.echo(f"{count} rows written to {file}.")


def _note(url: str, layer: str, file: Path, count: int) -> None:
    """Write into the log what was taken out, as the web does."""
    engine = make_engine(url, role=Role.OWNER)
    try:
        with at_the_door(engine) as connection:
            audit(connection, f"export.{file.suffix.lstrip('.')}", f"layer {layer}", {"file": file.name, "rows": count})
    finally:
        engine.dispose()
