"""What every view must carry: which permission it needs. A view without one stops the start.

    @cases.get("/cases")
    @needs(Permission.CASE_READ)
    def show() -> str: ...

The mark is looked at before any view runs, so its order among the decorators does not matter. Who is signed in is
looked up when somebody asks, once in a request: what visitors may read costs no look at the database for it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request, session

from geoapp.core.permissions import VISITOR, Permission, Person, Reader, granted
from geoapp.errors import N_, Forbidden, Unauthorized
from geoapp.kinds import AccessClass
from geoapp.services.accounts import Accounts

View = TypeVar("View", bound=Callable[..., Any])
MARK = "needed_permission"
TOKEN = "token"  # noqa: S105 - where the session keeps it


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that it needs."""

    def mark(view: View) -> View:
        setattr(view, MARK, permission)
        return view

    return mark


def needed_by(endpoint: str) -> Permission | None:
    """The permission that a view is marked with."""
    wanted: Permission | None = getattr(current_app.view_functions[endpoint], MARK, None)
    return wanted


def accounts() -> Accounts:
    """The door of this application."""
    found: Accounts = current_app.extensions["accounts"]
    return found


def current_person() -> Person | None:
    """Who is signed in; None for a visitor."""
    if "person" not in g:
        g.person = accounts().find(session[TOKEN]) if has_cookie() and TOKEN in session else None
    person: Person | None = g.person
    return person


def has_cookie() -> bool:
    """Whether the request brings a session at all, whatever it is worth."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def current_reader() -> Reader:
    """For whom this request reads. What it leads to may be for that person only: the answer is not kept."""
    person = current_person()
    if person is None or person.must_change:
        return VISITOR
    g.is_confidential = True
    return Reader(person.role, person.id, person.park_ids)


def reader_of(layer_id: str) -> Reader:
    """For whom a layer is read: a public one as for everybody, without a look at who asks."""
    layer = current_app.extensions["atlas"].catalogue.layers.get(layer_id)
    is_public = layer is None or layer.access is AccessClass.PUBLIC
    return VISITOR if is_public else current_reader()


def may(permission: Permission | str) -> bool:
    """Whether who asks has a permission."""
    wanted = Permission(permission)
    if wanted in visitors_may():
        return True
    person = current_person()
    return person is not None and person.may(wanted)


def require(permission: Permission) -> None:
    """Raises: Unauthorized - nobody is signed in, and visitors may not; Forbidden - who is signed in may not."""
    if may(permission):
        return
    person = current_person()
    if person is None:
        raise Unauthorized(N_("Sign in to see this."))
    if person.must_change:
        raise Forbidden(N_("Choose a password of your own first."))
    raise Forbidden(N_("Your account may not do this. Ask the administrator if you need it."))


def visitors_may() -> frozenset[Permission]:
    """What everybody may do, signed in or not."""
    return granted(None, public_reading=current_app.extensions["public_reading"])


def mark_export() -> None:
    """The answer to this request is a download, though it goes out as plain data: the guard writes it into the log."""
    g.is_export = True
