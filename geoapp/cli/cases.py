"""``geoapp cases``: open proposals as of a day, for a timer; prove that no event was changed."""

from datetime import datetime

import click

from geoapp.cli.server import database
from geoapp.errors import N_, DataError
from geoapp.services.case_chain import open_proposals, verify
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine
from geoapp.web.params import today

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def cases() -> None:
    """Open proposals for what the legal clock shows; prove the chain of events."""


@cases.command()
@click.option("--as-of", type=_DAY, help="The day that is judged; today where it is not given.")
def propose(as_of: datetime | None) -> None:
    """Open proposals for the signs of a day. Run twice, it opens nothing twice."""
    day = as_of.date() if as_of else today()
    with database(load_settings()) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            opened, noted = open_proposals(engine, day, today())
        finally:
            engine.dispose()
    click.echo(
        f"As of {day}: {len(opened)} proposals opened, {len(noted)} notes on cases whose sign ended or came back."
    )


@cases.command("verify")
@click.option("--expect", metavar="NUMBER:HASH", help="An event as it was written down once, to be found unchanged.")
def verify_chain(expect: str | None) -> None:
    """Prove the chain of all events; exit code 1 and the first event that is not as it was written."""
    expected = _parse(expect) if expect else None
    with database(load_settings()) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            proof = verify(engine, expected)
        finally:
            engine.dispose()
    if proof.fault:
        fault = proof.fault
        where = f"event {fault.sequence}" + (
            f", number {fault.number} of case {fault.case_id}" if fault.case_id else ""
        )
        raise DataError(N_("The chain of events does not hold."), [f"{where}: {fault.fault}"])
    click.echo(
        f"The chain holds: {proof.events} events. Write this down to prove it later: {proof.events}:{proof.head}"
    )


def _parse(expect: str) -> tuple[int, str]:
    number, _, digest = expect.partition(":")
    if not number.isdecimal() or not digest:
        raise click.BadParameter(
            "expected NUMBER:HASH as the command told it, such as 120:9f2c…", param_hint="--expect"
        )
    return int(number), digest
