"""Whether the process is alive, and whether it can do its work."""

from flask import Blueprint, Response, jsonify

from geoapp.web.api import atlas

health = Blueprint("health", __name__)


@health.get("/health")
def alive() -> Response:
    """The process answers; the database is not asked."""
    return jsonify(status="alive")


@health.get("/ready")
def ready() -> Response:
    """The database answers and holds the schema that this program needs; otherwise 503."""
    atlas().check_ready()
    return jsonify(status="ready")
