"""``geoapp load``: data in."""

from pathlib import Path

import click

from geoapp.cli.server import database
from geoapp.ingest.default import load_default
from geoapp.ingest.formats_page import build_formats_page
from geoapp.ingest.imagery_demo import load_demo_scene
from geoapp.ingest.load import Loaded, load_directory
from geoapp.kinds import Dataset
from geoapp.resources import data_dir, imagery_dir
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.store.migrate import migrate


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--replace", type=click.Choice([Dataset.DEMO.value]), help="First close all that this dataset says.")
@click.option("--columns", is_flag=True, help="Print the documented tables and columns, and stop.")
def load(folder: Path | None, replace: str | None, *, columns: bool) -> None:
    """Load FOLDER (a bundle: see --columns) in one transaction.

    Without FOLDER: load what is new or changed in the data that come with the program.
    """
    if columns:
        click.echo(build_formats_page(), nl=False)
        return
    settings = load_settings()
    with database(settings) as url:
        migrate(url)
        if folder is None:
            data = settings.data_dir or data_dir()
            done = load_default(url, data, with_demo=settings.demo, report=click.echo)
            if settings.demo:
                load_demo_scene(url, data, imagery_dir(settings.imagery_dir, settings.var_dir), report=click.echo)
        else:
            done = _load_folder(url, folder, Dataset(replace) if replace else None)
    click.echo("\n".join(_summary(loaded) for loaded in done) or "Nothing is new: these files are stored already.")


def _load_folder(url: str, folder: Path, replace: Dataset | None) -> list[Loaded]:
    engine = make_engine(url, role=Role.OWNER)
    try:
        loaded = load_directory(engine, folder, replace=replace, report=click.echo)
    finally:
        engine.dispose()
    return [loaded] if loaded else []


def _summary(loaded: Loaded) -> str:
    added = sum(stored.added for stored in loaded.tables.values())
    closed = sum(stored.closed for stored in loaded.tables.values()) + loaded.replaced_rows
    return f"{loaded.title}: {added} rows stored, {closed} earlier rows closed."
