"""The group of addresses of cases, and the cases as who is signed in works on them."""

from datetime import date

from flask import Blueprint, Flask

from geoapp.core.permissions import Person
from geoapp.services.cases import Cases
from geoapp.web.api import atlas
from geoapp.web.cases import case_words
from geoapp.web.formats import day
from geoapp.web.permissions import current_person

cases = Blueprint("cases", __name__)


def use_cases(app: Flask) -> None:
    """Add the addresses of cases, and what their templates may ask."""
    from geoapp.web.cases import case_api, case_files, case_page, clock_lists, dossier_page, signal_lists, work_list  # noqa: F401, PLC0415 - they add addresses

    app.jinja_env.globals |= {"case_words": case_words, "signal_figures": signal_lists.figures_words}
    app.jinja_env.filters["told_day"] = lambda told: day(date.fromisoformat(told))
    app.register_blueprint(cases)


def person() -> Person:
    """Who is signed in; the guard has seen to it that somebody is."""
    found = current_person()
    assert found is not None  # noqa: S101 - no view of cases is open to visitors
    return found


def my_cases() -> Cases:
    """The cases, as who is signed in may see and change them."""
    return atlas().cases(person())
