"""What the views of map sheets share: the blueprint, the use cases behind it, and the request they read."""

from collections.abc import Mapping

from flask import Blueprint, Flask, current_app, request

from geoapp.catalog.model import View
from geoapp.core.permissions import VISITOR, Reader
from geoapp.kinds import AccessClass
from geoapp.services.snapshot.query import parse_look, parse_snapshot
from geoapp.services.snapshot.request import SheetPlace, SnapshotRequest
from geoapp.services.snapshot.snapshots import Snapshots
from geoapp.web.languages import language
from geoapp.web.page_parts import plain
from geoapp.web.permissions import current_reader

sheets = Blueprint("sheets", __name__)


def use_sheets(app: Flask) -> None:
    """The addresses of map sheets."""
    from geoapp.web.sheets import sheet_files, sheet_form, sheet_jobs  # noqa: F401, PLC0415 - they add their addresses

    app.register_blueprint(sheets)


def snapshots() -> Snapshots:
    """Maps taken away."""
    served: Snapshots = current_app.extensions["snapshots"]
    return served


def site_address() -> str:
    """The address that codes on paper begin with: the one that is set, else the one that was asked."""
    named: str | None = current_app.extensions["address"]
    return named or request.host_url.rstrip("/")


def place_of(view: str, slug: str | None) -> SheetPlace:
    """The map of an address."""
    return SheetPlace(View(view), plain(slug) if slug else None)


def args_of_request() -> dict[str, str]:
    """What was asked; boxes of a form come one by one and are joined."""
    return {name: ",".join(request.args.getlist(name)) for name in request.args}


def read_request(place: SheetPlace, args: Mapping[str, str], reader: Reader | None = None) -> SnapshotRequest:
    """The sheet that is asked for. Args: reader - None: a visitor, where all that is asked for is public.

    Raises: InvalidRequest.
    """
    if reader is None:
        reader = current_reader() if _is_confidential(args) else VISITOR
    return parse_snapshot(args, place, language=language(), reader=reader, site=site_address())


def _is_confidential(args: Mapping[str, str]) -> bool:
    """Whether a layer is named that is not for everybody, or a class above public."""
    known = snapshots().catalogue.layers
    named = parse_look(args).layers or ()
    return args.get("access", AccessClass.PUBLIC) != AccessClass.PUBLIC or any(
        name in known and known[name].access is not AccessClass.PUBLIC for name in named
    )
