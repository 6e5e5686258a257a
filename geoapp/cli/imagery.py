"""``geoapp imagery``: pictures from space or from the air."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from geoapp.cli.server import database
from geoapp.errors import N_, DataError
from geoapp.ingest.imagery import Picture, add_scene, remove_scene
from geoapp.ingest.imagery_demo import load_demo_scene
from geoapp.kinds import Quality
from geoapp.raster.cog import check_cog
from geoapp.raster.source import Wanted
from geoapp.resources import data_dir, imagery_dir
from geoapp.settings import Settings, load_settings
from geoapp.store.engine import Role, make_engine, reading
from geoapp.store.imagery import list_codes, list_scenes
from geoapp.store.migrate import migrate


class _Bands(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """``4`` or ``3,2,1``."""

    name = "R,G,B"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Numbers between commas; how many there may be is judged with the picture."""
        try:
            return tuple(int(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"expected band numbers such as 3,2,1 or 4, found {value!r}", param, ctx)


@click.group()
def imagery() -> None:
    """Register pictures from space or from the air, list, check, take off."""


@imagery.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day on which it was taken.")
@click.option("--title-vi", default="", help="Name in Vietnamese; by default from the day.")
@click.option("--title-en", default="", help="Name in English.")
@click.option("--source", help="Who made it and under which terms; shown on the map.")
@click.option(
    "--quality",
    type=click.Choice([quality.value for quality in Quality]),
    default=Quality.PUBLISHED.value,
    show_default=True,
)
@click.option("--note", help="Anything else that should be known.")
@click.option("--bands", type=_Bands(), help="Bands shown as red, green, blue, from 1; one number for grey.")
@click.option("--nodata", type=float, help="Value that stands for no data, beside what the file says.")
@click.option("--classes", is_flag=True, help="Values are classes: they are never mixed with their neighbours.")
@click.option("--anywhere", is_flag=True, help="Take it although it lies off the map of the province.")
def add(file: Path, day: datetime, source: str | None, quality: str, **said: Any) -> None:
    """Check FILE (a GeoTIFF), put it on the web grid, and register it as a scene of a day."""
    settings = load_settings()
    _check_day(day.date())
    wanted = Wanted(said["bands"], said["nodata"], said["classes"], settings.imagery_limit_mpx * 1_000_000)
    picture = Picture(
        acquired_on=day.date(),
        title_vi=said["title_vi"],
        title_en=said["title_en"],
        source=(f"imagery-{hashlib.sha256(source.encode()).hexdigest()[:12]}", source) if source else None,
        quality=Quality(quality),
        note=said["note"],
        anywhere=said["anywhere"],
        wanted=wanted,
    )
    with _register(settings) as (engine, folder):
        added = add_scene(engine, folder, file, picture)
    if not added.is_new or added.made is None:
        click.echo(f"This very file is registered already, as {added.code}; nothing was stored.")
        return
    made = added.made
    names = ", ".join(made.names[band - 1] for band in made.display)
    click.echo(
        f"Registered as {added.code}: {made.grid.width} x {made.grid.height} pixels at zoom {made.grid.zoom} of the "
        f"web grid, from {made.crs} with pixels of {made.pixel_size_m:.1f} m; {made.size / 1e6:.1f} MB.\n"
        f"Shown: band{'s' if len(made.display) > 1 else ''} {names} of {made.bands}."
    )


@imagery.command()
def demo() -> None:
    """Paint and register the demonstration picture where it is wanted and not there, as ``serve`` does by itself."""
    settings = load_settings()
    with database(settings) as url:
        folder = imagery_dir(settings.imagery_dir, settings.var_dir)
        code = load_demo_scene(url, settings.data_dir or data_dir(), folder, report=click.echo)
    click.echo(f"Registered as {code}." if code else "It is there, or the demonstration set is not: nothing was done.")


@imagery.command(name="list")
def list_command() -> None:
    """All scenes that are registered, the newest first."""
    with _register(load_settings()) as (engine, _), reading(engine) as connection:
        rows: Sequence[Any] = list_scenes(connection)
    for row in rows:
        click.echo(
            f"{row.code}  {row.title_vi}  [{row.quality}]  {row.pixel_size_m:.1f} m, zoom {row.max_zoom}, "
            f"{row.cog_bytes / 1e6:.1f} MB  from {row.file_name} ({row.source_crs})  {row.source_title}"
        )
    if not rows:
        click.echo("No scene is registered.")


@imagery.command()
@click.argument("code")
def remove(code: str) -> None:
    """Take the scene CODE off. As known before, it can still be shown, so its file stays."""
    with _register(load_settings()) as (engine, _):
        remove_scene(engine, code)
    click.echo(f"{code} is taken off. What was known until now still shows it; its file stays.")


@imagery.command()
def check() -> None:
    """Whether every registered scene has its file, unchanged and readable. Exit code 1 where one has not."""
    with _register(load_settings()) as (engine, folder):
        with reading(engine) as connection:
            rows: Sequence[Any] = list_scenes(connection)
            known = list_codes(connection)
        faults = [fault for row in rows if (fault := check_cog(folder / f"{row.code}.tif", row.cog_sha256))]
        for stray in sorted(p for p in folder.glob("*.tif") if p.stem not in known):
            click.echo(f"{stray.name}: belongs to no scene; it may be deleted.")
    if faults:
        raise DataError(N_("%(bad)s of %(all)s scenes cannot be shown:"), faults, bad=len(faults), all=len(rows))
    click.echo(f"{len(rows)} scenes, all with their files.")


@contextmanager
def _register(settings: Settings) -> Iterator[tuple[Engine, Path]]:
    """The database, up to date, and the folder of pictures."""
    with database(settings) as url:
        migrate(url)
        engine = make_engine(url, role=Role.OWNER)
        try:
            yield engine, imagery_dir(settings.imagery_dir, settings.var_dir)
        finally:
            engine.dispose()


def _check_day(day: date) -> None:
    if day > date.today():  # noqa: DTZ011 - the day on this machine
        raise click.BadParameter(f"{day} is yet to come; a picture has been taken already.", param_hint="--date")
