"""Whether the process is alive, and whether it can do its work."""

from flask import Blueprint, Response, jsonify

from geoapp.core.permissions import Permission
from geoapp.web.api import atlas
from geoapp.web.permissions import needs

health = Blueprint("health", __name__)


@health.get("/health")
@needs(Permission.OPEN)
def alive() -> Response:
    """The process answers; the database is not asked."""
    return jsonify(status="alive")


@health.get("/ready")
@needs(Permission.OPEN)
def ready() -> Response:
    """The database answers and holds the schema that this program needs; otherwise 503."""
    atlas().check_ready()
    return jsonify(status="ready")
