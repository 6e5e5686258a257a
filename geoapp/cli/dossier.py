"""``geoapp dossier``: verify a dossier against the stored data, without a network."""

from pathlib import Path

import click

from geoapp.cli.server import database
from geoapp.errors import N_, DataError, InvalidRequest
from geoapp.resources import evidence_dir
from geoapp.services.dossier_check import Checker, DossierCheck
from geoapp.services.dossiers import PROGRAM
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine, reading

# Dossiers with a hundred photos stay below.
_MOST_BYTES = 200_000_000


@click.group()
def dossier() -> None:
    """Dossiers of cases, on paper and as files."""


@dossier.command()
@click.argument("what", metavar="FILE.pdf|FILE.docx|HASH")
def verify(what: str) -> None:
    """Make the manifest of a dossier again from the stored data and compare; exit code 1 where anything differs.

    HASH: the SHA-256 of the manifest as it is printed in Appendix V, with or without spaces.
    """
    settings = load_settings()
    checker = Checker(evidence_dir(settings.evidence_dir, settings.var_dir), PROGRAM)
    body = _read(Path(what)) if Path(what).suffix.lower() in {".pdf", ".docx"} else None
    with database(settings) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            with reading(engine) as connection:
                found = (
                    checker.check_file(connection, body) if body is not None else checker.check_hash(connection, what)
                )
        finally:
            engine.dispose()
    _tell(found)


def _read(path: Path) -> bytes:
    if path.stat().st_size > _MOST_BYTES:
        raise InvalidRequest(N_("%(file)s is larger than any dossier."), parameter="file", file=path.name)
    return path.read_bytes()


def _tell(found: DossierCheck) -> None:
    """Say what came of it. Raises: DataError - it does not agree."""
    said = found.then.content
    click.echo(f"Case {said['case']}, event {said['event']}, data to {said['as_of']}, known at {said['known_at']}.")
    click.echo(f"Manifest {found.then.sha256}, written by {said['program']}.")
    faults = [
        f"{one.part}{f' {one.item}' if one.item else ''}: was {one.then or 'not there'}, is {one.now or 'not there'}"
        for one in found.differences
    ]
    if found.made is None:
        faults.insert(0, "no dossier with this manifest was made here: it was changed, or comes from another database")
    if found.file and not found.file.as_made and found.file.kind == "pdf":
        faults.append("the file is not one that was handed out: its pages may have been changed")
    if faults:
        raise DataError(N_("The dossier does not agree with the stored data."), faults)
    count = sum(len(items) for items in said["parts"].values())
    click.echo(f"It agrees: {count} parts of the manifest are as they were.")
    if found.file and found.file.as_made:
        click.echo("The file is byte for byte as it was handed out.")
    elif found.file:
        click.echo("The text of the file was changed after it was handed out, as when a record is filled in.")
