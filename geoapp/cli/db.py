"""``geoapp db``: the database itself."""

import signal
from pathlib import Path

import click

from geoapp.cli.server import database, private_cluster
from geoapp.errors import N_, ConfigError
from geoapp.resources import evidence_dir, imagery_dir
from geoapp.settings import Settings, load_settings
from geoapp.store import backup as backups
from geoapp.store.migrate import current_revision, migrate, newest_revision


@click.group()
def db() -> None:
    """Start, stop, migrate, back up and restore the database."""


@db.command()
def start() -> None:
    """Start the private cluster, print its address, and keep it until Ctrl-C."""
    settings = _private("started")
    cluster = private_cluster(settings)
    click.echo(cluster.start())
    try:
        signal.pause()
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        cluster.stop()


@db.command()
def stop() -> None:
    """Stop the private cluster, unless another process uses it."""
    cluster = private_cluster(_private("stopped"))
    if not cluster.is_running():
        click.echo("The private cluster is not running.")
        return
    cluster.start()
    click.echo("Stopped." if cluster.stop() else "It goes on: another process uses it. Stop that one first.")


@db.command()
def status() -> None:
    """Say which database it is, whether it runs, and where its schema stands."""
    settings = load_settings()
    if not settings.database_url:
        cluster = private_cluster(settings)
        running = cluster.is_running()
        click.echo(f"private cluster in {cluster.data.parent}: {'running' if running else 'stopped'}")
        if not running:
            return
    with database(settings) as url:
        found, wanted = current_revision(url), newest_revision()
    click.echo(f"schema: {found or 'none'}" + ("" if found == wanted else f"; this program needs {wanted}"))


@db.command(name="migrate")
def migrate_command() -> None:
    """Bring the schema to what this version of the program needs."""
    with database(load_settings()) as url:
        applied = migrate(url)
    click.echo(f"Applied {', '.join(applied)}." if applied else "Nothing to do.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write all data to FILE. The file appears whole or not at all. Folders of photos and pictures are named."""
    settings = load_settings()
    with database(settings) as url:
        rows = backups.backup(url, file)
    click.echo(f"{rows} rows written to {file}.")
    for what, folder in (
        ("photos of cases", evidence_dir(settings.evidence_dir, settings.var_dir)),
        ("pictures from space", imagery_dir(settings.imagery_dir, settings.var_dir)),
    ):
        if any(path.is_file() for path in folder.rglob("*")):
            click.echo(f"The {what} are not in it: copy {folder} as well, after this file.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Replace the data that are there.")
def restore(file: Path, *, replace: bool) -> None:
    """Bring the data of FILE back into an empty database. FILE is checked before anything is touched."""
    with database(load_settings()) as url:
        rows = backups.restore(url, file, replace=replace)
    click.echo(f"{rows} rows restored from {file}.")


def _private(done: str) -> Settings:
    settings = load_settings()
    if settings.database_url:
        raise ConfigError(
            N_("DATABASE_URL names a server of your own; it is %(done)s by its own means, not by this command."),
            done=done,
        )
    return settings
