"""``geoapp tiles``: vector tiles that lie ready before anybody asks for them."""

import time

import click

from geoapp.catalog.load import load_catalogue
from geoapp.cli.server import database
from geoapp.resources import layers_dir
from geoapp.services.tiles_ahead import TilesAhead
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.store.migrate import migrate


@click.group()
def tiles() -> None:
    """Vector tiles that lie ready before anybody asks for them."""


@tiles.command()
def prepare() -> None:
    """Make all tiles that are missing, such as after very much was loaded.

    The workers of `geoapp serve` do the same in the background, unless GEOAPP_TILES_AHEAD is false.
    """
    settings = load_settings()
    with database(settings) as url:
        migrate(url)
        timeout = settings.job_statement_timeout_s * 1000
        engine, owner = (make_engine(url, role=role, statement_timeout_ms=timeout) for role in (Role.MAP, Role.OWNER))
        began = time.monotonic()
        try:
            made, is_whole = TilesAhead(engine, owner, load_catalogue(settings.layers_dir or layers_dir())).prepare()
        finally:
            engine.dispose()
            owner.dispose()
    click.echo(f"{made} tiles made ready in {time.monotonic() - began:.1f} s.")
    if not is_whole:
        raise click.ClickException(
            "Not all tiles are ready: the data were changed meanwhile, or a worker makes tiles as well. Run it again."
        )
