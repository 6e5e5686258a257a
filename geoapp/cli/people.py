"""``geoapp people``: accounts from the command line. Who may run it holds the database anyway."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from geoapp.cli.server import database
from geoapp.core.permission_table import permission_table
from geoapp.core.permissions import PersonRole
from geoapp.services.people import Details, People
from geoapp.settings import load_settings
from geoapp.store.engine import Role, make_engine

_ROLES = click.Choice([str(role) for role in PersonRole])


@click.group()
def people() -> None:
    """Add people, list them, change their rights, give a new password, let somebody in no more."""


@people.command()
@click.argument("login")
@click.option("--name", required=True, help="Full name.")
@click.option("--role", type=_ROLES, required=True, help="What the person is here for.")
@click.option("--department", help="Department.")
@click.option("--park", "parks", multiple=True, help="Slug of a park that the person is held to; may be repeated.")
@click.option("--sso", is_flag=True, help="Signs in by single sign-on only: no password is made.")
def add(login: str, name: str, role: str, department: str | None, parks: tuple[str, ...], *, sso: bool) -> None:
    """Add a person. The password is told this once."""
    with _people() as all_people:
        password = all_people.add(login, Details(name, role, department, parks), with_password=not sso)
    click.echo(f"{login} is added." + (f" Password, told this once: {password}" if password else ""))


@people.command("list")
def list_people() -> None:
    """List everybody: login, role, parks, state."""
    with _people() as all_people:
        rows = all_people.all()
    for one in rows:
        state = "disabled" if one.disabled_at else "must change the password" if one.must_change else "active"
        way = "password" if one.has_password else "single sign-on"
        parks = ", ".join(one.parks) or "all parks"
        click.echo(f"{one.login:24} {one.role:10} {state}, {way}; {parks}; {one.name}")


@people.command()
@click.argument("login")
@click.argument("new_role", metavar="ROLE", type=_ROLES)
def role(login: str, new_role: str) -> None:
    """Give LOGIN another ROLE."""
    with _people() as all_people:
        one = all_people.one(login)
        all_people.change(login, Details(one.name, new_role, one.department, one.parks))
    click.echo(f"{login} is {new_role} now.")


@people.command()
@click.argument("login")
@click.argument("slugs", metavar="[PARK]...", nargs=-1)
def parks(login: str, slugs: tuple[str, ...]) -> None:
    """Hold LOGIN to some parks; without PARK to none: the person sees all."""
    with _people() as all_people:
        one = all_people.one(login)
        all_people.change(login, Details(one.name, one.role, one.department, slugs))
    click.echo(f"{login}: {', '.join(slugs) or 'all parks'}.")


@people.command()
@click.argument("login")
def reset(login: str) -> None:
    """Give LOGIN a new password, told this once; all sessions end, a lock is undone."""
    with _people() as all_people:
        password = all_people.reset(login)
    click.echo(f"Password of {login}, told this once: {password}")


@people.command()
@click.argument("login")
@click.option("--again", is_flag=True, help="Let the person in again.")
def disable(login: str, *, again: bool) -> None:
    """Let LOGIN in no more, at once; nobody is deleted."""
    with _people() as all_people:
        all_people.disable(login, is_disabled=not again)
    click.echo(f"{login} can sign in again." if again else f"{login} cannot sign in any more.")


@people.command()
def rights() -> None:
    """Print the table of who may do what, as it stands in docs/accounts.md."""
    click.echo(permission_table(), nl=False)


@contextmanager
def _people() -> Iterator[People]:
    with database(load_settings()) as url:
        engine = make_engine(url, role=Role.OWNER)
        try:
            yield People(engine, None)
        finally:
            engine.dispose()
