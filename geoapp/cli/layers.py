"""``geoapp layers``: the catalogue of map layers checked, listed, added to."""

from pathlib import Path

import click

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import Geometry
from geoapp.catalog.skeleton import write_skeleton
from geoapp.cli.server import database
from geoapp.errors import N_, CatalogError, StoreError
from geoapp.resources import layers_dir
from geoapp.services.layer_check import check_layers
from geoapp.settings import Settings, load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.store.migrate import current_revision, newest_revision

_CHECK_TIMEOUT_MS = 60_000


@click.group()
def layers() -> None:
    """Map layers: check their declarations, list them, add one."""


@layers.command()
@click.option("--static", is_flag=True, help="Only the files; leave the database alone.")
def check(*, static: bool) -> None:
    """Check every declaration and, against the database, every statement."""
    settings = load_settings()
    catalogue = load_catalogue(_directory(settings))
    count = len(catalogue.layers)
    if static:
        click.echo(f"{count} layers: the declarations are sound. The database was not asked.")
        return
    with database(settings) as url:
        _refuse_other_schema(url)
        engine, staff = (
            make_engine(url, role=role, statement_timeout_ms=_CHECK_TIMEOUT_MS) for role in (Role.MAP, Role.STAFF)
        )
        try:
            faults = check_layers(engine, catalogue, staff=staff)
        finally:
            engine.dispose()
            staff.dispose()
    if faults:
        raise CatalogError(N_("The layers do not fit the database: %(count)s fault(s)."), faults, count=len(faults))
    click.echo(f"{count} layers: the declarations are sound and the database answers as they say.")


@layers.command("list")
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Language of titles (GEOAPP_LANGUAGE).")
def list_layers(lang: str | None) -> None:
    """List the layers by group: name, class, geometry, pages, title."""
    settings = load_settings()
    language = lang or settings.language
    catalogue = load_catalogue(_directory(settings))
    for group, label in catalogue.groups.items():
        of_group = [layer for layer in catalogue.layers.values() if layer.group == group]
        if of_group:
            click.echo(f"{group}: {label.text(language)}")
        for layer in of_group:
            pages = ", ".join(sorted(layer.views))
            click.echo(f"  {layer.id}  [{layer.access}, {layer.geometry}; {pages}]  {layer.title.text(language)}")


@layers.command()
@click.argument("name", metavar="GROUP/ID")
@click.option("--geometry", type=click.Choice([kind.value for kind in Geometry]), default="polygon", show_default=True)
def new(name: str, geometry: str) -> None:
    """Write a working layer GROUP/ID to start from."""
    group, slash, layer = name.partition("/")
    if not slash or "/" in layer:
        raise click.BadParameter(
            f"expected GROUP/ID, for example parks/my_layer, found {name!r}", param_hint="GROUP/ID"
        )
    folder = write_skeleton(_directory(load_settings()), group, layer, Geometry(geometry))
    click.echo(f"Made {folder}: rewrite layer.toml and layer.sql, then run: geoapp layers check")


def _directory(settings: Settings) -> Path:
    return settings.layers_dir or layers_dir()


def _refuse_other_schema(url: str) -> None:
    """A check changes nothing, so it does not migrate either."""
    found, needed = current_revision(url), newest_revision()
    if found != needed:
        raise StoreError(
            N_("The database stands at schema %(found)s, the layers need %(needed)s. Run: geoapp db migrate"),
            found=found or "none",
            needed=needed,
        )
