"""What every view must carry: which permission it needs. A view without one is refused at the start.

    @pages.get("/cases")
    @needs(Permission.CASE_READ)
    def cases() -> str: ...

The mark is looked at before any view runs, so its order among the decorators does not matter.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g

from geoapp.core.permissions import VISITOR, Permission, Person, Reader

View = TypeVar("View", bound=Callable[..., Any])
MARK = "needed_permission"


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that it needs."""

    def mark(view: View) -> View:
        setattr(view, MARK, permission)
        return view

    return mark


def current_person() -> Person | None:
    """Who is signed in; None for a visitor."""
    person: Person | None = g.get("person")
    return person


def current_reader() -> Reader:
    """For whom this request reads."""
    person = current_person()
    return Reader(person.role, person.id) if person else VISITOR
