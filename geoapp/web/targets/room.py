"""The groups of addresses of targets, monthly figures and tasks, and the board as who is signed in sees it."""

from flask import Blueprint, Flask, current_app

from geoapp.core.permissions import Person
from geoapp.services.target_board import TargetBoard
from geoapp.web.permissions import current_person

targets = Blueprint("targets", __name__)
figure_entry = Blueprint("figure_entry", __name__)
tasks = Blueprint("tasks", __name__)


def use_targets(app: Flask, served: TargetBoard) -> None:
    """Add the addresses, and what their templates may ask."""
    from geoapp.web.targets import (  # noqa: F401, PLC0415 - they add addresses
        entry_page,
        entry_workbook,
        target_api,
        target_files,
        target_page,
        target_words,
        tasks_page,
    )

    app.extensions["target_board"] = served
    app.jinja_env.globals |= {"target_words": target_words}
    app.register_blueprint(targets)
    app.register_blueprint(figure_entry)
    app.register_blueprint(tasks)


def board() -> TargetBoard:
    """What this application serves."""
    found: TargetBoard = current_app.extensions["target_board"]
    return found


def person() -> Person:
    """Who is signed in; the guard has seen to it that somebody is."""
    found = current_person()
    assert found is not None  # noqa: S101 - no view here is open to visitors
    return found
