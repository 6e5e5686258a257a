"""``geoapp snapshot``: maps on paper and as files, with the options and the bytes of the export dialog."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from geoapp.catalog.load import load_catalogue
from geoapp.catalog.model import View
from geoapp.cli.server import database, tell
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import AccessClass
from geoapp.resources import layers_dir
from geoapp.services.readers import Engines
from geoapp.services.snapshot.atlas import write_atlas
from geoapp.services.snapshot.batch import MOST_ROWS
from geoapp.services.snapshot.query import parse_snapshot
from geoapp.services.snapshot.request import Orientation, PaperName, SheetContent, SheetFile, SheetPlace
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.settings import Settings, load_settings
from geoapp.store.acting import at_the_door, audit
from geoapp.store.engine import Role, make_engine

_STATEMENT_MS = 60_000
_PLACES = "province, zone/<name> or park/<name>"
_Command = Callable[..., None]


@click.group()
def snapshot() -> None:
    """Maps as files: one map, or the atlas of all parks. Public layers only; the dialog on the map has the others."""


def _options(command: _Command) -> _Command:
    """The options that all of them take, called as in the addresses of sheets."""
    papers, turns = [str(one) for one in PaperName], [str(one) for one in Orientation]
    for option in (
        click.option("--paper", help=f"{', '.join(papers)} (a4)."),
        click.option("--orientation", help=f"{' or '.join(turns)} (landscape)."),
        click.option("--dpi", help="Dots an inch of a PNG (200)."),
        click.option("--as-of", help="Day of the data, such as 2026-10-31 (the newest)."),
        click.option("--known-at", help="Only what was known at the end of that day."),
        click.option("--since", help="Mark what changed since that day."),
        click.option("--maker", help="Who made it, as it is printed."),
        click.option("--language", help="vi or en (GEOAPP_LANGUAGE)."),
        click.option("--address", help="Address of the site, for the code on the sheet (GEOAPP_ADDRESS)."),
    ):
        command = option(command)
    return command


@snapshot.command("map")
@click.argument("place")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--layers", help="Layers that are on, with commas (as the page opens).")
@click.option("--hide", help="Hidden classes: layer:class,class;layer:class.")
@click.option("--opacity", help="Faded layers: layer:percent;layer:percent.")
@click.option("--parks", help="Only these parks of a theme, with commas.")
@click.option("--bbox", help="What is shown: west,south,east,north in degrees.")
@click.option("--at", help="Middle of the map: longitude,latitude in degrees.")
@click.option("--scale", help="True scale: 5000 for 1:5 000.")
@click.option("--base", help="A second map beside it, of that earlier day.")
@click.option("--content", help=f"{' or '.join(SheetContent)}: of a park also its figures.")
@click.option("--title", help="Title (the name of the place).")
@click.option("--all-layers", is_flag=True, help="HTML: with all public layers, not only those that are on.")
@_options
def one_map(place: str, file: Path, *, all_layers: bool, address: str | None, **options: str | None) -> None:
    """Write the map of PLACE to FILE: .pdf, .png, .svg, .html, or .zip (PNG with world file), by its ending.

    PLACE: province, zone/<name> or park/<name>, by the names in addresses.
    """
    form = _form_of(file)
    access = AccessClass.PUBLIC if all_layers else None
    with _working(address) as (made, settings, site):
        request = parse_snapshot(_given(options), _place_of(place), language=settings.language, site=site)
        body = made.make(request, form, access=access).body
        _write(file, lambda part: part.write_bytes(body))
        _note(made, f"export.{form}", file)
    click.echo(f"{len(body)} bytes written to {file}.")


@snapshot.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_options
def atlas(file: Path, *, address: str | None, **options: str | None) -> None:
    """Write the atlas of all parks to FILE, a PDF with contents and bookmarks."""
    with _working(address) as (made, settings, site):
        first = parse_snapshot(_given(options), SheetPlace(View.PROVINCE), language=settings.language, site=site)

        def report(done: int, total: int, name: str) -> None:
            tell(f"{done}/{total} {name}")

        _write(file, lambda part: write_atlas(made, made.engines, first, part, report))
        _note(made, "export.pdf", file)
    click.echo(f"Atlas written to {file}.")


@contextmanager
def _working(address: str | None) -> Iterator[tuple[Snapshots, Settings, str]]:
    settings = load_settings()
    catalogue = load_catalogue(settings.layers_dir or layers_dir())
    with database(settings) as url:
        reader = make_engine(url, role=Role.MAP, statement_timeout_ms=_STATEMENT_MS)
        owner = make_engine(url, role=Role.OWNER)
        try:
            yield (
                Snapshots(Engines(reader, owner, reader), catalogue, MOST_ROWS),
                settings,
                address or settings.address or "",
            )
        finally:
            reader.dispose()
            owner.dispose()


def _given(options: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in options.items() if value is not None}


def _place_of(text: str) -> SheetPlace:
    view, _, slug = text.partition("/")
    if (view == View.PROVINCE and not slug) or (view in (View.ZONE, View.PARK) and slug):
        return SheetPlace(View(view), slug or None)
    raise InvalidRequest(
        N_("%(parameter)s: expected %(expected)s, found “%(found)s”."),
        parameter="place",
        expected=_PLACES,
        found=text[:80],
    )


def _form_of(file: Path) -> SheetFile:
    ending = file.suffix.lower().lstrip(".")
    if ending not in set(SheetFile):
        raise InvalidRequest(
            N_("The file %(file)s is of no known kind. End its name with %(known)s."),
            parameter="file",
            file=file.name,
            known=", ".join(f".{one}" for one in SheetFile),
        )
    return SheetFile(ending)


def _write(file: Path, write: Callable[[Path], object]) -> None:
    """The file appears whole or not at all."""
    part = file.with_name(f".{file.stem}.part{file.suffix}")
    try:
        write(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _note(made: Snapshots, action: str, file: Path) -> None:
    """Write into the log what was taken out, as the web does."""
    with at_the_door(made.engines.staff) as connection:
        audit(connection, action, "snapshot", {"file": file.name})
