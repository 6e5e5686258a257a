"""``geoapp report``: make drafts, list them, make and take out files, prove the chain, make a report again and compare.

People approve and sign on the pages; a command has no name to sign with.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine

from geoapp.catalog.load import load_catalogue
from geoapp.cli.server import database
from geoapp.core.report_period_name import name_period, parse_period
from geoapp.errors import N_, DataError, NotFound
from geoapp.resources import layers_dir
from geoapp.services.report.acting import ReportDesk
from geoapp.services.report.chain import verify
from geoapp.services.report.files import KINDS, FileMaker, file_name
from geoapp.services.report.protocol import differences_told, protocol_lines
from geoapp.services.report.remake import Remade, remake, remake_with_files
from geoapp.services.report.reports import NewReport, Reports
from geoapp.services.spoken import speaker
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.params import today


@dataclass(frozen=True)
class _Shop:
    """What a command works with."""

    engine: Engine
    desk: ReportDesk
    maker: FileMaker

    @property
    def reports(self) -> Reports:
        return Reports(self.desk, self.maker.catalogue, speaker)


@click.group()
def report() -> None:
    """Reports of a month, a quarter or a year: make, list, files, verify, remake."""


@report.command()
@click.argument("period", metavar="2026-10|2026-Q4|2026")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--new-version", is_flag=True, help="Make another version where the period has a report already.")
def make(period: str, language: str, *, new_version: bool) -> None:
    """Make a draft of the data as known now; its number."""
    wanted = parse_period(period)
    with _shop() as shop:
        there = shop.reports.of_period(wanted)
        expected = there[0].number if there and new_version else 0
        number = shop.reports.make(NewReport(wanted, language, today(), None, expected))
    click.echo(f"Report {number}: a draft of {name_period(wanted)}. Its texts are written at /reports/{number}.")


@report.command("list")
def list_reports() -> None:
    """All reports, the newest period first."""
    with _shop() as shop:
        rows = shop.reports.list()
    for row in rows:
        told = f", {row.document_no} of {row.signed_on}, {row.signer}" if row.state == "signed" else ""
        click.echo(
            f"{row.id:>5}  {row.kind:<8}{row.first} version {row.number}  {row.state:<9}"
            f"data to {row.as_of}, known {row.known_at:%Y-%m-%d %H:%M}{told}"
        )
    if not rows:
        click.echo("No report yet.")


@report.command()
@click.argument("number", type=click.IntRange(1, 999_999_999))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to write to.")
@click.option("--address", default="", help="Where references lead, with {ref} for the one of a figure.")
def files(number: int, out: Path, address: str) -> None:
    """Write Word, PDF and Excel of a report; those of a signed one byte for byte as they were signed."""
    with _shop() as shop:
        page = shop.reports.page(number)
        if len(page.files) < len(KINDS):
            if page.row.state == "signed":
                raise NotFound(N_("Report %(number)s is signed and has no files."), number=number)
            shop.maker.make(shop.desk, number, address, lambda done, total, note: click.echo(f"{done}/{total} {note}"))
        out.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            row = shop.reports.file(number, kind)
            target = out / file_name(page.content, kind)
            target.write_bytes(bytes(row.body))
            click.echo(f"{target}  SHA-256 {row.sha256}")


@report.command("verify")
@click.option("--expect", metavar="NUMBER:HASH", help="An event as it was written down once, to be found unchanged.")
def verify_chain(expect: str | None) -> None:
    """Prove the chain of events, and that closed reports say what they said; exit code 1 and the first fault."""
    expected = _parse(expect) if expect else None
    with _shop() as shop:
        proof = verify(shop.engine, expected)
    if proof.fault:
        fault = proof.fault
        where = f"event {fault.sequence}" if fault.sequence else "a report"
        where += f", number {fault.number} of report {fault.version_id}" if fault.version_id else ""
        raise DataError(N_("The chain of events does not hold."), [f"{where}: {fault.fault}"])
    click.echo(
        f"The chain holds: {proof.events} events. Write this down to prove it later: {proof.events}:{proof.head}"
    )


@report.command("remake")
@click.argument("number", type=click.IntRange(1, 999_999_999))
@click.option("--today", "as_known_now", is_flag=True, help="As known now, in place of as known when it was made.")
def make_again(number: int, *, as_known_now: bool) -> None:
    """Make a report again of the data and compare, figure by figure and byte by byte; exit code 1 where it differs."""
    with _shop() as shop:
        if as_known_now:
            made = remake(shop.desk, shop.maker.catalogue, number, speaker, as_known_now=True)
        else:
            made = remake_with_files(shop.desk, shop.maker, number)
    _tell(made)


@report.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--check", "only_check", is_flag=True, help="Check a template that is there, in place of writing one.")
def template(file: Path, language: str, *, only_check: bool) -> None:
    """Write the Word template that comes with the program, to be edited; or check an edited one, exit code 1."""
    # What writes documents is large, and the other commands do not need it.
    from geoapp.reports.report_fields import FIELDS  # noqa: PLC0415
    from geoapp.reports.report_template import build_template  # noqa: PLC0415
    from geoapp.reports.template_check import check_template  # noqa: PLC0415

    if only_check:
        faults = check_template(file.read_bytes())
        if faults:
            raise DataError(N_("The template of the report cannot be used."), [str(fault) for fault in faults])
        click.echo(f"{file}: no fault. Take it into use at /reports/templates.")
        return
    file.write_bytes(build_template(speaker(language)))
    click.echo(f"{file}: fields are written as {{{{ name }}}}, blocks as {{{{p name }}}} in a paragraph of their own.")
    for field in FIELDS:
        click.echo(f"  {field.name:<18}{'block ' if field.is_block else 'field '} {field.meaning}")


@contextmanager
def _shop() -> Iterator[_Shop]:
    settings = load_settings()
    with database(settings) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            catalogue = load_catalogue(settings.layers_dir or layers_dir())
            yield _Shop(engine, ReportDesk(engine), FileMaker(catalogue, speaker, settings.office_program))
        finally:
            engine.dispose()


def _tell(made: Remade) -> None:
    """Say what came of it. Raises: DataError - it does not agree."""
    faults = differences_told(made)
    if faults:
        raise DataError(N_("The report made again does not agree."), faults)
    for line in protocol_lines(made):
        click.echo(line)


def _parse(expect: str) -> tuple[int, str]:
    number, _, digest = expect.partition(":")
    if not number.isdecimal() or not digest:
        raise click.BadParameter("expected NUMBER:HASH as the command told it, such as 12:9f2c…", param_hint="--expect")
    return int(number), digest
