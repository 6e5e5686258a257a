"""``geoapp clock``: the legal clock for files of projects, and the proof of what is kept of it."""

import os
import random
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import click

from geoapp.cli.server import database
from geoapp.core.clock_fields import YEARS
from geoapp.errors import N_, DataError
from geoapp.services.clock_files import evaluate_lines
from geoapp.services.clock_kept import check_kept, refresh_kept
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.store.migrate import migrate

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_STATEMENT_MS = 120_000


@click.group()
def clock() -> None:
    """The legal clock of land use: evaluate files of projects."""


@clock.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that is judged (today).")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Where the answers go (the screen).")
def evaluate(file: Path, as_of: datetime | None, output: Path | None) -> None:
    """Evaluate FILE: a project a line (JSON, see docs/clock.md), an answer a line. Nothing is stored.

    A file with a fault is refused as a whole, with line, field and reason of each. FILE may be - for what is piped in.
    """
    day = (as_of or datetime.now(UTC).astimezone(_VIETNAM)).date()
    if day.year not in YEARS:
        raise click.BadParameter(f"expected a day from {YEARS[0]} to {YEARS[-1]}, found {day}", param_hint="--as-of")
    with database(load_settings()) as url:
        migrate(url)
        engine = make_engine(url, role=Role.MAP, statement_timeout_ms=_STATEMENT_MS)
        try:
            # A pipe or a file: both are read once, line by line.
            with click.open_file(str(file), "rb") as lines:
                count = _write(evaluate_lines(engine, lines, day), output)
        finally:
            engine.dispose()
    if output:
        click.echo(f"{count} answers written to {output}.", err=True)


@clock.command()
@click.option("--days", type=click.IntRange(1, 1000), default=12, show_default=True, help="How many days are compared.")
def check(days: int) -> None:
    """Prove that what is kept of the clock is what the decision table says: today and on days by chance near it."""
    today = datetime.now(UTC).astimezone(_VIETNAM).date()
    chosen = [today, *(today + timedelta(days=random.randrange(-1826, 1827)) for _ in range(days - 1))]  # noqa: S311 - chance, no secret
    with database(load_settings()) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            found = check_kept(engine, chosen)
        finally:
            engine.dispose()
    if found:
        told = [f"{one.day}: project {one.project}, {one.unit}" for one in found[:20]]
        raise DataError(N_("What is kept of the clock is not what it says. Run: geoapp clock refresh"), told)
    click.echo(f"Kept and evaluated say the same on {days} days: {_listed(chosen)}.")


@clock.command()
def refresh() -> None:
    """Make what is kept of the clock anew for all units. Every change does so for its own projects by itself."""
    with database(load_settings()) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            click.echo(f"{refresh_kept(engine)} answers kept.")
        finally:
            engine.dispose()


def _listed(days: list[date]) -> str:
    return ", ".join(day.isoformat() for day in sorted(days))


def _write(answers: Iterable[str], output: Path | None) -> int:
    """Write all answers or none: they are put where they belong when the last one is there. The number of answers."""
    count = 0
    folder = output.parent if output else None
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", dir=folder, prefix=".clock-", delete=False) as spool:
        try:
            for answer in answers:
                spool.write(answer + "\n")
                count += 1
            spool.flush()
            if output:
                Path(spool.name).chmod(0o666 & ~_umask())
                Path(spool.name).replace(output)
            else:
                spool.seek(0)
                _show(spool)
        finally:
            Path(spool.name).unlink(missing_ok=True)
    return count


def _show(spool: IO[str]) -> None:
    """To the screen, or wherever it goes, in UTF-8."""
    for line in spool:
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.flush()


def _umask() -> int:
    """What files of this process are not allowed; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
